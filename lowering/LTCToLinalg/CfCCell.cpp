//===- CfCCell.cpp - closed-form continuous-time cells --------------------===//
//
// The backbone is a chain of dense layers. The heads of the cell are one dense layer more, with all heads of some units
// in one row of weights, whose tail computes h'. What is known at compile time is folded in double precision: masks,
// the sign of the gate, time_a T + time_b where T is constant, and the factors of lecun_tanh.
//
//===----------------------------------------------------------------------===//
#include "dialects/LTC/LTCOps.h"
#include "lowering/LTCToLinalg/Cells.h"
#include "lowering/LTCToLinalg/DenseLayers.h"
#include "lowering/LTCToLinalg/Maths.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace lle;
using namespace lle::ltc;

namespace {
/// The signals that a layer reads as one vector, and a factor that they still have to be multiplied by.
struct LayerInput {
  SmallVector<Value> signals;
  double factor = 1;
};

class CfCLowering {
public:
  CfCLowering(CfCCellOp op, StepBuilder &b) : op(op), b(b), type(cast<RankedTensorType>(op.getType())) {}

  /// h', in `destination` unless the cell still needs what that holds. `elapsed` is null where the time is constant.
  Value build(Value x, Value h, Value elapsed, Value destination);

private:
  CfCCellOp op;
  StepBuilder &b;
  RankedTensorType type;

  DenseMatrix getHead(ElementsAttr weight, ElementsAttr bias, bool masked);
  LayerInput buildBackbone(LayerInput input);
  Value getElapsed(Value operand);
  Value buildGated(const LayerInput &input, Value elapsed, Value destination);
  Value buildPure(const LayerInput &input, Value elapsed, Value destination);
  Value finish(DenseLayer &layer, const LayerInput &input, Value destination, DenseLayer::Tail tail);
};
} // namespace

/// `matrix` times all signals of the input.
static void addMatrix(DenseLayer &layer, unsigned head, const LayerInput &input, const DenseMatrix &matrix) {
  int64_t first = 0;
  for (Value signal : input.signals) {
    int64_t length = cast<RankedTensorType>(signal.getType()).getNumElements();
    layer.add(head, signal, matrix.getColumns(first, length).withScaledInputs(input.factor));
    first += length;
  }
}

DenseMatrix CfCLowering::getHead(ElementsAttr weight, ElementsAttr bias, bool masked) {
  DenseMatrix head(weight, bias);
  if (!masked || !op.getMaskAttr())
    return head;
  for (auto [value, mask] : llvm::zip_equal(head.values, getAllDoubles(op.getMaskAttr())))
    value *= *op.getMaskKind() == MaskKind::absolute ? std::abs(mask) : mask;
  return head;
}

/// 1.7159 tanh(0.666 x) is tanh: the one factor goes to the weights before it, the other to those after it.
LayerInput CfCLowering::buildBackbone(LayerInput input) {
  if (!op.getBackboneWeightsAttr() || op.getBackboneWeightsAttr().empty())
    return input;
  for (auto [weight, bias] : llvm::zip_equal(*op.getBackboneWeights(), *op.getBackboneBiases())) {
    DenseMatrix matrix(cast<ElementsAttr>(weight), cast<ElementsAttr>(bias));
    Activation activation = *op.getActivation();
    double outputFactor = 1;
    if (activation == Activation::lecun_tanh) {
      matrix = matrix.scaled(0.666);
      activation = Activation::tanh;
      outputFactor = 1.7159;
    }
    DenseLayer layer(b, matrix.rows, type.getElementType(), /*heads=*/1);
    addMatrix(layer, 0, input, matrix);
    Value empty = tensor::EmptyOp::create(b, ArrayRef<int64_t>{matrix.rows}, type.getElementType());
    auto tail = [&](StepBuilder &inner, const UnitBlock &, ArrayRef<Value> sums, ValueRange) -> SmallVector<Value> {
      Maths maths(inner);
      return {maths.activate(activation, sums.front())};
    };
    input = {layer.build(empty, tail), outputFactor};
  }
  return input;
}

Value CfCLowering::getElapsed(Value operand) {
  Value time = b.toFloat(tensor::ExtractOp::create(b, b.flatten(operand), b.index(0)), type.getElementType());
  double constant = op.getElapsed().convertToDouble();
  return constant == 0 ? time : arith::AddFOp::create(b, time, b.floatConstant(type.getElementType(), constant));
}

/// A state may be replaced only when the cell has read all of it.
Value CfCLowering::finish(DenseLayer &layer, const LayerInput &input, Value destination, DenseLayer::Tail tail) {
  if (llvm::is_contained(input.signals, destination) && !layer.readsBeforeWrites())
    destination = tensor::EmptyOp::create(b, type.getShape(), type.getElementType());
  return layer.build(destination, tail).front();
}

/// f1 (1 - t) + t f2, or f1 + t f2
Value CfCLowering::buildGated(const LayerInput &input, Value elapsed, Value destination) {
  double sign = *op.getGateSign() == GateSign::plus ? 1 : -1, constant = op.getElapsed().convertToDouble();
  DenseMatrix timeA = getHead(op.getTimeAWeightAttr(), op.getTimeABiasAttr(), /*masked=*/false).scaled(sign);
  DenseMatrix timeB = getHead(op.getTimeBWeightAttr(), op.getTimeBBiasAttr(), /*masked=*/false);
  DenseLayer layer(b, type.getNumElements(), type.getElementType(), /*heads=*/elapsed ? 4 : 3);
  addMatrix(layer, 0, input, getHead(op.getFf1Weight(), op.getFf1Bias(), /*masked=*/true));
  addMatrix(layer, 1, input, getHead(op.getFf2WeightAttr(), op.getFf2BiasAttr(), /*masked=*/true));
  addMatrix(layer, 2, input, elapsed ? timeB : timeA.scaled(constant) + timeB);
  if (elapsed)
    addMatrix(layer, 3, input, timeA);
  Activation head = *op.getHeadActivation();
  return finish(
      layer, input, destination,
      [&](StepBuilder &inner, const UnitBlock &block, ArrayRef<Value> sums, ValueRange) -> SmallVector<Value> {
        Maths maths(inner);
        Value time = sums[2];
        if (elapsed)
          time = maths.multiplyAdd(sums[3], vector::BroadcastOp::create(inner, block.type, elapsed), time);
        Value f1 = maths.activate(head, sums[0]), f2 = maths.activate(head, sums[1]);
        Value t = maths.sigmoid(time);
        Value slope = op.getMode() == Mode::gated ? arith::SubFOp::create(inner, f2, f1).getResult() : f2;
        return {maths.multiplyAdd(t, slope, f1)};
      });
}

/// A - A exp(-T (|w_tau| + |f|)) f
Value CfCLowering::buildPure(const LayerInput &input, Value elapsed, Value destination) {
  DenseLayer layer(b, type.getNumElements(), type.getElementType(), /*heads=*/1);
  addMatrix(layer, 0, input, getHead(op.getFf1Weight(), op.getFf1Bias(), /*masked=*/true));
  SmallVector<double> wTau = getAllDoubles(op.getWTauAttr());
  for (double &value : wTau)
    value = std::abs(value);
  Value amplitudes = layer.table(getAllDoubles(op.getAAttr())), rates = layer.table(wTau);
  if (!elapsed)
    elapsed = b.floatConstant(type.getElementType(), op.getElapsed().convertToDouble());
  return finish(
      layer, input, destination,
      [&](StepBuilder &inner, const UnitBlock &block, ArrayRef<Value> sums, ValueRange) -> SmallVector<Value> {
        Maths maths(inner);
        Value f = sums.front(), a = block.readTable(inner, amplitudes);
        Value rate = arith::AddFOp::create(inner, block.readTable(inner, rates), math::AbsFOp::create(inner, f));
        Value time = vector::BroadcastOp::create(inner, block.type, elapsed);
        Value exponent = arith::MulFOp::create(inner, arith::NegFOp::create(inner, time), rate);
        Value decay = arith::MulFOp::create(inner, a, math::ExpOp::create(inner, exponent));
        return {maths.multiplyAdd(arith::NegFOp::create(inner, decay), f, a)};
      });
}

Value CfCLowering::build(Value x, Value h, Value elapsed, Value destination) {
  LayerInput input = buildBackbone({{x, h}});
  if (elapsed)
    elapsed = getElapsed(elapsed);
  return op.getMode() == Mode::pure ? buildPure(input, elapsed, destination) : buildGated(input, elapsed, destination);
}

namespace {
struct CfCModel : StepLoweringOpInterface::ExternalModel<CfCModel, CfCCellOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value> states,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &newStates) const {
    auto cell = cast<CfCCellOp>(op);
    Value elapsed = cell.getElapsedTime() ? inputs[1].value : Value();
    Value hidden = cell.getHidden() ? inputs.back().value : states[0];
    Value destination = states.empty()
                            ? tensor::EmptyOp::create(b, cell.getType().getShape(), cell.getType().getElementType())
                            : states[0];
    Value next = CfCLowering(cell, b).build(inputs[0].value, hidden, elapsed, destination);
    results.push_back({next});
    if (!states.empty())
      newStates.push_back(next);
    return success();
  }
};
} // namespace

void lle::attachCfCCellLowering(MLIRContext *context) { CfCCellOp::attachInterface<CfCModel>(*context); }
