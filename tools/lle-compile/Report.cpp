//===- Report.cpp - sizes and times of a compilation ----------------------===//
#include "tools/lle-compile/Report.h"

#include "passes/Analysis/Activity.h"
#include "passes/Analysis/ExitRule.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"

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

/// What the activity was measured on; nothing where it was not.
static llvm::json::Value formatActivitySource(NetworkOp network) {
  auto source = network->getAttrOfType<mlir::DictionaryAttr>(kActivitySourceAttr);
  if (!source)
    return nullptr;
  llvm::json::Object object;
  for (mlir::NamedAttribute named : source) {
    if (auto text = llvm::dyn_cast<mlir::StringAttr>(named.getValue()))
      object[named.getName().getValue()] = text.getValue();
    else if (auto number = llvm::dyn_cast<mlir::IntegerAttr>(named.getValue()))
      object[named.getName().getValue()] = number.getInt();
  }
  return object;
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
                          {"activity_source", formatActivitySource(source)}};
  for (const runtime::Metric &metric : package.metrics)
    root[metric.name] = entry(metric.value, metric.unit, "derived");
  addCosts(root, costs, target);
  return llvm::formatv("{0:2}\n", llvm::json::Value(std::move(root)));
}
