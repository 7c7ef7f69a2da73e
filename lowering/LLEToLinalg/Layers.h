//===- Layers.h - code that layers share ------------------------*- C++ -*-===//
#ifndef LLE_LOWERING_LLETOLINALG_LAYERS_H
#define LLE_LOWERING_LLETOLINALG_LAYERS_H

#include "lowering/MaterializeState/StepLowering.h"

namespace lle {

/// Signals in one common layout, flat.
llvm::SmallVector<mlir::Value> alignSignals(StepBuilder &b, llvm::ArrayRef<StepSignal> signals, bool &channelsLast);

/// The magnitude that stored numbers of this type may have: of binary spikes 1, if `binary` says that they are.
double getLargest(mlir::Type stored, bool binary = false);

/// The type in which `terms` numbers of each of these stored types add up without overflow.
mlir::IntegerType getCountType(StepBuilder &b, mlir::TypeRange stored, double terms);

/// A stored integer, or a vector of them, as one of a wider type.
mlir::Value widen(StepBuilder &b, mlir::Value stored, mlir::IntegerType wide);
/// A wide integer as a stored one: clipped to the range of 8 or 16 bits, or its residue of 32.
mlir::Value narrow(StepBuilder &b, mlir::Value wide, mlir::IntegerType stored);

void attachFixedAffineLowering(mlir::MLIRContext *context);
void attachLayerLowerings(mlir::MLIRContext *context);
void attachMatMulLowering(mlir::MLIRContext *context);
void attachMaxPoolLowering(mlir::MLIRContext *context);
void attachQuantizationLowerings(mlir::MLIRContext *context);

} // namespace lle

#endif
