//===- MapReport.cpp - how full the cores of a map are --------------------===//
#include "targets/CoreMaps/MapReport.h"
#include "runtime/coremap/CoreMapFile.h"
#include "runtime/emulator/Activity.h"

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

/// Names of the layers that have neurons on the core.
static llvm::SmallVector<StringRef> getLayers(const CoreMap &map, const CoreContents &core) {
  llvm::SmallVector<StringRef> names;
  for (const NeuronRun &run : core.neurons)
    if (!llvm::is_contained(names, map.populations[run.population].name))
      names.push_back(map.populations[run.population].name);
  return names;
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
  Result<Traffic> traffic = measureTraffic(map, {});
  if (!traffic)
    return traffic.error();
  report.traffic = std::move(*traffic);
  report.violations = checkCapacity(map);
  report.power = planPower(map, estimateWork(map, rates), tickSeconds);
  return report;
}

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
  os << llvm::formatv(
      "power (derived) in ticks of {0} ms, {1:P0} of sources active: {2:F1} mW, {3:F1} mW with all elements "
      "on; {4} off, {5} at 0.5 V, {6} at 0.8 V\n",
      report.tickSeconds * 1e3, report.rate, plan.milliwatts, plan.ungatedMilliwatts, plan.unmapped,
      countLevel(plan, PowerLevel::Low), countLevel(plan, PowerLevel::High));
  for (size_t i = 0; i < plan.cores.size(); ++i)
    if (plan.cores[i].isLate)
      os << "late: core " << i << " does not end its busiest tick in time: put its neurons on more cores\n";
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
  auto count = [](uint64_t number, const char *what) {
    return llvm::formatv("{0} {1}{2}", number, what, number == 1 ? "" : "s").str();
  };
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
  os << llvm::formatv(
      "if all neurons and inputs sent in each tick: {0:F0} packets on {1:F0} links, {2:F0} from chip to "
      "chip, at most {3:F0} on one\n",
      report.traffic.packets, report.traffic.hops, report.traffic.crossings, report.traffic.maxLoad);
  if (map.isMulticast)
    for (const ChipRouter &router : map.routers)
      if (!router.entries.empty())
        os << "router of chip " << router.chip << ": " << router.entries.size() << " entries\n";
  formatPower(map, report, os);
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

json::Object lle::formatMapAsJSON(const CoreMap &map, const MapReport &report) {
  json::Array cores, links, violations, figures;
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
  return json::Object{{"target", map.target},
                      {"chips", map.chips},
                      {"cores", std::move(cores)},
                      {"traffic", json::Object{{"packets", report.traffic.packets},
                                               {"hops", report.traffic.hops},
                                               {"chip_crossings", report.traffic.crossings},
                                               {"max_link", report.traffic.maxLoad},
                                               {"links", std::move(links)}}},
                      {"power", json::Object{{"unmapped_cores", report.power.unmapped},
                                             {"milliwatts", report.power.milliwatts},
                                             {"ungated_milliwatts", report.power.ungatedMilliwatts}}},
                      {"violations", std::move(violations)},
                      {"figures", std::move(figures)}};
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
    columns = 1;
    while (columns * columns < map.slots)
      ++columns;
    router = kMargin + columns * (kCore + 1);
    chipWidth = map.gridWidth * router + kMargin;
    chipHeight = map.gridHeight * router + kMargin;
  }

  std::string draw() {
    uint32_t width = uint32_t(high.first - low.first + 1) * chipWidth + 2 * kMargin;
    uint32_t height = uint32_t(high.second - low.second + 1) * chipHeight + 2 * kMargin;
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
    os << "</svg>\n";
    return std::move(text);
  }

private:
  static constexpr uint32_t kCore = 10, kMargin = 12;

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

  /// Its outline, and its cores as if they held nothing.
  void drawChip(uint32_t chip) {
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
    double share = std::min(report.loads[index].share, 1.0);
    os << llvm::formatv("<rect x=\"{0}\" y=\"{1}\" width=\"{2}\" height=\"{2}\" fill=\"hsl(210,80%,{3:F0}%)\" "
                        "stroke=\"{4}\"><title>",
                        x, y, kCore, 92 - 62 * share, report.loads[index].share > 1 ? "red" : "#456");
    std::string title = llvm::formatv("core {0}: {1}; {2:P1} of its {3}", index, llvm::join(getLayers(map, core), ", "),
                                      report.loads[index].share, report.loads[index].what);
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
    os << llvm::formatv("<line x1=\"{0:F1}\" y1=\"{1:F1}\" x2=\"{2:F1}\" y2=\"{3:F1}\" stroke=\"#d60\" "
                        "stroke-width=\"{4:F2}\" stroke-opacity=\"0.6\"/>\n",
                        x, y, x + kLinkX[link.direction] * stepX, y - kLinkY[link.direction] * stepY,
                        0.5 + 4 * link.packets / report.traffic.maxLoad);
  }

  const CoreMap &map;
  const MapReport &report;
  std::vector<std::pair<int32_t, int32_t>> places; ///< of chips
  std::pair<int32_t, int32_t> low, high;
  uint32_t columns = 1, router = 0, chipWidth = 0, chipHeight = 0;
  std::string text;
  llvm::raw_string_ostream os;
};

} // namespace

std::string lle::formatMapAsSVG(const CoreMap &map, const MapReport &report) { return MapPicture(map, report).draw(); }
