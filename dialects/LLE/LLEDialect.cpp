//===- LLEDialect.cpp - networks, time and linear synapses ----------------===//
#include "dialects/LLE/LLEOps.h"
#include "dialects/LLE/Layers.h"

#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

#include "dialects/LLE/LLEDialect.cpp.inc"
#include "dialects/LLE/LLEEnums.cpp.inc"

#define GET_ATTRDEF_CLASSES
#include "dialects/LLE/LLEAttrs.cpp.inc"

#define GET_OP_CLASSES
#include "dialects/LLE/LLEOps.cpp.inc"

void lle::LLEDialect::initialize() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "dialects/LLE/LLEAttrs.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "dialects/LLE/LLEOps.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "dialects/LLE/Layers.cpp.inc"
      >();
}
