//===- RandomNeuron.cpp - random populations ------------------------------===//
#include "test/fuzz/RandomNeuron.h"

#include "dialects/Spk/SpkOps.h"
#include "test/fuzz/MakeElements.h"
#include "test/fuzz/RandomModel.h"

using namespace mlir;
using namespace lle;
using namespace lle::fuzz;
using namespace lle::spk;

namespace {
class NeuronBuilder {
public:
  NeuronBuilder(OpBuilder &builder, RandomNumbers &random, Value input, double dt)
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

  void add(StringRef name, llvm::function_ref<double()> draw);
  void addOptional(double probability, StringRef name, llvm::function_ref<double()> draw) {
    if (random.chance(probability))
      add(name, draw);
  }
  DynamicsAttr addDynamics(bool leaky, bool spiking);
  void addPerfectParameters(DynamicsAttr dynamics);
  void addMembraneParameters(DynamicsAttr dynamics);
  void addCurrentParameters(DynamicsAttr dynamics);
  IntegerType addFiring(bool current);
  Value create(StringRef mnemonic, Type element);
};
} // namespace

/// A parameter, uniform or of its own for each neuron, of either precision.
void NeuronBuilder::add(StringRef name, llvm::function_ref<double()> draw) {
  Type element = random.chance(0.5) ? Type(builder.getF32Type()) : Type(builder.getF64Type());
  SmallVector<double> values(random.chance(0.5) ? 1 : type.getNumElements());
  std::generate(values.begin(), values.end(), draw);
  attributes.set(name, makeElements(type.clone(element), values));
}

DynamicsAttr NeuronBuilder::addDynamics(bool leaky, bool spiking) {
  Integrator integrator = random.pick({Integrator::euler, Integrator::exact});
  Order order = Order::decay_first;
  Gain gain = random.pick({Gain::unit, Gain::per_step});
  if (leaky) {
    integrator =
        random.chance(0.15) ? Integrator::discrete : Integrator(random.below(getMaxEnumValForIntegrator() + 1));
    bool discrete = integrator == Integrator::discrete;
    bool decays = integrator == Integrator::decay_euler || integrator == Integrator::decay_exp;
    if (decays || discrete)
      order = random.pick({Order::decay_first, Order::input_first});
    gain = discrete || random.chance(0.3) ? Gain::unit : decays ? Gain::per_step : Gain::continuous;
  }
  Scale scale = spiking && integrator != Integrator::discrete && random.chance(0.4) ? Scale::input : Scale::membrane;
  auto dynamics = DynamicsAttr::get(builder.getContext(), integrator, order, gain, scale);
  attributes.set("dynamics", dynamics);
  return dynamics;
}

void NeuronBuilder::addPerfectParameters(DynamicsAttr dynamics) {
  bool needed = dynamics.getGain() == Gain::per_step || dynamics.getScale() == Scale::input;
  // One step adds about the input.
  addOptional(needed ? 1 : 0.3, "r", [&] { return random.gain(exact) / dt; });
}

void NeuronBuilder::addMembraneParameters(DynamicsAttr dynamics) {
  if (dynamics.getIntegrator() == Integrator::discrete) {
    add("decay", [&] { return 1 - random.rate(exact); });
    addOptional(0.7, "bias", [&] { return random.number(-0.25, 0.25, 3); });
    return;
  }
  add("tau", [&] { return dt / random.rate(exact); });
  add("r", [&] { return random.gain(exact); });
  add("v_leak", [&] { return random.chance(0.5) ? 0 : random.number(-0.25, 0.25, 3); });
}

void NeuronBuilder::addCurrentParameters(DynamicsAttr dynamics) {
  if (dynamics.getIntegrator() == Integrator::discrete) {
    add("decay_syn", [&] { return 1 - random.rate(exact); });
    add("decay_mem", [&] { return 1 - random.rate(exact); });
    addOptional(0.7, "bias", [&] { return random.number(-0.25, 0.25, 3); });
    return;
  }
  add("tau_syn", [&] { return dt / random.rate(exact); });
  if (random.chance(0.3)) {
    // The closed form has a removable singularity where the time constants meet.
    double nearness = random.pick({0.0, 1e-12, 1e-8, 1e-5, 1e-3});
    std::vector<double> taus;
    auto elements = cast<DenseElementsAttr>(attributes.get("tau_syn"));
    for (const APFloat &tau : elements.getValues<APFloat>())
      taus.push_back((elements.getElementType().isF32() ? double(tau.convertToFloat()) : tau.convertToDouble()) *
                     (1 + nearness));
    attributes.set("tau_mem", makeElements(type.clone(builder.getF64Type()), taus));
  } else {
    add("tau_mem", [&] { return dt / random.rate(exact); });
  }
  add("r", [&] { return random.gain(exact); });
  add("w_in", [&] { return random.gain(exact); });
  add("v_leak", [&] { return random.chance(0.5) ? 0 : random.number(-0.25, 0.25, 3); });
  if (dynamics.getIntegrator() == Integrator::euler)
    addOptional(0.4, "i_leak", [&] { return random.number(-0.25, 0.25, 3); });
}

/// Returns the element type of the spikes.
IntegerType NeuronBuilder::addFiring(bool current) {
  Compare compare = random.pick({Compare::gt, Compare::ge});
  Reset reset = random.chance(0.15) ? Reset::none : random.pick({Reset::to_value, Reset::subtract});
  When when = When(random.below(getMaxEnumValForWhen() + 1));
  Emit emit = random.pick({Emit::updated, Emit::held});
  Scope scope = current && random.chance(0.4) ? Scope::all : Scope::membrane;
  int64_t maxSpikes = 1;
  IntegerType spikes = builder.getI1Type();
  if (random.chance(0.25)) {
    spikes = IntegerType::get(builder.getContext(), random.pick({8u, 16u, 32u}), IntegerType::Signed);
    maxSpikes = random.chance(0.2) ? APInt::getSignedMaxValue(spikes.getWidth()).getSExtValue() : random.range(2, 7);
    compare = Compare::ge;
    emit = Emit::updated;
    when = When::same_step;
    if (reset == Reset::to_value)
      reset = Reset::subtract;
  }
  if (emit == Emit::held && when == When::same_step && reset != Reset::none)
    when = random.pick({When::next_before, When::next_after});
  if (when == When::same_step_held) {
    emit = Emit::updated;
    reset = Reset::subtract;
  }
  attributes.set("firing", FiringAttr::get(builder.getContext(), compare, reset, when, emit, scope, maxSpikes));
  add("v_threshold", [&] { return random.number(0.5, 1.5, 3); });
  addOptional(reset == Reset::to_value ? 1 : 0.2, "v_reset",
              [&] { return random.chance(0.5) ? 0 : random.number(-0.5, 0.25, 3); });
  addOptional(0.3, "v_min", [&] { return random.number(-1, -0.25, 3); });
  return spikes;
}

Value NeuronBuilder::create(StringRef mnemonic, Type element) {
  OperationState state(builder.getUnknownLoc(), ("spk." + mnemonic).str());
  state.addOperands(input);
  state.addTypes(type.clone(element));
  state.addAttributes(attributes);
  return builder.create(state)->getResult(0);
}

Value NeuronBuilder::build(StringRef name) {
  attributes.set("name", builder.getStringAttr(name));
  unsigned kind = random.below(10);
  if (kind == 0) {
    if (random.chance(0.5))
      attributes.erase("name");
    attributes.set("compare", CompareAttr::get(builder.getContext(), random.pick({Compare::gt, Compare::ge})));
    add("v_threshold", [&] { return random.number(0.25, 1.5, 3); });
    return create("threshold", builder.getI1Type());
  }
  add("v_init", [&] { return random.chance(0.5) ? 0 : random.number(-0.5, 0.5, 3); });
  static constexpr StringLiteral kSpiking[] = {"if", "lif", "cuba_lif"}, kLeaky[] = {"integrator", "li", "cuba_li"};
  bool spiking = kind > 3;
  unsigned model = random.below(3);
  DynamicsAttr dynamics = addDynamics(/*leaky=*/model != 0, spiking);
  if (model == 0)
    addPerfectParameters(dynamics);
  else if (model == 1)
    addMembraneParameters(dynamics);
  else
    addCurrentParameters(dynamics);
  if (!spiking)
    return create(kLeaky[model], type.getElementType());
  Type spikes = addFiring(/*current=*/model == 2);
  return create(kSpiking[model], spikes);
}

Value lle::fuzz::addRandomNeuron(OpBuilder &builder, RandomNumbers &random, StringRef name, Value input, double dt) {
  if (random.chance(0.4))
    return addRandomModel(builder, random, name, input, dt);
  return NeuronBuilder(builder, random, input, dt).build(name);
}
