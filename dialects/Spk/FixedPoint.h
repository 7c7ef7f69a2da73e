//===- FixedPoint.h - neurons in fixed-point arithmetic ---------*- C++ -*-===//
#ifndef LLE_DIALECTS_SPK_FIXEDPOINT_H
#define LLE_DIALECTS_SPK_FIXEDPOINT_H

#include "dialects/LLE/LLEOps.h"

#include "dialects/Spk/FixedPointEnums.h.inc"

#define GET_OP_CLASSES
#include "dialects/Spk/FixedPoint.h.inc"

/// The widths of Loihi 2, as Lava's bit-accurate models have them.
namespace lle::spk::loihi {
inline constexpr int kDecayBits = 12;                          ///< A decay is a number of 4096ths.
inline constexpr int kInputShift = 6;                          ///< Of synaptic input, thresholds and states.
inline constexpr int32_t kStateLimit = int32_t(1) << 23;       ///< States are below it in magnitude.
inline constexpr int32_t kLargestThreshold = int32_t(1) << 17; ///< Which the membrane never passes.
} // namespace lle::spk::loihi

namespace lle::spk {
/// `mantissa << exponent`, or shifted right; nothing where it does not fit 24 bits.
std::optional<int64_t> getLoihiBias(int64_t mantissa, int64_t exponent);

/// A parameter is dense, has the shape of the first operand, and is in its range; `constraint` is the one that says so.
mlir::LogicalResult verifyFixedParameter(mlir::Operation *op, llvm::StringRef constraint, llvm::StringRef name,
                                         mlir::ElementsAttr elements, int64_t smallest, int64_t largest);
} // namespace lle::spk

#endif
