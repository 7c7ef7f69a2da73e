//===- ToFixedPoint.cpp - networks from floats to fixed point -------------===//
#include "passes/Analysis/Dataset.h"
#include "passes/Analysis/Metric.h"
#include "passes/Analysis/Text.h"
#include "passes/Precision/FixedLiquid.h"
#include "passes/Precision/Passes.h"

#include "dialects/LTC/FixedCells.h"

#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/TypeSwitch.h"

#include <cmath>

namespace lle {
#define GEN_PASS_DEF_TOFIXEDPOINT
#include "passes/Precision/Passes.h.inc"
} // namespace lle

using namespace mlir;
using namespace lle;

namespace {
class FixedNetwork {
public:
  FixedNetwork(NetworkOp network, const FixedOptions &options, FixedPorts ports, unsigned inputBits)
      : network(network), options(options), ports(ports), inputBits(inputBits), builder(network.getContext()) {}

  /// `ranges` has the largest magnitude of each element of each argument.
  LogicalResult convert(ArrayRef<Numbers> ranges);

private:
  NetworkOp network;
  FixedOptions options;
  FixedPorts ports;
  unsigned inputBits;
  OpBuilder builder;
  llvm::DenseMap<Value, FixedValue> fixed;

  LogicalResult addInput(BlockArgument argument, const Numbers &range);
  LogicalResult convertOperation(Operation *op);
  FailureOr<FixedValue> convertLayer(Operation *op, Value input, Value weights, Value bias, StringRef name);
  FailureOr<FixedValue> convertScale(ScaleOp op);
  FailureOr<FixedValue> convertDelay(DelayOp op);
  LogicalResult addOutputs();

  /// The value of an operand, or an error on `op`.
  FailureOr<FixedValue> get(Operation *op, Value operand);
  FailureOr<Numbers> getConstant(Operation *op, Value operand);
};
} // namespace

static int64_t countElements(Type type) { return cast<RankedTensorType>(type).getNumElements(); }

/// A diagonal matrix: what a layer of one input for each output is.
static RealLayer makeDiagonal(const Numbers &factors, StringRef name) {
  RealLayer layer{Numbers(factors.size() * factors.size(), 0), Numbers(factors.size(), 0), name};
  for (size_t i = 0; i < factors.size(); ++i)
    layer.weights[i * factors.size() + i] = factors[i];
  return layer;
}

FailureOr<FixedValue> FixedNetwork::get(Operation *op, Value operand) {
  auto found = fixed.find(operand);
  if (found != fixed.end())
    return found->second;
  return op->emitOpError("has no form in fixed point: its operand ")
         << operand.getType() << " is "
         << (operand.getDefiningOp() ? "a constant, or held by a loop" : "no real value");
}

FailureOr<Numbers> FixedNetwork::getConstant(Operation *op, Value operand) {
  auto weight = operand.getDefiningOp<WeightOp>();
  std::optional<Numbers> numbers = weight ? readNumbers(weight.getValue()) : std::nullopt;
  if (!numbers)
    return op->emitOpError("has no form in fixed point: its weights must be constants of floats or integers, got ")
           << operand.getType();
  return *numbers;
}

LogicalResult FixedNetwork::addInput(BlockArgument argument, const Numbers &range) {
  auto type = cast<RankedTensorType>(argument.getType());
  std::string name = network.getInputName(argument.getArgNumber());
  if (type.getRank() != 1)
    return network.emitOpError("has no form in fixed point: input '") << name << "' must have rank 1, got " << type;
  FixedValue value;
  value.value = argument;
  auto getType = [&](unsigned bits) {
    return RankedTensorType::get(type.getShape(), builder.getIntegerType(bits, true));
  };
  Location loc = argument.getLoc();
  if (isa<IntegerType>(type.getElementType())) {
    // Counts are what they are; 8 bits become 16 where they meet others.
    unsigned bits = type.getElementTypeBitWidth();
    if (bits != 8 && bits != 16)
      return network.emitOpError("has no form in fixed point: input '")
             << name << "' must hold real values, si8 or si16, got " << type;
    double shift = bits == 8 ? 1.0 / 256 : 1;
    value.unit.assign(type.getNumElements(), shift);
    value.magnitude.assign(type.getNumElements(), shift * 32768);
  } else {
    double largest = std::ldexp(1.0, int(ports == FixedPorts::Float ? 16 : inputBits) - 1) - 1;
    for (double element : range) {
      value.unit.push_back((element > 0 ? element : 1) / largest);
      value.magnitude.push_back(value.unit.back() * (largest + 1));
    }
    Numbers scale = value.unit;
    if (ports == FixedPorts::Float) {
      value.value =
          QuantizeOp::create(builder, loc, getType(16), argument, cast<ElementsAttr>(makeScale(builder, scale)));
    } else {
      argument.setType(getType(inputBits));
      network.setArgAttr(argument.getArgNumber(), kScaleAttr, makeScale(builder, scale));
      if (inputBits == 8)
        for (double &unit : value.unit)
          unit /= 256;
    }
  }
  value.offset.assign(value.unit.size(), 0);
  if (cast<RankedTensorType>(value.value.getType()).getElementTypeBitWidth() == 8)
    // (512 x + 1) >> 1 is 256 x.
    value.value = RescaleOp::create(builder, loc, getType(16), value.value, makeIntegers(builder, {1}, {512}, 32),
                                    makeIntegers(builder, {1}, {1}, 8));
  fixed[argument] = std::move(value);
  return success();
}

/// A layer, with the activation behind it where nothing else reads the layer.
FailureOr<FixedValue> FixedNetwork::convertLayer(Operation *op, Value input, Value weights, Value bias,
                                                 StringRef name) {
  FailureOr<FixedValue> x = get(op, input);
  FailureOr<Numbers> matrix = failed(x) ? FailureOr<Numbers>(failure()) : getConstant(op, weights);
  if (failed(matrix))
    return failure();
  auto type = cast<RankedTensorType>(weights.getType());
  if (type.getRank() != 2)
    return op->emitOpError("has no form in fixed point: its weights must be one matrix, got ") << type;
  RealLayer layer{std::move(*matrix), Numbers(type.getDimSize(0), 0), name,
                  options.measured ? options.measured->getMoments(weights.getDefiningOp(), "value") : nullptr};
  if (bias) {
    FailureOr<Numbers> numbers = getConstant(op, bias);
    if (failed(numbers))
      return failure();
    layer.bias = std::move(*numbers);
  }
  Activation function = Activation::linear;
  auto activation = op->hasOneUse() ? dyn_cast<ActivationOp>(*op->user_begin()) : ActivationOp();
  if (activation && isFixedFunction(activation.getFunction()))
    function = activation.getFunction();
  FixedValue result = addFixedLayer(builder, op->getLoc(), *x, layer, function, options);
  if (function != Activation::linear)
    fixed[activation.getResult()] = result;
  return result;
}

/// Factors become part of the unit.
FailureOr<FixedValue> FixedNetwork::convertScale(ScaleOp op) {
  FailureOr<FixedValue> x = get(op, op.getInput());
  FailureOr<Numbers> factors = failed(x) ? FailureOr<Numbers>(failure()) : getConstant(op, op.getFactor());
  if (failed(factors))
    return failure();
  for (auto [unit, offset, magnitude, factor] : llvm::zip_equal(x->unit, x->offset, x->magnitude, *factors)) {
    unit *= factor;
    offset *= factor;
    magnitude *= std::abs(factor);
  }
  return x;
}

FailureOr<FixedValue> FixedNetwork::convertDelay(DelayOp op) {
  FailureOr<FixedValue> x = get(op, op.getInput());
  if (failed(x))
    return failure();
  if (!op.getInitial().isZero() || llvm::any_of(x->offset, [](double offset) { return offset != 0; }))
    return op.emitOpError("has no form in fixed point: it must start at zero, which must be a multiple of the unit");
  auto delay = DelayOp::create(builder, op.getLoc(), x->value.getType(), op.getNameAttr(), x->value, op.getSteps(),
                               op.getInitialAttr());
  delay->setAttr(kScaleAttr, makeScale(builder, x->unit));
  x->value = delay;
  return x;
}

LogicalResult FixedNetwork::convertOperation(Operation *op) {
  if (op->getNumResults() > 0 && fixed.count(op->getResult(0)))
    return success(); // part of the layer before it
  builder.setInsertionPoint(op);
  auto keep = [&](FailureOr<FixedValue> value) {
    if (failed(value))
      return failure();
    fixed[op->getResult(0)] = std::move(*value);
    return success();
  };
  return llvm::TypeSwitch<Operation *, LogicalResult>(op)
      .Case<WeightOp, OutputOp>([](auto) { return success(); })
      .Case([&](ltc::LTCCellOp cell) -> LogicalResult {
        FailureOr<FixedValue> input = get(cell, cell.getInput());
        FailureOr<FixedValue> v =
            failed(input) ? FailureOr<FixedValue>(failure()) : addFixedLTC(builder, cell, *input, options);
        if (failed(v))
          return failure();
        if (!cell.getOutput().use_empty())
          fixed[cell.getOutput()] = addFixedOutput(builder, cell, *v);
        fixed[cell.getState()] = *v;
        return success();
      })
      .Case([&](ltc::CfCCellOp cell) -> LogicalResult {
        FailureOr<FixedValue> input = get(cell, cell.getInput());
        return failed(input) ? failure() : keep(addFixedCfC(builder, cell, *input, options));
      })
      .Case([&](LinearOp layer) {
        return keep(convertLayer(layer, layer.getInput(), layer.getWeights(), Value(), layer.getName().value_or("")));
      })
      .Case([&](AffineOp layer) {
        return keep(
            convertLayer(layer, layer.getInput(), layer.getWeights(), layer.getBias(), layer.getName().value_or("")));
      })
      .Case([&](ScaleOp scale) { return keep(convertScale(scale)); })
      .Case([&](DelayOp delay) { return keep(convertDelay(delay)); })
      .Case([&](ActivationOp activation) -> LogicalResult {
        FailureOr<FixedValue> x = get(activation, activation.getInput());
        if (failed(x))
          return failure();
        if (!isFixedFunction(activation.getFunction()))
          return activation.emitOpError("has no form in fixed point");
        return keep(addFixedLayer(builder, op->getLoc(), *x,
                                  makeDiagonal(Numbers(x->size(), 1), activation.getName().value_or("")),
                                  activation.getFunction(), options));
      })
      .Case([&](ConcatOp concat) -> LogicalResult {
        SmallVector<FixedValue> parts;
        for (Value operand : concat.getInputs()) {
          FailureOr<FixedValue> part = get(concat, operand);
          if (failed(part))
            return failure();
          parts.push_back(*part);
        }
        return keep(concatenate(builder, op->getLoc(), parts));
      })
      .Case([&](SliceOp part) -> LogicalResult {
        FailureOr<FixedValue> x = get(part, part.getInput());
        return failed(x) ? failure()
                         : keep(slice(builder, op->getLoc(), *x, part.getOffset(), countElements(part.getType())));
      })
      .Default([](Operation *other) { return other->emitOpError("has no form in fixed point"); });
}

LogicalResult FixedNetwork::addOutputs() {
  auto output = cast<OutputOp>(network.getBody().front().getTerminator());
  builder.setInsertionPoint(output);
  for (OpOperand &operand : output->getOpOperands()) {
    FailureOr<FixedValue> value = get(output, operand.get());
    if (failed(value))
      return failure();
    // What reads the network knows a scale, and no offset.
    bool isPlain = llvm::all_of(value->offset, [](double offset) { return offset == 0; }) &&
                   llvm::all_of(value->unit, [](double unit) { return unit > 0; });
    if (!isPlain)
      *value = addFixedLayer(builder, output.getLoc(), *value, makeDiagonal(Numbers(value->size(), 1), ""),
                             Activation::linear, options);
    if (ports == FixedPorts::Float) {
      operand.set(DequantizeOp::create(builder, output.getLoc(), operand.get().getType(), value->value,
                                       cast<ElementsAttr>(makeScale(builder, value->unit))));
    } else {
      operand.set(value->value);
      network.setResultAttr(operand.getOperandNumber(), kScaleAttr, makeScale(builder, value->unit));
      // It is one of real values.
      if (network.removeResultAttr(operand.getOperandNumber(), builder.getStringAttr(kExitMarginAttr)))
        network.emitWarning("lle-to-fixed-point: output '")
            << network.getOutputName(operand.getOperandNumber()) << "' no longer ends a sample early";
    }
  }
  return success();
}

LogicalResult FixedNetwork::convert(ArrayRef<Numbers> ranges) {
  Block &body = network.getBody().front();
  SmallVector<Operation *> order = network.getTopologicalOrder();
  builder.setInsertionPointToStart(&body);
  for (auto [argument, range] : llvm::zip_equal(body.getArguments(), ranges))
    if (failed(addInput(argument, range)))
      return failure();
  for (Operation *op : order)
    if (failed(convertOperation(op)))
      return failure();
  if (failed(addOutputs()))
    return failure();
  for (Operation *op : llvm::reverse(order))
    if (!isa<OutputOp>(op) && op->use_empty())
      op->erase();
  network.setFunctionType(builder.getFunctionType(body.getArgumentTypes(), body.getTerminator()->getOperandTypes()));
  return success();
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

/// Beyond it, weights of 16 bits take no more space.
static constexpr double kLargestSplit = 1;

namespace {
struct ToFixedPoint : lle::impl::ToFixedPointBase<ToFixedPoint> {
  using ToFixedPointBase::ToFixedPointBase;

  void runOnOperation() override {
    FixedOptions fixed;
    fixed.weightBits = weights;
    fixed.slopeBits = slopes;
    fixed.powersOfTwo = powersOfTwo;
    fixed.split = split;
    for (auto [name, bits] : {std::pair("weights", weights.getValue()), std::pair("slopes", slopes.getValue()),
                              std::pair("input-bits", inputBits.getValue())})
      if (bits != 8 && bits != 16) {
        getOperation().emitError("lle-to-fixed-point: ") << name << " must be 8 or 16, got " << bits;
        return signalPassFailure();
      }
    if (!(split >= 0) || split > kLargestSplit) {
      getOperation().emitError("lle-to-fixed-point: split must be from 0 to ")
          << formatNumber(kLargestSplit) << ", got " << formatNumber(split);
      return signalPassFailure();
    }
    if (correct && dataset.empty()) {
      getOperation().emitError("lle-to-fixed-point: correct needs a dataset");
      return signalPassFailure();
    }
    for (auto network : getOperation().getOps<NetworkOp>()) {
      std::unique_ptr<Dataset> data;
      llvm::Expected<SmallVector<Numbers>> ranges = getRanges(network, data);
      if (!ranges) {
        network.emitError("lle-to-fixed-point: ") << llvm::toString(ranges.takeError());
        return signalPassFailure();
      }
      std::unique_ptr<WeightQuantizer> measured;
      if (correct) {
        QuantizeOptions quantize;
        quantize.engine = engine;
        quantize.skipsLTC = true;
        llvm::Expected<std::unique_ptr<WeightQuantizer>> made = WeightQuantizer::create(network, *data, quantize);
        if (!made) {
          network.emitError("lle-to-fixed-point: ") << llvm::toString(made.takeError());
          return signalPassFailure();
        }
        measured = std::move(*made);
      }
      fixed.measured = measured.get();
      if (failed(FixedNetwork(network, fixed, ports, inputBits).convert(*ranges)))
        return signalPassFailure();
    }
  }

private:
  /// The largest magnitude of each element of each input: what the user says, or what the data has, which is kept.
  llvm::Expected<SmallVector<Numbers>> getRanges(NetworkOp network, std::unique_ptr<Dataset> &data) {
    SmallVector<Numbers> ranges;
    size_t elements = 0;
    for (Type type : network.getArgumentTypes()) {
      ranges.emplace_back(countElements(type), 0.0);
      elements += ranges.back().size();
    }
    if (dataset.empty() == inputRange.empty())
      return llvm::createStringError("give either input-range or dataset: inputs need a range");
    if (!inputRange.empty()) {
      if (inputRange.size() != 1 && inputRange.size() != elements)
        return llvm::createStringError("input-range must have one number, or " + Twine(elements) + ", got " +
                                       Twine(inputRange.size()));
      size_t place = 0;
      for (Numbers &range : ranges)
        for (double &largest : range) {
          largest = inputRange[inputRange.size() == 1 ? 0 : place++];
          if (!(largest > 0) || !std::isfinite(largest))
            return llvm::createStringError("input-range must be positive and finite, got " + std::to_string(largest));
        }
      return ranges;
    }
    if (!(margin > 0) || !std::isfinite(margin))
      return llvm::createStringError("margin must be positive and finite, got " + std::to_string(margin));
    llvm::Expected<std::unique_ptr<Dataset>> read = readDataset(llvm::to_vector(dataset), network);
    if (!read)
      return read.takeError();
    data = std::move(*read);
    std::vector<Values> inputs;
    for (int64_t sample = 0, samples = data->getSamples(); sample < samples; ++sample)
      for (int64_t step = 0, steps = data->getSteps(sample); step < steps; ++step) {
        if (llvm::Error error = data->getStep(sample, step, inputs))
          return std::move(error);
        for (auto [range, input] : llvm::zip_equal(ranges, inputs))
          for (auto [largest, value] : llvm::zip_equal(range, input))
            if (std::isfinite(value))
              largest = std::max(largest, std::abs(value));
      }
    for (Numbers &range : ranges)
      for (double &largest : range)
        largest *= margin;
    return ranges;
  }
};
} // namespace
