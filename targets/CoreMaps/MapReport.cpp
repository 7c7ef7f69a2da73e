//===- MapReport.cpp - how full the cores of a map are --------------------===//
#include "targets/CoreMaps/MapReport.h"
#include "runtime/coremap/CoreMapFile.h"
#include "targets/CoreMaps/Heat.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"

#include <algorithm>

using namespace lle;
using namespace lle::runtime;
using llvm::StringRef;
namespace json = llvm::json;

namespace {
struct LoadLimit {
  const char *limit;
  const char *what;
  uint64_t CoreUse::*use;
};
constexpr LoadLimit kLoadLimits[] = {
    {"limits.core_neurons", "neurons", &CoreUse::neurons},
    {"limits.core_synapse_bytes", "bytes of synapses", &CoreUse::synapseBytes},
    {"limits.core_memory_bytes", "bytes of memory", &CoreUse::memoryBytes},
    {"limits.core_data_bytes", "bytes of data", &CoreUse::memoryBytes},
    {"limits.core_in_axons", "in-axons", &CoreUse::inAxons},
    {"limits.core_out_axons", "out-axons", &CoreUse::outAxons},
};

/// Sums of a map's cores, without hosts.
struct MapTotals {
  uint64_t cores = 0, neurons = 0, synapses = 0, memoryBytes = 0;
  std::optional<size_t> fullest;
};
} // namespace

static MapTotals addUp(const CoreMap &map, const MapReport &report) {
  MapTotals totals;
  for (size_t i = 0; i < map.cores.size(); ++i) {
    if (map.cores[i].isHost)
      continue;
    ++totals.cores;
    totals.neurons += report.uses[i].neurons;
    totals.synapses += report.uses[i].synapses;
    totals.memoryBytes += report.uses[i].memoryBytes;
    if (!totals.fullest || report.loads[i].share > report.loads[*totals.fullest].share)
      totals.fullest = i;
  }
  return totals;
}

static double countTicks(const MapReport &report) { return double(std::max<uint64_t>(report.activity->ticks, 1)); }

/// Names of the layers that have neurons on the core.
static llvm::SmallVector<StringRef> getLayers(const CoreMap &map, const CoreContents &core) {
  llvm::SmallVector<StringRef> names;
  for (const NeuronRun &run : core.neurons)
    if (!llvm::is_contained(names, map.populations[run.population].name))
      names.push_back(map.populations[run.population].name);
  return names;
}

/// SpiNNaker2: the powers of the plan. Loihi: energies of the counted tick, without static power, which is unpublished.
static void addHeat(const CoreMap &map, MapReport &report) {
  const bool isLoihi = map.arithmetic == ChipArithmetic::Loihi;
  if (isLoihi && !report.activity)
    return;
  std::vector<double> watts;
  for (size_t i = 0; i < map.cores.size(); ++i)
    watts.push_back(isLoihi ? computeEnergy(map, report.activity->cores[i]) * 1e-12 /
                                  (countTicks(report) * report.tickSeconds)
                            : report.power.cores[i].milliwatts * 1e-3);
  report.kelvin = findTemperatures(map, watts);
}

Result<MapReport> lle::reportMap(const CoreMap &map, double tickSeconds, double rate) {
  MapReport report;
  report.tickSeconds = tickSeconds;
  report.rate = rate;
  NeuronRates rates;
  for (const CorePopulation &population : map.populations)
    rates.emplace_back(countNeurons(population), float(rate));
  for (const CoreContents &core : map.cores) {
    const CoreUse &use = report.uses.emplace_back(countCore(map, core));
    CoreLoad &load = report.loads.emplace_back();
    for (const LoadLimit &limit : kLoadLimits)
      if (const ChipFigure *figure = findFigure(map, limit.limit); figure && !core.isHost)
        if (double share = double(use.*limit.use) / figure->value; share > load.share)
          load = {share, limit.what};
  }
  Result<runtime::Traffic> traffic = measureTraffic(map, {});
  if (!traffic)
    return traffic.error();
  report.traffic = std::move(*traffic);
  report.violations = checkCapacity(map);
  report.power = planPower(map, estimateWork(map, rates), tickSeconds);
  addHeat(map, report);
  return report;
}

void lle::addActivity(const CoreMap &map, Activity activity, MapReport &report) {
  const double ticks = double(std::max<uint64_t>(activity.ticks, 1));
  std::vector<CountedLink> links;
  static constexpr uint8_t kGridDirections[] = {kEast, kNorth, kWest, kSouth};
  for (const LinkActivity &link : activity.links)
    links.push_back({link.x, link.y, map.isMulticast ? uint8_t(link.direction) : kGridDirections[link.direction],
                     double(link.packets) / ticks});
  report.traffic = addUpTraffic(map, double(activity.total().packetsOut) / ticks, links);
  std::vector<TickWork> work = estimateWork(map, {});
  for (auto [tick, core] : llvm::zip_equal(work, activity.cores))
    tick.mean = (double(core.synapticOperations) * kSynapseCycles + double(core.neuronUpdates) * kNeuronCycles) / ticks;
  report.power = planPower(map, work, report.tickSeconds);
  report.activity = std::move(activity);
  addHeat(map, report);
}

/// What each core does in the mean tick of the emulated input.
struct MeanTick {
  double rate;        ///< packets of a neuron, or of an input of the host
  double nanoseconds; ///< its longest term, without the barrier, by the figures of unit_ns
  double load;        ///< of the core that takes longest
};

static std::vector<MeanTick> getMeanTicks(const CoreMap &map, const MapReport &report) {
  const double ticks = countTicks(report);
  const std::array<double, kTickTerms> costs = getTickCosts(map);
  std::vector<MeanTick> means;
  double longest = 0;
  for (auto [use, core] : llvm::zip_equal(report.uses, report.activity->cores)) {
    double terms[] = {double(core.synapticOperations) * costs[size_t(TickTerm::SynapticOperations)],
                      double(core.neuronUpdates) * costs[size_t(TickTerm::NeuronUpdates)],
                      double(core.packetsOut) * costs[size_t(TickTerm::PacketsOut)]};
    double sent = double(core.spikes + core.firings) / ticks;
    means.push_back({use.neurons ? sent / double(use.neurons) : 0, *std::max_element(terms, terms + 3) / ticks, 0});
    longest = std::max(longest, means.back().nanoseconds);
  }
  for (MeanTick &mean : means)
    mean.load = longest > 0 ? mean.nanoseconds / longest : 0;
  return means;
}

/// Where figures of traffic and power come from.
static constexpr const char *kMeasured = "measured (emulated)", *kEstimated = "estimated";

static const char *getBasis(const MapReport &report) { return report.activity ? kMeasured : kEstimated; }

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

static size_t countLevel(const PowerPlan &plan, PowerLevel level) {
  return std::count_if(plan.cores.begin(), plan.cores.end(),
                       [&](const CorePower &core) { return core.level == level; });
}

static void formatPower(const CoreMap &map, const MapReport &report, llvm::raw_ostream &os) {
  const PowerPlan &plan = report.power;
  if (map.arithmetic == ChipArithmetic::Loihi) {
    os << "power: " << plan.unmapped << " cores hold nothing; power states of cores are not published\n";
    return;
  }
  std::string active = report.activity ? "activity as " + std::string(kMeasured)
                                       : llvm::formatv("{0:P0} of sources active ({1})", report.rate, kEstimated).str();
  os << llvm::formatv("power (derived) in ticks of {0} ms, {1}: {2:F1} mW, {3:F1} mW with all elements "
                      "on; {4} off, {5} at 0.5 V, {6} at 0.8 V\n",
                      report.tickSeconds * 1e3, active, plan.milliwatts, plan.ungatedMilliwatts, plan.unmapped,
                      countLevel(plan, PowerLevel::Low), countLevel(plan, PowerLevel::High));
  for (size_t i = 0; i < plan.cores.size(); ++i)
    if (plan.cores[i].isLate)
      os << "late: core " << i << " does not end its busiest tick in time: put its neurons on more cores\n";
}

static std::string count(uint64_t number, const char *what) {
  return llvm::formatv("{0} {1}{2}", number, what, number == 1 ? "" : "s");
}

static void formatActivity(const CoreMap &map, const MapReport &report, llvm::raw_ostream &os) {
  const Activity &activity = *report.activity;
  auto perTick = [&](uint64_t count) { return double(count) / countTicks(report); };
  os << llvm::formatv("\n{0} in {1}, {2}, {3}; of the mean tick, with times and energies by the target's figures:\n",
                      kMeasured, count(activity.samples, "sample"), count(activity.steps, "step"),
                      count(activity.ticks, "tick"));
  os << "core  packets of a neuron  synaptic operations  packets in  packets out      ns       pJ   load\n";
  for (auto [i, mean] : llvm::enumerate(getMeanTicks(map, report))) {
    const CoreActivity &core = activity.cores[i];
    os << llvm::formatv("{0,4}  {1,19:F4}  {2,19:F1}  {3,10:F1}  {4,11:F1}  {5,6:F0}  {6,7:F0}  ", i, mean.rate,
                        perTick(core.synapticOperations), perTick(core.packetsIn), perTick(core.packetsOut),
                        mean.nanoseconds, computeEnergy(map, core) / countTicks(report));
    os << (map.cores[i].isHost ? " host" : llvm::formatv("{0,5:P0}", mean.load).str()) << "\n";
  }
  os << llvm::formatv("{0}, mean tick: {1:F1} packets on {2:F1} links, {3:F1} from chip to chip, at most {4:F1} on "
                      "one\n",
                      kMeasured, report.traffic.packets, report.traffic.hops, report.traffic.crossings,
                      report.traffic.maxLoad);
}

/// A router, and how warm it is.
struct Warmest {
  size_t chip = 0, router = 0;
  double kelvin = 0;
};

static Warmest findWarmest(const MapReport &report) {
  Warmest warmest;
  for (auto [chip, routers] : llvm::enumerate(report.kelvin))
    for (auto [router, kelvin] : llvm::enumerate(routers))
      if (kelvin > warmest.kelvin)
        warmest = {chip, router, kelvin};
  return warmest;
}

static void formatHeat(const CoreMap &map, const MapReport &report, llvm::raw_ostream &os) {
  if (report.kelvin.empty())
    return;
  Warmest warmest = findWarmest(report);
  os << llvm::formatv(
      "warmest router (derived, materials assumed; activity {0}): chip {1}, x {2}, y {3}, {4:F3} mK over "
      "the air\n",
      getBasis(report), warmest.chip, warmest.router % map.gridWidth, warmest.router / map.gridWidth,
      warmest.kelvin * 1e3);
}

static void formatPrograms(const MapReport &report, llvm::raw_ostream &os) {
  auto largest = std::max_element(report.programs.begin(), report.programs.end(),
                                  [](const ElementProgram &a, const ElementProgram &b) {
                                    return a.codeBytes + a.dataBytes < b.codeBytes + b.dataBytes;
                                  });
  if (largest != report.programs.end())
    os << llvm::formatv("largest program: core {0}, {1} bytes of code with its constants, {2} of data with the stack\n",
                        largest - report.programs.begin(), largest->codeBytes, largest->dataBytes);
}

std::string lle::formatMap(const CoreMap &map, const MapReport &report) {
  std::string text;
  llvm::raw_string_ostream os(text);
  MapTotals totals = addUp(map, report);
  os << llvm::formatv("{0}: {1} on {2}, {3}, {4}, {5:F1} KB\n\n", map.target, count(totals.cores, "core"),
                      count(map.chips, "chip"), count(totals.neurons, "neuron"), count(totals.synapses, "synapse"),
                      double(totals.memoryBytes) / 1024);
  os << "core  chip  x  y  slot  neurons  synapses  synapse KB  memory KB  in-axons  out-axons   load  layers\n";
  for (size_t i = 0; i < map.cores.size(); ++i) {
    const CoreContents &core = map.cores[i];
    const CoreUse &use = report.uses[i];
    os << llvm::formatv("{0,4}  {1,4} {2,2} {3,2}  {4,4}  {5,7}  ", i, core.chip, core.x, core.y,
                        core.isHost ? "host" : llvm::utostr(core.slot), use.neurons);
    if (core.isHost)
      os << llvm::right_justify("", 61);
    else
      os << llvm::formatv("{0,8}  {1,10:F1}  {2,9:F1}  {3,8}  {4,9}  {5,5:P0}  ", use.synapses,
                          double(use.synapseBytes) / 1024, double(use.memoryBytes) / 1024, use.inAxons, use.outAxons,
                          report.loads[i].share);
    os << llvm::join(getLayers(map, core), ", ") << "\n";
  }
  if (totals.fullest)
    os << llvm::formatv("\nfullest: core {0}, {1:P1} of its {2}\n", *totals.fullest,
                        report.loads[*totals.fullest].share, report.loads[*totals.fullest].what);
  if (report.activity)
    formatActivity(map, report, os);
  else
    os << llvm::formatv(
        "estimated, if all neurons and inputs sent in each tick: {0:F0} packets on {1:F0} links, {2:F0} "
        "from chip to chip, at most {3:F0} on one\n",
        report.traffic.packets, report.traffic.hops, report.traffic.crossings, report.traffic.maxLoad);
  if (map.isMulticast)
    for (const ChipRouter &router : map.routers)
      if (!router.entries.empty())
        os << "router of chip " << router.chip << ": " << router.entries.size() << " entries\n";
  formatPower(map, report, os);
  formatHeat(map, report, os);
  formatPrograms(report, os);
  for (const CapacityViolation &violation : report.violations)
    os << "does not fit: " << violation.message << "\n";
  if (report.violations.empty())
    os << "fits\n";
  for (const ChipFigure &figure : map.figures)
    if (figure.provenance == "assumed" && StringRef(figure.name).starts_with("limits."))
      os << "assumed: " << StringRef(figure.name).drop_front(7) << llvm::format(" %g (", figure.value) << figure.source
         << ")\n";
  return text;
}

//===----------------------------------------------------------------------===//
// JSON
//===----------------------------------------------------------------------===//

static json::Object formatActivityAsJSON(const CoreMap &map, const CoreActivity &core, const MeanTick &mean) {
  return json::Object{{"packets_of_a_neuron", mean.rate},
                      {"spikes", core.spikes + core.firings},
                      {"synaptic_operations", core.synapticOperations},
                      {"neuron_updates", core.neuronUpdates},
                      {"packets_in", core.packetsIn},
                      {"packets_out", core.packetsOut},
                      {"energy_pj", computeEnergy(map, core)},
                      {"tick_ns", mean.nanoseconds},
                      {"load", mean.load}};
}

json::Object lle::formatMapAsJSON(const CoreMap &map, const MapReport &report) {
  json::Array cores, links, violations, figures;
  std::vector<MeanTick> means;
  if (report.activity)
    means = getMeanTicks(map, report);
  for (size_t i = 0; i < map.cores.size(); ++i) {
    const CoreContents &core = map.cores[i];
    const CoreUse &use = report.uses[i];
    json::Array layers, regions;
    for (StringRef name : getLayers(map, core))
      layers.push_back(name);
    for (const MemoryRegion &region : core.memory)
      regions.push_back(json::Object{{"name", region.name}, {"offset", region.offset}, {"bytes", region.bytes}});
    json::Object object{
        {"chip", core.chip}, {"x", core.x}, {"y", core.y}, {"layers", std::move(layers)}, {"neurons", use.neurons}};
    if (core.isHost) {
      object["host"] = true;
    } else {
      object["slot"] = core.slot;
      object["synapses"] = use.synapses;
      object["synapse_bytes"] = use.synapseBytes;
      object["memory_bytes"] = use.memoryBytes;
      object["in_axons"] = use.inAxons;
      object["out_axons"] = use.outAxons;
      object["load"] = report.loads[i].share;
      object["load_of"] = report.loads[i].what;
      object["regions"] = std::move(regions);
      if (!report.programs.empty())
        object["program"] =
            json::Object{{"code_bytes", report.programs[i].codeBytes}, {"data_bytes", report.programs[i].dataBytes}};
    }
    if (report.activity)
      object["activity"] = formatActivityAsJSON(map, report.activity->cores[i], means[i]);
    cores.push_back(std::move(object));
  }
  static constexpr const char *kNames[] = {"E", "NE", "N", "W", "SW", "S"};
  for (const LinkLoad &link : report.traffic.links)
    links.push_back(json::Object{{"chip", link.chip},
                                 {"x", link.x},
                                 {"y", link.y},
                                 {"direction", kNames[link.direction]},
                                 {"leaves_chip", link.leavesChip},
                                 {"packets", link.packets}});
  for (const CapacityViolation &violation : report.violations)
    violations.push_back(violation.message);
  for (const ChipFigure &figure : map.figures)
    figures.push_back(json::Object{
        {"name", figure.name}, {"value", figure.value}, {"provenance", figure.provenance}, {"source", figure.source}});
  json::Object result{{"target", map.target},
                      {"chips", map.chips},
                      {"cores", std::move(cores)},
                      {"traffic", json::Object{{"basis", getBasis(report)},
                                               {"packets", report.traffic.packets},
                                               {"hops", report.traffic.hops},
                                               {"chip_crossings", report.traffic.crossings},
                                               {"max_link", report.traffic.maxLoad},
                                               {"links", std::move(links)}}},
                      {"power", json::Object{{"basis", getBasis(report)},
                                             {"unmapped_cores", report.power.unmapped},
                                             {"milliwatts", report.power.milliwatts},
                                             {"ungated_milliwatts", report.power.ungatedMilliwatts}}},
                      {"violations", std::move(violations)},
                      {"figures", std::move(figures)}};
  if (!report.kelvin.empty()) {
    json::Array chips;
    for (const std::vector<double> &routers : report.kelvin)
      chips.push_back(json::Array(routers));
    result["heat"] = json::Object{{"basis", getBasis(report)}, {"kelvin", std::move(chips)}};
  }
  if (const auto &activity = report.activity)
    result["activity"] = json::Object{{"basis", kMeasured},
                                      {"samples", activity->samples},
                                      {"steps", activity->steps},
                                      {"ticks", activity->ticks},
                                      {"energy_pj", computeEnergy(map, activity->total())},
                                      {"time_ns", activity->nanoseconds}};
  return result;
}

//===----------------------------------------------------------------------===//
// SVG
//===----------------------------------------------------------------------===//

namespace {

/// Draws chips side by side at their places on the board; y grows upwards, as on the chip.
class MapPicture {
public:
  MapPicture(const CoreMap &map, const MapReport &report) : map(map), report(report), places(map.chips), os(text) {
    for (uint32_t chip = 0; chip < map.chips; ++chip)
      places[chip] = {int32_t(chip), 0};
    for (const ChipRouter &router : map.routers)
      places[router.chip] = {router.x, router.y};
    low = high = places[0];
    for (auto [x, y] : places) {
      low = {std::min(low.first, x), std::min(low.second, y)};
      high = {std::max(high.first, x), std::max(high.second, y)};
    }
    if (report.activity)
      means = getMeanTicks(map, report);
    columns = 1;
    while (columns * columns < map.slots)
      ++columns;
    router = kMargin + columns * (kCore + 1);
    chipWidth = map.gridWidth * router + kMargin;
    chipHeight = map.gridHeight * router + kMargin;
  }

  std::string draw() {
    uint32_t width = std::max(uint32_t(high.first - low.first + 1) * chipWidth + 2 * kMargin, kLegendWidth);
    uint32_t height = uint32_t(high.second - low.second + 1) * chipHeight + 6 * kMargin;
    os << llvm::formatv("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" "
                        "viewBox=\"0 0 {0} {1}\">\n<rect width=\"{0}\" height=\"{1}\" fill=\"white\"/>\n",
                        width, height);
    for (uint32_t chip = 0; chip < map.chips; ++chip)
      drawChip(chip);
    for (const LinkLoad &link : report.traffic.links)
      drawLink(link);
    for (size_t i = 0; i < map.cores.size(); ++i)
      if (!map.cores[i].isHost)
        drawCore(i);
    drawLegend(height);
    os << "</svg>\n";
    return std::move(text);
  }

private:
  static constexpr uint32_t kCore = 10, kMargin = 12, kLegendWidth = 360;

  /// The upper left corner of a router's cores.
  std::pair<double, double> getCorner(uint32_t chip, uint32_t x, uint32_t y) const {
    auto [column, row] = places[chip];
    return {2.0 * kMargin + uint32_t(column - low.first) * chipWidth + x * router,
            2.0 * kMargin + uint32_t(high.second - row) * chipHeight + (map.gridHeight - 1 - y) * router};
  }

  /// The upper left corner of a core.
  std::pair<double, double> getPlace(uint32_t chip, uint32_t x, uint32_t y, uint32_t slot) const {
    auto [left, top] = getCorner(chip, x, y);
    return {left + slot % columns * (kCore + 1), top + slot / columns * (kCore + 1)};
  }

  /// A ground behind the cores of each router, the redder the warmer.
  void drawHeat(uint32_t chip) {
    const double peak = findWarmest(report).kelvin;
    for (uint32_t i = 0; i < report.kelvin[chip].size() && peak > 0; ++i) {
      auto [left, top] = getCorner(chip, i % map.gridWidth, i / map.gridWidth);
      double kelvin = report.kelvin[chip][i];
      os << llvm::formatv("<rect x=\"{0}\" y=\"{1}\" width=\"{2}\" height=\"{2}\" fill=\"hsl(0,90%,{3:F0}%)\">"
                          "<title>{4:F3} mK over the air, activity {5}</title></rect>\n",
                          left - kMargin / 2, top - kMargin / 2, router, 100 - 45 * kelvin / peak, kelvin * 1e3,
                          getBasis(report));
    }
  }

  /// Its outline, and its cores as if they held nothing.
  void drawChip(uint32_t chip) {
    if (!report.kelvin.empty())
      drawHeat(chip);
    auto [left, top] = getCorner(chip, 0, map.gridHeight - 1);
    os << llvm::formatv("<rect x=\"{0}\" y=\"{1}\" width=\"{2}\" height=\"{3}\" fill=\"none\" stroke=\"#888\"/>\n",
                        left - kMargin / 2, top - kMargin / 2, map.gridWidth * router, map.gridHeight * router);
    for (uint32_t x = 0; x < map.gridWidth; ++x)
      for (uint32_t y = 0; y < map.gridHeight; ++y)
        for (uint32_t slot = 0; slot < map.slots && hasCores(map, x, y); ++slot) {
          auto [coreX, coreY] = getPlace(chip, x, y, slot);
          os << llvm::formatv("<rect x=\"{0}\" y=\"{1}\" width=\"{2}\" height=\"{2}\" fill=\"#eee\"/>\n", coreX, coreY,
                              kCore);
        }
  }

  void drawCore(size_t index) {
    const CoreContents &core = map.cores[index];
    auto [x, y] = getPlace(core.chip, core.x, core.y, core.slot);
    const CoreLoad &limit = report.loads[index];
    double share = std::min(report.activity ? means[index].load : limit.share, 1.0);
    os << llvm::formatv("<rect x=\"{0}\" y=\"{1}\" width=\"{2}\" height=\"{2}\" fill=\"hsl(210,80%,{3:F0}%)\" "
                        "stroke=\"{4}\"><title>",
                        x, y, kCore, 92 - 62 * share, limit.share > 1 ? "red" : "#456");
    std::string title = llvm::formatv("core {0}: {1}; {2:P1} of its {3}", index, llvm::join(getLayers(map, core), ", "),
                                      limit.share, limit.what);
    if (report.activity)
      title += llvm::formatv("; {0:F0} ns of a tick, {1:F4} packets of a neuron, {2}", means[index].nanoseconds,
                             means[index].rate, kMeasured);
    llvm::printHTMLEscaped(title, os);
    os << "</title></rect>\n";
  }

  /// Point to point between routers; multicast from the middle of a chip to that of the next.
  void drawLink(const LinkLoad &link) {
    double fromX, fromY, stepX = router, stepY = router;
    std::tie(fromX, fromY) = getCorner(link.chip, link.x, link.y);
    if (map.isMulticast) {
      std::tie(fromX, fromY) = getCorner(link.chip, map.gridWidth / 2, map.gridHeight / 2);
      stepX = chipWidth;
      stepY = chipHeight;
    } else if (link.leavesChip) {
      stepX = stepY = router + kMargin;
    }
    double middle = columns * (kCore + 1) / 2.0;
    // The two directions of a link lie side by side.
    double shift = link.direction < kWest ? 1.5 : -1.5;
    double x = fromX + middle + shift, y = fromY + middle + shift;
    double share = link.packets / report.traffic.maxLoad;
    os << llvm::formatv("<line x1=\"{0:F1}\" y1=\"{1:F1}\" x2=\"{2:F1}\" y2=\"{3:F1}\" stroke=\"hsl({4:F0},90%,45%)\" "
                        "stroke-width=\"{5:F2}\" stroke-opacity=\"0.7\"><title>{6:F2} packets in a tick, "
                        "{7}</title></line>\n",
                        x, y, x + kLinkX[link.direction] * stepX, y - kLinkY[link.direction] * stepY,
                        kLeastHue * (1 - share), 0.5 + 4 * share, link.packets, getBasis(report));
  }

  /// What colours say, and where it comes from.
  void drawLegend(uint32_t height) {
    std::string cores = report.activity ? std::string("cores: time in a tick, of the longest; ") + kMeasured
                                        : "cores: share of the scarcest limit; counted from the map";
    std::string links = report.activity ? std::string("links: packets of the mean tick; ") + kMeasured
                                        : std::string("links: packets if all sources spike; ") + kEstimated;
    std::vector<std::string> lines = {cores, links};
    if (!report.kelvin.empty())
      lines.push_back(llvm::formatv("ground: heat, at most {0:F3} mK over the air; derived, activity {1}",
                                    findWarmest(report).kelvin * 1e3, getBasis(report)));
    uint32_t line = height - 3 * kMargin;
    for (const std::string &text : lines) {
      os << llvm::formatv("<text x=\"{0}\" y=\"{1}\" font-family=\"sans-serif\" font-size=\"11\">", kMargin, line);
      os << text << "</text>\n";
      line += kMargin + 2;
    }
  }

  static constexpr double kLeastHue = 50; ///< Yellow, of a link without packets; the busiest is red.

  const CoreMap &map;
  const MapReport &report;
  std::vector<MeanTick> means;                     ///< where there is activity
  std::vector<std::pair<int32_t, int32_t>> places; ///< of chips
  std::pair<int32_t, int32_t> low, high;
  uint32_t columns = 1, router = 0, chipWidth = 0, chipHeight = 0;
  std::string text;
  llvm::raw_string_ostream os;
};

} // namespace

std::string lle::formatMapAsSVG(const CoreMap &map, const MapReport &report) { return MapPicture(map, report).draw(); }
