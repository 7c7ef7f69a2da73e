//===- CoarserSynapses.h - synaptic currents of longer steps ----*- C++ -*-===//
#ifndef LLE_PASSES_TUNING_COARSERSYNAPSES_H
#define LLE_PASSES_TUNING_COARSERSYNAPSES_H

#include "passes/Tuning/CoarserNeurons.h"

namespace lle {

/// 1 + base + ... + base^(count - 1).
double sumPowers(double base, int64_t count);

/// coarsenNeuron of spk.cuba_lif and spk.cuba_li.
mlir::LogicalResult coarsenSynapse(mlir::Operation *op, const Coarsening &coarsening);

} // namespace lle

#endif
