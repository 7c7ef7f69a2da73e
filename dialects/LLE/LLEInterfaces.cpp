//===- LLEInterfaces.cpp - what passes ask of operations ------------------===//
#include "dialects/LLE/LLEInterfaces.h"

#include "mlir/Dialect/Quant/IR/QuantTypes.h"

using namespace mlir;

bool lle::isSpikeElement(Type elementType) { return isa<IntegerType>(elementType); }

Type lle::getKeptType(Type elementType) {
  if (auto quantized = dyn_cast<quant::QuantizedType>(elementType))
    return quantized.getStorageType();
  return elementType;
}

int64_t lle::getStorageBytes(RankedTensorType type) {
  unsigned bits = getKeptType(type.getElementType()).getIntOrFloatBitWidth();
  return type.getNumElements() * ((bits + 7) / 8);
}

#include "dialects/LLE/LLEInterfaces.cpp.inc"
