//===- Report.cpp - sizes and times of a compilation ----------------------===//
#include "tools/lle-compile/Report.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"

using namespace lle;
using llvm::StringRef;

std::string lle::formatReport(const CompiledNetwork &network, const Target &target) {
  auto entry = [](double value, StringRef unit, StringRef provenance) {
    return llvm::json::Object{{"value", value}, {"unit", unit}, {"provenance", provenance}};
  };
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
                          {"optimize_time", entry(network.optimizeSeconds, "s", "measured")}};
  for (const runtime::Metric &metric : package.metrics)
    root[metric.name] = entry(metric.value, metric.unit, "derived");
  return llvm::formatv("{0:2}\n", llvm::json::Value(std::move(root)));
}
