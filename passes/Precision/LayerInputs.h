//===- LayerInputs.h - what the inputs of layers are on data ----*- C++ -*-===//
#ifndef LLE_PASSES_PRECISION_LAYERINPUTS_H
#define LLE_PASSES_PRECISION_LAYERINPUTS_H

#include "dialects/LLE/LLEOps.h"

#include "mlir/Support/LLVM.h"

#include <memory>
#include <optional>
#include <vector>

namespace lle {

/// How a synapse takes its input: what each row of its weights is multiplied with.
struct Windows {
  int64_t inputs;     ///< Of one row.
  int64_t groups = 1; ///< Parts of the rows that see other channels.
  /// Of each position and input, the place in the signal, or -1 in the border: (groups, positions, inputs).
  std::vector<int64_t> places;

  int64_t getPositions() const { return int64_t(places.size()) / (inputs * groups); }
};

/// Nothing where weights are matrices for each leading index.
std::optional<Windows> getWindows(SynapseOpInterface synapse);

/// Adds up x x^T over a share of the observations.
class MomentSums {
public:
  MomentSums(Windows windows, int64_t elements, double share);
  MomentSums(MomentSums &&);
  ~MomentSums();

  /// The signal in one step or more.
  void add(llvm::ArrayRef<double> values);
  /// Of each group, row-major.
  std::vector<std::vector<double>> get();

private:
  struct State;

  Windows windows;
  int64_t elements;
  std::unique_ptr<State> state;
};

} // namespace lle

#endif
