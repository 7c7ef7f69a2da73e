//===- SpikingNets.h - networks to map on cores -----------------*- C++ -*-===//
#ifndef LLE_BENCH_SPIKINGNETS_H
#define LLE_BENCH_SPIKINGNETS_H

#include "passes/Placement/Hypergraph.h"

#include <string>

namespace lle::bench {

/// Three 3x3 convolutions of stride 1, 2, 2 from 64x64x4 to 16x16x32: 73,728 neurons, 5,155,456 synapses.
Hypergraph makeConvNetwork(uint64_t seed);

/// A ring of 20,000 neurons: each has 70 targets at normally distributed distances (400) and 30 anywhere.
Hypergraph makeRingNetwork(uint64_t seed);

inline constexpr uint32_t kLargeChannels = 16;

struct LargeNetwork {
  Hypergraph graph;
  std::vector<uint32_t> populations; ///< The first neuron of each, and the end of the last one.
};

/// About `neurons`, and a hundred times as many synapses: half of them eight layers of 3x3 convolutions of 16 channels,
/// half a ring with 78 targets at normally distributed distances (400) and 6 anywhere.
LargeNetwork makeLargeNetwork(uint32_t neurons, uint64_t seed);

/// An hMETIS file with weights of nets (format 1); the first pin of a net is its source.
llvm::Expected<Hypergraph> readHypergraph(const std::string &path);

/// Writes the METIS graph of pairs of neurons, weighted by the spikes between them.
llvm::Error writeGraph(const Hypergraph &graph, const std::string &path);

} // namespace lle::bench

#endif
