//===- Quantization.cpp - signals and layers in fixed point ---------------===//
#include "dialects/LLE/Quantization.h"
#include "dialects/LLE/Cost.h"
#include "dialects/LLE/TensorTypes.h"

using namespace mlir;
using namespace lle;

#include "dialects/LLE/QuantizationEnums.cpp.inc"

#define GET_OP_CLASSES
#include "dialects/LLE/Quantization.cpp.inc"

//===----------------------------------------------------------------------===//
// Parameters
//===----------------------------------------------------------------------===//

std::vector<int64_t> lle::readIntegerElements(ElementsAttr elements) {
  std::vector<int64_t> values;
  values.reserve(elements.getNumElements());
  for (const APInt &value : elements.getValues<APInt>())
    values.push_back(value.getSExtValue());
  return values;
}

/// A dense tensor's type in words, or what the attribute is instead.
static std::string describe(ElementsAttr elements) {
  std::string text;
  llvm::raw_string_ostream(text) << (isa<DenseElementsAttr>(elements) ? "'" : "not dense '") << elements.getShapedType()
                                 << "'";
  return text;
}

LogicalResult lle::verifyIntegers(Operation *op, StringRef rule, const Twine &name, ElementsAttr elements,
                                  ArrayRef<unsigned> widths, ArrayRef<SmallVector<int64_t>> shapes, int64_t smallest,
                                  int64_t largest) {
  auto type = dyn_cast<RankedTensorType>(elements.getShapedType());
  bool fits = isa<DenseElementsAttr>(elements) && type && type.getElementType().isSignlessInteger() &&
              llvm::is_contained(widths, type.getElementTypeBitWidth()) &&
              llvm::any_of(shapes, [&](ArrayRef<int64_t> shape) { return type.getShape() == shape; });
  if (!fits) {
    InFlightDiagnostic diagnostic = op->emitOpError("[") << rule << "] " << name << " must be a dense ";
    bool isFirst = true;
    for (const SmallVector<int64_t> &shape : shapes)
      for (unsigned width : widths) {
        diagnostic << (isFirst ? "" : " or ")
                   << RankedTensorType::get(shape, IntegerType::get(op->getContext(), width));
        isFirst = false;
      }
    return diagnostic << ", got " << describe(elements);
  }
  for (const APInt &value : elements.getValues<APInt>())
    if (value.getSExtValue() < smallest || value.getSExtValue() > largest)
      return op->emitOpError("[") << rule << "] " << name << " must be " << smallest << " to " << largest << ", got "
                                  << value.getSExtValue();
  return success();
}

/// The shapes of a parameter that is one number, or one for each of `count`.
static SmallVector<SmallVector<int64_t>> oneOrEach(int64_t count) {
  if (count == 1)
    return {{1}};
  return {{1}, {count}};
}

static int64_t countRows(RankedTensorType type) { return type.getRank() == 0 ? 1 : type.getDimSize(0); }

static LogicalResult verifyShapes(Operation *op) {
  RankedTensorType input = getTensorType(op->getOperand(0)), result = getTensorType(op->getResult(0));
  if (input.getShape() != result.getShape())
    return op->emitOpError("[C1] input has type ") << input << ", but the result " << result;
  return success();
}

static LogicalResult verifyScale(Operation *op, ElementsAttr scale, RankedTensorType real) {
  auto type = dyn_cast<RankedTensorType>(scale.getShapedType());
  int64_t rows = countRows(real);
  if (!isa<DenseElementsAttr>(scale) || !type || !type.getElementType().isF64() || type.getRank() != 1 ||
      (type.getDimSize(0) != 1 && type.getDimSize(0) != rows))
    return op->emitOpError("[C2] scale must be a dense tensor of one f64, or of ")
           << rows << ", got " << describe(scale);
  auto isFinite = [&](double value) {
    APFloat number(value);
    bool losesInfo;
    number.convert(cast<FloatType>(real.getElementType()).getFloatSemantics(), APFloat::rmNearestTiesToEven,
                   &losesInfo);
    return number.isFiniteNonZero();
  };
  for (double value : scale.getValues<double>())
    if (!(value > 0) || !isFinite(value) || !isFinite(1 / value))
      return op->emitOpError("[C2] scale must be positive, and it and its inverse finite in ")
             << real.getElementType() << ", got " << value;
  return success();
}

static LogicalResult verifyMultiplier(Operation *op, ElementsAttr multiplier, ElementsAttr shift, int64_t count) {
  if (failed(verifyIntegers(op, "C2", "multiplier", multiplier, {32}, oneOrEach(count), 1, INT32_MAX)))
    return failure();
  return verifyIntegers(op, "C2", "shift", shift, {8}, oneOrEach(count), 1, 62);
}

//===----------------------------------------------------------------------===//
// lle.quantize, lle.dequantize, lle.rescale
//===----------------------------------------------------------------------===//

/// A multiplication of each element.
static OpCost getProductCost(Operation *op) {
  OpCost cost = getTrafficCost(op);
  cost.macs = double(getTensorType(op->getResult(0)).getNumElements());
  return cost;
}

LogicalResult QuantizeOp::verify() {
  if (failed(verifyShapes(*this)))
    return failure();
  return verifyScale(*this, getScale(), getTensorType(getInput()));
}
OpCost QuantizeOp::getCost(double) { return getProductCost(*this); }

LogicalResult DequantizeOp::verify() {
  if (failed(verifyShapes(*this)))
    return failure();
  return verifyScale(*this, getScale(), getTensorType(getResult()));
}
OpCost DequantizeOp::getCost(double) { return getProductCost(*this); }

LogicalResult RescaleOp::verify() {
  if (failed(verifyShapes(*this)))
    return failure();
  return verifyMultiplier(*this, getMultiplier(), getShift(), countRows(getTensorType(getInput())));
}
OpCost RescaleOp::getCost(double) { return getProductCost(*this); }

//===----------------------------------------------------------------------===//
// lle.fixed_affine
//===----------------------------------------------------------------------===//

LogicalResult FixedAffineOp::verify() {
  RankedTensorType input = getTensorType(getInput()), result = getTensorType(getResult());
  if (input.getRank() != 1 || result.getRank() != 1)
    return emitOpError("[C1] input and result must have rank 1, got ") << input << " and " << result;
  bool isPlain = getFunction() == FixedFunction::linear || getFunction() == FixedFunction::relu;
  if (!isPlain && result.getElementTypeBitWidth() != 16)
    return emitOpError("[C1] function ") << stringifyEnum(getFunction()) << " gives si16, got " << result;
  int64_t inputs = input.getNumElements(), outputs = result.getNumElements();
  if (failed(
          verifyIntegers(*this, "C2", "weights", getWeights(), {8, 16}, {{outputs, inputs}}, INT16_MIN, INT16_MAX)) ||
      failed(verifyIntegers(*this, "C2", "bias", getBias(), {32}, {{outputs}}, INT32_MIN, INT32_MAX)) ||
      failed(verifyMultiplier(*this, getMultiplier(), getShift(), outputs)))
    return failure();
  std::vector<int64_t> weights = readIntegerElements(getWeights()), bias = readIntegerElements(getBias());
  for (int64_t output = 0; output < outputs; ++output) {
    int64_t sum = 0;
    for (int64_t weight : ArrayRef(weights).slice(output * inputs, inputs))
      sum += std::abs(weight);
    int64_t largest = std::abs(bias[output]) + (sum << (input.getElementTypeBitWidth() - 1));
    if (largest > INT32_MAX)
      return emitOpError("[C3] the sum of output ")
             << output << " may reach " << largest << ", expected at most " << INT32_MAX;
  }
  return success();
}

OpCost FixedAffineOp::getCost(double activity) {
  OpCost cost = getTrafficCost(*this);
  double outputs = double(countElements(getResult()));
  cost.macs = double(getWeights().getNumElements()) + outputs;
  cost.synapticOps = double(getWeights().getNumElements()) * activity;
  bool isPlain = getFunction() == FixedFunction::linear || getFunction() == FixedFunction::relu;
  cost.transcendental = isPlain ? 0 : outputs;
  for (ElementsAttr parameter : {getWeights(), getBias(), getMultiplier(), getShift()})
    cost.bytesRead += double(getStorageBytes(cast<RankedTensorType>(parameter.getShapedType())));
  return cost;
}
