//===- RandomOde.h - random state equations ---------------------*- C++ -*-===//
#ifndef LLE_TEST_FUZZ_RANDOMODE_H
#define LLE_TEST_FUZZ_RANDOMODE_H

#include "test/fuzz/RandomNumbers.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinAttributeInterfaces.h"

namespace lle::fuzz {

/// Adds an `spk.ode_neuron`: each state decays, and functions of the other states, of limited slope, push it. `draw`
/// makes a parameter of the population.
mlir::Value addRandomOde(mlir::OpBuilder &builder, RandomNumbers &random, llvm::StringRef name, mlir::Value input,
                         double dt, llvm::function_ref<mlir::ElementsAttr(llvm::function_ref<double()>)> draw);

} // namespace lle::fuzz

#endif
