//===- Trial.h - one network on two engines ---------------------*- C++ -*-===//
#ifndef LLE_TEST_FUZZ_TRIAL_H
#define LLE_TEST_FUZZ_TRIAL_H

#include "dialects/LLE/LLEOps.h"
#include "lowering/MaterializeState/StepLowering.h"
#include "reference/Interpreter.h"
#include "test/fuzz/RandomNumbers.h"

namespace lle::fuzz {

/// Values of all inputs, step by step.
using Stimulus = std::vector<std::vector<Values>>;

/// Draws inputs: real ones on the grid of dyadic numbers, or any; spikes; counts, negative ones too.
Stimulus makeStimulus(NetworkOp network, RandomNumbers &random, unsigned steps);

/// The fraction of neurons and steps at which each spiking population fires, in the order of the text.
struct FiringRate {
  mlir::Operation *population;
  double rate = 0;
  double largest = 0; ///< Spikes of one neuron in one step.
};
llvm::SmallVector<FiringRate> measureRates(NetworkOp network, const Stimulus &stimulus);

/// A network counts if each of its spiking populations fires at these rates, and with no more spikes in a step.
inline constexpr double kMinRate = 0.01, kMaxRate = 0.40, kMaxCount = 64;

/// Moves the thresholds until the network counts. False if that fails.
bool calibrate(NetworkOp network, const Stimulus &stimulus);

/// Whether f32 computes all sums of weighted inputs without rounding, in whatever order. (What a population does with
/// its input is element-wise: the order of its operations is defined.)
bool hasExactSums(NetworkOp network);

/// A copy of the network in a module of its own that gives these values too.
mlir::OwningOpRef<mlir::ModuleOp> cloneWithOutputs(NetworkOp network, llvm::ArrayRef<mlir::Value> outputs);

/// The precision of the network's own real signals.
Precision getPrecision(NetworkOp network);

/// How a network is compiled.
struct NativeForm {
  unsigned optimize = 3;    ///< LLVM's level.
  llvm::StringRef kernel;   ///< Of all synapses: "event", "dense", or empty for the one that each has.
  llvm::StringRef compiler; ///< Of C, to which the network is then compiled first; empty for machine code.
  std::optional<VectorShape> machine = {}; ///< Less than this machine has.
};
llvm::Expected<std::unique_ptr<Engine>> createNativeEngine(NetworkOp network, const NativeForm &form);

struct Verdict {
  bool agrees = true;
  bool flipped = false; ///< A spike differs, within the tolerance of the threshold.
  std::string text;     ///< What disagrees.
  bool ran = true;      ///< False where a board has no room for the network.
};

/// Runs the native engine beside the reference of the network's own precision: every output, and every state at the
/// end, must be the same number. Half-way the states are moved from the reference to a second native instance.
Verdict compareExactly(NetworkOp network, const Stimulus &stimulus, const NativeForm &form);

/// Runs the native engine beside the f64 reference: real values within kValueTolerance of the largest magnitude that
/// the output has had, spikes equal up to the first flip, which must be one that a threshold moved by kFlipTolerance of
/// itself would make; behind a recurrent cell, whose values carry its own error, by kCellFlipTolerance.
Verdict compareClosely(NetworkOp network, const Stimulus &stimulus, const NativeForm &form);
inline constexpr double kFlipTolerance = 1e-5, kCellFlipTolerance = 1e-4, kValueTolerance = 1e-4;

/// The same of the outputs alone, for an engine that need not have states.
Verdict compareOutputsExactly(NetworkOp network, const Stimulus &stimulus, Instance &candidate);
Verdict compareOutputsClosely(NetworkOp network, const Stimulus &stimulus, Instance &candidate);

/// A machine that QEMU emulates.
struct Board {
  llvm::StringRef name;
  bool isExact; ///< Whether every output must be the same number.
};

/// Builds the network as firmware of a board, as `lle-compile --emit=firmware` writes it, runs that in the emulator,
/// and compares its outputs with the reference.
Verdict compareOnBoard(NetworkOp network, const Stimulus &stimulus, const Board &board);

/// Runs native code in which all synapses visit the elements that are not zero beside native code in which they visit
/// all: every output must be the same number, whether its sums are exact or not; with recurrent cells, up to what fused
/// multiplications and additions change.
Verdict compareKernels(NetworkOp network, const Stimulus &stimulus);

/// Whether a network has recurrent cells, or neurons of state equations, which may be as chaotic.
bool hasCells(NetworkOp network);

/// Whether the comparison is meaningful: the f32 reference passes it against the f64 one with tolerances divided by
/// kConditionMargin, so rounding alone moves nothing far. Loops, recurrent cells and some models of neurons may be
/// chaotic, or grow without end. Native code errs by up to 2e-7 in each sigmoid where the f32 reference errs by 6e-8,
/// so the margin leaves twice the ratio. The same holds of the f64 reference with each parameter of a recurrent cell
/// moved by kRounding of itself.
bool isWellConditioned(NetworkOp network, const Stimulus &stimulus);
inline constexpr double kConditionMargin = 8, kRounding = 0x1p-23;

} // namespace lle::fuzz

#endif
