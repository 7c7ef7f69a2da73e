//===- Layers.h - the layers of a NetX file ---------------------*- C++ -*-===//
//
// What lava-dl's reader (netx/hdf5.py) takes from a file, checked: numbers are integers (fractions are cut, as it
// does), shapes fit, and what it ignores or cannot do is said.
//
//===----------------------------------------------------------------------===//
#ifndef LLE_FRONTENDS_NETX_LAYERS_H
#define LLE_FRONTENDS_NETX_LAYERS_H

#include "frontends/NIR/Graph.h"
#include "frontends/NIR/Report.h"

namespace lle::netx {

using nir::Shape;

/// Integers with a shape.
struct Integers {
  Shape shape;
  std::vector<int64_t> values;
};

enum class LayerKind { Input, Conv, Flatten, Dense, DenseRecurrent };
llvm::StringRef toString(LayerKind kind);

enum class NeuronKind {
  Cuba,       ///< "CUBA", "LOIHI"
  SigmaDelta, ///< "SDNN": a delta encoder in an input layer, a sigma decoder with `sigma_output`
  Phase,      ///< "RF_PHASE": resonate and fire
  Izhikevich  ///< "RF_IZHIKEVICH" and all others with "RF"
};
inline bool isResonator(NeuronKind kind) { return kind == NeuronKind::Phase || kind == NeuronKind::Izhikevich; }

/// A population.
struct Neuron {
  std::string type = "CUBA";
  int64_t iDecay = 0, vDecay = 4096, vThMant = int64_t(1) << 17;
  NeuronKind kind = NeuronKind::Cuba;
  bool isDecoder = false;                   ///< Of sigma-delta: the sum is what it gives.
  std::optional<Integers> sine{}, cosine{}; ///< Of resonators: one number, or one for each output.
};

struct Layer {
  LayerKind kind;
  unsigned number; ///< In the file.
  /// (C, H, W), or (N) where all but the first are 1 and the layer is dense.
  Shape shape;
  std::optional<Neuron> neuron; ///< Absent in a dense layer: it adds up, without threshold.
  std::optional<Integers> weight, recurrent, bias, delay;
  std::optional<Integers> imaginary; ///< Of resonators, whose real weights are in `weight`.
  // Convolution, as (height, width).
  Shape stride, padding, dilation;
  int64_t groups = 1;
  /// What an input layer's user makes a bias of: weight * pixel + bias.
  int64_t inputWeight = 64, inputBias = 0;

  int64_t getSize() const;
};

struct Network {
  std::vector<Layer> layers;
  double dt = 1e-3; ///< /simulation/Ts, in milliseconds.
  std::optional<int64_t> steps;
};

/// What the file says; nothing, with errors in the report, where it cannot be run.
std::optional<Network> readNetwork(const nir::Graph &file, nir::Report &report);

} // namespace lle::netx

#endif
