//===- ConvertNeurons.cpp - one neuron model by another -------------------===//
#include "dialects/Spk/Population.h"
#include "passes/Neurons/Membrane.h"
#include "passes/Neurons/Passes.h"

#include <cmath>

namespace lle {
#define GEN_PASS_DEF_CONVERTNEURONS
#include "passes/Neurons/Passes.h.inc"
} // namespace lle

using namespace mlir;
using namespace lle;
using namespace lle::spk;

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

/// An adaptation that is, and stays, zero.
static FailureOr<Value> createIdleAdLIF(OpBuilder &b, Operation *op, const Leaky &leaky) {
  if (failed(verifyPlain(op, leaky, "spk.adlif")))
    return failure();
  DenseElementsAttr zero = constant(leaky.init, 0);
  return createAdLIF(b, op, leaky, {zero, leaky.isDiscrete() ? ElementsAttr(zero) : leaky.tau});
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
                              : to == NeuronModel::adlif ? createIdleAdLIF(builder, op, *leaky)
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
