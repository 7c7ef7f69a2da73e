//===- QuantizeWeights.h - networks with weights of few bits ----*- C++ -*-===//
#ifndef LLE_PASSES_PRECISION_QUANTIZEWEIGHTS_H
#define LLE_PASSES_PRECISION_QUANTIZEWEIGHTS_H

#include "passes/Analysis/Dataset.h"
#include "passes/Precision/WeightGrid.h"
#include "passes/Precision/WeightTensors.h"

#include "mlir/IR/BuiltinOps.h"

namespace lle {

struct QuantizeOptions {
  WeightGridOptions grid;
  bool isCorrected = true; ///< Errors are compensated; else weights are rounded to the nearest level.
  int64_t inputGroups = 1; ///< Of a fully connected layer, by activity: each has a width of its own.
  std::string engine = "native";
  int64_t samples = 0;
  bool skipsLTC = false; ///< LTC cells get no moments, which take long to measure.
};

/// Weights that share a width.
struct WeightGroup {
  unsigned tensor, group;
  int64_t elements; ///< That are stored.
  int64_t scales;
  std::string name;
};

/// How a tensor was rounded.
struct TensorRounding {
  WeightWidths widths;
  std::vector<std::vector<WeightGrid>> grids;
};

/// Makes copies of a network whose weights have few bits.
class WeightQuantizer {
public:
  /// Runs the network once, for the moments of the inputs of its synapses.
  static llvm::Expected<std::unique_ptr<WeightQuantizer>> create(NetworkOp network, const Dataset &data,
                                                                 const QuantizeOptions &options);

  llvm::ArrayRef<WeightGroup> getGroups() const { return groups; }
  llvm::ArrayRef<WeightTensor> getTensors() const { return tensors; }
  /// What the inputs of a tensor were in the network as it was; null where that is not known.
  const InputMoments *getMoments(mlir::Operation *op, llvm::StringRef attribute, int64_t index = -1) const;
  /// Bits that say in which group each input is.
  int64_t getGroupTableBits(unsigned tensor) const;

  /// A copy whose group k has weights of bits[k], or as they are where that is 0. With `isSequential` each layer
  /// compensates errors for the inputs that it gets from the layers before, which are rounded already; it takes a run
  /// for each layer behind another one. `roundings` gets an entry for each tensor.
  llvm::Expected<mlir::OwningOpRef<mlir::ModuleOp>> apply(llvm::ArrayRef<unsigned> bits, bool isSequential,
                                                          std::vector<TensorRounding> *roundings = nullptr) const;

private:
  using Moments = std::unique_ptr<InputMoments>;

  WeightQuantizer(NetworkOp network, const Dataset &data, const QuantizeOptions &options);
  /// Of the tensors from `first` on, which are those of the network or of a copy; none where a tensor has no readers.
  llvm::Expected<std::vector<Moments>> measure(NetworkOp network, llvm::ArrayRef<WeightTensor> where,
                                               size_t first) const;

  NetworkOp network;
  const Dataset &data;
  QuantizeOptions options;
  llvm::SmallVector<WeightTensor> tensors;
  std::vector<Moments> moments;                   ///< Of each tensor in the network as it was.
  std::vector<std::vector<unsigned>> inputGroups; ///< Of each tensor: the group of each input.
  std::vector<WeightGroup> groups;
};

} // namespace lle

#endif
