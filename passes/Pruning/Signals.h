//===- Signals.h - how channels go together on calibration data -*- C++ -*-===//
#ifndef LLE_PASSES_PRUNING_SIGNALS_H
#define LLE_PASSES_PRUNING_SIGNALS_H

#include "passes/Analysis/Evaluator.h"
#include "passes/Pruning/Channels.h"

#include <Eigen/Core>

namespace lle {

/// What was measured of a signal that has n channels.
struct SignalMoments {
  Eigen::MatrixXd products;  ///< (n + 1, n + 1): sums of x_i x_j, where x_n is 1.
  Eigen::VectorXd magnitude; ///< Sums of the magnitude of each channel.
  double count = 0;          ///< Of the sums.
};

/// What was measured for some groups.
struct Measured {
  llvm::DenseMap<mlir::Value, SignalMoments> signals;
  /// Of each liquid cell the mean products of the factors of the currents into each neuron (LiquidSynapses).
  llvm::DenseMap<mlir::Operation *, std::vector<Eigen::MatrixXd>> currents;
};

struct SignalRequest {
  std::string engine;
  int64_t samples = 0; ///< The first ones of the data; 0: all.
  /// Steps over which a signal is added up before it counts as one; 0: all of a sample. None: a signal of spikes or
  /// counts over kSpikeWindow steps, another one at each step.
  std::optional<int64_t> window;
};
inline constexpr int64_t kSpikeWindow = 8;

/// Runs a copy of the network over the data and measures the signals that the readers of these groups read, the
/// potentials of cells, and their currents.
llvm::Expected<Measured> measureSignals(NetworkOp network, llvm::ArrayRef<ChannelGroup> groups, const Dataset &data,
                                        const SignalRequest &request);

} // namespace lle

#endif
