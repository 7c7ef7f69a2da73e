//===- Write.cpp - graphs to NIR files --------------------------------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//

#include "frontends/NIR/Write.h"
#include "frontends/NIR/Handle.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"

using namespace llvm;

namespace lle::nir {

static constexpr unsigned gzipLevel = 4;
/// A chunk is decompressed at once; larger arrays are split along their first dimensions.
static constexpr uint64_t maxChunkBytes = uint64_t(1) << 20;

namespace {
/// Writes one file. The first failure is remembered; what follows it does nothing useful and no
/// harm.
class Writer {
public:
  explicit Writer(hid_t file)
      : file(file), textType(H5Tcopy(H5T_C_S1), H5Tclose), linkList(H5Pcreate(H5P_LINK_CREATE), H5Pclose) {
    check(H5Tset_size(textType, H5T_VARIABLE), "type");
    check(H5Tset_cset(textType, H5T_CSET_UTF8), "type");
    check(H5Pset_char_encoding(linkList, H5T_CSET_UTF8), "names");
    // Keys of metadata may be paths.
    check(H5Pset_create_intermediate_group(linkList, 1), "names");
  }

  void writeFile(const Graph &graph) {
    write(file, "version", Array::text(graph.version));
    Handle root(H5Gcreate2(file, "node", linkList, H5P_DEFAULT, H5P_DEFAULT), H5Gclose);
    check(root, "node");
    writeGraph(root, graph);
  }

  /// The first object that could not be written; empty if none.
  const std::string &getFailure() const { return failure; }

private:
  void check(int64_t result, StringRef what) {
    if (result < 0 && failure.empty())
      failure = what.str();
  }
  void write(hid_t group, const std::string &name, const Array &array);
  void writeMetadata(hid_t group, const ArrayMap &metadata);
  void writeGraph(hid_t group, const Graph &graph);
  hid_t createType(const Array &array);

  hid_t file;
  Handle textType, linkList;
  std::string failure;
};
} // namespace

/// The type in the file, little-endian as from nir; to be closed.
hid_t Writer::createType(const Array &array) {
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

void Writer::write(hid_t group, const std::string &name, const Array &array) {
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

void Writer::writeMetadata(hid_t group, const ArrayMap &metadata) {
  for (const auto &[name, array] : metadata)
    write(group, "metadata/" + name, array);
}

void Writer::writeGraph(hid_t group, const Graph &graph) {
  write(group, "type", Array::text("NIRGraph"));
  std::vector<std::string> ends;
  for (const Edge &edge : graph.edges) {
    ends.push_back(edge.source);
    ends.push_back(edge.target);
  }
  write(group, "edges", Array::texts({static_cast<int64_t>(graph.edges.size()), 2}, std::move(ends)));
  writeMetadata(group, graph.metadata);
  Handle nodes(H5Gcreate2(group, "nodes", linkList, H5P_DEFAULT, H5P_DEFAULT), H5Gclose);
  check(nodes, "nodes");
  for (const Node &node : graph.nodes) {
    Handle nodeGroup(H5Gcreate2(nodes, node.name.c_str(), linkList, H5P_DEFAULT, H5P_DEFAULT), H5Gclose);
    check(nodeGroup, node.name);
    if (node.graph) {
      writeGraph(nodeGroup, *node.graph);
      continue;
    }
    write(nodeGroup, "type", Array::text(node.type));
    for (const auto &[name, array] : node.params)
      write(nodeGroup, name, array);
    writeMetadata(nodeGroup, node.metadata);
  }
}

Error writeGraph(const Graph &graph, StringRef path) {
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  SmallString<128> temporary;
  if (std::error_code error = sys::fs::createUniqueFile(path + ".tmp%%%%%%", temporary))
    return createFileError(path, error);
  FileRemover remove(temporary);
  std::string failure;
  {
    Handle file(H5Fcreate(temporary.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT), H5Fclose);
    Writer writer(file);
    writer.writeFile(graph);
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
