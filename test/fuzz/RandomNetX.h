//===- RandomNetX.h - random and damaged NetX files -------------*- C++ -*-===//
#ifndef LLE_TEST_FUZZ_RANDOMNETX_H
#define LLE_TEST_FUZZ_RANDOMNETX_H

#include "frontends/NetX/Layers.h"
#include "test/fuzz/Random.h"

namespace lle::fuzz {

/// A network that lle-translate takes: an image and convolutions, or none, then dense layers, recurrent ones and
/// delays.
netx::Network makeNetX(Random &random);

/// Makes one or two changes: shapes that do not fit, numbers out of range, layers that are missing or out of place.
void damageNetX(netx::Network &network, Random &random);

} // namespace lle::fuzz

#endif
