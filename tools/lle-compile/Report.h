//===- Report.h - sizes and times of a compilation --------------*- C++ -*-===//
#ifndef LLE_TOOLS_LLE_COMPILE_REPORT_H
#define LLE_TOOLS_LLE_COMPILE_REPORT_H

#include "passes/Analysis/SynapseChoice.h"
#include "targets/Native/Compile.h"

namespace lle {

/// As JSON; each number says whether it was measured, assumed or derived. `source` is the network that was compiled.
std::string formatReport(const CompiledNetwork &network, const Target &target, NetworkOp source,
                         llvm::ArrayRef<SynapseDecision> synapses);

} // namespace lle

#endif
