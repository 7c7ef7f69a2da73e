//===- Population.h - one sweep for a neuron model --------------*- C++ -*-===//
#ifndef LLE_LOWERING_SPKTOLINALG_POPULATION_H
#define LLE_LOWERING_SPKTOLINALG_POPULATION_H

#include "lowering/SpkToLinalg/Membrane.h"

namespace lle::spk {

/// States and input in one layout, flat; without an input (a neuron asked for what it holds) zeros stand in for it.
llvm::SmallVector<mlir::Value> getSweepInputs(StepBuilder &b, StepSignal input, mlir::RankedTensorType type);

/// What a step gives for one neuron.
struct Outcome {
  States states;
  mlir::Value result; ///< A condition for spikes of 0 or 1, else a number of the stored type of the result.
};

using NeuronBody = llvm::function_ref<Outcome(Sweep &, llvm::ArrayRef<Number> inputs, const States &old)>;

/// Lowers an operation whose result is computed from its inputs and states, neuron by neuron.
mlir::LogicalResult lowerPopulation(mlir::Operation *op, StepBuilder &b, llvm::ArrayRef<StepSignal> inputs,
                                    llvm::ArrayRef<mlir::Value> states, llvm::SmallVectorImpl<StepSignal> &results,
                                    llvm::SmallVectorImpl<mlir::Value> &newStates, NeuronBody body);

/// A lowering by a rule of one neuron: `Rule(op, dt)` computes coefficients, `rule.step(...)` is the body.
template <typename Op, typename Rule>
struct PopulationModel : StepLoweringOpInterface::ExternalModel<PopulationModel<Op, Rule>, Op> {
  mlir::LogicalResult lowerStep(mlir::Operation *op, StepBuilder &b, llvm::ArrayRef<StepSignal> inputs,
                                llvm::ArrayRef<mlir::Value> states, llvm::SmallVectorImpl<StepSignal> &results,
                                llvm::SmallVectorImpl<mlir::Value> &newStates) const {
    Rule rule(mlir::cast<Op>(op), b.dt);
    return lowerPopulation(op, b, inputs, states, results, newStates,
                           [&](Sweep &s, llvm::ArrayRef<Number> x, const States &old) { return rule.step(s, x, old); });
  }
  bool readsStoredStates(mlir::Operation *) const { return true; }
};

/// Whether a neuron fires, by its comparison.
mlir::Value isAbove(Sweep &s, Compare compare, Number x, Number threshold);
mlir::Value bothOf(Sweep &s, mlir::Value a, mlir::Value b);
mlir::Value negate(Sweep &s, mlir::Value condition);
/// A whole number of the type of states as a stored spike of this many bits.
mlir::Value toCount(Sweep &s, Number whole, unsigned bits);
Number min(Number x, Number y);

void attachAdaptiveNeurons(mlir::MLIRContext &context);
void attachFewSpikeNeurons(mlir::MLIRContext &context);
void attachGatedNeurons(mlir::MLIRContext &context);
void attachGradedNeurons(mlir::MLIRContext &context);
void attachOdeNeuron(mlir::MLIRContext &context);
void attachResonators(mlir::MLIRContext &context);

} // namespace lle::spk

#endif
