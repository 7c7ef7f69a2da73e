//===- RandomChip.h - random networks of a chip's neurons -------*- C++ -*-===//
#ifndef LLE_TEST_FUZZ_RANDOMCHIP_H
#define LLE_TEST_FUZZ_RANDOMCHIP_H

#include "test/fuzz/Trial.h"

#include <cstdint>
#include <string>

namespace lle::fuzz {

/// The text of a network of the neurons of Loihi 2 or SpiNNaker2. Between them is all that synapses can be: matrices,
/// convolutions, windows, arrangements, delays of each element, sums of several ways, biases, and loops. The mapper may
/// refuse it for a loop that lacks delays, or for a weight that is too long.
std::string makeRandomChipNetwork(uint64_t seed, bool isLoihi);

/// Spikes and whole numbers for its inputs.
Stimulus makeChipStimulus(NetworkOp network, uint64_t seed, unsigned steps);

} // namespace lle::fuzz

#endif
