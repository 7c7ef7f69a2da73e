//===- Package.h - The contents of a .lle file ------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Plain structs that mirror runtime/schema/model.fbs, a writer and a reader. FlatBuffers is used
// inside only.
//
//===----------------------------------------------------------------------===//

#ifndef LLE_RUNTIME_HOST_PACKAGE_H
#define LLE_RUNTIME_HOST_PACKAGE_H

#include "runtime/core/lle_core.h"
#include "runtime/host/File.h"
#include "runtime/host/Result.h"

namespace lle::runtime {

inline constexpr uint32_t kFormatVersion = 2; ///< 2: code has a function that runs many steps.
/// FlatBuffers' offsets are 32-bit and signed in places.
inline constexpr size_t kMaxPackageBytes = (size_t(1) << 31) - (size_t(1) << 20);
/// No port, state or arena is larger.
inline constexpr uint64_t kMaxTensorBytes = uint64_t(1) << 40;
inline constexpr size_t kMaxNameBytes = 1024;

enum class VariantKind : uint8_t { NativeSharedObject, CoreMap };
enum class Evidence : uint8_t { Measured, Simulated, Derived };

struct Port {
  std::string name;
  lle_element element = LLE_F32;
  bool isSpike = false;
  int32_t maxSpikes = 0; ///< at least 1 where isSpike
  std::vector<int64_t> shape;
  std::string node;       ///< the node that a kept output shows, else empty
  bool emitsLast = false; ///< an output that counts only in the last step of a sample
  /// A sample may end once the largest element exceeds all others by as much: in its spike count so far, for a spiking
  /// output, else in the value of this step. 0: the output does not end it.
  double exitMargin = 0;
  bool isSummed = false; ///< an input that is a sum over the steps of a recording that are one of the model, no mean
};

struct State {
  std::string node;
  std::string name;
  lle_element element = LLE_F32;
  std::vector<int64_t> shape;
  std::vector<int32_t> order; ///< logical dimensions in memory order, outermost first
  uint64_t offset = 0;
  uint64_t bytes = 0;
};

struct Variant {
  std::string target;
  VariantKind kind = VariantKind::NativeSharedObject;
  std::string triple;
  std::vector<std::string> requiredFeatures;
  std::string initSymbol;
  std::string stepSymbol;
  std::string runSymbol;
  Bytes code; ///< of a CoreMap, what writeCoreMap returns; triple, features and symbols are empty then
};

struct Provenance {
  std::string sourceName; ///< a file name without folders
  std::string sourceHash;
  std::string pipeline;
  std::string toolVersion;
};

struct Metric {
  std::string name;
  double value = 0;
  std::string unit;
  Evidence provenance = Evidence::Derived;
  std::string source;
};

struct Package {
  uint32_t formatVersion = kFormatVersion;
  std::string name;
  double dt = 0;
  int64_t steps = 0; ///< 0: the network has no length of its own
  std::string profile;
  std::vector<Port> inputs;
  std::vector<Port> outputs;
  std::vector<State> states;
  std::vector<std::string> kept;
  uint64_t arenaBytes = 0;
  uint32_t arenaAlignment = LLE_MIN_ALIGNMENT;
  uint64_t stateBytes = 0;
  std::vector<Variant> variants;
  Bytes source;
  std::string explain;
  Provenance provenance;
  std::vector<Metric> metrics;
  int64_t downsampling = 1; ///< steps of a recording that are one of the model
};

/// Bytes of a tensor; nothing where a dimension is not positive, the element unknown or the product
/// above kMaxTensorBytes.
std::optional<uint64_t> tensorBytes(const std::vector<int64_t> &shape, lle_element element);

/// Names end up in C strings, JSON and terminals: an error that completes "the name ..." where one is empty, too long
/// or has control characters.
Status verifyName(const std::string &name);

/// Everything that must hold beyond the types of the fields, and beyond the contents of `Variant::code`. The message
/// names `file`, the field and the reason.
Status verifyPackage(const Package &package, const std::string &file);

/// The bytes of a .lle file: verified first, and the same for the same package.
Result<Bytes> writePackage(const Package &package);

/// Reads and verifies a .lle file of which nothing is trusted; `file` names it in messages.
Result<Package> readPackage(const void *data, size_t size, const std::string &file);
Result<Package> readPackage(const std::string &path);

} // namespace lle::runtime

#endif // LLE_RUNTIME_HOST_PACKAGE_H
