//===- FixedPoint.cpp - neurons in fixed-point arithmetic -----------------===//
#include "dialects/Spk/FixedPoint.h"
#include "dialects/LLE/Cost.h"
#include "dialects/LLE/TensorTypes.h"
#include "dialects/Spk/Population.h"

using namespace mlir;
using namespace lle;
using namespace lle::spk;

#include "dialects/Spk/FixedPointEnums.cpp.inc"

//===----------------------------------------------------------------------===//
// Verification
//===----------------------------------------------------------------------===//

LogicalResult spk::verifyFixedParameter(Operation *op, StringRef constraint, StringRef name, ElementsAttr elements,
                                        int64_t smallest, int64_t largest) {
  ShapedType type = elements.getShapedType();
  if (!isa<DenseElementsAttr>(elements) || !type.getElementType().isSignlessInteger() ||
      type.getElementTypeBitWidth() > 64 || type.getShape() != getTensorType(op->getOperand(0)).getShape())
    return op->emitOpError() << "[" << constraint << "] " << name << " must be dense integers of the shape of "
                             << op->getOperand(0).getType() << ", got " << type;
  for (const APInt &value : elements.getValues<APInt>())
    if (value.getSExtValue() < smallest || value.getSExtValue() > largest)
      return op->emitOpError() << "[" << constraint << "] " << name << " must be " << smallest << " to " << largest
                               << ", got " << value.getSExtValue();
  return success();
}

std::optional<int64_t> spk::getLoihiBias(int64_t mantissa, int64_t exponent) {
  int64_t bias = exponent >= 0 ? mantissa * (int64_t(1) << exponent) : mantissa >> -exponent;
  if (bias <= -loihi::kStateLimit || bias >= loihi::kStateLimit)
    return std::nullopt;
  return bias;
}

template <typename FixedOp>
static LogicalResult verifyCuba(FixedOp op) {
  if (getTensorType(op.getInput()).getShape() != cast<ShapedType>(op.getType()).getShape())
    return op.emitOpError("[C1] input has type ") << op.getInput().getType() << ", but the result " << op.getType();
  int64_t one = int64_t(1) << loihi::kDecayBits;
  if (failed(verifyFixedParameter(op, "C2", "du", op.getDuAttr(), -1, one - 1)) ||
      failed(verifyFixedParameter(op, "C2", "dv", op.getDvAttr(), 0, one)))
    return failure();
  ElementsAttr mantissa = op.getBiasMantAttr(), exponent = op.getBiasExpAttr();
  if (!mantissa != !exponent)
    return op.emitOpError("[C3] bias_mant and bias_exp come together");
  if (mantissa) {
    if (failed(verifyFixedParameter(op, "C3", "bias_exp", exponent, -16, 16)) ||
        failed(verifyFixedParameter(op, "C3", "bias_mant", mantissa, INT32_MIN, INT32_MAX)))
      return failure();
    for (auto [m, e] : llvm::zip(mantissa.template getValues<APInt>(), exponent.template getValues<APInt>()))
      if (!getLoihiBias(m.getSExtValue(), e.getSExtValue()))
        return op.emitOpError("[C3] a bias of ")
               << m.getSExtValue() << " with exponent " << e.getSExtValue() << " does not fit 24 bits";
  }
  IntegerAttr interval = op.getResetIntervalAttr(), offset = op.getResetOffsetAttr();
  if (!interval != !offset)
    return op.emitOpError("[C4] reset_interval and reset_offset come together");
  if (interval && (interval.getInt() > INT32_MAX || offset.getInt() < 0 || offset.getInt() >= interval.getInt()))
    return op.emitOpError("[C4] reset_offset must be 0 to reset_interval - 1, got ")
           << offset.getInt() << " in " << interval.getInt();
  if (IntegerAttr exponent = op.getWeightExpAttr(); exponent && (exponent.getInt() < 0 || exponent.getInt() > 7))
    return op.emitOpError("[C5] weight_exp must be 0 to 7, got ") << exponent.getInt();
  return success();
}

//===----------------------------------------------------------------------===//
// Interfaces
//===----------------------------------------------------------------------===//

template <typename FixedOp>
static SmallVector<StateDescriptor> getCubaStates(FixedOp op) {
  RankedTensorType type = getTensorType(op.getInput());
  Builder builder(op.getContext());
  auto zeros = [&](RankedTensorType state) -> ElementsAttr {
    return DenseElementsAttr::get(state.clone(builder.getI32Type()), builder.getI32IntegerAttr(0));
  };
  SmallVector<StateDescriptor> states{{"u", type, zeros(type)}, {"v", type, zeros(type)}};
  if (op.getResetIntervalAttr()) {
    auto phase = RankedTensorType::get({1}, type.getElementType());
    states.push_back({"phase", phase, zeros(phase)});
  }
  return states;
}

/// Two states of 32 bits are read and written; a parameter that is uniform is no traffic.
static OpCost getCubaCost(Operation *op) {
  OpCost cost = getTrafficCost(op);
  double neurons = double(getTensorType(op->getOperand(0)).getNumElements());
  cost.stateUpdates = 2 * neurons;
  cost.macs = 2 * neurons;
  cost.bytesRead += 2 * 4 * neurons;
  cost.bytesWritten += 2 * 4 * neurons;
  for (NamedAttribute parameter : collectParameters(op))
    if (!cast<ElementsAttr>(parameter.getValue()).isSplat())
      cost.bytesRead += 4 * neurons;
  return cost;
}

//===----------------------------------------------------------------------===//
// spk.fixed_cuba_lif, spk.fixed_cuba_li
//===----------------------------------------------------------------------===//

LogicalResult FixedCubaLIFOp::verify() {
  if (failed(verifyCuba(*this)))
    return failure();
  return verifyFixedParameter(*this, "C2", "v_threshold", getVThreshold(), 0, loihi::kLargestThreshold);
}
SmallVector<StateDescriptor> FixedCubaLIFOp::getStates() { return getCubaStates(*this); }
bool FixedCubaLIFOp::isCombinational(unsigned, unsigned) { return true; }
bool FixedCubaLIFOp::emitsSpikes() { return true; }
ElementsAttr FixedCubaLIFOp::getFiringThreshold() { return getVThreshold(); }
bool FixedCubaLIFOp::isDiscrete() { return true; }
SmallVector<NamedAttribute> FixedCubaLIFOp::getParameters() { return collectParameters(*this); }
OpCost FixedCubaLIFOp::getCost(double) { return getCubaCost(*this); }

LogicalResult FixedCubaLIOp::verify() { return verifyCuba(*this); }
SmallVector<StateDescriptor> FixedCubaLIOp::getStates() { return getCubaStates(*this); }
bool FixedCubaLIOp::isCombinational(unsigned, unsigned) { return true; }
bool FixedCubaLIOp::emitsSpikes() { return false; }
ElementsAttr FixedCubaLIOp::getFiringThreshold() { return {}; }
bool FixedCubaLIOp::isDiscrete() { return true; }
SmallVector<NamedAttribute> FixedCubaLIOp::getParameters() { return collectParameters(*this); }
OpCost FixedCubaLIOp::getCost(double) { return getCubaCost(*this); }

#define GET_OP_CLASSES
#include "dialects/Spk/FixedPoint.cpp.inc"
