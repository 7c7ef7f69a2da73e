//===- RandomModel.cpp - random populations of the second tier ------------===//
#include "test/fuzz/RandomModel.h"

#include "dialects/Spk/FewSpike.h"
#include "dialects/Spk/SpkModels.h"
#include "test/fuzz/MakeElements.h"
#include "test/fuzz/RandomOde.h"

using namespace mlir;
using namespace lle;
using namespace lle::fuzz;
using namespace lle::spk;

namespace {
class ModelBuilder {
public:
  ModelBuilder(OpBuilder &builder, RandomNumbers &random, Value input, double dt)
      : builder(builder), random(random), input(input), type(cast<RankedTensorType>(input.getType())), dt(dt),
        exact(random.isDyadic() && random.chance(0.5)) {}

  Value build(StringRef name);

private:
  OpBuilder &builder;
  RandomNumbers &random;
  Value input;
  RankedTensorType type;
  double dt;
  bool exact; ///< Coefficients are dyadic too.
  NamedAttrList attributes;
  SmallVector<Value> operands{};

  ElementsAttr draw(llvm::function_ref<double()> number);
  void add(StringRef name, llvm::function_ref<double()> number) { attributes.set(name, draw(number)); }
  void addOptional(double probability, StringRef name, llvm::function_ref<double()> number) {
    if (random.chance(probability))
      add(name, number);
  }
  void addFlag(StringRef name) { attributes.set(name, builder.getBoolAttr(random.chance(0.5))); }
  template <typename Attr, typename Enum>
  Enum addCase(StringRef name, unsigned largest) {
    auto value = Enum(random.below(largest + 1));
    attributes.set(name, Attr::get(builder.getContext(), value));
    return value;
  }
  Compare addCompare() { return addCase<CompareAttr, Compare>("compare", getMaxEnumValForCompare()); }
  bool addMembrane();
  void addFilter(bool discrete, StringRef suffix);
  void addFiring();
  void addDelta();
  void addCode();
  void addThreshold() {
    add("v_threshold", [&] { return random.number(0.5, 1.5, 3); });
  }
  Type getCounts() { return IntegerType::get(builder.getContext(), random.pick({8u, 16u, 32u}), IntegerType::Signed); }
  Value create(StringRef mnemonic, Type element);
};
} // namespace

/// A parameter, uniform or of its own for each neuron, of either precision.
ElementsAttr ModelBuilder::draw(llvm::function_ref<double()> number) {
  Type element = random.chance(0.5) ? Type(builder.getF32Type()) : Type(builder.getF64Type());
  SmallVector<double> values(random.chance(0.5) ? 1 : type.getNumElements());
  std::generate(values.begin(), values.end(), number);
  return makeElements(type.clone(element), values);
}

/// The membrane of spk.lif; returns whether its dynamics are discrete.
bool ModelBuilder::addMembrane() {
  auto integrator =
      random.chance(0.1) ? Integrator::discrete : Integrator(random.below(getMaxEnumValForIntegrator() + 1));
  bool discrete = integrator == Integrator::discrete;
  bool decays = integrator == Integrator::decay_euler || integrator == Integrator::decay_exp;
  Order order = (decays || discrete) && random.chance(0.5) ? Order::input_first : Order::decay_first;
  Gain gain = discrete || random.chance(0.3) ? Gain::unit : decays ? Gain::per_step : Gain::continuous;
  attributes.set("dynamics", DynamicsAttr::get(builder.getContext(), integrator, order, gain, Scale::membrane));
  add("v_init", [&] { return random.chance(0.5) ? 0 : random.number(-0.5, 0.5, 3); });
  if (discrete) {
    add("decay", [&] { return 1 - random.rate(exact); });
    addOptional(0.7, "bias", [&] { return random.number(-0.25, 0.25, 3); });
    return true;
  }
  add("tau", [&] { return dt / random.rate(exact); });
  add("r", [&] { return random.gain(exact); });
  add("v_leak", [&] { return random.chance(0.5) ? 0 : random.number(-0.25, 0.25, 3); });
  return false;
}

void ModelBuilder::addFilter(bool discrete, StringRef suffix) {
  if (discrete)
    add(("decay_" + suffix).str(), [&] { return 1 - random.rate(exact); });
  else
    add(("tau_" + suffix).str(), [&] { return dt / random.rate(exact); });
}

void ModelBuilder::addFiring() {
  Compare compare = random.pick({Compare::gt, Compare::ge});
  Reset reset = random.chance(0.2) ? Reset::none : random.pick({Reset::to_value, Reset::subtract});
  attributes.set("firing", FiringAttr::get(builder.getContext(), compare, reset, When::same_step, Emit::updated,
                                           Scope::membrane, 1));
  addThreshold();
  addOptional(reset == Reset::to_value ? 1 : 0.2, "v_reset",
              [&] { return random.chance(0.5) ? 0 : random.number(-0.5, 0.25, 3); });
}

void ModelBuilder::addDelta() {
  addCompare();
  addFlag("cum_error");
  add("v_threshold", [&] { return random.number(0.25, 1.5, 3); });
}

/// The lists of a few-spike neuron: the bits of a rectified number, or anything.
void ModelBuilder::addCode() {
  addCompare();
  int64_t steps = random.range(1, 6);
  bool isRelu = random.chance(0.4), isUniform = random.chance(0.2);
  double alpha = random.number(1, 2.5, 2);
  auto set = [&](StringRef name, double low, double high) {
    SmallVector<double> values(isUniform ? 1 : steps);
    for (auto [k, value] : llvm::enumerate(values))
      value = isRelu ? std::ldexp(alpha, -int(k)) : random.number(low, high, 3);
    Type element = random.chance(0.5) ? Type(builder.getF32Type()) : Type(builder.getF64Type());
    attributes.set(name, makeElements(RankedTensorType::get({steps}, element), values));
  };
  set("v_threshold", 0.25, 1.5);
  set("decrement", -0.25, 1);
  set("amplitude", -0.5, 1.5);
}

Value ModelBuilder::create(StringRef mnemonic, Type element) {
  OperationState state(builder.getUnknownLoc(), ("spk." + mnemonic).str());
  operands.insert(operands.begin(), input);
  state.addOperands(operands);
  state.addTypes(type.clone(element));
  state.addAttributes(attributes);
  return builder.create(state)->getResult(0);
}

Value ModelBuilder::build(StringRef name) {
  attributes.set("name", builder.getStringAttr(name));
  Type spike = builder.getI1Type(), ternary = IntegerType::get(builder.getContext(), 8, IntegerType::Signed);
  auto jump = [&] { return random.number(0, 0.5, 3); };
  switch (random.below(18)) {
  case 0: {
    bool discrete = addMembrane();
    addFiring();
    addCase<AdaptTimeAttr, AdaptTime>("adapt", getMaxEnumValForAdaptTime());
    addFilter(discrete, "b");
    add("beta", [&] { return random.gain(exact); });
    add("jump", jump);
    if (random.chance(0.5)) {
      addFilter(discrete, "r");
      add("r_jump", jump);
    }
    addOptional(0.4, "v_min", [&] { return random.number(-1, -0.25, 3); });
    return create("alif", spike);
  }
  case 1: {
    bool discrete = addMembrane();
    addFiring();
    addCase<CouplingAttr, Coupling>("couple", getMaxEnumValForCoupling());
    addFilter(discrete, "w");
    add("a", [&] { return random.number(-0.25, 0.5, 3); });
    add("jump", jump);
    addOptional(0.5, "v_rest", [&] { return random.number(-0.25, 0.25, 3); });
    return create("adlif", spike);
  }
  case 2:
    addFiring();
    add("w", [&] { return random.number(-3, 2, 3); });
    addFlag("decay_input");
    add("v_leak", [&] { return random.number(-0.25, 0.25, 3); });
    add("v_init", [&] { return random.number(-0.5, 0.5, 3); });
    return create("plif", spike);
  case 3: {
    addMembrane();
    addFiring();
    auto kind = addCase<RefractoryAttr, Refractory>("refractory", getMaxEnumValForRefractory());
    auto unit = addCase<TimeUnitAttr, TimeUnit>("unit", getMaxEnumValForTimeUnit());
    add("period", [&] {
      // Not near the middle between two steps.
      double steps = double(random.range(0, 4));
      return unit == TimeUnit::steps ? steps : std::max(0.0, steps + random.real(-0.3, 0.3)) * dt;
    });
    if (kind == Refractory::clamp && !attributes.get("v_reset"))
      add("v_reset", [&] { return random.number(-0.5, 0.25, 3); });
    addOptional(0.4, "v_min", [&] { return random.number(-1, -0.25, 3); });
    return create("refractory_lif", spike);
  }
  case 4:
    addMembrane();
    addFiring();
    add("v_low", [&] { return random.number(-1.5, -0.5, 3); });
    return create("ternary_lif", ternary);
  case 5: {
    addMembrane();
    addThreshold();
    attributes.set("max_spikes", builder.getI64IntegerAttr(random.chance(0.3) ? 1 : random.range(2, 7)));
    return create("ilif", getCounts());
  }
  case 6:
    addThreshold();
    add("n_min", [&] { return double(random.range(-4, 0)); });
    add("n_max", [&] { return double(random.range(1, 7)); });
    add("q_init", [&] { return random.number(0, 0.875, 3); });
    return create("st_bif", ternary);
  case 7:
    addMembrane();
    addFiring();
    // Not much more than one: the membrane would grow without end.
    add("k", [&] { return exact ? random.pick({0.5, 1.0}) : random.number(0.5, 1.125, 3); });
    addFlag("scale_reset");
    return create("klif", spike);
  case 8: {
    addCompare();
    addThreshold();
    auto kind = addCase<ResonatorAttr, Resonator>("resonator", getMaxEnumValForResonator());
    if (kind == Resonator::izhikevich)
      add("v_reset", [&] { return random.number(-0.5, 0.375, 3); });
    if (random.chance(0.5)) {
      add("frequency", [&] { return random.number(0.0625, 0.25, 4) / dt; });
      add("tau", [&] { return dt / random.rate(exact) * 4; });
    } else {
      add("decay_cos", [&] { return random.number(-0.25, 0.875, 3); });
      add("decay_sin", [&] { return random.number(0.125, 0.5, 3); });
    }
    if (random.chance(0.5))
      operands.push_back(input);
    return create("rf", spike);
  }
  case 9:
  case 10: {
    bool sums = random.chance(0.5);
    addDelta();
    if (sums) {
      attributes.set("activation",
                     ActivationAttr::get(builder.getContext(), random.pick({Activation::linear, Activation::relu})));
      addOptional(0.5, "bias", [&] { return random.number(-0.5, 0.5, 3); });
    }
    Type element = type.getElementType();
    if (random.chance(element.isF64() ? 0.2 : 0.6)) {
      element = getCounts();
      add("step", [&] { return random.number(0.125, 0.75, 3); });
    }
    return create(sums ? "sigma_delta" : "delta", element);
  }
  case 11: {
    addCompare();
    addThreshold();
    int64_t taps = random.range(1, 5);
    SmallVector<double> weights(random.chance(0.3) ? 1 : taps);
    std::generate(weights.begin(), weights.end(), [&] { return random.number(-0.5, 1, 3); });
    attributes.set("weights", makeElements(RankedTensorType::get({taps}, builder.getF32Type()), weights));
    return create("sliding_psn", spike);
  }
  case 12:
    addCode();
    if (random.chance(0.5))
      attributes.erase("name");
    return create("few_spike", type.getElementType());
  case 13:
    addCode();
    return create("few_spike_coder", type.getElementType());
  case 14: {
    addCompare();
    addThreshold();
    for (StringRef gate : {"alpha", "beta", "gamma", "tau"})
      add(gate, [&] { return random.number(0, 1, 3); });
    add("linear_decay", [&] { return random.number(0, 0.25, 3); });
    add("v_subreset", [&] { return random.number(0.25, 1, 3); });
    SmallVector<int64_t> shape{random.range(1, 4)};
    if (random.chance(0.5))
      llvm::append_range(shape, type.getShape());
    auto list = RankedTensorType::get(shape, builder.getF32Type());
    SmallVector<double> conductance(random.chance(0.3) ? 1 : list.getNumElements());
    std::generate(conductance.begin(), conductance.end(), [&] { return random.number(0, 1.5, 3); });
    attributes.set("conductance", makeElements(list, conductance));
    return create("glif", spike);
  }
  default:
    return addRandomOde(builder, random, name, input, dt,
                        [&](llvm::function_ref<double()> number) { return draw(number); });
  }
}

Value lle::fuzz::addRandomModel(OpBuilder &builder, RandomNumbers &random, StringRef name, Value input, double dt) {
  return ModelBuilder(builder, random, input, dt).build(name);
}
