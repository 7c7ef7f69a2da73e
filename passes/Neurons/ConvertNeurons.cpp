//===- ConvertNeurons.cpp - one neuron model by another -------------------===//
#include "dialects/Spk/Population.h"
#include "dialects/Spk/SpkModels.h"
#include "passes/Neurons/Passes.h"

#include <cmath>

namespace lle {
#define GEN_PASS_DEF_CONVERTNEURONS
#include "passes/Neurons/Passes.h.inc"
} // namespace lle

using namespace mlir;
using namespace lle;
using namespace lle::spk;

namespace {
/// What spk.lif has: the model through which all others pass.
struct Leaky {
  DynamicsAttr dynamics;
  FiringAttr firing;
  ElementsAttr tau, r, leak, decay, bias, init, threshold, reset, floor;
  SmallVector<StringRef> losses; ///< Properties of the population that this leaves out.

  bool isDiscrete() const { return dynamics.getIntegrator() == Integrator::discrete; }
};
} // namespace

static SmallVector<double> getNumbers(ElementsAttr elements) {
  SmallVector<double> values;
  spk::findOffender(elements, [&](double value) { return values.push_back(value), true; });
  return values;
}

static bool isZero(ElementsAttr elements) {
  return llvm::all_of(getNumbers(elements), [](double value) { return value == 0; });
}

/// A parameter in double precision, made of others of one shape element by element; absent ones are zero.
static DenseElementsAttr combine(ElementsAttr a, ElementsAttr b, llvm::function_ref<double(double, double)> function) {
  SmallVector<double> left = getNumbers(a), right = b ? getNumbers(b) : SmallVector<double>(left.size(), 0.0);
  for (auto [x, y] : llvm::zip_equal(left, right))
    x = function(x, y);
  // A uniform parameter stays one number.
  if (llvm::all_equal(left))
    left.resize(1);
  auto type = RankedTensorType::get(a.getShapedType().getShape(), Float64Type::get(a.getContext()));
  return DenseElementsAttr::get(type, ArrayRef<double>(left));
}

static DenseElementsAttr constant(ElementsAttr like, double value) {
  return combine(like, {}, [&](double, double) { return value; });
}

static DynamicsAttr getDynamics(MLIRContext *context, Integrator integrator) {
  return DynamicsAttr::get(context, integrator, Order::decay_first, Gain::unit, Scale::membrane);
}

//===----------------------------------------------------------------------===//
// To spk.lif
//===----------------------------------------------------------------------===//

template <typename Op>
static Leaky getMembrane(Op op) {
  Leaky leaky;
  leaky.dynamics = op.getDynamics();
  leaky.firing = op.getFiring();
  leaky.tau = op.getTauAttr();
  leaky.r = op.getRAttr();
  leaky.leak = op.getVLeakAttr();
  leaky.decay = op.getDecayAttr();
  leaky.bias = op.getBiasAttr();
  leaky.init = op.getVInitAttr();
  leaky.threshold = op.getVThresholdAttr();
  leaky.reset = op.getVResetAttr();
  if constexpr (!std::is_same_v<Op, AdLIFOp>)
    leaky.floor = op.getVMinAttr();
  return leaky;
}

static FailureOr<Leaky> toLeaky(Operation *op, double dt) {
  if (auto lif = dyn_cast<LIFOp>(op))
    return getMembrane(lif);
  if (auto adaptive = dyn_cast<AdLIFOp>(op)) {
    Leaky leaky = getMembrane(adaptive);
    if (!isZero(adaptive.getA()) || !isZero(adaptive.getJump()))
      leaky.losses.push_back("its adaptation current");
    return leaky;
  }
  if (auto adaptive = dyn_cast<ALIFOp>(op)) {
    Leaky leaky = getMembrane(adaptive);
    if (!isZero(adaptive.getBeta()) && !isZero(adaptive.getJump()))
      leaky.losses.push_back("its adaptive threshold");
    if (adaptive.getRJumpAttr() && !isZero(adaptive.getRJumpAttr()))
      leaky.losses.push_back("its refractoriness");
    return leaky;
  }
  if (auto refractory = dyn_cast<RefractoryLIFOp>(op)) {
    Leaky leaky = getMembrane(refractory);
    if (!isZero(refractory.getPeriod()))
      leaky.losses.push_back("its refractory period");
    return leaky;
  }
  Leaky leaky;
  if (auto trained = dyn_cast<PLIFOp>(op)) {
    leaky.dynamics =
        getDynamics(op->getContext(), trained.getDecayInput() ? Integrator::euler : Integrator::decay_euler);
    leaky.firing = trained.getFiring();
    leaky.tau = combine(trained.getW(), {}, [&](double w, double) { return dt * (1 + std::exp(-w)); });
    if (findOffender(leaky.tau, [](double tau) { return std::isfinite(tau); }))
      return op->emitOpError("does not forget: w is too small for a time constant");
    leaky.r = constant(trained.getW(), 1);
    leaky.leak = trained.getVLeakAttr();
    leaky.init = trained.getVInitAttr();
    leaky.threshold = trained.getVThresholdAttr();
    leaky.reset = trained.getVResetAttr();
    return leaky;
  }
  if (auto perfect = dyn_cast<IFOp>(op)) {
    if (perfect.getDynamics().getGain() != Gain::unit || perfect.getDynamics().getScale() != Scale::membrane)
      return op->emitOpError("has no form as spk.lif: its gain is ")
             << stringifyGain(perfect.getDynamics().getGain()) << " and its scale "
             << stringifyScale(perfect.getDynamics().getScale()) << ", expected unit and membrane";
    leaky.dynamics = getDynamics(op->getContext(), Integrator::discrete);
    leaky.firing = perfect.getFiring();
    leaky.decay = constant(perfect.getVInit(), 1);
    leaky.init = perfect.getVInitAttr();
    leaky.threshold = perfect.getVThresholdAttr();
    leaky.reset = perfect.getVResetAttr();
    leaky.floor = perfect.getVMinAttr();
    return leaky;
  }
  return op->emitOpError("has no form as spk.lif: its membrane is another one");
}

//===----------------------------------------------------------------------===//
// From spk.lif
//===----------------------------------------------------------------------===//

/// Whether the firing of spk.lif is one that the second tier has.
static LogicalResult verifyPlain(Operation *op, const Leaky &leaky, StringRef target) {
  FiringAttr firing = leaky.firing;
  if (firing.getWhen() != When::same_step || firing.getEmit() != Emit::updated || firing.getMaxSpikes() != 1)
    return op->emitOpError("has no form as ") << target << ": expected one spike at most, with its reset in the same "
                                              << "step, got " << firing;
  if (leaky.floor)
    return op->emitOpError("has no form as ") << target << ": it has a floor";
  if (leaky.dynamics.getScale() != Scale::membrane)
    return op->emitOpError("has no form as ") << target << ": its scale is input";
  return success();
}

static Value createLIF(OpBuilder &b, Operation *op, const Leaky &leaky) {
  return LIFOp::create(b, op->getLoc(), op->getResult(0).getType(), op->getAttrOfType<StringAttr>("name"),
                       op->getOperand(0), leaky.dynamics, leaky.firing, leaky.tau, leaky.r, leaky.leak, leaky.decay,
                       leaky.bias, leaky.threshold, leaky.reset, leaky.floor, leaky.init);
}

/// An adaptation that is, and stays, zero.
static FailureOr<Value> createAdLIF(OpBuilder &b, Operation *op, const Leaky &leaky) {
  if (failed(verifyPlain(op, leaky, "spk.adlif")))
    return failure();
  DenseElementsAttr zero = constant(leaky.init, 0);
  NamedAttrList attributes;
  auto set = [&](StringRef name, Attribute value) {
    if (value)
      attributes.set(name, value);
  };
  set("name", op->getAttr("name"));
  set("dynamics", leaky.dynamics);
  set("firing", leaky.firing);
  set("tau", leaky.tau);
  set("r", leaky.r);
  set("v_leak", leaky.leak);
  set("decay", leaky.decay);
  set("bias", leaky.bias);
  set("v_init", leaky.init);
  set("v_threshold", leaky.threshold);
  set("v_reset", leaky.reset);
  set("couple", CouplingAttr::get(op->getContext(), Coupling::simultaneous));
  set("a", zero);
  set("jump", zero);
  if (leaky.isDiscrete())
    set("decay_w", zero);
  else
    set("tau_w", leaky.tau);
  return AdLIFOp::create(b, op->getLoc(), op->getResult(0).getType(), op->getOperand(0), attributes.getAttrs())
      .getResult();
}

/// `v' = v + s ((v_leak - v) + x)` or `v' = (1 - s) v + x + s v_leak`: which of the two, and s.
static FailureOr<Value> createPLIF(OpBuilder &b, Operation *op, const Leaky &leaky, double dt) {
  if (failed(verifyPlain(op, leaky, "spk.plif")))
    return failure();
  if (leaky.dynamics.getGain() != Gain::unit || leaky.dynamics.getOrder() != Order::decay_first)
    return op->emitOpError("has no form as spk.plif: expected gain unit and order decay_first, got ")
           << stringifyGain(leaky.dynamics.getGain()) << " and " << stringifyOrder(leaky.dynamics.getOrder());
  auto forget = [&](double tau, double) { return dt / tau; };
  auto forgetExactly = [&](double tau, double) { return -std::expm1(-dt / tau); };
  DenseElementsAttr s;
  ElementsAttr leak = leaky.leak;
  bool decayInput = false;
  switch (leaky.dynamics.getIntegrator()) {
  case Integrator::euler:
  case Integrator::decay_euler:
    decayInput = leaky.dynamics.getIntegrator() == Integrator::euler;
    s = combine(leaky.tau, {}, forget);
    break;
  case Integrator::exact:
  case Integrator::hold:
  case Integrator::decay_exp:
    decayInput = leaky.dynamics.getIntegrator() != Integrator::decay_exp;
    s = combine(leaky.tau, {}, forgetExactly);
    break;
  case Integrator::discrete:
    s = combine(leaky.decay, {}, [](double decay, double) { return 1 - decay; });
    leak = combine(s, leaky.bias, [](double rate, double bias) { return bias == 0 ? 0 : bias / rate; });
    break;
  }
  if (auto number = findOffender(s, [](double rate) { return rate > 0 && rate < 1; }))
    return op->emitOpError("has no form as spk.plif: it forgets ") << *number << " of its membrane in a step, expected "
                                                                   << "between 0 and 1";
  DenseElementsAttr w = combine(s, {}, [](double rate, double) { return std::log(rate / (1 - rate)); });
  return PLIFOp::create(b, op->getLoc(), op->getResult(0).getType(), op->getAttrOfType<StringAttr>("name"),
                        op->getOperand(0), leaky.firing, leaky.threshold, leaky.reset, w, b.getBoolAttr(decayInput),
                        leak, leaky.init)
      .getResult();
}

namespace {
struct ConvertNeurons : lle::impl::ConvertNeuronsBase<ConvertNeurons> {
  using ConvertNeuronsBase::ConvertNeuronsBase;

  LogicalResult convert(Operation *op) {
    static constexpr StringLiteral kTargets[] = {"spk.lif", "spk.adlif", "spk.plif"};
    StringRef target = kTargets[unsigned(to.getValue())];
    if (op->getName().getStringRef() == target)
      return success();
    double dt = getOperation().getDt().convertToDouble();
    FailureOr<Leaky> leaky = toLeaky(op, dt);
    if (failed(leaky))
      return failure();
    OpBuilder builder(op);
    FailureOr<Value> result = to == NeuronModel::lif     ? createLIF(builder, op, *leaky)
                              : to == NeuronModel::adlif ? createAdLIF(builder, op, *leaky)
                                                         : createPLIF(builder, op, *leaky, dt);
    if (failed(result))
      return failure();
    for (StringRef loss : leaky->losses)
      op->emitRemark("becomes ") << target << " without " << loss;
    result->getDefiningOp()->setDiscardableAttrs(op->getDiscardableAttrDictionary());
    op->getResult(0).replaceAllUsesWith(*result);
    op->erase();
    return success();
  }

  void runOnOperation() override {
    for (Operation &op : llvm::make_early_inc_range(getOperation().getBody().front())) {
      auto neuron = dyn_cast<NeuronOpInterface>(op);
      if (neuron && neuron.emitsSpikes() && failed(convert(&op)))
        return signalPassFailure();
    }
  }
};
} // namespace
