//===- Weights.cpp - weights made by passes --------------------------------===//
#include "passes/Simplify/Weights.h"
#include "dialects/LLE/LLEOps.h"

using namespace mlir;
using namespace lle;

Value lle::createWeight(OpBuilder &builder, Location loc, ArrayRef<double> values, RankedTensorType type) {
  SmallVector<APFloat> rounded = llvm::map_to_vector(values, [&](double value) {
    APFloat number(value);
    bool losesInfo;
    number.convert(cast<FloatType>(type.getElementType()).getFloatSemantics(), APFloat::rmNearestTiesToEven,
                   &losesInfo);
    return number;
  });
  return WeightOp::create(builder, loc, type, DenseElementsAttr::get(type, rounded));
}
