//===- OuterProducts.h - second moments of observations ---------*- C++ -*-===//
//
// Only for files of this folder: it needs Eigen.
//
//===----------------------------------------------------------------------===//
#ifndef LLE_PASSES_PRECISION_OUTERPRODUCTS_H
#define LLE_PASSES_PRECISION_OUTERPRODUCTS_H

#include <Eigen/Dense>

#include <cmath>
#include <cstdint>
#include <vector>

namespace lle {

/// Adds up x x^T, a block of observations at once.
class OuterProducts {
public:
  explicit OuterProducts(int64_t size, int64_t observations = 256)
      : total(Eigen::MatrixXd::Zero(size, size)), block(size, observations) {}

  /// The next observation, to be filled in before `add`.
  double *getNext() { return block.col(filled).data(); }
  void add() {
    // One number that is none would take all others with it.
    if (block.col(filled).allFinite() && ++filled == block.cols())
      flush();
  }
  /// Row-major; the matrix is symmetric.
  std::vector<double> get() {
    flush();
    Eigen::MatrixXd full = total.selfadjointView<Eigen::Lower>();
    return std::vector<double>(full.data(), full.data() + full.size());
  }

private:
  void flush() {
    if (filled == 0) // Eigen divides by it
      return;
    total.selfadjointView<Eigen::Lower>().rankUpdate(block.leftCols(filled));
    filled = 0;
  }

  Eigen::MatrixXd total, block;
  int64_t filled = 0;
};

/// Says which observations are taken, for a share of them.
class EvenShare {
public:
  explicit EvenShare(double share) : share(share) {}
  bool takesNext() {
    // Multiples of the golden ratio are spread evenly, and not in step with positions or samples.
    double place = double(++seen) * 0.6180339887498949;
    return place - std::floor(place) < share;
  }

private:
  double share;
  uint64_t seen = 0;
};

} // namespace lle

#endif
