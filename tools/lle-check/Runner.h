//===- Runner.h - execute the operations of the check dialect ---*- C++ -*-===//
#ifndef LLE_TOOLS_LLE_CHECK_RUNNER_H
#define LLE_TOOLS_LLE_CHECK_RUNNER_H

#include "passes/Analysis/Engine.h"

#include "mlir/IR/BuiltinOps.h"

namespace lle {

/// Runs every function without arguments that holds operations of the check dialect. Fails, with an
/// error at the operation, where an expectation does not hold (the others are still checked) or
/// something cannot be executed.
mlir::LogicalResult runChecks(mlir::ModuleOp module, EngineFactory createEngine);

} // namespace lle

#endif
