//===- Synapses.h - reading synapses off the cores of a map -----*- C++ -*-===//
#ifndef LLE_TARGETS_COREMAPS_SYNAPSES_H
#define LLE_TARGETS_COREMAPS_SYNAPSES_H

#include "runtime/coremap/CoreMap.h"

#include "llvm/ADT/STLFunctionalExtras.h"

#include <map>

namespace lle {

/// A neuron of a population.
struct NeuronName {
  uint32_t population, number;
};

/// A synapse that does something: its weight is not 0.
struct CoreSynapse {
  NeuronName source;
  uint32_t core, target; ///< Where it ends; the target counts the core's neurons.
  int16_t weight;
  uint8_t delay;
};

/// Follows axons, or keys, from neurons to the rows that they reach.
class SynapseReader {
public:
  using Visit = llvm::function_ref<void(const CoreSynapse &)>;

  /// `map` is a verified one, and must outlive the reader.
  explicit SynapseReader(const runtime::CoreMap &map);

  /// All synapses.
  void visit(Visit visit) const;
  /// Those that end in one core.
  void visitCore(uint32_t core, Visit visit) const;

  NeuronName getName(uint32_t core, uint32_t local) const { return names[core][local]; }

private:
  void visitKeys(uint32_t core, Visit visit) const;
  void visitOutAxons(Visit visit) const;
  void visitAxon(NeuronName source, uint32_t core, uint32_t axon, Visit visit) const;

  const runtime::CoreMap &map;
  std::vector<std::vector<NeuronName>> names; ///< Of each core's neurons.
  std::map<uint32_t, size_t> blocks;          ///< The first key to the core that sends it.
};

} // namespace lle

#endif
