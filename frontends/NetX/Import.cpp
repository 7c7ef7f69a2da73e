//===- Import.cpp - NetX files to networks --------------------------------===//
#include "frontends/NetX/Import.h"
#include "dialects/LLE/LLEOps.h"
#include "dialects/Spk/FixedModels.h"
#include "dialects/Spk/SpkOps.h"
#include "frontends/NIR/Import.h"
#include "frontends/NIR/Read.h"
#include "frontends/NetX/Layers.h"
#include "frontends/NetX/Profile.h"
#include "frontends/NetX/Weights.h"

#include "mlir/IR/AsmState.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"

using namespace mlir;
using namespace lle;
using namespace lle::netx;

namespace {
class Importer {
public:
  Importer(const Network &file, Profile profile, StringRef path, MLIRContext &context, nir::Report &report)
      : file(file), profile(std::move(profile)), path(path), report(report), builder(&context) {}

  OwningOpRef<ModuleOp> run(const ImportOptions &options);

private:
  const Network &file;
  Profile profile;
  StringRef path;
  nir::Report &report;
  OpBuilder builder;
  const Layer *layer = nullptr; ///< The one at hand.
  unsigned populations = 0;     ///< Made so far.

  bool fail(const Twine &message) {
    report.error("layer " + Twine(layer->number) + " (" + toString(layer->kind) + "): " + message);
    return false;
  }
  std::string getName(StringRef part = "") const {
    return "layer" + std::to_string(layer->number) + (part.empty() ? "" : "/" + part.str());
  }
  Location getLoc(StringRef part = "") {
    return NameLoc::get(builder.getStringAttr(getName(part)), FileLineColLoc::get(builder.getContext(), path, 0, 0));
  }
  Type getInteger(unsigned width) { return builder.getIntegerType(width, true); }

  RankedTensorType getInputType();
  bool addLayer(Value &signal);
  Value addDelay(Value signal, ArrayRef<int64_t> steps, StringRef part);
  Value addWeights(ArrayRef<int64_t> shape, ArrayRef<int64_t> values, StringRef part);
  bool addConv(Value &signal);
  bool addDense(Value &signal);
  Value addSynapses(Value signal, ArrayRef<int64_t> weights);
  Value addMatrix(Value signal, ArrayRef<int64_t> weights, StringRef part);
  std::vector<int64_t> storeWeights(ArrayRef<int64_t> weights);
  bool addResonators(Value &signal);
  Value addPopulation(Value sum, int64_t weightExponent);
  Value addSigmaDelta(Value sum, int64_t weightExponent);
  Value addAxonalDelay(Value spikes);
  DenseElementsAttr makeParameter(ArrayRef<int64_t> shape, ArrayRef<int64_t> values);
};
} // namespace

/// A tensor of 32-bit parameters; one value for all, or one for each of the first dimension.
DenseElementsAttr Importer::makeParameter(ArrayRef<int64_t> shape, ArrayRef<int64_t> values) {
  auto type = RankedTensorType::get(shape, builder.getI32Type());
  if (llvm::all_of(values, [&](int64_t value) { return value == values.front(); }))
    return DenseElementsAttr::get(type, APInt(32, uint64_t(values.front()), true));
  SmallVector<APInt> elements;
  for (int64_t i = 0, count = type.getNumElements(), row = count / shape.front(); i < count; ++i)
    elements.emplace_back(32, uint64_t(values[i / row]), true);
  return DenseElementsAttr::get(type, elements);
}

/// A delay of the steps given, one for each element or one for all; of none, nothing.
Value Importer::addDelay(Value signal, ArrayRef<int64_t> steps, StringRef part) {
  if (llvm::all_of(steps, [](int64_t step) { return step == 0; }))
    return signal;
  auto type = cast<RankedTensorType>(signal.getType());
  auto attribute = DenseElementsAttr::get(type.clone(builder.getI64Type()), steps);
  return DelayOp::create(builder, getLoc(part), type, builder.getStringAttr(getName(part)), signal, attribute,
                         builder.getF64FloatAttr(0));
}

/// Constants of the narrowest type; large ones are a resource.
Value Importer::addWeights(ArrayRef<int64_t> shape, ArrayRef<int64_t> values, StringRef part) {
  static constexpr size_t kLargeBytes = 1024;
  auto fits = [&](unsigned bits) {
    return llvm::all_of(values, [&](int64_t value) { return llvm::isIntN(bits, value); });
  };
  unsigned bits = fits(8) ? 8 : fits(16) ? 16 : 32;
  auto type = RankedTensorType::get(shape, getInteger(bits));
  SmallVector<char> bytes;
  for (int64_t value : values)
    for (unsigned byte = 0; byte < bits / 8; ++byte)
      bytes.push_back(char(value >> (8 * byte)));
  bool isUniform = llvm::all_of(values, [&](int64_t value) { return value == values.front(); });
  ElementsAttr elements;
  if (isUniform)
    elements = DenseElementsAttr::getFromRawBuffer(type, ArrayRef<char>(bytes).take_front(bits / 8));
  else if (bytes.size() < kLargeBytes)
    elements = DenseElementsAttr::getFromRawBuffer(type, bytes);
  else
    elements = DenseResourceElementsAttr::get(type, getName(part),
                                              HeapAsmResourceBlob::allocateAndCopyWithAlign(bytes, alignof(int32_t)));
  return WeightOp::create(builder, getLoc(part), type, elements);
}

/// Of 24 bits, whose last six are not sent.
static constexpr int64_t kStateExponent = 6;

/// An encoder in an input layer, a decoder in one whose sum is read, a neuron elsewhere.
Value Importer::addSigmaDelta(Value sum, int64_t weightExponent) {
  auto type = cast<RankedTensorType>(sum.getType());
  if (profile.resetInterval)
    report.warning("layer " + Twine(layer->number) + " (" + toString(layer->kind) +
                   "): sigma-delta neurons are not reset, as in Lava");
  NamedAttrList attributes;
  attributes.set("name", builder.getStringAttr(getName()));
  attributes.set("arithmetic", spk::ArithmeticAttr::get(builder.getContext(), spk::Arithmetic::loihi));
  if (weightExponent != 0)
    attributes.set("weight_exp", builder.getI64IntegerAttr(weightExponent));
  StringRef op = spk::FixedSigmaOp::getOperationName();
  if (!layer->neuron->isDecoder) {
    op = layer->kind == LayerKind::Input ? spk::FixedDeltaOp::getOperationName()
                                         : spk::FixedSigmaDeltaOp::getOperationName();
    attributes.set("v_threshold", makeParameter(type.getShape(), layer->neuron->vThMant));
    attributes.set("spike_exp", builder.getI64IntegerAttr(profile.spikeExponent));
    attributes.set("state_exp", builder.getI64IntegerAttr(kStateExponent));
    attributes.set("cum_error", builder.getBoolAttr(false));
    if (layer->kind != LayerKind::Input)
      attributes.set("activation", ActivationAttr::get(builder.getContext(), Activation::relu));
    if (layer->bias)
      attributes.set("bias", makeParameter(type.getShape(), layer->bias->values));
  }
  ++populations;
  OperationState state(getLoc(), op);
  state.addOperands(sum);
  state.addTypes(type);
  state.addAttributes(attributes);
  return builder.create(state)->getResult(0);
}

/// Spikes that a layer sends, where it sends them late.
Value Importer::addAxonalDelay(Value spikes) {
  if (!layer->delay)
    return spikes;
  ArrayRef<int64_t> shape = cast<RankedTensorType>(spikes.getType()).getShape(), delays = layer->delay->values;
  int64_t count = ShapedType::getNumElements(shape), row = count / shape.front();
  if (llvm::all_of(delays, [&](int64_t steps) { return steps == delays.front(); }))
    return addDelay(spikes, delays.front(), "axon");
  SmallVector<int64_t> steps;
  for (int64_t n = 0; n < count; ++n)
    steps.push_back(delays[n / row]);
  return addDelay(spikes, steps, "axon");
}

Value Importer::addPopulation(Value sum, int64_t weightExponent) {
  if (layer->neuron && layer->neuron->kind == NeuronKind::SigmaDelta)
    return addSigmaDelta(sum, weightExponent);
  auto type = cast<RankedTensorType>(sum.getType());
  ArrayRef<int64_t> shape = type.getShape();
  Neuron neuron = layer->neuron.value_or(Neuron());
  NamedAttrList attributes;
  auto set = [&](StringRef name, ArrayRef<int64_t> values) { attributes.set(name, makeParameter(shape, values)); };
  attributes.set("name", builder.getStringAttr(getName()));
  attributes.set("arithmetic", spk::ArithmeticAttr::get(builder.getContext(), spk::Arithmetic::loihi));
  // An input layer's current is its user's bias, which is not kept: that is a current that decays at once.
  set("du", layer->kind == LayerKind::Input ? 4095 : neuron.iDecay - 1);
  set("dv", neuron.vDecay);
  if (layer->bias) {
    set("bias_mant", layer->bias->values);
    set("bias_exp", 6);
  }
  if (weightExponent != 0)
    attributes.set("weight_exp", builder.getI64IntegerAttr(weightExponent));
  if (profile.resetInterval) {
    int64_t skew = profile.hasLatency ? populations : 0;
    attributes.set("reset_interval", builder.getI64IntegerAttr(*profile.resetInterval));
    attributes.set("reset_offset",
                   builder.getI64IntegerAttr((profile.resetOffset + 1 + skew) % *profile.resetInterval));
  }
  ++populations;
  bool isSpiking = layer->neuron.has_value();
  if (isSpiking)
    set("v_threshold", neuron.vThMant);
  OperationState state(getLoc(),
                       isSpiking ? spk::FixedCubaLIFOp::getOperationName() : spk::FixedCubaLIOp::getOperationName());
  state.addOperands(sum);
  state.addTypes(isSpiking ? type.clone(builder.getI1Type()) : type);
  state.addAttributes(attributes);
  Operation *op = builder.create(state);
  if (layer->kind == LayerKind::Input && neuron.iDecay != 4096)
    op->setDiscardableAttr(kDecayAttr, builder.getI64IntegerAttr(neuron.iDecay));
  return op->getResult(0);
}

static std::vector<int64_t> shiftRight(ArrayRef<int64_t> weights, int64_t exponent) {
  std::vector<int64_t> shifted;
  for (int64_t weight : weights)
    shifted.push_back(weight >> exponent);
  return shifted;
}

bool Importer::addConv(Value &signal) {
  auto input = cast<RankedTensorType>(signal.getType());
  if (input.getRank() != 3)
    return fail("its input is no image, but " + nir::toString(input.getShape()));
  ArrayRef<int64_t> kernel = layer->weight->shape;
  Shape shape{kernel[0]};
  if (input.getDimSize(0) % layer->groups || kernel[0] % layer->groups ||
      kernel[1] != input.getDimSize(0) / layer->groups)
    return fail("'weight' has shape " + nir::toString(kernel) + ", which does not fit " + Twine(input.getDimSize(0)) +
                " input channels in " + Twine(layer->groups) + " groups");
  for (unsigned dim = 0; dim < 2; ++dim)
    shape.push_back(getWindowedLength(input.getDimSize(dim + 1), {layer->padding[dim], layer->padding[dim]},
                                      kernel[dim + 2], layer->stride[dim], layer->dilation[dim]));
  if (shape != layer->shape)
    return fail("'shape' is " + nir::toString(layer->shape) + ", but the convolution gives " + nir::toString(shape));
  ArrayRef<int64_t> weights = layer->weight->values;
  if (llvm::any_of(weights, [](int64_t w) { return w < -256 || w > 255; }))
    return fail("'weight' holds numbers that do not fit -256 to 255");
  int64_t exponent = getSharedExponent(weights);
  Value delayed = addDelay(signal, profile.hasLatency ? 1 : 0, "delay");
  Value kernelValue = addWeights(kernel, shiftRight(weights, exponent), "weight");
  Value bias = addWeights(kernel[0], SmallVector<int64_t>(kernel[0], 0), "bias");
  Value sum = Conv2dOp::create(builder, getLoc("weight"), RankedTensorType::get(shape, getInteger(32)), delayed,
                               kernelValue, bias, layer->stride, builder.getDenseI64ArrayAttr(layer->padding),
                               layer->dilation, layer->groups, builder.getStringAttr(getName("weight")));
  signal = addAxonalDelay(addPopulation(sum, exponent));
  return true;
}

Value Importer::addMatrix(Value signal, ArrayRef<int64_t> weights, StringRef part) {
  ArrayRef<int64_t> shape = layer->weight->shape;
  return LinearOp::create(builder, getLoc(part), RankedTensorType::get(shape[0], getInteger(32)), signal,
                          addWeights(shape, weights, part), builder.getStringAttr(getName(part)));
}

/// Sums of what the synapses bring, each in its own time.
Value Importer::addSynapses(Value signal, ArrayRef<int64_t> weights) {
  ArrayRef<int64_t> shape = layer->weight->shape;
  int64_t outputs = shape[0], inputs = shape[1], latency = profile.hasLatency ? 1 : 0;
  auto type = RankedTensorType::get(outputs, getInteger(32));
  auto addLinear = [&](Value input, ArrayRef<int64_t> values, const std::string &part) {
    return addMatrix(input, values, part);
  };
  SmallVector<int64_t> delay(1, 0);
  if (layer->delay && !layer->recurrent)
    delay.assign(layer->delay->values.begin(), layer->delay->values.end());
  for (int64_t &steps : delay)
    steps += latency;
  int64_t count = delay.size();
  bool isUniform = llvm::all_of(delay, [&](int64_t steps) { return steps == delay.front(); });
  // One delay for all, or one for each input: spikes wait.
  if (isUniform)
    return addLinear(addDelay(signal, delay.front(), "delay"), weights, "weight");
  if (layer->delay->shape.size() == 1 && count == outputs) {
    Value sum = addLinear(signal, weights, "weight");
    return addDelay(sum, delay, "delay");
  }
  if (layer->delay->shape.size() == 1)
    return addLinear(addDelay(signal, delay, "delay"), weights, "weight");
  // A delay for each synapse: those of one delay together.
  llvm::SetVector<int64_t> distinct;
  for (auto [steps, weight] : llvm::zip(delay, weights))
    if (weight != 0)
      distinct.insert(steps);
  SmallVector<int64_t> order(distinct.begin(), distinct.end());
  llvm::sort(order);
  if (order.empty())
    order.push_back(latency);
  SmallVector<Value> sums;
  for (int64_t steps : order) {
    SmallVector<int64_t> some(weights);
    for (int64_t synapse = 0; synapse < outputs * inputs; ++synapse)
      if (delay[synapse] != steps)
        some[synapse] = 0;
    std::string suffix = std::to_string(steps);
    sums.push_back(addLinear(addDelay(signal, steps, "delay" + suffix), some, "weight" + suffix));
  }
  return sums.size() == 1 ? sums.front() : AddOp::create(builder, getLoc("sum"), type, sums).getResult();
}

/// What the chip has of weights that share a format.
std::vector<int64_t> Importer::storeWeights(ArrayRef<int64_t> weights) {
  StoredWeights stored = netx::storeWeights(weights);
  if (stored.clipped)
    report.warning("layer " + Twine(layer->number) + " (" + toString(layer->kind) +
                   "): weights are out of the range of the chip and are clipped");
  return std::move(stored.effective);
}

/// Two matrices, each with a format of its own, and neurons of a complex state.
bool Importer::addResonators(Value &signal) {
  std::vector<int64_t> all = storeWeights(layer->weight->values), imaginary = storeWeights(layer->imaginary->values);
  size_t count = all.size();
  llvm::append_range(all, imaginary);
  int64_t exponent = getSharedExponent(all);
  all = shiftRight(all, exponent);
  Value delayed = addDelay(signal, profile.hasLatency ? 1 : 0, "delay");
  Value re = addMatrix(delayed, ArrayRef(all).take_front(count), "real");
  Value im = addMatrix(delayed, ArrayRef(all).drop_front(count), "imag");
  const Neuron &neuron = *layer->neuron;
  auto shape = cast<RankedTensorType>(re.getType()).getShape();
  auto spikes = RankedTensorType::get(shape, builder.getI1Type());
  if (profile.resetInterval)
    report.warning("layer " + Twine(layer->number) + " (" + toString(layer->kind) +
                   "): resonate-and-fire neurons are not reset, as in Lava");
  auto resonator = neuron.kind == NeuronKind::Phase ? spk::Resonator::phase : spk::Resonator::izhikevich;
  ++populations;
  signal = spk::FixedRFOp::create(builder, getLoc(), spikes, builder.getStringAttr(getName()), re, im,
                                  spk::ArithmeticAttr::get(builder.getContext(), spk::Arithmetic::loihi),
                                  spk::ResonatorAttr::get(builder.getContext(), resonator),
                                  makeParameter(shape, neuron.cosine->values),
                                  makeParameter(shape, neuron.sine->values), makeParameter(shape, neuron.vThMant),
                                  exponent ? builder.getI64IntegerAttr(exponent) : IntegerAttr());
  return true;
}

bool Importer::addDense(Value &signal) {
  auto input = cast<RankedTensorType>(signal.getType());
  bool isRow = input.getRank() == 3 && input.getDimSize(1) == 1 && input.getDimSize(2) == 1;
  if (isRow)
    signal = FlattenOp::create(builder, getLoc("flatten"), input.clone(input.getNumElements()), signal,
                               builder.getI64IntegerAttr(0), builder.getI64IntegerAttr(-1), StringAttr());
  else if (input.getRank() != 1)
    return fail("its input is an image of " + nir::toString(input.getShape()) + ": a flatten layer is missing");
  if (layer->weight->shape[1] != input.getNumElements())
    return fail("'weight' has shape " + nir::toString(layer->weight->shape) + ", but there are " +
                Twine(input.getNumElements()) + " inputs");
  if (layer->imaginary)
    return addResonators(signal);
  // Recurrent weights share the format of the others.
  SmallVector<int64_t> all(layer->weight->values.begin(), layer->weight->values.end());
  if (layer->recurrent)
    llvm::append_range(all, layer->recurrent->values);
  std::vector<int64_t> stored = storeWeights(all);
  int64_t exponent = getSharedExponent(stored);
  std::vector<int64_t> weights = shiftRight(stored, exponent);
  size_t forward = layer->weight->values.size();
  Value sum = addSynapses(signal, ArrayRef(weights).take_front(forward));
  if (!layer->recurrent) {
    signal = addPopulation(sum, exponent);
    return true;
  }
  // The loop is closed when there is something to close it with.
  Value recurrent = addWeights(layer->recurrent->shape, ArrayRef(weights).drop_front(forward), "weight_rec");
  auto spikes = RankedTensorType::get(layer->shape, builder.getI1Type());
  auto placeholder = WeightOp::create(builder, getLoc(), spikes, DenseElementsAttr::get(spikes, false));
  Value late = addDelay(placeholder, 1, "delay_rec");
  Value back = LinearOp::create(builder, getLoc("weight_rec"), sum.getType(), late, recurrent,
                                builder.getStringAttr(getName("weight_rec")));
  sum = AddOp::create(builder, getLoc("sum"), cast<RankedTensorType>(sum.getType()), ValueRange{sum, back});
  signal = addPopulation(sum, exponent);
  if (!layer->neuron)
    return fail("'neuron' is missing, which a recurrent layer needs");
  late.getDefiningOp()->setOperand(0, signal);
  placeholder.erase();
  signal = addAxonalDelay(signal);
  return true;
}

bool Importer::addLayer(Value &signal) {
  switch (layer->kind) {
  case LayerKind::Input:
    if (layer != &file.layers.front())
      return fail("it is not the first layer");
    if (layer->neuron)
      signal = addPopulation(signal, 0);
    return true;
  case LayerKind::Conv:
    return addConv(signal);
  case LayerKind::Flatten: {
    auto input = cast<RankedTensorType>(signal.getType());
    if (layer->getSize() != input.getNumElements())
      return fail("'shape' is " + nir::toString(layer->shape) + ", but there are " + Twine(input.getNumElements()) +
                  " inputs");
    signal =
        FlattenOp::create(builder, getLoc(), input.clone(input.getNumElements()), signal, builder.getI64IntegerAttr(0),
                          builder.getI64IntegerAttr(-1), builder.getStringAttr(getName()));
    return true;
  }
  case LayerKind::Dense:
  case LayerKind::DenseRecurrent:
    return addDense(signal);
  }
  llvm_unreachable("all layers are handled");
}

/// Spikes; or graded messages, or what the user of an input layer with neurons gives these: biases, or a signal.
RankedTensorType Importer::getInputType() {
  layer = &file.layers.front();
  bool hasNumbers = profile.hasGradedInput || (layer->neuron && layer->kind == LayerKind::Input);
  Type element = hasNumbers ? getInteger(32) : builder.getI1Type();
  switch (layer->kind) {
  case LayerKind::Dense:
  case LayerKind::DenseRecurrent:
    return RankedTensorType::get(layer->weight->shape[1], element);
  case LayerKind::Input:
  case LayerKind::Flatten:
    return RankedTensorType::get(layer->shape, element);
  case LayerKind::Conv:
    fail("the file has no input layer, so that the size of the image is not known");
    return {};
  }
  llvm_unreachable("all layers are handled");
}

/// A symbol that needs no quotes.
static std::string getSymbol(StringRef path) {
  std::string name = llvm::sys::path::stem(path).str();
  for (char &c : name)
    if (!llvm::isAlnum(c) && c != '_')
      c = '_';
  return name.empty() || llvm::isDigit(name.front()) ? "network_" + name : name;
}

OwningOpRef<ModuleOp> Importer::run(const ImportOptions &options) {
  Location loc = FileLineColLoc::get(builder.getContext(), path, 0, 0);
  OwningOpRef<ModuleOp> module = ModuleOp::create(loc);
  RankedTensorType inputType = getInputType();
  if (!inputType)
    return {};
  builder.setInsertionPointToEnd(module->getBody());
  std::string name = options.name.empty() ? getSymbol(path) : options.name;
  auto network =
      NetworkOp::create(builder, loc, name, builder.getFunctionType(Type(inputType), {}), options.dt.value_or(file.dt));
  if (file.steps)
    network.setSteps(*file.steps);
  network.setProfile(profile.text);
  network.setArgAttr(0, NetworkOp::kPortNameAttr, builder.getStringAttr("input"));
  if (layer->kind == LayerKind::Input && layer->neuron)
    network->setDiscardableAttr(
        kInputAttr,
        builder.getDictionaryAttr({builder.getNamedAttr("bias", builder.getI64IntegerAttr(layer->inputBias)),
                                   builder.getNamedAttr("weight", builder.getI64IntegerAttr(layer->inputWeight))}));
  builder.setInsertionPointToEnd(&network.getBody().front());
  Value signal = network.getBody().getArgument(0);
  for (const Layer &next : file.layers) {
    layer = &next;
    if (!addLayer(signal))
      return {};
  }
  OutputOp::create(builder, loc, signal);
  network.setFunctionType(builder.getFunctionType(Type(inputType), signal.getType()));
  network.setResultAttr(0, NetworkOp::kPortNameAttr, builder.getStringAttr("output"));
  return nir::verifyImported(std::move(module), report);
}

OwningOpRef<ModuleOp> lle::netx::importNetX(StringRef path, const ImportOptions &options, MLIRContext &context,
                                            nir::Report &report) {
  if (options.profile.empty()) {
    report.error("a NetX file does not say how synapses take time and when states are reset: give --profile=loihi, or "
                 "--profile=loihi:KEY=VALUE,...");
    return {};
  }
  llvm::Expected<Profile> profile = parseProfile(options.profile);
  if (!profile) {
    report.error(llvm::toString(profile.takeError()));
    return {};
  }
  if (options.dt && !(*options.dt > 0 && std::isfinite(*options.dt))) {
    report.error("dt is " + nir::toString(*options.dt) + " s, expected a number above 0");
    return {};
  }
  std::optional<nir::Graph> graph = nir::readLayers(path, report);
  if (!graph)
    return {};
  std::optional<Network> file = readNetwork(*graph, report);
  if (!file)
    return {};
  context.loadDialect<LLEDialect, spk::SpkDialect>();
  return Importer(*file, std::move(*profile), path, context, report).run(options);
}
