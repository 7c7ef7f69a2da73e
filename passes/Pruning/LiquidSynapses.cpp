//===- LiquidSynapses.cpp - what synapses of liquid cells carry -----------===//
#include "passes/Pruning/LiquidSynapses.h"
#include "passes/Precision/CellParameters.h"
#include "passes/Simplify/Weights.h"

#include <cmath>

using namespace mlir;
using namespace lle;

LiquidSynapses::LiquidSynapses(ltc::LTCCellOp cell)
    : cell(cell), neurons(cell.getState().getType().getNumElements()), sigma(*readNumbers(cell.getSigma())),
      mu(*readNumbers(cell.getMu())), w(*readNumbers(cell.getW())), erev(*readNumbers(cell.getErev())),
      leak(*readNumbers(cell.getGleak())), rest(*readNumbers(cell.getVleak())) {
  for (double &number : w)
    number = makePositive(cell.getPositivity(), number);
  for (double &number : leak)
    number = makePositive(cell.getPositivity(), number);
  if (cell.getMaskAttr())
    for (auto [number, kept] : llvm::zip_equal(w, *readNumbers(cell.getMaskAttr())))
      number *= std::abs(kept);
}

Eigen::RowVectorXd LiquidSynapses::getWeights(int64_t target) const {
  Eigen::RowVectorXd weights(neurons + kConstants);
  for (int64_t source = 0; source < neurons; ++source)
    weights[source] = w[source * neurons + target];
  weights.tail<2>() << leak[target], leak[target] * rest[target];
  return weights;
}

void LiquidSynapses::addProducts(ArrayRef<double> potentials, std::vector<Eigen::MatrixXd> &products) const {
  Eigen::VectorXd factors(neurons + kConstants);
  for (int64_t target = 0; target < neurons; ++target) {
    for (int64_t source = 0; source < neurons; ++source) {
      const int64_t synapse = source * neurons + target;
      const double open = 1 / (1 + std::exp(-sigma[synapse] * (potentials[source] - mu[synapse])));
      factors[source] = w[synapse] == 0 ? 0 : open * (erev[synapse] - potentials[target]);
    }
    factors.tail<2>() << -potentials[target], 1;
    products[target].selfadjointView<Eigen::Lower>().rankUpdate(factors);
  }
}

Eigen::VectorXd lle::fitAbove(const Eigen::MatrixXd &a, const Eigen::VectorXd &goal, ArrayRef<int64_t> free,
                              const Eigen::VectorXd &least) {
  // Projected Gauss-Seidel.
  constexpr int kSweeps = 2000;
  constexpr double kTolerance = 1e-9;
  Eigen::VectorXd x = Eigen::VectorXd::Zero(goal.size());
  for (int64_t i : free)
    x[i] = goal[i];
  Eigen::VectorXd slope = a * (x - goal);
  for (int sweep = 0; sweep < kSweeps; ++sweep) {
    double largest = 0;
    for (int64_t i : free) {
      if (!(a(i, i) > 0))
        continue;
      const double moved = std::max(x[i] - slope[i] / a(i, i), least[i]) - x[i];
      x[i] += moved;
      slope += a.col(i) * moved;
      largest = std::max(largest, std::abs(moved));
    }
    if (largest <= kTolerance * goal.cwiseAbs().maxCoeff())
      break;
  }
  return x;
}

void LiquidSynapses::correct(ArrayRef<int64_t> kept, ArrayRef<Eigen::MatrixXd> products) {
  constexpr double kLeastLeak = 0.1;
  std::vector<double> storedW = *readNumbers(cell.getW()), storedLeak = *readNumbers(cell.getGleak());
  for (int64_t target : kept) {
    const Eigen::VectorXd goal = getWeights(target).transpose();
    Eigen::VectorXd least = Eigen::VectorXd::Zero(goal.size());
    SmallVector<int64_t> free;
    for (int64_t source : kept)
      if (goal[source] != 0)
        free.push_back(source);
    if (leak[target] > 0)
      free.append({neurons, neurons + 1});
    least[neurons] = kLeastLeak * leak[target];
    least[neurons + 1] = -std::numeric_limits<double>::infinity();
    Eigen::VectorXd fitted = fitAbove(products[target], goal, free, least);
    for (int64_t source : kept)
      if (goal[source] != 0)
        storedW[source * neurons + target] = unmakePositive(cell.getPositivity(), fitted[source]);
    if (!(leak[target] > 0))
      continue; // A neuron without a leak has no resting potential either.
    storedLeak[target] = unmakePositive(cell.getPositivity(), fitted[neurons]);
    rest[target] = fitted[neurons + 1] / fitted[neurons];
  }
  cell.setWAttr(makeElements(cell.getW().getShapedType(), storedW));
  cell.setGleakAttr(makeElements(cell.getGleak().getShapedType(), storedLeak));
  cell.setVleakAttr(makeElements(cell.getVleak().getShapedType(), rest));
}
