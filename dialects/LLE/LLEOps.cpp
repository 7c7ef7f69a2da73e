//===- LLEOps.cpp - weights, delays and element-wise operations -----------===//
#include "dialects/LLE/LLEOps.h"
#include "dialects/LLE/Cost.h"

#include "mlir/Dialect/Quant/IR/QuantTypes.h"
#include "mlir/IR/AsmState.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/IR/PatternMatch.h"

using namespace mlir;
using namespace lle;

OpCost lle::getTrafficCost(Operation *op) {
  OpCost cost;
  for (Type type : op->getOperandTypes())
    cost.bytesRead += getStorageBytes(cast<RankedTensorType>(type));
  for (Type type : op->getResultTypes())
    cost.bytesWritten += getStorageBytes(cast<RankedTensorType>(type));
  return cost;
}

//===----------------------------------------------------------------------===//
// lle.weight
//===----------------------------------------------------------------------===//

/// C2 and C3: the value of quantised weights.
static LogicalResult verifyQuantised(WeightOp op, quant::QuantizedType element) {
  ShapedType value = op.getValue().getShapedType();
  if (value.getShape() != op.getType().getShape() || value.getElementType() != element.getStorageType())
    return op.emitOpError("[C2] ") << op.getType() << " is stored as " << op.getType().clone(element.getStorageType())
                                   << ", got " << value;
  ArrayRef<int64_t> zeroPoints;
  int64_t zeroPoint;
  if (auto uniform = dyn_cast<quant::UniformQuantizedType>(element)) {
    zeroPoint = uniform.getZeroPoint();
    zeroPoints = zeroPoint;
  } else {
    zeroPoints = cast<quant::UniformQuantizedPerAxisType>(element).getZeroPoints();
  }
  unsigned bits = element.getStorageTypeIntegralWidth();
  if (!element.isSigned() || (bits != 8 && bits != 16) || !element.getExpressedType().isF32() ||
      llvm::any_of(zeroPoints, [](int64_t point) { return point != 0; }))
    return op.emitOpError(
               "[C3] quantised weights are signed, of 8 or 16 bits, with zero point 0, and express f32, got ")
           << op.getType();
  return success();
}

LogicalResult WeightOp::verify() {
  ShapedType value = getValue().getShapedType();
  if (auto quantised = dyn_cast<quant::QuantizedType>(getType().getElementType())) {
    if (failed(verifyQuantised(*this, quantised)))
      return failure();
  } else if (value != getType()) {
    return emitOpError("[C2] the value has type ") << value << ", but the result " << getType();
  }
  auto resource = dyn_cast<DenseResourceElementsAttr>(getValue());
  if (!resource)
    return success();
  AsmResourceBlob *blob = resource.getRawHandle().getBlob();
  size_t bits = value.getElementTypeBitWidth(), size = blob ? blob->getData().size() : 0;
  if (bits % 8 != 0 || size != bits / 8 * size_t(getType().getNumElements()))
    return emitOpError("[C1] resource '") << resource.getRawHandle().getKey() << "' holds " << size
                                          << " bytes, which is not the size of " << getType();
  return success();
}

OpFoldResult WeightOp::fold(FoldAdaptor) { return getValue(); }

namespace {
/// Uniform weights of a resource become a splat, which needs no storage. (`dense` finds out by itself.)
struct UniformWeight : OpRewritePattern<WeightOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(WeightOp op, PatternRewriter &rewriter) const override {
    auto resource = dyn_cast<DenseResourceElementsAttr>(op.getValue());
    if (!resource)
      return rewriter.notifyMatchFailure(op, "not a resource");
    ArrayRef<char> data = resource.getData();
    size_t width = resource.getType().getElementTypeBitWidth() / 8;
    // Every element equals the one before it.
    if (memcmp(data.data(), data.data() + width, data.size() - width) != 0)
      return rewriter.notifyMatchFailure(op, "not uniform");
    auto splat = DenseElementsAttr::getFromRawBuffer(resource.getType(), data.take_front(width));
    rewriter.modifyOpInPlace(op, [&] { op.setValueAttr(splat); });
    return success();
  }
};
} // namespace

void WeightOp::getCanonicalizationPatterns(RewritePatternSet &patterns, MLIRContext *context) {
  patterns.add<UniformWeight>(context);
}

//===----------------------------------------------------------------------===//
// lle.delay
//===----------------------------------------------------------------------===//

int64_t DelayOp::getDepth() {
  int64_t depth = 0;
  for (const APInt &steps : getSteps().getValues<APInt>())
    depth = std::max(depth, steps.getSExtValue());
  return depth;
}

bool DelayOp::isUniform() {
  if (getSteps().isSplat())
    return true;
  auto values = getSteps().getValues<APInt>();
  return llvm::all_of(values, [&](const APInt &v) { return v == *values.begin(); });
}

SmallVector<StateDescriptor> DelayOp::getStates() {
  RankedTensorType type = cast<RankedTensorType>(getType());
  int64_t depth = getDepth();
  if (depth == 0)
    return {};
  Builder builder(getContext());
  auto splat = [&](RankedTensorType state) -> ElementsAttr {
    return DenseElementsAttr::get(state.clone(builder.getF64Type()), getInitialAttr());
  };
  if (depth == 1 && isUniform())
    return {{"value", type, splat(type)}};
  SmallVector<int64_t> shape{depth};
  llvm::append_range(shape, type.getShape());
  RankedTensorType buffer = type.clone(shape);
  auto head = RankedTensorType::get({1}, IntegerType::get(getContext(), 32, IntegerType::Signed));
  return {{"buffer", buffer, splat(buffer)}, {"head", head, DenseElementsAttr::get(head, APInt(32, 0))}};
}

bool DelayOp::isCombinational(unsigned, unsigned) {
  return llvm::any_of(getSteps().getValues<APInt>(), [](const APInt &v) { return v.isZero(); });
}

LogicalResult DelayOp::verify() {
  RankedTensorType type = cast<RankedTensorType>(getType());
  ShapedType steps = getSteps().getShapedType();
  if (!isa<DenseElementsAttr>(getSteps()) || steps.getShape() != type.getShape() ||
      !steps.getElementType().isSignlessInteger(64))
    return emitOpError("[C1] steps must be dense 64-bit integers of the signal's shape, got ") << steps;
  for (const APInt &value : getSteps().getValues<APInt>())
    if (value.isNegative())
      return emitOpError("[C1] steps must not be negative, got ") << value.getSExtValue();
  double initial = getInitial().convertToDouble();
  if (auto element = dyn_cast<IntegerType>(type.getElementType())) {
    double limit = element.getWidth() == 1 ? 1 : double(APInt::getSignedMaxValue(element.getWidth()).getSExtValue());
    if (initial < 0 || initial > limit || initial != std::floor(initial))
      return emitOpError("[C2] initial value ") << initial << " does not fit " << element;
  } else if (!std::isfinite(initial)) {
    return emitOpError("[C2] initial value must be finite, got ") << initial;
  }
  return success();
}

/// A delay of no step is no delay. (A delay of a constant stays: its first values differ.)
OpFoldResult DelayOp::fold(FoldAdaptor) { return getDepth() == 0 ? getInput() : Value(); }

OpCost DelayOp::getCost(double) {
  OpCost cost = getTrafficCost(*this);
  double bytes = getStorageBytes(cast<RankedTensorType>(getType()));
  cost.stateUpdates = cast<RankedTensorType>(getType()).getNumElements();
  cost.bytesRead += bytes;
  cost.bytesWritten += bytes;
  return cost;
}

//===----------------------------------------------------------------------===//
// lle.add
//===----------------------------------------------------------------------===//

LogicalResult AddOp::verify() {
  if (getInputs().empty())
    return emitOpError("[C1] expected at least one operand, got none");
  for (auto [index, type] : llvm::enumerate(getInputs().getTypes()))
    if (cast<ShapedType>(type).getShape() != getType().getShape())
      return emitOpError("[C1] operand ") << index << " has type " << type << ", expected the shape of " << getType();
  if (Type element = getType().getElementType(); isa<IntegerType>(element)) {
    if (!element.isSignedInteger())
      return emitOpError("[C2] result has element type ") << element << ", expected f32, f64, si8, si16 or si32";
    for (auto [index, type] : llvm::enumerate(getInputs().getTypes()))
      if (!isa<IntegerType>(getElementTypeOrSelf(type)))
        return emitOpError("[C2] operand ") << index << " has element type " << getElementTypeOrSelf(type)
                                            << ", expected an integer for a result of " << element;
  }
  return success();
}

OpFoldResult AddOp::fold(FoldAdaptor) {
  if (getInputs().size() == 1 && getInputs().front().getType() == getType())
    return getInputs().front();
  return {};
}

OpCost AddOp::getCost(double activity) {
  OpCost cost = getTrafficCost(*this);
  double elements = double(getType().getNumElements()) * double(getInputs().size());
  cost.macs = elements;
  cost.synapticOps = elements * activity;
  return cost;
}

//===----------------------------------------------------------------------===//
// lle.scale
//===----------------------------------------------------------------------===//

LogicalResult ScaleOp::verify() {
  for (auto [name, operand] : {std::pair("input", getInput()), std::pair("factor", getFactor())})
    if (cast<ShapedType>(operand.getType()).getShape() != getType().getShape())
      return emitOpError("[C1] ") << name << " has type " << operand.getType() << ", expected the shape of "
                                  << getType();
  return success();
}

OpFoldResult ScaleOp::fold(FoldAdaptor adaptor) {
  auto factor = dyn_cast_or_null<DenseElementsAttr>(adaptor.getFactor());
  if (!factor || !factor.isSplat() || getInput().getType() != getType())
    return {};
  bool isOne = isa<FloatType>(factor.getElementType()) ? factor.getSplatValue<APFloat>().isExactlyValue(1.0)
                                                       : factor.getSplatValue<APInt>().isOne();
  return isOne ? getInput() : Value();
}

OpCost ScaleOp::getCost(double activity) {
  OpCost cost = getTrafficCost(*this);
  cost.macs = getType().getNumElements();
  cost.synapticOps = cost.macs * activity;
  return cost;
}

//===----------------------------------------------------------------------===//
// lle.flatten
//===----------------------------------------------------------------------===//

LogicalResult FlattenOp::verify() {
  auto input = cast<RankedTensorType>(getInput().getType());
  auto result = cast<RankedTensorType>(getType());
  int64_t rank = input.getRank();
  int64_t start = int64_t(getStartDim()) < 0 ? int64_t(getStartDim()) + rank : getStartDim();
  int64_t end = int64_t(getEndDim()) < 0 ? int64_t(getEndDim()) + rank : getEndDim();
  if (start < 0 || start > end || end >= rank)
    return emitOpError("[C1] dimensions ")
           << int64_t(getStartDim()) << " to " << int64_t(getEndDim()) << " do not exist in " << input;
  SmallVector<int64_t> shape(input.getShape().take_front(start));
  int64_t merged = 1;
  for (int64_t length : input.getShape().slice(start, end - start + 1))
    merged *= length;
  shape.push_back(merged);
  llvm::append_range(shape, input.getShape().drop_front(end + 1));
  auto expected = RankedTensorType::get(shape, input.getElementType());
  if (result != expected)
    return emitOpError("[C2] result must be ") << expected << ", got " << result;
  return success();
}

OpFoldResult FlattenOp::fold(FoldAdaptor) { return getInput().getType() == getType() ? getInput() : Value(); }

OpCost FlattenOp::getCost(double) { return getTrafficCost(*this); }
