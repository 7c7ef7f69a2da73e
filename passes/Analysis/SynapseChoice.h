//===- SynapseChoice.h - which kernel each synapse takes --------*- C++ -*-===//
#ifndef LLE_PASSES_ANALYSIS_SYNAPSECHOICE_H
#define LLE_PASSES_ANALYSIS_SYNAPSECHOICE_H

#include "passes/Analysis/SynapseCost.h"

namespace lle {

enum class SynapseChoice { Auto, Dense, Event };

/// Why a synapse has its kernel: it is cheaper, the network says so, the request says so.
enum class SynapseReason { Cost, Attribute, Option };

struct SynapseRequest {
  SynapseChoice kernel = SynapseChoice::Auto;
  double assumedActivity = kAssumedActivity;
  int64_t lanes = 16; ///< f32 elements of one vector register.
  SynapseCosts costs;
};

/// What was decided for one synapse, and why.
struct SynapseDecision {
  SynapseOpInterface synapse;
  bool isEvent;
  bool isMeasured; ///< The activity; else it is an assumption.
  SynapseReason reason;
  double activity, denseCycles, eventCycles, crossover;

  /// The node's name, or the operation's.
  llvm::StringRef getName() const;
};

/// The fraction of a signal that is taken to be active where nothing was measured: `assumed` where most elements are
/// expected to be zero, else 1.
double getAssumedActivity(mlir::Value signal, double assumed);

/// Writes `lle.synapse` on every synapse; with Auto, one that has it keeps it. A kernel that there is not, or an
/// activity that is no fraction, is an error at its synapse.
mlir::FailureOr<llvm::SmallVector<SynapseDecision>> chooseSynapses(NetworkOp network, const SynapseRequest &request);

} // namespace lle

#endif
