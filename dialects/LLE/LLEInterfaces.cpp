//===- LLEInterfaces.cpp - what passes ask of operations ------------------===//
#include "dialects/LLE/LLEInterfaces.h"

using namespace mlir;

bool lle::isSpikeElement(Type elementType) { return isa<IntegerType>(elementType); }

int64_t lle::getStorageBytes(RankedTensorType type) {
  unsigned bits = type.getElementTypeBitWidth();
  return type.getNumElements() * ((bits + 7) / 8);
}

#include "dialects/LLE/LLEInterfaces.cpp.inc"
