//===- Options.h - the command line of lle-run ------------------*- C++ -*-===//
#ifndef LLE_TOOLS_LLE_RUN_OPTIONS_H
#define LLE_TOOLS_LLE_RUN_OPTIONS_H

#include "passes/Analysis/Metric.h"
#include "tools/common/OpenModel.h"
#include "tools/common/Sequences.h"
#include "tools/common/Tool.h"

namespace lle::run {

extern llvm::cl::OptionCategory category;
extern const char *const overview;

/// NODE:STATE=FILE. STATE is a declared state, or `spike` or `out` for the node's result.
struct Probe {
  std::string node, state, path;

  bool isResult() const { return state == "spike" || state == "out"; }
};

struct Options {
  std::string model;
  InputOptions inputs;
  std::vector<std::string> outputs;
  std::string stateIn, stateOut;
  std::vector<Probe> probes;
  std::string labels; ///< Empty: nothing to evaluate.
  Metric metric;
  bool json, spikes;
  bool earlyExit;   ///< Where the model has a margin for it.
  OpenOptions open; ///< Holds the nodes of the probes.
};

/// What the command line says, once it is parsed.
llvm::Expected<Options> getOptions();

} // namespace lle::run

#endif
