//===- TensorMoments.h - what weights are multiplied with -------*- C++ -*-===//
#ifndef LLE_PASSES_PRECISION_TENSORMOMENTS_H
#define LLE_PASSES_PRECISION_TENSORMOMENTS_H

#include "passes/Analysis/Dataset.h"
#include "passes/Precision/CellMoments.h"
#include "passes/Precision/WeightTensors.h"

namespace lle {

/// Of a tensor of weights: sums over observations of x x^T, where x is what a row of it is multiplied with. Row-major;
/// one matrix for all rows, or one for each of as many parts of them; none where it is not known, or would be too
/// large.
using TensorMoments = std::vector<std::vector<double>>;

/// Layers of more inputs have none: their matrix would take 128 MiB.
inline constexpr int64_t kMostInputs = 4096;

using CellMomentsFactory = std::unique_ptr<CellMoments>(mlir::Operation *cell, double steps);

/// Runs a copy of the network over the first `samples` of the data (0: all); one entry for each of its tensors.
llvm::Expected<std::vector<TensorMoments>>
measureTensorMoments(NetworkOp network, llvm::ArrayRef<WeightTensor> tensors, const Dataset &data,
                     llvm::StringRef engine, int64_t samples,
                     llvm::function_ref<CellMomentsFactory> createCell = CellMoments::create);

/// Whether what it is multiplied with comes from operations before, and so depends on their weights.
bool readsOperations(const WeightTensor &tensor);

} // namespace lle

#endif
