//===- ArrayFile.cpp - Arrays of files of several formats -----------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/host/ArrayFile.h"
#include "runtime/host/Gzip.h"
#include <algorithm>
#include <optional>

using namespace lle::runtime;

namespace {

/// A small file may stand for a thousand times its size.
constexpr size_t kMaxInflatedBytes = size_t(1) << 33;
constexpr std::string_view kNpz = ".npz";

/// What the third byte of an IDX file says.
std::optional<DType> getIdxType(uint8_t code) {
  switch (code) {
  case 0x08:
    return DType::U8;
  case 0x09:
    return DType::I8;
  case 0x0b:
    return DType::I16;
  case 0x0c:
    return DType::I32;
  case 0x0d:
    return DType::F32;
  case 0x0e:
    return DType::F64;
  default:
    return std::nullopt;
  }
}

std::string joinNames(const Arrays &arrays) {
  std::string names;
  for (const auto &[name, array] : arrays)
    names += (names.empty() ? "" : ", ") + name;
  return names;
}

Result<Array> readMember(const std::string &path, const std::string &member) {
  Result<Arrays> arrays = readNpz(path, {member});
  if (!arrays)
    return arrays.error();
  auto found = arrays->find(member);
  if (found != arrays->end())
    return std::move(found->second);
  Result<Arrays> all = readNpz(path);
  return makeError(path, ": there is no array '", member, "'", all ? "; there are: " + joinNames(*all) : "");
}

Result<Array> readOnlyMember(const std::string &path) {
  Result<Arrays> arrays = readNpz(path);
  if (!arrays)
    return arrays.error();
  if (arrays->size() != 1)
    return makeError(path, ": has ", arrays->size(), " arrays; name one as ", path, ":MEMBER: ", joinNames(*arrays));
  return std::move(arrays->begin()->second);
}

} // namespace

bool lle::runtime::isIdx(const uint8_t *data, size_t size) {
  return size >= 4 && data[0] == 0 && data[1] == 0 && getIdxType(data[2]) && data[3] != 0;
}

Result<Array> lle::runtime::parseIdx(const uint8_t *data, size_t size, const std::string &name) {
  if (!isIdx(data, size))
    return makeError(name, ": is no IDX file");
  Array array;
  array.type = *getIdxType(data[2]);
  const size_t rank = data[3], header = 4 + 4 * rank, width = dtypeBytes(array.type);
  if (size < header)
    return makeError(name, ": ends within its header of ", header, " bytes, after ", size);
  size_t elements = 1;
  for (size_t dim = 0; dim < rank; ++dim) {
    const uint8_t *bytes = data + 4 + 4 * dim;
    uint32_t extent = uint32_t(bytes[0]) << 24 | uint32_t(bytes[1]) << 16 | uint32_t(bytes[2]) << 8 | bytes[3];
    array.shape.push_back(extent);
    if (extent != 0 && elements > kMaxArrayFileBytes / extent)
      return makeError(name, ": its dimensions are too large");
    elements *= extent;
  }
  if ((size - header) / width != elements || (size - header) % width != 0)
    return makeError(name, ": expected ", elements * width, " bytes of data, got ", size - header);
  array.data.assign(data + header, data + size);
  for (size_t element = 0; element < elements; ++element) // big-endian in the file
    std::reverse(array.data.begin() + element * width, array.data.begin() + (element + 1) * width);
  return array;
}

Result<Array> lle::runtime::readArray(const std::string &path) {
  const size_t colon = path.rfind(std::string(kNpz) + ":");
  if (colon != std::string::npos)
    return readMember(path.substr(0, colon + kNpz.size()), path.substr(colon + kNpz.size() + 1));
  if (path.size() >= kNpz.size() && path.compare(path.size() - kNpz.size(), kNpz.size(), kNpz) == 0)
    return readOnlyMember(path);
  Result<Bytes> bytes = readFile(path, kMaxArrayFileBytes);
  if (!bytes)
    return bytes.error();
  if (isGzip(bytes->data(), bytes->size())) {
    bytes = inflateGzip(bytes->data(), bytes->size(), kMaxInflatedBytes, path);
    if (!bytes)
      return bytes.error();
  }
  if (isIdx(bytes->data(), bytes->size()))
    return parseIdx(bytes->data(), bytes->size(), path);
  return parseNpy(bytes->data(), bytes->size(), path);
}
