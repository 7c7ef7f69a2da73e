//===- Downsampling.h - steps that stand for several of a recording -*- C++ -*-===//
#ifndef LLE_PASSES_ANALYSIS_DOWNSAMPLING_H
#define LLE_PASSES_ANALYSIS_DOWNSAMPLING_H

#include "dialects/LLE/LLEOps.h"
#include "passes/Analysis/Dataset.h"

namespace lle {

/// Attribute of a network, an i64 above 1: each of its steps stands for as many of a recording, whose dt is shorter by
/// that factor. Its inputs are means over them.
inline constexpr llvm::StringLiteral kDownsampleAttr = "lle.downsample";
/// Attribute of an argument of such a network, a string: "sum" for an input that is a sum (elapsed times) and no mean.
inline constexpr llvm::StringLiteral kDownsampleByAttr = "lle.downsample_by";

/// Steps of a recording that are one of the network: 1 where it does not say.
int64_t getDownsampling(NetworkOp network);
/// Whether an input is a sum over these steps.
bool isSummed(NetworkOp network, unsigned input);

/// Means of inputs over steps, or sums where the network says so. A sample that ends within such a group of steps, and
/// not behind the network's own last step, is an error.
class DownsampledView : public Dataset {
public:
  /// `data` stays with the caller; `given` of the recordings' steps are one of it, and divide those of the network.
  static llvm::Expected<DownsampledView> create(const Dataset &data, NetworkOp network, int64_t given = 1);

  std::string getName() const override { return data->getName(); }
  int64_t getSamples() const override { return data->getSamples(); }
  int64_t getSteps(int64_t sample) const override { return data->getSteps(sample) / factor; }
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
