//===- CoreNetwork.h - what one core computes, as a network -----*- C++ -*-===//
//
// A processing element of SpiNNaker2 is a processor, a Cortex-M4F: its share of a map is a network of its own, that the
// compiler lowers like any other, and that has spikes for inputs and outputs.
//
// A port is the spikes of a whole population, row-major, from which synapses lead to the core: bits, or numbers of 16
// bits of those that the host sends. An output is the spikes of the core's neurons of a population, or their membranes;
// it has the population's name, with the first neuron behind it where the core has several pieces of it.
//
// Time is in steps of the map's network, as the emulator's is: in its step s the core takes what the sources sent in
// their step s, that is, in tick start + s of each, and what arrives later waits within. Neurons of the core see each
// other without a port.
//
// The arithmetic is the chip's: sums of integers, excitatory and inhibitory ones apart where a current outlasts a step,
// and one rounding to f32 for each operation. Weights are matrices between a source's neurons, from the first to the
// last that reaches the core, and those of the core: kernels that sources share are written out.
//
//===----------------------------------------------------------------------===//
#ifndef LLE_TARGETS_COREMAPS_CORENETWORK_H
#define LLE_TARGETS_COREMAPS_CORENETWORK_H

#include "runtime/coremap/CoreMap.h"
#include "runtime/host/Result.h"

namespace lle {

/// The text of a module with the network `core_<number>`. `map` is a verified one, `dt` the seconds of a step. Refused
/// are hosts, chips whose cores are no processors, resets by interval, and sums of weights of more than 16 bits.
runtime::Result<std::string> writeCoreNetwork(const runtime::CoreMap &map, uint32_t core, double dt);

} // namespace lle

#endif
