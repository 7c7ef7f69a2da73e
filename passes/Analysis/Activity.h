//===- Activity.h - how active a network is ---------------------*- C++ -*-===//
#ifndef LLE_PASSES_ANALYSIS_ACTIVITY_H
#define LLE_PASSES_ANALYSIS_ACTIVITY_H

#include "dialects/LLE/LLEOps.h"
#include "passes/Analysis/Dataset.h"
#include "passes/Analysis/SynapseCost.h"

#include "llvm/ADT/MapVector.h"

#include <limits>

namespace lle {

/// On a spiking population: the measured mean number of spikes of a neuron in a step, an f64.
inline constexpr llvm::StringLiteral kRateAttr = "lle.rate";
/// On a network: where these come from, a dictionary of `dataset`, `engine`, `samples` and `steps`.
inline constexpr llvm::StringLiteral kActivitySourceAttr = "lle.activity_source";

/// What was seen of a signal or a state.
struct SignalRange {
  double elements = 0;  ///< All numbers, in all steps of all samples.
  double active = 0;    ///< Those that are not zero.
  double sum = 0;       ///< Of absolute values.
  double undefined = 0; ///< Those that are NaN: they count as active, and are in nothing else.
  double min = std::numeric_limits<double>::infinity(), max = -std::numeric_limits<double>::infinity();

  void count(llvm::ArrayRef<double> values);
  SignalRange &operator+=(const SignalRange &other);
  /// The fraction that is not zero.
  double getActivity() const { return active / elements; }
  /// Of spikes: how many a neuron emits in a step.
  double getMeanMagnitude() const { return sum / elements; }
};

/// Which signals are looked at.
enum class ActivityScope {
  Spikes, ///< What synapses read and populations emit.
  Nodes,  ///< The results of all operations as well, and the inputs of the network.
  States, ///< States as well, as they are at the end of each step: this is slow, for they are read one by one.
};

struct ActivityRequest {
  std::string engine = "native";
  int64_t samples = 0; ///< The first ones of the data; 0: all.
  ActivityScope scope = ActivityScope::Spikes;
};

/// How active a network was. Values are those of the network that was measured.
struct Activity {
  struct State {
    StatefulOpInterface op;
    std::string name;
    SignalRange range;
  };
  llvm::MapVector<mlir::Value, SignalRange> signals;
  std::vector<State> states;
  std::string dataset, engine;
  int64_t samples = 0, steps = 0; ///< That were run, over all samples.
  bool endsEarly = false;         ///< Samples end where they are decided (ExitRule.h), and so do the steps counted.

  /// Null where it was not looked at.
  const SignalRange *find(mlir::Value signal) const;
  const SignalRange *findState(mlir::Operation *op, llvm::StringRef name) const;
};

/// Runs a copy of the network over the data. A sample ends after the network's steps where it has them,
/// or earlier where it is decided. Samples run on
/// all processors of the context's thread pool; results do not depend on their number.
llvm::Expected<Activity> measureActivity(NetworkOp network, const Dataset &data, const ActivityRequest &request);

/// Writes the fractions and rates as attributes of the network's operations.
void writeActivity(NetworkOp network, const Activity &activity);

} // namespace lle

#endif
