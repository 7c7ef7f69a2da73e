//===- LLEDialect.cpp - networks, time and linear synapses ----------------===//
#include "dialects/LLE/LLEOps.h"
#include "dialects/LLE/Layers.h"
#include "dialects/LLE/Quantization.h"

#include "mlir/Dialect/Quant/IR/Quant.h"
#include "mlir/Dialect/Quant/IR/QuantTypes.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

//===----------------------------------------------------------------------===//
// Custom directives of the assembly formats
//===----------------------------------------------------------------------===//

/// `value`, or `value as type` where the numbers mean something else than what they are stored as.
static ParseResult parseWeightValue(OpAsmParser &parser, ElementsAttr &value, Type &result) {
  if (parser.parseAttribute(value))
    return failure();
  if (succeeded(parser.parseOptionalKeyword("as")))
    return parser.parseType(result);
  result = value.getShapedType();
  return success();
}

static void printWeightValue(OpAsmPrinter &printer, Operation *, ElementsAttr value, Type result) {
  printer << value;
  if (result != value.getShapedType())
    printer << " as " << result;
}

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
  addOperations<
#define GET_OP_LIST
#include "dialects/LLE/Quantization.cpp.inc"
      >();
}
