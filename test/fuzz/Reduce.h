//===- Reduce.h - small networks that still disagree ------------*- C++ -*-===//
#ifndef LLE_TEST_FUZZ_REDUCE_H
#define LLE_TEST_FUZZ_REDUCE_H

#include "test/fuzz/Trial.h"

namespace lle::fuzz {

/// A network and what it is run with.
struct Case {
  mlir::OwningOpRef<mlir::ModuleOp> module;
  Stimulus stimulus;

  NetworkOp getNetwork() { return *module->getOps<NetworkOp>().begin(); }
};

/// Takes operations away from a network for as long as `fails` holds. What a removed operation gave becomes an input
/// with the values that the reference computed.
Case reduce(Case failing, llvm::function_ref<bool(Case &)> fails);

/// The case as a test: the network, and a function of the check dialect that expects the reference's values. Where an
/// input has a type that constants cannot have, the network alone.
void printTest(Case &test, llvm::raw_ostream &os);

} // namespace lle::fuzz

#endif
