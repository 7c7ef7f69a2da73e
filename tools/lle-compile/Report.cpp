//===- Report.cpp - sizes and times of a compilation ----------------------===//
#include "tools/lle-compile/Report.h"

#include "passes/Analysis/Activity.h"
#include "passes/Analysis/ExitRule.h"
#include "passes/Analysis/WeightForm.h"
#include "passes/Neurons/Passes.h"
#include "passes/Precision/WeightTensors.h"
#include "passes/Pruning/Passes.h"
#include "passes/Tuning/Passes.h"

#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

using namespace lle;
using llvm::StringRef;

static llvm::json::Object entry(double value, StringRef unit, StringRef provenance) {
  return llvm::json::Object{{"value", value}, {"unit", unit}, {"provenance", provenance}};
}

/// Which kernel each synapse has, and what speaks for it.
static llvm::json::Array formatSynapses(llvm::ArrayRef<SynapseDecision> synapses) {
  llvm::json::Array entries;
  for (const SynapseDecision &decision : synapses) {
    static constexpr StringRef kReasons[] = {"cost", "attribute", "option"};
    llvm::json::Object object{{"name", decision.getName()},
                              {"kernel", decision.isEvent ? "event" : "dense"},
                              {"chosen_by", kReasons[unsigned(decision.reason)]},
                              {"activity", entry(decision.activity, "1", decision.isMeasured ? "measured" : "assumed")},
                              {"event", entry(decision.eventCycles, "cycles", "derived")},
                              {"dense", entry(decision.denseCycles, "cycles", "derived")}};
    // Above it, the dense kernel is cheaper.
    if (decision.crossover <= 1)
      object["crossover"] = entry(decision.crossover, "1", "derived");
    entries.push_back(std::move(object));
  }
  return entries;
}

/// A fact that a pass wrote down; one without a form in JSON, such as a tensor, as MLIR prints it.
static llvm::json::Value formatFact(mlir::Attribute attribute) {
  return llvm::TypeSwitch<mlir::Attribute, llvm::json::Value>(attribute)
      .Case([](mlir::DictionaryAttr facts) {
        llvm::json::Object object;
        for (mlir::NamedAttribute fact : facts)
          object[fact.getName().getValue()] = formatFact(fact.getValue());
        return object;
      })
      .Case([](mlir::ArrayAttr facts) { return llvm::json::Array(llvm::map_range(facts, formatFact)); })
      .Case([](mlir::StringAttr text) { return text.getValue(); })
      .Case([](mlir::BoolAttr truth) { return truth.getValue(); })
      .Case([](mlir::IntegerAttr number) { return number.getValue().getSExtValue(); })
      .Case([](mlir::FloatAttr number) { return number.getValueAsDouble(); })
      .Default([](mlir::Attribute other) {
        std::string text;
        llvm::raw_string_ostream(text) << other;
        return text;
      });
}

/// What the activity was measured on; nothing where it was not.
static llvm::json::Value formatActivitySource(NetworkOp network) {
  auto source = network->getAttrOfType<mlir::DictionaryAttr>(kActivitySourceAttr);
  return source ? formatFact(source) : nullptr;
}

/// What each pass that tuned the network says that it measured and changed.
static llvm::json::Array formatPasses(NetworkOp network) {
  static constexpr std::pair<StringRef, StringRef> kPasses[] = {
      {kTimestepsAttr, "spk-tune-timesteps"},   {kDtAttr, "lle-tune-dt"},
      {kThresholdsAttr, "spk-tune-thresholds"}, {kNeuronsAttr, "spk-select-neurons"},
      {kPruningAttr, "lle-prune-channels"},     {kSparsityAttr, "lle-prune-synapses"},
      {kBitsAttr, "lle-allocate-bits"},         {kOptimizedAttr, "lle-optimize"}};
  llvm::json::Array entries;
  for (auto [attribute, pass] : kPasses)
    if (auto facts = network->getAttrOfType<mlir::DictionaryAttr>(attribute))
      entries.push_back(llvm::json::Object{{"pass", pass}, {"facts", formatFact(facts)}});
  return entries;
}

mlir::FailureOr<NetworkCosts> lle::measureCosts(NetworkOp source, const Target &target, CompileOptions options,
                                                const Dataset *data) {
  options.nodeScopes = true;
  mlir::FailureOr<CompiledNetwork> compiled = compileNetwork(source, target, options);
  if (failed(compiled))
    return mlir::failure();
  mlir::FailureOr<MemoryUse> memory = measureNodes(source, *compiled);
  if (failed(memory))
    return mlir::failure();
  NetworkCosts costs{
      compiled->package.name, std::move(*memory), estimateWork(source, *compiled, {target, data}), 0, false, {}};
  costs.steps = double(source.getSteps().value_or(0));
  if (costs.estimate.hasProfile)
    costs.steps = double(costs.estimate.steps) / double(costs.estimate.samples);
  if (data && ExitRule(source).isGiven()) {
    llvm::Expected<Activity> activity = measureActivity(source, *data, {});
    if (!activity)
      return source.emitError(llvm::toString(activity.takeError()));
    costs.steps = double(activity->steps) / double(activity->samples);
    costs.endsEarly = true;
  }
  costs.suggestions = suggest(source, costs.estimate, costs.memory, {target, options, data});
  return costs;
}

std::string lle::formatReport(const CompiledNetwork &network, const Target &target, NetworkOp source,
                              llvm::ArrayRef<SynapseDecision> synapses, const NetworkCosts &costs) {
  const runtime::Package &package = network.package;
  llvm::json::Object root{{"network", package.name},
                          {"target", target.name},
                          {"source", package.provenance.sourceName},
                          {"source_hash", package.provenance.sourceHash},
                          {"pipeline", package.provenance.pipeline},
                          {"tool", package.provenance.toolVersion},
                          {"kept", llvm::json::Array(package.kept)},
                          {"arena", entry(package.arenaBytes, "bytes", "derived")},
                          {"states", entry(package.stateBytes, "bytes", "derived")},
                          {"lower_time", entry(network.lowerSeconds, "s", "measured")},
                          {"optimize_time", entry(network.optimizeSeconds, "s", "measured")},
                          {"synapses", formatSynapses(synapses)},
                          {"activity_source", formatActivitySource(source)},
                          {"passes", formatPasses(source)}};
  for (const runtime::Metric &metric : package.metrics)
    root[metric.name] = entry(metric.value, metric.unit, "derived");
  addCosts(root, costs, target);
  return llvm::formatv("{0:2}\n", llvm::json::Value(std::move(root)));
}
