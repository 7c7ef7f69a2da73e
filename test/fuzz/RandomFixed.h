//===- RandomFixed.h - random populations in integers -----------*- C++ -*-===//
#ifndef LLE_TEST_FUZZ_RANDOMFIXED_H
#define LLE_TEST_FUZZ_RANDOMFIXED_H

#include "test/fuzz/Coverage.h"
#include "test/fuzz/RandomNumbers.h"

#include "mlir/IR/Builders.h"

namespace lle::fuzz {

/// Adds a population of dialects/Spk/FixedPoint.td, FixedModels.td or Q15.td on a signal of si32. Returns its result.
mlir::Value addRandomFixedNeuron(mlir::OpBuilder &builder, RandomNumbers &random, llvm::StringRef name,
                                 mlir::Value input);

/// Whether an operation is one of these populations, whose thresholds are integers.
bool isFixedNeuron(mlir::OperationName name);

/// The largest threshold that such a population may have.
double getLargestThreshold(mlir::Operation *neuron);

/// What such a population has in it, and what all of them should have.
void collectFixedNeuron(mlir::Operation *neuron, std::set<Feature> &features);
void expectFixedNeuron(mlir::OperationName name, std::set<Feature> &features);

} // namespace lle::fuzz

#endif
