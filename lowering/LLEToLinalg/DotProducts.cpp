//===- DotProducts.cpp - the loops of sums of products --------------------===//
#include "lowering/LLEToLinalg/DotProducts.h"
#include "lowering/LLEToLinalg/Integers.h"
#include "lowering/LoopHints.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace lle;

int64_t IntegerMatrix::getRowSum(int64_t output) const {
  int64_t sum = 0;
  for (int64_t weight : weights.slice(output * inputs, inputs))
    sum += weight;
  return sum;
}

namespace {
class IntegerProduct {
public:
  IntegerProduct(StepBuilder &b, const IntegerMatrix &matrix, const DotProductForm &form);
  Value build(Value input);

private:
  StepBuilder &b;
  const IntegerMatrix &matrix;
  const DotProductForm &form;
  int64_t turns, units, width; ///< Of the loop over inputs; in all, and in a panel.
  Value table, biases;

  void packTables();
  /// The sums of `count` units from `first` on, whose weights lie from `row` on.
  Value buildPanel(StepBuilder &b, Value input, Value first, Value row, int64_t count, Value sums);
};
} // namespace

static Value addOffset(StepBuilder &b, Value place, int64_t offset) {
  return offset == 0 ? place : Value(arith::AddIOp::create(b, place, b.index(offset)));
}

IntegerProduct::IntegerProduct(StepBuilder &b, const IntegerMatrix &matrix, const DotProductForm &form)
    : b(b), matrix(matrix), form(form), turns(llvm::divideCeil(matrix.inputs, form.inputs)),
      units(llvm::divideCeil(matrix.outputs, form.outputs)) {
  // Panels of about the same width: the last one would pay its loads of inputs for a few outputs.
  width = llvm::divideCeil(units, llvm::divideCeil(units, form.units));
  packTables();
}

void IntegerProduct::packTables() {
  int64_t chunk = form.outputs * form.inputs;
  SmallVector<int64_t> packed(units * turns * chunk, 0), starts(units * form.outputs, 0);
  for (int64_t unit = 0; unit < units; ++unit) {
    int64_t first = unit / width * width, count = std::min(width, units - first);
    for (int64_t output = 0; output < form.outputs; ++output) {
      int64_t row = unit * form.outputs + output;
      if (row >= matrix.outputs)
        continue;
      starts[row] = matrix.bias[row] - form.getExcess(matrix.getRowSum(row));
      for (int64_t turn = 0; turn < turns; ++turn)
        for (int64_t input = 0; input < form.inputs; ++input)
          packed[(first * turns + turn * count + (unit - first)) * chunk + form.getPlace(output, input)] =
              matrix.at(row, turn * form.inputs + input);
    }
  }
  table = integerTable(b, packed, matrix.weightBits);
  biases = integerTable(b, starts, 32); // of which the low bits count, as of sums
}

Value IntegerProduct::buildPanel(StepBuilder &b, Value input, Value first, Value row, int64_t count, Value sums) {
  int64_t chunk = form.outputs * form.inputs;
  auto place = [&](StepBuilder &b, int64_t unit) { return addOffset(b, first, unit * form.outputs); };
  auto readVector = [](StepBuilder &b, Value tensor, Value place, int64_t length) -> Value {
    auto type = VectorType::get({length}, cast<RankedTensorType>(tensor.getType()).getElementType());
    return vector::TransferReadOp::create(b, type, tensor, place, std::nullopt, ArrayRef<bool>{true});
  };
  SmallVector<Value> registers;
  for (int64_t unit = 0; unit < count; ++unit) {
    Value bias = form.outputs == 1 ? tensor::ExtractOp::create(b, biases, place(b, unit)).getResult()
                                   : readVector(b, biases, place(b, unit), form.outputs);
    llvm::append_range(registers, form.start(b, bias));
  }
  size_t each = registers.size() / count;
  auto takeTurn = [&](StepBuilder &b, Value turn, ValueRange carried) {
    SmallVector<Value> x = form.readInputs(b, input, turn), next;
    Value from = arith::AddIOp::create(b, row, arith::MulIOp::create(b, turn, b.index(count * chunk)));
    for (int64_t unit = 0; unit < count; ++unit) {
      Value place = addOffset(b, from, unit * chunk);
      Value weights =
          chunk == 1 ? tensor::ExtractOp::create(b, table, place).getResult() : readVector(b, table, place, chunk);
      llvm::append_range(next, form.accumulate(b, carried.slice(unit * each, each), weights, x));
    }
    return next;
  };
  int64_t atOnce = std::max<int64_t>(1, form.turnsAtOnce), looped = turns / atOnce;
  if (looped > 0) {
    registers = buildLoop(b, looped, registers, [&](StepBuilder &b, Value index, ValueRange carried) {
      SmallVector<Value> next(carried);
      Value first = arith::MulIOp::create(b, index, b.index(atOnce));
      for (int64_t turn = 0; turn < atOnce; ++turn)
        next = takeTurn(b, addOffset(b, first, turn), next);
      return next;
    });
    if (form.turnsAtOnce > 0)
      keepRolled(registers.front().getDefiningOp<scf::ForOp>());
  }
  for (int64_t turn = looped * atOnce; turn < turns; ++turn)
    registers = takeTurn(b, b.index(turn), registers);
  for (int64_t unit = 0; unit < count; ++unit) {
    Value sum = form.finish(b, ValueRange(registers).slice(unit * each, each));
    sums = form.outputs == 1
               ? tensor::InsertOp::create(b, sum, sums, place(b, unit)).getResult()
               : vector::TransferWriteOp::create(b, sum, sums, place(b, unit), ArrayRef<bool>{true}).getResult();
  }
  return sums;
}

Value IntegerProduct::build(Value input) {
  Value x = form.prepare(b, input);
  int64_t length = llvm::alignTo(units * form.outputs, b.machine.lanes);
  Value sums = tensor::EmptyOp::create(b, ArrayRef<int64_t>{length}, b.getI32Type());
  int64_t panels = units / width, rest = units % width, chunk = form.outputs * form.inputs;
  if (panels == 1)
    sums = buildPanel(b, x, b.index(0), b.index(0), width, sums);
  else
    sums = buildLoop(b, panels, sums, [&](StepBuilder &b, Value panel, ValueRange carried) -> SmallVector<Value> {
             Value first = arith::MulIOp::create(b, panel, b.index(width * form.outputs));
             Value row = arith::MulIOp::create(b, panel, b.index(width * turns * chunk));
             return {buildPanel(b, x, first, row, width, carried.front())};
           }).front();
  if (rest > 0)
    sums =
        buildPanel(b, x, b.index((units - rest) * form.outputs), b.index((units - rest) * turns * chunk), rest, sums);
  return sums;
}

Value lle::multiplyIntegers(StepBuilder &b, const IntegerMatrix &matrix, Value input) {
  return IntegerProduct(b, matrix, *chooseDotProducts(b.machine, matrix)).build(input);
}
