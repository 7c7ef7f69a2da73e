//===- CheckDialect.cpp - executed tests of networks ----------------------===//
#include "dialects/Check/CheckOps.h"

#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace lle;
using namespace lle::check;

#include "dialects/Check/CheckDialect.cpp.inc"

#define GET_TYPEDEF_CLASSES
#include "dialects/Check/CheckTypes.cpp.inc"

#define GET_OP_CLASSES
#include "dialects/Check/CheckOps.cpp.inc"

void CheckDialect::initialize() {
  addTypes<
#define GET_TYPEDEF_LIST
#include "dialects/Check/CheckTypes.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "dialects/Check/CheckOps.cpp.inc"
      >();
}

LogicalResult InstantiateOp::verifySymbolUses(SymbolTableCollection &symbols) {
  if (!symbols.lookupNearestSymbolFrom<NetworkOp>(*this, getNetworkAttr()))
    return emitOpError("[C1] '") << getNetwork() << "' is not a network";
  return success();
}

LogicalResult StepOp::verifySymbolUses(SymbolTableCollection &symbols) {
  auto instance = getInstance().getDefiningOp<InstantiateOp>();
  if (!instance)
    return emitOpError("[C1] the instance must come from check.instantiate");
  auto network = symbols.lookupNearestSymbolFrom<NetworkOp>(instance, instance.getNetworkAttr());
  if (!network) // reported by check.instantiate
    return failure();
  if (getInputs().getTypes() != TypeRange(network.getArgumentTypes()) ||
      getOutputs().getTypes() != TypeRange(network.getResultTypes()))
    return emitOpError("[C1] expected ") << network.getFunctionType() << ", got "
                                         << FunctionType::get(getContext(), getInputs().getTypes(),
                                                              getOutputs().getTypes());
  return success();
}

LogicalResult ExpectCloseOp::verify() {
  if (double tolerance = getTolerance().convertToDouble(); !(tolerance >= 0))
    return emitOpError("[C2] tolerance must not be negative, got ") << tolerance;
  return success();
}
