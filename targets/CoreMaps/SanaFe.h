//===- SanaFe.h - core maps for the simulator SANA-FE -----------*- C++ -*-===//
//
// SANA-FE (SLAM-Lab, commit 8951ab0) simulates a grid of tiles with cores, and knows neither capacities beyond neurons
// nor power that is always there. An architecture and a network are written, with each neuron on the core that the map
// gives it. Constants of energy are those of SANA-FE's own loihi.yaml, fits to measurements of Loihi 1 (J. A. Boyle et
// al., IEEE TCAD 44 (2025) 3165): they are not figures of Loihi 2.
//
// What is different there: states are real numbers of which only the membrane is cut to multiples of 1/64, nothing
// wraps or is clipped, and the current decays without rounding. Inputs are neurons of a core of their own at the first
// router. Neurons are updated in each tick (`force_update`), as the emulator does it: else SANA-FE charges no update of
// one whose membrane is 0 and that no synapse reached, even one of weight 0.
//
//===----------------------------------------------------------------------===//
#ifndef LLE_TARGETS_COREMAPS_SANAFE_H
#define LLE_TARGETS_COREMAPS_SANAFE_H

#include "runtime/coremap/CoreMap.h"
#include "runtime/emulator/Activity.h"
#include "runtime/host/Result.h"

namespace lle {

struct SanaFeFiles {
  std::string architecture, network; ///< YAML
};

/// `inputs`: for each input of the map its values, 0 or 1, a step behind the other; may be empty. Refused is what
/// SANA-FE does not compute, or what no run has confirmed: SpiNNaker2, cores of more than 1,024 neurons (its built-in
/// models abort), delays above one tick, resets by interval, payloads, biases of neurons that start after the first
/// tick, and two packets of a neuron to one core, which are one message there.
runtime::Result<SanaFeFiles> exportSanaFe(const runtime::CoreMap &map, const std::vector<std::vector<int32_t>> &inputs);

/// What SANA-FE charges for.
struct SanaFeCounts {
  uint64_t updates = 0; ///< of neurons on the chip, each in each tick: an access and an update
  uint64_t spikes = 0;  ///< of neurons on the chip
  uint64_t denseOperations = 0, sparseOperations = 0;
  uint64_t messages = 0; ///< to a core, by neurons and inputs
  uint64_t hopsX = 0, hopsY = 0;
};

/// The counts of an emulation of an exported network. The form of a core's synapses is that of most of its rows, as in
/// the network.
SanaFeCounts countSanaFe(const runtime::CoreMap &map, const runtime::Activity &activity);

/// Joules, by the sum that SANA-FE makes.
double computeSanaFeEnergy(const SanaFeCounts &counts);

/// Joules, by the emulator's own estimate of each core with SANA-FE's constants in place of the target's. All neurons
/// compute in all ticks there: the emulator counts those of a population's steps, from its start on.
double estimateSanaFeEnergy(const runtime::CoreMap &map, const runtime::Activity &activity);

} // namespace lle

#endif
