//===- Quantise.h - networks as SpiNNaker2 computes them ----------------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//
#ifndef LLE_FRONTENDS_NIR_QUANTISE_H
#define LLE_FRONTENDS_NIR_QUANTISE_H

#include "frontends/NIR/Profiles.h"
#include "frontends/NIR/Wiring.h"

namespace lle::nir {

struct QuantisedNetwork {
  /// Integers of 8 bits as f32, by synapse.
  std::map<const FlatNode *, Array> weights;
  /// Discrete parameters of the neurons' operations by name, by population.
  std::map<const FlatNode *, ArrayMap> populations;
};

/// The network in the chip's units, as py-spinnaker2 brings it there: the weights that reach a
/// population are scaled so that the largest is 127, or by the profile's scale, and cut to integers;
/// threshold and reset follow that scale, and so do the membranes of what only integrates, which are
/// read in the chip's units; the biases and v_leak become a constant input of the membrane. A current's
/// excitatory and inhibitory parts, which the chip keeps apart, decay alike and are kept as one.
/// Says in the report which node the chip cannot run.
QuantisedNetwork quantise(const FlatGraph &flat, const Wiring &wiring, const Profile &profile, double dt,
                          Report &report);

} // namespace lle::nir

#endif // LLE_FRONTENDS_NIR_QUANTISE_H
