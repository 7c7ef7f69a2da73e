//===- Networks.cpp - plain loops over imported weights -------------------===//
#include "bench/Networks.h"
#include "bench/PlainLoops.h"
#include "dialects/Spk/SpkOps.h"
#include "reference/Elements.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Matchers.h"

#include <cstring>

using namespace mlir;
using namespace lle;
using namespace lle::bench;

static std::vector<double> getConstant(Value value) {
  ElementsAttr elements;
  matchPattern(value, m_Constant(&elements));
  return readElements(elements);
}

static double getUniform(ElementsAttr elements) { return readElements(elements).front(); }

static std::vector<float> toFloats(const std::vector<double> &values) { return {values.begin(), values.end()}; }

/// [output][rest] to [rest][output].
static std::vector<float> outputsLast(const std::vector<double> &weights, size_t outputs) {
  size_t rest = weights.size() / outputs;
  std::vector<float> result(weights.size());
  for (size_t o = 0; o < outputs; ++o)
    for (size_t r = 0; r < rest; ++r)
      result[r * outputs + o] = float(weights[o * rest + r]);
  return result;
}

/// Synapses of a network in the order in which signals pass them.
template <typename SynapseOp>
static SmallVector<SynapseOp> getInOrder(NetworkOp network) {
  SmallVector<SynapseOp> synapses;
  for (Operation *op : network.getTopologicalOrder())
    if (auto synapse = dyn_cast<SynapseOp>(op))
      synapses.push_back(synapse);
  return synapses;
}

namespace {
class PlainBraille : public PlainNetwork {
public:
  explicit PlainBraille(NetworkOp network) {
    double dt = network.getDt().convertToDouble();
    for (Operation &op : network.getBody().front()) {
      if (auto affine = dyn_cast<AffineOp>(op)) {
        auto shape = cast<RankedTensorType>(affine.getWeights().getType()).getShape();
        Synapse &synapse = shape[1] == 12 ? input : shape[0] == 7 ? output : recurrent;
        synapse = {outputsLast(getConstant(affine.getWeights()), shape[0]), toFloats(getConstant(affine.getBias()))};
      } else if (auto neuron = dyn_cast<spk::CubaLIFOp>(op)) {
        double synaptic = dt / getUniform(neuron.getTauSynAttr()), membrane = dt / getUniform(neuron.getTauMemAttr());
        double unit = synaptic * getUniform(neuron.getWInAttr()) * membrane * getUniform(neuron.getRAttr());
        (neuron.getType().getNumElements() == 7 ? second : first) = {float(1 - synaptic), float(1 - membrane),
                                                                     float(getUniform(neuron.getVThreshold()) / unit)};
      }
    }
  }

  void reset() override { state = {}; }

  const uint8_t *step(const float *x) override {
    State &s = state;
    plain::linear<12, 38>(x, input.weights.data(), input.bias.data(), s.sum);
    plain::linear<38, 38>(s.spikes, recurrent.weights.data(), recurrent.bias.data(), s.feedback);
    for (int n = 0; n < 38; ++n)
      s.sum[n] += s.feedback[n];
    plain::currentLeakyIntegrateAndFire<38>(s.sum, first.alpha, first.beta, first.threshold, s.i, s.v, s.spikes);
    plain::linear<38, 7>(s.spikes, output.weights.data(), output.bias.data(), s.outputSum);
    plain::currentLeakyIntegrateAndFire<7>(s.outputSum, second.alpha, second.beta, second.threshold, s.outputI,
                                           s.outputV, s.outputSpikes);
    return s.outputSpikes;
  }

private:
  struct Synapse {
    std::vector<float> weights, bias;
  } input, recurrent, output;
  struct Neuron {
    float alpha, beta, threshold;
  } first, second;
  struct State {
    alignas(64) float sum[38], feedback[38], i[38], v[38], outputSum[7], outputI[7], outputV[7];
    alignas(64) uint8_t spikes[38], outputSpikes[7];
  } state = {};
};

class PlainNMNIST : public PlainNetwork {
public:
  explicit PlainNMNIST(NetworkOp network) {
    for (Conv2dOp conv : getInOrder<Conv2dOp>(network))
      synapses.push_back({outputsLast(getConstant(conv.getWeights()), conv.getType().getDimSize(0)),
                          toFloats(getConstant(conv.getBias()))});
    for (AffineOp affine : getInOrder<AffineOp>(network))
      synapses.push_back({outputsLast(getConstant(affine.getWeights()), affine.getType().getDimSize(0)),
                          toFloats(getConstant(affine.getBias()))});
  }

  void reset() override { memset(&state, 0, sizeof(state)); }

  const uint8_t *step(const float *x) override {
    State &s = state;
    plain::conv2d<2, 34, 16, 16, 5, 2, 1, true>(x, weights(0), bias(0), s.c1);
    plain::integrateAndFire<4096>(s.c1, 1, s.v1, s.z1);
    plain::conv2d<16, 16, 16, 16, 3, 1, 1, false>(s.z1, weights(1), bias(1), s.c2);
    plain::integrateAndFire<4096>(s.c2, 1, s.v2, s.z2);
    plain::sumPool2<16, 16>(s.z2, s.p1);
    plain::conv2d<16, 8, 8, 8, 3, 1, 1, false>(s.p1, weights(2), bias(2), s.c3);
    plain::integrateAndFire<512>(s.c3, 1, s.v3, s.z3);
    plain::sumPool2<8, 8>(s.z3, s.p2);
    for (int c = 0; c < 8; ++c)
      for (int pixel = 0; pixel < 16; ++pixel)
        s.flat[c * 16 + pixel] = s.p2[pixel * 8 + c];
    plain::linear<128, 256>(s.flat, weights(3), bias(3), s.c4);
    plain::integrateAndFire<256>(s.c4, 1, s.v4, s.z4);
    plain::linear<256, 10>(s.z4, weights(4), bias(4), s.c5);
    plain::integrateAndFire<10>(s.c5, 1, s.v5, s.z5);
    return s.z5;
  }

private:
  struct Synapse {
    std::vector<float> weights, bias;
  };
  std::vector<Synapse> synapses;
  const float *weights(size_t layer) const { return synapses[layer].weights.data(); }
  const float *bias(size_t layer) const { return synapses[layer].bias.data(); }

  struct State {
    alignas(64) float c1[4096], v1[4096], c2[4096], v2[4096], p1[1024], c3[512], v3[512], p2[128], flat[128], c4[256],
        v4[256], c5[10], v5[10];
    alignas(64) uint8_t z1[4096], z2[4096], z3[512], z4[256], z5[10];
  } state = {};
};
} // namespace

std::unique_ptr<PlainNetwork> bench::makePlainBraille(NetworkOp network) {
  return std::make_unique<PlainBraille>(network);
}

std::unique_ptr<PlainNetwork> bench::makePlainNMNIST(NetworkOp network) {
  return std::make_unique<PlainNMNIST>(network);
}

std::vector<std::vector<float>> bench::getSynapticWeights(NetworkOp network) {
  std::vector<std::vector<float>> weights;
  for (SynapseOpInterface synapse : getInOrder<SynapseOpInterface>(network))
    weights.push_back(toFloats(getConstant(synapse.getSynapticWeights())));
  return weights;
}
