//===- SparseSynapses.cpp - synapses that are kept one by one -------------===//
#include "lowering/LLEToLinalg/SparseSynapses.h"
#include "lowering/LLEToLinalg/EventList.h"
#include "lowering/LLEToLinalg/Integers.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace lle;

std::optional<SparseRows> lle::chooseSparseRows(const VectorShape &machine, Operation *linear) {
  if (!sumsByEventList(machine))
    return std::nullopt;
  return findSparseRows(linear, machine.lanes == 1 ? kScalarRows : kVectorRows);
}

namespace {
class RowSums {
public:
  RowSums(StepBuilder &b, Value inputs, bool areSpikes, const SynapseArithmetic &arithmetic, const SparseRows &rows,
          int64_t outputs)
      : b(b), inputs(inputs), areSpikes(areSpikes), arithmetic(arithmetic), outputs(outputs),
        rows(makeTable(rows.rows)), firsts(makeTable(rows.firsts)), begins(makeTable(rows.begins)),
        offsets(makeTable(rows.offsets)) {
    weights =
        b.constantTensor(RankedTensorType::get({int64_t(rows.weights.size())}, arithmetic.tableType), rows.weights);
  }

  Value build(ArrayRef<double> biases);

private:
  StepBuilder &b;
  Value inputs;
  bool areSpikes;
  const SynapseArithmetic &arithmetic;
  int64_t outputs;
  Value rows, firsts, begins, offsets, weights; ///< Tables; `rows` and `firsts` may be null.

  Value makeTable(ArrayRef<int64_t> values) {
    return values.empty() ? Value() : integerTable(b, values, getTableBits(*llvm::max_element(values)));
  }
  static Value lookUpIndex(StepBuilder &b, Value table, Value place) {
    return arith::IndexCastUIOp::create(b, b.getIndexType(), tensor::ExtractOp::create(b, table, place));
  }
  Value addRow(StepBuilder &b, Value input, Value element, Value sums);
  Value addSpikes(Value sums);
  Value addNumbers(Value sums);
};
} // namespace

/// Adds what an input reaches. `element` is what is stored of it; null: it is one.
Value RowSums::addRow(StepBuilder &b, Value input, Value element, Value sums) {
  Value row = rows ? lookUpIndex(b, rows, input) : input, first = firsts ? lookUpIndex(b, firsts, input) : Value();
  Value begin = lookUpIndex(b, begins, row);
  Value end = lookUpIndex(b, begins, arith::AddIOp::create(b, row, b.index(1)));
  auto loop = scf::ForOp::create(b, begin, end, b.index(1), sums);
  StepBuilder inner(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()), b.dt, b.machine);
  Value place = loop.getInductionVar(), all = loop.getRegionIterArgs().front();
  Value output = lookUpIndex(inner, offsets, place);
  if (first)
    output = arith::AddIOp::create(inner, first, output);
  Value weight = arithmetic.extend(inner, tensor::ExtractOp::create(inner, weights, place));
  Value sum = arithmetic.accumulate(inner, tensor::ExtractOp::create(inner, all, output), element,
                                    /*isOne=*/!element, weight);
  scf::YieldOp::create(inner, tensor::InsertOp::create(inner, sum, all, output).getResult());
  return loop.getResult(0);
}

Value RowSums::addSpikes(Value sums) {
  int64_t length = cast<RankedTensorType>(inputs.getType()).getNumElements();
  Value storage = tensor::EmptyOp::create(b, ArrayRef<int64_t>{length}, b.getIntegerType(getTableBits(length - 1)));
  EventList events = listEvents(b, inputs, b.index(0), length, storage);
  auto loop = scf::ForOp::create(b, b.index(0), events.count, b.index(1), sums);
  StepBuilder inner(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()), b.dt, b.machine);
  Value input = lookUpIndex(inner, events.places, loop.getInductionVar());
  scf::YieldOp::create(inner, addRow(inner, input, Value(), loop.getRegionIterArgs().front()));
  return loop.getResult(0);
}

Value RowSums::addNumbers(Value sums) {
  auto type = cast<RankedTensorType>(inputs.getType());
  auto loop = scf::ForOp::create(b, b.index(0), b.index(type.getNumElements()), b.index(1), sums);
  StepBuilder inner(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()), b.dt, b.machine);
  Value input = loop.getInductionVar(), element = tensor::ExtractOp::create(inner, inputs, input);
  Value zero = inner.zero(type.getElementType());
  Value isActive = isa<FloatType>(type.getElementType())
                       ? arith::CmpFOp::create(inner, arith::CmpFPredicate::UNE, element, zero).getResult()
                       : arith::CmpIOp::create(inner, arith::CmpIPredicate::ne, element, zero).getResult();
  auto branch = scf::IfOp::create(
      inner, isActive,
      [&](OpBuilder &builder, Location loc) {
        StepBuilder active(loc, builder, b.dt, b.machine);
        scf::YieldOp::create(active, addRow(active, input, element, loop.getRegionIterArgs().front()));
      },
      [&](OpBuilder &builder, Location loc) { scf::YieldOp::create(builder, loc, loop.getRegionIterArgs()); });
  scf::YieldOp::create(inner, branch.getResults());
  return loop.getResult(0);
}

Value RowSums::build(ArrayRef<double> biases) {
  Value empty = tensor::EmptyOp::create(b, ArrayRef<int64_t>{outputs}, arithmetic.sumType);
  Value sums = linalg::FillOp::create(b, b.zero(arithmetic.sumType), empty).getResult(0);
  sums = areSpikes ? addSpikes(sums) : addNumbers(sums);
  if (biases.empty() && !arithmetic.isQuantised())
    return sums;
  auto resultType = RankedTensorType::get({outputs}, arithmetic.resultType);
  Value destination = tensor::EmptyOp::create(b, resultType.getShape(), arithmetic.resultType);
  SmallVector<Value> operands{sums};
  auto addTable = [&](ArrayRef<double> values) {
    operands.push_back(b.constantTensor(resultType, values.size() == 1 ? SmallVector<double>(outputs, values.front())
                                                                       : SmallVector<double>(values)));
  };
  if (arithmetic.isQuantised())
    addTable(arithmetic.getScales());
  if (!biases.empty())
    addTable(biases);
  return b
      .elementwise(operands, destination,
                   [&](OpBuilder &builder, Location loc, ValueRange arguments) {
                     StepBuilder body(loc, builder, b.dt, b.machine);
                     Value scale = arithmetic.isQuantised() ? arguments[1] : Value();
                     Value bias = biases.empty() ? Value() : arguments.drop_back().back();
                     return SmallVector<Value>{arithmetic.finish(body, arguments.front(), scale, bias)};
                   })
      .front();
}

Value lle::sumBySparseRows(StepBuilder &b, Value inputs, bool areSpikes, const SynapseArithmetic &arithmetic,
                           const SparseRows &rows, int64_t outputs, ArrayRef<double> biases) {
  return RowSums(b, inputs, areSpikes, arithmetic, rows, outputs).build(biases);
}
