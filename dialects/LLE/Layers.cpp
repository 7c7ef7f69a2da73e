//===- Layers.cpp - layers that are not spiking ---------------------------===//
#include "dialects/LLE/Layers.h"
#include "dialects/LLE/Cost.h"
#include "dialects/LLE/TensorTypes.h"

#include "mlir/IR/PatternMatch.h"

using namespace mlir;
using namespace lle;

#include "dialects/LLE/LayersEnums.cpp.inc"

#define GET_OP_CLASSES
#include "dialects/LLE/Layers.cpp.inc"

/// Counts, which take more than a bit.
static bool isCount(Type element) { return element.isSignedInteger(); }

/// Work of `elements` results that take `terms` products or sums each.
static OpCost getElementwiseCost(Operation *op, double terms, double activity) {
  OpCost cost = getTrafficCost(op);
  cost.macs = double(getTensorType(op->getResult(0)).getNumElements()) * terms;
  cost.synapticOps = cost.macs * activity;
  return cost;
}

/// A result that is no real number must be counts, of operands that are integers.
static LogicalResult verifyCounts(Operation *op, StringRef constraint, Type result, ValueRange operands,
                                  unsigned widest) {
  if (isa<FloatType>(result))
    return success();
  if (!isCount(result))
    return op->emitOpError("[") << constraint << "] result has element type " << result
                                << ", expected f32, f64, si8, si16 or si32";
  for (auto [index, operand] : llvm::enumerate(operands)) {
    Type element = getTensorType(operand).getElementType();
    if (!isa<IntegerType>(element) || element.getIntOrFloatBitWidth() > widest)
      return op->emitOpError("[") << constraint << "] operand " << index << " has element type " << element
                                  << ", expected an integer of at most " << widest << " bits for a result of "
                                  << result;
  }
  return success();
}

//===----------------------------------------------------------------------===//
// lle.max_pool2d
//===----------------------------------------------------------------------===//

LogicalResult MaxPool2dOp::verify() {
  RankedTensorType input = getTensorType(getInput()), result = getType();
  if (input.getRank() != 3)
    return emitOpError("[C1] input must have rank 3 (channels, height, width), got ") << input;
  for (auto [name, values] :
       {std::pair("kernel", getKernel()), std::pair("stride", getStride()), std::pair("padding", getPadding())})
    if (values.size() != 2)
      return emitOpError("[C1] ") << name << " must be two numbers, got [" << values << "]";
  SmallVector<int64_t> shape{input.getDimSize(0)};
  for (unsigned dim = 0; dim < 2; ++dim) {
    int64_t kernel = getKernel()[dim], stride = getStride()[dim], padding = getPadding()[dim];
    if (kernel <= 0 || stride <= 0)
      return emitOpError("[C1] kernel and stride must be positive, got ") << kernel << " and " << stride;
    // A wider one would give windows with nothing in them, which have no largest element.
    if (padding < 0 || padding * 2 > kernel)
      return emitOpError("[C1] padding ") << padding << " must be between 0 and half of the kernel " << kernel;
    shape.push_back(getWindowedLength(input.getDimSize(dim + 1), {padding, padding}, kernel, stride, 1));
  }
  if (llvm::is_contained(shape, 0) || result.getShape() != ArrayRef<int64_t>(shape))
    return emitOpError("[C2] result must have the shape ")
           << RankedTensorType::get(shape, result.getElementType()) << " and no empty dimension, got " << result;
  if (result.getElementType() != input.getElementType())
    return emitOpError("[C3] result has element type ")
           << result.getElementType() << ", expected " << input.getElementType();
  return success();
}

OpCost MaxPool2dOp::getCost(double activity) {
  return getElementwiseCost(*this, double(getKernel()[0] * getKernel()[1]), activity);
}

//===----------------------------------------------------------------------===//
// lle.batch_norm
//===----------------------------------------------------------------------===//

static SmallVector<double> readFloats(ElementsAttr elements) {
  SmallVector<double> values;
  for (APFloat value : elements.getValues<APFloat>()) {
    bool losesInfo;
    value.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven, &losesInfo);
    values.push_back(value.convertToDouble());
  }
  return values;
}

ChannelMap lle::getChannelMap(BatchNormOp op) {
  SmallVector<double> mean = readFloats(op.getMean()), variance = readFloats(op.getVariance());
  SmallVector<double> scale(mean.size(), 1.0), shift(mean.size(), 0.0);
  if (op.getScaleAttr())
    scale = readFloats(op.getScaleAttr());
  if (op.getShiftAttr())
    shift = readFloats(op.getShiftAttr());
  ChannelMap map;
  for (size_t channel = 0; channel < mean.size(); ++channel) {
    map.factor.push_back(scale[channel] / std::sqrt(variance[channel] + op.getEpsilon().convertToDouble()));
    map.offset.push_back(shift[channel] - map.factor.back() * mean[channel]);
  }
  return map;
}

LogicalResult BatchNormOp::verify() {
  RankedTensorType input = getTensorType(getInput()), result = getType();
  int64_t dim = getChannelDim();
  if (input.getShape() != result.getShape() || dim < 0 || dim >= input.getRank())
    return emitOpError("[C1] input ") << input << " and result " << result
                                      << " must have the same shape, with dimension " << dim;
  for (auto [name, elements] :
       {std::pair("mean", ElementsAttr(getMeanAttr())), std::pair("variance", ElementsAttr(getVarianceAttr())),
        std::pair("scale", getScaleAttr()), std::pair("shift", getShiftAttr())})
    if (elements && (!isa<DenseElementsAttr>(elements) || !isa<FloatType>(elements.getElementType()) ||
                     elements.getShapedType().getShape() != ArrayRef<int64_t>(input.getDimSize(dim))))
      return emitOpError("[C2] ") << name << " must be dense floats, one for each of the " << input.getDimSize(dim)
                                  << " channels, got " << elements.getShapedType();
  double epsilon = getEpsilon().convertToDouble();
  if (!std::isfinite(epsilon) || epsilon < 0)
    return emitOpError("[C3] epsilon must be finite and not negative, got ") << epsilon;
  for (double variance : readFloats(getVariance()))
    if (!(variance + epsilon > 0))
      return emitOpError("[C3] variance plus epsilon must be positive, got ") << variance + epsilon;
  return success();
}

OpCost BatchNormOp::getCost(double) { return getElementwiseCost(*this, 1, 1); }

//===----------------------------------------------------------------------===//
// lle.mul, lle.and, lle.or, lle.not
//===----------------------------------------------------------------------===//

LogicalResult MulOp::verify() {
  if (getInputs().size() < 2)
    return emitOpError("[C1] expected at least two operands, got ") << getInputs().size();
  for (auto [index, operand] : llvm::enumerate(getInputs()))
    if (getTensorType(operand).getShape() != getType().getShape())
      return emitOpError("[C1] operand ")
             << index << " has type " << operand.getType() << ", expected the shape of " << getType();
  return verifyCounts(*this, "C2", getType().getElementType(), getInputs(), 32);
}

OpCost MulOp::getCost(double activity) { return getElementwiseCost(*this, double(getInputs().size()) - 1, activity); }

OpFoldResult AndOp::fold(FoldAdaptor) { return getLhs() == getRhs() ? getLhs() : Value(); }
OpCost AndOp::getCost(double activity) { return getElementwiseCost(*this, 1, activity); }

OpFoldResult OrOp::fold(FoldAdaptor) { return getLhs() == getRhs() ? getLhs() : Value(); }
OpCost OrOp::getCost(double activity) { return getElementwiseCost(*this, 1, activity); }

OpFoldResult NotOp::fold(FoldAdaptor) {
  auto twice = getInput().getDefiningOp<NotOp>();
  return twice ? twice.getInput() : Value();
}
OpCost NotOp::getCost(double activity) { return getElementwiseCost(*this, 1, activity); }

//===----------------------------------------------------------------------===//
// lle.reduce, lle.broadcast, lle.reshape
//===----------------------------------------------------------------------===//

static SmallVector<int64_t> dropDim(ArrayRef<int64_t> shape, int64_t dim) {
  SmallVector<int64_t> rest(shape);
  rest.erase(rest.begin() + dim);
  return rest;
}

LogicalResult ReduceOp::verify() {
  RankedTensorType input = getTensorType(getInput()), result = getType();
  int64_t dim = getDim();
  if (dim < 0 || dim >= input.getRank())
    return emitOpError("[C1] dimension ") << dim << " does not exist in " << input;
  SmallVector<int64_t> shape = dropDim(input.getShape(), dim);
  if (result.getShape() != ArrayRef<int64_t>(shape))
    return emitOpError("[C2] result must have the shape ")
           << RankedTensorType::get(shape, result.getElementType()) << ", got " << result;
  switch (getReduction()) {
  case Reduction::max:
    if (result.getElementType() != input.getElementType())
      return emitOpError("[C3] the largest element has type ")
             << input.getElementType() << ", got " << result.getElementType();
    return success();
  case Reduction::mean:
    if (!isa<FloatType>(result.getElementType()))
      return emitOpError("[C3] a mean is f32 or f64, got ") << result.getElementType();
    return success();
  case Reduction::sum:
    return verifyCounts(*this, "C3", result.getElementType(), getInput(), 32);
  }
  llvm_unreachable("all reductions are handled");
}

OpCost ReduceOp::getCost(double activity) {
  return getElementwiseCost(*this, double(getTensorType(getInput()).getDimSize(getDim())), activity);
}

LogicalResult BroadcastOp::verify() {
  RankedTensorType input = getTensorType(getInput()), result = getType();
  int64_t dim = getDim();
  if (dim < 0 || dim >= result.getRank())
    return emitOpError("[C1] dimension ") << dim << " does not exist in the result " << result;
  if (result.clone(dropDim(result.getShape(), dim)) != input)
    return emitOpError("[C2] result ") << result << " without dimension " << dim << " is not " << input;
  return success();
}

OpCost BroadcastOp::getCost(double) { return getTrafficCost(*this); }

LogicalResult ReshapeOp::verify() {
  RankedTensorType input = getTensorType(getInput()), result = getType();
  if (input.getNumElements() != result.getNumElements() || input.getElementType() != result.getElementType())
    return emitOpError("[C1] result must have ")
           << input.getNumElements() << " elements of " << input.getElementType() << ", got " << result;
  return success();
}

OpFoldResult ReshapeOp::fold(FoldAdaptor) { return getInput().getType() == getType() ? getInput() : Value(); }

OpCost ReshapeOp::getCost(double) { return getTrafficCost(*this); }

namespace {
/// The elements of a reshaped signal, or of a flat one, are those of the signal itself.
template <typename SourceOp>
struct ReshapeOfSource : OpRewritePattern<ReshapeOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(ReshapeOp op, PatternRewriter &rewriter) const override {
    auto source = op.getInput().getDefiningOp<SourceOp>();
    if (!source || source == op)
      return rewriter.notifyMatchFailure(op, "reshapes nothing that was reshaped");
    rewriter.modifyOpInPlace(op, [&] { op.getInputMutable().assign(source.getInput()); });
    return success();
  }
};
} // namespace

void ReshapeOp::getCanonicalizationPatterns(RewritePatternSet &patterns, MLIRContext *context) {
  patterns.add<ReshapeOfSource<ReshapeOp>, ReshapeOfSource<FlattenOp>>(context);
}

//===----------------------------------------------------------------------===//
// lle.matmul
//===----------------------------------------------------------------------===//

MatMulOp::Dims MatMulOp::getDims() {
  ArrayRef<int64_t> lhs = getTensorType(getLhs()).getShape(), result = getType().getShape();
  int64_t rank = result.size(), batch = 1;
  for (int64_t length : result.drop_back(2))
    batch *= length;
  return {batch, result[rank - 2], result[rank - 1], lhs[getTransposeA() ? rank - 2 : rank - 1]};
}

LogicalResult MatMulOp::verify() {
  RankedTensorType lhs = getTensorType(getLhs()), rhs = getTensorType(getRhs()), result = getType();
  int64_t rank = result.getRank();
  if (rank < 2 || lhs.getRank() != rank || rhs.getRank() != rank ||
      lhs.getShape().drop_back(2) != result.getShape().drop_back(2) ||
      rhs.getShape().drop_back(2) != result.getShape().drop_back(2))
    return emitOpError("[C1] operands ") << lhs << " and " << rhs << " and result " << result
                                         << " must have the same rank, at least 2, and the same leading dimensions";
  auto matrix = [&](RankedTensorType type, bool transposed) {
    std::pair<int64_t, int64_t> dims{type.getDimSize(rank - 2), type.getDimSize(rank - 1)};
    return transposed ? std::pair(dims.second, dims.first) : dims;
  };
  auto [rows, inner] = matrix(lhs, getTransposeA());
  auto [innerB, columns] = matrix(rhs, getTransposeB());
  if (inner != innerB)
    return emitOpError("[C2] the inner dimensions are ")
           << inner << " of " << lhs << " and " << innerB << " of " << rhs;
  if (matrix(result, false) != std::pair(rows, columns))
    return emitOpError("[C2] result must be ") << rows << " by " << columns << ", got " << result;
  return verifyCounts(*this, "C3", result.getElementType(), getOperands(), 16);
}

OpCost MatMulOp::getCost(double activity) { return getElementwiseCost(*this, double(getDims().inner), activity); }
