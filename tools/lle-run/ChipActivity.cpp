//===- ChipActivity.cpp - the cores and links of an emulated chip ---------===//
#include "tools/lle-run/ChipActivity.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace lle;
using namespace lle::run;
using llvm::StringRef;
using runtime::Activity;
using runtime::CoreActivity;
using runtime::CoreMap;

static constexpr const char *kTermNames[runtime::kTickTerms] = {"synaptic operations", "neuron updates", "packets out",
                                                                "link packets", "barrier"};

/// Where the figures of a unit come from, each source once; empty where there is none.
static std::string getSources(const CoreMap &map, StringRef unit) {
  llvm::StringSet<> seen;
  std::string sources;
  for (const runtime::ChipFigure &figure : map.figures)
    if (StringRef(figure.name).starts_with(unit) && seen.insert(figure.source).second)
      sources += (sources.empty() ? "" : "; ") + figure.provenance + ": " + figure.source;
  return sources;
}

void run::addChipMetrics(const EmulatorEngine &engine, std::vector<runtime::Metric> &metrics) {
  const CoreMap &map = engine.getMap();
  const Activity &activity = engine.getActivity();
  const CoreActivity total = activity.total();
  const double samples = double(activity.samples);
  auto add = [&](const char *name, double value, const char *unit, runtime::Evidence evidence, std::string source) {
    metrics.push_back({name, value, unit, evidence, std::move(source)});
  };
  auto count = [&](const char *name, uint64_t value) {
    add(name, double(value) / samples, "per inference", runtime::Evidence::Simulated, "emulator, all cores");
  };
  count("ticks", activity.ticks);
  count("synaptic operations", total.synapticOperations);
  count("neuron updates", total.neuronUpdates);
  count("packets", total.packetsOut);
  count(map.isMulticast ? "hops between chips" : "hops",
        map.isMulticast ? total.chipCrossings : total.hopsX + total.hopsY);
  if (std::string sources = getSources(map, "unit_ns."); !sources.empty())
    add("time of the chip", activity.nanoseconds / samples / 1e3, "us", runtime::Evidence::Derived,
        "the busiest core or link of each tick (arXiv:2601.10035), by figures of " + map.target + ": " + sources);
  if (std::string sources = getSources(map, "unit_pj."); !sources.empty())
    add("energy of the chip", runtime::computeEnergy(map, total) / samples / 1e6, "uJ", runtime::Evidence::Derived,
        "counts times figures of " + map.target + ", without static power: " + sources);
}

static llvm::json::Value formatCore(const CoreMap &map, const runtime::CoreContents &core,
                                    const CoreActivity &activity) {
  llvm::json::Array populations;
  for (const runtime::NeuronRun &run : core.neurons)
    populations.push_back(llvm::json::Object{{"name", map.populations[run.population].name},
                                             {"first", int64_t(run.first)},
                                             {"count", int64_t(run.count)}});
  llvm::json::Object result{{"populations", std::move(populations)},
                            {"synaptic operations", activity.synapticOperations},
                            {"neuron updates", activity.neuronUpdates},
                            {"memory words read", activity.wordsRead},
                            {"packets in", activity.packetsIn},
                            {"packets out", activity.packetsOut},
                            {"spikes", activity.spikes},
                            {"hops x", activity.hopsX},
                            {"hops y", activity.hopsY},
                            {"chip crossings", activity.chipCrossings},
                            {"energy in pJ", runtime::computeEnergy(map, activity)}};
  if (core.isHost) {
    result["host"] = true;
  } else {
    result["chip"] = core.chip;
    result["router"] = llvm::json::Array{core.x, core.y};
    result["slot"] = core.slot;
  }
  return result;
}

llvm::json::Value run::formatChip(const EmulatorEngine &engine) {
  static constexpr const char *kGridDirections[] = {"E", "N", "W", "S"};
  static constexpr const char *kChipDirections[] = {"E", "NE", "N", "W", "SW", "S"};
  const CoreMap &map = engine.getMap();
  const Activity &activity = engine.getActivity();
  llvm::json::Array cores, links;
  for (auto [core, done] : llvm::zip_equal(map.cores, activity.cores))
    cores.push_back(formatCore(map, core, done));
  for (const runtime::LinkActivity &link : activity.links)
    links.push_back(llvm::json::Object{
        {"from", llvm::json::Array{link.x, link.y}},
        {"to", map.isMulticast ? kChipDirections[link.direction] : kGridDirections[link.direction]},
        {"packets", link.packets}});
  llvm::json::Object busiest;
  for (size_t term = 0; term < runtime::kTickTerms; ++term) {
    llvm::json::Object entry{{"ticks that take as long", activity.ticksBoundBy[term]}};
    if (runtime::TickTerm(term) != runtime::TickTerm::Barrier) {
      entry["largest"] = activity.peaks[term];
      entry["mean"] = double(activity.sums[term]) / double(std::max<uint64_t>(activity.ticks, 1));
    }
    busiest[kTermNames[term]] = std::move(entry);
  }
  return llvm::json::Object{{"target", map.target},
                            {"latency", engine.getLatency()},
                            {"samples", activity.samples},
                            {"steps", activity.steps},
                            {"ticks", activity.ticks},
                            {"busiest core or link of a tick", std::move(busiest)},
                            {"energy in pJ (derived)", runtime::computeEnergy(map, activity.total())},
                            {"time in ns (derived)", activity.nanoseconds},
                            {"cores", std::move(cores)},
                            {"links", std::move(links)}};
}
