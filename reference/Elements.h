//===- Elements.h - attributes as numbers -----------------------*- C++ -*-===//
#ifndef LLE_REFERENCE_ELEMENTS_H
#define LLE_REFERENCE_ELEMENTS_H

#include "mlir/IR/BuiltinAttributeInterfaces.h"

#include <vector>

namespace lle {

/// The elements in row-major order, a splat expanded. Floats and integers of up to 64 bits, dense
/// or of a resource, are converted; an i1 is 0 or 1.
std::vector<double> readElements(mlir::ElementsAttr elements);

/// The same for elements that are integers.
std::vector<int64_t> readIntegers(mlir::ElementsAttr elements);

} // namespace lle

#endif
