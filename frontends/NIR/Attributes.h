//===- Attributes.h - datasets of NIR as attributes of MLIR -------------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//
#ifndef LLE_FRONTENDS_NIR_ATTRIBUTES_H
#define LLE_FRONTENDS_NIR_ATTRIBUTES_H

#include "frontends/NIR/Graph.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"

namespace lle::nir {

/// How a dataset is stored: a tensor type whose elements are signless for signed integers, unsigned
/// for unsigned ones, i1 for booleans. None for text.
mlir::Type getStorageType(const Array &array, mlir::MLIRContext *context);

/// The numbers of a parameter, brought to `shape`: the dataset has that shape, or is repeated along
/// leading dimensions. Integers become f64. Uniform ones become a splat.
mlir::DenseElementsAttr toElements(const Array &array, llvm::ArrayRef<int64_t> shape, mlir::MLIRContext *context);

/// The same for weights: integers stay (unsigned ones become signless ones of twice the width), and
/// large ones are held as a resource of that name.
mlir::ElementsAttr toWeights(const Array &array, llvm::ArrayRef<int64_t> shape, llvm::StringRef resource,
                             mlir::MLIRContext *context);

/// Any dataset, exactly.
mlir::Attribute toAttribute(const Array &array, mlir::MLIRContext *context);
mlir::DictionaryAttr toAttribute(const ArrayMap &arrays, mlir::MLIRContext *context);

/// The inverse of `toAttribute`, and of `toElements` and `toWeights` where their types are those of
/// the dataset. Nothing where NIR has no such values.
std::optional<Array> toArray(mlir::Attribute attribute);

/// The same numbers stored with that type and shape: in other elements if they hold all values, as
/// the part that repeats if it does. Nothing where that would lose something.
std::optional<Array> storeAs(const Array &array, mlir::RankedTensorType type);

} // namespace lle::nir

#endif // LLE_FRONTENDS_NIR_ATTRIBUTES_H
