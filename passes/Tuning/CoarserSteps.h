//===- CoarserSteps.h - networks whose step is several of before -*- C++ -*-===//
#ifndef LLE_PASSES_TUNING_COARSERSTEPS_H
#define LLE_PASSES_TUNING_COARSERSTEPS_H

#include "dialects/LLE/LLEOps.h"

namespace lle {

/// Makes `factor` steps of the network one; an error at the operation that can have no such step, or at the network. It
/// is then half changed.
mlir::LogicalResult coarsenSteps(NetworkOp network, int64_t factor, bool keepLoopDelays);

} // namespace lle

#endif
