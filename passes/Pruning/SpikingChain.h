//===- SpikingChain.h - a spiking network that is trained -------*- C++ -*-===//
#ifndef LLE_PASSES_PRUNING_SPIKINGCHAIN_H
#define LLE_PASSES_PRUNING_SPIKINGCHAIN_H

#include "dialects/LLE/Layers.h"
#include "dialects/Spk/FixedPoint.h"
#include "passes/Pruning/ParameterRef.h"

#include <Eigen/Core>

#include <vector>

namespace lle {

/// What comes in, in the order of steps.
struct SpikeEvent {
  uint32_t step, element;
  float value;
};
struct SpikeSequence {
  std::vector<SpikeEvent> events;
  int64_t steps = 0;
};

/// A chain of fully connected layers and `spk.fixed_cuba_lif` of which checkDistillable() holds.
class SpikingChain {
public:
  SpikingChain(NetworkOp network, bool trainsBiases);

  /// What is run next has these weights, rounded.
  void round();
  /// The spike counts of the last layer.
  Eigen::VectorXf run(const SpikeSequence &sequence);
  /// Adds to the gradient what the sequence that was run last gives, of a loss with this derivative by the counts.
  void learn(const SpikeSequence &sequence, const Eigen::VectorXf &slope);
  /// One of Adam, with the mean over the sequences of a batch; the corrections of its first steps are in the rate.
  void step(float rate, float batch);
  /// The weights and biases of the network become the rounded ones.
  void write() const;

  /// Of Adam.
  static constexpr float kMeanDecay = 0.9f, kSquareDecay = 0.999f;

private:
  /// Numbers that are trained, in integers of a weight.
  struct Trained {
    void set(const Eigen::MatrixXf &start);
    void step(float rate, float batch);

    Eigen::MatrixXf value, gradient, mean, square;
  };
  struct Layer {
    Layer(LinearOp synapse, spk::FixedCubaLIFOp neurons);

    void round();

    LinearOp synapse;
    spk::FixedCubaLIFOp neurons;
    Trained weights, biases; ///< A bias is the weight of an input that spikes in every step.
    Eigen::MatrixXf rounded;
    Eigen::ArrayXf mantissa, exponent; ///< Of each neuron's bias, rounded.
    Eigen::ArrayXf scale, threshold, leastMantissa, mostMantissa;
    Eigen::ArrayXd keptU, keptV, bias; ///< In integers: of 4096, what a step keeps.
    float weightUnit;                  ///< What a weight adds to the current, in integers.
  };
  /// What a layer does in all steps, a column for each.
  struct Trace {
    Eigen::MatrixXf membrane, spikes;
  };

  bool trainsBiases;
  std::vector<Layer> layers;
  std::vector<Trace> traces;
};

} // namespace lle

#endif
