//===- Models.h - reference evaluations as external models ------*- C++ -*-===//
#ifndef LLE_REFERENCE_MODELS_H
#define LLE_REFERENCE_MODELS_H

#include "reference/Evaluation.h"
#include "reference/ReferenceOpInterface.h"

namespace lle {

/// Makes the evaluation of `Op` from its attributes and the length of a step.
template <typename Op, template <typename> class OpEvaluation>
struct ReferenceModel : ReferenceOpInterface::ExternalModel<ReferenceModel<Op, OpEvaluation>, Op> {
  std::unique_ptr<StepEvaluation<double>> getEvaluationF64(mlir::Operation *op, double dt) const {
    return std::make_unique<OpEvaluation<double>>(mlir::cast<Op>(op), dt);
  }
  std::unique_ptr<StepEvaluation<float>> getEvaluationF32(mlir::Operation *op, double dt) const {
    return std::make_unique<OpEvaluation<float>>(mlir::cast<Op>(op), dt);
  }
};

void attachLLEReferenceModels(mlir::MLIRContext &context);
void attachLTCReferenceModels(mlir::MLIRContext &context);
void attachSpkReferenceModels(mlir::MLIRContext &context);
void attachFixedPointReferenceModels(mlir::MLIRContext &context);
void attachQ15ReferenceModel(mlir::MLIRContext &context);
/// Parts of the models of a dialect that have a file of their own.
void attachLayerReferenceModels(mlir::MLIRContext &context);
void attachQuantizationReferenceModels(mlir::MLIRContext &context);
void attachFixedCellReferenceModels(mlir::MLIRContext &context);
void attachCodingReferenceModels(mlir::MLIRContext &context);

} // namespace lle

#endif
