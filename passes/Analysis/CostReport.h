//===- CostReport.h - costs of a network, for people ------------*- C++ -*-===//
#ifndef LLE_PASSES_ANALYSIS_COSTREPORT_H
#define LLE_PASSES_ANALYSIS_COSTREPORT_H

#include "passes/Analysis/CostModel.h"

#include "llvm/Support/JSON.h"

namespace lle {

/// A table of the operations in one step, the inference, and what the figures rest on.
std::string formatCost(NetworkOp network, const NetworkCost &cost);

/// The same as numbers with unit and provenance.
llvm::json::Object makeCostReport(NetworkOp network, const NetworkCost &cost);

/// Rows of as many cells. The first two columns are left-aligned, all others right-aligned.
std::string formatTable(llvm::ArrayRef<std::vector<std::string>> rows);

} // namespace lle

#endif
