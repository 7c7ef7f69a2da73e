//===- RandomCell.cpp - random recurrent cells ----------------------------===//
#include "test/fuzz/RandomCell.h"

#include "dialects/LTC/LTCOps.h"
#include "test/fuzz/MakeElements.h"

using namespace mlir;
using namespace lle;
using namespace lle::fuzz;
using namespace lle::ltc;

namespace {
class CellBuilder {
public:
  CellBuilder(OpBuilder &builder, RandomNumbers &random, const CellContext &context)
      : builder(builder), random(random), context(context), units(context.type.getNumElements()),
        inputs(cast<RankedTensorType>(context.input.getType()).getNumElements()) {}

  Operation *build(StringRef name);

private:
  OpBuilder &builder;
  RandomNumbers &random;
  const CellContext &context;
  int64_t units, inputs;
  NamedAttrList attributes;

  Attribute makeParameter(ArrayRef<int64_t> shape, llvm::function_ref<double()> draw);
  void add(StringRef name, ArrayRef<int64_t> shape, llvm::function_ref<double()> draw) {
    attributes.set(name, makeParameter(shape, draw));
  }
  void addUniform(StringRef name, ArrayRef<int64_t> shape, double low, double high) {
    add(name, shape, [&, low, high] { return random.real(low, high); });
  }
  /// A layer that neither dies out nor explodes.
  void addWeights(StringRef name, int64_t outputs, int64_t sources) {
    add(name, {outputs, sources}, [&] { return drawWeight(sources); });
  }
  double drawWeight(int64_t sources) { return random.real(-1.5, 1.5) / std::sqrt(double(sources)); }
  void addMask(StringRef name, ArrayRef<int64_t> shape);
  template <typename Attr, typename Enum>
  void addCase(StringRef name, unsigned largest) {
    attributes.set(name, Attr::get(builder.getContext(), Enum(random.below(largest + 1))));
  }
  void addActivation(StringRef name) {
    // Those with limits more often: the others may grow without end.
    Activation function = random.chance(0.3)
                              ? random.pick({Activation::tanh, Activation::lecun_tanh, Activation::sigmoid})
                              : Activation(random.below(getMaxEnumValForActivation() + 1));
    attributes.set(name, ActivationAttr::get(builder.getContext(), function));
  }
  void addTime(double longest, SmallVectorImpl<Value> &operands, bool mayBeZero);
  Solver addLTC();
  void addCfC();
  void addGates(int64_t gates, ArrayRef<StringRef> biases);
};
} // namespace

/// Uniform or of its own for each element, of any precision that files have.
Attribute CellBuilder::makeParameter(ArrayRef<int64_t> shape, llvm::function_ref<double()> draw) {
  Type element = random.pick(
      {Type(builder.getF32Type()), Type(builder.getF32Type()), Type(builder.getF64Type()), Type(builder.getF16Type())});
  auto type = RankedTensorType::get(shape, element);
  SmallVector<double> values(random.chance(0.15) ? 1 : type.getNumElements());
  std::generate(values.begin(), values.end(), draw);
  return makeElements(type, values);
}

void CellBuilder::addMask(StringRef name, ArrayRef<int64_t> shape) {
  auto type = RankedTensorType::get(shape, builder.getI8Type());
  double density = random.pick({0.1, 0.3, 0.8});
  SmallVector<double> values(random.chance(0.1) ? 1 : type.getNumElements());
  for (double &value : values)
    value = random.chance(density) ? random.pick({-1.0, 1.0}) : 0;
  attributes.set(name, makeElements(type, values));
}

/// The elapsed time, as an attribute, an operand or both.
void CellBuilder::addTime(double longest, SmallVectorImpl<Value> &operands, bool mayBeZero) {
  double elapsed = random.real(0.1, longest);
  bool asOperand = context.elapsed && random.chance(0.6);
  if (asOperand) {
    operands.push_back(context.elapsed);
    elapsed = context.shortest < 0 ? elapsed - context.shortest : random.chance(0.5) ? 0 : elapsed;
  } else if (mayBeZero && random.chance(0.1)) {
    elapsed = 0;
  }
  attributes.set("elapsed", builder.getF64FloatAttr(elapsed));
  int32_t segments[] = {1, asOperand, bool(context.hidden)};
  attributes.set("operandSegmentSizes", builder.getDenseI32ArrayAttr(segments));
}

/// Returns the solver.
Solver CellBuilder::addLTC() {
  auto solver = random.chance(0.6) ? Solver::fused : random.pick({Solver::euler, Solver::rk4});
  attributes.set("solver", SolverAttr::get(builder.getContext(), solver));
  auto positivity = random.pick({Positivity::clip, Positivity::softplus});
  attributes.set("positivity", PositivityAttr::get(builder.getContext(), positivity));
  attributes.set("unfolds", builder.getI64IntegerAttr(random.range(1, 6)));
  attributes.set("epsilon", builder.getF64FloatAttr(random.pick({0.0, 1e-8, 1e-3})));
  // Of the numbers after softplus.
  auto positive = [&](double low, double high, double zeros) {
    double value = random.real(low, high);
    return positivity == Positivity::softplus ? std::log(std::expm1(value)) : random.chance(zeros) ? 0 : value;
  };
  // What flown networks have: no capacitance, or no leak. Without both there is only what synapses give, which may be
  // next to nothing, and then its relative error counts.
  bool fused = solver == Solver::fused, noCapacitance = fused && random.chance(0.2);
  add("cm", {units}, [&] { return positive(0.4, 0.8, noCapacitance ? 0.5 : 0); });
  add("gleak", {units}, [&] { return positive(0.05, 1, noCapacitance ? 0 : 0.2); });
  addUniform("vleak", {units}, -0.3, 0.3);
  auto addSynapses = [&](const Twine &prefix, int64_t sources) {
    SmallVector<int64_t> shape{sources, units};
    double largest = std::min(1.0, (fused ? 8.0 : 2.0) / double(sources));
    addUniform((prefix + "sigma").str(), shape, 3, 8);
    addUniform((prefix + "mu").str(), shape, 0.3, 0.8);
    add((prefix + "w").str(), shape, [&] { return positive(0.001, largest, 0.1); });
    add((prefix + "erev").str(), shape,
        [&] { return random.chance(0.5) ? random.pick({-1.0, 1.0}) : random.real(-1, 1); });
    if (random.chance(0.5))
      addMask((prefix + "mask").str(), shape);
  };
  addSynapses("", units);
  addSynapses("sensory_", inputs);
  if (random.chance(0.5)) {
    // Features may be large enough to saturate every synapse.
    double scale = random.chance(0.1) ? 200 : 1;
    addUniform("input_w", {inputs}, 0.5 * scale, scale);
    if (random.chance(0.7))
      addUniform("input_b", {inputs}, -0.5, 0.5);
  }
  return solver;
}

void CellBuilder::addCfC() {
  auto mode = Mode(random.below(getMaxEnumValForMode() + 1));
  attributes.set("mode", ModeAttr::get(builder.getContext(), mode));
  int64_t width = inputs + units;
  if (random.chance(0.7)) {
    SmallVector<Attribute> weights, biases;
    for (int64_t layer = 0, layers = random.range(0, 3); layer < layers; ++layer) {
      int64_t outputs = random.range(1, 20);
      weights.push_back(makeParameter({outputs, width}, [&] { return drawWeight(width); }));
      biases.push_back(makeParameter({outputs}, [&] { return random.real(-0.5, 0.5); }));
      width = outputs;
    }
    attributes.set("backbone_weights", builder.getArrayAttr(weights));
    attributes.set("backbone_biases", builder.getArrayAttr(biases));
    if (!weights.empty() || random.chance(0.5))
      addActivation("activation");
  }
  SmallVector<StringRef> layers{"ff1"};
  if (mode != Mode::pure) {
    layers.append({"ff2", "time_a", "time_b"});
    addActivation("head_activation");
    addCase<GateSignAttr, GateSign>("gate_sign", getMaxEnumValForGateSign());
  } else {
    addUniform("w_tau", {units}, -1, 1);
    addUniform("a", {units}, -1, 1);
  }
  for (StringRef layer : layers) {
    addWeights((layer + "_weight").str(), units, width);
    addUniform((layer + "_bias").str(), {units}, -0.5, 0.5);
  }
  if (random.chance(0.5)) {
    addMask("mask", {units, width});
    addCase<MaskKindAttr, MaskKind>("mask_kind", getMaxEnumValForMaskKind());
  }
}

/// Weights of cells whose gates are one after the other.
void CellBuilder::addGates(int64_t gates, ArrayRef<StringRef> biases) {
  addWeights("w_in", gates * units, inputs);
  addWeights("w_rec", gates * units, units);
  for (StringRef bias : biases)
    addUniform(bias, {gates * units}, -0.5, 0.5);
}

Operation *CellBuilder::build(StringRef name) {
  attributes.set("name", builder.getStringAttr(name));
  SmallVector<Value> operands{context.input};
  SmallVector<Type> results{context.type};
  StringRef mnemonic;
  switch (context.isMemory ? 6 : random.below(11)) {
  case 0:
  case 1:
  case 2:
    mnemonic = "ltc_cell";
    // An explicit unfold must be short.
    addTime(addLTC() == Solver::fused ? 2 : 0.6, operands, /*mayBeZero=*/false);
    if (random.chance(0.5))
      results.front() = context.type.clone({random.range(1, units)}); // motor neurons
    results.push_back(context.type);
    if (random.chance(0.5)) {
      SmallVector<int64_t> outputs(cast<RankedTensorType>(results.front()).getShape());
      addUniform("output_w", outputs, 0.5, 1.5);
      if (random.chance(0.7))
        addUniform("output_b", outputs, -0.5, 0.5);
    }
    break;
  case 3:
  case 4:
  case 5:
    mnemonic = "cfc_cell";
    addCfC();
    addTime(2, operands, /*mayBeZero=*/true);
    break;
  case 6:
    mnemonic = "lstm_cell";
    addGates(4, {"bias"});
    break;
  case 7:
  case 8:
    mnemonic = "gru_cell";
    addCase<ResetAttr, Reset>("reset", getMaxEnumValForReset());
    addGates(3, {"bias_in", "bias_rec"});
    break;
  default:
    mnemonic = "ctrnn_cell";
    addActivation("activation");
    attributes.set("unfolds", builder.getI64IntegerAttr(random.range(1, 6)));
    addUniform("tau", {units}, 0.5, 2);
    addGates(1, {"bias"});
    addTime(1, operands, /*mayBeZero=*/false);
    break;
  }
  if (context.hidden)
    operands.push_back(context.hidden);
  OperationState state(builder.getUnknownLoc(), ("ltc." + mnemonic).str());
  state.addOperands(operands);
  state.addTypes(results);
  state.addAttributes(attributes);
  return builder.create(state);
}

Operation *lle::fuzz::addRandomCell(OpBuilder &builder, RandomNumbers &random, StringRef name,
                                    const CellContext &context) {
  return CellBuilder(builder, random, context).build(name);
}

Value lle::fuzz::getNextState(Operation *cell) { return cell->getResults().back(); }
