//===- Linear.cpp - fully connected synapses ------------------------------===//
//
// y = W x + b by input: each input that is not zero adds its row of the transposed weights to accumulators that stay in
// vector registers. The weights are packed in panels as wide as the accumulators, in the order in which they are read.
//
//===----------------------------------------------------------------------===//
#include "lowering/LLEToLinalg/Arithmetic.h"
#include "lowering/LLEToLinalg/Synapses.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace lle;

namespace {
/// How the outputs of one matrix are cut into panels.
struct Panels {
  int64_t count, width, lanes;
  Panels(int64_t outputs, const VectorShape &machine, Type element) {
    lanes = std::max<int64_t>(1, machine.lanes * 32 / element.getIntOrFloatBitWidth());
    int64_t limit = std::max<int64_t>(1, machine.registers - 2);
    int64_t vectors = llvm::divideCeil(outputs, lanes);
    count = llvm::divideCeil(vectors, limit);
    width = llvm::divideCeil(vectors, count) * lanes;
  }
  int64_t padded() const { return count * width; }
};

class LinearLowering {
public:
  LinearLowering(Operation *op, StepBuilder &b, StepSignal input, Value weights, Value bias)
      : b(b), input(b.toChannelsFirst(input)),
        result(getStoredType(cast<RankedTensorType>(op->getResult(0).getType()), /*channelsLast=*/false)),
        arithmetic(weights, cast<RankedTensorType>(op->getResult(0).getType()), b.machine),
        isSpike(isBinarySpike(op->getOperand(0))) {
    auto weightType = cast<RankedTensorType>(weights.getType());
    inputs = weightType.getShape().back();
    outputs = weightType.getShape().drop_back().back();
    matrices = weightType.getNumElements() / (inputs * outputs);
    values = getWeightValues(weights);
    if (bias)
      biases = getWeightValues(bias);
    Panels panels(outputs, b.machine, arithmetic.sumType);
    double rows = double(result.getNumElements()) / double(outputs);
    isEvent = chooseKernel(op, input, {rows * double(inputs), double(panels.padded() / panels.lanes)}).isEvent;
  }

  Value build();

private:
  StepBuilder &b;
  StepSignal input;
  RankedTensorType result; ///< As it is stored.
  SynapseArithmetic arithmetic;
  bool isSpike, isEvent;
  int64_t inputs, outputs, matrices;
  SmallVector<double> values, biases;

  Value packWeights(const Panels &panels);
  Value packRows(const Panels &panels, ArrayRef<double> values);
};
} // namespace

/// (matrix, panel, input, lane): what the inner loop reads from front to back. Lanes past the outputs are zero.
Value LinearLowering::packWeights(const Panels &panels) {
  SmallVector<double> packed(matrices * panels.padded() * inputs, 0.0);
  for (int64_t m = 0; m < matrices; ++m)
    for (int64_t o = 0; o < outputs; ++o)
      for (int64_t i = 0; i < inputs; ++i)
        packed[((m * panels.count + o / panels.width) * inputs + i) * panels.width + o % panels.width] =
            values[(m * outputs + o) * inputs + i];
  return b.constantTensor(RankedTensorType::get({matrices * panels.count * inputs, panels.width}, arithmetic.tableType),
                          packed);
}

/// One number for each output of each matrix, as the panels lie; null if all are zero.
Value LinearLowering::packRows(const Panels &panels, ArrayRef<double> values) {
  if (llvm::all_of(values, [](double v) { return v == 0; }))
    return {};
  SmallVector<double> packed(matrices * panels.padded(), 0.0);
  for (int64_t m = 0; m < matrices; ++m)
    for (int64_t o = 0; o < outputs; ++o)
      packed[m * panels.padded() + o] = values[m * outputs + o];
  return b.constantTensor(RankedTensorType::get({matrices * panels.count, panels.width}, result.getElementType()),
                          packed);
}

Value LinearLowering::build() {
  Type element = result.getElementType();
  Panels panels(outputs, b.machine, element);
  // One value for each register: LLVM takes a wider vector that lives across blocks apart into scalars.
  auto vectorType = VectorType::get({panels.lanes}, arithmetic.sumType);
  auto readRow = [&](StepBuilder &builder, Value table, Value row) {
    SmallVector<Value> registers;
    auto vectorType = VectorType::get({panels.lanes}, getElementTypeOrSelf(table.getType()));
    for (int64_t lane = 0; lane < panels.width; lane += panels.lanes)
      registers.push_back(vector::TransferReadOp::create(
          builder, vectorType, table, ValueRange{row, builder.index(lane)}, std::nullopt, ArrayRef<bool>{true}));
    return registers;
  };
  Value weights = packWeights(panels), bias = packRows(panels, biases), scale;
  if (arithmetic.isQuantised()) {
    // Each output has a scale; those of leading matrices are the same.
    ArrayRef<double> scales = arithmetic.getScales();
    SmallVector<double> all;
    for (int64_t output = 0; output < matrices * outputs; ++output)
      all.push_back(scales[scales.size() == 1 ? 0 : output % outputs]);
    scale = packRows(panels, all);
  }
  int64_t rows = result.getNumElements() / outputs; // leading dimensions
  Value flat = b.flatten(input.value);
  if (!isEvent)
    flat = arithmetic.convertElements(b, flat);
  Value destination = tensor::EmptyOp::create(b, ArrayRef<int64_t>{rows * panels.count, panels.width}, element);

  // One panel of one row; the loop over them vanishes where there is one.
  auto buildPanel = [&](StepBuilder &inner, Value panel, Value target) -> Value {
    Value row = arith::DivUIOp::create(inner, panel, inner.index(panels.count));
    Value matrixPanel = arith::RemUIOp::create(inner, panel, inner.index(matrices * panels.count));
    Value firstWeight = arith::MulIOp::create(inner, matrixPanel, inner.index(inputs));
    Value start = arith::MulIOp::create(inner, row, inner.index(inputs));
    Value slice = flat;
    if (rows > 1)
      slice = tensor::ExtractSliceOp::create(inner, flat, ArrayRef<OpFoldResult>{start},
                                             ArrayRef<OpFoldResult>{inner.getIndexAttr(inputs)},
                                             ArrayRef<OpFoldResult>{inner.getIndexAttr(1)});
    SmallVector<Value> initial(panels.width / panels.lanes, inner.zero(vectorType));
    SmallVector<Value> sums = forEachElement(
        inner, slice, isEvent, initial,
        [&](StepBuilder &body, Value index, Value value, ValueRange carried) -> SmallVector<Value> {
          SmallVector<Value> row = readRow(body, weights, arith::AddIOp::create(body, firstWeight, index));
          for (auto [weight, sum] : llvm::zip_equal(row, carried))
            weight = arithmetic.accumulate(body, sum, value, isSpike && isEvent, arithmetic.extend(body, weight));
          return row;
        });
    if (bias || scale) {
      SmallVector<Value> scales(sums.size()), offsets(sums.size());
      if (scale)
        scales = readRow(inner, scale, matrixPanel);
      if (bias)
        offsets = readRow(inner, bias, matrixPanel);
      for (auto [sum, factor, offset] : llvm::zip_equal(sums, scales, offsets))
        sum = arithmetic.finish(inner, sum, factor, offset);
    }
    for (auto [position, sum] : llvm::enumerate(sums))
      target = vector::TransferWriteOp::create(inner, sum, target,
                                               ValueRange{panel, inner.index(int64_t(position) * panels.lanes)},
                                               ArrayRef<bool>{true})
                   .getResult();
    return target;
  };

  Value filled;
  if (rows * panels.count == 1) {
    filled = buildPanel(b, b.index(0), destination);
  } else {
    auto loop = scf::ForOp::create(b, b.index(0), b.index(rows * panels.count), b.index(1), destination);
    StepBuilder inner(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()), b.dt, b.machine);
    scf::YieldOp::create(inner, buildPanel(inner, loop.getInductionVar(), loop.getRegionIterArgs().front()));
    filled = loop.getResult(0);
  }

  // Drop the lanes that pad the last panel.
  auto paddedType = RankedTensorType::get({rows, panels.padded()}, element);
  if (panels.count > 1) {
    filled = b.flatten(filled);
    filled = b.unflatten(filled, paddedType);
  }
  SmallVector<OpFoldResult> offsets(2, b.getIndexAttr(0)), strides(2, b.getIndexAttr(1));
  SmallVector<OpFoldResult> sizes{b.getIndexAttr(rows), b.getIndexAttr(outputs)};
  if (rows == 1) {
    auto sliceType = RankedTensorType::get({outputs}, element);
    Value slice = tensor::ExtractSliceOp::create(b, sliceType, filled, offsets, sizes, strides);
    return b.unflatten(slice, result);
  }
  Value slice = tensor::ExtractSliceOp::create(b, RankedTensorType::get({rows, outputs}, element), filled, offsets,
                                               sizes, strides);
  if (panels.padded() != outputs) {
    // The rows are apart in memory; later operations want them together.
    Value compact = tensor::EmptyOp::create(b, ArrayRef<int64_t>{rows, outputs}, element);
    slice = b.elementwise(slice, compact, [](OpBuilder &, Location, ValueRange arguments) -> SmallVector<Value> {
               return {arguments.front()};
             }).front();
  }
  return b.unflatten(b.flatten(slice), result);
}

namespace {
struct LinearModel : StepLoweringOpInterface::ExternalModel<LinearModel, LinearOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value>,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &) const {
    auto linear = cast<LinearOp>(op);
    results.push_back(
{LinearLowering(op, b, inputs[0], linear.getWeights(), /*bias=*/Value()).build()});
    return success();
  }
};

struct AffineModel : StepLoweringOpInterface::ExternalModel<AffineModel, AffineOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value>,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &) const {
    auto affine = cast<AffineOp>(op);
    results.push_back(
{LinearLowering(op, b, inputs[0], affine.getWeights(), affine.getBias()).build()});
    return success();
  }
};
} // namespace

void lle::attachLinearLowerings(MLIRContext *context) {
  LinearOp::attachInterface<LinearModel>(*context);
  AffineOp::attachInterface<AffineModel>(*context);
}
