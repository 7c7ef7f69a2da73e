//===- PruneChannels.cpp - remove the channels that matter least ----------===//
#include "passes/Analysis/Requirement.h"
#include "passes/Analysis/Text.h"
#include "passes/Precision/Passes.h"
#include "passes/Precision/WeightTensors.h"
#include "passes/Pruning/Distillation.h"
#include "passes/Pruning/Elimination.h"
#include "passes/Pruning/Passes.h"
#include "passes/Pruning/PrunedShare.h"
#include "passes/Pruning/SynapseMatrix.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Remarks.h"
#include "llvm/ADT/StringExtras.h"

#include <cmath>

namespace lle {
#define GEN_PASS_DEF_PRUNECHANNELS
#include "passes/Pruning/Passes.h.inc"
} // namespace lle

using namespace mlir;
using namespace lle;

/// The shares that are tried where none is given.
static constexpr int64_t kShares = 32;

namespace {
/// A copy of the network, and what was removed from it.
struct Candidate {
  OwningOpRef<ModuleOp> module;
  NetworkOp network;
  struct Layer {
    std::string name;
    int64_t before = 0, after = 0;
    double error = 0;
  };
  SmallVector<Layer> layers;
};

struct PruneChannels : EvaluatingPass<lle::impl::PruneChannelsBase<PruneChannels>> {
  using EvaluatingPass::EvaluatingPass;

private:
  /// A population that was asked for, and the share of its channels to remove, if it has its own.
  struct Layer {
    std::string name;
    std::optional<double> ratio;
  };

  llvm::Error readLayers();
  llvm::Error checkOptions();
  /// Whether it is said how much of each layer goes.
  bool hasRatios() const {
    return ratio.hasValue() ||
           (!wanted.empty() && llvm::all_of(wanted, [](const Layer &layer) { return layer.ratio; }));
  }
  const Layer *findLayer(StringRef name) const;
  llvm::Error checkLayers(NetworkOp network);
  llvm::Error tune(NetworkOp network) override;
  bool isWanted(const ChannelGroup &group) const;
  llvm::Error train(NetworkOp network, NetworkOp teacher, const Dataset &data);
  llvm::Expected<Candidate> prune(NetworkOp network, double share, const Dataset &data);
  llvm::Expected<Candidate> findShare(NetworkOp network, Evaluator &evaluator, double required,
                                      const CostBudget &budget);
  void write(NetworkOp network, Candidate candidate, const Evaluator &evaluator, double before, double after);

  std::vector<Layer> wanted; ///< Empty: all.
};
} // namespace

llvm::Error PruneChannels::readLayers() {
  wanted.clear();
  for (StringRef layer : layers) {
    auto [name, number] = layer.rsplit('=');
    if (number.empty() && !layer.ends_with("=")) {
      wanted.push_back({layer.str(), std::nullopt});
      continue;
    }
    double own;
    if (number.getAsDouble(own) || !(own > 0 && own < 1))
      return llvm::createStringError("layers: the ratio of '" + name + "' must be above 0 and below 1, got '" + number +
                                     "'");
    wanted.push_back({name.str(), own});
  }
  if (hasRatios())
    return llvm::Error::success();
  for (const Layer &layer : wanted)
    if (layer.ratio)
      return llvm::createStringError("layers: '" + layer.name +
                                     "' has a ratio, but others have none; ratio is that of "
                                     "all others");
  return llvm::Error::success();
}

const PruneChannels::Layer *PruneChannels::findLayer(StringRef name) const {
  auto found = llvm::find_if(wanted, [&](const Layer &layer) { return layer.name == name; });
  return found == wanted.end() ? nullptr : &*found;
}

llvm::Error PruneChannels::checkOptions() {
  if (llvm::Error error = readLayers())
    return error;
  if (ratio.hasValue() && !(ratio > 0 && ratio < 1))
    return llvm::createStringError("ratio must be above 0 and below 1, got " + formatNumber(ratio));
  if (rounds < 1)
    return llvm::createStringError("rounds must be positive, got " + Twine(int64_t(rounds)));
  if (!(ridge > 0 && std::isfinite(ridge)))
    return llvm::createStringError("ridge must be positive and finite, got " + formatNumber(ridge));
  if (epochs < 0)
    return llvm::createStringError("epochs must not be negative, got " + Twine(int64_t(epochs)));
  if (!(rate > 0 && std::isfinite(rate)))
    return llvm::createStringError("rate must be positive and finite, got " + formatNumber(rate));
  if (!(dropout >= 0 && dropout < 1))
    return llvm::createStringError("dropout must be at least 0 and below 1, got " + formatNumber(dropout));
  if (epochs > 0 && !hasRatios())
    return llvm::createStringError("epochs need a ratio");
  if (window < -1)
    return llvm::createStringError("window must not be negative, got " + Twine(int64_t(window)));
  return llvm::Error::success();
}

bool PruneChannels::isWanted(const ChannelGroup &group) const {
  return group.reason.empty() && (wanted.empty() || findLayer(group.name));
}

/// Says why what was asked for cannot be pruned; what was not asked for is a remark.
llvm::Error PruneChannels::checkLayers(NetworkOp network) {
  std::vector<ChannelGroup> groups = findChannelGroups(network);
  for (const auto &[layer, own] : wanted) {
    auto found =
        llvm::find_if(groups, [&, name = StringRef(layer)](const ChannelGroup &group) { return group.name == name; });
    if (found == groups.end()) {
      auto names = llvm::map_to_vector(groups, [](const ChannelGroup &group) { return StringRef(group.name); });
      return llvm::createStringError("layers: there are no channels of '" + layer +
                                     "'; those of the network are: " + llvm::join(names, ", "));
    }
    if (!found->reason.empty())
      return llvm::createStringError("layers: the channels of '" + layer + "' " + found->reason);
  }
  if (llvm::any_of(groups, [&](const ChannelGroup &group) { return isWanted(group); }))
    return llvm::Error::success();
  std::string reasons;
  for (const ChannelGroup &group : groups)
    reasons += (reasons.empty() ? ": those of '" : "; those of '") + group.name + "' " + group.reason;
  return llvm::createStringError("no channels can be removed" + reasons);
}

/// Least squares fit every weight of a row, and training moves it: those that were removed would come back. (Of cells
/// only the synapses that are there are fitted.)
static llvm::Error checkSynapses(NetworkOp network) {
  for (auto weight : network.getOps<WeightOp>())
    if (weight->hasAttr(kSparsityAttr))
      return llvm::createStringError("the synapses of '" + network.getName() +
                                     "' were pruned, and correcting weights would bring them back; prune channels "
                                     "before synapses, or say correct=false");
  return llvm::Error::success();
}

/// How many of a group of `channels` are left when this share of those that can go is removed: one at least.
static int64_t countKept(int64_t channels, int64_t fixed, double share) {
  const double removed = double(channels - fixed) * share;
  return std::max<int64_t>(1, channels - int64_t(std::floor(removed + 0.5)));
}

/// Adds those of a round to those of rounds before.
static void noteKept(Operation *population, ArrayRef<int64_t> kept) {
  SmallVector<int64_t> indices(kept);
  if (auto before = population->getAttrOfType<DenseI64ArrayAttr>(kKeptChannelsAttr))
    for (int64_t &index : indices)
      index = before[index];
  population->setAttr(kKeptChannelsAttr, DenseI64ArrayAttr::get(population->getContext(), indices));
}

llvm::Expected<Candidate> PruneChannels::prune(NetworkOp network, double share, const Dataset &data) {
  Candidate candidate;
  candidate.module = ModuleOp::create(network.getLoc());
  candidate.network = network.clone();
  candidate.module->push_back(candidate.network);
  SignalRequest request{engine, samples, window < 0 ? std::nullopt : std::make_optional<int64_t>(window)};
  EliminationOptions elimination{importance, correct, ridge};
  for (int64_t round = 1; round <= rounds; ++round) {
    std::vector<ChannelGroup> groups = findChannelGroups(candidate.network);
    llvm::erase_if(groups, [&](const ChannelGroup &group) { return !isWanted(group); });
    candidate.layers.resize(groups.size());
    auto moments = measureSignals(candidate.network, groups, data, request);
    if (!moments)
      return moments.takeError();
    // Readers first: what is gone of them need not be corrected.
    for (size_t index = groups.size(); index-- > 0;) {
      ChannelGroup &group = groups[index];
      Candidate::Layer &layer = candidate.layers[index];
      if (round == 1)
        layer = {group.name, group.channels};
      const Layer *own = findLayer(group.name);
      const double goalShare = (own && own->ratio ? *own->ratio : share) * double(round) / double(rounds);
      int64_t goal = countKept(layer.before, group.fixed, goalShare);
      Elimination removed = eliminateChannels(group, group.channels - goal, *moments, elimination);
      noteKept(group.population, removed.kept);
      layer.after = group.channels;
      layer.error += removed.error;
    }
  }
  return std::move(candidate);
}

static llvm::Expected<std::vector<int64_t>> readClasses(const std::string &file, NetworkOp network,
                                                        const Dataset &data) {
  llvm::Expected<runtime::Array> array = readArrayFile(file);
  if (!array)
    return array.takeError();
  llvm::Expected<Labels> labels =
      Labels::read(Metric::Accuracy, getOutputFacts(network, 0), data.getSamples(), data.getSteps(0), *array, file);
  if (!labels)
    return labels.takeError();
  const runtime::Array read = labels->getArray();
  auto *classes = reinterpret_cast<const double *>(read.data.data());
  return std::vector<int64_t>(classes, classes + data.getSamples());
}

llvm::Error PruneChannels::train(NetworkOp network, NetworkOp teacher, const Dataset &data) {
  DistillationOptions distillation{
      trainingData.empty() ? int64_t(samples) : 0, epochs, rate, dropout, biases, seed, {}};
  std::unique_ptr<Dataset> more;
  if (!trainingData.empty()) {
    std::vector<std::string> files(trainingData.begin(), trainingData.end());
    llvm::Expected<std::unique_ptr<Dataset>> read = readDataset(files, teacher, {bin, bins});
    if (!read)
      return read.takeError();
    more = std::move(*read);
  }
  if (!trainingLabels.empty()) {
    llvm::Expected<std::vector<int64_t>> classes = readClasses(trainingLabels, teacher, more ? *more : data);
    if (!classes)
      return classes.takeError();
    distillation.classes = std::move(*classes);
  }
  return distil(network, teacher, more ? *more : data, distillation);
}

llvm::Expected<Candidate> PruneChannels::findShare(NetworkOp network, Evaluator &evaluator, double required,
                                                   const CostBudget &budget) {
  auto pruneShare = [&](double share) { return prune(network, share, evaluator.getData()); };
  if (!budget.isGiven())
    return findLargestShare<Candidate>(kShares, evaluator, required, pruneShare);
  llvm::Expected<PriceFunction> getPrice = createPriceFunction(costModel, target, getContext());
  if (!getPrice)
    return getPrice.takeError();
  return findSmallestShare<Candidate>(kShares, evaluator, budget, *getPrice, network, pruneShare);
}

llvm::Error PruneChannels::tune(NetworkOp network) {
  if (llvm::Error error = checkOptions())
    return error;
  llvm::Expected<CostBudget> budget = getBudget();
  if (!budget)
    return budget.takeError();
  if (budget->isGiven() && hasRatios())
    return llvm::createStringError("say either ratios or a budget");
  Requirement requirement = getRequirement();
  llvm::Expected<std::unique_ptr<Evaluator>> evaluator = createEvaluator(network, requirement);
  if (!evaluator)
    return evaluator.takeError();
  if (llvm::Error error = checkLayers(network))
    return error;
  if (correct || epochs > 0)
    if (llvm::Error error = checkSynapses(network))
      return error;
  if (epochs > 0)
    if (llvm::Error error = checkDistillable(network))
      return error;
  llvm::Expected<Evaluation> before = (*evaluator)->evaluate(network);
  if (!before)
    return before.takeError();
  double required = requirement.getBound(before->metric);
  bool isBound = requirement.minAccuracy || requirement.maxDrop || !(hasRatios() || budget->isGiven());
  if (isBound)
    if (llvm::Expected<Baseline> baseline = checkBaseline(before->metric, **evaluator, requirement); !baseline)
      return baseline.takeError();
  llvm::Expected<Candidate> candidate =
      hasRatios() ? prune(network, ratio, (*evaluator)->getData()) : findShare(network, **evaluator, required, *budget);
  if (!candidate)
    return candidate.takeError();
  if (epochs > 0)
    if (llvm::Error error = train(candidate->network, network, (*evaluator)->getData()))
      return error;
  llvm::Expected<Evaluation> after = (*evaluator)->evaluate(candidate->network);
  if (!after)
    return after.takeError();
  if (isBound)
    if (llvm::Error error = checkPruned(**evaluator, required, before->metric, after->metric))
      return error;
  write(network, std::move(*candidate), **evaluator, before->metric, after->metric);
  return llvm::Error::success();
}

/// Synapses that are gone stay gone where no weight was corrected: what says so counts those that are left.
static void recountSynapses(NetworkOp network, NetworkOp pruned) {
  Builder b(network.getContext());
  auto recount = [&](DictionaryAttr facts, int64_t synapses) {
    NamedAttrList counted(facts);
    counted.set("synapses", b.getI64IntegerAttr(synapses));
    return counted.getDictionary(b.getContext());
  };
  int64_t total = 0;
  for (const SynapseMatrix &matrix : findSynapseMatrices(pruned)) {
    total += matrix.countSynapses();
    const WeightTensor &tensor = matrix.getTensor();
    auto notes = tensor.op->getAttrOfType<DictionaryAttr>(kSparsityAttr);
    const std::string key = tensor.attribute.str() + (tensor.index < 0 ? "" : std::to_string(tensor.index));
    auto note = notes ? notes.getAs<DictionaryAttr>(key) : DictionaryAttr();
    if (!note)
      continue;
    NamedAttrList all(notes);
    all.set(key, recount(note, matrix.countSynapses()));
    tensor.op->setAttr(kSparsityAttr, all.getDictionary(b.getContext()));
  }
  if (auto facts = network->getAttrOfType<DictionaryAttr>(kSparsityAttr))
    network->setAttr(kSparsityAttr, recount(facts, total));
}

void PruneChannels::write(NetworkOp network, Candidate candidate, const Evaluator &evaluator, double before,
                          double after) {
  int64_t channelsBefore = 0, channelsAfter = 0, parametersBefore = countParameters(network);
  for (const Candidate::Layer &layer : candidate.layers) {
    channelsBefore += layer.before;
    channelsAfter += layer.after;
    remark::passed(network.getLoc(), remark::RemarkOpts::name("Pruned").category("pruning").function(layer.name))
        << remark::metric("Channels", layer.after) << remark::metric("ChannelsBefore", layer.before)
        << remark::metric("Error", layer.error);
  }
  for (const ChannelGroup &group : findChannelGroups(network))
    if (!isWanted(group) && layers.empty())
      remark::missed(network.getLoc(), remark::RemarkOpts::name("Kept").category("pruning").function(group.name))
          << remark::reason("the channels {0}", group.reason);
  removeWeightFacts(candidate.network, {kBitsAttr});
  network->removeAttr(kBitsAttr);
  if (correct) {
    removeWeightFacts(candidate.network, {kSparsityAttr});
    network->removeAttr(kSparsityAttr);
  } else {
    recountSynapses(network, candidate.network);
  }
  network.getBody().takeBody(candidate.network.getBody());
  int64_t parametersAfter = countParameters(network);
  Builder b(network.getContext());
  StringRef by = importance == ChannelImportance::OutputChange ? "output-change"
                 : importance == ChannelImportance::Magnitude  ? "magnitude"
                                                               : "spikes";
  network->setAttr(kPruningAttr, b.getDictionaryAttr({
                                     b.getNamedAttr("after", b.getF64FloatAttr(after)),
                                     b.getNamedAttr("before", b.getF64FloatAttr(before)),
                                     b.getNamedAttr("channels", b.getI64IntegerAttr(channelsAfter)),
                                     b.getNamedAttr("channels_before", b.getI64IntegerAttr(channelsBefore)),
                                     b.getNamedAttr("corrected", b.getBoolAttr(correct)),
                                     b.getNamedAttr("dataset", b.getStringAttr(evaluator.getData().getName())),
                                     b.getNamedAttr("engine", b.getStringAttr(engine)),
                                     b.getNamedAttr("importance", b.getStringAttr(by)),
                                     b.getNamedAttr("epochs", b.getI64IntegerAttr(epochs)),
                                     b.getNamedAttr("metric", b.getStringAttr(getMetricName(metric))),
                                     b.getNamedAttr("parameters", b.getI64IntegerAttr(parametersAfter)),
                                     b.getNamedAttr("parameters_before", b.getI64IntegerAttr(parametersBefore)),
                                     b.getNamedAttr("rounds", b.getI64IntegerAttr(rounds)),
                                     b.getNamedAttr("samples", b.getI64IntegerAttr(evaluator.getSamples())),
                                 }));
}
