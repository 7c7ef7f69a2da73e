//===- NetworkExport.h - core maps as populations and projections -*- C++ -*-===//
//
// A core map as the description of a network that any tool can read, in the terms of PyNN and py-spinnaker2:
// populations, projections as lists of connections, and which neurons are on which core. It is read off the cores, not
// off the network that they were made of.
//
//   {"target": "loihi2",
//    "populations": [{"name": "a", "model": "input" | "cuba_lif" | "cuba_li", "shape": [3], "size": 3,
//                     "parameters": {"du": 4095 | [...]}, "reset": "zero" | "subtract", "weight_exponent": 0, "start":
//                     1, "reset_interval": 0, "reset_offset": 0, "cores": [{"core": 0, "chip": 0, "x": 0, "y": 0,
//                     "slot": 0, "first": 0, "count": 3}]}],
//    "projections": [{"pre": "x", "post": "a", "connections": [[pre neuron, post neuron, weight, delay in ticks]]}],
//    "inputs": [{"name": "x", "population": "x"}],
//    "outputs": [{"name": "y", "population": "a", "kind": "spikes" | "membranes"}]}
//
// Parameters, reset and arithmetic are those of CoreMap.h. Connections ascend; a weight of 0 is none.
//
//===----------------------------------------------------------------------===//
#ifndef LLE_TARGETS_COREMAPS_NETWORKEXPORT_H
#define LLE_TARGETS_COREMAPS_NETWORKEXPORT_H

#include "runtime/coremap/CoreMap.h"

#include "llvm/Support/JSON.h"

namespace lle {

/// `map` is a verified one.
llvm::json::Object exportNetwork(const runtime::CoreMap &map);

} // namespace lle

#endif
