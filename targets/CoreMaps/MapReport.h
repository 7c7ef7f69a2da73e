//===- MapReport.h - how full the cores of a map are ------------*- C++ -*-===//
#ifndef LLE_TARGETS_COREMAPS_MAPREPORT_H
#define LLE_TARGETS_COREMAPS_MAPREPORT_H

#include "runtime/coremap/Capacity.h"
#include "runtime/coremap/Power.h"
#include "runtime/coremap/Traffic.h"

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
  runtime::Traffic traffic;           ///< if every neuron and input sent a packet in each tick
  std::vector<runtime::CapacityViolation> violations;
  double tickSeconds = 0, rate = 0;
  runtime::PowerPlan power;
  std::vector<ElementProgram> programs; ///< as CoreMap::cores; empty: code was not made
};

/// `map` is a verified one. Power is that of ticks of this length, if this share of sources spikes in one on the mean.
/// Errors are those of measureTraffic.
runtime::Result<MapReport> reportMap(const runtime::CoreMap &map, double tickSeconds = 1e-3, double rate = 0.1);

/// A table of cores, traffic, what does not fit, and which figures are assumed.
std::string formatMap(const runtime::CoreMap &map, const MapReport &report);
/// The same, for programs: "target", "chips", "cores" (place, layers, what each uses, "load"), "traffic" (with
/// "links"), "violations", "figures".
llvm::json::Object formatMapAsJSON(const runtime::CoreMap &map, const MapReport &report);
/// The chips with their cores, darker the fuller, and the links, wider the more packets they carry.
std::string formatMapAsSVG(const runtime::CoreMap &map, const MapReport &report);

} // namespace lle

#endif
