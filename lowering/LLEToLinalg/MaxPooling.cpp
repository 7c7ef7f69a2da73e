//===- MaxPooling.cpp - largest elements of windows -----------------------===//
#include "dialects/LLE/Layers.h"
#include "lowering/LLEToLinalg/Layers.h"
#include "lowering/LLEToLinalg/Synapses.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace lle;

/// What any element is at least as large as.
static Value getLeast(StepBuilder &b, VectorType type) {
  Type element = type.getElementType();
  Attribute least;
  if (auto floats = dyn_cast<FloatType>(element))
    least = FloatAttr::get(element, APFloat::getInf(floats.getFloatSemantics(), /*Negative=*/true));
  else
    least = IntegerAttr::get(element, APInt::getSignedMinValue(element.getIntOrFloatBitWidth()));
  return arith::ConstantOp::create(b, DenseElementsAttr::get(type, least));
}

static Value getLarger(StepBuilder &b, Value x, Value y) {
  if (isa<IntegerType>(getElementTypeOrSelf(x.getType())))
    return arith::MaxSIOp::create(b, x, y);
  Value less = arith::CmpFOp::create(b, arith::CmpFPredicate::OLT, x, y);
  return arith::SelectOp::create(b, less, y, x);
}

/// A loop over `first` to `end` that carries one value.
static Value fold(StepBuilder &b, Value first, Value end, Value initial,
                  function_ref<Value(StepBuilder &, Value index, Value carried)> body) {
  auto loop = scf::ForOp::create(b, first, end, b.index(1), initial);
  StepBuilder inner(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()), b.dt, b.machine);
  scf::YieldOp::create(inner, body(inner, loop.getInductionVar(), loop.getRegionIterArgs().front()));
  return loop.getResult(0);
}

namespace {
/// One spatial dimension.
struct Axis {
  int64_t input, output, kernel, stride, padding;

  /// The elements of the input under the window of output `position`: a range that is never empty.
  std::pair<Value, Value> getWindow(StepBuilder &b, Value position) const {
    Value start = arith::MulIOp::create(b, position, b.index(stride));
    if (padding == 0)
      return {start, arith::AddIOp::create(b, start, b.index(kernel))};
    Value end = arith::AddIOp::create(b, start, b.index(kernel - padding));
    Value first = arith::SubIOp::create(b, start, b.index(padding));
    return {arith::MaxSIOp::create(b, first, b.index(0)), arith::MinSIOp::create(b, end, b.index(input))};
  }
};

/// Vectors over the channels, which are last.
struct MaxPoolModel : StepLoweringOpInterface::ExternalModel<MaxPoolModel, MaxPool2dOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value>,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &) const {
    auto pool = cast<MaxPool2dOp>(op);
    StepSignal map = b.toChannelsLast(inputs[0]);
    FeatureMap in = getFeatureMap(map);
    auto getAxis = [&](unsigned dim, int64_t length) {
      return Axis{length, pool.getType().getDimSize(dim + 1), pool.getKernel()[dim], pool.getStride()[dim],
                  pool.getPadding()[dim]};
    };
    Axis axisY = getAxis(0, in.height), axisX = getAxis(1, in.width);
    Type element = cast<RankedTensorType>(map.value.getType()).getElementType();
    auto imageType = MemRefType::get({axisY.output, axisX.output, in.channels}, element);
    Value image = memref::AllocOp::create(b, imageType, b.getI64IntegerAttr(64));

    auto loopY = scf::ForOp::create(b, b.index(0), b.index(axisY.output), b.index(1));
    StepBuilder inY(b.getLoc(), OpBuilder::atBlockBegin(loopY.getBody()), b.dt, b.machine);
    auto rows = axisY.getWindow(inY, loopY.getInductionVar());
    auto loopX = scf::ForOp::create(inY, inY.index(0), inY.index(axisX.output), inY.index(1));
    StepBuilder inX(b.getLoc(), OpBuilder::atBlockBegin(loopX.getBody()), b.dt, b.machine);
    auto columns = axisX.getWindow(inX, loopX.getInductionVar());
    for (ChannelRun run : cutChannels(in.channels, b.machine)) {
      auto pixelType = VectorType::get({run.length}, element);
      Value least = getLeast(inX, pixelType);
      Value largest = fold(inX, rows.first, rows.second, least, [&](StepBuilder &b, Value row, Value largest) {
        return fold(b, columns.first, columns.second, largest, [&](StepBuilder &b, Value column, Value largest) {
          Value pixel = vector::TransferReadOp::create(
              b, pixelType, map.value, ValueRange{row, column, b.index(run.first)}, std::nullopt, ArrayRef<bool>{true});
          return getLarger(b, largest, pixel);
        });
      });
      Value place[] = {loopY.getInductionVar(), loopX.getInductionVar(), inX.index(run.first)};
      vector::TransferWriteOp::create(inX, largest, image, place, ArrayRef<bool>{true});
    }
    Value result = bufferization::ToTensorOp::create(b, RankedTensorType::get(imageType.getShape(), element), image,
                                                     /*restrict=*/true, /*writable=*/true);
    results.push_back({result, /*channelsLast=*/true, inputs[0].sparse});
    return success();
  }
};
} // namespace

void lle::attachMaxPoolLowering(MLIRContext *context) { MaxPool2dOp::attachInterface<MaxPoolModel>(*context); }
