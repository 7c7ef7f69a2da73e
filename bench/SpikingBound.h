//===- SpikingBound.h - spiking networks by hand ----------------*- C++ -*-===//
#ifndef LLE_BENCH_SPIKINGBOUND_H
#define LLE_BENCH_SPIKINGBOUND_H

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace lle::bench {

/// The weights of one network, layer by layer: [output][input], convolutions [output][input][ky][kx].
using SpikingWeights = std::vector<std::vector<float>>;

/// The membranes of the networks whose weights are random. Everywhere v = 0.9 v + i, a spike where v >= 1, which is
/// subtracted in the same step.
inline constexpr float kLeakyDecay = 0.9f, kLeakyThreshold = 1;

/// What a person can write for this machine's AVX-512: the time that native code is measured by.
class SpikingBound {
public:
  virtual ~SpikingBound() = default;
  /// One sample, from rest: frames of uint8_t (spikes) or float (event counts), one after the other. Counts the spikes
  /// of each output.
  virtual void infer(const void *frames, size_t steps, uint32_t *counts) = 0;
};

/// How the weights of all layers but the last are kept.
enum class Storage { f32, int8 };

/// int8 weights of a layer and what one of them is worth: the largest weight is 127.
struct QuantizedLayer {
  std::vector<int8_t> weights;
  float scale;
};
QuantizedLayer quantize(const std::vector<float> &weights);

/// All of these are null where the machine that this was built for has no AVX-512 with byte permutations.

/// 784-128-10, spikes as bytes.
std::unique_ptr<SpikingBound> makeMLPBound(const SpikingWeights &weights, Storage storage);
/// 700-256-20; the hidden layer receives its own spikes of the step before through the weights of layer 1.
std::unique_ptr<SpikingBound> makeRecurrentBound(const SpikingWeights &weights, Storage storage);

/// conv 2-16 (5 x 5, stride 2, padding 1), conv 16-16 and conv 16-8 (3 x 3, padding 1), each of the last two followed
/// by sums of 2 x 2 pixels, 128-256, 256-10.
enum class ConvNeurons {
  leaky,     ///< As above; spikes as bytes.
  integrator ///< v = v + i, a spike where v > 1, which sets v to 0; event counts as floats.
};
/// `dense`: the layers behind the second pooling, where most inputs are active, multiply instead of walking events.
std::unique_ptr<SpikingBound> makeConvBound(const SpikingWeights &weights, ConvNeurons neurons, bool dense);

/// SpikeEdge's N-MNIST model: conv 2-12 and conv 12-32 (5 x 5, no padding), each followed by the maximum of 2 x 2
/// pixels and v = 0.5 v + i, a spike where v >= 1, which is subtracted; then 800-10. Weights and biases by turns;
/// frames are event counts as floats.
std::unique_ptr<SpikingBound> makeSpikeEdgeBound(const SpikingWeights &weights);

} // namespace lle::bench

#endif
