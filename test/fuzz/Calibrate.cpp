//===- Calibrate.cpp - inputs and thresholds that make networks fire ------===//
#include "dialects/Spk/SpkOps.h"
#include "reference/Elements.h"
#include "reference/Interpreter.h"
#include "test/fuzz/MakeElements.h"
#include "test/fuzz/RandomFixed.h"
#include "test/fuzz/Trial.h"

#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/MapVector.h"

using namespace mlir;
using namespace lle;
using namespace lle::fuzz;

Stimulus lle::fuzz::makeStimulus(NetworkOp network, RandomNumbers &random, unsigned steps) {
  Stimulus stimulus(steps);
  SmallVector<double> densities;
  for (unsigned i = 0, e = network.getNumArguments(); i < e; ++i)
    densities.push_back(random.pick({0.1, 0.3, 0.6, 1.0}));
  for (std::vector<Values> &inputs : stimulus) {
    for (auto [density, type] : llvm::zip_equal(densities, network.getArgumentTypes())) {
      auto tensor = cast<RankedTensorType>(type);
      bool isReal = isa<FloatType>(tensor.getElementType()), isBinary = tensor.getElementType().isInteger(1);
      Values &values = inputs.emplace_back(tensor.getNumElements(), 0.0);
      for (double &value : values) {
        if (!random.chance(isBinary ? density * 0.6 : density))
          continue;
        value = isReal ? random.number(-1, 2, kInputBits) : isBinary ? 1 : double(random.range(-2, 4));
        if (tensor.getElementType().isF32())
          value = float(value);
      }
    }
  }
  return stimulus;
}

OwningOpRef<ModuleOp> lle::fuzz::cloneWithOutputs(NetworkOp network, ArrayRef<Value> outputs) {
  OwningOpRef<ModuleOp> module = ModuleOp::create(network.getLoc());
  OpBuilder builder(module->getBodyRegion());
  IRMapping mapping;
  auto copy = cast<NetworkOp>(builder.clone(*network, mapping));
  auto output = cast<OutputOp>(copy.getBody().front().getTerminator());
  SmallVector<Value> values(output.getValues());
  for (Value value : outputs)
    values.push_back(mapping.lookup(value));
  output->setOperands(values);
  copy.setFunctionType(builder.getFunctionType(copy.getArgumentTypes(), output.getOperandTypes()));
  if (copy.getResAttrs()) {
    SmallVector<Attribute> attributes(copy.getResAttrs()->getValue());
    attributes.resize(values.size(), builder.getDictionaryAttr({}));
    copy.setResAttrsAttr(builder.getArrayAttr(attributes));
  }
  return module;
}

static SmallVector<Operation *> getSpikingPopulations(NetworkOp network) {
  SmallVector<Operation *> populations;
  for (Operation &op : network.getBody().front())
    if (auto neuron = dyn_cast<NeuronOpInterface>(&op); neuron && neuron.emitsSpikes())
      populations.push_back(&op);
  return populations;
}

SmallVector<FiringRate> lle::fuzz::measureRates(NetworkOp network, const Stimulus &stimulus) {
  SmallVector<Operation *> populations = getSpikingPopulations(network);
  SmallVector<FiringRate> rates;
  if (populations.empty())
    return rates;
  auto spikes = llvm::map_to_vector(populations, [](Operation *op) -> Value { return op->getResult(0); });
  OwningOpRef<ModuleOp> probed = cloneWithOutputs(network, spikes);
  auto engine = createReferenceEngine(*probed->getOps<NetworkOp>().begin(), Precision::f64);
  if (!engine)
    return rates;
  auto instance = engine->instantiate();
  for (Operation *population : populations)
    rates.push_back({population});
  unsigned first = network.getResultTypes().size();
  std::vector<Values> outputs;
  for (const std::vector<Values> &inputs : stimulus) {
    instance->step(inputs, outputs);
    for (auto [index, rate] : llvm::enumerate(rates))
      for (double spikes : outputs[first + index]) {
        rate.rate += spikes != 0;
        rate.largest = std::max(rate.largest, std::abs(spikes));
      }
  }
  for (FiringRate &rate : rates) {
    auto type = cast<RankedTensorType>(rate.population->getResult(0).getType());
    rate.rate /= double(type.getNumElements()) * double(stimulus.size());
  }
  return rates;
}

namespace {
/// The thresholds of one population, times 2^k or 1.5 2^k: a dyadic threshold stays dyadic.
struct Level {
  ElementsAttr base;
  int index = 0, step = 0; ///< The last step; it is halved whenever the direction changes.

  void move(Operation *population, bool up) {
    int direction = up ? 1 : -1;
    int size = step == 0 ? 4 : step * direction > 0 ? std::abs(step) : std::max(1, std::abs(step) / 2);
    step = size * direction;
    index += step;
    double factor = std::ldexp(index & 1 ? 1.5 : 1.0, index >> 1);
    std::vector<double> values = readElements(base);
    for (double &value : values)
      value = isFixedNeuron(population->getName())
                  ? std::clamp(std::floor(value * factor), 1.0, getLargestThreshold(population))
                  : value * factor;
    auto type = RankedTensorType::get(base.getShapedType().getShape(), base.getElementType());
    population->setAttr("v_threshold", makeElements(type, values));
  }
};
} // namespace

bool lle::fuzz::calibrate(NetworkOp network, const Stimulus &stimulus) {
  static constexpr unsigned kMaxRuns = 40;
  llvm::MapVector<Operation *, Level> levels;
  for (Operation *population : getSpikingPopulations(network)) {
    Level &level = levels[population];
    level.base = cast<NeuronOpInterface>(population).getFiringThreshold();
  }
  for (unsigned run = 0; run < kMaxRuns; ++run) {
    // The first population in the order of the text: later ones depend on it more than it does on them.
    bool counts = true;
    for (const FiringRate &rate : measureRates(network, stimulus)) {
      // What sends numbers and not spikes may send large ones.
      bool isGraded = isFixedNeuron(rate.population->getName());
      bool tooMuch = rate.rate > kMaxRate || (rate.largest > kMaxCount && !isGraded);
      if (!tooMuch && rate.rate >= kMinRate)
        continue;
      levels[rate.population].move(rate.population, /*up=*/tooMuch);
      counts = false;
      break;
    }
    if (counts)
      return true;
  }
  return false;
}
