//===- Capacity.h - does a core map fit its chip? ---------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Counts what the cores of a map use from what they hold, and compares it with the map's figures `limits.*`. It shares
// no code with what partitions, places, lays out and routes, so that an error there is not repeated here. Sizes are
// those that Layout.h documents.
//
// Precondition: what getCoreMap() of a package guarantees, indices in range above all.
//
//===----------------------------------------------------------------------===//

#ifndef LLE_RUNTIME_COREMAP_CAPACITY_H
#define LLE_RUNTIME_COREMAP_CAPACITY_H

#include "runtime/coremap/CoreMap.h"

#include <limits>
#include <optional>
#include <string_view>

namespace lle::runtime {

/// What one core holds.
struct CoreUse {
  uint64_t neurons = 0, synapses = 0;
  uint64_t synapseBytes = 0; ///< words of rows on Loihi, rows with their headers on SpiNNaker2
  uint64_t memoryBytes = 0;  ///< synapses and everything else
  uint64_t inAxons = 0, outAxons = 0;
  uint64_t indexBits = 0; ///< of the greatest offset of a synapse
  uint64_t maxDelay = 0;  ///< ticks
  uint64_t weightBits = 0;
  /// Loihi: different pairs of decays, thresholds, and formats of rows, dense or not.
  uint64_t configurations = 0, thresholds = 0, formats = 0;
};

CoreUse countCore(const CoreMap &map, const CoreContents &core);

/// Whether a place in the grid of a chip has cores; `limits.grid_gaps` has a bit for each that has none.
bool hasCores(const CoreMap &map, uint32_t x, uint32_t y);

/// A limit that the map does not keep, or cannot be compared with.
struct CapacityViolation {
  static constexpr uint32_t kNoCore = std::numeric_limits<uint32_t>::max();

  std::string_view resource;
  uint32_t core = kNoCore;
  uint64_t used = 0, limit = 0;
  /// "layer 'fc1', core 3 (chip 0, x 1, y 0, slot 2): 1025 neurons, the limit is 1024 (published: ...): <what to do>"
  std::string message;
};

/// All violations, those of cores first; none: the map fits. A limit that the map's figures lack is one.
std::vector<CapacityViolation> checkCapacity(const CoreMap &map);

/// Whether a core that is a processor has room for a program of its own, of `bytes` of code and data: a violation of
/// `limits.core_memory_bytes`, or none.
std::optional<CapacityViolation> checkProgram(const CoreMap &map, uint32_t core, uint64_t bytes);

} // namespace lle::runtime

#endif // LLE_RUNTIME_COREMAP_CAPACITY_H
