//===- Population.cpp - one sweep for a neuron model ----------------------===//
#include "lowering/SpkToLinalg/Population.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace lle;
using namespace lle::spk;

SmallVector<Value> spk::getSweepInputs(StepBuilder &b, StepSignal input, RankedTensorType type) {
  if (input.value)
    return {b.flatten(b.toChannelsLast(input).value)};
  return {b.constantTensor(RankedTensorType::get({type.getNumElements()}, type.getElementType()), 0.0)};
}

LogicalResult spk::lowerPopulation(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value> states,
                                   SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &newStates,
                                   NeuronBody body) {
  auto type = cast<RankedTensorType>(op->getOperand(0).getType());
  bool isMap = type.getRank() == 3;
  RankedTensorType stored = getStoredType(type, isMap);
  SmallVector<Value> currents;
  for (const StepSignal &input : inputs)
    llvm::append_range(currents, getSweepInputs(b, input, type));
  SmallVector<Value> outputs = llvm::map_to_vector(states, [&](Value state) { return b.flatten(state); });
  Sweep sweep(b, type, isMap);
  auto all = [&](Sweep &s) {
    States x, old;
    for (unsigned i = 0; i < currents.size(); ++i)
      x.push_back(s.input(i));
    for (unsigned i = 0; i < states.size(); ++i)
      old.push_back(s.state(i));
    Outcome outcome = body(s, x, old);
    SmallVector<Value> values = llvm::map_to_vector(outcome.states, [](Number n) { return n.value; });
    values.push_back(outcome.result);
    return values;
  };
  auto resultType = cast<RankedTensorType>(op->getResult(0).getType());
  for (Value value : sweep.buildSpiking(currents, outputs, resultType, all, results.emplace_back()))
    newStates.push_back(b.unflatten(value, stored));
  return success();
}

Value spk::isAbove(Sweep &s, Compare compare, Number x, Number threshold) {
  auto predicate = compare == Compare::gt ? arith::CmpFPredicate::OGT : arith::CmpFPredicate::OGE;
  return arith::CmpFOp::create(s.builder(), predicate, x.value, threshold.value);
}

Value spk::bothOf(Sweep &s, Value a, Value b) { return arith::AndIOp::create(s.builder(), a, b); }

Value spk::negate(Sweep &s, Value condition) {
  StepBuilder &b = s.builder();
  return arith::XOrIOp::create(b, condition, arith::ConstantOp::create(b, b.getBoolAttr(true)));
}

Value spk::toCount(Sweep &s, Number whole, unsigned bits) {
  // By way of 32 bits, to which vector units convert anyway.
  StepBuilder &b = s.builder();
  Value wide = arith::FPToSIOp::create(b, b.getI32Type(), whole.value);
  return bits == 32 ? wide : arith::TruncIOp::create(b, b.getIntegerType(bits), wide);
}

Number spk::min(Number x, Number y) { return {x.b, arith::MinimumFOp::create(*x.b, x.value, y.value)}; }
