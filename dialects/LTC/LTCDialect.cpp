//===- LTCDialect.cpp - liquid and other recurrent cells ------------------===//
#include "dialects/LTC/FixedCells.h"

#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

#include "dialects/LTC/LTCDialect.cpp.inc"
#include "dialects/LTC/LTCEnums.cpp.inc"

#define GET_ATTRDEF_CLASSES
#include "dialects/LTC/LTCAttrs.cpp.inc"

#define GET_OP_CLASSES
#include "dialects/LTC/LTCOps.cpp.inc"

void lle::ltc::LTCDialect::initialize() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "dialects/LTC/LTCAttrs.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "dialects/LTC/LTCOps.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "dialects/LTC/FixedCells.cpp.inc"
      >();
}
