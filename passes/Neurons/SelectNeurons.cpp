//===- SelectNeurons.cpp - simpler or calmer neurons that are good enough -===//
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
/// Of a membrane that is to spike less, which may forget more slowly as well.
static constexpr double kOtherShares[] = {0.5, 0.75, 1.5, 2};
/// What the adaptation after a spike lowers a membrane by in all that does not forget, as shares of the threshold.
static constexpr double kAdaptations[] = {0.1, 0.3, 1};
/// The mean delay of an adaptation, of which the membrane's is one.
static constexpr double kAdaptationDelay = 4;
/// A form is worth its change if it spares at least this share of the spikes.
static constexpr double kLeastGain = 0.01;

/// What `models` may say.
static constexpr StringLiteral kLIF = "lif", kPLIF = "plif", kAdLIF = "adlif";

namespace {
/// What a population may become.
struct Form {
  Leaky leaky;
  double share = 1;      ///< Of the mean delay.
  double adaptation = 0; ///< One of kAdaptations: it is spk.adlif then, else spk.lif.

  StringRef getModel() const { return adaptation == 0 ? "spk.lif" : "spk.adlif"; }
};

struct SelectNeurons : EvaluatingPass<lle::impl::SelectNeuronsBase<SelectNeurons>> {
  using EvaluatingPass::EvaluatingPass;

private:
  llvm::Error tune(NetworkOp network) override;
  llvm::Error simplify(NetworkOp network, Operation *op, Evaluator &evaluator, double required);
  llvm::Error calm(NetworkOp network, Operation *op, Evaluator &evaluator, double required);
  bool takes(StringRef model) const { return models.empty() ? model == kLIF : llvm::is_contained(models, model); }
  /// Whether spikes are counted, and populations of spk.lif changed.
  bool countsSpikes() const { return takes(kPLIF) || takes(kAdLIF); }
  SmallVector<Form> getCalmForms(Operation *op, double dt) const;
};

/// A population, the metric with it, and the spikes of all populations in a sample where they count.
struct Choice {
  Form form;
  double metric, spikes = 0;
};

/// What the network gives and has, before and after.
struct Facts {
  double metric, spikes = 0;
  int64_t states;
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

/// Of spikes that all populations emit in a sample.
static llvm::Expected<double> countSpikes(NetworkOp network, const Evaluator &evaluator) {
  llvm::Expected<Activity> activity = evaluator.measureActivity(network);
  if (!activity)
    return activity.takeError();
  double sum = 0;
  for (const auto &[signal, range] : activity->signals)
    if (auto neuron = signal.getDefiningOp<NeuronOpInterface>(); neuron && neuron.emitsSpikes())
      sum += range.sum;
  return sum / double(activity->samples);
}

/// The adaptation that a form has: it forgets in kAdaptationDelay of what the membrane needs, or of a step.
static Adaptation getAdaptation(const Form &form) {
  ElementsAttr decay = combine(form.leaky.decay, {}, [](double membrane, double) {
    const double delay = kAdaptationDelay * std::max(membrane / (1 - membrane), 1.0);
    return delay / (1 + delay);
  });
  // A spike adds the jump once; what it takes of the membrane is a geometric series.
  auto getJump = [&](double threshold, double left) { return form.adaptation * threshold * (1 - left); };
  return {combine(form.leaky.threshold, decay, getJump), decay};
}

/// Replaces a population; says what it was and is.
static Operation *replace(Operation *op, const Form &form) {
  OpBuilder builder(op);
  Value spikes = form.adaptation == 0 ? createLIF(builder, op, form.leaky)
                                      : createAdLIF(builder, op, form.leaky, getAdaptation(form));
  Operation *neurons = spikes.getDefiningOp();
  neurons->setDiscardableAttrs(op->getDiscardableAttrDictionary());
  // A population that is selected twice still says what it was at first.
  if (!neurons->hasAttr(kSelectedFromAttr))
    neurons->setAttr(kSelectedFromAttr, builder.getStringAttr(op->getName().getStringRef()));
  auto before = neurons->getAttrOfType<FloatAttr>(kDelayShareAttr);
  neurons->setAttr(kDelayShareAttr, builder.getF64FloatAttr(form.share * (before ? before.getValueAsDouble() : 1)));
  if (form.adaptation != 0)
    neurons->setAttr(kAdaptationAttr, builder.getF64FloatAttr(form.adaptation));
  op->getResult(0).replaceAllUsesWith(spikes);
  op->erase();
  return neurons;
}

/// A copy of the network in a module of its own, with the population replaced.
static OwningOpRef<ModuleOp> makeTrial(NetworkOp network, Operation *op, const Form &form) {
  const auto position = std::distance(op->getBlock()->begin(), Block::iterator(op));
  OwningOpRef<ModuleOp> trial = ModuleOp::create(network.getLoc());
  if (auto parent = network->getParentOfType<ModuleOp>())
    (*trial)->setAttrs(parent->getAttrDictionary());
  NetworkOp candidate = network.clone();
  trial->getBody()->push_back(candidate);
  replace(&*std::next(candidate.getBody().front().begin(), position), form);
  return trial;
}

/// The forms as spk.lif that are tried: as the membrane is, and with other time constants.
static SmallVector<Form> getForms(Operation *op, double dt) {
  SmallVector<Form> forms;
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
  std::optional<Choice> best;
  double nearest = 0;
  bool isFirst = true;
  SmallVector<Form> forms = getForms(op, network.getDt().convertToDouble());
  for (const Form &form : forms) {
    OwningOpRef<ModuleOp> trial = makeTrial(network, op, form);
    llvm::Expected<Evaluation> evaluation = evaluator.evaluate(*trial->getOps<NetworkOp>().begin(), required);
    if (!evaluation)
      return evaluation.takeError();
    const double metric = evaluation->metric;
    if (isFirst || evaluator.isAtLeast(metric, nearest))
      nearest = metric;
    isFirst = false;
    bool isBetter = !best || (metric != best->metric && evaluator.isAtLeast(metric, best->metric));
    if (evaluation->isGoodEnough && isBetter)
      best = Choice{form, metric};
  }

  StringRef name = cast<StatefulOpInterface>(op).getStateName(), model = op->getName().getStringRef();
  auto options = remark::RemarkOpts::name("Selected").category("neurons");
  if (!best) {
    std::string reason = forms.empty() ? "a neuron of it does not forget"
                                       : "without " + llvm::join(forms.front().leaky.losses, " and ") + " it gives " +
                                             formatNumber(nearest) + " at best";
    remark::missed(op->getLoc(), options)
        << remark::metric("Node", name) << remark::metric("Model", model) << remark::reason("{0}", reason);
    return llvm::Error::success();
  }
  remark::passed(op->getLoc(), options) << remark::metric("Node", name) << remark::metric("Model", "spk.lif")
                                        << remark::metric("From", model) << remark::metric("Delay", best->form.share)
                                        << remark::metric("Metric", best->metric)
                                        << remark::metric("Neurons", getNeurons(op));
  replace(op, best->form);
  return llvm::Error::success();
}

/// Forms of spk.lif that may spike less.
SmallVector<Form> SelectNeurons::getCalmForms(Operation *op, double dt) const {
  SmallVector<Form> forms;
  if (takes(kPLIF))
    for (double share : kOtherShares)
      if (std::optional<Leaky> leaky = fitMembrane(op, dt, share))
        forms.push_back({*leaky, share});
  std::optional<Leaky> leaky = fitMembrane(op, dt, /*share=*/1);
  if (!takes(kAdLIF) || !leaky || leaky->floor || leaky->firing.getWhen() != When::same_step ||
      leaky->firing.getEmit() != Emit::updated || leaky->firing.getMaxSpikes() != 1)
    return forms;
  for (double adaptation : kAdaptations)
    forms.push_back({*leaky, /*share=*/1, adaptation});
  return forms;
}

/// Of the forms that keep the metric, the one with the fewest spikes in the network.
llvm::Error SelectNeurons::calm(NetworkOp network, Operation *op, Evaluator &evaluator, double required) {
  llvm::Expected<double> before = countSpikes(network, evaluator);
  if (!before)
    return before.takeError();
  std::optional<Choice> best;
  for (const Form &form : getCalmForms(op, network.getDt().convertToDouble())) {
    OwningOpRef<ModuleOp> trial = makeTrial(network, op, form);
    auto candidate = *trial->getOps<NetworkOp>().begin();
    llvm::Expected<Evaluation> evaluation = evaluator.evaluate(candidate, required);
    if (!evaluation)
      return evaluation.takeError();
    if (!evaluation->isGoodEnough)
      continue;
    llvm::Expected<double> spikes = countSpikes(candidate, evaluator);
    if (!spikes)
      return spikes.takeError();
    if (*spikes < (best ? best->spikes : *before * (1 - kLeastGain)))
      best = Choice{form, evaluation->metric, *spikes};
  }
  StringRef name = cast<StatefulOpInterface>(op).getStateName();
  auto options = remark::RemarkOpts::name("Calmed").category("neurons");
  if (!best) {
    remark::missed(op->getLoc(), options)
        << remark::metric("Node", name) << remark::metric("Spikes", *before)
        << remark::reason("no form that was tried has fewer spikes and keeps the metric");
    return llvm::Error::success();
  }
  remark::passed(op->getLoc(), options) << remark::metric("Node", name)
                                        << remark::metric("Model", best->form.getModel())
                                        << remark::metric("Delay", best->form.share)
                                        << remark::metric("Adaptation", best->form.adaptation)
                                        << remark::metric("Metric", best->metric)
                                        << remark::metric("Spikes", best->spikes)
                                        << remark::metric("SpikesBefore", *before);
  replace(op, best->form);
  return llvm::Error::success();
}

/// The largest first: what may be lost goes where most is saved.
template <typename... Models>
static SmallVector<Operation *> getPopulations(NetworkOp network) {
  SmallVector<Operation *> populations;
  for (Operation &op : network.getBody().front())
    if (isa<Models...>(op))
      populations.push_back(&op);
  llvm::sort(populations, [](Operation *a, Operation *b) {
    int64_t left = getNeurons(a), right = getNeurons(b);
    return left != right ? left > right : a->isBeforeInBlock(b);
  });
  return populations;
}

static void write(NetworkOp network, const Evaluator &evaluator, const Facts &before, const Facts &after,
                  bool hasSpikes) {
  Builder b(network.getContext());
  NamedAttrList facts;
  facts.append("after", b.getF64FloatAttr(after.metric));
  facts.append("before", b.getF64FloatAttr(before.metric));
  facts.append("dataset", b.getStringAttr(evaluator.getData().getName()));
  facts.append("engine", b.getStringAttr(evaluator.getOptions().engine));
  facts.append("metric", b.getStringAttr(getMetricName(evaluator.getOptions().metric)));
  facts.append("samples", b.getI64IntegerAttr(evaluator.getSamples()));
  if (hasSpikes) {
    facts.append("spikes_after", b.getF64FloatAttr(after.spikes));
    facts.append("spikes_before", b.getF64FloatAttr(before.spikes));
  }
  facts.append("states_after", b.getI64IntegerAttr(after.states));
  facts.append("states_before", b.getI64IntegerAttr(before.states));
  network->setAttr(kNeuronsAttr, facts.getDictionary(network.getContext()));
}

llvm::Error SelectNeurons::tune(NetworkOp network) {
  for (StringRef model : models)
    if (model != kLIF && model != kPLIF && model != kAdLIF)
      return llvm::createStringError("models: '" + model + "' is none of lif, plif, adlif");
  SmallVector<Operation *> rich, plain;
  if (takes(kLIF))
    rich = getPopulations<CubaLIFOp, AdLIFOp, ALIFOp, RefractoryLIFOp>(network);
  if (countsSpikes())
    plain = getPopulations<LIFOp>(network);
  if (rich.empty() && plain.empty()) {
    StringRef reason = countsSpikes() ? "no population is a leaky membrane"
                                      : "no population has a synaptic current, an adaptation or a refractory period";
    remark::missed(network.getLoc(), remark::RemarkOpts::name("Selected").category("neurons"))
        << remark::metric("Network", network.getName()) << remark::reason("{0}", reason);
    return llvm::Error::success();
  }
  Requirement requirement = getRequirement();
  llvm::Expected<std::unique_ptr<Evaluator>> evaluator = createEvaluator(network, requirement);
  if (!evaluator)
    return evaluator.takeError();
  llvm::Expected<Baseline> baseline = measureBaseline(network, **evaluator, requirement);
  if (!baseline)
    return baseline.takeError();
  auto getFacts = [&]() -> llvm::Expected<Facts> {
    llvm::Expected<Evaluation> evaluation = (*evaluator)->evaluate(network);
    if (!evaluation)
      return evaluation.takeError();
    llvm::Expected<double> spikes = countsSpikes() ? countSpikes(network, **evaluator) : llvm::Expected<double>(0.0);
    if (!spikes)
      return spikes.takeError();
    return Facts{evaluation->metric, *spikes, countStates(network)};
  };
  llvm::Expected<Facts> before = getFacts();
  if (!before)
    return before.takeError();
  for (Operation *op : rich)
    if (llvm::Error error = simplify(network, op, **evaluator, baseline->required))
      return error;
  if (countsSpikes()) // those that have become spk.lif as well
    for (Operation *op : getPopulations<LIFOp>(network))
      if (llvm::Error error = calm(network, op, **evaluator, baseline->required))
        return error;
  llvm::Expected<Facts> after = getFacts();
  if (!after)
    return after.takeError();
  write(network, **evaluator, *before, *after, countsSpikes());
  return llvm::Error::success();
}
