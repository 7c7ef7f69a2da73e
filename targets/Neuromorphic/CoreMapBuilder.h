//===- CoreMapBuilder.h - placed networks as core maps ----------*- C++ -*-===//
#ifndef LLE_TARGETS_NEUROMORPHIC_COREMAPBUILDER_H
#define LLE_TARGETS_NEUROMORPHIC_COREMAPBUILDER_H

#include "dialects/Neuro/NeuroOps.h"
#include "runtime/coremap/CoreMap.h"
#include "targets/Target.h"

namespace lle {

/// What each core of the chip holds of a map whose cores have places, and one core more, the last one, for the host
/// that injects inputs. The synapses of a source to a core are one row of that core, whatever populations they end in,
/// and equal rows are stored once. Figures are those of the target. Memory is not laid out yet.
mlir::FailureOr<runtime::CoreMap> buildCoreMap(neuro::MapOp map, const Target &target);

} // namespace lle

#endif
