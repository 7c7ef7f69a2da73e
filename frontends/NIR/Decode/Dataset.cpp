//===- Dataset.cpp - guarded access to the objects of an HDF5 file ----------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//

#include "frontends/NIR/Decode/Dataset.h"
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <unistd.h>

namespace lle::nir::decode {

static constexpr uint64_t maxDatasetBytes = uint64_t(1) << 30;
static constexpr uint64_t maxFileBytes = uint64_t(4) << 30;
static constexpr uint64_t maxObjects = 1000000;
static constexpr uint64_t maxStrings = 1000000;
static constexpr int maxRank = 8;
static constexpr size_t maxAttributeBytes = 4096;

void fail(const std::string &message) {
  std::fprintf(stderr, "%s\n", message.c_str());
  std::fflush(stderr);
  // Not exit(): libhdf5 would close a file that it may have misread.
  _exit(1);
}

void Budget::addBytes(uint64_t count, const std::string &path) {
  bytes += count;
  if (bytes > maxFileBytes)
    fail("dataset '" + path + "': the file's datasets hold more than 4 GiB");
}

void Budget::addObject(const std::string &path) {
  if (++objects > maxObjects)
    fail("'" + path + "': the file has more than " + std::to_string(maxObjects) + " groups and datasets");
}

//===------------------------------------------------------------------------------------------===//
// Groups
//===------------------------------------------------------------------------------------------===//

hid_t openObject(hid_t group, const std::string &name, const std::string &path) {
  H5L_info_t info;
  if (H5Lget_info(group, name.c_str(), &info, H5P_DEFAULT) < 0)
    fail("'" + path + "' is missing");
  if (info.type != H5L_TYPE_HARD)
    fail("'" + path + "' is a soft or external link, which NIR files do not have");
  hid_t object = H5Oopen(group, name.c_str(), H5P_DEFAULT);
  if (object < 0)
    fail("'" + path + "' cannot be opened: the file is damaged");
  H5I_type_t type = H5Iget_type(object);
  if (type != H5I_GROUP && type != H5I_DATASET)
    fail("'" + path + "' is neither a group nor a dataset");
  return object;
}

static herr_t collectName(hid_t, const char *name, const H5L_info_t *, void *data) {
  auto &names = *static_cast<std::vector<std::string> *>(data);
  names.push_back(name);
  return names.size() > maxObjects ? -1 : 0;
}

std::vector<std::string> listNames(hid_t group, const std::string &path) {
  std::vector<std::string> names;
  if (H5Literate(group, H5_INDEX_NAME, H5_ITER_INC, nullptr, collectName, &names) < 0)
    fail("group '" + path + "' cannot be listed: the file is damaged");
  std::sort(names.begin(), names.end());
  return names;
}

//===------------------------------------------------------------------------------------------===//
// Datasets
//===------------------------------------------------------------------------------------------===//

static bool isAnyOf(hid_t type, std::initializer_list<hid_t> candidates) {
  return std::any_of(candidates.begin(), candidates.end(),
                     [&](hid_t candidate) { return H5Tequal(type, candidate) > 0; });
}

/// The element type, and the identifier of its form in memory (not to be closed).
using NumberType = std::pair<dump::ElementType, hid_t>;

static std::optional<NumberType> getIntegerType(size_t size, bool isUnsigned) {
  using E = dump::ElementType;
  const std::pair<size_t, NumberType> types[2][4] = {{{1, {E::ElementType_I8, H5T_NATIVE_INT8}},
                                                      {2, {E::ElementType_I16, H5T_NATIVE_INT16}},
                                                      {4, {E::ElementType_I32, H5T_NATIVE_INT32}},
                                                      {8, {E::ElementType_I64, H5T_NATIVE_INT64}}},
                                                     {{1, {E::ElementType_U8, H5T_NATIVE_UINT8}},
                                                      {2, {E::ElementType_U16, H5T_NATIVE_UINT16}},
                                                      {4, {E::ElementType_U32, H5T_NATIVE_UINT32}},
                                                      {8, {E::ElementType_U64, H5T_NATIVE_UINT64}}}};
  for (const auto &[width, number] : types[isUnsigned])
    if (width == size)
      return number;
  return std::nullopt;
}

static std::optional<NumberType> getNumberType(hid_t type) {
  size_t size = H5Tget_size(type);
  switch (H5Tget_class(type)) {
  case H5T_FLOAT:
    if (isAnyOf(type, {H5T_IEEE_F32LE, H5T_IEEE_F32BE}))
      return {{dump::ElementType_F32, H5T_NATIVE_FLOAT}};
    if (isAnyOf(type, {H5T_IEEE_F64LE, H5T_IEEE_F64BE}))
      return {{dump::ElementType_F64, H5T_NATIVE_DOUBLE}};
    return std::nullopt;
  case H5T_INTEGER:
    return getIntegerType(size, H5Tget_sign(type) == H5T_SGN_NONE);
  case H5T_ENUM:
    // h5py stores a truth value as an enumeration of FALSE and TRUE over one byte.
    if (size == 1 && H5Tget_nmembers(type) == 2)
      return {{dump::ElementType_Bool, type}};
    return std::nullopt;
  default:
    return std::nullopt;
  }
}

/// A fixed-length string without its padding.
static std::string trimString(const char *data, size_t size, H5T_str_t padding) {
  std::string text(data, padding == H5T_STR_SPACEPAD ? size : strnlen(data, size));
  while (padding == H5T_STR_SPACEPAD && !text.empty() && text.back() == ' ')
    text.pop_back();
  return text;
}

static void readStrings(hid_t dataset, hid_t type, hid_t space, uint64_t count, const std::string &path, Budget &budget,
                        Values &values) {
  if (count > maxStrings)
    fail("dataset '" + path + "' has more than " + std::to_string(maxStrings) + " strings");
  // Memory is of the file's own kind: no conversion, so that names keep their bytes.
  if (H5Tis_variable_str(type) > 0) {
    std::vector<char *> pointers(count, nullptr);
    if (count && H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()) < 0)
      fail("dataset '" + path + "' cannot be read: the file is damaged");
    for (const char *pointer : pointers) {
      values.strings.emplace_back(pointer ? pointer : "");
      budget.addBytes(values.strings.back().size(), path);
    }
    if (count)
      H5Dvlen_reclaim(type, space, H5P_DEFAULT, pointers.data());
    return;
  }
  size_t size = H5Tget_size(type);
  if (size > maxDatasetBytes / std::max<uint64_t>(count, 1))
    fail("dataset '" + path + "' holds more than 1 GiB");
  budget.addBytes(count * size, path);
  std::vector<char> bytes(count * size);
  if (count && H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, bytes.data()) < 0)
    fail("dataset '" + path + "' cannot be read: the file is damaged");
  H5T_str_t padding = H5Tget_strpad(type);
  for (uint64_t i = 0; i < count; ++i)
    values.strings.push_back(trimString(bytes.data() + i * size, size, padding));
}

/// Refuses storage outside the file, and chunks that alone exceed the limit.
static void checkStorage(hid_t dataset, uint64_t width, const std::string &path) {
  Handle properties(H5Dget_create_plist(dataset), H5Pclose);
  if (properties < 0)
    fail("dataset '" + path + "' cannot be read: the file is damaged");
  H5D_layout_t layout = H5Pget_layout(properties);
  if (layout == H5D_VIRTUAL || H5Pget_external_count(properties) > 0)
    fail("dataset '" + path + "' keeps its data in another file, which NIR files do not");
  if (layout != H5D_CHUNKED)
    return;
  hsize_t chunk[H5S_MAX_RANK];
  int rank = H5Pget_chunk(properties, H5S_MAX_RANK, chunk);
  uint64_t bytes = width;
  for (int i = 0; i < rank; ++i) {
    if (chunk[i] == 0 || chunk[i] > maxDatasetBytes / bytes)
      fail("dataset '" + path + "' has chunks of more than 1 GiB");
    bytes *= chunk[i];
  }
}

std::optional<Values> readDataset(hid_t dataset, const std::string &path, Budget &budget, std::string &reason) {
  Handle type(H5Dget_type(dataset), H5Tclose);
  Handle space(H5Dget_space(dataset), H5Sclose);
  if (type < 0 || space < 0)
    fail("dataset '" + path + "' cannot be read: the file is damaged");
  Values values;
  int rank = H5Sget_simple_extent_ndims(space);
  H5S_class_t spaceClass = H5Sget_simple_extent_type(space);
  if (rank < 0 || rank > maxRank || (spaceClass != H5S_SCALAR && spaceClass != H5S_SIMPLE)) {
    reason = spaceClass == H5S_NULL ? "it is empty" : "its rank is above " + std::to_string(maxRank);
    return std::nullopt;
  }
  hsize_t dims[maxRank];
  H5Sget_simple_extent_dims(space, dims, nullptr);
  uint64_t count = 1;
  for (int i = 0; i < rank; ++i) {
    if (dims[i] > maxDatasetBytes / std::max<uint64_t>(count, 1))
      fail("dataset '" + path + "' holds more than 1 GiB");
    count *= dims[i];
    values.shape.push_back(dims[i]);
  }
  size_t width = H5Tget_size(type);
  if (width == 0)
    fail("dataset '" + path + "' cannot be read: the file is damaged");
  checkStorage(dataset, width, path);

  if (H5Tget_class(type) == H5T_STRING) {
    values.type = dump::ElementType_String;
    readStrings(dataset, type, space, count, path, budget, values);
    return values;
  }
  auto number = getNumberType(type);
  if (!number) {
    reason = "its element type is none of i8 to i64, u8 to u64, f32, f64, bool and string";
    return std::nullopt;
  }
  values.type = number->first;
  if (count > maxDatasetBytes / width)
    fail("dataset '" + path + "' holds more than 1 GiB");
  budget.addBytes(count * width, path);
  values.bytes.resize(count * width);
  if (count && H5Dread(dataset, number->second, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.bytes.data()) < 0)
    fail("dataset '" + path + "' cannot be read: the file is damaged");
  return values;
}

//===------------------------------------------------------------------------------------------===//
// Attributes
//===------------------------------------------------------------------------------------------===//

std::optional<Values> readAttribute(hid_t object, const std::string &name, const std::string &path, Budget &budget) {
  htri_t exists = H5Aexists(object, name.c_str());
  if (exists == 0)
    return std::nullopt;
  std::string what = "attribute '" + name + "' of '" + path + "'";
  Handle attribute(exists < 0 ? -1 : H5Aopen(object, name.c_str(), H5P_DEFAULT), H5Aclose);
  Handle type(attribute < 0 ? -1 : H5Aget_type(attribute), H5Tclose);
  Handle space(attribute < 0 ? -1 : H5Aget_space(attribute), H5Sclose);
  if (attribute < 0 || type < 0 || space < 0)
    fail(what + " cannot be read: the file is damaged");
  if (H5Sget_simple_extent_npoints(space) != 1)
    fail(what + " is not one value");
  size_t width = H5Tget_size(type);
  if (width == 0 || width > maxAttributeBytes)
    fail(what + " cannot be read: the file is damaged");
  Values values;
  if (H5Tget_class(type) == H5T_STRING) {
    values.type = dump::ElementType_String;
    if (H5Tis_variable_str(type) > 0) {
      char *pointer = nullptr;
      if (H5Aread(attribute, type, &pointer) < 0)
        fail(what + " cannot be read: the file is damaged");
      values.strings.emplace_back(pointer ? pointer : "");
      H5Dvlen_reclaim(type, space, H5P_DEFAULT, &pointer);
    } else {
      std::vector<char> bytes(width);
      if (H5Aread(attribute, type, bytes.data()) < 0)
        fail(what + " cannot be read: the file is damaged");
      values.strings.push_back(trimString(bytes.data(), width, H5Tget_strpad(type)));
    }
    budget.addBytes(values.strings.back().size(), path);
    return values;
  }
  auto number = getNumberType(type);
  if (!number)
    fail(what + " is neither a number nor a string");
  values.type = number->first;
  values.bytes.resize(width);
  if (H5Aread(attribute, number->second, values.bytes.data()) < 0)
    fail(what + " cannot be read: the file is damaged");
  return values;
}

} // namespace lle::nir::decode
