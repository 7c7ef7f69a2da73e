//===- RandomIR.h - random networks of the dialects -------------*- C++ -*-===//
#ifndef LLE_TEST_FUZZ_RANDOMIR_H
#define LLE_TEST_FUZZ_RANDOMIR_H

#include "test/fuzz/RandomNumbers.h"

#include "mlir/IR/BuiltinOps.h"

namespace lle::fuzz {

/// A module with one network that uses what the dialects offer, whether or not an importer makes it: every operation,
/// every attribute value that verifies. A liquid one has recurrent cells, before and behind populations; its numbers
/// are real. The same seed gives the same network.
mlir::OwningOpRef<mlir::ModuleOp> makeRandomIR(mlir::MLIRContext &context, uint64_t seed, NumberClass numbers,
                                               bool liquid);

} // namespace lle::fuzz

#endif
