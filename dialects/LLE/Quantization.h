//===- Quantization.h - signals and layers in fixed point -------*- C++ -*-===//
#ifndef LLE_DIALECTS_LLE_QUANTIZATION_H
#define LLE_DIALECTS_LLE_QUANTIZATION_H

#include "dialects/LLE/LLEOps.h"

#include "dialects/LLE/QuantizationEnums.h.inc"

#define GET_OP_CLASSES
#include "dialects/LLE/Quantization.h.inc"

namespace lle {

/// Units of the tables of functions: the argument of sigmoid and silu is in 2^-kSigmoidBits, that of tanh in
/// 2^-kTanhBits; sigmoid and tanh are in 2^-kFractionBits.
inline constexpr int kSigmoidBits = 11, kTanhBits = 12, kFractionBits = 15;

/// Verifies that an attribute is a dense tensor of signless integers of one of these widths, of one of these shapes,
/// with elements in a range. `rule` is the constraint that a message names.
mlir::LogicalResult verifyIntegers(mlir::Operation *op, llvm::StringRef rule, const llvm::Twine &name,
                                   mlir::ElementsAttr elements, llvm::ArrayRef<unsigned> widths,
                                   llvm::ArrayRef<llvm::SmallVector<int64_t>> shapes, int64_t smallest,
                                   int64_t largest);

/// Elements in row-major order, a splat expanded.
std::vector<int64_t> readIntegerElements(mlir::ElementsAttr elements);

} // namespace lle

#endif
