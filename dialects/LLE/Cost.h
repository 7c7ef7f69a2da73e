//===- Cost.h - what every operation costs at least -------------*- C++ -*-===//
#ifndef LLE_DIALECTS_LLE_COST_H
#define LLE_DIALECTS_LLE_COST_H

#include "dialects/LLE/LLEInterfaces.h"

namespace lle {

/// Bytes of operands and results.
OpCost getTrafficCost(mlir::Operation *op);

} // namespace lle

#endif
