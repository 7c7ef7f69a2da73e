//===- SelectNeurons.cpp - simpler neurons where they are good enough -----===//
#include "passes/Analysis/Requirement.h"
#include "passes/Analysis/Text.h"
#include "passes/Neurons/Membrane.h"
#include "passes/Neurons/Passes.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/IR/Remarks.h"
#include "llvm/ADT/StringExtras.h"

namespace lle {
#define GEN_PASS_DEF_SELECTNEURONS
#include "passes/Neurons/Passes.h.inc"
} // namespace lle

using namespace mlir;
using namespace lle;
using namespace lle::spk;

/// Mean delays of a membrane that are tried, as shares of what it stands for.
static constexpr double kShares[] = {1, 0.75, 0.5, 0.25, 1.5};

namespace {
struct SelectNeurons : EvaluatingPass<lle::impl::SelectNeuronsBase<SelectNeurons>> {
  using EvaluatingPass::EvaluatingPass;

private:
  llvm::Error tune(NetworkOp network) override;
  llvm::Error simplify(NetworkOp network, Operation *op, Evaluator &evaluator, double required);
  void write(NetworkOp network, const Evaluator &evaluator, double before, double after, int64_t statesBefore);
};

/// A population and the metric with it.
struct Choice {
  Leaky leaky;
  double share, metric;
};
} // namespace

/// Elements of all states.
static int64_t countStates(NetworkOp network) {
  int64_t count = 0;
  for (auto op : network.getBody().getOps<StatefulOpInterface>())
    for (const StateDescriptor &state : op.getStates())
      count += state.type.getNumElements();
  return count;
}

static int64_t getNeurons(Operation *op) { return cast<RankedTensorType>(op->getResult(0).getType()).getNumElements(); }

static Operation *replace(Operation *op, const Leaky &leaky) {
  OpBuilder builder(op);
  Operation *lif = createLIF(builder, op, leaky).getDefiningOp();
  lif->setDiscardableAttrs(op->getDiscardableAttrDictionary());
  op->getResult(0).replaceAllUsesWith(lif->getResult(0));
  op->erase();
  return lif;
}

/// The forms as spk.lif that are tried: as the membrane is, and with other time constants.
static SmallVector<std::pair<Leaky, double>> getForms(Operation *op, double dt) {
  SmallVector<std::pair<Leaky, double>> forms;
  for (double share : kShares) {
    std::optional<Leaky> fitted = fitMembrane(op, dt, share);
    if (fitted && share == 1 && !isa<CubaLIFOp>(op))
      fitted = *toLeaky(op, dt); // nothing to fit: in its own words
    if (fitted)
      forms.push_back({*fitted, share});
  }
  return forms;
}

llvm::Error SelectNeurons::simplify(NetworkOp network, Operation *op, Evaluator &evaluator, double required) {
  const auto position = std::distance(op->getBlock()->begin(), Block::iterator(op));
  std::optional<Choice> best;
  double nearest = 0;
  bool isFirst = true;
  SmallVector<std::pair<Leaky, double>> forms = getForms(op, network.getDt().convertToDouble());
  for (const auto &[leaky, share] : forms) {
    OwningOpRef<ModuleOp> trial = ModuleOp::create(network.getLoc());
    if (auto parent = network->getParentOfType<ModuleOp>())
      (*trial)->setAttrs(parent->getAttrDictionary());
    NetworkOp candidate = network.clone();
    trial->getBody()->push_back(candidate);
    replace(&*std::next(candidate.getBody().front().begin(), position), leaky);
    llvm::Expected<Evaluation> evaluation = evaluator.evaluate(candidate, required);
    if (!evaluation)
      return evaluation.takeError();
    const double metric = evaluation->metric;
    if (isFirst || evaluator.isAtLeast(metric, nearest))
      nearest = metric;
    isFirst = false;
    bool isBetter = !best || (metric != best->metric && evaluator.isAtLeast(metric, best->metric));
    if (evaluation->isGoodEnough && isBetter)
      best = Choice{leaky, share, metric};
  }

  Builder b(network.getContext());
  StringRef name = cast<StatefulOpInterface>(op).getStateName(), model = op->getName().getStringRef();
  auto options = remark::RemarkOpts::name("Selected").category("neurons");
  if (!best) {
    std::string reason = forms.empty() ? "a neuron of it does not forget"
                                       : "without " + llvm::join(forms.front().first.losses, " and ") + " it gives " +
                                             formatNumber(nearest) + " at best";
    remark::missed(op->getLoc(), options)
        << remark::metric("Node", name) << remark::metric("Model", model) << remark::reason("{0}", reason);
    return llvm::Error::success();
  }
  remark::passed(op->getLoc(), options) << remark::metric("Node", name) << remark::metric("Model", "spk.lif")
                                        << remark::metric("From", model) << remark::metric("Delay", best->share)
                                        << remark::metric("Metric", best->metric)
                                        << remark::metric("Neurons", getNeurons(op));
  Operation *lif = replace(op, best->leaky);
  lif->setAttr(kSelectedFromAttr, b.getStringAttr(model));
  lif->setAttr(kDelayShareAttr, b.getF64FloatAttr(best->share));
  return llvm::Error::success();
}

/// Those that have more state than a membrane, the largest first: what may be lost goes where most is saved.
static SmallVector<Operation *> getPopulations(NetworkOp network) {
  SmallVector<Operation *> populations;
  for (Operation &op : network.getBody().front())
    if (isa<CubaLIFOp, AdLIFOp, ALIFOp, RefractoryLIFOp>(op))
      populations.push_back(&op);
  llvm::sort(populations, [](Operation *a, Operation *b) {
    int64_t left = getNeurons(a), right = getNeurons(b);
    return left != right ? left > right : a->isBeforeInBlock(b);
  });
  return populations;
}

llvm::Error SelectNeurons::tune(NetworkOp network) {
  SmallVector<Operation *> populations = getPopulations(network);
  if (populations.empty()) {
    remark::missed(network.getLoc(), remark::RemarkOpts::name("Selected").category("neurons"))
        << remark::metric("Network", network.getName())
        << remark::reason("no population has a synaptic current, an adaptation or a refractory period");
    return llvm::Error::success();
  }
  Requirement requirement = getRequirement();
  llvm::Expected<std::unique_ptr<Evaluator>> evaluator = createEvaluator(network, requirement);
  if (!evaluator)
    return evaluator.takeError();
  llvm::Expected<Baseline> before = measureBaseline(network, **evaluator, requirement);
  if (!before)
    return before.takeError();
  const double required = before->required;
  const int64_t states = countStates(network);
  for (Operation *op : populations)
    if (llvm::Error error = simplify(network, op, **evaluator, required))
      return error;
  llvm::Expected<Evaluation> after = (*evaluator)->evaluate(network);
  if (!after)
    return after.takeError();
  write(network, **evaluator, before->metric, after->metric, states);
  return llvm::Error::success();
}

void SelectNeurons::write(NetworkOp network, const Evaluator &evaluator, double before, double after,
                          int64_t statesBefore) {
  Builder b(network.getContext());
  NamedAttrList facts;
  facts.append("after", b.getF64FloatAttr(after));
  facts.append("before", b.getF64FloatAttr(before));
  facts.append("dataset", b.getStringAttr(evaluator.getData().getName()));
  facts.append("engine", b.getStringAttr(engine));
  facts.append("metric", b.getStringAttr(getMetricName(metric)));
  facts.append("samples", b.getI64IntegerAttr(evaluator.getSamples()));
  facts.append("states_after", b.getI64IntegerAttr(countStates(network)));
  facts.append("states_before", b.getI64IntegerAttr(statesBefore));
  network->setAttr(kNeuronsAttr, facts.getDictionary(network.getContext()));
}
