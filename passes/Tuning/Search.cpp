//===- Search.cpp - moves that make networks cheaper ----------------------===//
#include "passes/Tuning/Search.h"
#include "passes/Analysis/Text.h"
#include "passes/Precision/NarrowPayloads.h"

#include "mlir/Pass/Pass.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"

#include <cmath>

using namespace mlir;
using namespace lle;

namespace {
/// Options of a pass, and how much of what may still be lost it may lose.
struct Setting {
  StringRef options;
  double share = 1;
  bool keepsBudget = false;     ///< Also gets the budgets; left out where there is none.
  bool narrowsStates = false;   ///< Also gets the widths of states; left out where the target names none.
  bool narrowsPayloads = false; ///< Also gets the widths of payloads; left out where none can be narrower.
  bool needsCode = false;       ///< Left out where the target is a chip, which has neurons of its own.
};

struct Stage {
  StringRef pass;
  bool asksEvaluator;
  ArrayRef<Setting> settings;
  bool onlyCheapest = false; ///< A pass that takes many evaluations: on the network with the least energy or latency.
  bool asksTarget = false;   ///< A pass whose result depends on what the target stores or gains.
  bool endsSamples = false;  ///< A pass with `early-exit`.
};
} // namespace

static constexpr Setting kModels[] = {{"to=lif"}}, kShares[] = {{"", 0.25}, {"", 0.5}, {"", 1}},
                         kRatios[] = {{"ratio=0.125"}, {"ratio=0.25"}, {"ratio=0.5"}, {"ratio=0.75"}},
                         kSelection[] = {{"", 0.5},
                                         {"models=lif,plif", 0.5},
                                         {"models=lif,adlif", 0.5, /*keepsBudget=*/false, /*narrowsStates=*/false,
                                          /*narrowsPayloads=*/false, /*needsCode=*/true}},
                         kThresholds[] = {{""}}, kSynapses[] = {{"ratio=0.25"}, {"ratio=0.5"}, {"ratio=0.75"}},
                         kBits[] = {{"mean-bits=6 repairs=0"},
                                    {"mean-bits=5 repairs=0"},
                                    {"mean-bits=4 repairs=0"},
                                    {"repairs=0", 1, /*keepsBudget=*/true},
                                    {"repairs=0 widths=16", 1, /*keepsBudget=*/false, /*narrowsStates=*/true},
                                    {"repairs=0", 1, /*keepsBudget=*/true, /*narrowsStates=*/true},
                                    {"repairs=0 widths=16", 1, /*keepsBudget=*/false, /*narrowsStates=*/false,
                                     /*narrowsPayloads=*/true, /*needsCode=*/true},
                                    {"repairs=0 widths=16", 1, /*keepsBudget=*/false, /*narrowsStates=*/true,
                                     /*narrowsPayloads=*/true, /*needsCode=*/true}};

static const Stage kStages[] = {
    {"spk-convert-neurons", false, kModels},
    {"spk-select-neurons", true, kSelection},
    {"lle-tune-dt", true, kShares},
    {"spk-tune-timesteps", true, kShares, /*onlyCheapest=*/false, /*asksTarget=*/false, /*endsSamples=*/true},
    {"lle-prune-channels", true, kRatios},
    {"lle-prune-synapses", true, kSynapses, /*onlyCheapest=*/false, /*asksTarget=*/true},
    {"spk-tune-thresholds", true, kThresholds, /*onlyCheapest=*/true},
    {"lle-allocate-bits", true, kBits, /*onlyCheapest=*/false, /*asksTarget=*/true},
};

/// All that are narrower than those of 32 bits.
static constexpr StringRef kPayloadWidths = " payload-widths=1,8,16";

NetworkOp Candidate::getNetwork() { return *module->getOps<NetworkOp>().begin(); }

/// A module of its own, with what the network's module says of the target.
static OwningOpRef<ModuleOp> isolate(NetworkOp network) {
  OwningOpRef<ModuleOp> module = ModuleOp::create(network.getLoc());
  if (auto parent = network->getParentOfType<ModuleOp>())
    (*module)->setAttrs(parent->getAttrDictionary());
  module->getBody()->push_back(network->clone());
  return module;
}

llvm::Error Search::writeLabels() {
  SmallString<128> path;
  if (std::error_code error = llvm::sys::fs::createTemporaryFile("lle-optimize", "npy", path))
    return llvm::createStringError(error, "temporary file: " + error.message());
  labels.setFile(path);
  if (runtime::Status status = runtime::writeNpy(path.str().str(), evaluator->getLabels().getArray()); !status)
    return llvm::createStringError(status.error().message);
  options.requirement.evaluation.labels = path.str().str();
  return llvm::Error::success();
}

llvm::Error Search::prepare() {
  for (const std::string &pass : options.passes)
    if (llvm::none_of(kStages, [&](const Stage &stage) { return stage.pass == pass; }))
      return llvm::createStringError(
          "passes: '" + pass + "' is none of " +
          llvm::join(llvm::map_range(kStages, [](const Stage &stage) { return stage.pass; }), ", "));
  llvm::Expected<std::unique_ptr<Evaluator>> created = createEvaluator(original, options.requirement);
  if (!created)
    return created.takeError();
  evaluator = std::move(*created);
  // Without labels a pass would take what the network gives that it is given, and others have changed, for right.
  if (options.requirement.evaluation.labels.empty())
    if (llvm::Error error = writeLabels())
      return error;

  first = std::make_shared<Candidate>();
  first->module = isolate(original);
  llvm::Expected<Baseline> baseline = measureBaseline(first->getNetwork(), *evaluator, options.requirement);
  if (!baseline)
    return baseline.takeError();
  required = baseline->required;
  hasPayloads = !getPopulationPayloads(original, {1, 8, 16}).empty();
  if (llvm::Error error = measure(*first, baseline->metric))
    return error;
  return options.budget.checkIsKnown(first->price);
}

llvm::Error Search::measure(Candidate &candidate, double metric) {
  llvm::Expected<Price> price = getPrice(candidate.getNetwork(), *evaluator);
  if (!price)
    return price.takeError();
  candidate.metric = metric;
  candidate.price = *price;
  auto get = [](const std::optional<CostQuantity> &quantity) { return quantity ? quantity->value : 0; };
  candidate.merits = {isError(options.requirement.evaluation.metric) ? metric : 1 - metric, get(price->energy),
                      get(price->latency), price->memory.value};
  return llvm::Error::success();
}

std::string Search::getDataText() const {
  const EvaluatorOptions &evaluation = options.requirement.evaluation;
  std::string text = "dataset=" + llvm::join(options.requirement.dataset, ",") + " labels=" + evaluation.labels +
                     " metric=" + getMetricName(evaluation.metric).str() + " engine=" + evaluation.engine +
                     " samples=" + std::to_string(evaluation.samples) + " seed=" + std::to_string(evaluation.seed);
  const RecordingOptions &recordings = options.requirement.recordings;
  if (!recordings.bin.empty())
    text += " bin=" + recordings.bin;
  if (recordings.bins != 0)
    text += " bins=" + std::to_string(recordings.bins);
  return evaluation.output.empty() ? text : text + " output=" + evaluation.output;
}

std::string Search::getRequirementText(const Candidate &from, double share) const {
  if (isError(options.requirement.evaluation.metric))
    return "max-drop=" + formatNumber(share * (required - from.metric));
  return "min-accuracy=" + formatNumber(from.metric - share * (from.metric - required));
}

std::string Search::getBudgetText() const {
  std::string text;
  for (auto [name, limit] :
       {std::pair("energy-budget-mj", options.budget.energy), std::pair("max-latency-ms", options.budget.latency),
        std::pair("max-memory-kb", options.budget.memory)})
    if (limit)
      text += (Twine(" ") + name + "=" + formatNumber(*limit)).str();
  return text;
}

std::string Search::getStateWidthText() const {
  return " state-widths=" +
         llvm::join(llvm::map_range(options.form.stateWidths, [](unsigned bits) { return std::to_string(bits); }), ",");
}

/// Adds a pass on modules or on networks, with its options.
static LogicalResult addPass(PassManager &pm, StringRef pass, const std::string &options) {
  const PassInfo *info = PassInfo::lookup(pass);
  if (!info)
    return emitError(UnknownLoc::get(pm.getContext()), pass + " is not there");
  auto handle = [&](const Twine &message) { return emitError(UnknownLoc::get(pm.getContext()), message); };
  OpPassManager alone;
  if (failed(info->addToPipeline(alone, options, handle)))
    return failure();
  bool isOfModules = alone.begin()->getOpName() == ModuleOp::getOperationName();
  return info->addToPipeline(isOfModules ? static_cast<OpPassManager &>(pm) : pm.nest<NetworkOp>(), options, handle);
}

llvm::Expected<std::shared_ptr<Candidate>> Search::apply(Candidate &from, StringRef pass, const std::string &decision,
                                                         const std::string &options) {
  auto next = std::make_shared<Candidate>();
  next->module = OwningOpRef<ModuleOp>(from.module->clone());
  next->moves = from.moves;
  next->moves.push_back((pass + "{" + decision + "}").str());
  std::string reason;
  {
    ScopedDiagnosticHandler take(original.getContext(), [&](Diagnostic &diagnostic) {
      if (diagnostic.getSeverity() == DiagnosticSeverity::Error && reason.empty())
        reason = diagnostic.str();
      return success();
    });
    PassManager pm(original.getContext());
    if (succeeded(addPass(pm, pass, options)) && succeeded(pm.run(*next->module)))
      reason.clear();
  }
  if (reason.empty()) {
    llvm::Expected<Evaluation> evaluation = evaluator->evaluate(next->getNetwork(), required);
    if (!evaluation)
      return evaluation.takeError();
    if (evaluation->isGoodEnough) {
      if (llvm::Error error = measure(*next, evaluation->metric))
        return std::move(error);
      return next;
    }
    reason = getMetricName(this->options.requirement.evaluation.metric).str() + " " + formatNumber(evaluation->metric) +
             " after " + std::to_string(evaluation->samples) + " samples, where " + formatNumber(required) +
             " is needed";
  }
  refusals.push_back({next->moves, reason});
  return nullptr;
}

/// Those that none dominates, at most `count`.
static std::vector<std::shared_ptr<Candidate>> keepBest(ArrayRef<std::shared_ptr<Candidate>> candidates, size_t count) {
  std::vector<Merits> merits;
  for (const std::shared_ptr<Candidate> &candidate : candidates)
    merits.push_back(candidate->merits);
  std::vector<std::shared_ptr<Candidate>> kept;
  for (size_t index : spread(merits, lle::getFront(merits), count))
    kept.push_back(candidates[index]);
  return kept;
}

static bool isCheaper(const std::shared_ptr<Candidate> &a, const std::shared_ptr<Candidate> &b) {
  return std::pair(a->merits[size_t(Goal::Energy)], a->merits[size_t(Goal::Latency)]) <
         std::pair(b->merits[size_t(Goal::Energy)], b->merits[size_t(Goal::Latency)]);
}

/// On a terminal only.
static void show(const Twine &text) {
  if (llvm::errs().is_displayed())
    llvm::errs() << "\r\033[K" << text;
}

llvm::Error Search::run() {
  if (llvm::Error error = prepare())
    return error;
  front = {first};
  Candidates beam = front;
  for (const Stage &stage : kStages) {
    if (!options.passes.empty() && !llvm::is_contained(options.passes, stage.pass))
      continue;
    Candidates pool = beam;
    Candidates starts = stage.onlyCheapest ? Candidates{*llvm::min_element(beam, isCheaper)} : beam;
    for (auto [position, from] : llvm::enumerate(starts)) {
      llvm::StringSet<> tried;
      for (const Setting &setting : stage.settings) {
        if ((setting.keepsBudget && !options.budget.isGiven()) ||
            (setting.narrowsStates && options.form.stateWidths.empty()) || (setting.narrowsPayloads && !hasPayloads) ||
            (setting.needsCode && options.isNeuromorphic))
          continue;
        std::string decision = setting.options.str();
        if (setting.keepsBudget)
          decision += getBudgetText();
        if (setting.narrowsStates)
          decision += getStateWidthText();
        if (setting.narrowsPayloads)
          decision += kPayloadWidths;
        if (stage.endsSamples && options.earlyExit)
          decision += "early-exit";
        if (stage.asksEvaluator)
          decision += (decision.empty() ? "" : " ") + getRequirementText(*from, setting.share);
        if (!tried.insert(decision).second) // of nothing that may be lost, all shares are the same
          continue;
        show(stage.pass + "{" + decision + "}, network " + Twine(position + 1) + " of " + Twine(starts.size()) + "; " +
             Twine(front.size()) + " on the front");
        llvm::Expected<std::shared_ptr<Candidate>> next =
            apply(*from, stage.pass, decision,
                  decision + (stage.asksEvaluator ? " " + getDataText() : "") +
                      (stage.asksTarget ? " target=" + options.target : ""));
        if (!next)
          return next.takeError();
        if (*next)
          pool.push_back(std::move(*next));
      }
    }
    llvm::append_range(front, ArrayRef(pool).drop_front(beam.size()));
    front = keepBest(front, front.size());
    beam = keepBest(pool, options.beam);
  }
  show("");
  return llvm::Error::success();
}

std::string Search::describe(const Candidate &candidate) const {
  std::string text = getMetricName(options.requirement.evaluation.metric).str() + " " + formatNumber(candidate.metric);
  if (candidate.price.energy)
    text += ", energy " + formatNumber(candidate.price.energy->value) + " mJ";
  if (candidate.price.latency)
    text += ", latency " + formatNumber(candidate.price.latency->value) + " ms";
  return text + ", memory " + formatNumber(candidate.price.memory.value) + " KB";
}

llvm::Expected<std::shared_ptr<Candidate>> Search::choose() const {
  static constexpr StringRef kUnits[kGoals] = {"", " mJ", " ms", " KB"};
  const double allowed = std::abs(required - first->metric);
  auto rate = [&](const Candidate &candidate) {
    double sum = allowed > 0 ? options.weights[0] * (candidate.merits[0] - first->merits[0]) / allowed : 0;
    for (size_t goal = 1; goal < kGoals; ++goal)
      if (first->merits[goal] > 0)
        sum += options.weights[goal] * candidate.merits[goal] / first->merits[goal];
    return sum;
  };
  std::shared_ptr<Candidate> best, nearest;
  Excess least;
  const GoalLimits limits = getLimits();
  for (const std::shared_ptr<Candidate> &candidate : front) {
    Excess excess = getExcess(candidate->merits, limits);
    if (!nearest || excess.share < least.share) {
      nearest = candidate;
      least = excess;
    }
    if (excess.share == 0 && (!best || rate(*candidate) < rate(*best)))
      best = candidate;
  }
  if (best)
    return best;
  size_t goal = size_t(least.goal);
  const bool isOfFloats = least.goal == Goal::Memory && options.form.stored.empty() &&
                          llvm::any_of(nearest->getNetwork().getBody().getOps<WeightOp>(), [](WeightOp weight) {
                            return isa<FloatType>(weight.getType().getElementType());
                          });
  return llvm::createStringError("no network within the budget was found: " + getGoalName(least.goal) + " binds, " +
                                 formatNumber(*limits[goal]) + kUnits[goal] + " are allowed; the nearest has " +
                                 describe(*nearest) + (isOfFloats ? "; " + kStoredFloats.str() : ""));
}

std::vector<std::shared_ptr<Candidate>> Search::getBest(size_t count) const {
  Candidates within;
  for (const std::shared_ptr<Candidate> &candidate : front)
    if (getExcess(candidate->merits, getLimits()).share == 0)
      within.push_back(candidate);
  Candidates best = keepBest(within, count);
  llvm::sort(best, [](const auto &a, const auto &b) { return a->merits < b->merits; });
  return best;
}
