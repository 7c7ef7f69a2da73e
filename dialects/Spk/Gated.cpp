//===- Gated.cpp - gated leaky integrate-and-fire neurons -----------------===//
#include "dialects/Spk/Gated.h"
#include "dialects/Spk/Population.h"

using namespace mlir;
using namespace lle;
using namespace lle::spk;

#define GET_OP_CLASSES
#include "dialects/Spk/Gated.cpp.inc"

LogicalResult GLIFOp::verify() {
  auto result = cast<RankedTensorType>(getResult().getType());
  ArrayRef<int64_t> shape = result.getShape();
  if (getInput().getType().getShape() != shape)
    return emitOpError("[C1] input and result differ in shape: ") << getInput().getType() << " and " << result;
  for (NamedAttribute parameter : collectParameters(*this))
    if (parameter.getName() != getConductanceAttrName() &&
        failed(verifyParameter(*this, parameter.getName(), parameter.getValue(), shape)))
      return failure();
  if (failed(verifyNumbers(*this, "conductance", getConductance())))
    return failure();
  ArrayRef<int64_t> steps = getConductance().getShapedType().getShape();
  if (steps.empty() || steps.front() == 0 || (steps.size() > 1 && steps.drop_front() != shape))
    return emitOpError("[C2] conductance must have a dimension of steps, and perhaps the shape of the result, got ")
           << getConductance().getShapedType();
  for (auto [name, gate] :
       {std::pair("alpha", getAlpha()), std::pair("beta", getBeta()), std::pair("gamma", getGamma())})
    if (auto number = findOffender(gate, [](double value) { return value >= 0 && value <= 1; }))
      return emitOpError("[C3] ") << name << " must be from 0 to 1, got " << *number;
  if (!result.getElementType().isInteger(1))
    return emitOpError("[C5] result must be 'i1', got ") << result;
  return success();
}

SmallVector<NamedAttribute> GLIFOp::getParameters() { return collectParameters(*this); }

SmallVector<StateDescriptor> GLIFOp::getStates() {
  RankedTensorType type = getInput().getType();
  auto count = RankedTensorType::get({1}, IntegerType::get(getContext(), 32, IntegerType::Signed));
  Builder builder(getContext());
  ElementsAttr start = DenseElementsAttr::get(count.clone(builder.getI32Type()), builder.getI32IntegerAttr(0));
  return {{"v", type, getZeros(type)}, {"z", type, getZeros(type)}, {"t", count, start}};
}

OpCost GLIFOp::getCost(double) { return getSweepCost(*this, 2, 2); }
