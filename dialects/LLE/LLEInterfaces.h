//===- LLEInterfaces.h - what passes ask of operations ----------*- C++ -*-===//
#ifndef LLE_DIALECTS_LLE_LLEINTERFACES_H
#define LLE_DIALECTS_LLE_LLEINTERFACES_H

#include "mlir/IR/BuiltinAttributeInterfaces.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/OpDefinition.h"

namespace lle {

/// Something an operation remembers from one step to the next.
struct StateDescriptor {
  llvm::StringRef name;        ///< `v`, `i`, ...: unique within the operation.
  mlir::RankedTensorType type; ///< Logical shape and element type.
  mlir::ElementsAttr initial;  ///< Value before the first step, of the shape of `type`; any number type.
};

/// Work of one operation in one time step.
struct OpCost {
  double macs = 0;           ///< Multiply-accumulates of a dense evaluation.
  double synapticOps = 0;    ///< Accumulates caused by inputs that are not zero.
  double stateUpdates = 0;   ///< State elements updated.
  double transcendental = 0; ///< Calls of exp, tanh and the like.
  double bytesRead = 0;      ///< Weights, parameters, states and inputs read.
  double bytesWritten = 0;   ///< States and results written.
};

/// Bytes that a value of this type takes in memory; spikes take one each.
int64_t getStorageBytes(mlir::RankedTensorType type);

/// The type of which elements are kept: the storage type of a quantised one, else the type itself.
mlir::Type getKeptType(mlir::Type elementType);

/// True for i1, si8, si16, si32: spikes, spike counts and integer sums.
bool isSpikeElement(mlir::Type elementType);

} // namespace lle

#include "dialects/LLE/LLEInterfaces.h.inc"

#endif
