//===- Synapses.cpp - linear maps with weights ----------------------------===//
#include "dialects/LLE/LLEOps.h"
#include "dialects/LLE/TensorTypes.h"

#include "mlir/Dialect/Quant/IR/QuantTypes.h"

using namespace mlir;
using namespace lle;

/// Work of a synapse: each output element takes `fanIn` products, of which the active fraction is not zero.
static OpCost getSynapseCost(SynapseOpInterface op, double activity) {
  OpCost cost;
  RankedTensorType result = getTensorType(op->getResult(0));
  cost.macs = double(result.getNumElements()) * double(op.getFanIn());
  cost.synapticOps = cost.macs * activity;
  for (Value operand : op->getOperands())
    cost.bytesRead += getStorageBytes(getTensorType(operand));
  cost.bytesWritten = getStorageBytes(result);
  return cost;
}

//===----------------------------------------------------------------------===//
// Element types
//===----------------------------------------------------------------------===//

static bool isSignedInteger(Type element) { return isa<IntegerType>(element) && element.isSignedInteger(); }

/// What synapses may compute with; the constraints have different numbers in different operations.
static LogicalResult verifyElements(Operation *op, StringRef types, StringRef scales, unsigned outputDim) {
  Type input = getTensorType(op->getOperand(0)).getElementType(),
       weights = getTensorType(op->getOperand(1)).getElementType(),
       result = getTensorType(op->getResult(0)).getElementType();
  Type bias = op->getNumOperands() > 2 ? getTensorType(op->getOperand(2)).getElementType() : Type();
  bool isQuantised = isa<quant::QuantizedType>(weights), isInteger = isa<IntegerType>(result);
  bool fits;
  if (isInteger)
    fits = isSpikeElement(input) && isSignedInteger(weights) && (!bias || isSignedInteger(bias));
  else if (isQuantised)
    fits = isSpikeElement(input) && input.getIntOrFloatBitWidth() < 32 && result.isF32();
  else
    fits = !isSignedInteger(weights);
  if (!isInteger && bias)
    fits &= !isSignedInteger(bias) && !isa<quant::QuantizedType>(bias);
  if (!fits) {
    InFlightDiagnostic diagnostic = op->emitOpError() << "[" << types << "] cannot make " << result
                                                      << " of an input of " << input << " and weights of " << weights;
    if (bias)
      diagnostic << " with a bias of " << bias;
    diagnostic << (isInteger     ? ": integers need an integer input and weights of si8, si16 or si32"
                   : isQuantised ? ": quantised weights need an input of i1, si8 or si16 and give f32"
                                 : ": signed weights give si32");
    return diagnostic;
  }
  if (auto perAxis = dyn_cast<quant::UniformQuantizedPerAxisType>(weights);
      perAxis && unsigned(perAxis.getQuantizedDimension()) != outputDim)
    return op->emitOpError() << "[" << scales << "] scales are of dimension " << perAxis.getQuantizedDimension()
                             << " of the weights, but outputs are dimension " << outputDim;
  return success();
}

//===----------------------------------------------------------------------===//
// lle.linear, lle.affine
//===----------------------------------------------------------------------===//

static LogicalResult verifyLinear(Operation *op, RankedTensorType input, RankedTensorType weights,
                                  RankedTensorType result) {
  if (weights.getRank() < 2)
    return op->emitOpError("[C1] weights need at least two dimensions, got ") << weights;
  if (input.getRank() < 1 || input.getShape().back() != weights.getShape().back())
    return op->emitOpError("[C2] weights take ") << weights.getShape().back() << " inputs, but the input is " << input;
  ArrayRef<int64_t> leading = weights.getShape().drop_back(2);
  ArrayRef<int64_t> inputLeading = input.getShape().drop_back();
  if (inputLeading.size() < leading.size() || inputLeading.take_back(leading.size()) != leading)
    return op->emitOpError("[C3] leading dimensions of the input ")
           << input << " must end with those of the weights " << weights;
  SmallVector<int64_t> shape(inputLeading);
  shape.push_back(weights.getDimSize(weights.getRank() - 2));
  if (result.getShape() != ArrayRef<int64_t>(shape))
    return op->emitOpError("[C4] result must have shape ")
           << RankedTensorType::get(shape, result.getElementType()) << ", got " << result;
  return success();
}

LogicalResult LinearOp::verify() {
  if (failed(verifyLinear(*this, getTensorType(getInput()), getTensorType(getWeights()), getType())))
    return failure();
  return verifyElements(*this, "C5", "C6", getOutputChannelDim());
}
int64_t LinearOp::getFanIn() { return getTensorType(getWeights()).getShape().back(); }
int64_t LinearOp::getFanOut() { return getTensorType(getWeights()).getShape().drop_back().back(); }
unsigned LinearOp::getOutputChannelDim() { return getTensorType(getWeights()).getRank() - 2; }
OpCost LinearOp::getCost(double activity) { return getSynapseCost(*this, activity); }

LogicalResult AffineOp::verify() {
  RankedTensorType weights = getTensorType(getWeights());
  if (failed(verifyLinear(*this, getTensorType(getInput()), weights, getType())))
    return failure();
  if (getTensorType(getBias()).getShape() != weights.getShape().drop_back())
    return emitOpError("[C5] bias must have shape ")
           << RankedTensorType::get(weights.getShape().drop_back(), weights.getElementType()) << ", got "
           << getBias().getType();
  return verifyElements(*this, "C6", "C7", getOutputChannelDim());
}
int64_t AffineOp::getFanIn() { return getTensorType(getWeights()).getShape().back(); }
int64_t AffineOp::getFanOut() { return getTensorType(getWeights()).getShape().drop_back().back(); }
unsigned AffineOp::getOutputChannelDim() { return getTensorType(getWeights()).getRank() - 2; }
OpCost AffineOp::getCost(double activity) { return getSynapseCost(*this, activity); }

//===----------------------------------------------------------------------===//
// lle.conv1d, lle.conv2d
//===----------------------------------------------------------------------===//

Padding lle::getPadding(Attribute padding, unsigned dim, int64_t kernel, int64_t dilation) {
  if (auto explicitPadding = dyn_cast<DenseI64ArrayAttr>(padding))
    return {explicitPadding[dim], explicitPadding[dim]};
  if (cast<StringAttr>(padding).getValue() == "valid")
    return {0, 0};
  int64_t total = dilation * (kernel - 1);
  return {total / 2, total - total / 2};
}

int64_t lle::getWindowedLength(int64_t length, Padding padding, int64_t kernel, int64_t stride, int64_t dilation) {
  int64_t span = length + padding.before + padding.after - dilation * (kernel - 1) - 1;
  return span < 0 ? 0 : span / stride + 1;
}

/// Both convolutions: `spatial` is the number of spatial dimensions.
template <typename ConvOp>
static LogicalResult verifyConvolution(ConvOp op, unsigned spatial) {
  RankedTensorType input = getTensorType(op.getInput()), weights = getTensorType(op.getWeights()),
                   bias = getTensorType(op.getBias()), result = op.getType();
  if (input.getRank() != spatial + 1 || weights.getRank() != spatial + 2 || bias.getRank() != 1)
    return op.emitOpError("[C1] expected input of rank ")
           << spatial + 1 << ", weights of rank " << spatial + 2 << " and bias of rank 1, got " << input << ", "
           << weights << " and " << bias;
  if (bias.getDimSize(0) != weights.getDimSize(0))
    return op.emitOpError("[C1] bias has ")
           << bias.getDimSize(0) << " elements for " << weights.getDimSize(0) << " output channels";
  auto isPositive = [&](ArrayRef<int64_t> values) {
    return values.size() == spatial && llvm::all_of(values, [](int64_t v) { return v > 0; });
  };
  int64_t groups = op.getGroups();
  for (auto [name, values] : {std::pair("stride", op.getStride()), std::pair("dilation", op.getDilation())})
    if (!isPositive(values))
      return op.emitOpError("[C2] ") << name << " must be " << spatial << " positive number"
                                     << (spatial == 1 ? "" : "s") << ", got [" << values << "]";
  if (groups <= 0)
    return op.emitOpError("[C2] groups must be positive, got ") << groups;
  if (auto padding = dyn_cast<DenseI64ArrayAttr>(op.getPadding())) {
    if (padding.size() != spatial || llvm::any_of(padding.asArrayRef(), [](int64_t v) { return v < 0; }))
      return op.emitOpError("[C2] padding must be ")
             << spatial << " numbers, none negative, got [" << padding.asArrayRef() << "]";
  } else {
    StringRef mode = cast<StringAttr>(op.getPadding()).getValue();
    if (mode != "same" && mode != "valid")
      return op.emitOpError("[C4] padding must be \"same\" or \"valid\", got \"") << mode << "\"";
    if (mode == "same" && llvm::any_of(op.getStride(), [](int64_t s) { return s != 1; }))
      return op.emitOpError("[C4] padding \"same\" needs stride 1, got [") << op.getStride() << "]";
  }
  if (input.getDimSize(0) % groups || weights.getDimSize(0) % groups ||
      weights.getDimSize(1) != input.getDimSize(0) / groups)
    return op.emitOpError("[C3] weights ")
           << weights << " do not fit " << input.getDimSize(0) << " input channels in " << groups << " groups";
  SmallVector<int64_t> shape{weights.getDimSize(0)};
  for (unsigned dim = 0; dim < spatial; ++dim) {
    int64_t kernel = weights.getDimSize(dim + 2), dilation = op.getDilation()[dim];
    shape.push_back(getWindowedLength(input.getDimSize(dim + 1), getPadding(op.getPadding(), dim, kernel, dilation),
                                      kernel, op.getStride()[dim], dilation));
  }
  if (llvm::is_contained(shape, 0) || result.getShape() != ArrayRef<int64_t>(shape))
    return op.emitOpError("[C5] result must have the shape ")
           << RankedTensorType::get(shape, result.getElementType()) << " and no empty dimension, got " << result;
  return verifyElements(op, "C6", "C7", op.getOutputChannelDim());
}

template <typename ConvOp>
static int64_t getKernelElements(ConvOp op) {
  int64_t elements = 1;
  for (int64_t length : getTensorType(op.getWeights()).getShape().drop_front(2))
    elements *= length;
  return elements;
}

/// Output positions of one channel that one input position reaches: the kernel thinned out by the stride.
template <typename ConvOp>
static int64_t getConvolutionFanOut(ConvOp op) {
  int64_t positions = 1;
  for (auto [kernel, stride] : llvm::zip(getTensorType(op.getWeights()).getShape().drop_front(2), op.getStride()))
    positions *= llvm::divideCeil(kernel, stride);
  return positions * getTensorType(op.getWeights()).getDimSize(0) / int64_t(op.getGroups());
}

LogicalResult Conv1dOp::verify() { return verifyConvolution(*this, 1); }
int64_t Conv1dOp::getFanIn() { return getTensorType(getWeights()).getDimSize(1) * getKernelElements(*this); }
int64_t Conv1dOp::getFanOut() { return getConvolutionFanOut(*this); }
unsigned Conv1dOp::getOutputChannelDim() { return 0; }
OpCost Conv1dOp::getCost(double activity) { return getSynapseCost(*this, activity); }

LogicalResult Conv2dOp::verify() { return verifyConvolution(*this, 2); }
int64_t Conv2dOp::getFanIn() { return getTensorType(getWeights()).getDimSize(1) * getKernelElements(*this); }
int64_t Conv2dOp::getFanOut() { return getConvolutionFanOut(*this); }
unsigned Conv2dOp::getOutputChannelDim() { return 0; }
OpCost Conv2dOp::getCost(double activity) { return getSynapseCost(*this, activity); }
