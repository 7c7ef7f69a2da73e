//===- TensorMoments.cpp - what weights are multiplied with ---------------===//
#include "passes/Precision/TensorMoments.h"
#include "passes/Analysis/Signals.h"
#include "passes/Precision/LayerInputs.h"

#include "llvm/ADT/MapVector.h"

using namespace mlir;
using namespace lle;

/// Observations of a layer's input that are taken, spread over the data.
static constexpr double kLayerObservations = 16384;

bool lle::readsOperations(const WeightTensor &tensor) {
  if (tensor.readers.empty())
    return !isa<BlockArgument>(tensor.op->getOperand(0));
  return llvm::any_of(tensor.readers,
                      [](SynapseOpInterface reader) { return !isa<BlockArgument>(reader.getSignal()); });
}

llvm::Expected<std::vector<TensorMoments>>
lle::measureTensorMoments(NetworkOp network, ArrayRef<WeightTensor> tensors, const Dataset &data, StringRef engine,
                          int64_t samples, llvm::function_ref<CellMomentsFactory> createCell) {
  const double steps = double(countSteps(network, data, samples));
  SmallVector<Value> signals;
  std::vector<std::pair<size_t, MomentSums>> sums;                  // Of each signal.
  llvm::MapVector<Operation *, std::unique_ptr<CellMoments>> cells; // Of the signals behind these.
  for (auto [index, tensor] : llvm::enumerate(tensors)) {
    int64_t inputs = tensor.getElements() / tensor.rows;
    for (SynapseOpInterface reader : tensor.readers) {
      std::optional<Windows> windows = getWindows(reader);
      if (!windows || inputs > kMostInputs)
        continue;
      double share = kLayerObservations / (steps * double(windows->getPositions()));
      signals.push_back(reader.getSignal());
      int64_t elements = cast<RankedTensorType>(reader.getSignal().getType()).getNumElements();
      sums.emplace_back(std::piecewise_construct, std::forward_as_tuple(index),
                        std::forward_as_tuple(std::move(*windows), elements, share));
    }
  }
  for (const WeightTensor &tensor : tensors)
    if (tensor.readers.empty() && tensor.getElements() / tensor.rows <= kMostInputs && !cells.count(tensor.op))
      if (std::unique_ptr<CellMoments> cell = createCell(tensor.op, steps)) {
        llvm::append_range(signals, cell->getSignals());
        cells[tensor.op] = std::move(cell);
      }
  if (signals.empty())
    return std::vector<TensorMoments>(tensors.size());
  auto take = [&](int64_t sample, int64_t steps, SignalSteps values) {
    for (auto &each : sums) {
      each.second.add(values.front());
      values = values.drop_front();
    }
    for (auto &[op, cell] : cells) {
      cell->add(sample, steps, values.take_front(cell->getSignals().size()));
      values = values.drop_front(cell->getSignals().size());
    }
  };
  if (llvm::Error error = runSignals(network, signals, data, engine, samples, take))
    return std::move(error);
  std::vector<TensorMoments> totals(tensors.size());
  for (auto &[index, sum] : sums) {
    TensorMoments matrices = sum.get();
    if (totals[index].empty()) {
      totals[index] = std::move(matrices);
      continue;
    }
    for (auto [total, matrix] : llvm::zip_equal(totals[index], matrices))
      for (auto [a, b] : llvm::zip_equal(total, matrix))
        a += b;
  }
  for (auto [index, tensor] : llvm::enumerate(tensors))
    if (auto cell = cells.find(tensor.op); cell != cells.end())
      totals[index] = cell->second->get(tensor.attribute, tensor.index);
  return std::move(totals);
}
