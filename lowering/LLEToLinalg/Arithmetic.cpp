//===- Arithmetic.cpp - what a synapse computes with ----------------------===//
#include "lowering/LLEToLinalg/Arithmetic.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Quant/IR/QuantTypes.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace lle;

SynapseArithmetic::SynapseArithmetic(Value weights, RankedTensorType result, const VectorShape &machine)
    : resultType(getStoredElementType(result.getElementType())) {
  Type weight = getElementTypeOrSelf(weights.getType());
  sumType = resultType;
  if (isa<IntegerType>(resultType)) {
    tableType = getStoredElementType(weight);
    return;
  }
  if (auto quantised = dyn_cast<quant::QuantizedType>(weight)) {
    tableType = IntegerType::get(weight.getContext(), quantised.getStorageTypeIntegralWidth());
    sumType = IntegerType::get(weight.getContext(), 32);
    if (auto perAxis = dyn_cast<quant::UniformQuantizedPerAxisType>(weight))
      scales.assign(perAxis.getScales().begin(), perAxis.getScales().end());
    else
      scales = {cast<quant::UniformQuantizedType>(weight).getScale()};
    return;
  }
  // A bf16 is the upper half of an f32, so that any target extends it by a shift. For f16 there is an instruction, or
  // else a function of a library, which generated code may not call.
  bool isShort = resultType.isF32() && (weight.isBF16() || (weight.isF16() && machine.hasAVX512()));
  tableType = isShort ? weight : resultType;
}

Value SynapseArithmetic::extend(StepBuilder &b, Value row) const {
  if (tableType == sumType)
    return row;
  Type type = sumType;
  if (auto vector = dyn_cast<VectorType>(row.getType()))
    type = vector.clone(sumType);
  if (isa<FloatType>(tableType))
    return arith::ExtFOp::create(b, type, row);
  return arith::ExtSIOp::create(b, type, row);
}

Value SynapseArithmetic::accumulate(StepBuilder &b, Value sum, Value element, bool isOne, Value row) const {
  if (!isInteger()) {
    if (!isOne) {
      Value factor = toNumber(b, element);
      if (auto vector = dyn_cast<VectorType>(row.getType()))
        factor = vector::BroadcastOp::create(b, vector, factor);
      row = arith::MulFOp::create(b, factor, row);
    }
    return arith::AddFOp::create(b, sum, row);
  }
  if (!isOne) {
    Value factor = toNumber(b, element);
    if (auto vector = dyn_cast<VectorType>(row.getType()))
      factor = vector::BroadcastOp::create(b, vector, factor);
    row = arith::MulIOp::create(b, factor, row);
  }
  return arith::AddIOp::create(b, sum, row);
}

Value SynapseArithmetic::toNumber(StepBuilder &b, Value element) const {
  if (!isInteger())
    return b.toFloat(element, sumType);
  return element.getType() == sumType ? element : arith::ExtSIOp::create(b, sumType, element).getResult();
}

Value SynapseArithmetic::convertElements(StepBuilder &b, Value flat) const {
  auto type = cast<RankedTensorType>(flat.getType());
  if (type.getElementType() == sumType)
    return flat;
  Value empty = tensor::EmptyOp::create(b, type.getShape(), sumType);
  return b
      .elementwise(flat, empty,
                   [&](OpBuilder &builder, Location loc, ValueRange arguments) {
                     StepBuilder body(loc, builder, b.dt, b.machine);
                     return SmallVector<Value>{toNumber(body, arguments.front())};
                   })
      .front();
}

Value SynapseArithmetic::finish(StepBuilder &b, Value sum, Value scale, Value bias) const {
  if (isQuantised())
    sum = arith::MulFOp::create(b, b.toFloat(sum, resultType), scale);
  return bias ? add(b, sum, bias) : sum;
}

Value SynapseArithmetic::add(StepBuilder &b, Value left, Value right) const {
  if (isa<IntegerType>(resultType))
    return arith::AddIOp::create(b, left, right);
  return arith::AddFOp::create(b, left, right);
}
