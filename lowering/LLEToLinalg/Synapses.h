//===- Synapses.h - code that synapses share --------------------*- C++ -*-===//
#ifndef LLE_LOWERING_LLETOLINALG_SYNAPSES_H
#define LLE_LOWERING_LLETOLINALG_SYNAPSES_H

#include "lowering/MaterializeState/StepLowering.h"
#include "passes/Analysis/SynapseCost.h"

namespace lle {

/// Ends the body of a loop. One that carries nothing was built with its terminator.
void yieldCarried(StepBuilder &builder, mlir::ValueRange carried);

/// What is done for one element that is not zero: `index` is its place, `element` its stored value, `carried` the
/// values carried from one element to the next. Returns the new carried values.
using ActiveElementBody = llvm::function_ref<llvm::SmallVector<mlir::Value>(
    StepBuilder &builder, mlir::Value index, mlir::Value element, mlir::ValueRange carried)>;

/// Visits the elements of a one-dimensional tensor in ascending order: those that are not zero if `skipZeros` is set
/// (a vector compare finds them, so that silence costs one test per register), else all.
llvm::SmallVector<mlir::Value> forEachElement(StepBuilder &builder, mlir::Value tensor, bool skipZeros,
                                              mlir::ValueRange carried, ActiveElementBody body);

/// One bit for each of the `length` elements from `base` on, at most 64: whether it is not zero. An i32 or an i64.
mlir::Value readActivity(StepBuilder &builder, mlir::Value tensor, mlir::Value base, int64_t length);

/// What is done for the bit at place `bit`. Returns the new carried values.
using BitBody =
    llvm::function_ref<llvm::SmallVector<mlir::Value>(StepBuilder &builder, mlir::Value bit, mlir::ValueRange carried)>;

/// Visits the bits of a word that are set, lowest first.
llvm::SmallVector<mlir::Value> forEachBit(StepBuilder &builder, mlir::Value word, mlir::ValueRange carried,
                                          BitBody body);

/// A flat tensor of spikes of 0 or 1, a byte each, as a set of bits.
mlir::Value packSpikes(StepBuilder &builder, mlir::Value flat);

/// What is done for one spike: `index` is its place.
using SpikeBody = llvm::function_ref<llvm::SmallVector<mlir::Value>(StepBuilder &builder, mlir::Value index,
                                                                    mlir::ValueRange carried)>;

/// Visits the spikes of a set from `base` on, `count` of them as for readBits, lowest first.
llvm::SmallVector<mlir::Value> forEachSpike(StepBuilder &builder, mlir::Value bits, mlir::Value base, int64_t count,
                                            mlir::ValueRange carried, SpikeBody body);

/// The constant that a weight operand of a synapse is.
llvm::SmallVector<double> getWeightValues(mlir::Value weights);

/// How a synapse treats its input.
struct SynapseKernel {
  bool isEvent;    ///< Visits the elements that are not zero, rather than all.
  double activity; ///< The fraction of elements that are expected not to be zero.
};

/// The kernel of a synapse: what `lle.synapse` says (`lle-choose-synapses` does, for the target); else the cheaper one,
/// by the costs of x86-64-v4, for the fraction that `lle.activity` gives. Where nothing was measured, an input that is
/// taken to be sparse is visited by its events. An input that is not taken to be sparse is visited in full.
SynapseKernel chooseKernel(mlir::Operation *synapse, const StepSignal &input, const VectorShape &machine);

/// Whether a synapse that is lowered here takes its spikes one by one: what `chooseKernel` says of spikes.
bool isEventKernel(mlir::Operation *synapse, const VectorShape &machine);

/// Whether an operation takes a flattened feature map, of which most elements are zero if `isSparse`, as it is stored:
/// fully connected synapses that visit elements channel by channel.
bool readsStoredOrder(mlir::Operation *synapse, bool isSparse, const VectorShape &machine);

/// Channels `first` to `first + length`.
struct ChannelRun {
  int64_t first, length;
};
/// All channels of a pixel in runs of a power of two, which LLVM takes apart into whole registers. The last one reaches
/// back into the one before: it gives some results twice. One run on microcontrollers.
llvm::SmallVector<ChannelRun> cutChannels(int64_t channels, const VectorShape &machine);

/// True if the logical element type is that of a binary spike.
bool isBinarySpike(mlir::Value logical);

void attachLinearLowerings(mlir::MLIRContext *context);
void attachConvolutionLowerings(mlir::MLIRContext *context);
void attachPoolingLowerings(mlir::MLIRContext *context);
/// Activations, concatenation, slices and transposition.
void attachSignalLowerings(mlir::MLIRContext *context);

} // namespace lle

#endif
