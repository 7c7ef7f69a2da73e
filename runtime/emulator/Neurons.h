//===- Neurons.h - one tick of neurons --------------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Internal. Each pointer is to the first of `count` neurons of one run.
//
//===----------------------------------------------------------------------===//

#ifndef LLE_RUNTIME_EMULATOR_NEURONS_H
#define LLE_RUNTIME_EMULATOR_NEURONS_H

#include <cstddef>
#include <cstdint>

namespace lle::runtime {

/// spk.fixed_cuba_lif and spk.fixed_cuba_li.
struct LoihiNeurons {
  int32_t *u, *v;
  const int32_t *keptCurrent, *keptMembrane; ///< 4095 - du and 4096 - dv
  const int32_t *threshold;                  ///< shifted left by 6
  const int32_t *bias;
  uint32_t shift; ///< of the sums

  /// Reads the sums and clears them. `fired` may be null: then there is no threshold.
  void step(size_t count, uint32_t *sums, uint8_t *fired) const;
};

/// py-spinnaker2's lif_curr_exp_no_delay: excitatory and inhibitory currents apart, in f32, one rounding an operation.
struct SpiNNaker2Neurons {
  float *excitatory, *inhibitory, *v;
  const float *decayCurrent, *decayMembrane, *threshold, *bias, *resetValue;
  bool subtracts; ///< the threshold, where a neuron fires

  void step(size_t count, uint32_t *excitatorySums, uint32_t *inhibitorySums, uint8_t *fired) const;
};

} // namespace lle::runtime

#endif // LLE_RUNTIME_EMULATOR_NEURONS_H
