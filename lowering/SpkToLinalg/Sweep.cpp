//===- Sweep.cpp - code that runs over a population ------------------------===//
#include "lowering/SpkToLinalg/Sweep.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace lle;
using namespace lle::spk;

Number spk::operator+(Number x, Number y) { return {x.b, arith::AddFOp::create(*x.b, x.value, y.value)}; }
Number spk::operator-(Number x, Number y) { return {x.b, arith::SubFOp::create(*x.b, x.value, y.value)}; }
Number spk::operator*(Number x, Number y) { return {x.b, arith::MulFOp::create(*x.b, x.value, y.value)}; }
Number spk::operator/(Number x, Number y) { return {x.b, arith::DivFOp::create(*x.b, x.value, y.value)}; }
Number spk::max(Number x, Number y) { return {x.b, arith::MaximumFOp::create(*x.b, x.value, y.value)}; }
Number spk::select(Value condition, Number x, Number y) {
  return {x.b, arith::SelectOp::create(*x.b, condition, x.value, y.value)};
}

Number Sweep::operator()(const Parameter &parameter) {
  if (parameter.isUniform())
    return {b, b->floatConstant(element, parameter.getValues().front())};
  if (collecting) {
    SmallVector<double> values(parameter.getValues());
    if (channelsLast)
      values = permuteElements(values, shape, kChannelsLast);
    tables.push_back(outer.constantTensor(RankedTensorType::get({count}, element), values));
    return {b, b->floatConstant(element, 0)};
  }
  return {b, tableElements[nextTable++]};
}

SmallVector<Value> Sweep::build(ValueRange inputTensors, ValueRange outputTensors, Body body) {
  // First pass: into a block that is thrown away.
  {
    Block scratch;
    StepBuilder dry(outer.getLoc(), OpBuilder(outer.getContext()), outer.dt, outer.machine);
    dry.setInsertionPointToEnd(&scratch);
    b = &dry;
    collecting = true;
    for (Value tensor : inputTensors)
      inputs.push_back(scratch.addArgument(getElementTypeOrSelf(tensor.getType()), outer.getLoc()));
    for (Value tensor : outputTensors)
      outputs.push_back(scratch.addArgument(getElementTypeOrSelf(tensor.getType()), outer.getLoc()));
    body(*this);
    inputs.clear();
    outputs.clear();
    collecting = false;
  }
  SmallVector<Value> all(inputTensors);
  llvm::append_range(all, tables);
  return outer.elementwise(all, outputTensors, [&](OpBuilder &builder, Location loc, ValueRange arguments) {
    StepBuilder real(loc, builder, outer.dt, outer.machine);
    b = &real;
    inputs.assign(arguments.begin(), arguments.begin() + inputTensors.size());
    tableElements.assign(arguments.begin() + inputTensors.size(), arguments.begin() + all.size());
    outputs.assign(arguments.begin() + all.size(), arguments.end());
    nextTable = 0;
    return body(*this);
  });
}
