//===- ChipActivity.cpp - the cores and links of an emulated chip ---------===//
#include "tools/lle-run/ChipActivity.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <set>

using namespace lle;
using namespace lle::run;
using llvm::StringRef;
using runtime::Activity;
using runtime::CoreActivity;
using runtime::CoreMap;

static constexpr const char *kTermNames[runtime::kTickTerms] = {"synaptic operations", "neuron updates", "packets out",
                                                                "link packets", "barrier"};

/// How the figures of a unit were obtained, each way once; empty where there is none.
static std::string getProvenance(const CoreMap &map, StringRef unit) {
  std::set<std::string> kinds;
  for (const runtime::ChipFigure &figure : map.figures)
    if (StringRef(figure.name).starts_with(unit))
      kinds.insert(figure.provenance);
  return llvm::join(kinds, ", ");
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
  if (std::string kinds = getProvenance(map, "unit_ns."); !kinds.empty())
    add("time of the chip", activity.nanoseconds / samples / 1e3, "us", runtime::Evidence::Derived,
        "busiest core or link of each tick, figures of " + map.target + " (" + kinds + ")");
  if (std::string kinds = getProvenance(map, "unit_pj."); !kinds.empty())
    add("energy of the chip", runtime::computeEnergy(map, total) / samples / 1e6, "uJ", runtime::Evidence::Derived,
        "counts, without static power, figures of " + map.target + " (" + kinds + ")");
}

static llvm::json::Value formatCore(const CoreMap &map, const runtime::CoreContents &core,
                                    const CoreActivity &activity) {
  llvm::json::Array populations;
  for (const runtime::NeuronRun &run : core.neurons)
    populations.push_back(llvm::json::Object{
        {"name", map.populations[run.population].name}, {"first", int64_t(run.first)}, {"count", int64_t(run.count)}});
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
    links.push_back(
        llvm::json::Object{{"from", llvm::json::Array{link.x, link.y}},
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
  llvm::json::Array figures;
  for (const runtime::ChipFigure &figure : map.figures)
    if (StringRef(figure.name).starts_with("unit_"))
      figures.push_back(llvm::json::Object{{"name", figure.name},
                                           {"value", figure.value},
                                           {"provenance", figure.provenance},
                                           {"source", figure.source}});
  return llvm::json::Object{{"target", map.target},
                            {"latency", engine.getLatency()},
                            {"samples", activity.samples},
                            {"steps", activity.steps},
                            {"ticks", activity.ticks},
                            {"busiest core or link of a tick", std::move(busiest)},
                            {"energy in pJ (derived)", runtime::computeEnergy(map, activity.total())},
                            {"time in ns (derived)", activity.nanoseconds},
                            {"figures", std::move(figures)},
                            {"cores", std::move(cores)},
                            {"links", std::move(links)}};
}
