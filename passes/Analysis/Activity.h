//===- Activity.h - how active a network is ---------------------*- C++ -*-===//
#ifndef LLE_PASSES_ANALYSIS_ACTIVITY_H
#define LLE_PASSES_ANALYSIS_ACTIVITY_H

#include "dialects/LLE/LLEOps.h"
#include "passes/Analysis/Dataset.h"
#include "passes/Analysis/SynapseCost.h"

namespace lle {

/// On a spiking population: the measured mean number of spikes of a neuron in a step, an f64.
inline constexpr llvm::StringLiteral kRateAttr = "lle.rate";
/// On a network: where these come from, a dictionary of `dataset`, `engine`, `samples` and `steps`.
inline constexpr llvm::StringLiteral kActivitySourceAttr = "lle.activity_source";

/// Makes a value an output of the network, behind all others; returns its number.
unsigned addOutput(NetworkOp network, mlir::Value value);

struct ActivityRequest {
  std::string engine = "native";
  int64_t samples = 0; ///< The first ones of the data; 0: all.
};

/// Runs a copy of the network over the data, and writes what it measures as attributes of the network's operations.
llvm::Error measureActivity(NetworkOp network, const Dataset &data, const ActivityRequest &request);

} // namespace lle

#endif
