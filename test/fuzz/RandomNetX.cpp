//===- RandomNetX.cpp - random and damaged NetX files ---------------------===//
#include "test/fuzz/RandomNetX.h"

using llvm::SmallVector;
using namespace lle;
using namespace lle::fuzz;
using namespace lle::netx;

namespace {
class NetXBuilder {
public:
  explicit NetXBuilder(Random &random) : random(random) {}
  Network build();

private:
  Random &random;
  Network network;
  Shape shape; ///< Of what the last layer gives.

  Layer &addLayer(LayerKind kind);
  Integers makeIntegers(llvm::ArrayRef<int64_t> dims, int64_t smallest, int64_t largest);
  Neuron makeNeuron(bool mayBeGraded = true) {
    if (mayBeGraded && random.chance(0.3))
      return {"SDNN", 0, 4096, random.range(0, 2000), NeuronKind::SigmaDelta};
    return {random.pick<std::string>({"CUBA", "LOIHI"}), random.range(0, 4096), random.range(0, 4096),
            random.range(0, 2000)};
  }
  void addResonators();
  void addConv();
  void addDense(bool isLast);
};
} // namespace

Layer &NetXBuilder::addLayer(LayerKind kind) {
  Layer layer{};
  layer.kind = kind;
  layer.number = network.layers.size();
  network.layers.push_back(std::move(layer));
  return network.layers.back();
}

Integers NetXBuilder::makeIntegers(llvm::ArrayRef<int64_t> dims, int64_t smallest, int64_t largest) {
  Integers integers{Shape(dims), {}};
  int64_t count = 1;
  for (int64_t length : dims)
    count *= length;
  for (int64_t i = 0; i < count; ++i)
    integers.values.push_back(random.range(smallest, largest));
  return integers;
}

void NetXBuilder::addConv() {
  Layer &layer = addLayer(LayerKind::Conv);
  int64_t groups = shape[0] % 2 == 0 && random.chance(0.3) ? 2 : 1, outputs = groups * random.range(1, 3);
  Shape kernel{outputs, shape[0] / groups}, result{outputs};
  for (unsigned dim = 0; dim < 2; ++dim) {
    int64_t length = random.range(1, std::min<int64_t>(3, shape[dim + 1]));
    kernel.push_back(length);
    layer.stride.push_back(random.range(1, 2));
    layer.padding.push_back(random.range(0, 1));
    layer.dilation.push_back(1);
    result.push_back((shape[dim + 1] + 2 * layer.padding[dim] - length) / layer.stride[dim] + 1);
  }
  layer.weight = makeIntegers(kernel, -100, 100);
  layer.groups = groups;
  layer.neuron = makeNeuron();
  if (random.chance(0.3))
    layer.delay = makeIntegers(random.pick<Shape>({Shape{}, Shape{outputs}}), 0, 12);
  if (random.chance(0.5))
    layer.bias = makeIntegers(outputs, -50, 50);
  layer.shape = shape = result;
}

/// A layer of complex weights.
void NetXBuilder::addResonators() {
  int64_t inputs = shape[0], outputs = random.range(1, 8);
  Layer &layer = addLayer(LayerKind::Dense);
  bool isPhase = random.chance(0.5);
  Neuron neuron{isPhase ? "RF_PHASE" : "RF_IZHIKEVICH", 0, 4096, random.range(0, 2000),
                isPhase ? NeuronKind::Phase : NeuronKind::Izhikevich};
  for (std::optional<Integers> *decay : {&neuron.sine, &neuron.cosine})
    *decay = makeIntegers(random.chance(0.5) ? Shape{} : Shape{outputs}, -4096, 4096);
  layer.neuron = std::move(neuron);
  layer.weight = makeIntegers({outputs, inputs}, -127, 127);
  layer.imaginary = makeIntegers({outputs, inputs}, -127, 127);
  layer.shape = shape = {outputs};
}

void NetXBuilder::addDense(bool isLast) {
  if (random.chance(0.2))
    return addResonators();
  int64_t inputs = shape[0], outputs = random.range(1, 8);
  bool isRecurrent = random.chance(0.3);
  Layer &layer = addLayer(isRecurrent ? LayerKind::DenseRecurrent : LayerKind::Dense);
  bool isEven = random.chance(0.5);
  layer.weight = makeIntegers({outputs, inputs}, -127, 127);
  for (int64_t &weight : layer.weight->values)
    weight *= isEven ? 2 : 1;
  if (isRecurrent)
    layer.recurrent = makeIntegers({outputs, outputs}, -20, 20);
  SmallVector<Shape> delays{{}, {outputs}};
  if (!isRecurrent)
    delays.append({{inputs}, {outputs, inputs}});
  if (random.chance(0.4))
    layer.delay = makeIntegers(random.pick(delays), 0, 12);
  if (!isLast || isRecurrent || random.chance(0.7))
    layer.neuron = makeNeuron(/*mayBeGraded=*/!isRecurrent);
  if (isLast && layer.neuron && layer.neuron->kind == NeuronKind::SigmaDelta)
    layer.neuron->isDecoder = random.chance(0.5);
  if (random.chance(0.5) && !(layer.neuron && layer.neuron->isDecoder))
    layer.bias = makeIntegers(outputs, -50, 50);
  layer.shape = shape = {outputs};
}

Network NetXBuilder::build() {
  if (random.chance(0.5)) {
    shape = {random.range(1, 3), random.range(1, 5), random.range(1, 5)};
    Layer &input = addLayer(LayerKind::Input);
    input.shape = shape;
    if (random.chance(0.3))
      input.neuron = makeNeuron();
    for (int64_t convs = random.range(0, 2); convs > 0; --convs)
      addConv();
    int64_t size = shape[0] * shape[1] * shape[2];
    addLayer(LayerKind::Flatten).shape = {size, 1, 1};
    shape = {size};
  } else {
    shape = {random.range(1, 8)};
  }
  for (int64_t layers = random.range(1, 3); layers > 0; --layers)
    addDense(layers == 1);
  if (random.chance(0.5))
    network.steps = random.range(1, 100);
  return std::move(network);
}

Network lle::fuzz::makeNetX(Random &random) { return NetXBuilder(random).build(); }

static void damageIntegers(Integers &integers, bool keepsRank, Random &random) {
  if (!keepsRank && random.chance(0.3)) {
    integers.values.push_back(random.range(-3, 3));
    integers.shape = {int64_t(integers.values.size())};
    return;
  }
  integers.values[random.below(integers.values.size())] =
      random.pick<int64_t>({-1, 0, 63, 255, 256, -257, 4096, 1 << 20, INT32_MAX, INT32_MIN});
}

void lle::fuzz::damageNetX(Network &network, Random &random) {
  for (int64_t changes = random.range(1, 2); changes > 0; --changes) {
    Layer &layer = random.pick(network.layers);
    std::optional<Integers> *arrays[] = {&layer.weight, &layer.recurrent, &layer.bias, &layer.delay, &layer.imaginary};
    switch (random.below(8)) {
    case 0:
      if (network.layers.size() > 1)
        network.layers.erase(network.layers.begin() + random.below(network.layers.size()));
      break;
    case 1:
      layer.shape.push_back(random.range(0, 3));
      break;
    case 2:
      layer.shape[random.below(layer.shape.size())] = random.pick<int64_t>({-1, 0, 1, 7, int64_t(1) << 40});
      break;
    case 3:
      if (layer.neuron)
        random.pick<int64_t *>({&layer.neuron->iDecay, &layer.neuron->vDecay, &layer.neuron->vThMant})[0] =
            random.pick<int64_t>({-1, 0, 4097, 1 << 20});
      break;
    case 4:
      if (layer.kind == LayerKind::Conv)
        random.pick<Shape *>({&layer.stride, &layer.padding, &layer.dilation})->front() = random.range(-1, 9);
      break;
    case 5:
      if (layer.neuron && layer.neuron->sine)
        damageIntegers(random.chance(0.5) ? *layer.neuron->sine : *layer.neuron->cosine, /*keepsRank=*/false, random);
      break;
    default:
      // Weights keep their rank: the writer takes the numbers of inputs and outputs from there.
      if (std::optional<Integers> *array = arrays[random.below(5)]; *array)
        damageIntegers(**array, /*keepsRank=*/array == arrays[0], random);
    }
  }
  for (unsigned number = 0; number < network.layers.size(); ++number)
    network.layers[number].number = number;
}
