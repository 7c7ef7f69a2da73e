//===- SynapseElimination.cpp - leave out synapses, and make up for them --===//
//
// As in Elimination.cpp, for each row of weights w on its own: with A the second moments of what it is multiplied with,
// losing synapse j costs w_j^2 / [A^-1]_jj where all others change by -w_j [A^-1]_j / [A^-1]_jj, and a step of Gaussian
// elimination takes j out of A^-1. One sweep to the last synapse gives the errors of all numbers of them (E. Frantar
// and D. Alistarh, Optimal Brain Compression, NeurIPS 2022), so that rows and layers can be compared.
//
//===----------------------------------------------------------------------===//
#include "passes/Pruning/SynapseElimination.h"
#include "passes/Pruning/LiquidSynapses.h"

#include "mlir/IR/Threading.h"

#include <Eigen/Cholesky>

#include <tuple>

using namespace mlir;
using namespace lle;

/// Where sweeps would take more multiplications, synapses go by what they cost where all others are there: some
/// minutes.
static constexpr double kMostSweepWork = 2e11;

static void addInputRidge(std::vector<Eigen::MatrixXd> &products, const SynapseMatrix &matrix, double ridge) {
  const int64_t inputs = matrix.getInputs(), all = matrix.getWeights().cols();
  if (products.empty()) // All inputs are alike.
    products.push_back(Eigen::MatrixXd::Identity(all, all));
  constexpr double kConstantRidge = 1e-9; // So that there is one solution.
  for (Eigen::MatrixXd &part : products) {
    double mean = part.diagonal().head(inputs).mean();
    if (!(mean > 0))
      mean = 1; // Silent.
    part.diagonal().head(inputs).array() += ridge * mean;
    part.diagonal().tail(all - inputs).array() += kConstantRidge * mean;
  }
}

static Eigen::MatrixXd selectBlock(const Eigen::MatrixXd &matrix, ArrayRef<int64_t> rows, ArrayRef<int64_t> columns) {
  Eigen::MatrixXd block(rows.size(), columns.size());
  for (auto [j, column] : llvm::enumerate(columns))
    for (auto [i, row] : llvm::enumerate(rows))
      block(i, j) = matrix(row, column);
  return block;
}

static Eigen::MatrixXd invertBlock(const Eigen::MatrixXd &matrix, ArrayRef<int64_t> indices) {
  const int64_t size = int64_t(indices.size());
  return selectBlock(matrix, indices, indices).llt().solve(Eigen::MatrixXd::Identity(size, size));
}

/// Inputs that go together with others; the others are never active.
static std::vector<bool> findActive(const Eigen::MatrixXd &products, int64_t inputs) {
  std::vector<bool> active(products.cols(), true);
  for (int64_t input = 0; input < inputs; ++input) {
    auto column = products.col(input);
    active[input] = (column.array() != 0).count() > 1;
  }
  return active;
}

SynapseElimination::SynapseElimination(const SynapseMatrix &matrix, std::vector<Eigen::MatrixXd> measured,
                                       const SynapseEliminationOptions &options, MLIRContext *context)
    : matrix(&matrix), products(std::move(measured)), options(options), context(context), removals(matrix.getRows()) {
  addInputRidge(products, matrix, options.ridge);
  double energy = 0;
  const int64_t inputs = matrix.getInputs();
  for (int64_t row = 0; row < matrix.getRows(); ++row) {
    const Eigen::VectorXd w = matrix.getWeights().row(row).head(inputs).transpose();
    energy += w.dot(getProducts(row).topLeftCorner(inputs, inputs) * w);
  }
  scale = energy > 0 ? 1 / energy : 0;
  // The inverse for rows that have all synapses from active inputs.
  std::vector<Eigen::MatrixXd> inverses;
  if (int64_t(products.size()) < matrix.getRows())
    for (const Eigen::MatrixXd &part : products) {
      std::vector<bool> active = findActive(part, matrix.getInputs());
      SmallVector<int64_t> indices;
      for (int64_t column = 0; column < part.cols(); ++column)
        if (active[column])
          indices.push_back(column);
      inverses.push_back(invertBlock(part, indices));
    }
  parallelFor(context, 0, size_t(matrix.getRows()), [&](size_t row) {
    order(int64_t(row), inverses.empty() ? Eigen::MatrixXd() : inverses[row * inverses.size() / removals.size()]);
  });
}

void SynapseElimination::order(int64_t row, const Eigen::MatrixXd &shared) {
  const Eigen::MatrixXd &a = getProducts(row);
  const int64_t inputs = matrix->getInputs();
  const std::vector<bool> active = findActive(a, inputs);
  // Of each group of the pattern, how many must still go.
  SmallVector<int64_t> excess;
  auto countExcess = [&](int64_t input) -> int64_t & { return excess[input / options.pattern.of]; };
  if (options.pattern.of > 0) {
    excess.assign((inputs + options.pattern.of - 1) / options.pattern.of, -options.pattern.kept);
    for (int64_t input = 0; input < inputs; ++input)
      countExcess(input) += matrix->hasSynapse(row, input);
  }
  auto mayGo = [&](int64_t input) { return input < inputs && (excess.empty() || countExcess(input) > 0); };

  auto noteGone = [&](int64_t input) {
    if (!excess.empty())
      --countExcess(input);
  };

  std::vector<Removal> silent; // What the others do not make up for.
  SmallVector<int64_t> left;   // In the order of `inverse`.
  int64_t activeInputs = 0;
  for (int64_t column = 0; column < a.cols(); ++column) {
    activeInputs += active[column];
    if (!matrix->hasWeight(row, column))
      continue;
    const double w = matrix->getWeights()(row, column);
    if (active[column])
      left.push_back(column);
    else
      silent.push_back({column, w * w * a(column, column)});
  }
  llvm::sort(silent, [](const Removal &x, const Removal &y) {
    return std::tie(x.error, x.input) < std::tie(y.error, y.input);
  });
  int64_t size = int64_t(left.size());
  Eigen::MatrixXd inverse = shared.cols() == size && activeInputs == size ? shared : invertBlock(a, left);
  Eigen::VectorXd w(size);
  for (auto [place, column] : llvm::enumerate(left))
    w[place] = matrix->getWeights()(row, column);
  const bool isSwept = std::pow(double(size), 3) / 3 * double(matrix->getRows()) <= kMostSweepWork;
  auto getCost = [&](int64_t place) { return w[place] * w[place] / inverse(place, place); };
  double sofar = 0;
  for (auto next = silent.begin();;) {
    next = std::find_if(next, silent.end(), [&](const Removal &each) { return mayGo(each.input); });
    int64_t least = -1;
    for (int64_t place = 0; place < size; ++place)
      if (mayGo(left[place]) && (least < 0 || getCost(place) < getCost(least)))
        least = place;
    const bool isSilent = next != silent.end() && (least < 0 || next->error <= std::max(sofar, getCost(least)));
    if (!isSilent && least < 0)
      break;
    sofar = std::max(sofar, isSilent ? next->error : getCost(least));
    removals[row].push_back({isSilent ? next->input : left[least], sofar * scale});
    noteGone(removals[row].back().input);
    if (isSilent) {
      ++next;
      continue;
    }
    const int64_t last = --size;
    if (isSwept) {
      const Eigen::VectorXd column = inverse.col(least).head(size + 1);
      w.head(size + 1) -= w[least] / column[least] * column;
      inverse.topLeftCorner(size + 1, size + 1).noalias() -= column * (column.transpose() / column[least]);
    }
    left[least] = left[last];
    w[least] = w[last];
    inverse.col(least).head(size + 1) = inverse.col(last).head(size + 1);
    inverse.row(least).head(size + 1) = inverse.row(last).head(size + 1);
    inverse(least, least) = inverse(last, last);
  }
}

Eigen::MatrixXd SynapseElimination::getWeights(ArrayRef<int64_t> counts, std::vector<Eigen::MatrixXd> others) const {
  if (!others.empty())
    addInputRidge(others, *matrix, options.ridge);
  Eigen::MatrixXd weights = matrix->getWeights();
  const int64_t inputs = matrix->getInputs();
  parallelFor(context, 0, size_t(weights.rows()), [&](size_t row) {
    if (counts[row] == 0)
      return;
    const Eigen::VectorXd goal = weights.row(row).transpose();
    Eigen::VectorXd changed = goal;
    for (const Removal &removal : ArrayRef(removals[row]).take_front(counts[row]))
      changed[removal.input] = 0;
    if (options.correct) {
      const Eigen::MatrixXd &a = others.empty() ? getProducts(row) : others[row * others.size() / weights.rows()];
      SmallVector<int64_t> free;
      for (int64_t column = 0; column < goal.size(); ++column)
        if (column >= inputs ? matrix->hasWeight(int64_t(row), column) : changed[column] != 0)
          free.push_back(column);
      if (matrix->isLiquid()) {
        changed = fitAbove(a, goal, free, matrix->getLeast(row));
      } else if (!free.empty()) {
        const Eigen::VectorXd missing = a * (goal - changed);
        Eigen::VectorXd moves(free.size());
        for (auto [place, column] : llvm::enumerate(free))
          moves[place] = missing[column];
        moves = selectBlock(a, free, free).llt().solve(moves);
        for (auto [place, column] : llvm::enumerate(free))
          changed[column] += moves[place];
      }
    }
    weights.row(row) = changed.transpose();
  });
  return weights;
}

double SynapseElimination::getError(const Eigen::MatrixXd &changed) const {
  double error = 0;
  for (int64_t row = 0; row < changed.rows(); ++row) {
    const Eigen::VectorXd change = (changed.row(row) - matrix->getWeights().row(row)).transpose();
    error += change.dot(getProducts(row) * change);
  }
  return error * scale;
}
