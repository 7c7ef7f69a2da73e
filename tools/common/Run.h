//===- Run.h - running samples and recording them ---------------*- C++ -*-===//
#ifndef LLE_TOOLS_COMMON_RUN_H
#define LLE_TOOLS_COMMON_RUN_H

#include "tools/common/OpenModel.h"
#include "tools/common/Sequences.h"

namespace lle {

/// The state of a node in every step, as the step left it.
struct StateTrace {
  std::string node, state;
  Trace trace;
};

struct RunRequest {
  std::vector<size_t> outputs;    ///< Outputs to record.
  std::vector<StateTrace> states; ///< States to record; the traces are filled.
  runtime::Arrays statesBefore; ///< NODE/STATE -> (samples, shape...): where samples start, instead of initial values.
  bool wantStatesAfter = false;
  bool exitEarly = false; ///< A sample ends once all outputs with an exit margin are decided by it.
};

struct RunResult {
  std::vector<Trace> outputs; ///< Of all outputs, in all steps that count; empty where they were not asked for.
  std::vector<StateTrace> states;
  runtime::Arrays statesAfter; ///< As `statesBefore`, of all states.
  std::vector<double> sums;    ///< Sum over all elements of each output: its spikes, for a spiking one.
  int64_t steps = 0;           ///< Of all samples, that were run.
  bool exitsEarly = false;     ///< Samples ended once they were decided.
  double seconds = -1;         ///< In the network's own code; negative where the engine does not measure it.
};

/// Runs every sample from the model's initial state, or from `statesBefore`. A sample that is shorter than others stops
/// at its end: from there on its spiking outputs have no spike in the traces, other outputs and states stay as they
/// are.
llvm::Expected<RunResult> runModel(OpenedModel &model, const Sequences &inputs, RunRequest request);

} // namespace lle

#endif
