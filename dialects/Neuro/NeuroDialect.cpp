//===- NeuroDialect.cpp - networks on the cores of a chip -----------------===//
#include "dialects/LLE/LLEOps.h"
#include "dialects/Neuro/NeuroOps.h"

using namespace mlir;

//===----------------------------------------------------------------------===//
// Custom directives of the assembly formats
//===----------------------------------------------------------------------===//

/// A number without its type.
static ParseResult parseNumber(OpAsmParser &parser, IntegerAttr &value) {
  int64_t number;
  if (parser.parseInteger(number))
    return failure();
  value = parser.getBuilder().getI64IntegerAttr(number);
  return success();
}

static void printNumber(OpAsmPrinter &printer, Operation *, IntegerAttr value) { printer << value.getInt(); }

#include "dialects/Neuro/NeuroDialect.cpp.inc"
#include "dialects/Neuro/NeuroEnums.cpp.inc"

#define GET_OP_CLASSES
#include "dialects/Neuro/NeuroOps.cpp.inc"

void lle::neuro::NeuroDialect::initialize() {
  addOperations<
#define GET_OP_LIST
#include "dialects/Neuro/NeuroOps.cpp.inc"
      >();
}
