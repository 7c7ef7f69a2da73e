//===- CoreMapBuilder.h - placed networks as core maps ----------*- C++ -*-===//
#ifndef LLE_TARGETS_NEUROMORPHIC_COREMAPBUILDER_H
#define LLE_TARGETS_NEUROMORPHIC_COREMAPBUILDER_H

#include "dialects/Neuro/NeuroOps.h"
#include "runtime/coremap/CoreMap.h"
#include "targets/Target.h"

namespace lle {

/// What each core of the chip holds of a map whose cores have places, and one core more, the last one, for the host
/// that injects inputs: synapses, routes, and where all of it lies in memory. The synapses of a source to a core are
/// one row of that core, whatever populations they end in, and equal rows are stored once. Chips whose routers have
/// tables
/// (`router_entries`) send keys. Figures are those of the target, limits those of the map where it has others. Errors
/// are at the map: no place, no route, or a core with more neurons than can be told apart. Capacities are not checked.
mlir::FailureOr<runtime::CoreMap> makeCoreMap(neuro::MapOp map, const Target &target);

} // namespace lle

#endif
