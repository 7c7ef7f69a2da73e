//===- SpikeList.h - which neurons of a group fired -------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Internal.
//
//===----------------------------------------------------------------------===//

#ifndef LLE_RUNTIME_EMULATOR_SPIKELIST_H
#define LLE_RUNTIME_EMULATOR_SPIKELIST_H

#include <cstdint>
#include <vector>

namespace lle::runtime {

/// Neurons of a group in ascending order.
struct SpikeList {
  /// Places that are written at once, of which only the first are meant.
  static constexpr uint32_t kLanes = 16;

  explicit SpikeList(uint32_t neurons) : neurons(neurons + kLanes) {}

  /// Lists those whose flag is not 0.
  void assign(const uint8_t *flags, uint32_t size);
  /// The same of payloads. Returns whether all that are listed are 1.
  bool assign(const int32_t *payloads, uint32_t size);

  std::vector<uint32_t> neurons; ///< beyond `count`, old ones
  uint32_t count = 0;
};

} // namespace lle::runtime

#endif // LLE_RUNTIME_EMULATOR_SPIKELIST_H
