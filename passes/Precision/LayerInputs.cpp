//===- LayerInputs.cpp - what the inputs of layers are on data ------------===//
#include "passes/Precision/LayerInputs.h"
#include "passes/Precision/OuterProducts.h"

#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace lle;

template <typename ConvOp>
static Windows getConvolutionWindows(ConvOp conv) {
  auto input = cast<RankedTensorType>(conv.getInput().getType()),
       weights = cast<RankedTensorType>(conv.getWeights().getType()),
       result = cast<RankedTensorType>(conv.getResult().getType());
  // One spatial dimension is the second of two.
  auto spatial = [](RankedTensorType type, unsigned leading) {
    SmallVector<int64_t> sizes(type.getShape().drop_front(leading));
    return sizes.size() == 2 ? sizes : SmallVector<int64_t>{1, sizes[0]};
  };
  SmallVector<int64_t> from = spatial(input, 1), kernel = spatial(weights, 2), to = spatial(result, 1);
  unsigned dims = input.getRank() - 1;
  auto get = [&](ArrayRef<int64_t> values, unsigned dim, int64_t otherwise) {
    return dims == 2 ? values[dim] : dim == 1 ? values[0] : otherwise;
  };
  int64_t stride[2], dilation[2], before[2];
  for (unsigned dim : {0u, 1u}) {
    stride[dim] = get(conv.getStride(), dim, 1);
    dilation[dim] = get(conv.getDilation(), dim, 1);
    bool exists = dims == 2 || dim == 1;
    before[dim] = exists ? getPadding(conv.getPadding(), dims == 2 ? dim : 0, kernel[dim], dilation[dim]).before : 0;
  }
  int64_t channels = weights.getDimSize(1), groups = int64_t(conv.getGroups());
  Windows windows{channels * kernel[0] * kernel[1], groups, {}};
  for (int64_t group = 0; group < groups; ++group)
    for (int64_t y = 0; y < to[0]; ++y)
      for (int64_t x = 0; x < to[1]; ++x)
        for (int64_t channel = 0; channel < channels; ++channel)
          for (int64_t ky = 0; ky < kernel[0]; ++ky)
            for (int64_t kx = 0; kx < kernel[1]; ++kx) {
              int64_t row = y * stride[0] + ky * dilation[0] - before[0],
                      column = x * stride[1] + kx * dilation[1] - before[1];
              bool isInside = row >= 0 && row < from[0] && column >= 0 && column < from[1];
              windows.places.push_back(isInside ? ((group * channels + channel) * from[0] + row) * from[1] + column
                                                : -1);
            }
  return windows;
}

std::optional<Windows> lle::getWindows(SynapseOpInterface synapse) {
  if (auto conv = dyn_cast<Conv1dOp>(*synapse))
    return getConvolutionWindows(conv);
  if (auto conv = dyn_cast<Conv2dOp>(*synapse))
    return getConvolutionWindows(conv);
  auto input = cast<RankedTensorType>(synapse.getSignal().getType());
  if (!isa<LinearOp, AffineOp>(*synapse) ||
      cast<RankedTensorType>(synapse.getSynapticWeights().getType()).getRank() != 2)
    return std::nullopt;
  Windows windows{input.getShape().back(), 1, {}};
  for (int64_t place = 0; place < input.getNumElements(); ++place)
    windows.places.push_back(place);
  return windows;
}

struct MomentSums::State {
  EvenShare share;
  std::vector<OuterProducts> sums; ///< Of each group.
};

MomentSums::MomentSums(Windows which, int64_t elements, double share)
    : windows(std::move(which)), elements(elements), state(new State{EvenShare(share), {}}) {
  state->sums.assign(windows.groups, OuterProducts(windows.inputs));
}
MomentSums::MomentSums(MomentSums &&) = default;
MomentSums::~MomentSums() = default;

void MomentSums::add(ArrayRef<double> values) {
  const int64_t positions = windows.getPositions();
  for (; !values.empty(); values = values.drop_front(elements))
    for (int64_t position = 0; position < positions; ++position) {
      if (!state->share.takesNext())
        continue;
      for (int64_t group = 0; group < windows.groups; ++group) {
        OuterProducts &sum = state->sums[group];
        const int64_t *places = windows.places.data() + (group * positions + position) * windows.inputs;
        double *observation = sum.getNext();
        bool isSilent = true;
        for (int64_t i = 0; i < windows.inputs; ++i) {
          observation[i] = places[i] < 0 ? 0 : values[places[i]];
          isSilent &= observation[i] == 0;
        }
        if (!isSilent)
          sum.add();
      }
    }
}

std::vector<std::vector<double>> MomentSums::get() {
  std::vector<std::vector<double>> matrices;
  for (OuterProducts &sum : state->sums)
    matrices.push_back(sum.get());
  return matrices;
}
