//===- SynapseMatrix.h - synapses that may be removed one by one *- C++ -*-===//
#ifndef LLE_PASSES_PRUNING_SYNAPSEMATRIX_H
#define LLE_PASSES_PRUNING_SYNAPSEMATRIX_H

#include "passes/Analysis/Dataset.h"
#include "passes/Precision/WeightTensors.h"

#include "dialects/LTC/LTCOps.h"

#include <Eigen/Core>

namespace lle {

/// Weights as a matrix that has one row for each output. All synapses of an LTC cell are one matrix: of those to a
/// neuron the conductances, from all neurons and then from all inputs, and behind them its leak, and the product of
/// leak and resting potential.
class SynapseMatrix {
public:
  explicit SynapseMatrix(const WeightTensor &tensor);

  const std::string &getName() const { return name; }
  const WeightTensor &getTensor() const { return tensor; }
  bool isLiquid() const { return bool(cell); }
  int64_t getRows() const { return weights.rows(); }
  /// Columns of synapses; others follow only where it is of an LTC cell.
  int64_t getInputs() const { return weights.cols() - (cell ? kLeaks : 0); }
  const Eigen::MatrixXd &getWeights() const { return weights; }
  /// Those that are zero, or masked, are none.
  bool hasSynapse(int64_t row, int64_t input) const { return weights(row, input) != 0; }
  /// Whether a column is a synapse, or of a leak, that is there.
  bool hasWeight(int64_t row, int64_t column) const {
    return weights(row, column < getInputs() ? column : getInputs()) != 0;
  }
  int64_t countSynapses() const { return (weights.leftCols(getInputs()).array() != 0).count(); }
  /// What the numbers of a row must not fall below: conductances below 0, unless they are there already, leaks below a
  /// tenth of what they are.
  Eigen::VectorXd getLeast(int64_t row) const;

  /// Of the same matrix of a copy of the network: the synapses that are zero go. Those of an LTC cell leave its masks.
  void write(const Eigen::MatrixXd &weights) const;

private:
  static constexpr int64_t kLeaks = 2;

  void readLiquid();
  void writeLiquid(const Eigen::MatrixXd &weights) const;

  WeightTensor tensor;
  ltc::LTCCellOp cell;
  std::string name;
  Eigen::MatrixXd weights;
};

/// In the order in which signals pass them; the same in a copy of the network.
std::vector<SynapseMatrix> findSynapseMatrices(NetworkOp network);

/// Of each of these matrices the mean products of what its rows are multiplied with: one for all rows, one for each of
/// as many parts of them, or none where that is not known.
llvm::Expected<std::vector<std::vector<Eigen::MatrixXd>>> measureProducts(NetworkOp network,
                                                                          llvm::ArrayRef<SynapseMatrix> matrices,
                                                                          const Dataset &data, llvm::StringRef engine,
                                                                          int64_t samples);

} // namespace lle

#endif
