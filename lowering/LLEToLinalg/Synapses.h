//===- Synapses.h - code that synapses share --------------------*- C++ -*-===//
#ifndef LLE_LOWERING_LLETOLINALG_SYNAPSES_H
#define LLE_LOWERING_LLETOLINALG_SYNAPSES_H

#include "lowering/MaterializeState/StepLowering.h"

namespace lle {

/// What is done for one element that is not zero: `index` is its place, `element` its stored value, `carried` the
/// values carried from one element to the next. Returns the new carried values.
using ActiveElementBody = llvm::function_ref<llvm::SmallVector<mlir::Value>(
    StepBuilder &builder, mlir::Value index, mlir::Value element, mlir::ValueRange carried)>;

/// Visits the elements of a one-dimensional tensor in ascending order: those that are not zero if `skipZeros` is set
/// (a vector compare finds them, so that silence costs one test per register), else all.
llvm::SmallVector<mlir::Value> forEachElement(StepBuilder &builder, mlir::Value tensor, bool skipZeros,
                                              mlir::ValueRange carried, ActiveElementBody body);

/// The constant that a weight operand of a synapse is.
llvm::SmallVector<double> getWeightValues(mlir::Value weights);

/// True if the logical element type is that of a binary spike.
bool isBinarySpike(mlir::Value logical);

void attachLinearLowerings(mlir::MLIRContext *context);
void attachConvolutionLowerings(mlir::MLIRContext *context);
void attachPoolingLowerings(mlir::MLIRContext *context);
/// Activations, concatenation, slices and transposition.
void attachSignalLowerings(mlir::MLIRContext *context);

} // namespace lle

#endif
