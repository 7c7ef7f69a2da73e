//===- RandomQuantized.h - random layers and cells in fixed point -*- C++ -*-===//
#ifndef LLE_TEST_FUZZ_RANDOMQUANTIZED_H
#define LLE_TEST_FUZZ_RANDOMQUANTIZED_H

#include "test/fuzz/Coverage.h"
#include "test/fuzz/RandomLayers.h"

namespace lle::fuzz {

/// Adds a chain of operations in fixed point to an input of the network, of real numbers, si8 or si16, from
/// `lle.quantize` to `lle.dequantize`. Units are powers of two, so that the chain is exact in every precision. Returns
/// its real result.
LayerSignal addRandomQuantized(const LayerContext &context, mlir::Value input);

/// Whether an operation is one of these.
bool isQuantized(mlir::OperationName name);

/// What such an operation has in it, and what all of them should have.
void collectQuantized(mlir::Operation *op, std::set<Feature> &features);
void expectQuantized(mlir::OperationName name, std::set<Feature> &features);

} // namespace lle::fuzz

#endif
