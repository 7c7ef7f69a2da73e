//===- Quantization.cpp - signals and layers in fixed point ---------------===//
#include "lowering/LLEToLinalg/Integers.h"
#include "lowering/LLEToLinalg/Layers.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

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

/// Rounds half to even, without a call of a library on any target: the sum with 1.5 2^p has the integer in its low
/// bits, where p is the number of bits of a fraction.
static Value roundToInteger(StepBuilder &b, Value x, IntegerType result) {
  bool isDouble = x.getType().isF64();
  double magic = std::ldexp(1.5, isDouble ? 52 : 23);
  Value sum = arith::AddFOp::create(b, x, b.floatConstant(x.getType(), magic));
  IntegerType word = b.getIntegerType(isDouble ? 64 : 32);
  Value bits = arith::BitcastOp::create(b, word, sum);
  return arith::TruncIOp::create(b, result, bits);
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
      return roundToInteger(b, x, stored);
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

//===----------------------------------------------------------------------===//
// lle.fixed_affine
//===----------------------------------------------------------------------===//

class FixedAffineLowering {
public:
  FixedAffineLowering(StepBuilder &b, FixedAffineOp op)
      : b(b), inputs(cast<RankedTensorType>(op.getInput().getType()).getNumElements()),
        outputs(cast<RankedTensorType>(op.getType()).getNumElements()),
        weightBits(op.getWeights().getElementType().getIntOrFloatBitWidth()),
        resultBits(cast<RankedTensorType>(op.getType()).getElementTypeBitWidth()),
        weights(readIntegerElements(op.getWeights())), bias(readIntegerElements(op.getBias())),
        multiplier(readIntegerElements(op.getMultiplier())), shift(readIntegerElements(op.getShift())),
        function(b, op.getFunction()) {}

  Value build(Value input);

private:
  StepBuilder &b;
  int64_t inputs, outputs;
  unsigned weightBits, resultBits;
  std::vector<int64_t> weights, bias, multiplier, shift;
  FixedFunctionCode function;

  Value emptyRow(int64_t length, unsigned bits) {
    return tensor::EmptyOp::create(b, ArrayRef<int64_t>{length}, b.getIntegerType(bits));
  }
  /// The sums of all outputs, in panels of vectors; padding behind them.
  Value buildVectorSums(Value input);
  /// The same without vectors, a few outputs at a time: they share the loads of the input.
  Value buildScalarSums(Value input);
  /// A table of one number for each output, or the number that all have.
  struct Each {
    Value table, scalar;
  };
  Each makeEach(ArrayRef<int64_t> values, unsigned bits);
  static Integer read(StepBuilder &b, const Each &each, Value index, unsigned bits) {
    return each.table ? readInteger(b, each.table, index, bits) : Integer{&b, each.scalar}.withWidth(bits);
  }
  int64_t at(ArrayRef<int64_t> values, int64_t output) const { return values[values.size() == 1 ? 0 : output]; }
  /// Whether scaling fits 32 bits: no multiplication, and rounding does not overflow.
  bool isShiftOnly() const;
};
} // namespace

FixedAffineLowering::Each FixedAffineLowering::makeEach(ArrayRef<int64_t> values, unsigned bits) {
  if (llvm::all_equal(values))
    return {{}, arith::ConstantOp::create(b, b.getIntegerAttr(b.getIntegerType(bits), values.front()))};
  return {integerTable(b, values, bits), {}};
}

bool FixedAffineLowering::isShiftOnly() const {
  if (llvm::any_of(multiplier, [](int64_t m) { return m != 1; }))
    return false;
  for (int64_t output = 0; output < outputs; ++output) {
    int64_t largest = std::abs(bias[output]), bits = at(shift, output);
    for (int64_t weight : ArrayRef(weights).slice(output * inputs, inputs))
      largest += std::abs(weight) << 15;
    if (bits > 31 || largest + (int64_t(1) << (bits - 1)) > INT32_MAX)
      return false;
  }
  return true;
}

/// Outputs lie side by side in the lanes of vectors: an input is broadcast and multiplied with a column of weights.
Value FixedAffineLowering::buildVectorSums(Value input) {
  int64_t lanes = std::min<int64_t>(b.machine.lanes, llvm::PowerOf2Ceil(outputs));
  int64_t vectors = llvm::divideCeil(outputs, lanes), most = std::max<int64_t>(1, b.machine.registers / 2);
  int64_t panels = llvm::divideCeil(vectors, most), width = llvm::divideCeil(vectors, panels) * lanes;
  SmallVector<int64_t> packed(panels * inputs * width, 0), offsets(panels * width, 0);
  for (int64_t output = 0; output < outputs; ++output) {
    int64_t panel = output / width, lane = output % width;
    offsets[output] = bias[output];
    for (int64_t i = 0; i < inputs; ++i)
      packed[(panel * inputs + i) * width + lane] = weights[output * inputs + i];
  }
  Value table = integerTable(b, packed, weightBits), starts = integerTable(b, offsets, 32);
  auto readVector = [&](StepBuilder &b, Value tensor, Value place) -> Value {
    auto type = VectorType::get({width}, cast<RankedTensorType>(tensor.getType()).getElementType());
    return vector::TransferReadOp::create(b, type, tensor, place, std::nullopt, ArrayRef<bool>{true});
  };
  auto buildPanel = [&](StepBuilder &b, Value panel, Value sums) -> Value {
    Value first = arith::MulIOp::create(b, panel, b.index(width));
    Value row = arith::MulIOp::create(b, panel, b.index(inputs * width));
    Value sum = buildLoop(b, inputs, readVector(b, starts, first),
                          [&](StepBuilder &b, Value i, ValueRange carried) -> SmallVector<Value> {
                            Value place = arith::AddIOp::create(b, row, arith::MulIOp::create(b, i, b.index(width)));
                            Integer column = Integer{&b, readVector(b, table, place)}.withWidth(32);
                            Integer x = readInteger(b, input, i);
                            auto type = cast<VectorType>(column.value.getType());
                            Integer all{&b, vector::BroadcastOp::create(b, type, x.value)};
                            return {(Integer{&b, carried.front()} + column * all).value};
                          })
                    .front();
    return vector::TransferWriteOp::create(b, sum, sums, ValueRange{first}, ArrayRef<bool>{true}).getResult();
  };
  Value sums = emptyRow(panels * width, 32);
  if (panels == 1)
    return buildPanel(b, b.index(0), sums);
  return buildLoop(b, panels, sums,
                   [&](StepBuilder &b, Value panel, ValueRange carried) -> SmallVector<Value> {
                     return {buildPanel(b, panel, carried.front())};
                   })
      .front();
}

Value FixedAffineLowering::buildScalarSums(Value input) {
  static constexpr int64_t kOutputs = 4; // of which sums, and pointers, stay in registers of the smallest machine
  SmallVector<int64_t> packed;
  for (int64_t first = 0; first < outputs; first += kOutputs)
    for (int64_t i = 0; i < inputs; ++i)
      for (int64_t output = first, last = std::min(first + kOutputs, outputs); output < last; ++output)
        packed.push_back(weights[output * inputs + i]);
  Value table = integerTable(b, packed, weightBits), starts = integerTable(b, bias, 32);
  auto at = [](StepBuilder &b, Value place, int64_t offset) -> Value {
    return offset == 0 ? place : Value(arith::AddIOp::create(b, place, b.index(offset)));
  };
  /// `count` outputs from `first` on, whose weights lie from `row` on.
  auto buildBlock = [&](StepBuilder &b, Value first, Value row, int64_t count, Value sums) {
    SmallVector<Value> start;
    for (int64_t output = 0; output < count; ++output)
      start.push_back(readInteger(b, starts, at(b, first, output)).value);
    SmallVector<Value> total =
        buildLoop(b, inputs, start, [&](StepBuilder &b, Value i, ValueRange carried) -> SmallVector<Value> {
          Integer x = readInteger(b, input, i);
          Value place = arith::AddIOp::create(b, row, arith::MulIOp::create(b, i, b.index(count)));
          SmallVector<Value> next;
          for (auto [output, sum] : llvm::enumerate(carried))
            next.push_back((Integer{&b, sum} + readInteger(b, table, at(b, place, output)) * x).value);
          return next;
        });
    for (auto [output, sum] : llvm::enumerate(total))
      sums = writeInteger({&b, sum}, sums, at(b, first, output));
    return sums;
  };
  Value sums = emptyRow(outputs, 32);
  int64_t blocks = outputs / kOutputs, rest = outputs % kOutputs;
  if (blocks > 0)
    sums = buildLoop(b, blocks, sums, [&](StepBuilder &b, Value block, ValueRange carried) -> SmallVector<Value> {
             Value first = arith::MulIOp::create(b, block, b.index(kOutputs));
             Value row = arith::MulIOp::create(b, block, b.index(kOutputs * inputs));
             return {buildBlock(b, first, row, kOutputs, carried.front())};
           }).front();
  if (rest > 0)
    sums = buildBlock(b, b.index(outputs - rest), b.index((outputs - rest) * inputs), rest, sums);
  return sums;
}

Value FixedAffineLowering::build(Value input) {
  bool shiftOnly = isShiftOnly();
  unsigned scaleBits = shiftOnly ? 32 : 64;
  Value sums = b.machine.lanes > 1 ? buildVectorSums(input) : buildScalarSums(input);
  Each factor = makeEach(multiplier, 32), bits = makeEach(shift, 8);
  auto finish = [&](StepBuilder &b, Value output, Integer sum) -> Integer {
    Integer by = read(b, bits, output, scaleBits), z;
    if (shiftOnly)
      z = clip((sum + (by.like(1) << (by - 1))) >> by, 16);
    else
      z = scaleInteger(sum, read(b, factor, output, 64), by).withWidth(32);
    return clip(function(z), resultBits);
  };
  return buildLoop(b, outputs, emptyRow(outputs, resultBits),
                   [&](StepBuilder &b, Value output, ValueRange carried) -> SmallVector<Value> {
                     Integer sum = readInteger(b, sums, output);
                     return {writeInteger(finish(b, output, sum), carried.front(), output)};
                   })
      .front();
}

namespace {
struct FixedAffineModel : StepLoweringOpInterface::ExternalModel<FixedAffineModel, FixedAffineOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value>,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &) const {
    results.push_back({FixedAffineLowering(b, cast<FixedAffineOp>(op)).build(inputs[0].value)});
    return success();
  }
};
} // namespace

void lle::attachQuantizationLowerings(MLIRContext *context) {
  QuantizeOp::attachInterface<QuantizeModel>(*context);
  DequantizeOp::attachInterface<DequantizeModel>(*context);
  RescaleOp::attachInterface<RescaleModel>(*context);
  FixedAffineOp::attachInterface<FixedAffineModel>(*context);
}
