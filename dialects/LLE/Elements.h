//===- Elements.h - the numbers of an attribute -----------------*- C++ -*-===//
#ifndef LLE_DIALECTS_LLE_ELEMENTS_H
#define LLE_DIALECTS_LLE_ELEMENTS_H

#include "mlir/IR/BuiltinAttributeInterfaces.h"

namespace lle {

/// The elements of an attribute as doubles: one for a splat.
llvm::SmallVector<double> getDoubles(mlir::ElementsAttr elements);

} // namespace lle

#endif
