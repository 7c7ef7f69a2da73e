//===- SpkDialect.cpp - spiking neurons -----------------------------------===//
#include "dialects/Spk/Coding.h"
#include "dialects/Spk/FewSpike.h"
#include "dialects/Spk/FixedModels.h"
#include "dialects/Spk/Gated.h"
#include "dialects/Spk/Q15.h"
#include "dialects/Spk/SpkModels.h"

#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

#include "dialects/Spk/SpkDialect.cpp.inc"
#include "dialects/Spk/SpkEnums.cpp.inc"

#define GET_ATTRDEF_CLASSES
#include "dialects/Spk/SpkAttrs.cpp.inc"

#define GET_OP_CLASSES
#include "dialects/Spk/SpkOps.cpp.inc"

void lle::spk::SpkDialect::initialize() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "dialects/Spk/SpkAttrs.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "dialects/Spk/SpkOps.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "dialects/Spk/FixedPoint.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "dialects/Spk/Q15.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "dialects/Spk/Coding.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "dialects/Spk/SpkModelOps.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "dialects/Spk/FixedModels.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "dialects/Spk/FewSpike.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "dialects/Spk/Gated.cpp.inc"
      >();
}
