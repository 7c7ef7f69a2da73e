//===- FixedCells.cpp - native code of liquid cells in fixed point --------===//
#include "dialects/LTC/FixedCells.h"
#include "lowering/LLEToLinalg/Integers.h"
#include "lowering/LTCToLinalg/Cells.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace lle;
using namespace lle::ltc;

namespace {
struct FixedCfCGateModel : StepLoweringOpInterface::ExternalModel<FixedCfCGateModel, FixedCfCGateOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value>,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &) const {
    FixedMode mode = cast<FixedCfCGateOp>(op).getMode();
    SmallVector<Value> flat;
    for (const StepSignal &input : inputs)
      flat.push_back(b.flatten(b.toChannelsFirst(input).value));
    RankedTensorType stored = getStoredType(cast<RankedTensorType>(op->getResult(0).getType()), false);
    Value empty = tensor::EmptyOp::create(b, ArrayRef<int64_t>{stored.getNumElements()}, stored.getElementType());
    Value h =
        b.elementwise(flat, empty, [&](OpBuilder &builder, Location loc, ValueRange arguments) -> SmallVector<Value> {
           StepBuilder inner(loc, builder, b.dt, b.machine);
           auto read = [&](unsigned i) { return Integer{&inner, arguments[i]}.withWidth(32); };
           Integer f1 = read(0), f2 = read(1), t = read(2);
           Integer from = mode == FixedMode::gated ? f2 - f1 : f2;
           Integer part = (from * t + (1 << (kFractionBits - 1))) >> kFractionBits, sum = f1 + part;
           if (mode == FixedMode::no_gate)
             sum = (sum + 1) >> 1;
           return {clip(sum, 16).withWidth(16).value};
         }).front();
    results.push_back({b.unflatten(h, stored)});
    return success();
  }
};
} // namespace

void lle::attachFixedCellLowerings(MLIRContext *context) {
  attachFixedLTCCellLowering(context);
  FixedCfCGateOp::attachInterface<FixedCfCGateModel>(*context);
}
