//===- EstimateReport.h - costs of a network, for people --------*- C++ -*-===//
#ifndef LLE_TARGETS_ESTIMATE_ESTIMATEREPORT_H
#define LLE_TARGETS_ESTIMATE_ESTIMATEREPORT_H

#include "targets/Estimate/Cost.h"
#include "targets/Estimate/Suggestions.h"
#include "targets/Native/MemoryUse.h"

#include "llvm/Support/JSON.h"

namespace lle {

/// What is known of a network on a target.
struct NetworkCosts {
  std::string network;
  MemoryUse memory;
  Estimate estimate;
  double steps = 0;       ///< Of an inference; 0: it has no end.
  bool endsEarly = false; ///< Steps are a mean over samples that end where they are decided.
  std::vector<Suggestion> suggestions;
};

/// A table of the nodes, what its columns rest on, the longest path, and what could be done.
std::string formatCosts(const NetworkCosts &costs, const Target &target);

/// The same as numbers with unit and provenance.
void addCosts(llvm::json::Object &report, const NetworkCosts &costs, const Target &target);

} // namespace lle

#endif
