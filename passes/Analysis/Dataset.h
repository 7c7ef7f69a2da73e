//===- Dataset.h - recorded inputs for passes that run networks -*- C++ -*-===//
#ifndef LLE_PASSES_ANALYSIS_DATASET_H
#define LLE_PASSES_ANALYSIS_DATASET_H

#include "dialects/LLE/LLEOps.h"
#include "passes/Analysis/Engine.h"
#include "runtime/host/Npy.h"

namespace lle {

/// Inputs of a network with one input: an array (samples, steps, shape of the input...).
class Dataset {
public:
  static llvm::Expected<Dataset> read(const std::string &path, NetworkOp network);

  int64_t getSamples() const { return samples; }
  int64_t getSteps() const { return steps; }
  /// The input in one step, in row-major order. An element that is not finite is an error.
  llvm::Expected<Values> getStep(int64_t sample, int64_t step) const;

private:
  std::string path;
  runtime::Array array; ///< f64.
  int64_t samples = 0, steps = 0, elements = 0;
};

} // namespace lle

#endif
