//===- BaselineCells.cpp - LSTM, GRU and CT-RNN cells ---------------------===//
#include "dialects/LTC/LTCOps.h"
#include "lowering/LTCToLinalg/Cells.h"
#include "lowering/LTCToLinalg/DenseLayers.h"
#include "lowering/LTCToLinalg/Maths.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace lle;
using namespace lle::ltc;

static Value createEmpty(StepBuilder &b, RankedTensorType type) {
  return tensor::EmptyOp::create(b, type.getShape(), type.getElementType());
}

/// Where h' goes: in place of h, unless the layer still needs that or h is not a state.
static Value getDestination(StepBuilder &b, const DenseLayer &layer, Value h, bool isState, RankedTensorType type) {
  return isState && layer.readsBeforeWrites() ? h : createEmpty(b, type);
}

namespace {
struct LSTMModel : StepLoweringOpInterface::ExternalModel<LSTMModel, LSTMCellOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value> states,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &newStates) const {
    auto cell = cast<LSTMCellOp>(op);
    RankedTensorType type = cast<RankedTensorType>(cell.getType());
    int64_t units = type.getNumElements();
    Value h = cell.getHidden() ? inputs.back().value : states[0];
    enum Gate { input, forget, candidate, output, count };
    DenseMatrix in(cell.getWIn(), cell.getBias()), rec(cell.getWRec(), {});
    DenseLayer layer(b, units, type.getElementType(), count);
    for (unsigned gate = 0; gate < count; ++gate) {
      layer.add(gate, inputs[0].value, in.getRows(gate * units, units));
      layer.add(gate, h, rec.getRows(gate * units, units));
    }
    Value destination = getDestination(b, layer, h, !cell.getHidden(), type);
    SmallVector<Value> next = layer.build(
        {destination, states.back()},
        [&](StepBuilder &inner, const UnitBlock &block, ArrayRef<Value> z, ValueRange targets) -> SmallVector<Value> {
          Maths maths(inner);
          Value fresh = arith::MulFOp::create(inner, maths.sigmoid(z[input]), maths.tanh(z[candidate]));
          Value c = maths.multiplyAdd(maths.sigmoid(z[forget]), block.read(inner, targets[1]), fresh);
          Value gate = maths.sigmoid(z[output]);
          return {arith::MulFOp::create(inner, gate, maths.tanh(c)), c};
        });
    results.push_back({next[0]});
    newStates.assign(next.begin() + (cell.getHidden() ? 1 : 0), next.end());
    return success();
  }
};

/// h' = (1 - z) n + z h
static Value mix(StepBuilder &b, Value z, Value n, Value h) {
  return Maths(b).multiplyAdd(z, arith::SubFOp::create(b, h, n), n);
}

struct GRUModel : StepLoweringOpInterface::ExternalModel<GRUModel, GRUCellOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value> states,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &newStates) const {
    auto cell = cast<GRUCellOp>(op);
    Value h = cell.getHidden() ? inputs.back().value : states[0];
    Value next = cell.getReset() == Reset::after ? resetAfter(b, cell, inputs[0].value, h)
                                                 : resetBefore(b, cell, inputs[0].value, h);
    results.push_back({next});
    if (!cell.getHidden())
      newStates.push_back(next);
    return success();
  }

private:
  enum Gate { reset, update, candidate };

  /// All in one layer, whose fourth head is the state's share of the candidate.
  static Value resetAfter(StepBuilder &b, GRUCellOp cell, Value x, Value h) {
    auto type = cast<RankedTensorType>(cell.getType());
    int64_t units = type.getNumElements();
    DenseMatrix in(cell.getWIn(), cell.getBiasIn()), rec(cell.getWRec(), cell.getBiasRec());
    DenseLayer layer(b, units, type.getElementType(), /*heads=*/4);
    for (unsigned gate : {reset, update, candidate}) {
      layer.add(gate, x, in.getRows(gate * units, units));
      layer.add(gate == candidate ? 3 : gate, h, rec.getRows(gate * units, units));
    }
    auto tail = [&](StepBuilder &inner, const UnitBlock &block, ArrayRef<Value> z, ValueRange) -> SmallVector<Value> {
      Maths maths(inner);
      Value n = maths.multiplyAdd(maths.sigmoid(z[reset]), z[3], z[candidate]);
      n = maths.tanh(n);
      return {mix(inner, maths.sigmoid(z[update]), n, block.read(inner, h))};
    };
    return layer.build(getDestination(b, layer, h, !cell.getHidden(), type), tail).front();
  }

  /// The candidate needs r h of all units: a layer for the gates, and one for the candidate.
  static Value resetBefore(StepBuilder &b, GRUCellOp cell, Value x, Value h) {
    auto type = cast<RankedTensorType>(cell.getType());
    int64_t units = type.getNumElements();
    DenseMatrix in(cell.getWIn(), cell.getBiasIn()), rec(cell.getWRec(), cell.getBiasRec());
    DenseLayer gates(b, units, type.getElementType(), /*heads=*/2);
    for (unsigned gate : {reset, update}) {
      gates.add(gate, x, in.getRows(gate * units, units));
      gates.add(gate, h, rec.getRows(gate * units, units));
    }
    SmallVector<Value> products = gates.build(
        {createEmpty(b, type), createEmpty(b, type)},
        [&](StepBuilder &inner, const UnitBlock &block, ArrayRef<Value> z, ValueRange) -> SmallVector<Value> {
          Maths maths(inner);
          Value r = maths.sigmoid(z[reset]);
          return {arith::MulFOp::create(inner, r, block.read(inner, h)), maths.sigmoid(z[update])};
        });
    DenseLayer layer(b, units, type.getElementType(), /*heads=*/1);
    layer.add(0, x, in.getRows(candidate * units, units));
    layer.add(0, products[0], rec.getRows(candidate * units, units));
    auto tail = [&](StepBuilder &inner, const UnitBlock &block, ArrayRef<Value> z, ValueRange) -> SmallVector<Value> {
      Maths maths(inner);
      Value n = maths.tanh(z.front());
      return {mix(inner, block.read(inner, products[1]), n, block.read(inner, h))};
    };
    return layer.build(getDestination(b, layer, h, !cell.getHidden(), type), tail).front();
  }
};

struct CTRNNModel : StepLoweringOpInterface::ExternalModel<CTRNNModel, CTRNNCellOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value> states,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &newStates) const {
    auto cell = cast<CTRNNCellOp>(op);
    auto type = cast<RankedTensorType>(cell.getType());
    Type element = type.getElementType();
    Value v = cell.getHidden() ? inputs.back().value : states[0];
    double constant = cell.getElapsed().convertToDouble(), unfolds = double(cell.getUnfolds());
    Value step = b.floatConstant(element, constant / unfolds);
    if (cell.getElapsedTime()) {
      Value time = b.toFloat(tensor::ExtractOp::create(b, b.flatten(inputs[1].value), b.index(0)), element);
      time = arith::AddFOp::create(b, time, b.floatConstant(element, constant));
      step = arith::DivFOp::create(b, time, b.floatConstant(element, unfolds));
    }

    // The input's share is the same in all unfolds.
    DenseLayer drive(b, type.getNumElements(), element, /*heads=*/1);
    drive.add(0, inputs[0].value, DenseMatrix(cell.getWIn(), cell.getBias()));
    Value fromInput = drive
                          .build(createEmpty(b, type), [](StepBuilder &, const UnitBlock &, ArrayRef<Value> sums,
                                                          ValueRange) { return SmallVector<Value>(sums); })
                          .front();

    // All changes are computed before the first potential changes.
    auto loop =
        scf::ForOp::create(b, b.index(0), b.index(cell.getUnfolds()), b.index(1), ValueRange{v, createEmpty(b, type)});
    StepBuilder inner(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()), b.dt, b.machine);
    Value potential = loop.getRegionIterArgs()[0];
    DenseLayer layer(inner, type.getNumElements(), element, /*heads=*/1);
    layer.add(0, potential, DenseMatrix(cell.getWRec(), {}));
    SmallVector<double> rates = getAllDoubles(cell.getTau());
    for (double &rate : rates)
      rate = 1 / rate;
    Value rateTable = layer.table(rates);
    SmallVector<Value> changes = layer.build(
        loop.getRegionIterArgs()[1],
        [&](StepBuilder &body, const UnitBlock &block, ArrayRef<Value> sums, ValueRange) -> SmallVector<Value> {
          Maths maths(body);
          Value sum = arith::AddFOp::create(body, sums.front(), block.read(body, fromInput));
          Value old = block.read(body, potential);
          Value leak = arith::MulFOp::create(body, old, block.readTable(body, rateTable));
          Value slope = arith::SubFOp::create(body, maths.activate(cell.getActivation(), sum), leak);
          return {maths.multiply(vector::BroadcastOp::create(body, block.type, step), slope)};
        });
    Value updated =
        inner
            .elementwise(changes, potential,
                         [&](OpBuilder &builder, Location loc, ValueRange arguments) {
                           return SmallVector<Value>{arith::AddFOp::create(builder, loc, arguments[1], arguments[0])};
                         })
            .front();
    scf::YieldOp::create(inner, ValueRange{updated, changes.front()});
    Value result = loop.getResult(0);
    results.push_back({result});
    if (!cell.getHidden())
      newStates.push_back(result);
    return success();
  }
};
} // namespace

void lle::attachBaselineCellLowerings(MLIRContext *context) {
  LSTMCellOp::attachInterface<LSTMModel>(*context);
  GRUCellOp::attachInterface<GRUModel>(*context);
  CTRNNCellOp::attachInterface<CTRNNModel>(*context);
}
