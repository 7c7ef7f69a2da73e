//===- Tables.h - constants that are filled in after compilation -*- C++ -*-===//
#ifndef LLE_LOWERING_JIT_TABLES_H
#define LLE_LOWERING_JIT_TABLES_H

#include "mlir/IR/BuiltinOps.h"

#include <string>
#include <vector>

namespace lle {

/// A constant tensor that became memory.
struct Table {
  std::string symbol;
  std::vector<char> bytes;
};

/// Makes constant tensors global memory without a value in place, and returns what has to be written there. The module
/// is what `lle-materialize-state` makes. What is left of it depends on the values only as far as its code does: where
/// the lowering of a network chose by them, and where all elements of a tensor are one number.
std::vector<Table> outlineTables(mlir::ModuleOp module);

} // namespace lle

#endif
