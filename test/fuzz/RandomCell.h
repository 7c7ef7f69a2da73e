//===- RandomCell.h - random recurrent cells --------------------*- C++ -*-===//
#ifndef LLE_TEST_FUZZ_RANDOMCELL_H
#define LLE_TEST_FUZZ_RANDOMCELL_H

#include "test/fuzz/RandomNumbers.h"

#include "mlir/IR/Builders.h"

namespace lle::fuzz {

/// What stands around a cell.
struct CellContext {
  mlir::Value input;           ///< Of rank 1.
  mlir::RankedTensorType type; ///< Of the state.
  mlir::Value elapsed;         ///< A time of one element, for cells that take one; may be null.
  double shortest = 0;   ///< The least that `elapsed` gives. It may be negative: then the cell adds a time of its own.
  mlir::Value hidden;    ///< May be null.
  bool isMemory = false; ///< The cell is the LSTM of a mixed memory.
};

/// Adds any cell of the dialect ltc, with any attributes that verify. Numbers are those of trained networks: most cells
/// forget, and what they are given does not make them chaotic.
mlir::Operation *addRandomCell(mlir::OpBuilder &builder, RandomNumbers &random, llvm::StringRef name,
                               const CellContext &context);

/// The cell's result that is the next state.
mlir::Value getNextState(mlir::Operation *cell);

} // namespace lle::fuzz

#endif
