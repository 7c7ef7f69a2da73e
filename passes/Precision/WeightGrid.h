//===- WeightGrid.h - weights rounded to few bits ---------------*- C++ -*-===//
#ifndef LLE_PASSES_PRECISION_WEIGHTGRID_H
#define LLE_PASSES_PRECISION_WEIGHTGRID_H

#include "llvm/ADT/ArrayRef.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace lle {

/// What `bits` hold: `scale q` with an integer q from `lowest` to `highest`; of one bit, -scale and scale.
struct WeightGrid {
  double scale = 1;
  int64_t lowest = 0, highest = 0;
  bool isBinary = false;

  double round(double weight) const;
};

struct WeightGridOptions {
  bool perChannel = true; ///< A scale for each row, or one for all.
  bool powersOfTwo = false;
  bool asymmetric = false;  ///< The smallest and the largest weight have levels; 0 is always one.
  unsigned integerBits = 0; ///< Of weights that are integers: scales are then powers of two from 1 on.
};

/// What the inputs of a layer were: the sum over observations of x x^T, one matrix for all rows of weights, or one for
/// each of as many parts of them. Factorised once for all widths; where weights are absent, for each row of its own:
/// no other weight can count on an absent one. (Unless that takes more than half a gigabyte.)
class InputMoments {
public:
  /// Row-major `inputs` x `inputs` matrices. `order` is that of inputs; empty: by falling activity. `isAbsent` is that
  /// of WeightWidths.
  InputMoments(int64_t inputs, llvm::ArrayRef<std::vector<double>> matrices, llvm::ArrayRef<int64_t> order = {},
               const std::vector<bool> &isAbsent = {});
  ~InputMoments();

  struct Factors;
  /// Those of a row of weights.
  const Factors &getFactors(int64_t row, int64_t rows) const;
  /// Of the inputs, where there is one matrix for all rows; else empty.
  llvm::ArrayRef<int64_t> getOrder() const;

private:
  std::unique_ptr<Factors[]> factors;
  int64_t count;
  bool isShared; ///< There is one matrix.
};

/// Inputs whose weights share a width: `group[i]` of input i, with as many widths as there are groups. Weights of the
/// width 0 are not rounded.
struct WeightWidths {
  std::vector<unsigned> bits;
  std::vector<unsigned> group;     ///< Empty: all inputs are of one group.
  std::vector<bool> isAbsent = {}; ///< Weights that are not there, of all; empty: none. They become 0.
};

struct RoundedWeights {
  std::vector<double> values;
  std::vector<std::vector<WeightGrid>> grids; ///< Of each group: of each row, or one.
};

/// Rounds a row-major matrix of `rows` rows. With moments, the error that the rounding of a weight makes in the output
/// of its row is compensated by the weights that are not rounded yet: the closed form of B. Hassibi and D. Stork (NIPS
/// 1992) for one weight, in the order of E. Frantar et al. (GPTQ, ICLR 2023) for all rows, weights of active inputs
/// first. Groups must be numbered in that order. Without moments each weight is rounded to the nearest level. A scale
/// is that of some candidates, from the one of the largest weight down, whose error is the smallest.
RoundedWeights roundWeights(llvm::ArrayRef<double> weights, int64_t rows, const InputMoments *moments,
                            const WeightWidths &widths, const WeightGridOptions &options);

/// Of one of `rows` rows: how many steps each weight has, with `steps[i]` the size of a step of input i (0: none is
/// taken) and at most `most[i]` of them. Compensates as `roundWeights` does; weights of 0 stay.
std::vector<int64_t> roundRow(llvm::ArrayRef<double> weights, llvm::ArrayRef<double> steps,
                              llvm::ArrayRef<int64_t> most, const InputMoments &moments, int64_t row, int64_t rows);

} // namespace lle

#endif
