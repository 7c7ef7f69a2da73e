//===- RandomFixed.cpp - random populations in integers -------------------===//
#include "test/fuzz/RandomFixed.h"

#include "dialects/Spk/FixedPoint.h"
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
};
} // namespace

Value FixedBuilder::build(StringRef name) {
  attributes.set("name", builder.getStringAttr(name));
  attributes.set("arithmetic", ArithmeticAttr::get(builder.getContext(), Arithmetic::loihi));
  // The ends of the range more often than chance would have them.
  add("du", [&] { return random.chance(0.3) ? random.pick<int64_t>({-1, 0, 4095}) : random.range(100, 4000); });
  add("dv", [&] { return random.chance(0.3) ? random.pick<int64_t>({0, 1, 4096}) : random.range(100, 4000); });
  if (random.chance(0.6)) {
    add("bias_mant", [&] { return random.range(-40, 60); });
    add("bias_exp", [&] { return random.range(-2, 6); });
  }
  if (random.chance(0.4))
    attributes.set("weight_exp", builder.getI64IntegerAttr(random.range(0, 3)));
  if (random.chance(0.3)) {
    int64_t interval = random.range(1, 12);
    attributes.set("reset_interval", builder.getI64IntegerAttr(interval));
    attributes.set("reset_offset", builder.getI64IntegerAttr(random.range(0, interval - 1)));
  }
  bool spiking = random.chance(0.6);
  if (spiking)
    add("v_threshold", [&] { return random.range(2, 24); });
  OperationState state(builder.getUnknownLoc(),
                       spiking ? FixedCubaLIFOp::getOperationName() : FixedCubaLIOp::getOperationName());
  state.addOperands(input);
  state.addTypes(spiking ? parameter.clone(builder.getI1Type()) : cast<RankedTensorType>(input.getType()));
  state.addAttributes(attributes);
  return builder.create(state)->getResult(0);
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
  return name.getStringRef() == FixedCubaLIFOp::getOperationName() ||
         name.getStringRef() == FixedCubaLIOp::getOperationName() ||
         name.getStringRef() == Q15LIFOp::getOperationName();
}

double lle::fuzz::getLargestThreshold(OperationName name) {
  return name.getStringRef() == Q15LIFOp::getOperationName() ? INT16_MAX : loihi::kLargestThreshold;
}

static bool isTable(StringRef name) {
  return name == "du" || name == "dv" || name == "decay" || name == "v_threshold" || name.starts_with("bias_");
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
    else if (name != "name" && name != "arithmetic")
      add(name + (value ? " present" : " absent"));
  }
}

void lle::fuzz::expectFixedNeuron(OperationName name, std::set<Feature> &features) {
  for (StringAttr attribute : name.getAttributeNames()) {
    StringRef text = attribute.getValue();
    if (text == "name" || text == "arithmetic")
      continue;
    if (text == "reset") {
      for (Q15Reset reset : {Q15Reset::subtract, Q15Reset::zero})
        features.insert({name.getStringRef().str(), ("reset " + stringifyQ15Reset(reset)).str()});
      continue;
    }
    auto expect = [&](StringRef form) { features.insert({name.getStringRef().str(), (text + form).str()}); };
    if (isTable(text)) {
      expect(" uniform");
      expect(" per neuron");
    } else {
      expect(" present");
    }
    if (!isTable(text) || text.starts_with("bias_"))
      expect(" absent");
  }
}
