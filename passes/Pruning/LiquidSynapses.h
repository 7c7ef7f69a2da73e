//===- LiquidSynapses.h - what synapses of liquid cells carry ---*- C++ -*-===//
//
// The synapses of an LTC cell are not linear in the potentials, but the current I_k into neuron k is linear in their
// weights: with the potentials known, it is
//
//     I_k = sum over i of w_ik s(sigma_ik (v_i - mu_ik)) (erev_ik - v_k) + gleak_k (vleak_k - v_k) + ...
//
//===----------------------------------------------------------------------===//
#ifndef LLE_PASSES_PRUNING_LIQUIDSYNAPSES_H
#define LLE_PASSES_PRUNING_LIQUIDSYNAPSES_H

#include "dialects/LTC/LTCOps.h"

#include <Eigen/Core>

#include <vector>

namespace lle {

/// What the currents into each neuron of a cell of n neurons are made of.
class LiquidSynapses {
public:
  explicit LiquidSynapses(ltc::LTCCellOp cell);

  /// Of each target the factors of n weights, of its leak, and of the product of leak and resting potential. A synapse
  /// that is masked has the factor 0.
  static constexpr int64_t kConstants = 2;
  int64_t getNeurons() const { return neurons; }
  /// The numbers that these are the factors of, in a row.
  Eigen::RowVectorXd getWeights(int64_t target) const;
  /// Adds the products of the factors where the neurons have these potentials.
  void addProducts(llvm::ArrayRef<double> potentials, std::vector<Eigen::MatrixXd> &products) const;

  /// Makes weights and leaks of the kept neurons those that change their currents least where the others are gone:
  /// least squares where no weight is negative, and no leak less than a tenth of what it was. To be called before the
  /// others are removed.
  void correct(llvm::ArrayRef<int64_t> kept, llvm::ArrayRef<Eigen::MatrixXd> products);

private:
  ltc::LTCCellOp cell;
  int64_t neurons;
  std::vector<double> sigma, mu, w, erev, leak, rest; ///< Weights and leaks are positive numbers; 0 where masked.
};

/// Minimises (x - goal)^T A (x - goal) over x, no element of which is below that of `least`, and which is 0 outside of
/// `free`.
Eigen::VectorXd fitAbove(const Eigen::MatrixXd &a, const Eigen::VectorXd &goal, llvm::ArrayRef<int64_t> free,
                         const Eigen::VectorXd &least);

} // namespace lle

#endif
