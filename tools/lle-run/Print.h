//===- Print.h - the summary of a run ---------------------------*- C++ -*-===//
#ifndef LLE_TOOLS_LLE_RUN_PRINT_H
#define LLE_TOOLS_LLE_RUN_PRINT_H

#include "tools/common/Run.h"

#include "llvm/Support/JSON.h"

namespace lle::run {

struct Summary {
  std::string model, engine;
  int64_t samples, steps;
  std::vector<runtime::Metric> metrics;
  std::optional<llvm::json::Value> chip; ///< What the cores and links of an emulated chip did.
};

/// Times, spikes and sizes, each with where it comes from. `evaluation` comes first, if there was one.
Summary summarize(const OpenedModel &model, const Sequences &inputs, const RunResult &result,
                  std::optional<runtime::Metric> evaluation);

std::string formatText(const Summary &summary);
std::string formatJSON(const Summary &summary);

} // namespace lle::run

#endif
