//===- Partitioner.h - neurons to cores -------------------------*- C++ -*-===//
#ifndef LLE_PASSES_PLACEMENT_PARTITIONER_H
#define LLE_PASSES_PLACEMENT_PARTITIONER_H

#include "passes/Placement/Hypergraph.h"

#include <limits>
#include <string>

namespace lle {

inline constexpr uint64_t kUnlimited = std::numeric_limits<uint64_t>::max();

/// How synapses lie in a core's memory: those of one source in one core fill blocks of at most `blockSynapses`, and
/// each block takes header and synapses in whole words. (nengo-loihi's bits_per_axon: blocks of 64, a header of 10
/// bits, words of 64 bits.)
struct SynapseMemory {
  uint64_t words = kUnlimited; ///< Of a core.
  uint32_t blockSynapses = 64, headerBits = 10, synapseBits = 8, wordBits = 64;

  /// Words that `synapses` of one source take.
  uint64_t wordsFor(uint64_t synapses) const {
    auto block = [&](uint64_t n) { return (n * synapseBits + headerBits + wordBits - 1) / wordBits; };
    return synapses / blockSynapses * block(blockSynapses) +
           (synapses % blockSynapses ? block(synapses % blockSynapses) : 0);
  }
};

/// What one core holds at most.
struct CoreLimits {
  struct Additive {
    std::string name; ///< For diagnostics, e.g. "neurons".
    uint64_t limit;
  };
  std::vector<Additive> additive;       ///< One for each resource of the hypergraph.
  uint64_t inAxons = kUnlimited;        ///< Sources, in any core, with targets in the core.
  uint64_t outAxons = kUnlimited;       ///< Pairs of a source in the core and a core, its own too, with targets.
  uint64_t configurations = kUnlimited; ///< Classes of the vertices in the core.
  SynapseMemory synapses;
};

struct PartitionOptions {
  CoreLimits limits;
  uint32_t maxParts = std::numeric_limits<uint32_t>::max(); ///< Cores there are.
  uint64_t seed = 1;
  unsigned threads = 0; ///< 0 takes what the machine has. The result does not depend on it.
  unsigned effort = 4;  ///< Starts beside the vertices' own order; they are combined in twice as many rounds.
};

struct CorePartition {
  std::vector<uint32_t> part; ///< Of each vertex, below `parts`; no part is empty.
  uint32_t parts = 0;
  uint64_t packets = 0; ///< countPackets.
};

/// A limit of a core that no partition was found to respect.
class CapacityError : public llvm::ErrorInfo<CapacityError> {
public:
  /// What exceeds the limit: one vertex alone that of a core; all vertices together that of all cores; or one core of
  /// the best partition that was found.
  enum class Scope { Vertex, Network, Core };
  static char ID;
  CapacityError(Scope scope, std::string resource, uint64_t used, uint64_t limit, uint32_t vertex)
      : scope(scope), resource(std::move(resource)), used(used), limit(limit), vertex(vertex) {}
  void log(llvm::raw_ostream &os) const override;
  std::error_code convertToErrorCode() const override;

  Scope scope;
  std::string resource; ///< Of CoreLimits::Additive, "input axons", "output axons", "synapse words", "configurations".
  uint64_t used, limit;
  uint32_t vertex; ///< One that needs the resource.
};

/// Assigns vertices to as few cores as their order needs, such that packets are few and no core exceeds a limit:
/// multilevel (clusters of vertices that share heavy nets; recursive bisection; Fiduccia-Mattheyses refinement with
/// exact gains, C. M. Fiduccia, R. M. Mattheyses, DAC 1982; G. Karypis, V. Kumar, DAC 1999), from several starts, one
/// of which is the vertices' own order, and never with more packets than that order where it keeps the limits. Fails
/// with CapacityError.
llvm::Expected<CorePartition> partitionNetwork(const Hypergraph &graph, const PartitionOptions &options);

/// Moves vertices such that no part uses much more of the last resource, a load, than others, as long as packets grow
/// by no more than a share of them: cycles over all levels with a limit of the load between what was reached and the
/// mean, nearer to the former after each that fails. Parts stay as many, and keep the limits.
CorePartition balancePartition(const Hypergraph &graph, const PartitionOptions &options, double share,
                               CorePartition start);

/// Checks a partition against the limits, from the hypergraph alone: CapacityError of the first core that exceeds one.
llvm::Error checkPartition(const Hypergraph &graph, const CoreLimits &limits, llvm::ArrayRef<uint32_t> part);

} // namespace lle

#endif
