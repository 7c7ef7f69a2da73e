//===- DatasetWriter.cpp - arrays to HDF5 files -----------------------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//

#include "frontends/NIR/DatasetWriter.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"

using namespace llvm;

namespace lle::nir {

static constexpr unsigned gzipLevel = 4;
/// A chunk is decompressed at once; larger arrays are split along their first dimensions.
static constexpr uint64_t maxChunkBytes = uint64_t(1) << 20;

DatasetWriter::DatasetWriter() : textType(H5Tcopy(H5T_C_S1), H5Tclose), linkList(H5Pcreate(H5P_LINK_CREATE), H5Pclose) {
  check(H5Tset_size(textType, H5T_VARIABLE), "type");
  check(H5Tset_cset(textType, H5T_CSET_UTF8), "type");
  check(H5Pset_char_encoding(linkList, H5T_CSET_UTF8), "names");
  // Keys of metadata may be paths.
  check(H5Pset_create_intermediate_group(linkList, 1), "names");
}

hid_t DatasetWriter::createGroup(hid_t group, const std::string &name) {
  hid_t created = H5Gcreate2(group, name.c_str(), linkList, H5P_DEFAULT, H5P_DEFAULT);
  check(created, name);
  return created;
}

/// The type in the file, little-endian as from nir; to be closed.
hid_t DatasetWriter::createType(const Array &array) {
  switch (array.getType()) {
  case ElementType::I8:
    return H5Tcopy(H5T_STD_I8LE);
  case ElementType::I16:
    return H5Tcopy(H5T_STD_I16LE);
  case ElementType::I32:
    return H5Tcopy(H5T_STD_I32LE);
  case ElementType::I64:
    return H5Tcopy(H5T_STD_I64LE);
  case ElementType::U8:
    return H5Tcopy(H5T_STD_U8LE);
  case ElementType::U16:
    return H5Tcopy(H5T_STD_U16LE);
  case ElementType::U32:
    return H5Tcopy(H5T_STD_U32LE);
  case ElementType::U64:
    return H5Tcopy(H5T_STD_U64LE);
  case ElementType::F32:
    return H5Tcopy(H5T_IEEE_F32LE);
  case ElementType::F64:
    return H5Tcopy(H5T_IEEE_F64LE);
  case ElementType::Bool: {
    // As h5py does.
    hid_t type = H5Tenum_create(H5T_STD_I8LE);
    int8_t no = 0, yes = 1;
    check(H5Tenum_insert(type, "FALSE", &no), "type");
    check(H5Tenum_insert(type, "TRUE", &yes), "type");
    return type;
  }
  case ElementType::String:
    return H5Tcopy(textType);
  }
  llvm_unreachable("unknown element type");
}

void DatasetWriter::write(hid_t group, const std::string &name, const Array &array) {
  SmallVector<hsize_t> dims(array.getShape());
  Handle space(dims.empty() ? H5Screate(H5S_SCALAR) : H5Screate_simple(dims.size(), dims.data(), nullptr), H5Sclose);
  Handle type(createType(array), H5Tclose);
  Handle properties(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
  // A time stamp would make every file differ.
  check(H5Pset_obj_track_times(properties, false), name);
  if (!dims.empty() && !is_contained(dims, 0u) && array.getType() != ElementType::String) {
    SmallVector<hsize_t> chunk(dims);
    uint64_t bytes = array.getBytes().size();
    for (hsize_t &dim : chunk) {
      hsize_t rows = std::max<uint64_t>(1, std::min<uint64_t>(dim, maxChunkBytes * dim / bytes));
      bytes = bytes / dim * rows;
      dim = rows;
    }
    check(H5Pset_chunk(properties, chunk.size(), chunk.data()), name);
    check(H5Pset_deflate(properties, gzipLevel), name);
  }
  Handle dataset(H5Dcreate2(group, name.c_str(), type, space, linkList, properties, H5P_DEFAULT), H5Dclose);
  check(dataset, name);
  if (array.size() == 0)
    return;
  SmallVector<const char *> strings;
  for (const std::string &string : array.getStrings())
    strings.push_back(string.c_str());
  const void *data = strings.empty() ? array.getBytes().data() : static_cast<const void *>(strings.data());
  // Memory holds the machine's byte order.
  Handle memoryType(H5Tget_native_type(type, H5T_DIR_DEFAULT), H5Tclose);
  check(H5Dwrite(dataset, strings.empty() ? memoryType : type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data), name);
}

void DatasetWriter::writeAttribute(hid_t object, const std::string &name, const Array &array) {
  Handle space(H5Screate(H5S_SCALAR), H5Sclose);
  Handle type(createType(array), H5Tclose);
  Handle attribute(H5Acreate2(object, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose);
  check(attribute, name);
  if (array.getType() == ElementType::String) {
    const char *text = array.getStrings().front().c_str();
    check(H5Awrite(attribute, type, &text), name);
    return;
  }
  Handle memoryType(H5Tget_native_type(type, H5T_DIR_DEFAULT), H5Tclose);
  check(H5Awrite(attribute, memoryType, array.getBytes().data()), name);
}

Error writeHDF5File(StringRef path, llvm::function_ref<void(hid_t, DatasetWriter &)> writeContents) {
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  SmallString<128> temporary;
  if (std::error_code error = sys::fs::createUniqueFile(path + ".tmp%%%%%%", temporary))
    return createFileError(path, error);
  FileRemover remove(temporary);
  std::string failure;
  {
    Handle file(H5Fcreate(temporary.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT), H5Fclose);
    DatasetWriter writer;
    writeContents(file, writer);
    failure = writer.getFailure();
    if (failure.empty() && H5Fflush(file, H5F_SCOPE_GLOBAL) < 0)
      failure = "the end of the file";
  }
  if (!failure.empty())
    return createStringError(path + ": '" + failure + "' cannot be written");
  if (std::error_code error = sys::fs::rename(temporary, path))
    return createFileError(path, error);
  remove.releaseFile();
  return Error::success();
}

} // namespace lle::nir
