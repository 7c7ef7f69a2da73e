//===- RandomLiquid.h - random NIR graphs of recurrent cells ----*- C++ -*-===//
#ifndef LLE_TEST_FUZZ_RANDOMLIQUID_H
#define LLE_TEST_FUZZ_RANDOMLIQUID_H

#include "frontends/NIR/Graph.h"
#include "test/fuzz/Random.h"

#include "mlir/IR/MLIRContext.h"

namespace lle::fuzz {

/// A graph of one to three cells of the dialect ltc, one behind the other, of all types that a NIR file can hold.
nir::Graph makeLiquidGraph(mlir::MLIRContext &context, Random &random);

} // namespace lle::fuzz

#endif
