//===- SpikeBits.h - spikes as sets of bits ---------------------*- C++ -*-===//
#ifndef LLE_LOWERING_MATERIALIZESTATE_SPIKEBITS_H
#define LLE_LOWERING_MATERIALIZESTATE_SPIKEBITS_H

#include "lowering/MaterializeState/StepLowering.h"

namespace lle {

/// Words of a set of this many bits.
int64_t getWordCount(int64_t bits);

/// A vector of at most 64 booleans as bits: an i32 or an i64.
mlir::Value packMask(StepBuilder &builder, mlir::Value active);

/// Word `index` of a set.
mlir::Value readWord(StepBuilder &builder, mlir::Value bits, mlir::Value index);

/// The `length` bits of a set from `base` on, at most 64: an i32 or an i64. `base` is a multiple of the width of a
/// word, and bits behind `length` are zero: either `length` is such a multiple, or the set ends there.
mlir::Value readBits(StepBuilder &builder, mlir::Value bits, mlir::Value base, int64_t length);

} // namespace lle

#endif
