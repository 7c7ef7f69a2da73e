//===- Quantization.cpp - signals in fixed point ---------------===//
#include "lowering/LLEToLinalg/Integers.h"
#include "lowering/LLEToLinalg/Layers.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace lle;

//===----------------------------------------------------------------------===//
// Element by element
//===----------------------------------------------------------------------===//

namespace {
/// A parameter with one element, or one for each row of a signal: a scalar, or an input of the generic operation.
class RowParameter {
public:
  RowParameter(StepBuilder &b, ArrayRef<double> values, Type element, RankedTensorType signal, bool channelsLast,
               SmallVectorImpl<Value> &inputs) {
    if (llvm::all_equal(values)) {
      scalar = element.isInteger() ? arith::ConstantOp::create(b, b.getIntegerAttr(element, int64_t(values[0])))
                                   : b.floatConstant(element, values[0]);
      return;
    }
    SmallVector<double> each;
    for (double value : values)
      each.append(signal.getNumElements() / int64_t(values.size()), value);
    if (channelsLast && signal.getRank() == 3)
      each = permuteElements(each, signal.getShape(), kChannelsLast);
    input = inputs.size();
    inputs.push_back(b.constantTensor(RankedTensorType::get({signal.getNumElements()}, element), each));
  }
  Value get(ValueRange arguments) const { return scalar ? scalar : arguments[input]; }

private:
  Value scalar;
  unsigned input = 0;
};
} // namespace

/// One sweep over the input and parameters, which come behind it. `body` gives the stored element of the result.
static StepSignal sweep(Operation *op, StepBuilder &b, const StepSignal &input, SmallVector<Value> parameters,
                        function_ref<Value(StepBuilder &, ValueRange)> body) {
  RankedTensorType stored = getStoredType(cast<RankedTensorType>(op->getResult(0).getType()), input.channelsLast);
  SmallVector<Value> inputs{b.flatten(input.value)};
  llvm::append_range(inputs, ArrayRef(parameters).drop_front());
  Value empty = tensor::EmptyOp::create(b, ArrayRef<int64_t>{stored.getNumElements()}, stored.getElementType());
  Value result =
      b.elementwise(inputs, empty, [&](OpBuilder &builder, Location loc, ValueRange arguments) -> SmallVector<Value> {
         StepBuilder inner(loc, builder, b.dt, b.machine);
         return {body(inner, arguments)};
       }).front();
  return {b.unflatten(result, stored), input.channelsLast, input.sparse};
}

namespace {
struct QuantizeModel : StepLoweringOpInterface::ExternalModel<QuantizeModel, QuantizeOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value>,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &) const {
    auto quantize = cast<QuantizeOp>(op);
    auto type = cast<RankedTensorType>(quantize.getType());
    Type real = getElementTypeOrSelf(quantize.getInput().getType());
    auto stored = cast<IntegerType>(getStoredElementType(type.getElementType()));
    SmallVector<double> inverse = getDoubles(quantize.getScale());
    for (double &value : inverse)
      value = 1 / value;
    SmallVector<Value> parameters(1);
    RowParameter factor(b, inverse, real, type, inputs[0].channelsLast, parameters);
    double limit = std::ldexp(1.0, int(stored.getWidth()) - 1);
    results.push_back(sweep(op, b, inputs[0], parameters, [&](StepBuilder &b, ValueRange arguments) -> Value {
      Value x = arith::MulFOp::create(b, arguments[0], factor.get(arguments));
      Value low = b.floatConstant(real, -limit), high = b.floatConstant(real, limit - 1);
      // A comparison with a NaN is false.
      Value isAbove = arith::CmpFOp::create(b, arith::CmpFPredicate::OGE, x, low);
      x = arith::SelectOp::create(b, isAbove, x, low);
      Value isBelow = arith::CmpFOp::create(b, arith::CmpFPredicate::OLE, x, high);
      x = arith::SelectOp::create(b, isBelow, x, high);
      return b.roundToInteger(x, stored);
    }));
    return success();
  }
};

struct DequantizeModel : StepLoweringOpInterface::ExternalModel<DequantizeModel, DequantizeOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value>,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &) const {
    auto dequantize = cast<DequantizeOp>(op);
    auto type = cast<RankedTensorType>(dequantize.getType());
    SmallVector<Value> parameters(1);
    RowParameter scale(b, getDoubles(dequantize.getScale()), type.getElementType(), type, inputs[0].channelsLast,
                       parameters);
    results.push_back(sweep(op, b, inputs[0], parameters, [&](StepBuilder &b, ValueRange arguments) -> Value {
      return arith::MulFOp::create(b, b.toFloat(arguments[0], type.getElementType()), scale.get(arguments));
    }));
    return success();
  }
};

struct RescaleModel : StepLoweringOpInterface::ExternalModel<RescaleModel, RescaleOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value>,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &) const {
    auto rescale = cast<RescaleOp>(op);
    auto type = cast<RankedTensorType>(rescale.getType());
    unsigned bits = type.getElementTypeBitWidth();
    SmallVector<Value> parameters(1);
    RowParameter multiplier(b, getDoubles(rescale.getMultiplier()), b.getI64Type(), type, inputs[0].channelsLast,
                            parameters);
    RowParameter shift(b, getDoubles(rescale.getShift()), b.getI64Type(), type, inputs[0].channelsLast, parameters);
    results.push_back(sweep(op, b, inputs[0], parameters, [&](StepBuilder &b, ValueRange arguments) -> Value {
      Integer scaled = scaleInteger({&b, arguments[0]}, {&b, multiplier.get(arguments)}, {&b, shift.get(arguments)});
      return clip(scaled, bits).withWidth(bits).value;
    }));
    return success();
  }
};
} // namespace

void lle::attachQuantizationLowerings(MLIRContext *context) {
  QuantizeOp::attachInterface<QuantizeModel>(*context);
  DequantizeOp::attachInterface<DequantizeModel>(*context);
  RescaleOp::attachInterface<RescaleModel>(*context);
}
