//===- SignalMap.cpp - what operations make of one element ----------------===//
#include "lowering/SpkToNeuro/SignalMap.h"
#include "dialects/LLE/LLEOps.h"
#include "dialects/LLE/Layers.h"
#include "dialects/LLE/TensorTypes.h"
#include "lowering/SpkToNeuro/ChipNeurons.h"
#include "passes/Simplify/Weights.h"

#include "mlir/Dialect/Quant/IR/QuantTypes.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace lle;

static bool isWhole(double number) { return number == std::trunc(number) && std::abs(number) < double(INT32_MAX); }

/// Elements of constants that are whole numbers, whatever their type; an error at the reader where they are no such
/// constants.
static FailureOr<std::vector<int32_t>> readIntegers(Operation *reader, Value constant) {
  ElementsAttr elements;
  std::optional<std::vector<double>> numbers;
  if (matchPattern(constant, m_Constant(&elements)) && !isa<quant::QuantizedType>(getElementTypeOrSelf(constant)))
    numbers = readNumbers(elements);
  if (!numbers || !llvm::all_of(*numbers, isWhole))
    return reader->emitOpError(
        "needs constant integer weights on a neuromorphic chip, see --profile=loihi and spinnaker2");
  return std::vector<int32_t>(numbers->begin(), numbers->end());
}

FailureOr<std::vector<int32_t>> lle::readBias(Operation *op) {
  Value bias = llvm::TypeSwitch<Operation *, Value>(op)
                   .Case<AffineOp, Conv1dOp, Conv2dOp>([](auto biased) { return biased.getBias(); })
                   .Default(Value());
  if (!bias)
    return std::vector<int32_t>();
  FailureOr<std::vector<int32_t>> values = readIntegers(op, bias);
  if (failed(values) || llvm::all_of(*values, [](int32_t value) { return value == 0; }))
    return failed(values) ? values : std::vector<int32_t>();
  // One for each channel, which is the first dimension of a convolution's result, and the last ones of a matrix's.
  size_t count = size_t(countElements(op->getResult(0))), neighbours = isa<AffineOp>(op) ? 1 : count / values->size();
  std::vector<int32_t> added(count);
  for (size_t element = 0; element < count; ++element)
    added[element] = (*values)[element / neighbours % values->size()];
  return added;
}

static SignalMap keepElements() {
  return [](int64_t element, SignalSink sink) { sink(element, 1, 0); };
}

static FailureOr<SignalMap> mapLinear(Operation *op, Value matrix) {
  FailureOr<std::vector<int32_t>> weights = readIntegers(op, matrix);
  if (failed(weights))
    return failure();
  RankedTensorType type = getTensorType(matrix);
  int64_t inputs = type.getDimSize(type.getRank() - 1), outputs = type.getDimSize(type.getRank() - 2);
  int64_t matrices = type.getNumElements() / (inputs * outputs);
  return SignalMap([=, weights = std::move(*weights)](int64_t element, SignalSink sink) {
    int64_t block = element / inputs, input = element % inputs;
    const int32_t *weight = weights.data() + (block % matrices) * outputs * inputs + input;
    for (int64_t output = 0; output < outputs; ++output, weight += inputs)
      sink(block * outputs + output, *weight, 0);
  });
}

//===----------------------------------------------------------------------===//
// Windows
//===----------------------------------------------------------------------===//

namespace {
/// One dimension along which a window moves.
struct WindowDim {
  int64_t input = 1, output = 1, kernel = 1, stride = 1, padding = 0, dilation = 1;
};

/// A window over (channels, height, width), with weights of (output channels, inputs of a group, height, width).
struct WindowMap {
  WindowDim y, x;
  int64_t inputChannels, outputChannels, groups;
  std::vector<int32_t> weights; ///< Empty: all are 1, and a channel's window sees that channel.

  /// Calls with the tap of the kernel and the output that see this input, in ascending order of outputs.
  template <typename Function>
  static void forEachTap(const WindowDim &dim, int64_t input, Function function) {
    for (int64_t tap = dim.kernel - 1; tap >= 0; --tap) {
      int64_t place = input + dim.padding - tap * dim.dilation;
      if (place >= 0 && place % dim.stride == 0 && place / dim.stride < dim.output)
        function(tap, place / dim.stride);
    }
  }

  void operator()(int64_t element, SignalSink sink) const {
    int64_t column = element % x.input, row = element / x.input % y.input, channel = element / (x.input * y.input);
    int64_t groupInputs = inputChannels / groups, groupOutputs = outputChannels / groups;
    int64_t first = channel / groupInputs * groupOutputs;
    for (int64_t out = first; out < first + groupOutputs; ++out)
      forEachTap(y, row, [&](int64_t tapY, int64_t outY) {
        forEachTap(x, column, [&](int64_t tapX, int64_t outX) {
          int64_t tap = ((out * groupInputs + channel % groupInputs) * y.kernel + tapY) * x.kernel + tapX;
          sink((out * y.output + outY) * x.output + outX, weights.empty() ? 1 : weights[tap], 0);
        });
      });
  }
};
} // namespace

template <typename ConvOp>
static FailureOr<SignalMap> mapConvolution(ConvOp op) {
  FailureOr<std::vector<int32_t>> weights = readIntegers(op, op.getWeights());
  if (failed(weights))
    return failure();
  RankedTensorType input = getTensorType(op.getInput()), output = getTensorType(op.getResult());
  RankedTensorType kernel = getTensorType(op.getWeights());
  auto makeDim = [&](unsigned dim) {
    int64_t taps = kernel.getDimSize(dim + 2), dilation = op.getDilation()[dim];
    return WindowDim{input.getDimSize(dim + 1),
                     output.getDimSize(dim + 1),
                     taps,
                     op.getStride()[dim],
                     getPadding(op.getPadding(), dim, taps, dilation).before,
                     dilation};
  };
  bool isFlat = std::is_same_v<ConvOp, Conv1dOp>;
  return SignalMap(WindowMap{isFlat ? WindowDim() : makeDim(0), makeDim(isFlat ? 0 : 1), input.getDimSize(0),
                             output.getDimSize(0), int64_t(op.getGroups()), std::move(*weights)});
}

static SignalMap mapSumPool(SumPool2dOp op) {
  RankedTensorType input = getTensorType(op.getInput()), output = getTensorType(op.getResult());
  auto makeDim = [&](unsigned dim) {
    return WindowDim{input.getDimSize(dim + 1), output.getDimSize(dim + 1), op.getKernel()[dim],
                     op.getStride()[dim],       op.getPadding()[dim],       1};
  };
  int64_t channels = input.getDimSize(0);
  return WindowMap{makeDim(0), makeDim(1), channels, channels, channels, {}};
}

//===----------------------------------------------------------------------===//
// Arrangements
//===----------------------------------------------------------------------===//

/// Row-major distances of neighbours in each dimension.
static SmallVector<int64_t> getDistances(ArrayRef<int64_t> shape) {
  SmallVector<int64_t> distances(shape.size(), 1);
  for (size_t dim = shape.size(); dim-- > 1;)
    distances[dim - 1] = distances[dim] * shape[dim];
  return distances;
}

static SignalMap mapTranspose(TransposeOp op) {
  SmallVector<int64_t> from = getDistances(getTensorType(op.getInput()).getShape()),
                       results = getDistances(getTensorType(op.getResult()).getShape()), to(from.size());
  for (auto [result, input] : llvm::enumerate(op.getPermutation()))
    to[input] = results[result];
  return [=](int64_t element, SignalSink sink) {
    int64_t place = 0;
    for (auto [distance, target] : llvm::zip(from, to)) {
      place += element / distance * target;
      element %= distance;
    }
    sink(place, 1, 0);
  };
}

static SignalMap mapConcat(ConcatOp op, unsigned operand) {
  int64_t before = 0;
  for (Value input : op.getInputs().take_front(operand))
    before += countElements(input);
  return [=](int64_t element, SignalSink sink) { sink(before + element, 1, 0); };
}

static SignalMap mapSlice(SliceOp op) {
  int64_t count = countElements(op.getResult());
  int64_t first = int64_t(op.getOffset()) * (count / getTensorType(op.getResult()).getDimSize(0));
  return [=](int64_t element, SignalSink sink) {
    if (element >= first && element < first + count)
      sink(element - first, 1, 0);
  };
}

/// The dimension `dim` of `shape`, of `length` elements whose neighbours are `inner` apart.
static std::pair<int64_t, int64_t> getDim(ArrayRef<int64_t> shape, int64_t dim) {
  return {shape[dim], getDistances(shape)[dim]};
}

static SignalMap mapReduce(ReduceOp op) {
  auto [length, inner] = getDim(getTensorType(op.getInput()).getShape(), op.getDim());
  return [length = length, inner = inner](int64_t element, SignalSink sink) {
    sink(element / (length * inner) * inner + element % inner, 1, 0);
  };
}

static SignalMap mapBroadcast(BroadcastOp op) {
  auto [length, inner] = getDim(getTensorType(op.getResult()).getShape(), op.getDim());
  return [length = length, inner = inner](int64_t element, SignalSink sink) {
    for (int64_t i = 0; i < length; ++i)
      sink((element / inner * length + i) * inner + element % inner, 1, 0);
  };
}

static FailureOr<SignalMap> mapDelay(DelayOp op) {
  if (!op.getInitial().isZero())
    return op.emitOpError("starts with ")
           << op.getInitial().convertToDouble() << ", but synapses deliver nothing before the first spike";
  if (op.isUniform())
    return SignalMap([delay = op.getDepth()](int64_t element, SignalSink sink) { sink(element, 1, delay); });
  auto values = op.getSteps().getValues<int64_t>();
  return SignalMap([steps = std::vector<int64_t>(values.begin(), values.end())](int64_t element, SignalSink sink) {
    sink(element, 1, steps[element]);
  });
}

//===----------------------------------------------------------------------===//
// All of them
//===----------------------------------------------------------------------===//

/// Sums of 32 bits are taken modulo 2^32, shorter integers are clipped.
static LogicalResult checkExactSum(Operation *op) {
  Type type = op->getResult(0).getType();
  if (getElementTypeOrSelf(type).isSignedInteger(32) || isa<FloatType>(getElementTypeOrSelf(type)))
    return success();
  return op->emitOpError("clips its sum to ") << type << ", which no synapse does";
}

FailureOr<SignalMap> lle::createSignalMap(OpOperand &operand, bool allowsReals) {
  Operation *op = operand.getOwner();
  if (op->getNumResults() == 1 && !isInteger(op->getResult(0)) && !allowsReals)
    return op->emitOpError(
        "gives real numbers; a neuromorphic chip computes in integers, which --profile=loihi makes of "
        "a network");
  if (op->getNumResults() == 1 && !isInteger(op->getResult(0)) && !getElementTypeOrSelf(op->getResult(0)).isF32())
    return op->emitOpError("gives ") << op->getResult(0).getType() << ", but the chip computes in f32";
  using Result = FailureOr<SignalMap>;
  return llvm::TypeSwitch<Operation *, Result>(op)
      .Case<LinearOp>([](LinearOp linear) { return mapLinear(linear, linear.getWeights()); })
      .Case<AffineOp>([](AffineOp affine) { return mapLinear(affine, affine.getWeights()); })
      .Case<Conv1dOp, Conv2dOp>([](auto convolution) { return mapConvolution(convolution); })
      .Case<SumPool2dOp>([](SumPool2dOp pool) -> Result { return mapSumPool(pool); })
      .Case<FlattenOp, ReshapeOp>([](Operation *) -> Result { return keepElements(); })
      .Case<AddOp>([](AddOp add) -> Result {
        if (failed(checkExactSum(add)))
          return failure();
        return keepElements();
      })
      .Case<TransposeOp>([](TransposeOp transpose) -> Result { return mapTranspose(transpose); })
      .Case<ConcatOp>([&](ConcatOp concat) -> Result { return mapConcat(concat, operand.getOperandNumber()); })
      .Case<SliceOp>([](SliceOp slice) -> Result { return mapSlice(slice); })
      .Case<BroadcastOp>([](BroadcastOp broadcast) -> Result { return mapBroadcast(broadcast); })
      .Case<ReduceOp>([](ReduceOp reduce) -> Result {
        if (reduce.getReduction() != Reduction::sum)
          return reduce.emitOpError("is no sum, which is all that synapses make");
        if (failed(checkExactSum(reduce)))
          return failure();
        return mapReduce(reduce);
      })
      .Case<DelayOp>([](DelayOp delay) { return mapDelay(delay); })
      .Case<NeuronOpInterface>([](Operation *neuron) -> Result { return refuseNeuron(neuron); })
      .Default([](Operation *other) -> Result {
        return other->emitOpError("is not linear, and a neuromorphic chip has only synapses between neurons");
      });
}
