//===- Weights.cpp - weights made by passes --------------------------------===//
#include "passes/Simplify/Weights.h"
#include "dialects/LLE/LLEOps.h"

#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace lle;

std::optional<SmallVector<double>> lle::readWeights(Value weights) {
  ElementsAttr elements;
  if (!matchPattern(weights, m_Constant(&elements)))
    return {};
  Type element = elements.getElementType();
  if (getElementTypeOrSelf(weights.getType()) != element) // quantised
    return {};
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(elements))
    elements = DenseElementsAttr::getFromRawBuffer(resource.getType(), resource.getData());
  SmallVector<double> values;
  if (isa<FloatType>(element)) {
    for (APFloat value : elements.getValues<APFloat>()) {
      bool losesInfo;
      value.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven, &losesInfo);
      values.push_back(value.convertToDouble());
    }
    return values;
  }
  if (!element.isSignlessInteger() || element.isInteger(1))
    return {};
  for (const APInt &value : elements.getValues<APInt>())
    values.push_back(double(value.getSExtValue()));
  return values;
}

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
