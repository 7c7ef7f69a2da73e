//===- CoreMap.h - a network placed on the cores of a chip ------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What every core of a neuromorphic chip holds, in the chip's own integers: the contract between the mapper, the
// emulator, the capacity checker and the exports. Plain structs that mirror runtime/schema/coremap.fbs.
//
// Time is counted in ticks, one step of the chip. A spike that a neuron emits in tick t is a packet to the cores that
// its out-axons name, and enters the sum of a target in tick t + delay of the synapse, at least t + 1. A population is
// in its initial state, and silent, until tick `start`, in which it computes what the network computes in step 0: step
// s of the network is tick start + s of that population. What a step of the network sends serves no earlier step: start
// of the source + delay >= start of the target, for every synapse.
//
//===----------------------------------------------------------------------===//

#ifndef LLE_RUNTIME_COREMAP_COREMAP_H
#define LLE_RUNTIME_COREMAP_COREMAP_H

#include <cstdint>
#include <string>
#include <vector>

namespace lle::runtime {

/// Rounding, overflow and widths of states. `Loihi`: sign-magnitude shift decays and 24 bits, as spk.fixed_cuba_lif
/// defines them. `SpiNNaker2`: states of f32, weights of 8 bits, excitatory and inhibitory sums decayed apart.
enum class ChipArithmetic : uint8_t { Loihi, SpiNNaker2 };

enum class NeuronModel : uint8_t {
  Input,   ///< no neuron: what a port delivers is sent as it is, a payload where it is not 0 or 1
  CubaLIF, ///< leaky integrate-and-fire with a synaptic current
  CubaLI,  ///< the same without threshold: it sends nothing, and its membrane is read
};

/// What a neuron does when it fires: its membrane becomes 0 (on SpiNNaker2 v_reset), or loses the threshold (there
/// only).
enum class ResetRule : uint8_t { ToZero, Subtract };

/// One value for all neurons of a population, or one for each.
struct NeuronParameter {
  /// Of Loihi: du, dv, v_threshold, bias, as spk.fixed_cuba_lif has them (the bias with its exponent applied). Of
  /// SpiNNaker2: decay_i, decay_v, v_threshold, bias, v_reset, with i' = decay_i i + sum for excitatory and inhibitory
  /// sums apart and v' = decay_v v + (excitatory - inhibitory) + bias. What is absent is 0.
  std::string name;
  std::vector<int32_t> integers; ///< Loihi
  std::vector<float> reals;      ///< SpiNNaker2
};

/// Neurons of one node of the network; they are numbered row-major in its shape.
struct CorePopulation {
  std::string name; ///< of the node, or of an Input; unique
  NeuronModel model = NeuronModel::CubaLIF;
  std::vector<int64_t> shape;
  std::vector<NeuronParameter> parameters;
  ResetRule reset = ResetRule::ToZero;
  uint32_t weightExponent = 0; ///< Loihi: sums are shifted left by 6 + this
  uint32_t start = 0;          ///< the tick of the network's step 0
  /// u and v are set to 0 before the update of step s with (s + 1) mod resetInterval = resetOffset; 0: never.
  uint32_t resetInterval = 0, resetOffset = 0;
};

/// Consecutive neurons of a population.
struct NeuronRun {
  uint32_t population = 0, first = 0, count = 0;
};

/// What the stored bits of a weight are: a magnitude, or, with mixed signs, a number in two's complement.
enum class SignMode : uint8_t { Mixed, Excitatory, Inhibitory };

/// How rows of a core of Loihi are stored. A weight is the stored one times 2^exponent.
struct SynapseFormat {
  SignMode sign = SignMode::Mixed;
  uint8_t weightBits = 8;
  uint8_t exponent = 0;
  uint8_t delayBits = 0; ///< of the delay less 1

  friend bool operator==(const SynapseFormat &a, const SynapseFormat &b) {
    return a.sign == b.sign && a.weightBits == b.weightBits && a.exponent == b.exponent && a.delayBits == b.delayBits;
  }
};

/// Synapses of one source in one core. Targets are neurons of that core, from the axon's `base` on: base, base + 1, ...
/// where the row is dense, else base + offsets[firstOffset + i].
struct SynapseRow {
  uint32_t firstWeight = 0; ///< in CoreContents::weights
  uint32_t firstOffset = 0; ///< in CoreContents::offsets; of a sparse row
  uint32_t count = 0;
  bool isDense = false;
  uint8_t delay = 1; ///< ticks, of all synapses, unless `firstDelay` says otherwise
  /// In CoreContents::delays, one for each synapse; UINT32_MAX: all have `delay`.
  uint32_t firstDelay = UINT32_MAX;
  uint16_t format = 0; ///< in CoreContents::formats, where the core has any
};

/// Where the spikes of one source enter a core. Sources with equal rows share one, each from its own base: this is how
/// the kernel of a convolution is stored once.
struct InAxon {
  uint32_t row = 0;
  uint32_t base = 0; ///< a neuron of the core
};

/// One packet that a neuron sends when it fires. Point to point (Loihi).
struct OutAxon {
  uint32_t core = 0; ///< index in CoreMap::cores
  uint32_t axon = 0; ///< index in that core's inAxons
};

/// In-axons that serve the packets with keys firstKey, firstKey + 1, ... (SpiNNaker2).
struct KeyRange {
  uint32_t firstKey = 0, count = 0;
  uint32_t firstAxon = 0; ///< consecutive in CoreContents::keyedAxons
};

/// Bytes that a core spends, at their place in its memory.
struct MemoryRegion {
  std::string name; ///< neurons, synapses, in-axons, out-axons, accumulators, ...
  uint64_t offset = 0, bytes = 0;
};

struct CoreContents {
  /// Not on the chip: who injects inputs. It holds Input populations, which no other core does, and its packets enter
  /// at x = 0, y = 0 of its chip.
  bool isHost = false;
  uint32_t chip = 0, x = 0, y = 0; ///< the router, in the chip's grid
  uint32_t slot = 0;               ///< the core of that router
  std::vector<NeuronRun> neurons;  ///< local neurons are numbered in this order
  std::vector<InAxon> inAxons;
  std::vector<SynapseRow> rows;
  std::vector<int16_t> weights;
  std::vector<uint16_t> offsets;
  std::vector<uint8_t> delays;
  /// Point to point: local neuron n sends outAxons[outBegin[n]] to outAxons[outBegin[n + 1]].
  std::vector<uint32_t> outBegin;
  std::vector<OutAxon> outAxons;
  /// Multicast: local neuron n sends one packet with key firstKey + n; what arrives is looked up in keyRanges, which
  /// are sorted. UINT32_MAX in keyedAxons: a key that this core does not want. Neurons that read out send nothing.
  uint32_t firstKey = 0;
  std::vector<KeyRange> keyRanges;
  std::vector<uint32_t> keyedAxons;
  std::vector<MemoryRegion> memory;
  /// Loihi, once memory is laid out. Before, rows have weights of 8 bits with signs.
  std::vector<SynapseFormat> formats;
};

/// One entry of a chip's multicast table: packets with (key & mask) = this key go out by `links` (bit d: direction d of
/// E, NE, N, W, SW, S, to the chip at (1, 0), (1, 1), (0, 1), (-1, 0), (-1, -1), (0, -1) from here) and to `cores`
/// (indices in CoreMap::cores, of that chip). The first entry counts. Without one a packet from another chip goes
/// straight on, and one of the chip's own ends.
struct RouteEntry {
  uint32_t key = 0, mask = 0;
  uint8_t links = 0;
  std::vector<uint32_t> cores;
};

/// A chip that is not listed is at x = its number, y = 0. Point to point, the grids of all chips are one grid.
struct ChipRouter {
  uint32_t chip = 0;
  int32_t x = 0, y = 0; ///< the chip's place on the board
  std::vector<RouteEntry> entries;
};

/// A number of the target's description, with where it comes from. The emulator reads, of `unit_pj`:
/// synaptic_operation, neuron_update, spike (a packet that a core sends), firing (a neuron that fires), hop_x, hop_y,
/// chip_crossing; of `unit_ns`: synaptic_operation, neuron_update, spike, link (a packet on a link), step (the
/// barrier).
struct ChipFigure {
  std::string name; ///< as in the target's file: unit_pj.spike, limits.core_neurons, ...
  double value = 0;
  std::string provenance, source;
};

/// A port of the network.
struct CorePort {
  std::string name;
  uint32_t population = 0;
  bool isMembrane = false; ///< an output that is the membrane of a CubaLI, not spikes
};

struct CoreMap {
  std::string target;
  ChipArithmetic arithmetic = ChipArithmetic::Loihi;
  bool isMulticast = false; ///< packets have keys and follow `routers`; else they go to a core by way of x, then y
  uint32_t chips = 1, gridWidth = 8, gridHeight = 4, slots = 4; ///< routers of a chip, and cores at each
  std::vector<CorePopulation> populations;
  std::vector<CoreContents> cores;
  std::vector<ChipRouter> routers;
  std::vector<CorePort> inputs, outputs;
  std::vector<ChipFigure> figures;
};

} // namespace lle::runtime

#endif // LLE_RUNTIME_COREMAP_COREMAP_H
