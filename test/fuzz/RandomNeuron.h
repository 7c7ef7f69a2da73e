//===- RandomNeuron.h - random populations ----------------------*- C++ -*-===//
#ifndef LLE_TEST_FUZZ_RANDOMNEURON_H
#define LLE_TEST_FUZZ_RANDOMNEURON_H

#include "test/fuzz/RandomNumbers.h"

#include "mlir/IR/Builders.h"

namespace lle::fuzz {

/// Adds a population of any operation of the dialect spk, with any attributes that verify, and gives its result. In the
/// dyadic class half of the populations have coefficients of any number: all that a population does is element-wise,
/// so there is one order of operations, whatever the numbers.
mlir::Value addRandomNeuron(mlir::OpBuilder &builder, RandomNumbers &random, llvm::StringRef name, mlir::Value input,
                            double dt);

} // namespace lle::fuzz

#endif
