//===- MatMul.cpp - products of signals -----------------------------------===//
//
// Row by row: each element of a row of the first matrix that is not zero adds its multiple of a row of the second to
// accumulators that stay in vector registers. So each sum is taken in the order of the inner dimension. The second
// matrix is laid out before in rows of whole registers, in the type in which sums are taken.
//
//===----------------------------------------------------------------------===//
#include "dialects/LLE/Layers.h"
#include "lowering/LLEToLinalg/Layers.h"
#include "lowering/LLEToLinalg/Synapses.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace lle;

namespace {
class MatMulLowering {
public:
  MatMulLowering(MatMulOp op, StepBuilder &b)
      : op(op), b(b), dims(op.getDims()), result(getStoredElementType(getElementTypeOrSelf(op.getResult()))),
        sum(getSumType()) {
    // How the columns are cut into panels of accumulators.
    lanes = std::max<int64_t>(1, b.machine.lanes * 32 / sum.getIntOrFloatBitWidth());
    int64_t vectors = llvm::divideCeil(dims.columns, lanes);
    panels = llvm::divideCeil(vectors, std::max<int64_t>(1, b.machine.registers - 2));
    width = llvm::divideCeil(vectors, panels) * lanes;
  }

  Value build(StepSignal lhs, StepSignal rhs);

private:
  MatMulOp op;
  StepBuilder &b;
  MatMulOp::Dims dims;
  Type result, sum; ///< Stored elements of the result, and of the accumulators.
  int64_t lanes, panels, width;

  Type getSumType();
  Value getRows(StepSignal signal, bool transposed);
  Value packRight(Value matrices);
  SmallVector<Value> readPanel(StepBuilder &b, Value packed, Value row, Value panel);
  Value toSum(StepBuilder &b, Value stored) {
    return isa<FloatType>(sum) ? b.toFloat(stored, sum) : widen(b, stored, cast<IntegerType>(sum));
  }
};
} // namespace

/// Real results are sums of floats, also of spikes; integer results are exact.
Type MatMulLowering::getSumType() {
  if (isa<FloatType>(result) || result.isInteger(32))
    return result;
  double largest = double(dims.inner);
  for (Value operand : op.getOperands())
    largest *= getLargest(getStoredElementType(getElementTypeOrSelf(operand)), isBinarySpike(operand));
  return b.getIntegerType(largest < 0x1p31 ? 32 : 64);
}

/// Matrices one below the other, (batch rows, columns), rows before columns as the sums take them.
Value MatMulLowering::getRows(StepSignal signal, bool transposed) {
  Value value = b.toChannelsFirst(signal).value;
  auto type = cast<RankedTensorType>(value.getType());
  int64_t rank = type.getRank();
  if (transposed) {
    SmallVector<int64_t> order = llvm::to_vector(llvm::seq<int64_t>(0, rank));
    std::swap(order[rank - 1], order[rank - 2]);
    value = b.transpose(value, order);
  }
  return b.flatten(value);
}

/// (batch, inner, panels * width): rows padded with zeros.
Value MatMulLowering::packRight(Value flat) {
  int64_t rows = dims.batch * dims.inner, padded = panels * width;
  Value empty =
      tensor::EmptyOp::create(b, ArrayRef<int64_t>{cast<RankedTensorType>(flat.getType()).getNumElements()}, sum);
  Value numbers = b.elementwise(flat, empty, [&](OpBuilder &builder, Location loc, ValueRange arguments) {
                     StepBuilder body(loc, builder, b.dt, b.machine);
                     return SmallVector<Value>{toSum(body, arguments.front())};
                   }).front();
  numbers = b.unflatten(numbers, RankedTensorType::get({rows, dims.columns}, sum));
  if (padded == dims.columns)
    return numbers;
  Value zeros = linalg::FillOp::create(b, b.zero(sum),
                                       tensor::EmptyOp::create(b, ArrayRef<int64_t>{rows, padded}, sum).getResult())
                    .getResult(0);
  SmallVector<OpFoldResult> offsets(2, b.getIndexAttr(0)), strides(2, b.getIndexAttr(1));
  SmallVector<OpFoldResult> sizes{b.getIndexAttr(rows), b.getIndexAttr(dims.columns)};
  return tensor::InsertSliceOp::create(b, numbers, zeros, offsets, sizes, strides);
}

SmallVector<Value> MatMulLowering::readPanel(StepBuilder &b, Value packed, Value row, Value panel) {
  Value first = arith::MulIOp::create(b, panel, b.index(width));
  SmallVector<Value> registers;
  for (int64_t lane = 0; lane < width; lane += lanes) {
    Value column = arith::AddIOp::create(b, first, b.index(lane));
    registers.push_back(vector::TransferReadOp::create(b, VectorType::get({lanes}, sum), packed,
                                                       ValueRange{row, column}, std::nullopt, ArrayRef<bool>{true}));
  }
  return registers;
}

Value MatMulLowering::build(StepSignal lhs, StepSignal rhs) {
  bool isSpike = isBinarySpike(op.getLhs()) && lhs.sparse;
  Value left = getRows(lhs, op.getTransposeA()), right = packRight(getRows(rhs, op.getTransposeB()));
  int64_t rows = dims.batch * dims.rows, padded = panels * width;
  Value destination = tensor::EmptyOp::create(b, ArrayRef<int64_t>{rows, padded}, sum);
  auto loop = scf::ForOp::create(b, b.index(0), b.index(rows * panels), b.index(1), destination);
  StepBuilder inner(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()), b.dt, b.machine);
  Value row = arith::DivUIOp::create(inner, loop.getInductionVar(), inner.index(panels));
  Value panel = arith::RemUIOp::create(inner, loop.getInductionVar(), inner.index(panels));
  Value matrix = arith::DivUIOp::create(inner, row, inner.index(dims.rows));
  Value firstRight = arith::MulIOp::create(inner, matrix, inner.index(dims.inner));
  Value start = arith::MulIOp::create(inner, row, inner.index(dims.inner));
  Value factors = tensor::ExtractSliceOp::create(inner, left, ArrayRef<OpFoldResult>{start},
                                                 ArrayRef<OpFoldResult>{inner.getIndexAttr(dims.inner)},
                                                 ArrayRef<OpFoldResult>{inner.getIndexAttr(1)});
  auto vectorType = VectorType::get({lanes}, sum);
  SmallVector<Value> sums = forEachElement(
      inner, factors, lhs.sparse, SmallVector<Value>(width / lanes, inner.zero(vectorType)),
      [&](StepBuilder &b, Value index, Value element, ValueRange carried) -> SmallVector<Value> {
        SmallVector<Value> terms = readPanel(b, right, arith::AddIOp::create(b, firstRight, index), panel);
        Value factor = isSpike ? Value() : vector::BroadcastOp::create(b, vectorType, toSum(b, element)).getResult();
        for (auto [term, before] : llvm::zip_equal(terms, carried)) {
          if (isa<FloatType>(sum)) {
            if (factor)
              term = arith::MulFOp::create(b, factor, term);
            term = arith::AddFOp::create(b, before, term);
          } else {
            if (factor)
              term = arith::MulIOp::create(b, factor, term);
            term = arith::AddIOp::create(b, before, term);
          }
        }
        return terms;
      });
  Value target = loop.getRegionIterArgs().front();
  Value first = arith::MulIOp::create(inner, panel, inner.index(width));
  for (auto [position, total] : llvm::enumerate(sums)) {
    Value column = arith::AddIOp::create(inner, first, inner.index(int64_t(position) * lanes));
    target = vector::TransferWriteOp::create(inner, total, target, ValueRange{row, column}, ArrayRef<bool>{true})
                 .getResult();
  }
  scf::YieldOp::create(inner, target);

  // Drop the lanes that pad the last panel, and clip.
  Value filled = loop.getResult(0);
  if (padded == dims.columns && sum == result)
    return b.flatten(filled);
  SmallVector<OpFoldResult> offsets(2, b.getIndexAttr(0)), strides(2, b.getIndexAttr(1));
  SmallVector<OpFoldResult> sizes{b.getIndexAttr(rows), b.getIndexAttr(dims.columns)};
  Value slice = tensor::ExtractSliceOp::create(b, RankedTensorType::get({rows, dims.columns}, sum), filled, offsets,
                                               sizes, strides);
  Value compact = tensor::EmptyOp::create(b, ArrayRef<int64_t>{rows, dims.columns}, result);
  Value finished = b.elementwise(slice, compact, [&](OpBuilder &builder, Location loc, ValueRange arguments) {
                      StepBuilder body(loc, builder, b.dt, b.machine);
                      Value value = arguments.front();
                      if (auto counts = dyn_cast<IntegerType>(result))
                        value = narrow(body, value, counts);
                      return SmallVector<Value>{value};
                    }).front();
  return b.flatten(finished);
}

namespace {
struct MatMulModel : StepLoweringOpInterface::ExternalModel<MatMulModel, MatMulOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value>,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &) const {
    auto matmul = cast<MatMulOp>(op);
    Value flat = MatMulLowering(matmul, b).build(inputs[0], inputs[1]);
    results.push_back({b.unflatten(flat, getStoredType(matmul.getType(), /*channelsLast=*/false))});
    return success();
  }
};
} // namespace

void lle::attachMatMulLowering(MLIRContext *context) { MatMulOp::attachInterface<MatMulModel>(*context); }
