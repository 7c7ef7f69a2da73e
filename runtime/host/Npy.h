//===- Npy.h - NumPy's .npy and .npz files ----------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Format versions 1 to 3, little-endian booleans, integers and f4/f8. Files are not trusted.
//
//===----------------------------------------------------------------------===//

#ifndef LLE_RUNTIME_HOST_NPY_H
#define LLE_RUNTIME_HOST_NPY_H

#include "runtime/core/lle_core.h"
#include "runtime/host/File.h"
#include <map>

namespace lle::runtime {

enum class DType : uint8_t { Bool, U8, I8, U16, I16, U32, I32, I64, F32, F64 };

size_t dtypeBytes(DType type);
/// NumPy's name: "float32".
std::string_view dtypeName(DType type);
DType dtypeOf(lle_element element);

/// An array in C order. A dimension may be 0.
struct Array {
  DType type = DType::F32;
  std::vector<int64_t> shape;
  Bytes data;
};

/// Of files of arrays: what is larger is not one.
constexpr size_t kMaxArrayFileBytes = size_t(1) << 40;

using Arrays = std::map<std::string, Array>;

/// Another element type. Rounds to floating-point types; refuses a value that an integer type
/// cannot hold exactly, and names it after `name`.
Result<Array> convertArray(const Array &array, DType type, const std::string &name);

/// Whether the bytes begin as a .npy file does.
bool isNpy(const uint8_t *data, size_t size);
Result<Array> parseNpy(const uint8_t *data, size_t size, const std::string &name);
Result<Array> readNpy(const std::string &path);
Bytes formatNpy(const Array &array);
Status writeNpy(const std::string &path, const Array &array);

/// Keys are the entries' names without ".npy". Entries may be stored or deflated; they are written
/// stored and without dates, so that equal arrays make equal files.
/// Where `keys` are given, only these are read: others may hold what is not supported.
Result<Arrays> readNpz(const std::string &path, const std::vector<std::string> &keys = {});
Status writeNpz(const std::string &path, const Arrays &arrays);

} // namespace lle::runtime

#endif // LLE_RUNTIME_HOST_NPY_H
