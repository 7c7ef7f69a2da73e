//===- MakeElements.h - numbers as attributes -------------------*- C++ -*-===//
#ifndef LLE_TEST_FUZZ_MAKEELEMENTS_H
#define LLE_TEST_FUZZ_MAKEELEMENTS_H

#include "mlir/IR/BuiltinAttributeInterfaces.h"
#include "mlir/IR/BuiltinTypes.h"

namespace lle::fuzz {

/// Elements of any number type that a tensor may have, rounded to it; one element makes a splat.
mlir::ElementsAttr makeElements(mlir::RankedTensorType type, llvm::ArrayRef<double> values);

} // namespace lle::fuzz

#endif
