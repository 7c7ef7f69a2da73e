//===- CellWork.h - the work of liquid cells in whole vectors --*- C++ -*-===//
#ifndef LLE_PASSES_ANALYSIS_CELLWORK_H
#define LLE_PASSES_ANALYSIS_CELLWORK_H

#include "passes/Analysis/CostModel.h"

#include "llvm/Support/MathExtras.h"

namespace lle {

/// `count` elements in vectors of `lanes`, the last of which may have empty lanes.
inline double fillVectors(double count, int64_t lanes) {
  return double(llvm::alignTo(uint64_t(count), uint64_t(lanes)));
}

/// Sets what an LTC or CfC cell is charged for on a processor with vectors of `lanes` numbers. False for other
/// operations.
bool countCellUnits(mlir::Operation *op, int64_t lanes, WorkCounts &counts);

/// Bytes of the parameters of synapses that the wiring of an LTC cell lacks, which code does not touch. 0 for others.
double countMissingSynapseBytes(mlir::Operation *op);

} // namespace lle

#endif
