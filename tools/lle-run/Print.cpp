//===- Print.cpp - the summary of a run -----------------------------------===//
#include "tools/lle-run/Print.h"
#include "tools/lle-run/ChipActivity.h"

#include "llvm/Support/FormatVariadic.h"

using namespace lle;
using namespace lle::run;
using runtime::Evidence;

Summary run::summarize(const OpenedModel &model, const Sequences &inputs, const RunResult &result,
                       std::optional<runtime::Metric> evaluation) {
  Summary summary{model.path, model.engineName, inputs.getSamples(), inputs.getSteps(), {}, std::nullopt};
  auto &metrics = summary.metrics;
  if (evaluation)
    metrics.push_back(*evaluation);
  if (result.exitsEarly)
    metrics.push_back({"steps", double(result.steps) / inputs.getSamples(), "per inference", Evidence::Measured,
                       "samples end once they are decided"});
  if (result.seconds >= 0) {
    double perInference = result.seconds / inputs.getSamples() * 1e6, perStep = result.seconds / result.steps * 1e6;
    const char *source =
        model.emulator ? "calls of the emulator on this machine" : "calls of the generated code on this machine";
    metrics.push_back({"time per step", perStep, "us", Evidence::Measured, source});
    metrics.push_back({"time per inference", perInference, "us", Evidence::Measured, source});
  }
  for (auto [port, sum] : llvm::zip_equal(model.description.outputs, result.sums))
    if (port.isSpike)
      metrics.push_back(
          {(port.node.empty() ? "spikes of output " : "spikes of node ") + (port.node.empty() ? port.name : port.node),
           sum / inputs.getSamples(), "per inference", model.emulator ? Evidence::Simulated : Evidence::Measured,
           "sum over all steps"});
  if (model.emulator) {
    addChipMetrics(*model.emulator, metrics);
    summary.chip = formatChip(*model.emulator);
  } else if (!model.description.variants.empty())
    metrics.push_back({"arena", double(model.description.arenaBytes), "bytes", Evidence::Derived, "memory plan"});
  for (const runtime::Metric &metric : model.description.metrics)
    metrics.push_back(metric);
  return summary;
}

static llvm::StringRef getEvidence(Evidence evidence) {
  return evidence == Evidence::Measured ? "measured" : evidence == Evidence::Simulated ? "simulated" : "derived";
}

std::string run::formatText(const Summary &summary) {
  std::string text = llvm::formatv("{0}: {1}, {2} sample{3} of {4} steps\n", summary.model, summary.engine,
                                   summary.samples, summary.samples == 1 ? "" : "s", summary.steps);
  for (const runtime::Metric &metric : summary.metrics)
    text += llvm::formatv("  {0,-32} {1,12} {2,-14} {3}: {4}\n", metric.name, formatNumber(metric.value), metric.unit,
                          getEvidence(metric.provenance), metric.source);
  return text;
}

std::string run::formatJSON(const Summary &summary) {
  llvm::json::Array metrics;
  for (const runtime::Metric &metric : summary.metrics)
    metrics.push_back(llvm::json::Object{{"name", metric.name},
                                         {"value", metric.value},
                                         {"unit", metric.unit},
                                         {"provenance", getEvidence(metric.provenance)},
                                         {"source", metric.source}});
  llvm::json::Object root{{"model", summary.model},
                          {"engine", summary.engine},
                          {"samples", summary.samples},
                          {"steps", summary.steps},
                          {"metrics", std::move(metrics)}};
  if (summary.chip)
    root["chip"] = *summary.chip;
  return llvm::formatv("{0:2}\n", llvm::json::Value(std::move(root)));
}
