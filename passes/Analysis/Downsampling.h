//===- Downsampling.h - steps that stand for several of a recording -*- C++ -*-===//
#ifndef LLE_PASSES_ANALYSIS_DOWNSAMPLING_H
#define LLE_PASSES_ANALYSIS_DOWNSAMPLING_H

#include "dialects/LLE/Downsampling.h"
#include "passes/Analysis/Dataset.h"

namespace lle {

/// Means of inputs over steps, or sums where the network says so. A sample that ends within such a group of steps is
/// followed by silence: the group's mean is the sum of what there is, divided by as many steps as any.
class DownsampledView : public Dataset {
public:
  /// `data` stays with the caller; `given` of the recordings' steps are one of it, and divide those of the network.
  static llvm::Expected<DownsampledView> create(const Dataset &data, NetworkOp network, int64_t given = 1);

  std::string getName() const override { return data->getName(); }
  int64_t getSamples() const override { return data->getSamples(); }
  int64_t getSteps(int64_t sample) const override { return (data->getSteps(sample) + factor - 1) / factor; }
  llvm::Error getStep(int64_t sample, int64_t step, std::vector<Values> &inputs) const override;

private:
  DownsampledView(const Dataset &data, int64_t factor) : data(&data), factor(factor) {}

  const Dataset *data;
  int64_t factor;
  llvm::SmallVector<bool> sums; ///< For each input.
};

/// The same, which holds the data.
llvm::Expected<std::unique_ptr<Dataset>> downsample(std::unique_ptr<Dataset> data, NetworkOp network);

} // namespace lle

#endif
