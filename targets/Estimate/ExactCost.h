//===- ExactCost.h - a cost model that sees emitted code --------*- C++ -*-===//
#ifndef LLE_TARGETS_ESTIMATE_EXACTCOST_H
#define LLE_TARGETS_ESTIMATE_EXACTCOST_H

namespace lle {

/// Registers the cost model "exact": networks are compiled for the target, and the blocks that data makes their code
/// execute are counted (docs/adr/0008). It takes seconds where the analytic one takes milliseconds.
void registerExactCostModel();

} // namespace lle

#endif
