//===- RandomStates.h - states of few bits ----------------------*- C++ -*-===//
#ifndef LLE_TEST_FUZZ_RANDOMSTATES_H
#define LLE_TEST_FUZZ_RANDOMSTATES_H

#include "dialects/LLE/LLEOps.h"
#include "test/fuzz/RandomNumbers.h"

namespace lle::fuzz {

/// Stores some of the network's real states in 8 or 16 bits. Scales are powers of two, so what is exact stays so.
void addRandomStateTypes(NetworkOp network, RandomNumbers &random);

} // namespace lle::fuzz

#endif
