//===- Export.cpp - networks to NetX files --------------------------------===//
#include "frontends/NetX/Export.h"
#include "dialects/Spk/FixedModels.h"
#include "frontends/NIR/DatasetWriter.h"
#include "frontends/NetX/Import.h"
#include "frontends/NetX/Profile.h"

#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace lle;
using namespace lle::netx;

/// The exponent of biases, which the format does not store.
static constexpr int64_t kBiasExponent = 6;
/// Of sigma-delta neurons, which the format does not store either.
static constexpr int64_t kStateExponent = 6;

namespace {
/// Makes the layers from the last to the first.
class Exporter {
public:
  explicit Exporter(NetworkOp network) : network(network) {}
  FailureOr<Network> run();

private:
  NetworkOp network;
  bool hasLatency = true;
  int64_t spikeExponent = 6;
  std::vector<Layer> reversed;

  /// The layer that gives `signal`, and what it takes.
  FailureOr<Value> addLayer(Value signal);
  FailureOr<Value> addPopulation(Operation *neuron);
  FailureOr<Value> addAxonalDelay(DelayOp delay);
  FailureOr<Value> addResonators(spk::FixedRFOp neuron, Layer &layer);
  FailureOr<Value> addConv(Conv2dOp conv, Layer &layer);
  FailureOr<Value> addDense(Operation *neuron, Layer &layer);
  /// Adds the weights of one linear map to those of the layer. `after` are the steps for each output behind it.
  LogicalResult addSynapses(LinearOp linear, ArrayRef<int64_t> after, Operation *neuron, Layer &layer, Value &source);
  std::vector<int64_t> takeLatency(Value &value);
  LogicalResult readNeuron(Operation *op, Layer &layer);
  LogicalResult readSigmaDelta(Operation *op, Layer &layer);
  FailureOr<Integers> readByChannel(Operation *op, StringRef what, ArrayRef<int64_t> values, int64_t channels);
  LogicalResult readBias(Operation *op, Layer &layer);

  static InFlightDiagnostic refuse(Operation *op, const Twine &reason) {
    return op->emitError("cannot be written to a NetX file: ") << reason;
  }
};
} // namespace

static std::vector<int64_t> getIntegers(ElementsAttr elements) {
  std::vector<int64_t> values;
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(elements))
    elements = DenseElementsAttr::getFromRawBuffer(resource.getType(), resource.getData());
  for (const APInt &value : elements.getValues<APInt>())
    values.push_back(value.getSExtValue());
  return values;
}

static std::optional<std::vector<int64_t>> getWeights(Value value) {
  ElementsAttr elements;
  if (!matchPattern(value, m_Constant(&elements)) || !isa<IntegerType>(elements.getElementType()))
    return std::nullopt;
  return getIntegers(elements);
}

static std::optional<int64_t> getUniform(ElementsAttr elements) {
  std::vector<int64_t> values = getIntegers(elements);
  if (!llvm::all_of(values, [&](int64_t value) { return value == values.front(); }))
    return std::nullopt;
  return values.front();
}

static int64_t getWeightExponent(Operation *neuron) {
  auto exponent = neuron->getAttrOfType<IntegerAttr>("weight_exp");
  return exponent ? exponent.getInt() : 0;
}

/// What was taken out of all weights of a layer is in its neurons.
static void scaleWeights(Operation *neuron, Layer &layer) {
  for (std::optional<Integers> *weights : {&layer.weight, &layer.recurrent, &layer.imaginary})
    if (*weights)
      for (int64_t &weight : (*weights)->values)
        weight *= int64_t(1) << getWeightExponent(neuron);
}

static bool isAll(ArrayRef<int64_t> values, int64_t value) {
  return llvm::all_of(values, [&](int64_t v) { return v == value; });
}

LogicalResult Exporter::readBias(Operation *op, Layer &layer) {
  auto mantissa = op->getAttrOfType<ElementsAttr>("bias_mant"), exponent = op->getAttrOfType<ElementsAttr>("bias_exp");
  if (!mantissa)
    return success();
  std::vector<int64_t> all;
  for (auto [m, e] : llvm::zip(getIntegers(mantissa), getIntegers(exponent))) {
    int64_t bias = *spk::getLoihiBias(m, e);
    if (bias % (int64_t(1) << kBiasExponent) != 0)
      return refuse(op, "a bias of " + Twine(bias) + " is no multiple of 64, as biases of the format are");
    all.push_back(bias >> kBiasExponent);
  }
  FailureOr<Integers> bias = readByChannel(op, "biases", all, layer.shape.front());
  if (failed(bias))
    return failure();
  layer.bias = std::move(*bias);
  return success();
}

/// One number for each channel.
FailureOr<Integers> Exporter::readByChannel(Operation *op, StringRef what, ArrayRef<int64_t> values, int64_t channels) {
  int64_t row = int64_t(values.size()) / channels;
  Integers result{{channels}, {}};
  for (int64_t channel = 0; channel < channels; ++channel) {
    ArrayRef<int64_t> some = values.slice(channel * row, row);
    if (!isAll(some, some.front()))
      return refuse(op, what + " differ in channel " + Twine(channel));
    result.values.push_back(some.front());
  }
  return result;
}

/// What the format does not say is what its reader takes.
LogicalResult Exporter::readSigmaDelta(Operation *op, Layer &layer) {
  Neuron neuron{"SDNN", 0, 4096, 0, NeuronKind::SigmaDelta};
  neuron.isDecoder = isa<spk::FixedSigmaOp>(op);
  layer.neuron = neuron;
  if (neuron.isDecoder)
    return success();
  std::optional<int64_t> threshold = getUniform(op->getAttrOfType<ElementsAttr>("v_threshold"));
  if (!threshold)
    return refuse(op, "v_threshold must be the same for all neurons of a layer");
  layer.neuron->vThMant = *threshold;
  auto getNumber = [&](StringRef name) { return op->getAttrOfType<IntegerAttr>(name).getInt(); };
  auto activation = op->getAttrOfType<ActivationAttr>("activation");
  if (op->getAttrOfType<BoolAttr>("cum_error").getValue() || getNumber("state_exp") != kStateExponent ||
      getNumber("spike_exp") != spikeExponent || (activation && activation.getValue() != Activation::relu))
    return refuse(op,
                  "sigma-delta neurons have activation relu, state_exp 6, no cum_error and the profile's spike_exp");
  auto bias = op->getAttrOfType<ElementsAttr>("bias");
  if (!bias)
    return success();
  FailureOr<Integers> biases = readByChannel(op, "biases", getIntegers(bias), layer.shape.front());
  if (failed(biases))
    return failure();
  layer.bias = std::move(*biases);
  return success();
}

LogicalResult Exporter::readNeuron(Operation *op, Layer &layer) {
  if (isa<spk::FixedDeltaOp, spk::FixedSigmaDeltaOp, spk::FixedSigmaOp>(op))
    return readSigmaDelta(op, layer);
  std::optional<int64_t> du = getUniform(op->getAttrOfType<ElementsAttr>("du")),
                         dv = getUniform(op->getAttrOfType<ElementsAttr>("dv"));
  auto thresholds = op->getAttrOfType<ElementsAttr>("v_threshold");
  std::optional<int64_t> threshold = thresholds ? getUniform(thresholds) : 0;
  if (!du || !dv || !threshold)
    return refuse(op, "du, dv and v_threshold must be the same for all neurons of a layer");
  if (thresholds)
    layer.neuron = Neuron{"CUBA", *du + 1, *dv, *threshold};
  else if (*du != -1 || *dv != 4096)
    return refuse(op, "a population without threshold adds up its input there: du must be -1 and dv 4096");
  return readBias(op, layer);
}

/// The constant steps of a delay, if the value is one; what it delays.
static std::vector<int64_t> takeDelay(Value &value) {
  auto delay = value.getDefiningOp<DelayOp>();
  if (!delay || !delay.getInitial().isZero())
    return {};
  value = delay.getInput();
  return getIntegers(delay.getSteps());
}

/// The step that a synapse takes by itself.
std::vector<int64_t> Exporter::takeLatency(Value &value) {
  return hasLatency ? takeDelay(value) : std::vector<int64_t>();
}

static bool feedsItself(LinearOp linear, Operation *neuron) {
  Value input = linear ? linear.getInput() : Value();
  if (linear)
    takeDelay(input);
  return linear && input.getDefiningOp() == neuron;
}

FailureOr<Value> Exporter::addConv(Conv2dOp conv, Layer &layer) {
  std::optional<std::vector<int64_t>> weights = getWeights(conv.getWeights()), bias = getWeights(conv.getBias());
  if (!weights || !bias || !isAll(*bias, 0))
    return refuse(conv, "a convolution has constant integer weights, and its bias is the neurons'");
  layer.kind = LayerKind::Conv;
  layer.weight = Integers{Shape(cast<ShapedType>(conv.getWeights().getType()).getShape()), std::move(*weights)};
  layer.stride.assign(conv.getStride().begin(), conv.getStride().end());
  layer.dilation.assign(conv.getDilation().begin(), conv.getDilation().end());
  for (unsigned dim = 0; dim < 2; ++dim) {
    Padding padding = getPadding(conv.getPadding(), dim, layer.weight->shape[dim + 2], layer.dilation[dim]);
    if (padding.before != padding.after)
      return refuse(conv, "its padding differs at both ends");
    layer.padding.push_back(padding.before);
  }
  layer.groups = conv.getGroups();
  Value source = conv.getInput();
  std::vector<int64_t> steps = takeLatency(source);
  if (hasLatency && (steps.empty() || !isAll(steps, 1)))
    return refuse(conv, "a convolution takes one step");
  return source;
}

LogicalResult Exporter::addSynapses(LinearOp linear, ArrayRef<int64_t> after, Operation *neuron, Layer &layer,
                                    Value &source) {
  std::optional<std::vector<int64_t>> weights = getWeights(linear.getWeights());
  ArrayRef<int64_t> shape = cast<ShapedType>(linear.getWeights().getType()).getShape();
  if (!weights || shape.size() != 2 || cast<ShapedType>(linear.getInput().getType()).getRank() != 1)
    return refuse(linear, "a layer has one matrix of constant integers");
  Value input = linear.getInput();
  // A recurrent layer has no delays of its own: one before it is that of what the layer before sends.
  std::vector<int64_t> before =
      layer.kind == LayerKind::DenseRecurrent && !feedsItself(linear, neuron) ? takeLatency(input) : takeDelay(input);
  if (input.getDefiningOp() == neuron) {
    if (layer.recurrent || before.empty() || !isAll(before, 1) || !after.empty())
      return refuse(linear, "a recurrent layer has one matrix behind a delay of one step");
    layer.recurrent = Integers{Shape(shape), std::move(*weights)};
    return success();
  }
  if (source && source != input)
    return refuse(linear, "a layer has one source, and this is another");
  source = input;
  bool isFirst = !layer.weight;
  if (isFirst) {
    layer.weight = Integers{Shape(shape), std::vector<int64_t>(weights->size(), 0)};
    layer.delay = Integers{Shape(shape), std::vector<int64_t>(weights->size(), 0)};
  }
  // Delays of each synapse; who has none, has that of the layer's first map.
  int64_t inputs = shape[1];
  for (size_t synapse = 0; synapse < weights->size(); ++synapse) {
    int64_t steps = (before.empty() ? 0 : before[synapse % inputs]) + (after.empty() ? 0 : after[synapse / inputs]) -
                    int64_t(hasLatency);
    if (steps < 0)
      return refuse(linear, "a synapse takes a step at least");
    if ((*weights)[synapse] != 0 && layer.weight->values[synapse] != 0)
      return refuse(linear, "two synapses join the same neurons");
    if ((*weights)[synapse] != 0 || isFirst)
      layer.delay->values[synapse] = steps;
    layer.weight->values[synapse] += (*weights)[synapse];
  }
  return success();
}

FailureOr<Value> Exporter::addDense(Operation *neuron, Layer &layer) {
  SmallVector<Value> terms, rest{neuron->getOperand(0)};
  while (!rest.empty()) {
    Value term = rest.pop_back_val();
    // Sums of sums: a recurrent term stands beside those of the delays.
    if (auto sum = term.getDefiningOp<AddOp>())
      llvm::append_range(rest, llvm::reverse(sum.getInputs()));
    else
      terms.push_back(term);
  }
  bool isRecurrent =
      llvm::any_of(terms, [&](Value term) { return feedsItself(term.getDefiningOp<LinearOp>(), neuron); });
  layer.kind = isRecurrent ? LayerKind::DenseRecurrent : LayerKind::Dense;
  Value source;
  for (Value term : terms) {
    std::vector<int64_t> after = takeDelay(term);
    auto linear = term.getDefiningOp<LinearOp>();
    if (!linear)
      return refuse(neuron, "its input comes from no linear or convolutional synapse, or from one with a bias");
    if (failed(addSynapses(linear, after, neuron, layer, source)))
      return failure();
  }
  if (!source)
    return refuse(neuron, "it has no input from the layer before");
  // The shortest form of the delays.
  Integers &delay = *layer.delay;
  int64_t outputs = delay.shape[0], inputs = delay.shape[1];
  auto at = [&](int64_t output, int64_t input) { return delay.values[output * inputs + input]; };
  bool byOutput = true, byInput = true;
  for (int64_t output = 0; output < outputs; ++output)
    for (int64_t input = 0; input < inputs; ++input) {
      byOutput &= at(output, input) == at(output, 0);
      byInput &= at(output, input) == at(0, input);
    }
  if (byOutput && byInput) {
    delay = {{}, {delay.values.front()}};
    if (delay.values.front() == 0)
      layer.delay.reset();
  } else if (byOutput) {
    Integers some{{outputs}, {}};
    for (int64_t output = 0; output < outputs; ++output)
      some.values.push_back(at(output, 0));
    delay = some;
  } else if (byInput && inputs != outputs) {
    // As many inputs as outputs would be read as outputs.
    delay = {{inputs}, std::vector<int64_t>(delay.values.begin(), delay.values.begin() + inputs)};
  }
  if (layer.recurrent && layer.delay)
    return refuse(neuron, "a recurrent layer has no delays there");
  return source;
}

/// Two matrices on one signal.
FailureOr<Value> Exporter::addResonators(spk::FixedRFOp neuron, Layer &layer) {
  layer.kind = LayerKind::Dense;
  Value source;
  std::optional<Integers> *matrices[] = {&layer.weight, &layer.imaginary};
  for (auto [operand, matrix] : llvm::zip_equal(neuron->getOperands(), matrices)) {
    auto linear = operand.getDefiningOp<LinearOp>();
    std::optional<std::vector<int64_t>> weights = linear ? getWeights(linear.getWeights()) : std::nullopt;
    Value input = linear ? linear.getInput() : Value();
    std::vector<int64_t> steps = linear ? takeLatency(input) : std::vector<int64_t>();
    ArrayRef<int64_t> shape = linear ? cast<ShapedType>(linear.getWeights().getType()).getShape() : ArrayRef<int64_t>();
    if (!weights || shape.size() != 2 || (source && source != input) ||
        (hasLatency && (steps.empty() || !isAll(steps, 1))))
      return refuse(neuron, Twine("its inputs are two matrices of constant integers on one signal") +
                                (hasLatency ? ", one step late" : ""));
    source = input;
    *matrix = Integers{Shape(shape), std::move(*weights)};
  }
  std::optional<int64_t> threshold = getUniform(neuron.getVThreshold());
  if (!threshold)
    return refuse(neuron, "v_threshold must be the same for all neurons of a layer");
  bool isPhase = neuron.getResonator() == spk::Resonator::phase;
  Neuron parameters{isPhase ? "RF_PHASE" : "RF_IZHIKEVICH", 0, 4096, *threshold,
                    isPhase ? NeuronKind::Phase : NeuronKind::Izhikevich};
  auto read = [&](ElementsAttr elements) {
    std::optional<int64_t> uniform = getUniform(elements);
    return uniform ? Integers{{}, {*uniform}} : Integers{{layer.shape.front()}, getIntegers(elements)};
  };
  parameters.sine = read(neuron.getDecaySin());
  parameters.cosine = read(neuron.getDecayCos());
  layer.neuron = std::move(parameters);
  return source;
}

/// A delay of what a convolution or a recurrent layer sends.
FailureOr<Value> Exporter::addAxonalDelay(DelayOp delay) {
  Operation *neuron = delay.getInput().getDefiningOp();
  bool isPopulation = neuron && neuron->hasAttr("arithmetic");
  if (!isPopulation || !delay.getInitial().isZero())
    return refuse(delay, "a delay stands before a synapse, which is not there");
  int64_t channels = cast<ShapedType>(delay.getType()).getShape().front();
  FailureOr<Integers> steps = readByChannel(delay, "delays", getIntegers(delay.getSteps()), channels);
  FailureOr<Value> source = succeeded(steps) ? addPopulation(neuron) : FailureOr<Value>(failure());
  if (failed(source))
    return failure();
  Layer &layer = reversed.back();
  if (layer.kind != LayerKind::Conv && layer.kind != LayerKind::DenseRecurrent)
    return refuse(delay, "only convolutions and recurrent layers delay what they send");
  if (isAll(steps->values, steps->values.front()))
    steps = Integers{{}, {steps->values.front()}};
  layer.delay = std::move(*steps);
  return source;
}

FailureOr<Value> Exporter::addPopulation(Operation *neuron) {
  Layer layer{};
  auto shape = cast<ShapedType>(neuron->getResult(0).getType()).getShape();
  layer.shape.assign(shape.begin(), shape.end());
  Value sum = neuron->getOperand(0), source;
  if (auto resonators = dyn_cast<spk::FixedRFOp>(neuron)) {
    FailureOr<Value> found = addResonators(resonators, layer);
    if (failed(found))
      return failure();
    source = *found;
    scaleWeights(neuron, layer);
    reversed.push_back(std::move(layer));
    return source;
  }
  if (failed(readNeuron(neuron, layer)))
    return failure();
  bool isEncoder = isa<spk::FixedDeltaOp>(neuron);
  if (isEncoder && !isa<BlockArgument>(sum))
    return refuse(neuron, "a delta encoder is the first layer");
  if (auto argument = dyn_cast<BlockArgument>(sum)) {
    layer.kind = LayerKind::Input;
    if (shape.size() != 3 || layer.bias || !layer.neuron || isa<spk::FixedSigmaDeltaOp, spk::FixedSigmaOp>(neuron))
      return refuse(neuron, "an input layer is an image of neurons without bias");
    if (auto decay = neuron->getAttrOfType<IntegerAttr>(kDecayAttr))
      layer.neuron->iDecay = decay.getInt();
    if (auto input = network->getAttrOfType<DictionaryAttr>(kInputAttr)) {
      layer.inputWeight = input.getAs<IntegerAttr>("weight").getInt();
      layer.inputBias = input.getAs<IntegerAttr>("bias").getInt();
    }
    source = argument;
  } else {
    auto conv = sum.getDefiningOp<Conv2dOp>();
    FailureOr<Value> found = conv ? addConv(conv, layer) : addDense(neuron, layer);
    if (failed(found))
      return failure();
    source = *found;
    scaleWeights(neuron, layer);
    if (layer.kind == LayerKind::Conv && !layer.neuron)
      return refuse(neuron, "a convolution is followed by neurons with a threshold");
  }
  reversed.push_back(std::move(layer));
  return source;
}

FailureOr<Value> Exporter::addLayer(Value signal) {
  Operation *op = signal.getDefiningOp();
  if (isa<spk::FixedCubaLIFOp, spk::FixedCubaLIOp, spk::FixedDeltaOp, spk::FixedSigmaDeltaOp, spk::FixedSigmaOp,
          spk::FixedRFOp>(op))
    return addPopulation(op);
  auto flatten = dyn_cast<FlattenOp>(op);
  if (!flatten || cast<ShapedType>(flatten.getType()).getRank() != 1)
    return refuse(op, "layers are populations in Loihi's integers, convolutions, linear maps and flattening");
  ArrayRef<int64_t> input = cast<ShapedType>(flatten.getInput().getType()).getShape();
  // The reader flattens a row of channels by itself.
  if (flatten.getNameAttr() || input.size() != 3 || input[1] != 1 || input[2] != 1) {
    Layer layer{};
    layer.kind = LayerKind::Flatten;
    layer.shape = {cast<ShapedType>(flatten.getType()).getNumElements(), 1, 1};
    reversed.push_back(std::move(layer));
  }
  return flatten.getInput();
}

FailureOr<Network> Exporter::run() {
  llvm::Expected<Profile> profile = parseProfile(network.getProfile().value_or(""));
  if (!profile)
    return refuse(network, "its profile is not 'loihi' (" + llvm::toString(profile.takeError()) + ")");
  hasLatency = profile->hasLatency;
  spikeExponent = profile->spikeExponent;
  auto output = cast<OutputOp>(network.getBody().front().getTerminator());
  if (network.getNumArguments() != 1 || output.getNumOperands() != 1)
    return refuse(network, "it must have one input and one output");
  Value signal = output.getOperand(0);
  while (!isa<BlockArgument>(signal)) {
    auto delay = signal.getDefiningOp<DelayOp>();
    FailureOr<Value> source = delay ? addAxonalDelay(delay) : addLayer(signal);
    if (failed(source))
      return failure();
    signal = *source;
  }
  auto input = cast<RankedTensorType>(signal.getType());
  bool isFirst = reversed.empty() || reversed.back().kind != LayerKind::Input;
  if (isFirst && input.getRank() == 3) {
    Layer layer{};
    layer.kind = LayerKind::Input;
    layer.shape.assign(input.getShape().begin(), input.getShape().end());
    reversed.push_back(std::move(layer));
  }
  Network result;
  result.layers.assign(std::make_move_iterator(reversed.rbegin()), std::make_move_iterator(reversed.rend()));
  for (auto [number, layer] : llvm::enumerate(result.layers))
    layer.number = number;
  result.dt = network.getDt().convertToDouble();
  if (std::optional<uint64_t> steps = network.getSteps())
    result.steps = int64_t(*steps);
  return result;
}

FailureOr<Network> lle::netx::exportNetX(NetworkOp network) { return Exporter(network).run(); }

//===----------------------------------------------------------------------===//
// The file
//===----------------------------------------------------------------------===//

static nir::Array toArray(const Integers &integers) {
  std::vector<int32_t> values(integers.values.begin(), integers.values.end());
  return nir::Array::of<int32_t>(integers.shape, values);
}

static void writeLayer(nir::DatasetWriter &writer, hid_t group, const Layer &layer) {
  auto write = [&](const char *key, const nir::Array &array) { writer.write(group, key, array); };
  auto writeNumber = [&](const char *key, int64_t number) { write(key, nir::Array::scalar(number)); };
  write("type", nir::Array::text(toString(layer.kind)));
  write("shape", nir::Array::ints(layer.shape));
  if (layer.weight)
    write(layer.imaginary ? "weight/real" : "weight", toArray(*layer.weight));
  if (layer.imaginary)
    write("weight/imag", toArray(*layer.imaginary));
  if (layer.recurrent)
    write("weight_rec", toArray(*layer.recurrent));
  if (layer.bias)
    write("bias", toArray(*layer.bias));
  if (layer.delay)
    write("delay", toArray(*layer.delay));
  if (layer.kind == LayerKind::Conv) {
    for (auto [key, pair] : {std::pair("stride", layer.stride), std::pair("padding", layer.padding),
                             std::pair("dilation", layer.dilation)})
      write(key, nir::Array::ints(pair));
    write("kernelSize", nir::Array::ints(ArrayRef<int64_t>(layer.weight->shape).drop_front(2)));
    writeNumber("groups", layer.groups);
    writeNumber("inChannels", layer.weight->shape[1] * layer.groups);
    writeNumber("outChannels", layer.weight->shape[0]);
  }
  if (layer.kind == LayerKind::Dense || layer.kind == LayerKind::DenseRecurrent) {
    writeNumber("inFeatures", layer.weight->shape[1]);
    writeNumber("outFeatures", layer.weight->shape[0]);
  }
  if (!layer.neuron)
    return;
  if (layer.kind == LayerKind::Input) {
    writeNumber("weight", layer.inputWeight);
    writeNumber("bias", layer.inputBias);
  }
  const Neuron &neuron = *layer.neuron;
  write("neuron/type", nir::Array::text(neuron.type));
  writeNumber("neuron/vThMant", neuron.vThMant);
  if (neuron.kind == NeuronKind::SigmaDelta) {
    write("neuron/activation", nir::Array::text("relu"));
    if (neuron.isDecoder)
      write("neuron/sigma_output", nir::Array::scalar(true));
    return;
  }
  if (isResonator(neuron.kind)) {
    write("neuron/sinDecay", toArray(*neuron.sine));
    write("neuron/cosDecay", toArray(*neuron.cosine));
  } else {
    writeNumber("neuron/iDecay", neuron.iDecay);
    writeNumber("neuron/vDecay", neuron.vDecay);
    writeNumber("neuron/refDelay", 1);
  }
  write("neuron/gradedSpike", nir::Array::scalar(false));
}

llvm::Error lle::netx::writeNetX(const Network &network, StringRef path) {
  return nir::writeHDF5File(path, [&](hid_t file, nir::DatasetWriter &writer) {
    nir::Handle layers(writer.createGroup(file, "layer"), H5Gclose);
    for (const Layer &layer : network.layers) {
      nir::Handle group(writer.createGroup(layers, std::to_string(layer.number)), H5Gclose);
      writeLayer(writer, group, layer);
    }
    writer.write(file, "simulation/Ts", nir::Array::scalar(network.dt * 1e3));
    if (network.steps)
      writer.write(file, "simulation/tSample", nir::Array::scalar(*network.steps));
  });
}
