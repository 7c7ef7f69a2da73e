//===- Emulator.h - running core maps ---------------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Runs a core map with the chip's arithmetic and counts what its cores and links do. One is asked for steps of the
// network: in step s each population computes its tick start + s. Since what a step sends serves no earlier step, this
// gives what the chip gives tick by tick, with the latency taken out; a run of S steps takes S + latency ticks.
//
//===----------------------------------------------------------------------===//

#ifndef LLE_RUNTIME_EMULATOR_EMULATOR_H
#define LLE_RUNTIME_EMULATOR_EMULATOR_H

#include "runtime/coremap/CoreMap.h"
#include "runtime/emulator/Activity.h"
#include "runtime/host/Package.h"
#include <memory>

namespace lle::runtime {

class Emulation;
struct PreparedMap;

/// A core map made ready to run. Copies are cheap and share it.
class Emulator {
public:
  /// `map` is a verified one. Refused are packets that leave the board or run in a circle, synapses that serve an
  /// earlier step, and maps that are too large to emulate. `file` names the map in messages. Cores of at most
  /// `blockSynapses` together are emulated side by side by one thread, which changes the time alone: the default leaves
  /// blocks for each thread that a network is worth.
  static Result<Emulator> create(CoreMap map, const std::string &file, uint64_t blockSynapses = kBlockSynapses);

  const CoreMap &map() const;
  /// Ticks that a run takes beyond its steps: the start of the last population.
  uint32_t latency() const;
  /// The states of all populations: u and v (Loihi), or i_exc, i_inh and v (SpiNNaker2); `phase`, the step modulo the
  /// reset interval; and `arriving` (arriving_exc, arriving_inh), the sums of the next steps, where a synapse spans
  /// steps. Offsets mean nothing.
  const std::vector<State> &states() const;

  /// A chip of its own in its initial state. The results are the same for any number of threads.
  Emulation start(unsigned threads = 1) const;

private:
  friend class Emulation;
  static constexpr uint64_t kBlockSynapses = uint64_t(1) << 18;

  explicit Emulator(std::shared_ptr<const PreparedMap> impl) : impl(std::move(impl)) {}

  std::shared_ptr<const PreparedMap> impl;
};

/// One running chip; must not be used by two threads at a time.
class Emulation {
public:
  Emulation(Emulation &&);
  Emulation &operator=(Emulation &&);
  ~Emulation();

  /// Back to the initial state, for another sample.
  void reset();

  /// `steps` steps of the network over contiguous sequences: for each input of the map a pointer to the first step, of
  /// int32_t, and for each output one to its uint8_t spikes or its int32_t (SpiNNaker2: float) membranes; row-major, as
  /// the population's neurons. An input that is not 0 is a packet, with a payload if it is not 1.
  void run(size_t steps, const int32_t *const *inputs, void *const *outputs);
  void step(const int32_t *const *inputs, void *const *outputs) { run(1, inputs, outputs); }

  /// All states as one block that fits every emulation of the same map.
  Bytes save() const;
  Status restore(const Bytes &saved);

  /// One state, row-major in its shape; `values` must have the state's size.
  Result<Bytes> readState(const std::string &node, const std::string &name) const;
  Status writeState(const std::string &node, const std::string &name, const Bytes &values);

  /// Of all samples so far.
  Activity activity() const;

  const Emulator &emulator() const;

private:
  friend class Emulator;
  struct Chip;
  explicit Emulation(std::unique_ptr<Chip> chip);

  std::unique_ptr<Chip> chip;
};

} // namespace lle::runtime

#endif // LLE_RUNTIME_EMULATOR_EMULATOR_H
