//===- FewSpike.cpp - neurons of few spikes -------------------------------===//
#include "dialects/Spk/FewSpike.h"
#include "dialects/LLE/Cost.h"
#include "dialects/Spk/Population.h"

using namespace mlir;
using namespace lle;
using namespace lle::spk;

#define GET_OP_CLASSES
#include "dialects/Spk/FewSpike.cpp.inc"

/// C2: three lists of one length.
template <typename FewSpike>
static LogicalResult verifyCode(FewSpike op) {
  std::pair<StringRef, ElementsAttr> lists[] = {
      {"v_threshold", op.getVThreshold()}, {"decrement", op.getDecrement()}, {"amplitude", op.getAmplitude()}};
  ShapedType first = op.getVThreshold().getShapedType();
  for (auto [name, elements] : lists) {
    if (failed(verifyNumbers(op, name, elements)))
      return failure();
    ShapedType type = elements.getShapedType();
    if (type.getRank() != 1 || type.getNumElements() == 0)
      return op.emitOpError("[C2] ") << name << " must have one dimension, got " << type;
    if (type.getShape() != first.getShape())
      return op.emitOpError("[C2] ") << name << " has " << type.getNumElements() << " steps, but v_threshold "
                                     << first.getNumElements();
  }
  return success();
}

static int64_t getSteps(ElementsAttr list) { return list.getNumElements(); }

//===----------------------------------------------------------------------===//
// spk.few_spike
//===----------------------------------------------------------------------===//

LogicalResult FewSpikeOp::verify() { return verifyCode(*this); }
SmallVector<NamedAttribute> FewSpikeOp::getParameters() { return collectParameters(*this); }

/// A comparison and two sums for each internal step; the lists are no traffic.
OpCost FewSpikeOp::getCost(double) {
  OpCost cost = getTrafficCost(*this);
  cost.macs = 2.0 * double(getType().getNumElements()) * double(getSteps(getVThreshold()));
  return cost;
}

//===----------------------------------------------------------------------===//
// spk.few_spike_coder
//===----------------------------------------------------------------------===//

LogicalResult FewSpikeCoderOp::verify() { return verifyCode(*this); }
SmallVector<NamedAttribute> FewSpikeCoderOp::getParameters() { return collectParameters(*this); }

SmallVector<StateDescriptor> FewSpikeCoderOp::getStates() {
  RankedTensorType type = getInput().getType();
  auto phase = RankedTensorType::get({1}, IntegerType::get(getContext(), 32, IntegerType::Signed));
  Builder builder(getContext());
  ElementsAttr start = DenseElementsAttr::get(phase.clone(builder.getI32Type()), builder.getI32IntegerAttr(0));
  return {{"v", type, getZeros(type)}, {"sum", type, getZeros(type)}, {"phase", phase, start}};
}

OpCost FewSpikeCoderOp::getCost(double) {
  OpCost cost = getTrafficCost(*this);
  double neurons = double(getType().getNumElements()), bytes = double(getStorageBytes(getType()));
  cost.macs = 2 * neurons;
  cost.stateUpdates = 2 * neurons;
  cost.bytesRead += 2 * bytes;
  cost.bytesWritten += 2 * bytes;
  return cost;
}
