//===- Coding.h - encoders, decoders and attention --------------*- C++ -*-===//
#ifndef LLE_DIALECTS_SPK_CODING_H
#define LLE_DIALECTS_SPK_CODING_H

#include "dialects/Spk/SpkOps.h"

#include "dialects/Spk/CodingEnums.h.inc"

#define GET_OP_CLASSES
#include "dialects/Spk/Coding.h.inc"

namespace lle::spk {

/// Steps after which the counter of a random encoder starts again, and at which other counters stop: the largest count
/// up to which single precision has all whole numbers.
inline constexpr int64_t kMaxSteps = int64_t(1) << 24;

} // namespace lle::spk

#endif
