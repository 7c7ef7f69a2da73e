//===- Dataset.h - guarded access to the objects of an HDF5 file --------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Part of lle-nir-decode, which reads files from strangers: whatever is wrong ends the process with
// a message. The limits keep a small file from asking for much memory; what libhdf5 itself does not
// survive, the caller does.
//
//===------------------------------------------------------------------------------------------===//
#ifndef LLE_FRONTENDS_NIR_DECODE_DATASET_H
#define LLE_FRONTENDS_NIR_DECODE_DATASET_H

#include "frontends/NIR/Dump_generated.h"
#include "frontends/NIR/Handle.h"
#include <optional>
#include <string>
#include <vector>

namespace lle::nir::decode {

/// Groups in groups. Real files nest once or twice.
constexpr unsigned maxDepth = 16;

/// Ends the process with a message for the user.
[[noreturn]] void fail(const std::string &message);

/// Group or dataset `name` of a group, whichever it is (H5Iget_type tells). Only hard links are
/// followed: soft and external ones could lead out of the file.
hid_t openObject(hid_t group, const std::string &name, const std::string &path);
/// The names in a group, in byte order.
std::vector<std::string> listNames(hid_t group, const std::string &path);

/// The elements of a dataset in the machine's byte order.
struct Values {
  dump::ElementType type = dump::ElementType_F32;
  std::vector<int64_t> shape;
  std::vector<char> bytes;
  std::vector<std::string> strings;
};

/// Bytes of numbers and strings, and objects, read so far; more than the limits ends the process.
struct Budget {
  uint64_t bytes = 0;
  uint64_t objects = 0;
  void addBytes(uint64_t count, const std::string &path);
  void addObject(const std::string &path);
};

/// Nothing, and a reason, for element types that NIR does not use.
std::optional<Values> readDataset(hid_t dataset, const std::string &path, Budget &budget, std::string &reason);

/// An attribute of one string or one number; nothing where the object has none of that name.
std::optional<Values> readAttribute(hid_t object, const std::string &name, const std::string &path, Budget &budget);

} // namespace lle::nir::decode

#endif // LLE_FRONTENDS_NIR_DECODE_DATASET_H
