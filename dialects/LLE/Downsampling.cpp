//===- Downsampling.cpp - steps that stand for several of a recording -----===//
#include "dialects/LLE/Downsampling.h"

using namespace mlir;
using namespace lle;

int64_t lle::getDownsampling(NetworkOp network) {
  auto factor = network->getAttrOfType<IntegerAttr>(kDownsampleAttr);
  return factor ? factor.getInt() : 1;
}

bool lle::isSummed(NetworkOp network, unsigned input) { return bool(network.getArgAttr(input, kDownsampleByAttr)); }

LogicalResult lle::verifyDownsampling(NetworkOp network) {
  if (Attribute factor = network->getAttr(kDownsampleAttr)) {
    auto number = dyn_cast<IntegerAttr>(factor);
    if (!number || !number.getType().isSignlessInteger(64) || number.getInt() < 2)
      return network.emitOpError("[C8] ") << kDownsampleAttr << " must be an i64 above 1, got " << factor;
  }
  for (unsigned index = 0, count = network.getNumArguments(); index < count; ++index) {
    Attribute by = network.getArgAttr(index, kDownsampleByAttr);
    auto name = dyn_cast_or_null<StringAttr>(by);
    if (by && (!name || name.getValue() != "sum"))
      return network.emitOpError("[C8] argument ")
             << index << " has " << kDownsampleByAttr << " = " << by << ", expected \"sum\"";
  }
  for (unsigned index = 0, count = network.getNumResults(); index < count; ++index)
    if (network.getResultAttr(index, kDownsampleByAttr))
      return network.emitOpError("[C8] result ") << index << " has " << kDownsampleByAttr << ", which is for arguments";
  return success();
}
