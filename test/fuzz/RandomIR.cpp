//===- RandomIR.cpp - random networks of the dialects ---------------------===//
#include "test/fuzz/RandomIR.h"

#include "dialects/LLE/LLEOps.h"
#include "dialects/LTC/LTCOps.h"
#include "dialects/Spk/SpkOps.h"
#include "passes/Analysis/SynapseCost.h"
#include "test/fuzz/MakeElements.h"
#include "test/fuzz/RandomCell.h"
#include "test/fuzz/RandomFixed.h"
#include "test/fuzz/RandomLayers.h"
#include "test/fuzz/RandomModel.h"
#include "test/fuzz/RandomNeuron.h"
#include "test/fuzz/RandomQuantized.h"

#include "mlir/Dialect/Quant/IR/QuantTypes.h"
#include "mlir/IR/AsmState.h"
#include "mlir/IR/DialectResourceBlobManager.h"

using namespace mlir;
using namespace lle;
using namespace lle::fuzz;

/// Of a signal that no synapse of a dyadic network reads.
static constexpr unsigned kNoSums = 9;

namespace {
/// A value of the network.
struct Signal {
  Value value;
  /// Synapses since the last population or input; more than two lose the grid of dyadic numbers, and so do the
  /// potentials that a population without threshold gives.
  unsigned sums = 0;

  RankedTensorType type() const { return cast<RankedTensorType>(value.getType()); }
  ArrayRef<int64_t> shape() const { return type().getShape(); }
  bool isSpike() const { return isSpikeElement(type().getElementType()); }
};

/// What a synapse computes with.
enum class Numbers { real, integer, quantised };

class NetworkBuilder {
public:
  NetworkBuilder(MLIRContext &context, uint64_t seed, NumberClass numbers, bool liquid)
      : random(seed, numbers), builder(&context), loc(builder.getUnknownLoc()), liquid(liquid),
        // Native code computes cells in f32 only.
        realType(!liquid && random.chance(0.16) ? Type(builder.getF64Type()) : Type(builder.getF32Type())),
        dt(random.isDyadic() ? 0x1p-10 : random.pick({1e-4, 1e-3, 5e-3})) {}

  OwningOpRef<ModuleOp> build();

private:
  RandomNumbers random;
  OpBuilder builder;
  Location loc;
  bool liquid; ///< With recurrent cells.
  Type realType;
  double dt;
  SmallVector<Signal> signals;
  SmallVector<Operation *> targets; ///< Populations and cells: what a loop may lead to.
  Value time;                       ///< An input of one element, if there is one.
  unsigned names = 0;

  std::string makeName(StringRef prefix) { return (prefix + Twine(names++)).str(); }
  /// A node's name where it is optional.
  StringAttr maybeName() { return random.chance(0.5) ? builder.getStringAttr(makeName("n")) : StringAttr(); }
  RankedTensorType getReal(ArrayRef<int64_t> shape) { return RankedTensorType::get(shape, realType); }

  RankedTensorType makeInputType();
  Value makeWeights(ArrayRef<int64_t> shape, double density);
  Value makeIntegers(ArrayRef<int64_t> shape, double density);
  Value makeQuantised(ArrayRef<int64_t> shape, double density, unsigned outputDim);
  /// What weights of spikes are; `quantised` is the chance where they are integers and may be quantised.
  Numbers pickNumbers(const Signal &input, double quantised = 0.5);
  Value makeSynapticWeights(Numbers numbers, ArrayRef<int64_t> shape, double density, unsigned outputDim);
  Value makeBias(Numbers numbers, ArrayRef<int64_t> shape) {
    return numbers == Numbers::integer ? makeIntegers(shape, 0.5) : makeWeights(shape, 0.5);
  }
  RankedTensorType getSum(Numbers numbers, ArrayRef<int64_t> shape) {
    return numbers == Numbers::integer ? RankedTensorType::get(shape, builder.getIntegerType(32, true))
                                       : getReal(shape);
  }
  bool canSum(const Signal &input) { return !random.isDyadic() || input.sums < 2; }
  void suggestKernel(Operation *synapse);
  std::optional<Signal> addSynapse(const Signal &input);
  std::optional<Signal> addLinear(const Signal &input, std::optional<int64_t> outputs = {});
  std::optional<Signal> addConv(const Signal &input);
  std::optional<Signal> addPool(const Signal &input);
  std::optional<Signal> addFlatten(const Signal &input, bool all);
  Signal addScale(const Signal &input);
  Signal addDelay(const Signal &input, bool atLeastOne);
  /// A real-valued sum, or one of integers where `mayBeInteger` is set and all inputs are.
  Signal addSum(ArrayRef<Signal> inputs, bool mayBeInteger = false);
  /// With `isFixed`, one in integers.
  Signal addNeuron(const Signal &input, bool isFixed = false);
  void addModels();
  Signal addConcat(const Signal &input);
  std::optional<Signal> addSlice(const Signal &input, std::optional<int64_t> length = {});
  Signal addTranspose(const Signal &input);
  Signal addActivation(const Signal &input, std::optional<Activation> function = {});
  std::optional<Signal> addLayer(const Signal &input);
  void addQuantized(BlockArgument input);
  template <typename Add>
  auto withContext(Add add);
  const Signal &pickSignal();
  void addElapsed(CellContext &context);
  void addCell();
  void addBlock();
  void addLoop();
};
} // namespace

RankedTensorType NetworkBuilder::makeInputType() {
  Type element = random.pick({realType, realType, Type(builder.getI1Type()), Type(builder.getI1Type()),
                              Type(builder.getF64Type()), Type(builder.getIntegerType(8, true)),
                              Type(builder.getIntegerType(16, true)), Type(builder.getIntegerType(32, true))});
  if (liquid)
    element = random.pick({realType, Type(builder.getI1Type()), Type(builder.getIntegerType(8, true)),
                           Type(builder.getIntegerType(16, true)), Type(builder.getIntegerType(32, true))});
  SmallVector<int64_t> shape;
  switch (random.below(14)) {
  case 0:
    break; // a scalar
  case 1:
    for (unsigned dim = 0; dim < 4; ++dim)
      shape.push_back(random.range(1, 3));
    break;
  case 2:
  case 3:
  case 4:
    shape = {random.range(1, 4)};
    shape.push_back(random.range(1, 14));
    break;
  case 5:
  case 6:
  case 7:
  case 8:
  case 9:
  case 10:
    shape = {random.range(1, 4)};
    shape.push_back(random.range(1, 7));
    shape.push_back(random.range(1, 7));
    break;
  default:
    // Lengths around those of vectors and of words of spikes.
    shape = {random.chance(0.6) ? random.range(1, 20) : random.pick<int64_t>({31, 32, 33, 63, 64, 65, 70, 128, 129})};
  }
  return RankedTensorType::get(shape, element);
}

/// Weights of any element type and form.
Value NetworkBuilder::makeWeights(ArrayRef<int64_t> shape, double density) {
  unsigned kind = random.below(10);
  Type element = kind < 5   ? Type(builder.getF32Type())
                 : kind < 7 ? Type(builder.getF64Type())
                 : kind < 8 ? random.pick({Type(builder.getF16Type()), Type(builder.getBF16Type())})
                            : Type(builder.getIntegerType(random.pick({1u, 8u, 16u, 32u, 64u})));
  auto type = RankedTensorType::get(shape, element);
  bool uniform = random.chance(0.1);
  SmallVector<double> values(uniform ? 1 : type.getNumElements());
  std::generate(values.begin(), values.end(), [&]() -> double {
    if (isa<FloatType>(element))
      return random.weight(density);
    return element.isInteger(1) ? double(random.chance(0.5)) : double(random.range(-2, 3));
  });
  ElementsAttr elements = makeElements(type, values);
  bool resource = random.chance(0.3) && element.getIntOrFloatBitWidth() >= 8;
  if (resource) {
    auto dense = cast<DenseElementsAttr>(makeElements(type, values));
    SmallVector<char> bytes(dense.getRawData());
    if (dense.isSplat())
      for (int64_t i = 1, e = type.getNumElements(); i < e; ++i)
        llvm::append_range(bytes, dense.getRawData());
    elements = DenseResourceElementsAttr::get(type, makeName("w"),
                                              HeapAsmResourceBlob::allocateAndCopyWithAlign(bytes, alignof(double)));
  }
  return WeightOp::create(builder, loc, type, elements);
}

/// Signed weights: mostly small, sometimes as large as they can be.
Value NetworkBuilder::makeIntegers(ArrayRef<int64_t> shape, double density) {
  unsigned bits = random.pick({8u, 8u, 16u, 32u});
  auto type = RankedTensorType::get(shape, builder.getIntegerType(bits, true));
  double largest = double(APInt::getSignedMaxValue(bits).getSExtValue());
  bool hasExtremes = random.chance(0.1);
  SmallVector<double> values(type.getNumElements());
  std::generate(values.begin(), values.end(), [&]() -> double {
    if (hasExtremes && random.chance(0.1))
      return random.chance(0.5) ? largest : -largest - 1;
    return random.chance(density) ? double(random.range(-3, 5)) : 0;
  });
  return WeightOp::create(builder, loc, type, makeElements(type, values));
}

Value NetworkBuilder::makeQuantised(ArrayRef<int64_t> shape, double density, unsigned outputDim) {
  unsigned bits = random.pick({8u, 16u});
  auto storage = RankedTensorType::get(shape, builder.getIntegerType(bits));
  SmallVector<double> values(storage.getNumElements()), scales(random.chance(0.4) ? 1 : shape[outputDim]);
  for (double &value : values)
    value = random.chance(density) ? double(random.range(-128, 127)) : 0;
  for (double &scale : scales)
    scale = random.isDyadic() ? std::ldexp(1.0, int(random.range(-8, -5))) : random.real(0.003, 0.03);
  int64_t smallest = APInt::getSignedMinValue(bits).getSExtValue();
  Type element;
  if (scales.size() == 1)
    element = quant::UniformQuantizedType::get(quant::QuantizationFlags::Signed, storage.getElementType(),
                                               builder.getF32Type(), scales[0], 0, smallest, -smallest - 1);
  else
    element = quant::UniformQuantizedPerAxisType::get(
        quant::QuantizationFlags::Signed, storage.getElementType(), builder.getF32Type(), scales,
        SmallVector<int64_t>(scales.size(), 0), int32_t(outputDim), smallest, -smallest - 1);
  return WeightOp::create(builder, loc, storage.clone(element), makeElements(storage, values));
}

Numbers NetworkBuilder::pickNumbers(const Signal &input, double quantised) {
  if (!input.isSpike() || random.chance(0.3))
    return Numbers::real;
  if (realType.isF32() && input.type().getElementTypeBitWidth() < 32 && random.chance(quantised))
    return Numbers::quantised;
  return Numbers::integer;
}

Value NetworkBuilder::makeSynapticWeights(Numbers numbers, ArrayRef<int64_t> shape, double density,
                                          unsigned outputDim) {
  switch (numbers) {
  case Numbers::real:
    return makeWeights(shape, density);
  case Numbers::integer:
    return makeIntegers(shape, density);
  case Numbers::quantised:
    return makeQuantised(shape, density, outputDim);
  }
  llvm_unreachable("all numbers are handled");
}

std::optional<Signal> NetworkBuilder::addLinear(const Signal &input, std::optional<int64_t> wanted) {
  if (input.shape().empty() || !canSum(input))
    return {};
  // Weights may have some of the leading dimensions of the input.
  unsigned leading = wanted ? 0 : random.below(input.shape().size());
  SmallVector<int64_t> weights(input.shape().drop_back().take_back(leading));
  int64_t inputs = input.shape().back(), rows = input.type().getNumElements() / inputs;
  int64_t outputs = wanted.value_or(random.length());
  if (rows * outputs > kMaxElements)
    return {};
  SmallVector<int64_t> biases = weights, result(input.shape().drop_back());
  biases.push_back(outputs);
  weights.push_back(outputs);
  weights.push_back(inputs);
  result.push_back(outputs);
  Numbers numbers = pickNumbers(input);
  Value matrix = makeSynapticWeights(numbers, weights, random.pick({1.0, 0.7, 0.2, 0.03}), weights.size() - 2), sum;
  if (random.chance(0.5)) {
    sum = LinearOp::create(builder, loc, getSum(numbers, result), input.value, matrix, maybeName());
  } else {
    Value offsets = makeBias(numbers, biases);
    sum = AffineOp::create(builder, loc, getSum(numbers, result), input.value, matrix, offsets, maybeName());
  }
  suggestKernel(sum.getDefiningOp());
  return Signal{sum, input.sums + 1};
}

std::optional<Signal> NetworkBuilder::addConv(const Signal &input) {
  unsigned spatial = input.shape().size() - 1;
  if ((spatial != 1 && spatial != 2) || !canSum(input))
    return {};
  int64_t channels = input.shape()[0], groups = random.divisor(channels), outputs = groups * random.range(1, 4);
  SmallVector<int64_t> stride, padding, dilation, weights{outputs, channels / groups}, result{outputs};
  unsigned form = random.below(4); // "same", "valid", explicit
  for (unsigned dim = 0; dim < spatial; ++dim) {
    weights.push_back(random.range(1, 4));
    stride.push_back(form == 0 ? 1 : random.range(1, 3));
    dilation.push_back(random.range(1, 3));
    padding.push_back(random.range(0, 3));
  }
  Attribute paddingAttr = form == 0   ? Attribute(builder.getStringAttr("same"))
                          : form == 1 ? Attribute(builder.getStringAttr("valid"))
                                      : Attribute(builder.getDenseI64ArrayAttr(padding));
  int64_t elements = outputs;
  for (unsigned dim = 0; dim < spatial; ++dim) {
    result.push_back(getWindowedLength(input.shape()[dim + 1],
                                       getPadding(paddingAttr, dim, weights[dim + 2], dilation[dim]), weights[dim + 2],
                                       stride[dim], dilation[dim]));
    elements *= result.back();
  }
  if (elements == 0 || elements > kMaxElements)
    return {};
  Numbers numbers = pickNumbers(input, 0.8);
  Value kernel = makeSynapticWeights(numbers, weights, 0.8, 0), offsets = makeBias(numbers, {outputs}), sum;
  RankedTensorType type = getSum(numbers, result);
  if (spatial == 1)
    sum = Conv1dOp::create(builder, loc, type, input.value, kernel, offsets, stride, paddingAttr, dilation, groups,
                           maybeName());
  else
    sum = Conv2dOp::create(builder, loc, type, input.value, kernel, offsets, stride, paddingAttr, dilation, groups,
                           maybeName());
  suggestKernel(sum.getDefiningOp());
  return Signal{sum, input.sums + 1};
}

std::optional<Signal> NetworkBuilder::addPool(const Signal &input) {
  if (input.shape().size() != 3 || !canSum(input))
    return {};
  SmallVector<int64_t> kernel, stride, padding, result{input.shape()[0]};
  for (unsigned dim = 0; dim < 2; ++dim) {
    kernel.push_back(random.range(1, 4));
    stride.push_back(random.range(1, 3));
    padding.push_back(random.range(0, kernel.back() / 2));
    result.push_back(
        getWindowedLength(input.shape()[dim + 1], {padding.back(), padding.back()}, kernel.back(), stride.back(), 1));
  }
  if (llvm::is_contained(result, 0))
    return {};
  if (random.chance(0.5)) {
    RankedTensorType type = getSum(input.isSpike() && random.chance(0.4) ? Numbers::integer : Numbers::real, result);
    Value sum = SumPool2dOp::create(builder, loc, type, input.value, kernel, stride, padding, maybeName());
    return Signal{sum, input.sums + 1};
  }
  Value mean = AvgPool2dOp::create(builder, loc, getReal(result), input.value, kernel, stride, padding, maybeName());
  return Signal{mean, llvm::isPowerOf2_64(kernel[0] * kernel[1]) ? input.sums + 1 : kNoSums};
}

std::optional<Signal> NetworkBuilder::addFlatten(const Signal &input, bool all) {
  int64_t rank = input.shape().size();
  if (rank == 0)
    return {};
  int64_t start = all ? 0 : random.range(0, rank - 1), end = all ? rank - 1 : random.range(start, rank - 1);
  SmallVector<int64_t> result(input.shape().take_front(start));
  int64_t merged = 1;
  for (int64_t length : input.shape().slice(start, end - start + 1))
    merged *= length;
  result.push_back(merged);
  llvm::append_range(result, input.shape().drop_front(end + 1));
  if (random.chance(0.5))
    start -= rank;
  if (random.chance(0.5))
    end -= rank;
  Signal signal = input;
  signal.value = FlattenOp::create(builder, loc, input.type().clone(result), input.value,
                                   builder.getI64IntegerAttr(start), builder.getI64IntegerAttr(end), maybeName());
  return signal;
}

Signal NetworkBuilder::addScale(const Signal &input) {
  Value factor = makeWeights(input.shape(), 0.9);
  Value product = ScaleOp::create(builder, loc, getReal(input.shape()), input.value, factor, maybeName());
  return {product, input.sums + 1};
}

Signal NetworkBuilder::addDelay(const Signal &input, bool atLeastOne) {
  RankedTensorType type = input.type();
  SmallVector<int64_t> steps(type.getNumElements(), atLeastOne ? 1 : 0);
  switch (random.below(4)) {
  case 0:
    break;
  case 1:
    llvm::fill(steps, random.range(1, 4));
    break;
  default:
    for (int64_t &step : steps)
      step = random.range(atLeastOne ? 1 : 0, 4);
  }
  double initial = 0;
  if (random.chance(0.4))
    initial = input.isSpike() ? 1 : random.number(-1, 1, kInputBits);
  auto attribute =
      DenseElementsAttr::get(RankedTensorType::get(type.getShape(), builder.getI64Type()), ArrayRef<int64_t>(steps));
  Signal signal = input;
  signal.value = DelayOp::create(builder, loc, type, builder.getStringAttr(makeName("delay")), input.value, attribute,
                                 builder.getF64FloatAttr(initial));
  return signal;
}

Signal NetworkBuilder::addSum(ArrayRef<Signal> inputs, bool mayBeInteger) {
  Signal sum;
  SmallVector<Value> operands;
  for (const Signal &input : inputs) {
    operands.push_back(input.value);
    sum.sums = std::max(sum.sums, input.sums);
  }
  mayBeInteger &= llvm::all_of(inputs, [](const Signal &input) { return input.isSpike(); }) && random.chance(0.5);
  sum.value = AddOp::create(builder, loc,
                            getSum(mayBeInteger ? Numbers::integer : Numbers::real, inputs.front().shape()), operands);
  return sum;
}

Signal NetworkBuilder::addNeuron(const Signal &input, bool isFixed) {
  if (isFixed) {
    Signal fixed{addRandomFixedNeuron(builder, random, makeName("neuron"), input.value)};
    if (!fixed.type().getElementType().isInteger(1))
      fixed.sums = kNoSums; // as large as a membrane
    return fixed;
  }
  Signal signal{addRandomNeuron(builder, random, makeName("neuron"), input.value, dt)};
  targets.push_back(signal.value.getDefiningOp());
  if (!signal.isSpike())
    signal.sums = kNoSums;
  return signal;
}

/// What a profile would have found.
void NetworkBuilder::suggestKernel(Operation *synapse) {
  if (random.chance(0.3))
    synapse->setAttr(kSynapseAttr, builder.getStringAttr(random.chance(0.5) ? "event" : "dense"));
  if (random.chance(0.3))
    synapse->setAttr(kActivityAttr, builder.getF64FloatAttr(random.real(0, 1)));
}

/// Populations of the second tier behind any signals: there are many models, and each has many attributes.
void NetworkBuilder::addModels() {
  for (unsigned i = 0, e = random.below(5); i < e; ++i) {
    Signal signal = signals[random.below(signals.size())];
    if (signal.type().getElementType() != realType)
      signal = addSum(signal);
    Signal spikes{addRandomModel(builder, random, makeName("model"), signal.value, dt)};
    targets.push_back(spikes.value.getDefiningOp());
    if (!spikes.isSpike())
      spikes.sums = kNoSums;
    signals.push_back(spikes);
  }
  // And behind spikes, those in integers.
  for (unsigned i = 0, e = random.below(4); i < e; ++i) {
    Signal signal = signals[random.below(signals.size())];
    if (!signal.isSpike() || signal.sums == kNoSums)
      continue;
    auto type = RankedTensorType::get(signal.shape(), builder.getIntegerType(32, true));
    signal.value = AddOp::create(builder, loc, type, signal.value);
    signals.push_back(addNeuron(signal, /*isFixed=*/true));
  }
}

std::optional<Signal> NetworkBuilder::addSynapse(const Signal &input) {
  switch (random.below(8)) {
  case 0:
  case 1:
    return addPool(input);
  case 2:
    return addFlatten(input, /*all=*/random.chance(0.5));
  case 3:
  case 4:
    return addLinear(input);
  default:
    if (std::optional<Signal> signal = addConv(input))
      return signal;
    return addLinear(input);
  }
}

/// Behind signals of the same form.
Signal NetworkBuilder::addConcat(const Signal &input) {
  if (input.shape().empty())
    return input;
  SmallVector<Value> operands{input.value};
  Signal result = input;
  int64_t length = input.shape()[0], row = input.type().getNumElements() / length;
  for (const Signal &other : signals) {
    if (other.shape().size() != input.shape().size() || other.shape().drop_front() != input.shape().drop_front() ||
        other.type().getElementType() != input.type().getElementType() ||
        (length + other.shape()[0]) * row > kMaxElements || random.chance(0.3))
      continue;
    operands.push_back(other.value);
    length += other.shape()[0];
    result.sums = std::max(result.sums, other.sums);
  }
  SmallVector<int64_t> shape(input.shape());
  shape[0] = length;
  result.value = ConcatOp::create(builder, loc, input.type().clone(shape), operands, maybeName());
  return result;
}

std::optional<Signal> NetworkBuilder::addSlice(const Signal &input, std::optional<int64_t> wanted) {
  if (input.shape().empty())
    return {};
  SmallVector<int64_t> shape(input.shape());
  shape[0] = wanted.value_or(random.range(1, shape[0]));
  Signal result = input;
  result.value = SliceOp::create(builder, loc, input.type().clone(shape), input.value,
                                 builder.getI64IntegerAttr(random.range(0, input.shape()[0] - shape[0])), maybeName());
  return result;
}

Signal NetworkBuilder::addTranspose(const Signal &input) {
  SmallVector<int64_t> permutation = llvm::to_vector(llvm::seq<int64_t>(0, input.shape().size())), shape;
  for (size_t dim = permutation.size(); dim > 1; --dim)
    std::swap(permutation[dim - 1], permutation[random.below(dim)]);
  for (int64_t dim : permutation)
    shape.push_back(input.shape()[dim]);
  Signal result = input;
  result.value = TransposeOp::create(builder, loc, input.type().clone(shape), input.value,
                                     builder.getDenseI64ArrayAttr(permutation), maybeName());
  return result;
}

Signal NetworkBuilder::addActivation(const Signal &input, std::optional<Activation> wanted) {
  Signal result = input.isSpike() ? addSum(input) : input;
  // Dyadic numbers stay what they are; native code has the others in f32 only.
  bool simple = random.isDyadic() || result.type().getElementType().isF64();
  Activation function = wanted   ? *wanted
                        : simple ? random.pick({Activation::linear, Activation::relu})
                                 : Activation(random.below(getMaxEnumValForActivation() + 1));
  result.value = ActivationOp::create(builder, loc, result.type(), result.value, function, maybeName());
  return result;
}

/// Calls `add` with what layers are made from.
template <typename Add>
auto NetworkBuilder::withContext(Add add) {
  auto toLayer = [](const Signal &signal) { return LayerSignal{signal.value, signal.sums}; };
  SmallVector<LayerSignal> others = llvm::map_to_vector(signals, toLayer);
  auto name = [&] { return makeName("layer"); };
  return add(LayerContext{builder, random, realType, kNoSums, others, name});
}

/// A layer, an encoder or a decoder.
std::optional<Signal> NetworkBuilder::addLayer(const Signal &input) {
  std::optional<LayerSignal> layer = withContext(
      [&](const LayerContext &context) { return addRandomLayer(context, LayerSignal{input.value, input.sums}); });
  if (!layer)
    return {};
  return Signal{layer->value, layer->sums};
}

/// Layers and cells in fixed point behind an input, which is exact.
void NetworkBuilder::addQuantized(BlockArgument input) {
  Type element = getElementTypeOrSelf(input.getType());
  if (!isa<FloatType>(element) && !element.isSignedInteger(8) && !element.isSignedInteger(16))
    return;
  LayerSignal real = withContext([&](const LayerContext &context) { return addRandomQuantized(context, input); });
  signals.push_back({real.value, real.sums});
}

/// Late signals more often, so that networks become deep.
const Signal &NetworkBuilder::pickSignal() {
  unsigned first = random.chance(0.7) ? unsigned(signals.size()) - 1 : 0;
  return signals[random.range(first, signals.size() - 1)];
}

/// A time from an input, which may be negative, or from any signal, made positive.
void NetworkBuilder::addElapsed(CellContext &context) {
  if (time && random.chance(0.5)) {
    context.elapsed = time;
    context.shortest = -1;
    return;
  }
  Signal signal = pickSignal();
  if (signal.shape().size() != 1 || !random.chance(0.5))
    return;
  std::optional<Signal> one = random.chance(0.5) ? addSlice(signal, 1) : addLinear(signal, 1);
  if (one->type().getElementType() != realType)
    one = addSum(*one);
  context.elapsed = addActivation(*one, random.pick({Activation::sigmoid, Activation::softplus})).value;
}

/// A cell that holds its state itself, or starts each step from a signal, from its last state through a delay, or from
/// what an LSTM makes of that.
void NetworkBuilder::addCell() {
  // Inputs of the network more often: they have all types.
  Signal input = random.chance(0.5) ? signals.front() : pickSignal();
  if (input.shape().size() != 1) {
    std::optional<Signal> flat = addFlatten(input, /*all=*/true);
    if (!flat)
      return;
    input = *flat;
  }
  if (!input.isSpike() && input.type().getElementType() != realType)
    input = addSum(input);
  CellContext context;
  context.input = input.value;
  context.type = getReal({random.chance(0.8) ? random.range(1, 20) : random.pick<int64_t>({31, 32, 33})});
  addElapsed(context);

  unsigned form = random.below(5);
  WeightOp placeholder;
  Operation *memory = nullptr;
  if (form == 0) {
    for (const Signal &signal : signals)
      if (signal.type() == context.type)
        context.hidden = signal.value;
  } else if (form <= 2) {
    // The loop is closed when there is something to close it with.
    placeholder = WeightOp::create(builder, loc, context.type, makeElements(context.type, {0}));
    context.hidden = placeholder;
    if (form == 2) {
      CellContext before = context;
      before.isMemory = true;
      memory = addRandomCell(builder, random, makeName("memory"), before);
      context.hidden = getNextState(memory);
    }
  }
  Operation *cell = addRandomCell(builder, random, makeName("cell"), context);
  if (placeholder) {
    Operation *first = memory ? memory : cell;
    first->setOperand(first->getNumOperands() - 1, addDelay({getNextState(cell)}, /*atLeastOne=*/true).value);
    placeholder.erase();
  }
  targets.push_back(cell);
  for (Value result : cell->getResults())
    signals.push_back({result, kNoSums});
}

/// What stands between two populations, and a population.
void NetworkBuilder::addBlock() {
  Signal signal = pickSignal();
  for (unsigned part = 0, parts = random.range(1, 3); part < parts; ++part) {
    switch (random.below(18)) {
    case 12:
    case 13:
    case 14:
    case 15:
    case 16:
    case 17:
      if (std::optional<Signal> next = addLayer(signal))
        signal = *next;
      break;
    case 8:
      signal = addConcat(signal);
      break;
    case 9:
      if (std::optional<Signal> next = addSlice(signal))
        signal = *next;
      break;
    case 10:
      signal = addTranspose(signal);
      break;
    case 11:
      signal = addActivation(signal);
      break;
    case 0:
      signal = addScale(signal);
      break;
    case 1:
      signal = addDelay(signal, /*atLeastOne=*/random.chance(0.5));
      break;
    case 2: {
      SmallVector<Signal> terms{signal};
      for (const Signal &other : signals)
        if (other.shape() == signal.shape() && random.chance(0.7))
          terms.push_back(other);
      signal = addSum(terms, /*mayBeInteger=*/true);
      break;
    }
    default:
      if (std::optional<Signal> next = addSynapse(signal))
        signal = *next;
    }
    if (random.chance(0.2))
      signals.push_back(signal);
  }
  if (signal.isSpike() && random.chance(0.3)) {
    auto type = RankedTensorType::get(signal.shape(), builder.getIntegerType(32, true));
    signal.value = AddOp::create(builder, loc, type, signal.value);
  }
  bool isFixed = signal.type().getElementType().isSignedInteger(32) && random.chance(0.8);
  if (signal.type().getElementType() != realType && !isFixed)
    signal = addSum(signal);
  signals.push_back(addNeuron(signal, isFixed));
}

/// Makes what some population or cell emits reach an earlier one, or itself, in the next step.
void NetworkBuilder::addLoop() {
  Operation *target = random.pick(targets);
  SmallVector<Signal> sources;
  for (const Signal &signal : signals)
    if (Operation *source = signal.value.getDefiningOp();
        source && (signal.isSpike() || isa<ltc::LTCDialect>(source->getDialect())))
      sources.push_back(signal);
  if (sources.empty())
    return;
  Signal signal = random.pick(sources);
  auto shape = cast<RankedTensorType>(target->getOperand(0).getType()).getShape();
  auto firing = target->getAttrOfType<spk::FiringAttr>("firing");
  bool breaks = firing && firing.getEmit() == spk::Emit::held && random.chance(0.6);
  bool delayFirst = random.chance(0.5);
  if (!breaks && delayFirst)
    signal = addDelay(signal, /*atLeastOne=*/true);
  if (signal.shape() != shape || random.chance(0.5)) {
    std::optional<Signal> flat = signal.shape().size() == 1 ? signal : addFlatten(signal, /*all=*/true);
    if (shape.size() != 1 || !flat)
      return;
    std::optional<Signal> current = addLinear(*flat, shape.front());
    if (!current)
      return;
    signal = *current;
  }
  if (!breaks && !delayFirst)
    signal = addDelay(signal, /*atLeastOne=*/true);
  Signal input{target->getOperand(0)};
  target->setOperand(0, addSum({input, signal}).value);
}

OwningOpRef<ModuleOp> NetworkBuilder::build() {
  OwningOpRef<ModuleOp> module = ModuleOp::create(loc);
  SmallVector<Type> inputs;
  for (unsigned i = 0, e = random.chance(0.7) ? 1 : 2; i < e; ++i)
    inputs.push_back(makeInputType());
  bool hasTime = liquid && random.chance(0.5);
  if (hasTime)
    inputs.push_back(getReal({1}));
  builder.setInsertionPointToEnd(module->getBody());
  auto network = NetworkOp::create(builder, loc, "net", builder.getFunctionType(inputs, {}), dt);
  if (random.chance(0.5))
    network.setSteps(32);
  builder.setInsertionPointToEnd(&network.getBody().front());
  for (BlockArgument argument : network.getBody().getArguments())
    signals.push_back({argument});
  if (random.chance(0.1)) {
    // A constant is a signal like any other.
    Value constant = makeWeights({random.range(1, 20)}, 0.5);
    Type element = getElementTypeOrSelf(constant.getType());
    if (element == realType || element.isF64() || element.isInteger(1))
      signals.push_back({constant});
  }

  if (hasTime)
    time = network.getBody().getArguments().back();
  bool hasPopulations = !liquid || random.chance(0.7);
  for (unsigned cell = 0, cells = liquid ? random.range(1, 3) : 0; cell < cells; ++cell) {
    addCell();
    if (hasPopulations && random.chance(0.5))
      addBlock();
  }
  for (unsigned block = 0, blocks = hasPopulations ? random.range(1, liquid ? 2 : 4) : 0; block < blocks; ++block)
    addBlock();
  if (hasPopulations)
    addModels();
  // Beside the blocks, so that all kinds meet all types; inputs have most of these.
  for (unsigned layer = 0, layers = liquid ? 0 : random.below(10); layer < layers; ++layer) {
    unsigned inputs = network.getNumArguments();
    Signal source = random.chance(0.5) ? signals[random.below(inputs)] : pickSignal();
    // Batch norms stand behind synapses.
    if (random.chance(0.3))
      if (std::optional<Signal> sum = addSynapse(source))
        source = *sum;
    if (std::optional<Signal> signal = addLayer(source))
      signals.push_back(*signal);
  }
  for (BlockArgument argument : network.getBody().getArguments())
    if (random.chance(0.25))
      addQuantized(argument);
  for (unsigned loop = 0, loops = targets.empty() ? 0 : random.below(3); loop < loops; ++loop)
    addLoop();

  SmallVector<Value> outputs;
  bool all = random.chance(0.6);
  for (const Signal &signal : signals)
    if (signal.value.use_empty() || (all && random.chance(0.8)))
      outputs.push_back(signal.value);
  OutputOp::create(builder, loc, outputs);
  network.setFunctionType(builder.getFunctionType(inputs, ValueRange(outputs).getTypes()));
  return module;
}

OwningOpRef<ModuleOp> lle::fuzz::makeRandomIR(MLIRContext &context, uint64_t seed, NumberClass numbers, bool liquid) {
  return NetworkBuilder(context, seed, numbers, liquid).build();
}
