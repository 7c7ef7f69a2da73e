//===- Downsampling.cpp - steps that stand for several of a recording -----===//
#include "passes/Analysis/Downsampling.h"

using namespace mlir;
using namespace lle;

llvm::Expected<DownsampledView> DownsampledView::create(const Dataset &data, NetworkOp network, int64_t given) {
  const int64_t wanted = getDownsampling(network);
  if (wanted % given != 0)
    return llvm::createStringError("steps of the data stand for " + Twine(given) + " of the recordings, those of '" +
                                   network.getName() + "' for " + Twine(wanted));
  DownsampledView view(data, wanted / given);
  for (unsigned input = 0; input < network.getArgumentTypes().size(); ++input)
    view.sums.push_back(isSummed(network, input));
  return view;
}

llvm::Error DownsampledView::getStep(int64_t sample, int64_t step, std::vector<Values> &inputs) const {
  if (llvm::Error error = data->getStep(sample, step * factor, inputs))
    return error;
  std::vector<Values> frame;
  const int64_t first = step * factor, end = std::min(first + factor, data->getSteps(sample));
  for (int64_t each = first + 1; each < end; ++each) {
    if (llvm::Error error = data->getStep(sample, each, frame))
      return error;
    for (auto [sum, values] : llvm::zip_equal(inputs, frame))
      for (auto [total, value] : llvm::zip_equal(sum, values))
        total += value;
  }
  if (factor > 1)
    for (auto [values, isSum] : llvm::zip_equal(inputs, sums))
      if (!isSum)
        for (double &value : values)
          value /= double(factor);
  return llvm::Error::success();
}

namespace {
/// A view, and what it is one of.
class DownsampledData final : public DownsampledView {
public:
  DownsampledData(std::unique_ptr<Dataset> data, DownsampledView view)
      : DownsampledView(std::move(view)), data(std::move(data)) {}

private:
  std::unique_ptr<Dataset> data;
};
} // namespace

llvm::Expected<std::unique_ptr<Dataset>> lle::downsample(std::unique_ptr<Dataset> data, NetworkOp network) {
  llvm::Expected<DownsampledView> view = DownsampledView::create(*data, network);
  if (!view)
    return view.takeError();
  return std::make_unique<DownsampledData>(std::move(data), std::move(*view));
}
