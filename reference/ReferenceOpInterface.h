//===- ReferenceOpInterface.h - the definition, executed --------*- C++ -*-===//
#ifndef LLE_REFERENCE_REFERENCEOPINTERFACE_H
#define LLE_REFERENCE_REFERENCEOPINTERFACE_H

#include "mlir/IR/DialectRegistry.h"
#include "mlir/IR/OpDefinition.h"

#include <memory>

namespace lle {
template <typename T>
class StepEvaluation;

/// Gives every operation of the dialects lle, ltc and spk its reference evaluation.
void registerReferenceModels(mlir::DialectRegistry &registry);
} // namespace lle

#include "reference/ReferenceOpInterface.h.inc"

#endif
