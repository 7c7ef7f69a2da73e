//===- SpkModels.h - references of the second tier --------------*- C++ -*-===//
#ifndef LLE_REFERENCE_SPKMODELS_H
#define LLE_REFERENCE_SPKMODELS_H

namespace mlir {
class MLIRContext;
}

namespace lle::spk {

void attachAdaptiveReferences(mlir::MLIRContext &context);
void attachFewSpikeReferences(mlir::MLIRContext &context);
void attachFixedModelReferences(mlir::MLIRContext &context);
void attachGatedReferences(mlir::MLIRContext &context);
void attachGradedReferences(mlir::MLIRContext &context);
void attachOdeReference(mlir::MLIRContext &context);
void attachResonatorReferences(mlir::MLIRContext &context);

} // namespace lle::spk

#endif
