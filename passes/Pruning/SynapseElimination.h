//===- SynapseElimination.h - leave out synapses, and make up ---*- C++ -*-===//
#ifndef LLE_PASSES_PRUNING_SYNAPSEELIMINATION_H
#define LLE_PASSES_PRUNING_SYNAPSEELIMINATION_H

#include "passes/Pruning/SynapseMatrix.h"

namespace lle {

/// Of each `of` inputs of a row, as they are stored one after the other, at most `kept` have a synapse; 0: no pattern.
struct SparsityPattern {
  int64_t kept = 0, of = 0;
};

/// With less, the products of inputs that always go together have no inverse in doubles.
inline constexpr double kLeastRidge = 1e-9;

struct SynapseEliminationOptions {
  SparsityPattern pattern;
  bool correct = true;
  double ridge =
      0.003; ///< What is added to the mean square of an input, as a share of the mean over all; kLeastRidge or more.
};

/// The synapses of a matrix in the order in which each row loses them best.
class SynapseElimination {
public:
  /// `products` are as measureProducts gives them. Rows are worked on by all threads of the context.
  SynapseElimination(const SynapseMatrix &matrix, std::vector<Eigen::MatrixXd> products,
                     const SynapseEliminationOptions &options, mlir::MLIRContext *context);

  struct Removal {
    int64_t input;
    double error; ///< Mean squared, as a share of the mean square of all sums: never less than that of one before.
  };
  /// Of a row; with a pattern only those that it asks for.
  llvm::ArrayRef<Removal> getRemovals(int64_t row) const { return removals[row]; }

  /// The weights where each row has lost the first removals[row] synapses. With `products` of other data.
  Eigen::MatrixXd getWeights(llvm::ArrayRef<int64_t> counts, std::vector<Eigen::MatrixXd> products = {}) const;
  /// What these weights change of the sums, mean squared, as a share of the mean square of all sums.
  double getError(const Eigen::MatrixXd &changed) const;

private:
  void order(int64_t row, const Eigen::MatrixXd &shared);
  const Eigen::MatrixXd &getProducts(int64_t row) const { return products[row * products.size() / matrix->getRows()]; }

  const SynapseMatrix *matrix;
  std::vector<Eigen::MatrixXd> products; ///< With the ridge.
  SynapseEliminationOptions options;
  mlir::MLIRContext *context;
  double scale = 0; ///< One over the mean square of all sums.
  std::vector<std::vector<Removal>> removals;
};

} // namespace lle

#endif
