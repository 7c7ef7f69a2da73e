//===- Window.cpp - pooling over windows ----------------------------------===//
#include "dialects/LLE/LLEOps.h"

using namespace mlir;
using namespace lle;

template <typename PoolOp>
static LogicalResult verifyPool(PoolOp op) {
  auto input = cast<RankedTensorType>(op.getInput().getType());
  RankedTensorType result = op.getType();
  ArrayRef<int64_t> kernel = op.getKernel(), stride = op.getStride(), padding = op.getPadding();
  if (input.getRank() != 3)
    return op.emitOpError("[C1] input must have rank 3 (channels, height, width), got ") << input;
  for (auto [name, values] : {std::pair("kernel", kernel), std::pair("stride", stride), std::pair("padding", padding)})
    if (values.size() != 2)
      return op.emitOpError("[C1] ") << name << " must be two numbers, got [" << values << "]";
  SmallVector<int64_t> shape{input.getDimSize(0)};
  for (unsigned dim = 0; dim < 2; ++dim) {
    if (kernel[dim] <= 0 || stride[dim] <= 0)
      return op.emitOpError("[C1] kernel and stride must be positive, got ") << kernel[dim] << " and " << stride[dim];
    if (padding[dim] < 0 || padding[dim] * 2 > kernel[dim])
      return op.emitOpError("[C1] padding ")
             << padding[dim] << " must be between 0 and half of the kernel " << kernel[dim];
    shape.push_back(
        getWindowedLength(input.getDimSize(dim + 1), {padding[dim], padding[dim]}, kernel[dim], stride[dim], 1));
  }
  if (llvm::is_contained(shape, 0) || result.getShape() != ArrayRef<int64_t>(shape))
    return op.emitOpError("[C2] result must have the shape ")
           << RankedTensorType::get(shape, result.getElementType()) << " and no empty dimension, got " << result;
  return success();
}

template <typename PoolOp>
static OpCost getPoolCost(PoolOp op, double activity) {
  OpCost cost;
  cost.macs = double(op.getType().getNumElements()) * double(op.getKernel()[0] * op.getKernel()[1]);
  cost.synapticOps = cost.macs * activity;
  cost.bytesRead = getStorageBytes(cast<RankedTensorType>(op.getInput().getType()));
  cost.bytesWritten = getStorageBytes(op.getType());
  return cost;
}

LogicalResult SumPool2dOp::verify() {
  if (failed(verifyPool(*this)))
    return failure();
  auto input = cast<RankedTensorType>(getInput().getType());
  if (isSpikeElement(getType().getElementType()) && !isSpikeElement(input.getElementType()))
    return emitOpError("[C3] a result of si32 needs an input of integers, got ") << input;
  return success();
}
OpCost SumPool2dOp::getCost(double activity) { return getPoolCost(*this, activity); }

LogicalResult AvgPool2dOp::verify() { return verifyPool(*this); }
OpCost AvgPool2dOp::getCost(double activity) { return getPoolCost(*this, activity); }
