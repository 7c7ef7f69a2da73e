//===- ChipActivity.h - the cores and links of an emulated chip -*- C++ -*-===//
#ifndef LLE_TOOLS_LLE_RUN_CHIPACTIVITY_H
#define LLE_TOOLS_LLE_RUN_CHIPACTIVITY_H

#include "runtime/host/Package.h"
#include "tools/common/EmulatorEngine.h"

#include "llvm/Support/JSON.h"

namespace lle::run {

/// Counts of the whole chip per inference, and what the target's figures make of them: time, if there is a figure of
/// unit_ns, and energy, if there is one of unit_pj.
void addChipMetrics(const EmulatorEngine &engine, std::vector<runtime::Metric> &metrics);

/// The same of each core and each link, over all samples, and the largest of any tick.
llvm::json::Value formatChip(const EmulatorEngine &engine);

} // namespace lle::run

#endif
