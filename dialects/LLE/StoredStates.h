//===- StoredStates.h - states that are stored in few bits ------*- C++ -*-===//
#ifndef LLE_DIALECTS_LLE_STOREDSTATES_H
#define LLE_DIALECTS_LLE_STOREDSTATES_H

#include "dialects/LLE/LLEInterfaces.h"

#include "mlir/Dialect/Quant/IR/QuantTypes.h"

namespace lle {

/// On an operation with state: of some of its real states the type in which they are stored between steps, such as
/// `{v = !quant.uniform<i8:f32, 7.8125e-03:-128>}`. A step computes with `x = scale (q - zero)`, and stores
/// `q = clip(round(x / scale) + zero)`: the product of x and `1 / scale`, rounded half to even, clipped to the range of
/// the storage type; a NaN gives the smallest number. `1 / scale` and scale are rounded once to the type of the state.
/// So the result of a step is that of the state before it was rounded. Initial values are rounded in the same way, in
/// f64.
inline constexpr llvm::StringLiteral kStateTypesAttr = "lle.state_types";

/// The states of an operation, with quantised element types where they are stored so.
llvm::SmallVector<StateDescriptor> getStoredStates(StatefulOpInterface op);

/// Null where a state is stored as it is computed.
mlir::quant::UniformQuantizedType getQuantized(const StateDescriptor &stored);

/// What memory holds: of a quantised state signed integers.
mlir::RankedTensorType getMemoryType(const StateDescriptor &stored);

/// The attribute names states of the operation that hold floats and start from numbers (a NaN says that there is none
/// yet), and gives each a type of i8 or i16 with one scale. No attribute is fine.
llvm::LogicalResult verifyStateTypes(mlir::Operation *op);

} // namespace lle

#endif
