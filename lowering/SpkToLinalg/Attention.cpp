//===- Attention.cpp - spiking self-attention -----------------------------===//
//
// With rows of channels, the coincidences of value i and key j over all tokens are a whole number, the bits set in the
// AND of two bit rows. Row i of the result is the sum over j of that number where query j fires: an AND with a mask of
// whole elements, and an addition, in 16 bits where these hold the sum. Where a head has more channels than tokens the
// same is done with rows of tokens, queries in place of values.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spk/Coding.h"
#include "lowering/LLEToLinalg/Synapses.h"
#include "lowering/SpkToLinalg/Coding.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace lle;
using namespace lle::spk;

static constexpr int64_t kWordBits = 64;

/// A loop that carries values.
static SmallVector<Value> forEach(StepBuilder &b, int64_t count, ValueRange initial,
                                  function_ref<SmallVector<Value>(StepBuilder &, Value, ValueRange)> body) {
  auto loop = scf::ForOp::create(b, b.index(0), b.index(count), b.index(1), initial);
  StepBuilder inner(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()), b.dt, b.machine);
  scf::YieldOp::create(inner, body(inner, loop.getInductionVar(), loop.getRegionIterArgs()));
  return SmallVector<Value>(loop.getResults());
}

static Value addScaled(StepBuilder &b, Value index, int64_t factor, Value offset) {
  return arith::AddIOp::create(b, arith::MulIOp::create(b, index, b.index(factor)), offset);
}

namespace {
class AttentionLowering {
public:
  AttentionLowering(SelfAttentionOp op, StepBuilder &b) : op(op), b(b) {
    ArrayRef<int64_t> shape = op.getType().getShape();
    heads = op.getHeads();
    channels = shape[0] / heads;
    tokens = shape[1];
    byTokens = tokens < channels;
    rows = byTokens ? tokens : channels;
    length = byTokens ? channels : tokens;
    words = llvm::divideCeil(length, kWordBits);
    // A sum has at most rows times length terms.
    sum = b.getIntegerType(rows * length < (1 << 15) ? 16 : 32);
    lanes = std::max<int64_t>(1, b.machine.lanes * 32 / sum.getWidth());
    int64_t vectors = llvm::divideCeil(length, lanes);
    panels = llvm::divideCeil(vectors, std::max<int64_t>(1, b.machine.registers - 4));
    width = llvm::divideCeil(vectors, panels) * lanes;
  }

  Value build(Value query, Value key, Value value) {
    query = arrange(query);
    value = arrange(value);
    if (byTokens)
      std::swap(query, value);
    Value sums = addCoincidences(pack(value), pack(arrange(key)), spread(query));
    return finish(sums);
  }

private:
  SelfAttentionOp op;
  StepBuilder &b;
  int64_t heads, channels, tokens;
  bool byTokens; ///< Rows are tokens; otherwise channels.
  int64_t rows, length, words;
  IntegerType sum;
  int64_t lanes, panels, width;

  int64_t getRows() const { return heads * rows; }

  /// (channels, tokens) as flat rows of the heads.
  Value arrange(Value signal) {
    Type element = getElementTypeOrSelf(signal.getType());
    if (!byTokens)
      return b.flatten(signal);
    Value split = b.unflatten(b.flatten(signal), RankedTensorType::get({heads, channels, tokens}, element));
    return b.flatten(b.transpose(split, {0, 2, 1}));
  }

  /// Words of bits of each row; the last is filled with zeros.
  Value pack(Value flat) {
    auto wordType = b.getI64Type();
    Value empty = tensor::EmptyOp::create(b, ArrayRef<int64_t>{getRows() * words}, wordType);
    return forEach(b, getRows(), empty,
                   [&](StepBuilder &b, Value row, ValueRange carried) -> SmallVector<Value> {
                     Value packed = carried.front();
                     for (int64_t word = 0; word < words; ++word) {
                       int64_t count = std::min(kWordBits, length - word * kWordBits);
                       Value start = addScaled(b, row, length, b.index(word * kWordBits));
                       Value bits = readActivity(b, flat, start, count);
                       if (bits.getType() != wordType)
                         bits = arith::ExtUIOp::create(b, wordType, bits);
                       packed = tensor::InsertOp::create(b, bits, packed, addScaled(b, row, words, b.index(word)));
                     }
                     return {packed};
                   })
        .front();
  }

  /// (rows, panels * width): elements of all ones where there is a spike. What pads a row is never read as a result, so
  /// it is left as it is.
  Value spread(Value flat) {
    static constexpr int64_t kChunk = 64;
    Type byte = getElementTypeOrSelf(flat.getType());
    Value empty = tensor::EmptyOp::create(b, ArrayRef<int64_t>{getRows(), panels * width}, sum);
    return forEach(b, getRows(), empty,
                   [&](StepBuilder &b, Value row, ValueRange carried) -> SmallVector<Value> {
                     Value masks = carried.front();
                     for (int64_t column = 0; column < length; column += kChunk) {
                       auto type = VectorType::get({std::min(kChunk, length - column)}, byte);
                       Value start = addScaled(b, row, length, b.index(column));
                       Value spikes =
                           vector::TransferReadOp::create(b, type, flat, start, std::nullopt, ArrayRef<bool>{true});
                       Value mask = arith::SubIOp::create(b, b.zero(type), spikes);
                       mask = arith::ExtSIOp::create(b, type.clone(sum), mask);
                       masks = write(b, mask, masks, row, b.index(column));
                     }
                     return {masks};
                   })
        .front();
  }

  static Value write(StepBuilder &b, Value vector, Value target, Value row, Value column) {
    return vector::TransferWriteOp::create(b, vector, target, ValueRange{row, column}, ArrayRef<bool>{true})
        .getResult();
  }

  /// Whole numbers times the scale.
  Value scaleSums(StepBuilder &b, Value sums) {
    Type element = op.getType().getElementType();
    Value numbers = b.toFloat(sums, element);
    Value factor = b.floatConstant(element, op.getScale().convertToDouble());
    if (auto type = dyn_cast<VectorType>(numbers.getType()))
      factor = vector::BroadcastOp::create(b, type, factor);
    return arith::MulFOp::create(b, factor, numbers);
  }

  /// Real numbers in rows of `length` if a row fits the registers, else whole numbers in padded rows.
  Value addCoincidences(Value values, Value keys, Value masks) {
    auto vectorType = VectorType::get({lanes}, sum);
    Type element = op.getType().getElementType();
    Value empty = panels == 1 ? tensor::EmptyOp::create(b, ArrayRef<int64_t>{getRows(), length}, element)
                              : tensor::EmptyOp::create(b, ArrayRef<int64_t>{getRows(), panels * width}, sum);
    return forEach(b, getRows() * panels, empty,
                   [&](StepBuilder &b, Value place, ValueRange carried) {
                     Value row = arith::DivUIOp::create(b, place, b.index(panels));
                     Value panel = arith::RemUIOp::create(b, place, b.index(panels));
                     Value firstColumn = arith::MulIOp::create(b, panel, b.index(width));
                     Value head = arith::DivUIOp::create(b, row, b.index(rows));
                     SmallVector<Value> valueWords = readWords(b, values, row);
                     SmallVector<Value> zeros(width / lanes, b.zero(vectorType));
                     SmallVector<Value> sums = forEach(b, rows, zeros, [&](StepBuilder &b, Value j, ValueRange before) {
                       Value other = addScaled(b, head, rows, j);
                       Value count = countCommon(b, valueWords, readWords(b, keys, other));
                       Value coincidences = vector::BroadcastOp::create(b, vectorType, count);
                       SmallVector<Value> next;
                       for (auto [index, total] : llvm::enumerate(before)) {
                         Value column = arith::AddIOp::create(b, firstColumn, b.index(int64_t(index) * lanes));
                         Value mask = vector::TransferReadOp::create(b, vectorType, masks, ValueRange{other, column},
                                                                     std::nullopt, ArrayRef<bool>{true});
                         Value term = arith::AndIOp::create(b, coincidences, mask);
                         next.push_back(arith::AddIOp::create(b, total, term));
                       }
                       return next;
                     });
                     Value target = carried.front();
                     for (auto [index, total] : llvm::enumerate(sums)) {
                       int64_t first = int64_t(index) * lanes;
                       Value column = arith::AddIOp::create(b, firstColumn, b.index(first)), part = total;
                       if (panels == 1) {
                         int64_t count = std::min(lanes, length - first);
                         if (count <= 0)
                           break;
                         if (count < lanes)
                           part = vector::ExtractStridedSliceOp::create(b, part, ArrayRef<int64_t>{0},
                                                                        ArrayRef<int64_t>{count}, ArrayRef<int64_t>{1});
                         part = scaleSums(b, part);
                       }
                       target = write(b, part, target, row, column);
                     }
                     return SmallVector<Value>{target};
                   })
        .front();
  }

  SmallVector<Value> readWords(StepBuilder &b, Value packed, Value row) {
    SmallVector<Value> values;
    for (int64_t word = 0; word < words; ++word)
      values.push_back(tensor::ExtractOp::create(b, packed, addScaled(b, row, words, b.index(word))));
    return values;
  }

  Value countCommon(StepBuilder &b, ArrayRef<Value> x, ArrayRef<Value> y) {
    Value count;
    for (auto [left, right] : llvm::zip_equal(x, y)) {
      Value common = math::CtPopOp::create(b, arith::AndIOp::create(b, left, right));
      count = count ? arith::AddIOp::create(b, count, common).getResult() : common;
    }
    return arith::TruncIOp::create(b, sum, count);
  }

  /// As real numbers times the scale, (channels, tokens).
  Value finish(Value sums) {
    Type element = op.getType().getElementType();
    if (panels > 1) {
      SmallVector<OpFoldResult> offsets(2, b.getIndexAttr(0)), strides(2, b.getIndexAttr(1));
      SmallVector<OpFoldResult> sizes{b.getIndexAttr(getRows()), b.getIndexAttr(length)};
      sums = tensor::ExtractSliceOp::create(b, RankedTensorType::get({getRows(), length}, sum), sums, offsets, sizes,
                                            strides);
      Value empty = tensor::EmptyOp::create(b, ArrayRef<int64_t>{getRows(), length}, element);
      sums = b.elementwise(sums, empty, [&](OpBuilder &builder, Location loc, ValueRange arguments) {
                StepBuilder body(loc, builder, b.dt, b.machine);
                return SmallVector<Value>{scaleSums(body, arguments.front())};
              }).front();
    }
    if (byTokens) {
      sums = b.unflatten(b.flatten(sums), RankedTensorType::get({heads, tokens, channels}, element));
      sums = b.transpose(sums, {0, 2, 1});
    }
    return b.unflatten(b.flatten(sums), op.getType());
  }
};

struct AttentionModel : StepLoweringOpInterface::ExternalModel<AttentionModel, SelfAttentionOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value>,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &) const {
    AttentionLowering lowering(cast<SelfAttentionOp>(op), b);
    results.push_back({lowering.build(inputs[0].value, inputs[1].value, inputs[2].value)});
    return success();
  }
};
} // namespace

void spk::attachAttentionLowering(MLIRContext *context) { SelfAttentionOp::attachInterface<AttentionModel>(*context); }
