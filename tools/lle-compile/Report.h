//===- Report.h - sizes and times of a compilation --------------*- C++ -*-===//
#ifndef LLE_TOOLS_LLE_COMPILE_REPORT_H
#define LLE_TOOLS_LLE_COMPILE_REPORT_H

#include "passes/Analysis/SynapseChoice.h"
#include "targets/Estimate/EstimateReport.h"

namespace lle {

/// What a compiled network costs on the target. It is compiled once more, with node scopes, and for suggestions in a
/// few variants; `data`, which may be null, is what a mean step is measured on.
mlir::FailureOr<NetworkCosts> measureCosts(NetworkOp source, const Target &target, CompileOptions options,
                                           const Dataset *data);

/// As JSON; each number says whether it was measured, assumed or derived. `source` is the network that was compiled.
std::string formatReport(const CompiledNetwork &network, const Target &target, NetworkOp source,
                         llvm::ArrayRef<SynapseDecision> synapses, const NetworkCosts &costs);

} // namespace lle

#endif
