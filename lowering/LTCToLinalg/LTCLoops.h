//===- LTCLoops.h - liquid cells in loops -----------------------*- C++ -*-===//
#ifndef LLE_LOWERING_LTCTOLINALG_LTCLOOPS_H
#define LLE_LOWERING_LTCTOLINALG_LTCLOOPS_H

#include "dialects/LTC/LTCOps.h"
#include "lowering/MaterializeState/StepLowering.h"

namespace lle {

/// A step of a cell in loops over neurons and their synapses, whose tables are read-only memory: code of the same few
/// hundred bytes for every cell. The output, and the state after the step; `elapsedTime` may be null.
std::pair<mlir::Value, mlir::Value> buildLTCInLoops(StepBuilder &b, ltc::LTCCellOp op, mlir::Value input,
                                                    mlir::Value state, mlir::Value elapsedTime,
                                                    mlir::Value destination);

} // namespace lle

#endif
