//===- SpikeEdge.h - the N-MNIST model of SpikeEdge -------------*- C++ -*-===//
#ifndef LLE_BENCH_SPIKEEDGE_H
#define LLE_BENCH_SPIKEEDGE_H

#include "bench/Spiking.h"

namespace lle::bench {

/// The N-MNIST model of SpikeEdge (2-12-32 channels, kernels 5 x 5, pools, 800-10, leaky neurons) on the recording "7"
/// in 50 steps. None without its files in `data`, which is said; an error if the spikes differ from those of its own
/// runtime, which ref_nmnist.txt holds.
mlir::FailureOr<std::optional<SpikingPair>> prepareSpikeEdge(const std::string &data, mlir::MLIRContext &context);

} // namespace lle::bench

#endif
