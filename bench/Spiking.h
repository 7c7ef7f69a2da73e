//===- Spiking.h - spiking networks beside code by hand ---------*- C++ -*-===//
#ifndef LLE_BENCH_SPIKING_H
#define LLE_BENCH_SPIKING_H

#include "bench/Native.h"
#include "bench/SpikingBound.h"

#include <map>

namespace lle::bench {

/// One form of code by hand.
struct NamedBound {
  std::string name; ///< Behind the network's: `bound`, `bound_mixed`.
  std::unique_ptr<SpikingBound> bound;
};

/// A spiking network, as native code and by hand, with one sample.
struct SpikingPair {
  std::string name;
  SpikingWeights weights;
  std::vector<uint8_t> frames; ///< As the network takes them.
  size_t steps = 0, frameBytes = 0, outputs = 0;
  std::vector<NamedBound> bounds;
  NativeNetwork native;
  std::string note; ///< What is printed behind the figures.

  /// A whole inference from rest on frames like those: the spikes of each output.
  std::vector<uint32_t> infer(const std::vector<uint8_t> &frames, std::vector<uint8_t> &spikes);
};

/// snn_mlp, snn_shd (both also with int8 weights) and snn_cnn of the folder `bounds`, and cnn_sinabs.nir and
/// SpikeEdge's model of `data` on an N-MNIST recording. Fails if native code or code by hand counts other spikes than
/// the file says, or than each other where there is no such file.
mlir::FailureOr<std::vector<SpikingPair>> prepareSpiking(const std::string &bounds, const std::string &data,
                                                         mlir::MLIRContext &context);

/// Fails unless native code and code by hand count these spikes.
mlir::LogicalResult checkPair(mlir::Location loc, SpikingPair &pair, llvm::ArrayRef<uint32_t> expected);

/// Registers `NAME_native` and `NAME_bound...`: one whole inference each, of samples in turn whose frames are those of
/// the pair, rotated by chance. Of one sample again and again the processor would learn every event. The networks must
/// outlive the benchmarks.
void registerSpiking(std::vector<SpikingPair> &pairs);

/// Prints what `times` (seconds by benchmark) has of the pair.
void printInferences(const SpikingPair &pair, const std::map<std::string, double> &times);

} // namespace lle::bench

#endif
