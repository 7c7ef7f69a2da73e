//===- Layers.cpp - the layers of a NetX file -----------------------------===//
#include "frontends/NetX/Layers.h"

#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

#include <cmath>

using namespace llvm;
using namespace lle;
using namespace lle::netx;

StringRef lle::netx::toString(LayerKind kind) {
  switch (kind) {
  case LayerKind::Input:
    return "input";
  case LayerKind::Conv:
    return "conv";
  case LayerKind::Flatten:
    return "flatten";
  case LayerKind::Dense:
    return "dense";
  case LayerKind::DenseRecurrent:
    return "dense_rec";
  }
  llvm_unreachable("all layers are handled");
}

int64_t Layer::getSize() const {
  int64_t size = 1;
  for (int64_t length : shape)
    size *= length;
  return size;
}

/// The decays of the chip are 4096ths; its largest threshold is never passed.
static constexpr int64_t kOne = 4096, kLargestThreshold = int64_t(1) << 17;
/// What lava-dl's reader clips a delay to.
static constexpr int64_t kLargestDelay = 62;
static constexpr int64_t kMaxLength = int64_t(1) << 24;

namespace {
/// Reads one layer. The first error ends it.
class LayerReader {
public:
  LayerReader(const nir::Node &node, unsigned number, nir::Report &report)
      : node(node), report(report), where("layer " + std::to_string(number) + " (" + node.type + "): ") {
    layer.number = number;
  }
  std::optional<Layer> read();

private:
  bool fail(const Twine &message) {
    report.error(where + message);
    return false;
  }
  void warn(const Twine &message) { report.warning(where + message); }
  const nir::Array *find(StringRef key) {
    seen.insert(key);
    return node.find(key);
  }
  bool readIntegers(StringRef key, std::optional<Integers> &integers);
  /// A key with one number; what it was where it is missing.
  bool readNumber(StringRef key, int64_t smallest, int64_t largest, int64_t &number, bool isNeeded);
  /// One or two numbers, (height, width).
  bool readPair(StringRef key, int64_t smallest, Shape &pair);
  bool readShape();
  bool readNeuron();
  bool readCuba(Neuron &neuron);
  bool readSigmaDelta(Neuron &neuron);
  bool readResonator(Neuron &neuron);
  bool readWeights();
  bool readImaginaryWeights();
  bool readDense();
  bool readConv();
  bool readDelay();
  bool readAxonalDelay(StringRef whatReaderDoes);
  bool clipDelay();
  bool readBias();
  bool readInput();
  void warnOfOthers();

  const nir::Node &node;
  nir::Report &report;
  std::string where;
  Layer layer;
  SetVector<StringRef> seen;
};
} // namespace

bool LayerReader::readIntegers(StringRef key, std::optional<Integers> &integers) {
  const nir::Array *array = find(key);
  if (!array)
    return true;
  if (array->getType() == nir::ElementType::String || array->size() == 0)
    return fail("'" + key + "' is not an array of numbers");
  Integers result{Shape(array->getShape()), {}};
  result.values.reserve(array->size());
  bool cut = false;
  for (size_t i = 0; i < array->size(); ++i) {
    double value = array->number(i);
    if (!(std::abs(value) < 0x1p31))
      return fail("'" + key + "' holds " + nir::toString(value) + ", expected integers of 32 bits");
    cut |= value != std::trunc(value);
    result.values.push_back(int64_t(value));
  }
  if (cut)
    warn("'" + key + "' holds fractions, which are cut off as lava-dl's reader does");
  integers = std::move(result);
  return true;
}

bool LayerReader::readNumber(StringRef key, int64_t smallest, int64_t largest, int64_t &number, bool isNeeded) {
  std::optional<Integers> integers;
  if (!readIntegers(key, integers))
    return false;
  if (!integers)
    return !isNeeded || fail("'" + key + "' is missing");
  if (integers->values.size() != 1)
    return fail("'" + key + "' has shape " + nir::toString(integers->shape) + ", expected one number");
  number = integers->values.front();
  return (number >= smallest && number <= largest) ||
         fail("'" + key + "' is " + Twine(number) + ", expected " + Twine(smallest) + " to " + Twine(largest));
}

bool LayerReader::readPair(StringRef key, int64_t smallest, Shape &pair) {
  std::optional<Integers> integers;
  if (!readIntegers(key, integers))
    return false;
  if (!integers)
    return fail("'" + key + "' is missing");
  if (integers->values.size() > 2)
    return fail("'" + key + "' has shape " + nir::toString(integers->shape) + ", expected one or two numbers");
  pair.assign(2, integers->values.front());
  pair[1] = integers->values.back();
  for (int64_t value : pair)
    if (value < smallest || value > kMaxLength)
      return fail("'" + key + "' is " + Twine(value) + ", expected at least " + Twine(smallest));
  return true;
}

bool LayerReader::readShape() {
  std::optional<Integers> shape;
  if (!readIntegers("shape", shape))
    return false;
  if (!shape)
    return fail("'shape' is missing");
  bool isDense = layer.kind == LayerKind::Dense || layer.kind == LayerKind::DenseRecurrent;
  if (shape->shape.size() > 1 || (shape->values.size() != 3 && !isDense && layer.kind != LayerKind::Flatten))
    return fail("'shape' has shape " + nir::toString(shape->shape) + ", expected channels, height and width");
  int64_t size = 1;
  for (int64_t length : shape->values) {
    if (length < 1 || length > kMaxLength / size)
      return fail("'shape' is " + nir::toString(shape->values) + ", which is empty or more than this compiler takes");
    size *= length;
  }
  layer.shape.assign(shape->values.begin(), shape->values.end());
  if (isDense)
    layer.shape = {size};
  return true;
}

bool LayerReader::readNeuron() {
  const nir::Array *type = find("neuron/type");
  if (!type) {
    bool hasOther =
        any_of(node.params, [](const auto &param) { return StringRef(param.first).starts_with("neuron/"); });
    return !hasOther || fail("'neuron/type' is missing");
  }
  if (type->getStrings().size() != 1)
    return fail("'neuron/type' is not a string");
  Neuron neuron;
  neuron.type = type->getStrings().front();
  StringRef name = neuron.type;
  bool fine = false;
  if (name == "CUBA" || name == "LOIHI")
    fine = readCuba(neuron);
  else if (name == "SDNN")
    fine = readSigmaDelta(neuron);
  else if (name.contains("RF"))
    fine = readResonator(neuron);
  else
    fail("'neuron/type' is '" + name + "', of which there is no integer model: CUBA, LOIHI, SDNN and RF are known");
  layer.neuron = std::move(neuron);
  return fine;
}

bool LayerReader::readCuba(Neuron &neuron) {
  if (!readNumber("neuron/iDecay", 0, kOne, neuron.iDecay, true) ||
      !readNumber("neuron/vDecay", 0, kOne, neuron.vDecay, true) ||
      !readNumber("neuron/vThMant", 0, kLargestThreshold, neuron.vThMant, true))
    return false;
  int64_t refDelay = 1, graded = 0;
  if (!readNumber("neuron/refDelay", 0, INT32_MAX, refDelay, false) ||
      !readNumber("neuron/gradedSpike", 0, 1, graded, false))
    return false;
  if (refDelay > 1)
    warn("'neuron/refDelay' is " + Twine(refDelay) + ", which lava-dl's reader ignores");
  if (graded)
    return fail("'neuron/gradedSpike' is set, but CUBA neurons give spikes of 0 and 1");
  // Of the first version of the format; its reader does not look at them.
  for (StringRef key : {"neuron/wgtExp", "neuron/theta", "neuron/tauRho", "neuron/scaleRho"})
    seen.insert(key);
  return true;
}

bool LayerReader::readSigmaDelta(Neuron &neuron) {
  neuron.kind = NeuronKind::SigmaDelta;
  if (layer.kind == LayerKind::DenseRecurrent)
    return fail("'neuron/type' is 'SDNN', of which lava-dl has no recurrent layers");
  // The key alone makes a decoder, whatever it holds.
  neuron.isDecoder = layer.kind != LayerKind::Input && find("neuron/sigma_output");
  if (const nir::Array *activation = find("neuron/activation"))
    if (activation->getStrings().size() != 1 || activation->getStrings().front() != "relu")
      warn("'neuron/activation' is not 'relu', which lava-dl's reader takes whatever it is");
  neuron.vThMant = 0;
  return readNumber("neuron/vThMant", 0, kLargestThreshold, neuron.vThMant, !neuron.isDecoder);
}

bool LayerReader::readResonator(Neuron &neuron) {
  bool isPhase = StringRef(neuron.type).contains("PHASE");
  neuron.kind = isPhase ? NeuronKind::Phase : NeuronKind::Izhikevich;
  if (layer.kind != LayerKind::Dense)
    return fail("'neuron/type' is '" + neuron.type + "', of which lava-dl has fully connected layers only");
  int64_t channels = layer.shape.front(), graded = 0;
  for (auto [key, decay] : {std::pair("neuron/sinDecay", &neuron.sine), std::pair("neuron/cosDecay", &neuron.cosine)}) {
    if (!readIntegers(key, *decay))
      return false;
    if (!*decay)
      return fail("'" + Twine(key) + "' is missing");
    std::vector<int64_t> &values = (*decay)->values;
    if ((*decay)->shape.size() > 1 || (values.size() != 1 && int64_t(values.size()) != channels))
      return fail("'" + Twine(key) + "' has shape " + nir::toString((*decay)->shape) + ", expected one number or " +
                  Twine(channels));
    for (int64_t value : values)
      if (std::abs(value) > kOne)
        return fail("'" + Twine(key) + "' is " + Twine(value) + ", expected " + Twine(-kOne) + " to " + Twine(kOne));
  }
  if (!readNumber("neuron/vThMant", 0, kLargestThreshold, neuron.vThMant, true) ||
      !readNumber("neuron/gradedSpike", 0, 1, graded, false))
    return false;
  return !graded || fail("'neuron/gradedSpike' is set, but the integer model gives spikes of 0 and 1");
}

bool LayerReader::readBias() {
  if (!readIntegers("bias", layer.bias))
    return false;
  if (!layer.bias)
    return true;
  int64_t count = layer.bias->values.size(), channels = layer.shape.front();
  if (layer.bias->shape.size() > 1 || (count != 1 && count != channels))
    return fail("'bias' has shape " + nir::toString(layer.bias->shape) + ", expected " + Twine(channels) + " numbers");
  layer.bias->values.resize(channels, layer.bias->values.front());
  static constexpr int64_t kLargestBias = (int64_t(1) << 17) - 1; // with exponent 6 in 24 bits
  static constexpr int64_t kMantissa = int64_t(1) << 12;
  for (int64_t value : layer.bias->values) {
    if (std::abs(value) > kLargestBias)
      return fail("'bias' holds " + Twine(value) + ", which does not fit the 24 bits of a membrane");
    bool isCuba = !layer.neuron || layer.neuron->kind == NeuronKind::Cuba;
    if (isCuba && (value < -kMantissa || value >= kMantissa)) {
      warn("'bias' holds " + Twine(value) + ", more than the 13 bits of a chip's neuron");
      break;
    }
  }
  return true;
}

/// A delay of what the layer sends, behind its neurons and outside of its loop: one number, or one for each channel. It
/// is what lava-dl trains; what its reader makes of it is said.
bool LayerReader::readAxonalDelay(StringRef whatReaderDoes) {
  if (!readIntegers("delay", layer.delay))
    return false;
  if (!layer.delay)
    return true;
  int64_t channels = layer.shape.front();
  Integers &delay = *layer.delay;
  if (delay.values.size() != 1 && delay.shape != Shape{channels})
    return fail("'delay' has shape " + nir::toString(delay.shape) + ", expected one number or " + Twine(channels) +
                " (for each output)");
  warn("'delay' is that of the spikes which the layer sends, as lava-dl trains it; its reader " + whatReaderDoes);
  return clipDelay();
}

/// To what lava-dl's reader takes.
bool LayerReader::clipDelay() {
  bool clipped = false;
  for (int64_t &value : layer.delay->values) {
    if (value < 0)
      return fail("'delay' holds " + Twine(value) + ", which is negative");
    clipped |= value > kLargestDelay;
    value = std::min(value, kLargestDelay);
  }
  if (clipped)
    warn("'delay' holds more than " + Twine(kLargestDelay) + " steps, to which it is clipped as lava-dl's reader does");
  return true;
}

/// Brings `delay` to one number, or one for each output, input or synapse.
bool LayerReader::readDelay() {
  if (!readIntegers("delay", layer.delay))
    return false;
  if (!layer.delay)
    return true;
  int64_t outputs = layer.weight->shape[0], inputs = layer.weight->shape[1];
  Integers &delay = *layer.delay;
  bool fits = delay.values.size() == 1 || delay.shape == Shape{outputs} || delay.shape == Shape{inputs} ||
              delay.shape == Shape{outputs, inputs};
  if (!fits)
    return fail("'delay' has shape " + nir::toString(delay.shape) + ", expected one number, " + Twine(outputs) +
                " (for each output), " + Twine(inputs) + " (for each input) or " + nir::toString(layer.weight->shape) +
                " (for each synapse)");
  return clipDelay();
}

/// The matrix of a layer; a resonator has two.
bool LayerReader::readWeights() {
  bool hasNeuron = layer.neuron && isResonator(layer.neuron->kind), isComplex = node.find("weight/imag");
  if (hasNeuron != isComplex)
    return fail(hasNeuron ? "'weight/imag' is missing, which resonate-and-fire neurons need"
                          : "'weight/imag' is of resonate-and-fire neurons, but 'neuron/type' is " +
                                (layer.neuron ? "'" + layer.neuron->type + "'" : std::string("missing")));
  int64_t outputs = layer.shape.front();
  auto read = [&](StringRef key, std::optional<Integers> &matrix) {
    if (!readIntegers(key, matrix))
      return false;
    if (!matrix)
      return fail("'" + key + "' is missing");
    int64_t count = matrix->values.size();
    if (matrix->shape.size() == 1 && count % outputs == 0)
      matrix->shape = {outputs, count / outputs};
    return (matrix->shape.size() == 2 && matrix->shape[0] == outputs) ||
           fail("'" + key + "' has shape " + nir::toString(matrix->shape) + ", expected " + Twine(outputs) +
                " outputs and inputs");
  };
  if (!isComplex)
    return read("weight", layer.weight);
  if (!read("weight/real", layer.weight) || !read("weight/imag", layer.imaginary))
    return false;
  return layer.weight->shape == layer.imaginary->shape ||
         fail("'weight/real' has shape " + nir::toString(layer.weight->shape) + ", but 'weight/imag' " +
              nir::toString(layer.imaginary->shape));
}

bool LayerReader::readDense() {
  if (!readWeights())
    return false;
  int64_t outputs = layer.shape.front();
  if (layer.kind == LayerKind::DenseRecurrent) {
    if (!readIntegers("weight_rec", layer.recurrent))
      return false;
    if (!layer.recurrent || layer.recurrent->shape != Shape{outputs, outputs})
      return fail("'weight_rec' is missing, or its shape is not " + nir::toString(Shape{outputs, outputs}));
  }
  seen.insert("inFeatures");
  seen.insert("outFeatures");
  if (layer.imaginary) {
    for (StringRef key : {"bias", "delay"})
      if (find(key))
        warn("'" + key + "' is ignored, as lava-dl's reader does with complex weights");
    return true;
  }
  if (layer.kind == LayerKind::DenseRecurrent)
    return readAxonalDelay(
               "delays the layer's input and its recurrent spikes, and drops the exponent of its weights") &&
           readBias();
  if (!readDelay() || !readBias())
    return false;
  return !(layer.bias && layer.neuron && layer.neuron->isDecoder) ||
         fail("'bias' of a sigma decoder, which has none in Lava");
}

bool LayerReader::readConv() {
  if (!readIntegers("weight", layer.weight))
    return false;
  if (!layer.weight)
    return fail("'weight' is missing");
  Shape &shape = layer.weight->shape;
  if (shape.size() == 5 && shape.back() == 1)
    shape.pop_back();
  if (shape.size() != 4)
    return fail("'weight' has shape " + nir::toString(shape) + ", expected outputs, inputs, height and width");
  if (!readPair("stride", 1, layer.stride) || !readPair("padding", 0, layer.padding) ||
      !readPair("dilation", 1, layer.dilation) || !readNumber("groups", 1, kMaxLength, layer.groups, false))
    return false;
  if (!layer.neuron)
    return fail("'neuron' is missing, which a convolution needs");
  if (!readAxonalDelay("ignores it"))
    return false;
  for (StringRef key : {"kernelSize", "inChannels", "outChannels"})
    seen.insert(key);
  return readBias();
}

bool LayerReader::readInput() {
  return readNumber("weight", INT32_MIN, INT32_MAX, layer.inputWeight, false) &&
         readNumber("bias", INT32_MIN, INT32_MAX, layer.inputBias, false);
}

void LayerReader::warnOfOthers() {
  for (const auto &[key, array] : node.params)
    if (!seen.contains(StringRef(key)))
      warn("'" + key + "' is not known and is ignored");
}

std::optional<Layer> LayerReader::read() {
  static const std::pair<StringRef, LayerKind> kinds[] = {{"input", LayerKind::Input},
                                                          {"conv", LayerKind::Conv},
                                                          {"flatten", LayerKind::Flatten},
                                                          {"dense", LayerKind::Dense},
                                                          {"dense_rec", LayerKind::DenseRecurrent}};
  const auto *kind = find_if(kinds, [&](const auto &known) { return known.first == node.type; });
  if (kind == std::end(kinds)) {
    fail("'type' is '" + node.type + "', expected input, conv, flatten, dense or dense_rec");
    return std::nullopt;
  }
  layer.kind = kind->second;
  seen.insert("type");
  if (!readShape() || !readNeuron())
    return std::nullopt;
  bool fine = layer.kind == LayerKind::Input     ? readInput()
              : layer.kind == LayerKind::Conv    ? readConv()
              : layer.kind == LayerKind::Flatten ? true
                                                 : readDense();
  if (!fine)
    return std::nullopt;
  warnOfOthers();
  return std::move(layer);
}

std::optional<Network> lle::netx::readNetwork(const nir::Graph &file, nir::Report &report) {
  Network network;
  for (auto [number, node] : enumerate(file.nodes))
    if (std::optional<Layer> layer = LayerReader(node, number, report).read())
      network.layers.push_back(std::move(*layer));
  if (file.nodes.empty())
    report.error("the file has no layers");
  auto find = [&](StringRef key) -> std::optional<double> {
    auto at = file.metadata.find(key);
    if (at == file.metadata.end() || at->second.getType() == nir::ElementType::String || at->second.size() != 1)
      return std::nullopt;
    return at->second.number(0);
  };
  if (std::optional<double> milliseconds = find("simulation/Ts"); milliseconds && *milliseconds > 0)
    network.dt = *milliseconds * 1e-3;
  if (std::optional<double> steps = find("simulation/tSample"); steps && *steps >= 1 && *steps <= INT32_MAX)
    network.steps = int64_t(*steps);
  if (report.failed())
    return std::nullopt;
  return network;
}
