//===- Report.h - sizes and times of a compilation --------------*- C++ -*-===//
#ifndef LLE_TOOLS_LLE_COMPILE_REPORT_H
#define LLE_TOOLS_LLE_COMPILE_REPORT_H

#include "targets/Native/Compile.h"

namespace lle {

/// As JSON; each number says whether it was measured or derived.
std::string formatReport(const CompiledNetwork &network, const Target &target);

} // namespace lle

#endif
