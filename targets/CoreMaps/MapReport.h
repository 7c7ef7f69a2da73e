//===- MapReport.h - how full the cores of a map are ------------*- C++ -*-===//
#ifndef LLE_TARGETS_COREMAPS_MAPREPORT_H
#define LLE_TARGETS_COREMAPS_MAPREPORT_H

#include "runtime/coremap/Capacity.h"
#include "runtime/coremap/Power.h"
#include "runtime/coremap/Traffic.h"
#include "runtime/emulator/Activity.h"

#include "llvm/Support/JSON.h"

namespace lle {

/// The limit that a core is nearest to.
struct CoreLoad {
  double share = 0;     ///< used over limit
  llvm::StringRef what; ///< "neurons", "bytes of synapses", ...; empty without figures
};

/// Bytes that the native code of a processing element takes.
struct ElementProgram {
  uint64_t codeBytes = 0; ///< with its constants
  uint64_t dataBytes = 0; ///< states, scratch, one step of all ports, and the stack
};

struct MapReport {
  std::vector<runtime::CoreUse> uses; ///< as CoreMap::cores
  std::vector<CoreLoad> loads;        ///< of a host 0
  /// Of a tick: if every neuron and input sent a packet; with `activity` the mean of what was counted.
  runtime::Traffic traffic;
  std::vector<runtime::CapacityViolation> violations;
  double tickSeconds = 0, rate = 0;
  runtime::PowerPlan power;
  /// As findTemperatures has them; empty where no power of cores is known: of Loihi without `activity`.
  std::vector<std::vector<double>> kelvin;
  std::optional<runtime::Activity> activity; ///< of an input, as the emulator counted it
  std::vector<ElementProgram> programs;      ///< as CoreMap::cores; empty: code was not made
};

/// `map` is a verified one. Power is that of ticks of this length, if this share of sources spikes in one on the mean.
/// Errors are those of measureTraffic.
runtime::Result<MapReport> reportMap(const runtime::CoreMap &map, double tickSeconds = 1e-3, double rate = 0.1);

/// What the emulator counted of an input takes the place of what is estimated: traffic, power and heat become those of
/// its mean tick. The level of an element still serves a tick in which all sources spike.
void addActivity(const runtime::CoreMap &map, runtime::Activity activity, MapReport &report);

/// A table of cores, traffic, what does not fit, and which figures are assumed.
std::string formatMap(const runtime::CoreMap &map, const MapReport &report);
/// The same, for programs: docs/formats.md has its members.
llvm::json::Object formatMapAsJSON(const runtime::CoreMap &map, const MapReport &report);
/// The chips with their cores, darker the fuller, or with `activity` the longer they work in a tick, and the links,
/// wider and redder the more packets they carry. It says which.
std::string formatMapAsSVG(const runtime::CoreMap &map, const MapReport &report);

} // namespace lle

#endif
