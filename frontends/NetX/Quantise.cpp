//===- Quantise.cpp - networks of floats in the chip's integers -----------===//
#include "frontends/NetX/Quantise.h"
#include "dialects/Spk/FixedPoint.h"
#include "dialects/Spk/SpkOps.h"
#include "frontends/NetX/Weights.h"

#include "mlir/IR/AsmState.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/SetVector.h"

#include <cmath>

using namespace mlir;
using namespace lle;
using namespace lle::netx;

/// One number for each neuron of a population, or for each output of a synapse.
using Numbers = std::vector<double>;

static Numbers getNumbers(ElementsAttr elements) {
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(elements))
    elements = DenseElementsAttr::getFromRawBuffer(resource.getType(), resource.getData());
  Numbers numbers;
  if (isa<FloatType>(elements.getElementType()))
    for (APFloat value : elements.getValues<APFloat>()) {
      bool losesInfo;
      value.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven, &losesInfo);
      numbers.push_back(value.convertToDouble());
    }
  else
    for (const APInt &value : elements.getValues<APInt>())
      numbers.push_back(double(value.getSExtValue()));
  return numbers;
}

namespace {
/// What of a population becomes integers.
struct Population {
  Operation *op;
  Numbers gain;                           ///< What a step makes of an input of one.
  Numbers decaySyn, decayMem;             ///< Fractions lost in a step.
  Numbers leak;                           ///< What a step adds without input.
  std::vector<Operation *> synapses;      ///< What feeds it.
  llvm::DenseSet<Operation *> lateBiases; ///< Synapses behind which a delay stands.
  double scale = 0;
};

class Quantiser {
public:
  Quantiser(NetworkOp network, const Profile &profile, nir::Report &report)
      : network(network), profile(profile), report(report), builder(network.getContext()) {}
  LogicalResult run();

private:
  NetworkOp network;
  const Profile &profile;
  nir::Report &report;
  OpBuilder builder;
  std::vector<Population> populations;
  llvm::DenseMap<Operation *, Population *> fed; ///< By synapse.

  LogicalResult fail(Operation *op, const Twine &message) {
    auto name = op->getAttrOfType<StringAttr>("name");
    report.error((name ? "node '" + name.getValue() + "': " : Twine()) + message);
    return failure();
  }
  LogicalResult collect(Operation *op);
  template <typename NeuronOp>
  LogicalResult addPopulation(NeuronOp op);
  LogicalResult findSynapses(Population &population);
  Type getNewElement(Value value, unsigned depth = 0);
  LogicalResult chooseScale(Population &population);
  LogicalResult quantise(Population &population);
  Numbers getGainOfOutputs(Population &population, Operation *synapse);
  void replaceNeuron(Population &population, const std::vector<int64_t> &bias, int64_t exponent);
};
} // namespace

//===----------------------------------------------------------------------===//
// What there is
//===----------------------------------------------------------------------===//

template <typename NeuronOp>
LogicalResult Quantiser::addPopulation(NeuronOp op) {
  Population population;
  population.op = op;
  size_t count = cast<ShapedType>(op.getInput().getType()).getNumElements();
  Numbers zeros(count, 0.0), ones(count, 1.0);
  population.gain = ones;
  population.decaySyn = ones;
  population.leak = zeros;
  double dt = network.getDt().convertToDouble();
  auto get = [&](ElementsAttr elements) { return elements ? getNumbers(elements) : zeros; };
  spk::DynamicsAttr rule = op.getDynamics();
  bool isPerStep = rule.getGain() == spk::Gain::per_step;
  auto multiplyGain = [&](size_t n, double factor) { population.gain[n] *= isPerStep ? factor : 1; };
  if constexpr (std::is_same_v<NeuronOp, spk::IFOp> || std::is_same_v<NeuronOp, spk::IntegratorOp>) {
    population.decayMem = zeros;
    Numbers r = op.getRAttr() ? get(op.getRAttr()) : ones;
    for (size_t n = 0; n < count; ++n)
      multiplyGain(n, r[n] * dt);
  } else {
    bool isDiscrete = rule.getIntegrator() == spk::Integrator::discrete;
    if ((!isDiscrete && rule.getIntegrator() != spk::Integrator::decay_euler) ||
        rule.getOrder() != spk::Order::decay_first)
      return fail(op, "the chip decays by 1 - dt / tau and then adds, which " +
                          Twine(spk::stringifyIntegrator(rule.getIntegrator())) + " is not");
    constexpr bool isCuba = std::is_same_v<NeuronOp, spk::CubaLIFOp> || std::is_same_v<NeuronOp, spk::CubaLIOp>;
    population.decayMem = zeros;
    Numbers tauMem, tauSyn, leak = zeros, r = ones, weight = ones;
    if constexpr (isCuba) {
      if (isDiscrete) {
        Numbers keptSyn = get(op.getDecaySynAttr()), keptMem = get(op.getDecayMemAttr());
        for (size_t n = 0; n < count; ++n) {
          population.decaySyn[n] = 1 - keptSyn[n];
          population.decayMem[n] = 1 - keptMem[n];
        }
      } else {
        tauSyn = get(op.getTauSynAttr());
        tauMem = get(op.getTauMemAttr());
        weight = get(op.getWInAttr());
      }
      if (op.getILeakAttr())
        return fail(op, "the chip's current leaks to 0");
    } else {
      if (isDiscrete) {
        Numbers kept = get(op.getDecayAttr());
        for (size_t n = 0; n < count; ++n)
          population.decayMem[n] = 1 - kept[n];
      } else {
        tauMem = get(op.getTauAttr());
      }
    }
    if (isDiscrete)
      population.leak = get(op.getBiasAttr());
    else {
      leak = get(op.getVLeakAttr());
      r = get(op.getRAttr());
    }
    for (size_t n = 0; !isDiscrete && n < count; ++n) {
      population.decayMem[n] = dt / tauMem[n];
      multiplyGain(n, r[n] * (dt / tauMem[n]));
      if (isCuba) {
        population.decaySyn[n] = dt / tauSyn[n];
        multiplyGain(n, weight[n] * (dt / tauSyn[n]));
      }
      population.leak[n] = leak[n] * (dt / tauMem[n]);
    }
  }
  auto isZero = [](double value) { return value == 0; };
  if (rule.getScale() != spk::Scale::membrane)
    return fail(op, "the chip's threshold is that of the equation, not scaled by the input");
  if (!llvm::all_of(get(op.getVInitAttr()), isZero))
    return fail(op, "the chip's neurons start at 0, but v_init is not");
  for (size_t n = 0; n < count; ++n)
    if (population.decayMem[n] < 0 || population.decayMem[n] > 1 || population.decaySyn[n] < 0 ||
        population.decaySyn[n] > 1)
      return fail(op, "a step is longer than a time constant, so that the chip cannot decay by 1 - dt / tau");
  populations.push_back(std::move(population));
  return success();
}

/// One spike a step, above the threshold, and back to 0.
template <typename SpikingOp>
static bool firesAsChip(SpikingOp op) {
  spk::FiringAttr firing = op.getFiring();
  bool resets = firing.getReset() == spk::Reset::to_value && firing.getWhen() == spk::When::same_step &&
                firing.getScope() == spk::Scope::membrane && op.getVResetAttr() &&
                llvm::all_of(getNumbers(op.getVResetAttr()), [](double value) { return value == 0; });
  return resets && firing.getCompare() == spk::Compare::gt && firing.getEmit() == spk::Emit::updated &&
         firing.getMaxSpikes() == 1 && !op.getVMinAttr();
}

LogicalResult Quantiser::collect(Operation *op) {
  auto add = [&](auto neuron) { return addPopulation(neuron); };
  auto addSpiking = [&](auto neuron) -> LogicalResult {
    if (!firesAsChip(neuron))
      return fail(op, "the chip's neurons fire above the threshold once a step and are reset to 0 at once");
    return addPopulation(neuron);
  };
  if (auto neuron = dyn_cast<spk::IFOp>(op))
    return addSpiking(neuron);
  if (auto neuron = dyn_cast<spk::LIFOp>(op))
    return addSpiking(neuron);
  if (auto neuron = dyn_cast<spk::CubaLIFOp>(op))
    return addSpiking(neuron);
  if (auto neuron = dyn_cast<spk::IntegratorOp>(op))
    return add(neuron);
  if (auto neuron = dyn_cast<spk::LIOp>(op))
    return add(neuron);
  if (auto neuron = dyn_cast<spk::CubaLIOp>(op))
    return add(neuron);
  if (isa<WeightOp, DelayOp, FlattenOp, SliceOp, ConcatOp, TransposeOp, AddOp, SumPool2dOp, LinearOp, AffineOp,
          Conv1dOp, Conv2dOp, OutputOp>(op))
    return success();
  return fail(op, "there is no integer form of '" + Twine(op->getName().getStringRef()) + "'");
}

/// Back from the input of a population, over sums and delays.
LogicalResult Quantiser::findSynapses(Population &population) {
  SmallVector<std::pair<Value, bool>> values{{population.op->getOperand(0), false}};
  llvm::SmallPtrSet<Operation *, 8> seen;
  while (!values.empty()) {
    auto [value, isLate] = values.pop_back_val();
    Operation *op = value.getDefiningOp();
    if (op && !seen.insert(op).second)
      continue;
    if (isa_and_nonnull<AddOp, DelayOp>(op)) {
      for (Value operand : op->getOperands())
        values.push_back({operand, isLate || isa<DelayOp>(op)});
      continue;
    }
    if (!isa_and_nonnull<SynapseOpInterface>(op))
      return fail(population.op, "its input must come from synapses, whose weights take its scale");
    Population *&owner = fed[op];
    if (owner && owner != &population)
      return fail(op, "it feeds several populations, which need weights of their own");
    owner = &population;
    population.synapses.push_back(op);
    if (isLate)
      population.lateBiases.insert(op);
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Integers
//===----------------------------------------------------------------------===//

/// The gain at each output of a synapse: that of the neuron, which for a convolution must be the channel's.
Numbers Quantiser::getGainOfOutputs(Population &population, Operation *synapse) {
  size_t outputs = cast<ShapedType>(synapse->getOperand(1).getType())
                       .getShape()
                       .drop_front(cast<SynapseOpInterface>(synapse).getOutputChannelDim())
                       .front();
  bool isConv = isa<Conv1dOp, Conv2dOp>(synapse);
  size_t row = isConv ? population.gain.size() / outputs : 1;
  Numbers gains;
  for (size_t output = 0; output < outputs; ++output) {
    gains.push_back(population.gain[output * row]);
    for (size_t n = 0; n < row; ++n)
      if (population.gain[output * row + n] != gains.back())
        return {};
  }
  if (!isConv && population.gain.size() != outputs)
    return {};
  return gains;
}

static std::optional<Numbers> getConstant(Value value) {
  ElementsAttr elements;
  if (!matchPattern(value, m_Constant(&elements)))
    return std::nullopt;
  return getNumbers(elements);
}

/// The largest power of two with which all weights fit, or what was asked for.
LogicalResult Quantiser::chooseScale(Population &population) {
  double largest = 0;
  for (Operation *synapse : population.synapses) {
    std::optional<Numbers> weights = getConstant(synapse->getOperand(1));
    Numbers gains = getGainOfOutputs(population, synapse);
    if (!weights || cast<ShapedType>(synapse->getOperand(1).getType()).getRank() > 4)
      return fail(synapse, "its weights are not constant");
    if (gains.empty())
      return fail(synapse, "neurons that share weights differ in their parameters");
    size_t row = weights->size() / gains.size();
    for (size_t i = 0; i < weights->size(); ++i)
      largest = std::max(largest, std::abs((*weights)[i] * gains[i / row]));
  }
  if (profile.scale) {
    population.scale = *profile.scale;
    return success();
  }
  auto neuron = cast<NeuronOpInterface>(population.op);
  double threshold = 0;
  if (ElementsAttr elements = neuron.getFiringThreshold())
    for (double value : getNumbers(elements))
      threshold = std::max(threshold, value);
  // A scale that neither weights nor threshold bound is as good as any.
  population.scale = 0x1p20;
  while (population.scale * largest > 254 || population.scale * threshold > spk::loihi::kLargestThreshold)
    population.scale /= 2;
  return success();
}

static DenseElementsAttr makeIntegers(RankedTensorType type, ArrayRef<int64_t> values) {
  SmallVector<APInt> integers;
  for (int64_t value : values)
    integers.emplace_back(type.getElementTypeBitWidth(), uint64_t(value), /*isSigned=*/true);
  return DenseElementsAttr::get(type, integers);
}

static Value makeWeights(OpBuilder &builder, Location loc, ArrayRef<int64_t> shape, ArrayRef<int64_t> values,
                         StringRef resource) {
  static constexpr size_t kLarge = 256;
  auto fits = [&](unsigned bits) {
    return llvm::all_of(values, [&](int64_t value) { return llvm::isIntN(bits, value); });
  };
  auto type = RankedTensorType::get(shape, builder.getIntegerType(fits(8) ? 8 : fits(16) ? 16 : 32, true));
  DenseElementsAttr dense = makeIntegers(type, values);
  if (dense.isSplat() || values.size() < kLarge)
    return WeightOp::create(builder, loc, type, dense);
  auto blob = HeapAsmResourceBlob::allocateAndCopyWithAlign(dense.getRawData(), alignof(int32_t));
  return WeightOp::create(builder, loc, type, DenseResourceElementsAttr::get(type, resource, std::move(blob)));
}

void Quantiser::replaceNeuron(Population &population, const std::vector<int64_t> &bias, int64_t exponent) {
  Operation *op = population.op;
  auto type = cast<RankedTensorType>(op->getOperand(0).getType());
  ArrayRef<int64_t> shape = type.getShape();
  builder.setInsertionPoint(op);
  NamedAttrList attributes;
  auto set = [&](StringRef name, llvm::function_ref<int64_t(size_t)> get) {
    std::vector<int64_t> values;
    for (size_t n = 0; n < population.gain.size(); ++n)
      values.push_back(get(n));
    attributes.set(name, makeIntegers(RankedTensorType::get(shape, builder.getI32Type()), values));
  };
  attributes.set("name", op->getAttr("name"));
  attributes.set("arithmetic", spk::ArithmeticAttr::get(op->getContext(), spk::Arithmetic::loihi));
  set("du", [&](size_t n) { return int64_t(4096 * population.decaySyn[n]) - 1; });
  set("dv", [&](size_t n) { return int64_t(4096 * population.decayMem[n]); });
  if (llvm::any_of(bias, [](int64_t value) { return value != 0; })) {
    bool isCoarse = llvm::all_of(bias, [](int64_t value) { return value % 64 == 0; });
    set("bias_mant", [&](size_t n) { return isCoarse ? bias[n] / 64 : bias[n]; });
    set("bias_exp", [&](size_t) { return isCoarse ? 6 : 0; });
  }
  if (exponent != 0)
    attributes.set("weight_exp", builder.getI64IntegerAttr(exponent));
  auto neuron = cast<NeuronOpInterface>(op);
  bool isSpiking = neuron.emitsSpikes();
  if (isSpiking) {
    Numbers thresholds = getNumbers(neuron.getFiringThreshold());
    set("v_threshold", [&](size_t n) { return int64_t(population.scale * thresholds[n]); });
  }
  OperationState state(op->getLoc(),
                       isSpiking ? spk::FixedCubaLIFOp::getOperationName() : spk::FixedCubaLIOp::getOperationName());
  state.addOperands(op->getOperand(0));
  Type element = isSpiking ? Type(builder.getI1Type()) : Type(builder.getIntegerType(32, true));
  state.addTypes(RankedTensorType::get(shape, element));
  state.addAttributes(attributes);
  Operation *fixed = builder.create(state);
  op->getResult(0).replaceAllUsesWith(fixed->getResult(0));
  op->erase();
  population.op = fixed;
}

LogicalResult Quantiser::quantise(Population &population) {
  Operation *neuron = population.op;
  std::vector<std::vector<int64_t>> weights;
  std::vector<int64_t> bias, all, late;
  for (double leak : population.leak)
    bias.push_back(std::llround(leak * population.scale * 64));
  size_t clipped = 0, count = 0;
  // A bias takes part in the synaptic current, unless that decays at once.
  bool hasCurrent = llvm::any_of(population.decaySyn, [](double decay) { return decay != 1; });
  std::vector<std::vector<int64_t>> biases(population.synapses.size());
  for (auto [index, synapse] : llvm::enumerate(population.synapses)) {
    Numbers gains = getGainOfOutputs(population, synapse), values = *getConstant(synapse->getOperand(1));
    size_t row = values.size() / gains.size();
    std::vector<int64_t> &integers = weights.emplace_back();
    for (size_t i = 0; i < values.size(); ++i) {
      double scaled = values[i] * gains[i / row] * population.scale;
      clipped += scaled < -257 || scaled > 255;
      integers.push_back(netx::quantise(scaled));
    }
    count += values.size();
    llvm::append_range(all, integers);
    if (synapse->getNumOperands() < 3)
      continue;
    std::optional<Numbers> offsets = getConstant(synapse->getOperand(2));
    if (!offsets)
      return fail(synapse, "its bias is not constant");
    std::vector<int64_t> scaled;
    for (size_t output = 0; output < gains.size(); ++output)
      scaled.push_back(std::llround((*offsets)[output] * gains[output] * population.scale));
    if (hasCurrent || population.lateBiases.contains(synapse)) {
      llvm::append_range(late, scaled);
      biases[index] = scaled;
      continue;
    }
    for (size_t n = 0, neurons = bias.size(); n < neurons; ++n)
      bias[n] += 64 * scaled[n / (neurons / gains.size())];
  }
  if (clipped)
    report.warning("node '" + neuron->getAttrOfType<StringAttr>("name").getValue() + "': " + Twine(clipped) + " of " +
                   Twine(count) + " weights are clipped at scale " + nir::toString(population.scale));
  llvm::append_range(all, late);
  int64_t exponent = getSharedExponent(all);
  for (auto [index, synapse] : llvm::enumerate(population.synapses)) {
    builder.setInsertionPoint(synapse);
    auto name = synapse->getAttrOfType<StringAttr>("name");
    for (int64_t &weight : weights[index])
      weight >>= exponent;
    for (int64_t &offset : biases[index])
      offset >>= exponent;
    auto shape = cast<ShapedType>(synapse->getOperand(1).getType()).getShape();
    synapse->setOperand(1, makeWeights(builder, synapse->getLoc(), shape, weights[index],
                                       ((name ? name.getValue() : "synapse") + ".integers").str()));
    synapse->getResult(0).setType(
        cast<RankedTensorType>(synapse->getResult(0).getType()).clone(builder.getIntegerType(32, true)));
    if (synapse->getNumOperands() < 3)
      continue;
    bool isZero = llvm::all_of(biases[index], [](int64_t value) { return value == 0; });
    if (auto affine = dyn_cast<AffineOp>(synapse); affine && isZero) {
      Value linear = LinearOp::create(builder, affine.getLoc(), affine.getType(), affine.getInput(),
                                      affine.getWeights(), affine.getNameAttr());
      affine.replaceAllUsesWith(linear);
      affine.erase();
      continue;
    }
    auto biasShape = cast<ShapedType>(synapse->getOperand(2).getType()).getShape();
    if (biases[index].empty())
      biases[index].assign(biasShape.front(), 0);
    synapse->setOperand(2, makeWeights(builder, synapse->getLoc(), biasShape, biases[index], "bias.integers"));
  }
  replaceNeuron(population, bias, exponent);
  return success();
}

/// The element type of a value once all is integers.
Type Quantiser::getNewElement(Value value, unsigned depth) {
  static constexpr unsigned kDeepest = 1000; // a loop of delays that nothing enters
  Type element = getElementTypeOrSelf(value.getType());
  if (!isa<FloatType>(element) || depth > kDeepest)
    return element;
  Operation *op = value.getDefiningOp();
  if (!op)
    return builder.getI1Type();
  if (isa<AddOp, SumPool2dOp>(op))
    return builder.getIntegerType(32, true);
  return getNewElement(op->getOperand(0), depth + 1);
}

LogicalResult Quantiser::run() {
  for (Operation &op : network.getBody().front())
    if (failed(collect(&op)))
      return failure();
  for (Population &population : populations)
    if (failed(findSynapses(population)))
      return failure();
  for (Operation &op : network.getBody().front())
    if (isa<SynapseOpInterface>(op) && !fed.contains(&op))
      return fail(&op, "it feeds no population, which would give its weights a scale");
  for (Population &population : populations)
    if (failed(chooseScale(population)) || failed(quantise(population)))
      return failure();

  // What passes on signals follows.
  SmallVector<std::pair<Value, Type>> changes;
  auto note = [&](Value value) {
    if (isa<FloatType>(getElementTypeOrSelf(value.getType())))
      changes.push_back({value, cast<RankedTensorType>(value.getType()).clone(getNewElement(value))});
  };
  llvm::for_each(network.getBody().getArguments(), note);
  for (Operation &op : network.getBody().front())
    if (!isa<WeightOp>(op))
      llvm::for_each(op.getResults(), note);
  for (auto [value, type] : changes)
    value.setType(type);
  auto output = cast<OutputOp>(network.getBody().front().getTerminator());
  network.setFunctionType(
      builder.getFunctionType(network.getBody().front().getArgumentTypes(), output.getOperandTypes()));
  for (Operation &op : llvm::make_early_inc_range(network.getBody().front()))
    if (isa<WeightOp>(op) && op.use_empty())
      op.erase();
  network.setProfile(profile.text);
  return success();
}

LogicalResult lle::netx::quantiseNetwork(NetworkOp network, const Profile &profile, nir::Report &report) {
  return Quantiser(network, profile, report).run();
}

OwningOpRef<ModuleOp> lle::netx::importQuantisedNIR(StringRef path, const nir::ImportOptions &options,
                                                    MLIRContext &context, nir::Report &report) {
  llvm::Expected<Profile> profile = parseProfile(options.profile);
  if (!profile) {
    report.error(llvm::toString(profile.takeError()));
    return {};
  }
  if (profile->resetInterval) {
    report.error("profile: 'reset_interval' is for NetX files, whose layers have an order");
    return {};
  }
  nir::ImportOptions floats = options;
  floats.profile = profile->hasLatency ? "lava-float" : "lava-float:latency=none";
  OwningOpRef<ModuleOp> module = nir::importNIRFile(path, floats, context, report);
  if (!module || failed(quantiseNetwork(*module->getOps<NetworkOp>().begin(), *profile, report)))
    return {};
  return nir::verifyImported(std::move(module), report);
}
