//===- Bounds.cpp - the limits of recurrent cells -------------------------===//
//
// Symbols are those of the descriptions in LTCOps.td. Most cells move their state to a mean of it and of some targets,
// with weights that are not negative: the state never leaves the hull of where it starts and the targets.
//
//===----------------------------------------------------------------------===//
#include "dialects/LLE/TensorTypes.h"
#include "dialects/LTC/LTCOps.h"

#include <cmath>

using namespace mlir;
using namespace lle;
using namespace lle::ltc;

static std::vector<double> readNumbers(ElementsAttr parameter) {
  std::vector<double> numbers;
  for (const APFloat &value : parameter.getValues<APFloat>())
    numbers.push_back(value.convertToDouble());
  return numbers;
}

/// Where a step starts: the operand, or, for the first step, zero.
static MaybeBounds getStart(Value hidden, Value state, ArrayRef<MaybeBounds> operands) {
  if (hidden)
    return operands.back();
  return Bounds(countElements(state), Limits{0, 0});
}

static MaybeBounds getUniform(Value value, std::optional<Limits> limits) {
  if (!limits)
    return std::nullopt;
  return Bounds(countElements(value), *limits);
}

/// Of the state of a cell that keeps what it gives.
static SmallVector<MaybeBounds> keepResult(Value hidden, MaybeBounds result) {
  if (hidden)
    return {};
  if (result)
    for (Limits &limits : *result)
      limits = limits.hull(0);
  return {result};
}

//===----------------------------------------------------------------------===//
// ltc.ltc_cell
//===----------------------------------------------------------------------===//

namespace {
/// The terms of the mean that a neuron of a fused cell moves to.
class PotentialHull {
public:
  PotentialHull(LTCCellOp op, Bounds start)
      : soft(op.getPositivity() == Positivity::softplus), bounds(std::move(start)), isNormal(bounds.size(), false) {
    if (!op.getEpsilon().isZero())
      addTargets(std::vector<double>(bounds.size(), 1), std::vector<double>(bounds.size(), 0));
    // The old potential, which is in the hull.
    for (auto [j, weight] : llvm::enumerate(getPositive(op.getCm())))
      checkWeight(j, weight);
    addTargets(getPositive(op.getGleak()), readNumbers(op.getVleak()));
    addSynapses(op.getW(), op.getErev(), op.getMaskAttr());
    addSynapses(op.getSensoryW(), op.getSensoryErev(), op.getSensoryMaskAttr());
  }

  /// Nothing if a weight is negative, or if a neuron may have no weight at all: that of a synapse may underflow.
  MaybeBounds get() const {
    return isMean && llvm::all_of(isNormal, [](bool normal) { return normal; }) ? MaybeBounds(bounds) : std::nullopt;
  }

private:
  bool soft, isMean = true;
  Bounds bounds;
  std::vector<bool> isNormal; ///< The sum of weights is not zero.

  std::vector<double> getPositive(ElementsAttr parameter) const {
    std::vector<double> numbers = readNumbers(parameter);
    if (soft)
      for (double &x : numbers)
        x = std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x)));
    return numbers;
  }
  void checkWeight(size_t j, double weight) {
    isMean &= weight >= 0;
    if (weight > 0)
      isNormal[j] = true;
  }
  void addTargets(const std::vector<double> &weights, const std::vector<double> &targets) {
    for (size_t j = 0; j < weights.size(); ++j) {
      checkWeight(j, weights[j]);
      if (weights[j] > 0)
        bounds[j] = bounds[j].hull(targets[j]);
    }
  }
  /// Matrices are [source, target].
  void addSynapses(ElementsAttr w, ElementsAttr erev, ElementsAttr mask) {
    std::vector<double> weights = getPositive(w), targets = readNumbers(erev);
    std::vector<bool> live(weights.size(), true);
    if (mask)
      for (auto [k, value] : llvm::enumerate(mask.getValues<APInt>()))
        live[k] = !value.isZero();
    for (size_t k = 0; k < weights.size(); ++k) {
      if (!live[k] || weights[k] == 0)
        continue;
      isMean &= weights[k] > 0;
      Limits &limits = bounds[k % bounds.size()];
      limits = limits.hull(targets[k]);
    }
  }
};
} // namespace

/// The explicit solvers may leave the hull where a share of the elapsed time is long.
static MaybeBounds getPotentialBounds(LTCCellOp op, ArrayRef<MaybeBounds> operands) {
  MaybeBounds start = getStart(op.getHidden(), op.getState(), operands);
  if (op.getSolver() != Solver::fused || !start)
    return std::nullopt;
  return PotentialHull(op, *start).get();
}

SmallVector<MaybeBounds> LTCCellOp::getStateBounds(ArrayRef<MaybeBounds> operands) {
  return keepResult(getHidden(), getPotentialBounds(*this, operands));
}

SmallVector<MaybeBounds> LTCCellOp::getResultBounds(ArrayRef<MaybeBounds> operands) {
  MaybeBounds state = getPotentialBounds(*this, operands);
  if (!state)
    return {std::nullopt, std::nullopt};
  Bounds output(state->begin(), state->begin() + countElements(getOutput()));
  if (ElementsAttr factor = getOutputWAttr())
    for (auto [limits, w] : llvm::zip_equal(output, readNumbers(factor)))
      limits = Limits{w * limits.lower, w * limits.lower}.hull(w * limits.upper);
  if (ElementsAttr offset = getOutputBAttr())
    for (auto [limits, b] : llvm::zip_equal(output, readNumbers(offset)))
      limits = {limits.lower + b, limits.upper + b};
  return {output, state};
}

//===----------------------------------------------------------------------===//
// ltc.cfc_cell
//===----------------------------------------------------------------------===//

/// `|h' - A| = |A| exp(-T |w_tau|) |f| exp(-T |f|)`, and `x exp(-T x)` is at most `1 / (e T)`. A longer time, by an
/// operand, makes it smaller.
static MaybeBounds getPureBounds(CfCCellOp op) {
  double elapsed = op.getElapsed().convertToDouble();
  Bounds bounds;
  for (auto [a, wTau] : llvm::zip_equal(readNumbers(op.getAAttr()), readNumbers(op.getWTauAttr()))) {
    double radius = std::abs(a) * std::exp(-elapsed * std::abs(wTau) - 1) / elapsed;
    if (!std::isfinite(radius)) // No time is too short for any limit.
      return std::nullopt;
    bounds.push_back({a - radius, a + radius});
  }
  return bounds;
}

SmallVector<MaybeBounds> CfCCellOp::getResultBounds(ArrayRef<MaybeBounds>) {
  if (getMode() == Mode::pure)
    return {getPureBounds(*this)};
  std::optional<Limits> head = getRange(*getHeadActivation());
  // The gate gives a mean of both heads, or adds up to all of the second one.
  if (head && getMode() == Mode::no_gate)
    head = Limits{head->lower + std::min(head->lower, 0.0), head->upper + std::max(head->upper, 0.0)};
  return {getUniform(getResult(), head)};
}

SmallVector<MaybeBounds> CfCCellOp::getStateBounds(ArrayRef<MaybeBounds> operands) {
  return keepResult(getHidden(), getResultBounds(operands)[0]);
}

//===----------------------------------------------------------------------===//
// ltc.lstm_cell, ltc.gru_cell, ltc.ctrnn_cell
//===----------------------------------------------------------------------===//

SmallVector<MaybeBounds> LSTMCellOp::getResultBounds(ArrayRef<MaybeBounds>) {
  return {getUniform(getResult(), Limits{-1, 1})};
}

SmallVector<MaybeBounds> LSTMCellOp::getStateBounds(ArrayRef<MaybeBounds> operands) {
  SmallVector<MaybeBounds> bounds = keepResult(getHidden(), getResultBounds(operands)[0]);
  bounds.push_back(std::nullopt); // c grows by up to one in each step.
  return bounds;
}

SmallVector<MaybeBounds> GRUCellOp::getResultBounds(ArrayRef<MaybeBounds> operands) {
  MaybeBounds bounds = getStart(getHidden(), getResult(), operands);
  if (bounds)
    for (Limits &limits : *bounds)
      limits = limits.hull(Limits{-1, 1});
  return {bounds};
}

SmallVector<MaybeBounds> GRUCellOp::getStateBounds(ArrayRef<MaybeBounds> operands) {
  return keepResult(getHidden(), getResultBounds(operands)[0]);
}

/// `v' = (1 - h / tau) v + h / tau (tau act(...))`, a mean where h is at most tau.
SmallVector<MaybeBounds> CTRNNCellOp::getResultBounds(ArrayRef<MaybeBounds> operands) {
  MaybeBounds bounds = getStart(getHidden(), getResult(), operands);
  std::optional<Limits> range = getRange(getActivation());
  if (!bounds || !range || getElapsedTime())
    return {std::nullopt};
  double share = getElapsed().convertToDouble() / double(getUnfolds());
  for (auto [limits, tau] : llvm::zip_equal(*bounds, readNumbers(getTau()))) {
    if (share > tau)
      return {std::nullopt};
    limits = limits.hull(Limits{tau * range->lower, tau * range->upper});
  }
  return {bounds};
}

SmallVector<MaybeBounds> CTRNNCellOp::getStateBounds(ArrayRef<MaybeBounds> operands) {
  return keepResult(getHidden(), getResultBounds(operands)[0]);
}
