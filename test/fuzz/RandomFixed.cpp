//===- RandomFixed.cpp - random populations in integers -------------------===//
#include "test/fuzz/RandomFixed.h"

#include "dialects/Spk/FixedModels.h"
#include "dialects/Spk/Q15.h"
#include "test/fuzz/MakeElements.h"

using namespace mlir;
using namespace lle;
using namespace lle::fuzz;
using namespace lle::spk;

namespace {
class FixedBuilder {
public:
  FixedBuilder(OpBuilder &builder, RandomNumbers &random, Value input)
      : builder(builder), random(random), input(input),
        parameter(RankedTensorType::get(cast<ShapedType>(input.getType()).getShape(), builder.getI32Type())) {}

  Value build(StringRef name);
  Value buildQ15(StringRef name);

private:
  OpBuilder &builder;
  RandomNumbers &random;
  Value input;
  RankedTensorType parameter;
  NamedAttrList attributes;

  void add(StringRef name, llvm::function_ref<int64_t()> draw) {
    SmallVector<double> values(random.chance(0.5) ? 1 : parameter.getNumElements());
    std::generate(values.begin(), values.end(), [&] { return double(draw()); });
    attributes.set(name, makeElements(parameter, values));
  }
  void addExponent(StringRef name, int64_t largest) {
    attributes.set(name, builder.getI64IntegerAttr(random.range(0, largest)));
  }
  void addWeightExponent() {
    if (random.chance(0.5))
      addExponent("weight_exp", 2);
  }
  void addCode();
  Value addCuba();
  Value addDelta();
  Value addRF(StringRef name);
  Value create(StringRef mnemonic, ValueRange operands, bool isBinary);
};
} // namespace

Value FixedBuilder::create(StringRef mnemonic, ValueRange operands, bool isBinary) {
  OperationState state(builder.getUnknownLoc(), ("spk." + mnemonic).str());
  state.addOperands(operands);
  state.addTypes(isBinary ? parameter.clone(builder.getI1Type()) : cast<RankedTensorType>(input.getType()));
  state.addAttributes(attributes);
  return builder.create(state)->getResult(0);
}

/// What both encoders have. Exponents are small: thresholds must be within reach of the signals.
void FixedBuilder::addCode() {
  addExponent("spike_exp", 2);
  addExponent("state_exp", 2);
  attributes.set("cum_error", builder.getBoolAttr(random.chance(0.5)));
  add("v_threshold", [&] { return random.range(1, 8); });
}

Value FixedBuilder::addDelta() {
  bool sums = random.chance(0.5);
  addCode();
  if (!sums)
    return create("fixed_delta", input, /*isBinary=*/false);
  attributes.set("activation",
                 ActivationAttr::get(builder.getContext(), random.pick({Activation::linear, Activation::relu})));
  addWeightExponent();
  if (random.chance(0.6))
    add("bias", [&] { return random.range(-8, 12); });
  return create("fixed_sigma_delta", input, /*isBinary=*/false);
}

Value FixedBuilder::addRF(StringRef name) {
  attributes.set("resonator",
                 ResonatorAttr::get(builder.getContext(), Resonator(random.below(getMaxEnumValForResonator() + 1))));
  // The ends of the range more often than chance would have them, and a length of no more than about one.
  for (StringRef decay : {"decay_cos", "decay_sin"})
    add(decay,
        [&] { return random.chance(0.2) ? random.pick<int64_t>({-4096, -1, 0, 1, 4096}) : random.range(-1500, 2900); });
  add("v_threshold", [&] { return random.range(2, 24); });
  addWeightExponent();
  Value imaginary = input;
  if (random.chance(0.5)) {
    auto type = cast<RankedTensorType>(input.getType());
    auto steps = DenseElementsAttr::get(type.clone(builder.getI64Type()), int64_t(1));
    imaginary = DelayOp::create(builder, builder.getUnknownLoc(), type, builder.getStringAttr(name + "_late"), input,
                                steps, builder.getF64FloatAttr(0));
  }
  return create("fixed_rf", {input, imaginary}, /*isBinary=*/true);
}

Value FixedBuilder::build(StringRef name) {
  attributes.set("name", builder.getStringAttr(name));
  attributes.set("arithmetic", ArithmeticAttr::get(builder.getContext(), Arithmetic::loihi));
  switch (random.below(10)) {
  case 0:
    addWeightExponent();
    return create("fixed_sigma", input, /*isBinary=*/false);
  case 1:
  case 2:
    return addDelta();
  case 3:
  case 4:
    return addRF(name);
  default:
    return addCuba();
  }
}

Value FixedBuilder::addCuba() {
  // The ends of the range more often than chance would have them.
  add("du", [&] { return random.chance(0.3) ? random.pick<int64_t>({-1, 0, 4095}) : random.range(100, 4000); });
  add("dv", [&] { return random.chance(0.3) ? random.pick<int64_t>({0, 1, 4096}) : random.range(100, 4000); });
  if (random.chance(0.6)) {
    add("bias_mant", [&] { return random.range(-40, 60); });
    add("bias_exp", [&] { return random.range(-2, 6); });
  }
  addWeightExponent();
  if (random.chance(0.3)) {
    int64_t interval = random.range(1, 12);
    attributes.set("reset_interval", builder.getI64IntegerAttr(interval));
    attributes.set("reset_offset", builder.getI64IntegerAttr(random.range(0, interval - 1)));
  }
  bool spiking = random.chance(0.6);
  if (spiking)
    add("v_threshold", [&] { return random.range(2, 24); });
  return create(spiking ? "fixed_cuba_lif" : "fixed_cuba_li", input, /*isBinary=*/spiking);
}

Value FixedBuilder::buildQ15(StringRef name) {
  add("decay", [&] { return random.chance(0.3) ? random.pick<int64_t>({0, 1, 32768}) : random.range(8000, 32000); });
  add("v_threshold", [&] { return random.range(2, 24); });
  auto reset = random.chance(0.5) ? Q15Reset::subtract : Q15Reset::zero;
  return Q15LIFOp::create(builder, builder.getUnknownLoc(), parameter.clone(builder.getI1Type()), name, input, reset,
                          cast<ElementsAttr>(attributes.get("decay")),
                          cast<ElementsAttr>(attributes.get("v_threshold")));
}

Value lle::fuzz::addRandomFixedNeuron(OpBuilder &builder, RandomNumbers &random, StringRef name, Value input) {
  FixedBuilder neuron(builder, random, input);
  return random.chance(0.3) ? neuron.buildQ15(name) : neuron.build(name);
}

bool lle::fuzz::isFixedNeuron(OperationName name) {
  return name.getDialectNamespace() == "spk" &&
         (name.stripDialect().starts_with("fixed_") || name.stripDialect() == "q15_lif");
}

double lle::fuzz::getLargestThreshold(Operation *neuron) {
  if (isa<Q15LIFOp>(neuron))
    return INT16_MAX;
  auto spike = neuron->getAttrOfType<IntegerAttr>("spike_exp"), state = neuron->getAttrOfType<IntegerAttr>("state_exp");
  return spike ? std::ldexp(loihi::kStateLimit, -int(spike.getInt() + state.getInt())) : loihi::kLargestThreshold;
}

static bool isTable(StringRef name) {
  return name == "du" || name == "dv" || name == "decay" || name == "v_threshold" || name.starts_with("bias") ||
         name.starts_with("decay_");
}

void lle::fuzz::collectFixedNeuron(Operation *neuron, std::set<Feature> &features) {
  auto add = [&](const Twine &fact) { features.insert({neuron->getName().getStringRef().str(), fact.str()}); };
  for (StringAttr attribute : neuron->getName().getAttributeNames()) {
    StringRef name = attribute.getValue();
    Attribute value = neuron->getAttr(attribute);
    if (auto elements = dyn_cast_or_null<ElementsAttr>(value))
      add(name + (elements.isSplat() ? " uniform" : " per neuron"));
    else if (auto reset = dyn_cast_or_null<Q15ResetAttr>(value))
      add("reset " + stringifyQ15Reset(reset.getValue()));
    else if (auto flag = dyn_cast_or_null<BoolAttr>(value))
      add(name + (flag.getValue() ? " true" : " false"));
    else if (auto activation = dyn_cast_or_null<ActivationAttr>(value))
      add(name + " " + stringifyEnum(activation.getValue()));
    else if (auto resonator = dyn_cast_or_null<ResonatorAttr>(value))
      add(name + " " + stringifyEnum(resonator.getValue()));
    else if (auto number = dyn_cast_or_null<IntegerAttr>(value); number && name.ends_with("_exp"))
      add(name + (number.getInt() == 0 ? " zero" : " positive"));
    else if (name != "name" && name != "arithmetic")
      add(name + (value ? " present" : " absent"));
  }
}

void lle::fuzz::expectFixedNeuron(OperationName name, std::set<Feature> &features) {
  for (StringAttr attribute : name.getAttributeNames()) {
    StringRef text = attribute.getValue();
    auto expect = [&](ArrayRef<StringRef> forms) {
      for (StringRef form : forms)
        features.insert({name.getStringRef().str(), (text + form).str()});
    };
    if (text == "name" || text == "arithmetic")
      continue;
    if (isTable(text))
      expect({" uniform", " per neuron"});
    else if (text == "cum_error")
      expect({" true", " false"});
    else if (text == "activation")
      expect({" linear", " relu"});
    else if (text == "reset")
      expect({" subtract", " zero"});
    else if (text == "resonator")
      expect({" phase", " izhikevich"});
    else if (text.ends_with("_exp"))
      expect({" zero", " positive"});
    else
      expect({" present"});
    if (text == "weight_exp" || text.starts_with("reset_") || text.starts_with("bias"))
      expect({" absent"});
  }
}
