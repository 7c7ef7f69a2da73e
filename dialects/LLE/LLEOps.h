//===- LLEOps.h - networks, time and linear synapses ------------*- C++ -*-===//
#ifndef LLE_DIALECTS_LLE_LLEOPS_H
#define LLE_DIALECTS_LLE_LLEOPS_H

#include "dialects/LLE/LLEInterfaces.h"

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/RegionKindInterface.h"
#include "mlir/Interfaces/CallInterfaces.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "dialects/LLE/LLEDialect.h.inc"
#include "dialects/LLE/LLEEnums.h.inc"

#define GET_ATTRDEF_CLASSES
#include "dialects/LLE/LLEAttrs.h.inc"

#define GET_OP_CLASSES
#include "dialects/LLE/LLEOps.h.inc"

namespace lle {

/// Zeros put before and after one spatial dimension.
struct Padding {
  int64_t before, after;
};

/// The padding of spatial dimension `dim` of a convolution whose padding attribute is explicit, "same" or "valid".
Padding getPadding(mlir::Attribute padding, unsigned dim, int64_t kernel, int64_t dilation);

/// Length of a dimension after a window has moved over it.
int64_t getWindowedLength(int64_t length, Padding padding, int64_t kernel, int64_t stride, int64_t dilation);

} // namespace lle

#endif
