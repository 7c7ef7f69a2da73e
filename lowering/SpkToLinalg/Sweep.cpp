//===- Sweep.cpp - code that runs over a population ------------------------===//
#include "lowering/SpkToLinalg/Sweep.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

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

/// The image that a flat tensor is made of if its rows do not lie together, as inside a border. A flat copy would cost
/// as much as the sweep itself.
static Value getImageWithGaps(Value flat) {
  auto collapse = flat.getDefiningOp<tensor::CollapseShapeOp>();
  if (!collapse || collapse.getSrcType().getRank() != 3)
    return {};
  auto tensor = collapse.getSrc().getDefiningOp<bufferization::ToTensorOp>();
  auto type = tensor ? dyn_cast<MemRefType>(tensor.getBuffer().getType()) : MemRefType();
  return type && !type.getLayout().isIdentity() ? collapse.getSrc() : Value();
}

/// Part `row` of a flat tensor of equal rows.
static Value getRow(StepBuilder &b, Value flat, Value row, int64_t length) {
  Value start = arith::MulIOp::create(b, row, b.index(length));
  return tensor::ExtractSliceOp::create(b, flat, ArrayRef<OpFoldResult>{start},
                                        ArrayRef<OpFoldResult>{b.getIndexAttr(length)},
                                        ArrayRef<OpFoldResult>{b.getIndexAttr(1)});
}

static Value getImageRow(StepBuilder &b, Value image, Value row) {
  ArrayRef<int64_t> shape = cast<RankedTensorType>(image.getType()).getShape();
  auto type = RankedTensorType::get(shape.drop_front(), getElementTypeOrSelf(image.getType()));
  SmallVector<OpFoldResult> offsets{row, b.getIndexAttr(0), b.getIndexAttr(0)}, strides(3, b.getIndexAttr(1));
  SmallVector<OpFoldResult> sizes{b.getIndexAttr(1), b.getIndexAttr(shape[1]), b.getIndexAttr(shape[2])};
  return b.flatten(tensor::ExtractSliceOp::create(b, type, image, offsets, sizes, strides));
}

SmallVector<Value> Sweep::buildRows(ArrayRef<Value> inputTensors, ValueRange outputTensors, int64_t rows, Body body) {
  int64_t length = count / rows;
  auto loop = scf::ForOp::create(outer, outer.index(0), outer.index(rows), outer.index(1), outputTensors);
  StepBuilder inner(outer.getLoc(), OpBuilder::atBlockBegin(loop.getBody()), outer.dt, outer.machine);
  Value row = loop.getInductionVar();
  SmallVector<Value> inputRows, outputRows;
  for (Value tensor : inputTensors) {
    Value image = getImageWithGaps(tensor);
    inputRows.push_back(image ? getImageRow(inner, image, row) : getRow(inner, tensor, row, length));
  }
  for (Value tensor : loop.getRegionIterArgs())
    outputRows.push_back(getRow(inner, tensor, row, length));
  SmallVector<Value> next;
  Value start = arith::MulIOp::create(inner, row, inner.index(length));
  for (auto [result, whole] :
       llvm::zip_equal(buildGeneric(inner, inputRows, outputRows, body), loop.getRegionIterArgs()))
    next.push_back(tensor::InsertSliceOp::create(inner, result, whole, ArrayRef<OpFoldResult>{start},
                                                 ArrayRef<OpFoldResult>{inner.getIndexAttr(length)},
                                                 ArrayRef<OpFoldResult>{inner.getIndexAttr(1)}));
  scf::YieldOp::create(inner, next);
  return SmallVector<Value>(loop.getResults());
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
  for (Value tensor : inputTensors)
    if (Value image = getImageWithGaps(tensor))
      return buildRows(all, outputTensors, cast<RankedTensorType>(image.getType()).getDimSize(0), body);
  return buildGeneric(outer, all, outputTensors, body);
}

SmallVector<Value> Sweep::buildGeneric(StepBuilder &where, ArrayRef<Value> all, ValueRange outputTensors, Body body) {
  size_t numInputs = all.size() - tables.size();
  return where.elementwise(all, outputTensors, [&](OpBuilder &builder, Location loc, ValueRange arguments) {
    StepBuilder real(loc, builder, outer.dt, outer.machine);
    b = &real;
    inputs.assign(arguments.begin(), arguments.begin() + numInputs);
    tableElements.assign(arguments.begin() + numInputs, arguments.begin() + all.size());
    outputs.assign(arguments.begin() + all.size(), arguments.end());
    nextTable = 0;
    return body(*this);
  });
}
