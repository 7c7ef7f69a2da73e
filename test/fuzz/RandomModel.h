//===- RandomModel.h - random populations of the second tier ----*- C++ -*-===//
#ifndef LLE_TEST_FUZZ_RANDOMMODEL_H
#define LLE_TEST_FUZZ_RANDOMMODEL_H

#include "test/fuzz/RandomNumbers.h"

#include "mlir/IR/Builders.h"

namespace lle::fuzz {

/// Adds a population of one of the operations of SpkModelOps.td, FewSpike.td and Gated.td, as addRandomNeuron does of
/// the others. In the dyadic class, and in f64, it has no function that native code approximates.
mlir::Value addRandomModel(mlir::OpBuilder &builder, RandomNumbers &random, llvm::StringRef name, mlir::Value input,
                           double dt);

} // namespace lle::fuzz

#endif
