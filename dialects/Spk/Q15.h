//===- Q15.h - neurons in 16-bit arithmetic ---------------------*- C++ -*-===//
#ifndef LLE_DIALECTS_SPK_Q15_H
#define LLE_DIALECTS_SPK_Q15_H

#include "dialects/LLE/LLEOps.h"

#include "dialects/Spk/Q15Enums.h.inc"

#define GET_OP_CLASSES
#include "dialects/Spk/Q15.h.inc"

namespace lle::spk::q15 {
inline constexpr int kFractionBits = 15; ///< A decay is a number of 2^-15.
} // namespace lle::spk::q15

#endif
