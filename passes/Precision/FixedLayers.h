//===- FixedLayers.h - layers from floats to fixed point --------*- C++ -*-===//
#ifndef LLE_PASSES_PRECISION_FIXEDLAYERS_H
#define LLE_PASSES_PRECISION_FIXEDLAYERS_H

#include "dialects/LLE/LLEBounds.h"
#include "dialects/LLE/Quantization.h"

namespace lle {

using Numbers = std::vector<double>;

/// A value of a network in fixed point: an element q of `value` stands for `unit q + offset`.
struct FixedValue {
  mlir::Value value;
  Numbers unit, offset;
  Numbers magnitude; ///< What no element passes in magnitude.

  int64_t size() const { return unit.size(); }
};

/// A matrix of `bias.size()` rows, and a bias.
struct RealLayer {
  Numbers weights, bias;
  mlir::StringRef name;
};

/// How numbers are quantised.
struct FixedOptions {
  unsigned weightBits = 8;  ///< Of layers and of conductances.
  unsigned slopeBits = 16;  ///< Of the slopes of synapses.
  bool powersOfTwo = false; ///< Scales of layers are shifts.

  int64_t getLargestWeight() const { return (int64_t(1) << (weightBits - 1)) - 1; }
  int64_t getLargestSlope() const { return (int64_t(1) << (slopeBits - 1)) - 1; }
};

/// What a function gives is at most this in magnitude; nothing where it has no limit.
std::optional<double> getLargestResult(Activation function);

/// Whether `addFixedLayer` knows the function.
bool isFixedFunction(Activation function);

/// Half up, as all of fixed point.
int64_t roundHalfUp(double value);

/// A signal of 16-bit integers.
mlir::RankedTensorType getFixedType(mlir::OpBuilder &builder, int64_t size);

/// Integers of `bits` as an attribute.
mlir::DenseElementsAttr makeIntegers(mlir::OpBuilder &builder, llvm::ArrayRef<int64_t> shape,
                                     llvm::ArrayRef<int64_t> values, unsigned bits);

/// `function(W x + b)`. Rows are quantised each in a unit of its own. The unit of the result is that of the function's
/// table; where there is none, it is the smallest that holds what the row may give, or `magnitude` where that is given.
FixedValue addFixedLayer(mlir::OpBuilder &builder, mlir::Location loc, const FixedValue &input, const RealLayer &layer,
                         Activation function, const FixedOptions &options, llvm::ArrayRef<double> magnitude = {});

/// The largest magnitudes that `W x + b` may have.
Numbers getLargestSums(const FixedValue &input, const RealLayer &layer);

/// The elements of several values, one after the other.
FixedValue concatenate(mlir::OpBuilder &builder, mlir::Location loc, llvm::ArrayRef<FixedValue> parts);

} // namespace lle

#endif
