//===- LLEDialect.cpp - networks, time and linear synapses ----------------===//
#include "dialects/LLE/LLEOps.h"

using namespace mlir;

#include "dialects/LLE/LLEDialect.cpp.inc"

#define GET_OP_CLASSES
#include "dialects/LLE/LLEOps.cpp.inc"

void lle::LLEDialect::initialize() {
  addOperations<
#define GET_OP_LIST
#include "dialects/LLE/LLEOps.cpp.inc"
      >();
}
