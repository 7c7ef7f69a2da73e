//===- Pooling.cpp - sums and means over windows --------------------------===//
#include "lowering/LLEToLinalg/Synapses.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "llvm/ADT/bit.h"

#include <limits>

using namespace mlir;
using namespace lle;

SmallVector<ChannelRun> lle::cutChannels(int64_t channels, const VectorShape &machine) {
  if (machine.isMicrocontroller())
    return {{0, channels}};
  SmallVector<ChannelRun> runs;
  for (int64_t first = 0; first < channels;) {
    int64_t rest = channels - first;
    int64_t length = runs.empty() ? int64_t(llvm::bit_floor(uint64_t(rest))) : int64_t(llvm::bit_ceil(uint64_t(rest)));
    runs.push_back({std::min(first, channels - length), length});
    first = runs.back().first + length;
  }
  return runs;
}

/// The part of a window that lies inside the input: taps `first` to `end` of the kernel.
static std::pair<Value, Value> getWindow(StepBuilder &b, Value start, int64_t padding, int64_t kernel, int64_t length) {
  if (padding == 0)
    return {b.index(0), b.index(kernel)};
  Value first = arith::MaxSIOp::create(b, arith::SubIOp::create(b, b.index(padding), start), b.index(0));
  Value end = arith::MinSIOp::create(b, arith::SubIOp::create(b, b.index(length + padding), start), b.index(kernel));
  return {first, end};
}

/// Window sums as vectors over the channels; divided by `divisor` unless that is one.
template <typename PoolOp>
static StepSignal lowerPool(PoolOp op, StepBuilder &b, StepSignal input, int64_t divisor) {
  StepSignal map = b.toChannelsLast(input);
  FeatureMap in = getFeatureMap(map);
  ArrayRef<int64_t> kernel = op.getKernel(), stride = op.getStride(), padding = op.getPadding();
  int64_t height = op.getType().getDimSize(1), width = op.getType().getDimSize(2);
  Type element = getStoredElementType(op.getType().getElementType());
  Type pixelElement = cast<RankedTensorType>(map.value.getType()).getElementType();
  // The spikes of a small window are counted in bytes, and the count becomes a number once.
  bool isCount = isBinarySpike(op.getInput()) && kernel[0] * kernel[1] <= std::numeric_limits<int8_t>::max();

  auto imageType = MemRefType::get({height, width, in.channels}, element);
  Value image = memref::AllocOp::create(b, imageType, b.getI64IntegerAttr(64));
  auto loopY = scf::ForOp::create(b, b.index(0), b.index(height), b.index(1));
  StepBuilder inY(b.getLoc(), OpBuilder::atBlockBegin(loopY.getBody()), b.dt, b.machine);
  auto loopX = scf::ForOp::create(inY, inY.index(0), inY.index(width), inY.index(1));
  StepBuilder inX(b.getLoc(), OpBuilder::atBlockBegin(loopX.getBody()), b.dt, b.machine);
  Value y = arith::MulIOp::create(inX, loopY.getInductionVar(), inX.index(stride[0]));
  Value x = arith::MulIOp::create(inX, loopX.getInductionVar(), inX.index(stride[1]));
  auto windowY = getWindow(inX, y, padding[0], kernel[0], in.height);
  auto windowX = getWindow(inX, x, padding[1], kernel[1], in.width);

  auto taps = [&](StepBuilder &outer, Value first, Value end, Value sum,
                  function_ref<Value(StepBuilder &, Value tap, Value sum)> body) -> Value {
    auto loop = scf::ForOp::create(outer, first, end, outer.index(1), sum);
    StepBuilder inner(outer.getLoc(), OpBuilder::atBlockBegin(loop.getBody()), b.dt, b.machine);
    scf::YieldOp::create(inner, body(inner, loop.getInductionVar(), loop.getRegionIterArgs().front()));
    return loop.getResult(0);
  };
  auto place = [](StepBuilder &b, Value start, Value tap, int64_t padding) -> Value {
    return arith::SubIOp::create(b, arith::AddIOp::create(b, start, tap), b.index(padding));
  };
  for (ChannelRun run : cutChannels(in.channels, b.machine)) {
    auto resultType = VectorType::get({run.length}, element), pixelType = resultType.clone(pixelElement);
    VectorType sumType = isCount ? pixelType : resultType;
    Value sum = taps(inX, windowY.first, windowY.second, inX.zero(sumType), [&](StepBuilder &b, Value tapY, Value sum) {
      Value row = place(b, y, tapY, padding[0]);
      return taps(b, windowX.first, windowX.second, sum, [&](StepBuilder &b, Value tapX, Value sum) -> Value {
        Value column = place(b, x, tapX, padding[1]);
        Value pixel = vector::TransferReadOp::create(
            b, pixelType, map.value, ValueRange{row, column, b.index(run.first)}, std::nullopt, ArrayRef<bool>{true});
        if (isa<FloatType>(sumType.getElementType()))
          return arith::AddFOp::create(b, sum, b.toFloat(pixel, element));
        if (pixelType != sumType)
          pixel = arith::ExtSIOp::create(b, sumType, pixel);
        return arith::AddIOp::create(b, sum, pixel);
      });
    });
    if (sumType != resultType)
      sum = isa<FloatType>(element) ? inX.toFloat(sum, element)
                                    : arith::ExtSIOp::create(inX, resultType, sum).getResult();
    if (divisor != 1) {
      Value count = vector::BroadcastOp::create(inX, resultType, inX.floatConstant(element, divisor));
      sum = arith::DivFOp::create(inX, sum, count);
    }
    vector::TransferWriteOp::create(inX, sum, image,
                                    ValueRange{loopY.getInductionVar(), loopX.getInductionVar(), inX.index(run.first)},
                                    ArrayRef<bool>{true});
  }
  Value result = bufferization::ToTensorOp::create(b, RankedTensorType::get(imageType.getShape(), element), image,
                                                   /*restrict=*/true, /*writable=*/true);
  return {result, /*channelsLast=*/true, input.sparse};
}

namespace {
struct SumPoolModel : StepLoweringOpInterface::ExternalModel<SumPoolModel, SumPool2dOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value>,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &) const {
    results.push_back(lowerPool(cast<SumPool2dOp>(op), b, inputs[0], 1));
    return success();
  }
};

struct AvgPoolModel : StepLoweringOpInterface::ExternalModel<AvgPoolModel, AvgPool2dOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value>,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &) const {
    auto pool = cast<AvgPool2dOp>(op);
    results.push_back(lowerPool(pool, b, inputs[0], pool.getKernel()[0] * pool.getKernel()[1]));
    return success();
  }
};
} // namespace

void lle::attachPoolingLowerings(MLIRContext *context) {
  SumPool2dOp::attachInterface<SumPoolModel>(*context);
  AvgPool2dOp::attachInterface<AvgPoolModel>(*context);
}
