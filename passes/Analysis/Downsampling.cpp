//===- Downsampling.cpp - steps that stand for several of a recording -----===//
#include "passes/Analysis/Downsampling.h"

using namespace mlir;
using namespace lle;

int64_t lle::getDownsampling(NetworkOp network) {
  auto factor = network->getAttrOfType<IntegerAttr>(kDownsampleAttr);
  return factor ? std::max<int64_t>(factor.getInt(), 1) : 1;
}

bool lle::isSummed(NetworkOp network, unsigned input) {
  auto by = network.getArgAttrOfType<StringAttr>(input, kDownsampleByAttr);
  return by && by.getValue() == "sum";
}

llvm::Expected<DownsampledView> DownsampledView::create(const Dataset &data, NetworkOp network, int64_t given) {
  const int64_t wanted = getDownsampling(network);
  if (wanted % given != 0)
    return llvm::createStringError("steps of the data stand for " + Twine(given) + " of the recordings, those of '" +
                                   network.getName() + "' for " + Twine(wanted));
  DownsampledView view(data, wanted / given);
  for (unsigned input = 0; input < network.getArgumentTypes().size(); ++input)
    view.sums.push_back(isSummed(network, input));
  for (int64_t sample = 0; sample < data.getSamples(); ++sample) {
    const int64_t steps = data.getSteps(sample);
    const bool isLonger = network.getSteps() && steps > int64_t(*network.getSteps()) * view.factor;
    if (!isLonger && steps % view.factor != 0)
      return llvm::createStringError(data.getName() + ": sample " + Twine(sample) + " has " + Twine(steps) +
                                     " steps, which " + Twine(view.factor) + " does not divide");
  }
  return view;
}

llvm::Error DownsampledView::getStep(int64_t sample, int64_t step, std::vector<Values> &inputs) const {
  if (llvm::Error error = data->getStep(sample, step * factor, inputs))
    return error;
  std::vector<Values> frame;
  for (int64_t i = 1; i < factor; ++i) {
    if (llvm::Error error = data->getStep(sample, step * factor + i, frame))
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
