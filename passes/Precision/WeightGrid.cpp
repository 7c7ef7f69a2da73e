//===- WeightGrid.cpp - weights rounded to few bits -----------------------===//
#include "passes/Precision/WeightGrid.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/STLFunctionalExtras.h"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

using namespace lle;

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// Added to the diagonal of moments, as a fraction of its mean: inputs that are never active leave weights undecided.
static constexpr double kDamping = 0.01;
/// Numbers in the factors of all rows.
static constexpr int64_t kMostRowFactors = int64_t(1) << 26;
/// Real scales that are tried: these fractions of the largest, and powers of two below the largest.
static constexpr int kFractions = 14, kPowers = 6;
static constexpr double kFractionStep = 0.05;

double WeightGrid::round(double weight) const {
  if (isBinary)
    return weight < 0 ? -scale : scale;
  return scale * std::clamp(std::nearbyint(weight / scale), double(lowest), double(highest));
}

//===----------------------------------------------------------------------===//
// Moments
//===----------------------------------------------------------------------===//

struct InputMoments::Factors {
  std::vector<int64_t> order; ///< Inputs by falling activity.
  Matrix upper;               ///< U of H^-1 = U^T U, of inputs in that order.
};

/// U of H^-1 = U^T U, of those inputs in the order that are there; 0 for others.
static Matrix factorize(const Matrix &ordered, llvm::ArrayRef<int64_t> there) {
  Matrix part(there.size(), there.size());
  for (auto [i, row] : llvm::enumerate(there))
    for (auto [j, column] : llvm::enumerate(there))
      part(i, j) = ordered(row, column);
  const Matrix inverse = part.llt().solve(Matrix::Identity(part.rows(), part.cols()));
  const Matrix upper = inverse.llt().matrixU();
  if (int64_t(there.size()) == ordered.rows())
    return upper;
  Matrix all = Matrix::Zero(ordered.rows(), ordered.cols());
  for (auto [i, row] : llvm::enumerate(there))
    for (auto [j, column] : llvm::enumerate(there))
      all(row, column) = upper(i, j);
  return all;
}

InputMoments::InputMoments(int64_t inputs, llvm::ArrayRef<std::vector<double>> matrices, llvm::ArrayRef<int64_t> order,
                           const std::vector<bool> &isAbsent)
    : isShared(matrices.size() == 1) {
  const int64_t rows = int64_t(isAbsent.size()) / inputs;
  const bool isOfRows = rows > 0 && rows * inputs * inputs <= kMostRowFactors && llvm::is_contained(isAbsent, true);
  count = isOfRows ? rows : int64_t(matrices.size());
  factors.reset(new Factors[count]);
  for (int64_t index = 0; index < count; ++index) {
    Eigen::Map<const Matrix> moments(matrices[index * matrices.size() / count].data(), inputs, inputs);
    Factors &own = factors[index];
    own.order.resize(inputs);
    std::iota(own.order.begin(), own.order.end(), 0);
    if (!order.empty())
      own.order = order.vec();
    else
      llvm::sort(own.order, [&](int64_t a, int64_t b) {
        return moments(a, a) != moments(b, b) ? moments(a, a) > moments(b, b) : a < b;
      });
    double mean = moments.diagonal().mean();
    if (mean == 0)
      mean = 1; // Nothing was active: as if all inputs were alike.
    Matrix ordered(inputs, inputs);
    for (int64_t i = 0; i < inputs; ++i)
      for (int64_t j = 0; j < inputs; ++j)
        ordered(i, j) = moments(own.order[i], own.order[j]) / mean + (i == j ? kDamping : 0);
    std::vector<int64_t> there;
    for (int64_t i = 0; i < inputs; ++i)
      if (!isOfRows || !isAbsent[index * inputs + own.order[i]])
        there.push_back(i);
    own.upper = factorize(ordered, there);
  }
}

InputMoments::~InputMoments() = default;

const InputMoments::Factors &InputMoments::getFactors(int64_t row, int64_t rows) const {
  return factors[row * count / rows];
}

llvm::ArrayRef<int64_t> InputMoments::getOrder() const {
  return isShared ? llvm::ArrayRef(factors[0].order) : llvm::ArrayRef<int64_t>();
}

//===----------------------------------------------------------------------===//
// Rounding
//===----------------------------------------------------------------------===//

/// The levels of `bits` around the weights, for scales that are chosen later.
static WeightGrid makeLevels(double smallest, double largest, unsigned bits, const WeightGridOptions &options) {
  WeightGrid grid;
  const int64_t levels = int64_t(1) << bits;
  if (bits == 1 && !options.asymmetric && smallest < 0 && largest > 0) {
    grid.isBinary = true;
    return grid;
  }
  smallest = std::min(smallest, 0.0), largest = std::max(largest, 0.0);
  double span = largest - smallest;
  if (smallest == 0)
    grid.lowest = 0;
  else if (largest == 0)
    grid.lowest = 1 - levels;
  else if (options.asymmetric)
    grid.lowest = std::clamp<int64_t>(std::llround(double(levels - 1) * smallest / span), 1 - levels, 0);
  else
    grid.lowest = -levels / 2;
  grid.highest = grid.lowest + levels - 1;
  return grid;
}

/// All integers that the weights may be.
static WeightGrid makeInteger(const WeightGridOptions &options) {
  int64_t half = int64_t(1) << (options.integerBits - 1);
  return {1, -half, half - 1, false};
}

/// The scale with which all weights are between the levels.
static double getFullScale(double smallest, double largest, double meanMagnitude, const WeightGrid &grid) {
  if (grid.isBinary)
    return meanMagnitude;
  double scale = 0;
  if (grid.lowest < 0)
    scale = std::max(scale, smallest / double(grid.lowest));
  if (grid.highest > 0)
    scale = std::max(scale, largest / double(grid.highest));
  return scale;
}

static std::vector<double> getCandidates(double full, const WeightGridOptions &options) {
  std::vector<double> scales;
  if (!(full > 0))
    return {1};
  if (options.powersOfTwo || options.integerBits != 0) {
    int most = int(std::ceil(std::log2(full)));
    for (int power = most; power > most - kPowers; --power) {
      int own = options.integerBits ? std::clamp(power, 0, int(options.integerBits) - 2) : power;
      scales.push_back(std::ldexp(1.0, own));
    }
    scales.erase(std::unique(scales.begin(), scales.end()), scales.end());
  } else {
    for (int i = 0; i < kFractions; ++i)
      scales.push_back(full * (1 - kFractionStep * i));
  }
  return scales;
}

namespace {
/// Rounds the inputs first to last (in the order of the moments) of one row.
struct RowPart {
  Eigen::RowVectorXd rounded, error; ///< The error, over the diagonal of U.
  double loss = std::numeric_limits<double>::infinity();
  WeightGrid grid;

  RowPart() = default;
  RowPart(const WeightGrid &grid, Eigen::RowVectorXd left, const Matrix *upper, int64_t first,
          llvm::function_ref<bool(int64_t)> isAbsent)
      : rounded(left.size()), error(left.size()), loss(0), grid(grid) {
    for (int64_t i = 0, e = left.size(); i < e; ++i) {
      rounded[i] = error[i] = 0;
      if (isAbsent(first + i))
        continue;
      rounded[i] = grid.round(left[i]);
      error[i] = left[i] - rounded[i];
      if (upper && error[i] != 0) {
        error[i] /= (*upper)(first + i, first + i);
        left.tail(e - i) -= error[i] * upper->row(first + i).segment(first + i, e - i);
      }
    }
    loss = error.squaredNorm();
  }
};
} // namespace

RoundedWeights lle::roundWeights(llvm::ArrayRef<double> weights, int64_t rows, const InputMoments *moments,
                                 const WeightWidths &widths, const WeightGridOptions &options) {
  const int64_t inputs = int64_t(weights.size()) / rows;
  auto getPlace = [&](int64_t row, int64_t i) {
    return row * inputs + (moments ? moments->getFactors(row, rows).order[i] : i);
  };
  auto isAbsent = [&](int64_t row, int64_t i) { return !widths.isAbsent.empty() && widths.isAbsent[getPlace(row, i)]; };
  auto getUpper = [&](int64_t row) { return moments ? &moments->getFactors(row, rows).upper : nullptr; };
  Matrix left(rows, inputs);
  for (int64_t row = 0; row < rows; ++row)
    for (int64_t i = 0; i < inputs; ++i)
      left(row, i) = weights[getPlace(row, i)];

  RoundedWeights result;
  result.values.resize(weights.size());
  for (int64_t first = 0, group = 0; group < int64_t(widths.bits.size()); ++group) {
    int64_t count = widths.group.empty() ? inputs : llvm::count(widths.group, group);
    result.grids.emplace_back();
    if (widths.bits[group] == 0) {
      for (int64_t row = 0; row < rows; ++row)
        for (int64_t i = first; i < first + count; ++i)
          result.values[getPlace(row, i)] =
              options.integerBits ? makeInteger(options).round(left(row, i)) : left(row, i);
      first += count;
      continue;
    }
    // Levels are of the weights as they were: what compensation makes of them may be clipped.
    std::vector<WeightGrid> levels(rows);
    std::vector<std::vector<double>> scales(rows);
    for (int64_t row = 0; row < rows; ++row) {
      if (!options.perChannel && row > 0) {
        levels[row] = levels[0], scales[row] = scales[0];
        continue;
      }
      std::vector<double> own;
      for (int64_t each = row, end = options.perChannel ? row + 1 : rows; each < end; ++each)
        for (int64_t i = first; i < first + count; ++i)
          if (!isAbsent(each, i))
            own.push_back(weights[getPlace(each, i)]);
      if (own.empty())
        own.push_back(0);
      auto [least, most] = std::minmax_element(own.begin(), own.end());
      double sum = 0;
      for (double weight : own)
        sum += std::abs(weight);
      levels[row] = makeLevels(*least, *most, widths.bits[group], options);
      scales[row] = getCandidates(getFullScale(*least, *most, sum / double(own.size()), levels[row]), options);
    }
    size_t most = 0;
    for (const std::vector<double> &each : scales)
      most = std::max(most, each.size());
    std::vector<RowPart> best(rows);
    double leastSum = std::numeric_limits<double>::infinity();
    for (size_t candidate = 0; candidate < most; ++candidate) {
      std::vector<RowPart> parts;
      double sum = 0;
      for (int64_t row = 0; row < rows; ++row) {
        WeightGrid grid = levels[row];
        grid.scale = scales[row][std::min(candidate, scales[row].size() - 1)];
        if (options.integerBits) {
          WeightGrid whole = makeInteger(options);
          grid.lowest = std::max(grid.lowest, int64_t(std::ceil(double(whole.lowest) / grid.scale)));
          grid.highest = std::min(grid.highest, int64_t(std::floor(double(whole.highest) / grid.scale)));
        }
        parts.emplace_back(grid, left.row(row).segment(first, count), getUpper(row), first,
                           [&](int64_t i) { return isAbsent(row, i); });
        sum += parts.back().loss;
        if (options.perChannel && parts.back().loss < best[row].loss)
          best[row] = std::move(parts.back());
      }
      if (!options.perChannel && sum < leastSum)
        leastSum = sum, best = std::move(parts);
    }
    for (int64_t row = 0; row < rows; ++row) {
      const RowPart &part = best[row];
      if (options.perChannel || row == 0)
        result.grids.back().push_back(part.grid);
      for (int64_t i = 0; i < count; ++i)
        result.values[getPlace(row, first + i)] = part.rounded[i];
      int64_t rest = inputs - first - count;
      if (const Matrix *upper = getUpper(row); upper && rest > 0)
        left.row(row).tail(rest) -= part.error * upper->block(first, first + count, count, rest);
    }
    first += count;
  }
  return result;
}

std::vector<int64_t> lle::roundRow(llvm::ArrayRef<double> weights, llvm::ArrayRef<double> steps,
                                   llvm::ArrayRef<int64_t> most, const InputMoments &moments, int64_t row,
                                   int64_t rows) {
  const InputMoments::Factors &factors = moments.getFactors(row, rows);
  const auto inputs = int64_t(weights.size());
  Eigen::RowVectorXd left(inputs);
  for (int64_t i = 0; i < inputs; ++i)
    left[i] = weights[factors.order[i]];
  std::vector<int64_t> rounded(weights.size());
  for (int64_t i = 0; i < inputs; ++i) {
    const int64_t place = factors.order[i];
    if (weights[place] == 0 || steps[place] == 0)
      continue;
    const double count =
        std::clamp(std::floor(left[i] / steps[place] + 0.5), -double(most[place]), double(most[place]));
    rounded[place] = int64_t(count);
    const double error = (left[i] - count * steps[place]) / factors.upper(i, i);
    left.tail(inputs - i) -= error * factors.upper.row(i).tail(inputs - i);
  }
  return rounded;
}
