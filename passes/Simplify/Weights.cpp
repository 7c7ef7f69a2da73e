//===- Weights.cpp - reading, making and slicing weights ------------------===//
#include "passes/Simplify/Weights.h"
#include "dialects/LLE/LLEOps.h"

#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/IR/Matchers.h"

#include <cmath>

using namespace mlir;
using namespace lle;

static APFloat roundTo(FloatType type, double value) {
  APFloat number(value);
  bool losesInfo;
  number.convert(type.getFloatSemantics(), APFloat::rmNearestTiesToEven, &losesInfo);
  return number;
}

Value lle::createWeight(OpBuilder &builder, Location loc, ArrayRef<double> values, RankedTensorType type) {
  return WeightOp::create(builder, loc, type, makeElements(type, values));
}

/// A resource as the dense elements that it holds; nothing for what is neither.
static DenseElementsAttr getDense(ElementsAttr elements) {
  auto resource = dyn_cast<DenseResourceElementsAttr>(elements);
  if (!resource)
    return dyn_cast<DenseElementsAttr>(elements);
  if (!resource.getElementType().isIntOrFloat() || resource.getElementType().getIntOrFloatBitWidth() < 8)
    return {};
  return DenseElementsAttr::getFromRawBuffer(resource.getType(), resource.getData());
}

std::optional<std::vector<double>> lle::readNumbers(ElementsAttr elements) {
  DenseElementsAttr dense = getDense(elements);
  if (!dense)
    return std::nullopt;
  std::vector<double> numbers;
  if (isa<FloatType>(dense.getElementType())) {
    for (APFloat value : dense.getValues<APFloat>()) {
      bool losesInfo;
      value.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven, &losesInfo);
      numbers.push_back(value.convertToDouble());
    }
  } else if (dense.getElementType().isInteger() && !dense.getElementType().isInteger(1)) {
    for (const APInt &value : dense.getValues<APInt>())
      numbers.push_back(double(value.getSExtValue()));
  } else {
    return std::nullopt;
  }
  return numbers;
}

std::optional<std::vector<double>> lle::readWeights(Value weights) {
  ElementsAttr elements;
  if (!matchPattern(weights, m_Constant(&elements)))
    return {};
  Type element = elements.getElementType();
  if (getElementTypeOrSelf(weights.getType()) != element) // quantised
    return {};
  return isa<FloatType>(element) || element.isSignlessInteger() ? readNumbers(elements) : std::nullopt;
}

DenseElementsAttr lle::makeElements(ShapedType type, ArrayRef<double> values) {
  if (auto floats = dyn_cast<FloatType>(type.getElementType()))
    return DenseElementsAttr::get(type,
                                  llvm::map_to_vector(values, [&](double value) { return roundTo(floats, value); }));
  unsigned width = type.getElementTypeBitWidth();
  const double limit = std::ldexp(1.0, int(width) - 1);
  return DenseElementsAttr::get(type, llvm::map_to_vector(values, [&](double value) {
                                  double whole = std::clamp(std::round(value), -limit, limit - 1);
                                  return APInt(width, uint64_t(int64_t(whole)), /*isSigned=*/true);
                                }));
}

DenseElementsAttr lle::selectElements(ElementsAttr elements, unsigned dim, ArrayRef<int64_t> indices) {
  DenseElementsAttr dense = getDense(elements);
  assert(dense && "the elements are known");
  ArrayRef<int64_t> shape = dense.getType().getShape();
  SmallVector<int64_t> selected(shape);
  selected[dim] = int64_t(indices.size());
  auto type = RankedTensorType::get(selected, dense.getElementType());
  if (dense.isSplat())
    return dense.resizeSplat(type);
  int64_t outer = 1, inner = 1;
  for (int64_t length : shape.take_front(dim))
    outer *= length;
  for (int64_t length : shape.drop_front(dim + 1))
    inner *= length;
  // Bytes as they are stored: an attribute for each element would be slow.
  ArrayRef<char> all = dense.getRawData();
  assert(dense.getElementType().getIntOrFloatBitWidth() % 8 == 0 && "elements are bytes");
  const int64_t slice = inner * int64_t(dense.getElementType().getIntOrFloatBitWidth()) / 8;
  std::vector<char> values;
  values.reserve(outer * int64_t(indices.size()) * slice);
  for (int64_t row = 0; row < outer; ++row)
    for (int64_t index : indices)
      llvm::append_range(values, all.slice((row * shape[dim] + index) * slice, slice));
  return DenseElementsAttr::getFromRawBuffer(type, values);
}
