//===- Networks.h - what the benchmarks run ---------------------*- C++ -*-===//
#ifndef LLE_BENCH_NETWORKS_H
#define LLE_BENCH_NETWORKS_H

#include "dialects/LLE/LLEOps.h"

#include <memory>
#include <vector>

namespace lle::bench {

/// A network run over a recording by plain loops.
class PlainNetwork {
public:
  virtual ~PlainNetwork() = default;
  virtual void reset() = 0;
  /// One time step; the spikes of the last layer.
  virtual const uint8_t *step(const float *input) = 0;
};

/// The Braille network of the NIR paper (12 inputs, 38 recurrent and 7 neurons), with the imported weights.
std::unique_ptr<PlainNetwork> makePlainBraille(NetworkOp network);
/// The N-MNIST network of the NIR paper (cnn_sinabs.nir), with the imported weights.
std::unique_ptr<PlainNetwork> makePlainNMNIST(NetworkOp network);

/// The weights of the synapses in the order in which signals pass them.
std::vector<std::vector<float>> getSynapticWeights(NetworkOp network);

/// Frames of one recording, one after the other.
struct Recording {
  std::vector<float> values;
  size_t frameSize = 0;
  size_t getSteps() const { return values.size() / frameSize; }
};

/// The Braille sample, (256, 12) spikes; empty if the file is not there.
Recording readBraille(const std::string &dataFolder);
/// An N-MNIST recording as event counts in bins of 1 ms, (steps, 2, 34, 34).
Recording readNMNIST(const std::string &dataFolder);

} // namespace lle::bench

#endif
