//===- Formats.h - how few bits rows of synapses take -----------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Loihi stores a row in one of a few formats of its core: the bits of a weight, the exponent that weights have in
// common, whether they have signs, and the bits of a delay (Loihi 1: nengo-loihi, block.py, class Synapse, and
// hardware/nxsdk_objects.py; assumed for Loihi 2).
//
//===----------------------------------------------------------------------===//

#ifndef LLE_RUNTIME_COREMAP_FORMATS_H
#define LLE_RUNTIME_COREMAP_FORMATS_H

#include "runtime/coremap/CoreMap.h"

namespace lle::runtime {

/// What the narrowest format of some weights depends on.
struct WeightRange {
  int32_t lowest = 0, highest = 0;
  uint32_t bits = 0; ///< that are set in any of them

  void add(int32_t weight);
  void add(const WeightRange &other);
  /// Last bits that are 0 in all are the exponent. There is no width of 7 bits (nengo-loihi, WEIGHT_BITS_MAP).
  SynapseFormat getFormat() const;
};

/// Gives each row of a core of Loihi its format: the narrowest one, or, where the core would have more than `most`, one
/// that rows share, so that the fewest bits are added. A dense row and a sparse one never share. Where more formats are
/// left, no two can be one within the 8 bits of a weight.
void chooseFormats(CoreContents &core, uint64_t most);

} // namespace lle::runtime

#endif // LLE_RUNTIME_COREMAP_FORMATS_H
