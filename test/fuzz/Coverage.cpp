//===- Coverage.cpp - what random networks have in them -------------------===//
#include "test/fuzz/Coverage.h"
#include "test/fuzz/RandomFixed.h"
#include "test/fuzz/RandomQuantized.h"

#include "dialects/LLE/Layers.h"
#include "dialects/LLE/StoredStates.h"
#include "dialects/LTC/LTCOps.h"
#include "dialects/Spk/Coding.h"
#include "dialects/Spk/FewSpike.h"
#include "dialects/Spk/Gated.h"
#include "dialects/Spk/SpkModels.h"
#include "passes/Analysis/SynapseCost.h"

#include "mlir/Dialect/Quant/IR/QuantTypes.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace lle;
using namespace lle::fuzz;
using namespace lle::spk;

/// Quantised types without their numbers.
static std::string toString(Type type) {
  if (isa<quant::UniformQuantizedPerAxisType>(type))
    return "quantised per channel " + toString(getKeptType(type));
  if (isa<quant::QuantizedType>(type))
    return "quantised " + toString(getKeptType(type));
  std::string text;
  llvm::raw_string_ostream(text) << type;
  return text;
}

static Type getElement(Value value) { return cast<ShapedType>(value.getType()).getElementType(); }

//===----------------------------------------------------------------------===//
// What is there
//===----------------------------------------------------------------------===//

namespace {
class FeatureCollector {
public:
  explicit FeatureCollector(std::set<Feature> &features) : features(features) {}
  void collect(NetworkOp network);

private:
  std::set<Feature> &features;
  std::string kind; ///< Of the operation at hand.

  void add(const Twine &fact) { features.insert({kind, fact.str()}); }
  template <typename Enum>
  void addCase(StringRef name, Enum value) {
    add(name + " " + stringifyEnum(value));
  }
  void addNeuron(NeuronOpInterface neuron);
  void addModel(Operation *neuron);
  void addStoredStates(Operation *op);
  void addCell(Operation *cell);
  void addArrangement(Operation *op);
  void addDelay(DelayOp delay);
  void addPadding(Attribute padding);
  void addWindow(StringRef name, ArrayRef<int64_t> values) {
    add(name + (llvm::all_of(values, [](int64_t v) { return v == 1; }) ? " 1" : " above 1"));
  }
  template <typename ConvOp>
  void addConv(ConvOp conv);
  template <typename PoolOp>
  void addPool(PoolOp pool);
  void addLayer(Operation *op);
  void addEdges(NetworkOp network);
  void addCellEdges(NetworkOp network);
};
} // namespace

/// Whether an operation is one of SpkModelOps.td, FewSpike.td or Gated.td.
static bool isSecondTier(OperationName name) {
  static const StringRef kModels[] = {"alif",
                                      "adlif",
                                      "plif",
                                      "refractory_lif",
                                      "ternary_lif",
                                      "ilif",
                                      "klif",
                                      "st_bif",
                                      "rf",
                                      "delta",
                                      "sigma_delta",
                                      "sliding_psn",
                                      "ode_neuron",
                                      "few_spike",
                                      "few_spike_coder",
                                      "glif"};
  return name.getDialectNamespace() == "spk" && llvm::is_contained(kModels, name.stripDialect());
}

/// What the neurons of the second tier have besides parameters.
void FeatureCollector::addModel(Operation *neuron) {
  for (StringAttr attribute : neuron->getName().getAttributeNames()) {
    StringRef name = attribute.getValue();
    Attribute value = neuron->getAttr(attribute);
    if (auto flag = dyn_cast_or_null<BoolAttr>(value))
      add(name + (flag.getValue() ? " true" : " false"));
    else if (auto number = dyn_cast_or_null<IntegerAttr>(value))
      add(name + (number.getInt() == 1 ? " one" : " several"));
    else if (value)
      llvm::TypeSwitch<Attribute>(value)
          .Case<AdaptTimeAttr, CouplingAttr, RefractoryAttr, TimeUnitAttr, ResonatorAttr, SolverAttr, ActivationAttr>(
              [&](auto option) { addCase(name, option.getValue()); });
  }
  add("of " + toString(getElement(neuron->getResult(0))));
  if (isa<RFOp>(neuron))
    add(neuron->getNumOperands() > 1 ? "two inputs" : "one input");
  if (auto gated = dyn_cast<GLIFOp>(neuron))
    add(gated.hasOwnConductances() ? "conductances of each neuron" : "conductances of all");
  if (auto ode = dyn_cast<OdeNeuronOp>(neuron)) {
    add(ode.getStateNames().size() > 1 ? "several states" : "one state");
    add(ode.getParameterNames().empty() ? "no parameter" : "parameters");
    add(ode.getReset().empty() ? "no reset" : "reset");
    for (Operation &inner : ode.getDynamics().front())
      add("region " + inner.getName().getStringRef());
    features.insert({YieldOp::getOperationName().str(), "present"});
  }
}

void FeatureCollector::addNeuron(NeuronOpInterface neuron) {
  Operation *op = neuron;
  if (auto dynamics = op->getAttrOfType<DynamicsAttr>("dynamics")) {
    addCase("integrator", dynamics.getIntegrator());
    addCase("order", dynamics.getOrder());
    addCase("gain", dynamics.getGain());
    addCase("scale", dynamics.getScale());
  }
  if (auto firing = op->getAttrOfType<FiringAttr>("firing")) {
    addCase("compare", firing.getCompare());
    addCase("reset", firing.getReset());
    addCase("when", firing.getWhen());
    addCase("emit", firing.getEmit());
    addCase("scope", firing.getScope());
    add("spikes " + toString(getElement(op->getResult(0))));
  }
  if (auto compare = op->getAttrOfType<CompareAttr>("compare"))
    addCase("compare", compare.getValue());
  if (isSecondTier(op->getName()))
    addModel(op);
  for (StringAttr name : op->getName().getAttributeNames()) {
    Attribute value = op->getAttr(name);
    if (auto elements = dyn_cast_or_null<ElementsAttr>(value))
      add(name.getValue() + (elements.isSplat() ? " uniform" : " per neuron"));
    else if (!value)
      add(name.getValue() + " absent");
  }
}

/// The name of the case that an attribute of a cell is; empty for other attributes.
static std::string getCase(Attribute value) {
  return llvm::TypeSwitch<Attribute, std::string>(value)
      .Case<ltc::SolverAttr, ltc::PositivityAttr, ltc::ModeAttr, ltc::GateSignAttr, ltc::MaskKindAttr, ltc::ResetAttr,
            ActivationAttr>([](auto attribute) { return stringifyEnum(attribute.getValue()).str(); })
      .Default([](Attribute) { return std::string(); });
}

static bool isSegments(StringAttr name) { return name == "operandSegmentSizes"; }

void FeatureCollector::addCell(Operation *cell) {
  add("on " + toString(getElement(cell->getOperand(0))));
  for (StringAttr attribute : cell->getName().getAttributeNames()) {
    StringRef name = attribute.getValue();
    Attribute value = cell->getAttr(attribute);
    if (isSegments(attribute) || name == "name")
      continue;
    if (!value)
      add(name + " absent");
    else if (auto elements = dyn_cast<ElementsAttr>(value))
      add(name + (elements.isSplat() ? " uniform" : " per element"));
    else if (auto layers = dyn_cast<ArrayAttr>(value))
      add(name + (layers.empty() ? " none" : layers.size() == 1 ? " one" : " several"));
    else if (auto number = dyn_cast<FloatAttr>(value))
      add(name + (number.getValue().isZero() ? " zero" : " positive"));
    else if (auto number = dyn_cast<IntegerAttr>(value))
      add(name + (number.getInt() == 1 ? " one" : " several"));
    else
      add(name + " " + getCase(value));
  }
  if (auto segments = cell->getAttrOfType<DenseI32ArrayAttr>("operandSegmentSizes"))
    add(segments[1] ? "time as operand" : "time constant");
  auto states = cast<StatefulOpInterface>(cell).getStates();
  bool givesHidden = !llvm::any_of(states, [&](const StateDescriptor &s) { return s.name == "h" || s.name == "v"; });
  add(givesHidden ? "hidden as operand" : "hidden kept");
  if (auto liquid = dyn_cast<ltc::LTCCellOp>(cell))
    add(liquid.getOutput().getType() == liquid.getState().getType() ? "all neurons out" : "motor neurons out");
}

void FeatureCollector::addStoredStates(Operation *op) {
  if (auto stateful = dyn_cast<StatefulOpInterface>(op))
    for (const StateDescriptor &state : getStoredStates(stateful))
      if (auto type = getQuantized(state))
        features.insert({"state", toString(type.getStorageType()) + " of " + toString(type.getExpressedType()) +
                                      (type.getZeroPoint() == 0 ? "" : ", zero point")});
}

/// Of operations that move elements.
void FeatureCollector::addArrangement(Operation *op) {
  add("of " + toString(getElement(op->getResult(0))));
  if (auto concat = dyn_cast<ConcatOp>(op))
    add(concat.getInputs().size() == 1 ? "one operand" : "several operands");
  if (auto slice = dyn_cast<SliceOp>(op))
    add(slice.getOffset() == 0 ? "from the first" : "from another");
  add(cast<ShapedType>(op->getResult(0).getType()).getRank() > 1 ? "of several dimensions" : "of one dimension");
}

void FeatureCollector::addDelay(DelayOp delay) {
  bool hasZero = llvm::any_of(delay.getSteps().getValues<APInt>(), [](const APInt &v) { return v.isZero(); });
  if (delay.getDepth() == 0)
    add("of no step");
  else if (!delay.isUniform())
    add(hasZero ? "per element, some zero" : "per element");
  else
    add(delay.getDepth() == 1 ? "of one step" : "of several steps");
  add(delay.getInitial().isZero() ? "initial zero" : "initial not zero");
  add("of " + toString(getElement(delay.getInput())));
}

void FeatureCollector::addPadding(Attribute padding) {
  if (auto text = dyn_cast<StringAttr>(padding))
    return add("padding " + text.getValue());
  bool isZero = llvm::all_of(cast<DenseI64ArrayAttr>(padding).asArrayRef(), [](int64_t v) { return v == 0; });
  add(isZero ? "padding zero" : "padding explicit");
}

template <typename ConvOp>
void FeatureCollector::addConv(ConvOp conv) {
  addPadding(conv.getPadding());
  addWindow("stride", conv.getStride());
  addWindow("dilation", conv.getDilation());
  addWindow("groups", int64_t(conv.getGroups()));
}

template <typename PoolOp>
void FeatureCollector::addPool(PoolOp pool) {
  addWindow("kernel", pool.getKernel());
  addWindow("stride", pool.getStride());
  addPadding(pool.getPaddingAttr());
}

/// Of layers, encoders and decoders: what they work on and give, and the cases that have code of their own.
void FeatureCollector::addLayer(Operation *op) {
  bool isLayer = isa<MaxPool2dOp, BatchNormOp, MulOp, ReduceOp, MatMulOp, spk::EncodeRateOp, spk::EncodeLatencyOp,
                     spk::EncodeDeltaOp, spk::DecodeSpikeCountOp, spk::DecodeFirstSpikeOp, spk::DecodePopulationOp,
                     spk::DecodeMembraneOp, spk::SelfAttentionOp>(op);
  if (!isLayer)
    return;
  auto input = cast<RankedTensorType>(op->getOperand(0).getType()),
       result = cast<RankedTensorType>(op->getResult(0).getType());
  add("on " + toString(input.getElementType()));
  add("gives " + toString(result.getElementType()));
  auto addFlag = [&](StringRef name, bool set) { add(set ? name : "not " + name.str()); };
  if (auto pool = dyn_cast<MaxPool2dOp>(op)) {
    addPool(pool);
  } else if (auto norm = dyn_cast<BatchNormOp>(op)) {
    addFlag("scale", bool(norm.getScaleAttr()));
    addFlag("shift", bool(norm.getShiftAttr()));
    bool isLast = int64_t(norm.getChannelDim()) == input.getRank() - 1;
    add(isLast ? "channels last" : "channels before others");
    if (isa_and_nonnull<SynapseOpInterface>(norm.getInput().getDefiningOp()))
      add("behind a synapse");
  } else if (auto reduce = dyn_cast<ReduceOp>(op)) {
    addCase("reduction", reduce.getReduction());
    bool isLast = int64_t(reduce.getDim()) == input.getRank() - 1;
    add(toString(input.getElementType()) + (isLast ? " along the last dimension" : " along another dimension"));
  } else if (auto product = dyn_cast<MatMulOp>(op)) {
    addFlag("transpose_a", product.getTransposeA());
    addFlag("transpose_b", product.getTransposeB());
    add("times " + toString(getElement(product.getRhs())));
    add(product.getDims().batch > 1 ? "several matrices" : "one matrix");
  } else if (auto latency = dyn_cast<spk::EncodeLatencyOp>(op)) {
    addFlag("linear", latency.getLinear());
    addFlag("normalize", latency.getNormalize());
    addFlag("clip", latency.getClip());
    add(latency.getFirst() == 0 ? "from the first step" : "from a later step");
  } else if (auto delta = dyn_cast<spk::EncodeDeltaOp>(op)) {
    addFlag("padding", delta.getPadding());
  } else if (auto membrane = dyn_cast<spk::DecodeMembraneOp>(op)) {
    addCase("readout", membrane.getReadout());
  } else if (auto population = dyn_cast<spk::DecodePopulationOp>(op)) {
    addFlag("mean", population.getMean());
  } else if (auto attention = dyn_cast<spk::SelfAttentionOp>(op)) {
    add(attention.getHeads() == 1 ? "one head" : "several heads");
    int64_t width = input.getDimSize(0) / int64_t(attention.getHeads());
    add(width > input.getDimSize(1) ? "rows of tokens" : "rows of channels");
  }
}

/// Whether `target` gets something of what `source` gives, through operations for which `passes` holds.
static bool reaches(Operation *source, Operation *target, llvm::function_ref<bool(Operation *)> passes) {
  SmallVector<Operation *> stack{source};
  llvm::SmallPtrSet<Operation *, 16> seen;
  while (!stack.empty()) {
    for (Operation *user : stack.pop_back_val()->getUsers()) {
      if (user == target)
        return true;
      if (passes(user) && seen.insert(user).second)
        stack.push_back(user);
    }
  }
  return false;
}

void FeatureCollector::addEdges(NetworkOp network) {
  kind = "edges";
  for (Operation &op : network.getBody().front()) {
    if (!isa<NeuronOpInterface>(op))
      continue;
    auto any = [](Operation *) { return true; };
    bool recurrent = reaches(&op, &op, any);
    add(recurrent ? "recurrent" : "feed-forward");
    if (reaches(&op, &op, [](Operation *user) { return isa<DelayOp, AddOp>(user); }))
      add("self");
    for (Operation &other : network.getBody().front())
      if (&other != &op && isa<NeuronOpInterface>(other) && reaches(&op, &other, any) && reaches(&other, &op, any))
        add("recurrent over several populations");
    if (llvm::range_size(op.getUsers()) > 1)
      add("fan-out");
  }
  for (auto sum : network.getOps<AddOp>())
    if (sum.getInputs().size() > 1)
      add("fan-in");
  if (!network.getOps<DelayOp>().empty())
    add("delay");
}

static bool isCell(Operation *op) { return isa<ltc::LTCDialect>(op->getDialect()); }
static bool isSpiking(Operation *op) {
  auto neuron = dyn_cast<NeuronOpInterface>(op);
  return neuron && neuron.emitsSpikes();
}

void FeatureCollector::addCellEdges(NetworkOp network) {
  kind = "edges";
  auto isBetween = [](Operation *op) { return !isCell(op) && !isSpiking(op); };
  auto any = [](Operation *) { return true; };
  for (Operation &cell : network.getBody().front()) {
    if (!isCell(&cell))
      continue;
    for (Operation &other : network.getBody().front()) {
      if (isSpiking(&other) && reaches(&cell, &other, isBetween))
        add("cell to population");
      if (isSpiking(&other) && reaches(&other, &cell, isBetween))
        add("population to cell");
      if (isSpiking(&other) && reaches(&cell, &other, any) && reaches(&other, &cell, any))
        add("loop of a cell and a population");
      if (isCell(&other) && &other != &cell && reaches(&cell, &other, isBetween))
        add("cell to cell");
      if (&other != &cell && isa<ltc::LSTMCellOp>(other) && other.getNumOperands() == 2 &&
          llvm::is_contained(other.getUsers(), &cell) &&
          reaches(&cell, &other, [](Operation *op) { return isa<DelayOp>(op); }))
        add("mixed memory");
    }
    if (reaches(&cell, &cell, [](Operation *op) { return isa<DelayOp>(op); }))
      add("state of a cell in a delay");
  }
}

void FeatureCollector::collect(NetworkOp network) {
  kind = "lle.network";
  add("present");
  add(network.getNumArguments() > 1 ? "several inputs" : "one input");
  add(network.getResultTypes().size() > 1 ? "several outputs" : "at most one output");
  for (Type type : network.getArgumentTypes())
    add("input " + toString(cast<ShapedType>(type).getElementType()));
  for (Operation &op : network.getBody().front()) {
    kind = op.getName().getStringRef().str();
    add("present");
    addLayer(&op);
    addStoredStates(&op);
    if (isFixedNeuron(op.getName()))
      collectFixedNeuron(&op, features);
    else if (isQuantized(op.getName()))
      collectQuantized(&op, features);
    else if (auto neuron = dyn_cast<NeuronOpInterface>(&op))
      addNeuron(neuron);
    else if (isCell(&op))
      addCell(&op);
    else if (isa<ConcatOp, SliceOp, TransposeOp>(op))
      addArrangement(&op);
    else if (auto activation = dyn_cast<ActivationOp>(&op))
      addCase("function", activation.getFunction());
    else if (auto delay = dyn_cast<DelayOp>(&op))
      addDelay(delay);
    else if (auto conv = dyn_cast<Conv1dOp>(&op))
      addConv(conv);
    else if (auto conv = dyn_cast<Conv2dOp>(&op))
      addConv(conv);
    else if (auto pool = dyn_cast<SumPool2dOp>(&op)) {
      add(isSpikeElement(pool.getType().getElementType()) ? "integers" : "real numbers");
      addPool(pool);
    } else if (auto pool = dyn_cast<AvgPool2dOp>(&op))
      addPool(pool);
    else if (auto sum = dyn_cast<AddOp>(&op)) {
      add(isSpikeElement(sum.getType().getElementType()) ? "integers" : "real numbers");
      add("gives " + toString(sum.getType().getElementType()));
      add(sum.getInputs().size() == 1 ? "one operand" : "several operands");
    } else if (auto weight = dyn_cast<WeightOp>(&op))
      add((isa<DenseResourceElementsAttr>(weight.getValue()) ? "resource "
           : weight.getValue().isSplat()                     ? "splat "
                                                             : "dense ") +
          toString(getElement(weight)));
    if (auto synapse = dyn_cast<SynapseOpInterface>(&op)) {
      add("on " + toString(getElement(synapse.getSignal())));
      Type weights = getElement(synapse.getSynapticWeights());
      add(isSpikeElement(getElement(op.getResult(0))) ? "integers"
          : isa<quant::QuantizedType>(weights)        ? toString(weights)
                                                      : "real numbers");
      if (auto kernel = op.getAttrOfType<StringAttr>(kSynapseAttr))
        add("kernel " + kernel.str());
      add(op.hasAttr(kActivityAttr) ? "measured activity" : "no measured activity");
      if (isa<LinearOp, AffineOp>(op))
        add(cast<ShapedType>(synapse.getSynapticWeights().getType()).getRank() > 2 ? "several matrices" : "one matrix");
    }
  }
  addEdges(network);
  addCellEdges(network);
}

std::set<Feature> lle::fuzz::getFeatures(NetworkOp network) {
  std::set<Feature> features;
  FeatureCollector(features).collect(network);
  return features;
}

//===----------------------------------------------------------------------===//
// What should be there
//===----------------------------------------------------------------------===//

/// Calls `add` with the name of each case of an enum that has a largest one.
template <typename Enum>
static void addCases(std::set<Feature> &features, StringRef op, StringRef name, unsigned largest,
                     ArrayRef<Enum> excluded = {}) {
  for (unsigned value = 0; value <= largest; ++value)
    if (!llvm::is_contained(excluded, Enum(value)))
      features.insert({op.str(), (name + " " + stringifyEnum(Enum(value))).str()});
}

static void expectAll(std::set<Feature> &features, StringRef op, StringRef name, ArrayRef<StringRef> facts) {
  for (StringRef fact : facts)
    features.insert({op.str(), (name + fact).str()});
}

/// The cases that the constraints of the second tier allow.
static void expectModel(std::set<Feature> &features, OperationName name) {
  static const StringRef kOptional[] = {"tau",    "r",      "v_leak",    "decay",     "bias",     "v_reset", "tau_b",
                                        "tau_r",  "r_jump", "v_min",     "decay_b",   "decay_r",  "tau_w",   "decay_w",
                                        "v_rest", "step",   "frequency", "decay_cos", "decay_sin"};
  StringRef op = name.getStringRef();
  auto expect = [&](const Twine &fact) { features.insert({op.str(), fact.str()}); };
  bool counts = op == ILIFOp::getOperationName();
  bool encodes = op == DeltaOp::getOperationName() || op == SigmaDeltaOp::getOperationName();
  bool isCode = op == FewSpikeOp::getOperationName() || op == FewSpikeCoderOp::getOperationName();
  bool signs = op == TernaryLIFOp::getOperationName() || op == STBIFOp::getOperationName();
  for (StringAttr attribute : name.getAttributeNames()) {
    StringRef text = attribute.getValue();
    if (text == "name" || text == "time_unit" || text == "state_names" || text == "initial" ||
        text == "parameter_names" || text == "parameter_values")
      continue;
    if (text == "dynamics") {
      addCases<Integrator>(features, op, "integrator", getMaxEnumValForIntegrator());
      addCases<Order>(features, op, "order", getMaxEnumValForOrder());
      addCases<Gain>(features, op, "gain", getMaxEnumValForGain());
    } else if (text == "firing" || text == "compare") {
      addCases<Compare>(features, op, "compare", getMaxEnumValForCompare());
      if (text == "firing")
        addCases<Reset>(features, op, "reset", getMaxEnumValForReset());
    } else if (text == "adapt") {
      addCases<AdaptTime>(features, op, text, getMaxEnumValForAdaptTime());
    } else if (text == "couple") {
      addCases<Coupling>(features, op, text, getMaxEnumValForCoupling());
    } else if (text == "refractory") {
      addCases<Refractory>(features, op, text, getMaxEnumValForRefractory());
    } else if (text == "unit") {
      addCases<TimeUnit>(features, op, text, getMaxEnumValForTimeUnit());
    } else if (text == "resonator") {
      addCases<Resonator>(features, op, text, getMaxEnumValForResonator());
    } else if (text == "solver") {
      addCases<Solver>(features, op, text, getMaxEnumValForSolver());
    } else if (text == "activation") {
      expectAll(features, op, text, {" linear", " relu"});
    } else if (text == "decay_input" || text == "scale_reset" || text == "cum_error" || text == "crossing") {
      expectAll(features, op, text, {" true", " false"});
    } else if (text == "max_spikes" || text == "substeps") {
      expectAll(features, op, text, {" one", " several"});
    } else {
      expectAll(features, op, text, {" uniform", " per neuron"});
      if (llvm::is_contained(kOptional, text) && !(text == "v_leak" && op == PLIFOp::getOperationName()) &&
          !(text == "tau" && op == GLIFOp::getOperationName()))
        expect(text + " absent");
    }
  }
  if (counts)
    expectAll(features, op, "of ", {"si8", "si16", "si32"});
  else if (encodes)
    expectAll(features, op, "of ", {"f32", "f64", "si8", "si16", "si32"});
  else if (isCode)
    expectAll(features, op, "of ", {"f32", "f64"});
  else
    expect(signs ? "of si8" : "of i1");
  if (op == FewSpikeOp::getOperationName())
    expect("name absent");
  if (op == RFOp::getOperationName())
    expectAll(features, op, "", {"one input", "two inputs"});
  if (op == GLIFOp::getOperationName())
    expectAll(features, op, "conductances", {" of each neuron", " of all"});
  if (op == OdeNeuronOp::getOperationName()) {
    expectAll(features, op, "", {"one state", "several states", "no parameter", "parameters", "no reset", "reset"});
    expectAll(features, op, "region ",
              {"arith.constant", "arith.addf", "arith.subf", "arith.mulf", "arith.divf", "arith.negf", "arith.maximumf",
               "arith.minimumf", "arith.cmpf", "arith.select", "math.exp", "math.expm1", "math.tanh", "math.sqrt",
               "math.absf"});
  }
}

/// The cases that the constraints C2 to C6 of the neurons allow.
static void expectNeuron(std::set<Feature> &features, OperationName name) {
  StringRef op = name.getStringRef();
  bool perfect = op == IntegratorOp::getOperationName() || op == IFOp::getOperationName();
  bool current = op == CubaLIOp::getOperationName() || op == CubaLIFOp::getOperationName();
  bool spiking =
      op == IFOp::getOperationName() || op == LIFOp::getOperationName() || op == CubaLIFOp::getOperationName();
  for (StringAttr attribute : name.getAttributeNames()) {
    if (attribute == "dynamics") {
      SmallVector<Integrator> integrators;
      if (perfect)
        integrators = {Integrator::hold, Integrator::decay_euler, Integrator::decay_exp, Integrator::discrete};
      addCases<Integrator>(features, op, "integrator", getMaxEnumValForIntegrator(), integrators);
      addCases<Order>(features, op, "order", getMaxEnumValForOrder(),
                      perfect ? ArrayRef<Order>{Order::input_first} : ArrayRef<Order>{});
      addCases<Gain>(features, op, "gain", getMaxEnumValForGain(),
                     perfect ? ArrayRef<Gain>{Gain::continuous} : ArrayRef<Gain>{});
      addCases<Scale>(features, op, "scale", getMaxEnumValForScale(),
                      spiking ? ArrayRef<Scale>{} : ArrayRef<Scale>{Scale::input});
    } else if (attribute == "firing") {
      addCases<Compare>(features, op, "compare", getMaxEnumValForCompare());
      addCases<Reset>(features, op, "reset", getMaxEnumValForReset());
      addCases<When>(features, op, "when", getMaxEnumValForWhen());
      addCases<Emit>(features, op, "emit", getMaxEnumValForEmit());
      addCases<Scope>(features, op, "scope", getMaxEnumValForScope(),
                      current ? ArrayRef<Scope>{} : ArrayRef<Scope>{Scope::all});
      for (StringRef type : {"i1", "si8", "si16", "si32"})
        features.insert({op.str(), ("spikes " + type).str()});
    } else if (attribute == "compare") {
      addCases<Compare>(features, op, "compare", getMaxEnumValForCompare());
    } else if (attribute == "name") {
      if (op == ThresholdOp::getOperationName())
        features.insert({op.str(), "name absent"});
    } else {
      for (StringRef form : {" uniform", " per neuron"})
        features.insert({op.str(), (attribute.getValue() + form).str()});
      if (attribute != "v_threshold" && attribute != "v_init")
        features.insert({op.str(), (attribute.getValue() + " absent").str()});
    }
  }
}

/// The cases that the constraints of the cells allow.
static void expectCell(std::set<Feature> &features, OperationName name) {
  StringRef op = name.getStringRef();
  auto expect = [&](const Twine &fact) { features.insert({op.str(), fact.str()}); };
  bool isLTC = op == ltc::LTCCellOp::getOperationName(), isCfC = op == ltc::CfCCellOp::getOperationName();
  for (StringAttr attribute : name.getAttributeNames()) {
    StringRef text = attribute.getValue();
    bool isOptional = text.contains("mask") || text.starts_with("input_") || text.starts_with("output_") ||
                      (isCfC && text != "mode" && text != "elapsed" && !text.starts_with("ff1_"));
    if (isSegments(attribute) || text == "name")
      continue;
    if (isOptional)
      expect(text + " absent");
    if (text == "solver")
      addCases<ltc::Solver>(features, op, text, ltc::getMaxEnumValForSolver());
    else if (text == "positivity")
      addCases<ltc::Positivity>(features, op, text, ltc::getMaxEnumValForPositivity());
    else if (text == "mode")
      addCases<ltc::Mode>(features, op, text, ltc::getMaxEnumValForMode());
    else if (text == "gate_sign")
      addCases<ltc::GateSign>(features, op, text, ltc::getMaxEnumValForGateSign());
    else if (text == "mask_kind")
      addCases<ltc::MaskKind>(features, op, text, ltc::getMaxEnumValForMaskKind());
    else if (text == "reset")
      addCases<ltc::Reset>(features, op, text, ltc::getMaxEnumValForReset());
    else if (text.ends_with("activation"))
      addCases<Activation>(features, op, text, getMaxEnumValForActivation());
    else if (text == "unfolds")
      expectAll(features, op, text, {" one", " several"});
    else if (text == "epsilon" || text == "elapsed")
      expectAll(features, op, text, {" zero", " positive"});
    else if (text.starts_with("backbone_"))
      expectAll(features, op, text, {" none", " one", " several"});
    else
      expectAll(features, op, text, {" uniform", " per element"});
  }
  if (llvm::any_of(name.getAttributeNames(), isSegments))
    expectAll(features, op, "time", {" as operand", " constant"});
  expectAll(features, op, "hidden", {" as operand", " kept"});
  if (isLTC)
    expectAll(features, op, "", {"all neurons out", "motor neurons out"});
  expectAll(features, op, "on ", {"f32", "i1", "si8", "si16", "si32"});
}

std::set<Feature> lle::fuzz::getExpectedFeatures(MLIRContext &context) {
  std::set<Feature> features;
  auto expect = [&](StringRef kind, ArrayRef<StringRef> facts) {
    for (StringRef fact : facts)
      features.insert({kind.str(), fact.str()});
  };
  for (RegisteredOperationName name : context.getRegisteredOperations()) {
    if (!isa<LLEDialect, SpkDialect, ltc::LTCDialect>(name.getDialect()))
      continue;
    expect(name.getStringRef(), {"present"});
    if (isQuantized(name)) {
      expectQuantized(name, features);
      continue;
    }
    if (isFixedNeuron(name))
      expectFixedNeuron(name, features);
    else if (name.hasInterface<NeuronOpInterface>())
      isSecondTier(name) ? expectModel(features, name) : expectNeuron(features, name);
    if (isa<ltc::LTCDialect>(name.getDialect()))
      expectCell(features, name);
    if (name.hasInterface<SynapseOpInterface>())
      expect(name.getStringRef(),
             {"on f32", "on f64", "on i1", "on si8", "on si16", "on si32", "integers", "real numbers", "quantised i8",
              "quantised i16", "quantised per channel i8", "quantised per channel i16", "kernel event", "kernel dense",
              "measured activity", "no measured activity"});
  }
  expect("state", {"i8 of f32", "i16 of f32", "i8 of f32, zero point", "i16 of f32, zero point", "i8 of f64",
                   "i16 of f64", "i8 of f64, zero point", "i16 of f64, zero point"});
  expect("lle.network", {"one input", "several inputs", "at most one output", "several outputs", "input f32",
                         "input f64", "input i1", "input si8", "input si16", "input si32"});
  expect("lle.weight", {"dense f16",
                        "dense bf16",
                        "dense f32",
                        "dense f64",
                        "dense i1",
                        "dense i8",
                        "dense i16",
                        "dense i32",
                        "dense i64",
                        "dense si8",
                        "dense si16",
                        "dense si32",
                        "dense quantised i8",
                        "dense quantised i16",
                        "dense quantised per channel i8",
                        "dense quantised per channel i16",
                        "splat f32",
                        "splat f64",
                        "resource f16",
                        "resource bf16",
                        "resource f32",
                        "resource f64",
                        "resource i8",
                        "resource i16",
                        "resource i32",
                        "resource i64"});
  expect("lle.delay",
         {"of no step", "of one step", "of several steps", "per element", "per element, some zero", "initial zero",
          "initial not zero", "of f32", "of f64", "of i1", "of si8", "of si16", "of si32"});
  for (StringRef op : {"lle.add", "lle.sum_pool2d"})
    expect(op, {"integers", "real numbers"});
  for (StringRef op : {"lle.add", "lle.concat"})
    expect(op, {"one operand", "several operands"});
  expect("lle.slice", {"from the first", "from another"});
  for (StringRef op : {"lle.concat", "lle.slice", "lle.transpose"})
    expect(op,
           {"of one dimension", "of several dimensions", "of f32", "of f64", "of i1", "of si8", "of si16", "of si32"});
  expect("lle.add", {"gives si8", "gives si16", "gives si32"});
  std::initializer_list<StringRef> onAll = {"on f32", "on f64", "on i1", "on si8", "on si16", "on si32"};
  for (StringRef op :
       {"lle.max_pool2d", "lle.batch_norm", "lle.mul", "lle.reduce", "lle.matmul", "spk.decode.population"})
    expect(op, onAll);
  for (StringRef op : {"lle.mul", "lle.reduce", "lle.matmul"})
    expect(op, {"gives f32", "gives f64", "gives si8", "gives si16", "gives si32"});
  expect("lle.max_pool2d",
         {"kernel 1", "kernel above 1", "stride 1", "stride above 1", "padding zero", "padding explicit"});
  expect("lle.batch_norm", {"scale", "not scale", "shift", "not shift", "channels last", "channels before others",
                            "behind a synapse", "gives f32", "gives f64"});
  addCases<Reduction>(features, "lle.reduce", "reduction", getMaxEnumValForReduction());
  for (StringRef type : {"f32", "f64", "i1", "si8", "si16", "si32"})
    for (StringRef place : {" along the last dimension", " along another dimension"})
      features.insert({"lle.reduce", (type + place).str()});
  expect("lle.matmul",
         {"transpose_a", "not transpose_a", "transpose_b", "not transpose_b", "one matrix", "several matrices",
          "times f32", "times f64", "times i1", "times si8", "times si16", "times si32"});
  for (StringRef op : {"spk.encode.rate", "spk.encode.latency", "spk.encode.delta", "spk.decode.membrane"})
    expect(op, {"on f32", "on f64"});
  expect("spk.encode.latency", {"linear", "not linear", "normalize", "not normalize", "clip", "not clip",
                                "from the first step", "from a later step"});
  expect("spk.encode.delta", {"padding", "not padding", "gives i1", "gives si8"});
  for (StringRef op : {"spk.decode.spike_count", "spk.decode.first_spike"})
    expect(op, {"on i1", "on si8", "on si16", "on si32", "gives si32", "gives f32", "gives f64"});
  addCases<spk::Readout>(features, "spk.decode.membrane", "readout", spk::getMaxEnumValForReadout());
  expect("spk.decode.population", {"mean", "not mean"});
  expect("spk.self_attention",
         {"one head", "several heads", "rows of tokens", "rows of channels", "gives f32", "gives f64"});
  addCases<Activation>(features, "lle.activation", "function", getMaxEnumValForActivation());
  for (StringRef op : {"lle.linear", "lle.affine"})
    expect(op, {"one matrix", "several matrices"});
  for (StringRef op : {"lle.conv1d", "lle.conv2d"})
    expect(op, {"padding same", "padding valid", "padding zero", "padding explicit", "stride 1", "stride above 1",
                "dilation 1", "dilation above 1", "groups 1", "groups above 1"});
  for (StringRef op : {"lle.sum_pool2d", "lle.avg_pool2d"})
    expect(op, {"kernel 1", "kernel above 1", "stride 1", "stride above 1", "padding zero", "padding explicit"});
  expect("edges", {"feed-forward", "recurrent", "recurrent over several populations", "self", "fan-in", "fan-out",
                   "delay", "cell to population", "population to cell", "loop of a cell and a population",
                   "cell to cell", "mixed memory", "state of a cell in a delay"});
  return features;
}

Coverage::Coverage(const std::set<Feature> &expected) {
  for (const Feature &feature : expected)
    counts[feature] = 0;
}

bool Coverage::isComplete() const {
  return llvm::none_of(counts, [](const auto &entry) { return entry.second == 0; });
}

unsigned Coverage::print(llvm::raw_ostream &os) const {
  unsigned missing = 0;
  std::string kind;
  for (const auto &[feature, count] : counts) {
    if (feature.first != kind)
      os << (kind.empty() ? "" : "\n") << feature.first << ": ";
    else
      os << ", ";
    kind = feature.first;
    os << feature.second << " " << count;
    missing += count == 0;
  }
  os << "\n";
  for (const auto &[feature, count] : counts)
    if (count == 0)
      os << "missing: " << feature.first << " " << feature.second << "\n";
  os << "coverage: " << counts.size() - missing << " of " << counts.size() << "\n";
  return missing;
}
