//===- PlainLoops.h - the loops a good programmer would write ---*- C++ -*-===//
//
// What native code is compared with: plain C++ over the same weights, input by input (so that the inner loop runs over
// outputs that lie together and the compiler vectorises it), skipping inputs that are zero. All sizes are template
// arguments. Built with clang -O3 -march=native.
//
//===----------------------------------------------------------------------===//
#ifndef LLE_BENCH_PLAINLOOPS_H
#define LLE_BENCH_PLAINLOOPS_H

#include <cstdint>
#include <vector>

namespace plain {

/// y = b + W x, with the weights stored as [input][output].
template <int Inputs, int Outputs, typename Input>
void linear(const Input *__restrict x, const float *__restrict weights, const float *__restrict bias,
            float *__restrict y) {
  for (int o = 0; o < Outputs; ++o)
    y[o] = bias[o];
  for (int i = 0; i < Inputs; ++i) {
    if (x[i] == 0)
      continue;
    const float value = x[i];
    const float *__restrict row = weights + i * Outputs;
    for (int o = 0; o < Outputs; ++o)
      y[o] += value * row[o];
  }
}

/// Cross-correlation; the input is [y][x][channel] or, with ChannelsFirst, [channel][y][x]; the weights are
/// [input channel][ky][kx][output channel], the output is [y][x][channel].
template <int InChannels, int InSize, int OutChannels, int OutSize, int Kernel, int Stride, int Padding,
          bool ChannelsFirst, typename Input>
void conv2d(const Input *__restrict x, const float *__restrict weights, const float *__restrict bias,
            float *__restrict y) {
  for (int p = 0; p < OutSize * OutSize; ++p)
    for (int o = 0; o < OutChannels; ++o)
      y[p * OutChannels + o] = bias[o];
  for (int k = 0; k < InChannels * InSize * InSize; ++k) {
    if (x[k] == 0)
      continue;
    const float value = x[k];
    const int c = ChannelsFirst ? k / (InSize * InSize) : k % InChannels;
    const int pixel = ChannelsFirst ? k % (InSize * InSize) : k / InChannels;
    const int row = pixel / InSize + Padding, column = pixel % InSize + Padding;
    for (int ky = row % Stride; ky < Kernel; ky += Stride) {
      const int oy = (row - ky) / Stride;
      if (row < ky || oy >= OutSize)
        continue;
      for (int kx = column % Stride; kx < Kernel; kx += Stride) {
        const int ox = (column - kx) / Stride;
        if (column < kx || ox >= OutSize)
          continue;
        float *__restrict out = y + (oy * OutSize + ox) * OutChannels;
        const float *__restrict patch = weights + ((c * Kernel + ky) * Kernel + kx) * OutChannels;
        for (int o = 0; o < OutChannels; ++o)
          out[o] += value * patch[o];
      }
    }
  }
}

/// Sums of 2 x 2 windows, channels last.
template <int Channels, int InSize, typename Input>
void sumPool2(const Input *__restrict x, float *__restrict y) {
  constexpr int OutSize = InSize / 2;
  for (int oy = 0; oy < OutSize; ++oy)
    for (int ox = 0; ox < OutSize; ++ox) {
      const Input *__restrict a = x + ((2 * oy) * InSize + 2 * ox) * Channels;
      const Input *__restrict b = a + InSize * Channels;
      float *__restrict out = y + (oy * OutSize + ox) * Channels;
      for (int c = 0; c < Channels; ++c)
        out[c] = float(a[c]) + float(a[c + Channels]) + float(b[c]) + float(b[c + Channels]);
    }
}

/// Integrate and fire, reset to zero.
template <int Neurons>
void integrateAndFire(const float *__restrict current, const float threshold, float *__restrict v,
                      uint8_t *__restrict spikes) {
  for (int n = 0; n < Neurons; ++n) {
    const float potential = v[n] + current[n];
    const bool fires = potential > threshold;
    v[n] = fires ? 0.0f : potential;
    spikes[n] = fires;
  }
}

/// Current-based leaky integrate and fire as snnTorch evaluates it, reset to zero.
template <int Neurons>
void currentLeakyIntegrateAndFire(const float *__restrict input, const float alpha, const float beta,
                                  const float threshold, float *__restrict current, float *__restrict v,
                                  uint8_t *__restrict spikes) {
  for (int n = 0; n < Neurons; ++n) {
    const float synapse = alpha * current[n] + input[n];
    const float potential = beta * v[n] + synapse;
    const bool fires = potential > threshold;
    current[n] = synapse;
    v[n] = fires ? 0.0f : potential;
    spikes[n] = fires;
  }
}

} // namespace plain

#endif
