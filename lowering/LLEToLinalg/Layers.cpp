//===- Layers.cpp - element-wise layers, reductions and shapes ------------===//
#include "lowering/LLEToLinalg/Layers.h"
#include "dialects/LLE/Layers.h"
#include "lowering/LLEToLinalg/Synapses.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

#include <numeric>

using namespace mlir;
using namespace lle;

//===----------------------------------------------------------------------===//
// Whole numbers
//===----------------------------------------------------------------------===//

double lle::getLargest(Type stored, bool binary) {
  return binary ? 1 : std::ldexp(1.0, int(stored.getIntOrFloatBitWidth()) - 1);
}

IntegerType lle::getCountType(StepBuilder &b, TypeRange stored, double terms) {
  double largest = 0;
  for (Type type : stored)
    largest = std::max(largest, getLargest(getElementTypeOrSelf(type)));
  return b.getIntegerType(largest * terms < 0x1p31 ? 32 : 64);
}

/// A type with the shape of `value`'s and another element type.
static Type withElement(Value value, Type element) {
  if (auto vector = dyn_cast<VectorType>(value.getType()))
    return vector.clone(element);
  return element;
}

Value lle::widen(StepBuilder &b, Value stored, IntegerType wide) {
  if (getElementTypeOrSelf(stored.getType()) == wide)
    return stored;
  return arith::ExtSIOp::create(b, withElement(stored, wide), stored);
}

static Value integerConstant(StepBuilder &b, Type type, int64_t value) {
  TypedAttr number = b.getIntegerAttr(getElementTypeOrSelf(type), value);
  if (auto vector = dyn_cast<VectorType>(type))
    number = DenseElementsAttr::get(vector, Attribute(number));
  return arith::ConstantOp::create(b, number);
}

Value lle::narrow(StepBuilder &b, Value wide, IntegerType stored) {
  if (getElementTypeOrSelf(wide.getType()) == stored)
    return wide;
  if (stored.getWidth() == 32)
    return arith::TruncIOp::create(b, withElement(wide, stored), wide);
  int64_t largest = APInt::getSignedMaxValue(stored.getWidth()).getSExtValue();
  wide = arith::MinSIOp::create(b, wide, integerConstant(b, wide.getType(), largest));
  wide = arith::MaxSIOp::create(b, wide, integerConstant(b, wide.getType(), -largest - 1));
  return arith::TruncIOp::create(b, withElement(wide, stored), wide);
}

static Value emptyRow(StepBuilder &b, int64_t length, Type element) {
  return tensor::EmptyOp::create(b, ArrayRef<int64_t>{length}, element);
}

//===----------------------------------------------------------------------===//
// lle.mul, lle.and, lle.or, lle.not
//===----------------------------------------------------------------------===//

using ElementBody = function_ref<Value(StepBuilder &, ValueRange)>;

static StepSignal lowerElementwise(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, bool sparse,
                                   ElementBody body) {
  bool channelsLast;
  SmallVector<Value> flat = alignSignals(b, inputs, channelsLast);
  RankedTensorType stored = getStoredType(cast<RankedTensorType>(op->getResult(0).getType()), channelsLast);
  Value result = b.elementwise(flat, emptyRow(b, stored.getNumElements(), stored.getElementType()),
                               [&](OpBuilder &builder, Location loc, ValueRange arguments) -> SmallVector<Value> {
                                 StepBuilder inner(loc, builder, b.dt, b.machine);
                                 return {body(inner, arguments.drop_back())};
                               })
                     .front();
  return {b.unflatten(result, stored), channelsLast, sparse};
}

static bool isSparse(const StepSignal &signal) { return signal.sparse; }

namespace {
struct MulModel : StepLoweringOpInterface::ExternalModel<MulModel, MulOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value>,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &) const {
    Type element = getStoredElementType(getElementTypeOrSelf(op->getResult(0).getType()));
    results.push_back(
        lowerElementwise(op, b, inputs, llvm::any_of(inputs, isSparse), [&](StepBuilder &b, ValueRange factors) {
          if (auto counts = dyn_cast<IntegerType>(element))
            return multiplyCounts(b, factors, counts);
          Value product = b.toFloat(factors.front(), element);
          for (Value factor : factors.drop_front())
            product = arith::MulFOp::create(b, product, b.toFloat(factor, element));
          return product;
        }));
    return success();
  }

private:
  static Value multiplyCounts(StepBuilder &b, ValueRange factors, IntegerType counts) {
    bool isNarrow = llvm::all_of(factors.getTypes(),
                                 [](Type type) { return getElementTypeOrSelf(type).getIntOrFloatBitWidth() <= 16; });
    IntegerType wide = b.getIntegerType(isNarrow || counts.getWidth() == 32 ? 32 : 64);
    Value product = widen(b, factors.front(), wide);
    for (Value factor : factors.drop_front()) {
      product = arith::MulIOp::create(b, product, widen(b, factor, wide));
      product = widen(b, narrow(b, product, counts), wide);
    }
    return narrow(b, product, counts);
  }
};

struct AndModel : StepLoweringOpInterface::ExternalModel<AndModel, AndOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value>,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &) const {
    results.push_back(
        lowerElementwise(op, b, inputs, llvm::any_of(inputs, isSparse), [](StepBuilder &b, ValueRange spikes) -> Value {
          return arith::AndIOp::create(b, spikes[0], spikes[1]);
        }));
    return success();
  }
};

struct OrModel : StepLoweringOpInterface::ExternalModel<OrModel, OrOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value>,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &) const {
    results.push_back(
        lowerElementwise(op, b, inputs, llvm::all_of(inputs, isSparse), [](StepBuilder &b, ValueRange spikes) -> Value {
          return arith::OrIOp::create(b, spikes[0], spikes[1]);
        }));
    return success();
  }
};

struct NotModel : StepLoweringOpInterface::ExternalModel<NotModel, NotOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value>,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &) const {
    results.push_back(lowerElementwise(op, b, inputs, /*sparse=*/false, [](StepBuilder &b, ValueRange spikes) -> Value {
      return arith::XOrIOp::create(b, spikes[0], integerConstant(b, spikes[0].getType(), 1));
    }));
    return success();
  }
};
} // namespace

//===----------------------------------------------------------------------===//
// Rows
//===----------------------------------------------------------------------===//

namespace {
/// A dimension of a row-major tensor: element (o, i, n) is at (o * length + i) * inner + n.
struct Along {
  int64_t outer, length, inner;
  Along(ArrayRef<int64_t> shape, int64_t dim)
      : outer(product(shape.take_front(dim))), length(shape[dim]), inner(product(shape.drop_front(dim + 1))) {}
  static int64_t product(ArrayRef<int64_t> shape) {
    return std::accumulate(shape.begin(), shape.end(), int64_t(1), std::multiplies<>());
  }
};
} // namespace

/// `length` elements of a flat tensor from `start` on.
static Value readRow(StepBuilder &b, Value flat, Value start, int64_t length) {
  return tensor::ExtractSliceOp::create(b, flat, ArrayRef<OpFoldResult>{start},
                                        ArrayRef<OpFoldResult>{b.getIndexAttr(length)},
                                        ArrayRef<OpFoldResult>{b.getIndexAttr(1)});
}

static Value writeRow(StepBuilder &b, Value row, Value flat, Value start, int64_t length) {
  return tensor::InsertSliceOp::create(b, row, flat, ArrayRef<OpFoldResult>{start},
                                       ArrayRef<OpFoldResult>{b.getIndexAttr(length)},
                                       ArrayRef<OpFoldResult>{b.getIndexAttr(1)});
}

/// A loop that carries a tensor.
static Value forEach(StepBuilder &b, int64_t count, Value initial,
                     function_ref<Value(StepBuilder &, Value index, Value carried)> body) {
  if (count == 1)
    return body(b, b.index(0), initial);
  auto loop = scf::ForOp::create(b, b.index(0), b.index(count), b.index(1), initial);
  StepBuilder inner(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()), b.dt, b.machine);
  scf::YieldOp::create(inner, body(inner, loop.getInductionVar(), loop.getRegionIterArgs().front()));
  return loop.getResult(0);
}

static Value scaleIndex(StepBuilder &b, Value index, int64_t factor) {
  return factor == 1 ? index : arith::MulIOp::create(b, index, b.index(factor)).getResult();
}

//===----------------------------------------------------------------------===//
// lle.batch_norm
//===----------------------------------------------------------------------===//

namespace {
/// Where it could not become part of a synapse: rows of channels, or rows of one channel.
struct BatchNormModel : StepLoweringOpInterface::ExternalModel<BatchNormModel, BatchNormOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value>,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &) const {
    auto norm = cast<BatchNormOp>(op);
    bool channelsLast = inputs[0].channelsLast;
    RankedTensorType stored = getStoredType(norm.getType(), channelsLast);
    Type element = stored.getElementType();
    int64_t dim = norm.getChannelDim();
    if (channelsLast)
      dim = std::distance(std::begin(kChannelsLast), llvm::find(kChannelsLast, dim));
    Along along(stored.getShape(), dim);
    ChannelMap map = getChannelMap(norm);
    auto tableType = RankedTensorType::get({along.length}, element);
    Value factors = b.constantTensor(tableType, map.factor), offsets = b.constantTensor(tableType, map.offset);
    Value flat = b.flatten(inputs[0].value), empty = emptyRow(b, stored.getNumElements(), element);

    auto apply = [&](StepBuilder &b, ValueRange operands, Value row,
                     function_ref<std::pair<Value, Value>(ValueRange)> getMap) -> Value {
      return b
          .elementwise(operands, row,
                       [&](OpBuilder &builder, Location loc, ValueRange arguments) {
                         StepBuilder body(loc, builder, b.dt, b.machine);
                         auto [factor, offset] = getMap(arguments);
                         Value product = arith::MulFOp::create(body, factor, body.toFloat(arguments.front(), element));
                         return SmallVector<Value>{arith::AddFOp::create(body, product, offset)};
                       })
          .front();
    };
    Value result;
    if (along.inner == 1) {
      result = forEach(b, along.outer, empty, [&](StepBuilder &b, Value outer, Value carried) {
        Value start = scaleIndex(b, outer, along.length);
        Value row = apply(b, {readRow(b, flat, start, along.length), factors, offsets},
                          readRow(b, carried, start, along.length),
                          [](ValueRange arguments) { return std::pair(arguments[1], arguments[2]); });
        return writeRow(b, row, carried, start, along.length);
      });
    } else {
      result = forEach(b, along.outer * along.length, empty, [&](StepBuilder &b, Value index, Value carried) {
        Value channel = arith::RemUIOp::create(b, index, b.index(along.length));
        Value factor = tensor::ExtractOp::create(b, factors, channel);
        Value offset = tensor::ExtractOp::create(b, offsets, channel);
        Value start = scaleIndex(b, index, along.inner);
        Value row = apply(b, readRow(b, flat, start, along.inner), readRow(b, carried, start, along.inner),
                          [&](ValueRange) { return std::pair(factor, offset); });
        return writeRow(b, row, carried, start, along.inner);
      });
    }
    results.push_back({b.unflatten(result, stored), channelsLast});
    return success();
  }
};

//===----------------------------------------------------------------------===//
// lle.reduce
//===----------------------------------------------------------------------===//

class ReduceLowering {
public:
  ReduceLowering(ReduceOp op, StepBuilder &b)
      : op(op), b(b), along(cast<RankedTensorType>(op.getInput().getType()).getShape(), op.getDim()),
        binary(isBinarySpike(op.getInput())), input(getStoredElementType(getElementTypeOrSelf(op.getInput()))),
        result(getStoredElementType(getElementTypeOrSelf(op.getResult()))), sum(getSumType()) {}

  Value build(Value flat) {
    bool inRows = along.inner == 1 && isa<IntegerType>(sum);
    Value sums = inRows ? reduceRows(flat) : addRows(flat);
    return b
        .elementwise(sums, emptyRow(b, along.outer * along.inner, result),
                     [&](OpBuilder &builder, Location loc, ValueRange arguments) -> SmallVector<Value> {
                       StepBuilder body(loc, builder, b.dt, b.machine);
                       return {finish(body, arguments.front())};
                     })
        .front();
  }

private:
  ReduceOp op;
  StepBuilder &b;
  Along along;
  bool binary;
  Type input, result; ///< Stored elements.
  Type sum;           ///< What is added up, or compared.

  bool isMax() { return op.getReduction() == Reduction::max; }

  /// Sums of whole numbers are integers where floats would not round either: their order is free then.
  Type getSumType() {
    if (isMax())
      return input;
    if (!isa<IntegerType>(input))
      return result;
    // A result of si32 is a residue, which needs no wider sums.
    if (result.isInteger(32))
      return result;
    double largest = getLargest(input, binary) * double(along.length);
    double exact = std::ldexp(
        1.0, isa<FloatType>(result) ? APFloat::semanticsPrecision(cast<FloatType>(result).getFloatSemantics()) : 62);
    if (largest > exact)
      return result;
    return b.getIntegerType(largest < 0x1p31 ? 32 : 64);
  }

  Value finish(StepBuilder &b, Value value) {
    if (isMax())
      return value;
    if (auto counts = dyn_cast<IntegerType>(result))
      return narrow(b, value, counts);
    value = b.toFloat(value, result);
    if (op.getReduction() == Reduction::mean)
      value = arith::DivFOp::create(b, value, b.floatConstant(result, double(along.length)));
    return value;
  }

  Value combine(StepBuilder &b, Value value, Value next) {
    if (isa<FloatType>(sum)) {
      next = b.toFloat(next, sum);
      if (!isMax())
        return arith::AddFOp::create(b, value, next);
      Value larger = arith::CmpFOp::create(b, arith::CmpFPredicate::OLT, value, next);
      return arith::SelectOp::create(b, larger, next, value);
    }
    next = widen(b, next, cast<IntegerType>(sum));
    if (isMax())
      return arith::MaxSIOp::create(b, value, next);
    return arith::AddIOp::create(b, value, next);
  }

  /// Row after row is added to the first, element by element. Rows of one element each are laid side by side before.
  Value addRows(Value flat) {
    int64_t outer = along.outer, width = along.inner;
    if (width == 1 && outer > 1) {
      Value matrix = b.unflatten(flat, RankedTensorType::get({outer, along.length}, input));
      flat = b.flatten(b.transpose(matrix, {1, 0}));
      std::swap(outer, width);
    }
    Value empty = emptyRow(b, outer * width, sum);
    return forEach(b, outer, empty, [&](StepBuilder &b, Value index, Value carried) {
      Value first = scaleIndex(b, index, along.length * width), place = scaleIndex(b, index, width);
      Value row = readRow(b, carried, place, width);
      row =
          b.elementwise(readRow(b, flat, first, width), row, [&](OpBuilder &builder, Location loc, ValueRange values) {
             StepBuilder body(loc, builder, b.dt, b.machine);
             Value value = isa<FloatType>(sum) ? body.toFloat(values.front(), sum)
                                               : widen(body, values.front(), cast<IntegerType>(sum));
             return SmallVector<Value>{value};
           }).front();
      if (along.length > 1)
        row = forEach(b, along.length - 1, row, [&](StepBuilder &b, Value index, Value carried) {
          Value step = scaleIndex(b, arith::AddIOp::create(b, index, b.index(1)), width);
          Value next = readRow(b, flat, arith::AddIOp::create(b, first, step), width);
          return b
              .elementwise(next, carried,
                           [&](OpBuilder &builder, Location loc, ValueRange values) {
                             StepBuilder body(loc, builder, b.dt, b.machine);
                             return SmallVector<Value>{combine(body, values[1], values[0])};
                           })
              .front();
        });
      return writeRow(b, row, carried, place, width);
    });
  }

  /// A vector of a row at a time; of spikes, the bits of a mask are counted.
  Value reduceRows(Value flat) {
    int64_t chunk = std::min<int64_t>(along.length, 64), whole = along.length / chunk;
    auto wide = cast<IntegerType>(sum);
    return forEach(b, along.outer, emptyRow(b, along.outer, sum), [&](StepBuilder &b, Value row, Value carried) {
      Value start = scaleIndex(b, row, along.length);
      int64_t least = isMax() ? APInt::getSignedMinValue(wide.getWidth()).getSExtValue() : 0;
      Value total = forEach(b, whole, integerConstant(b, sum, least), [&](StepBuilder &b, Value index, Value total) {
        Value first = arith::AddIOp::create(b, start, scaleIndex(b, index, chunk));
        return join(b, total, reduceChunk(b, flat, first, chunk));
      });
      if (int64_t rest = along.length - whole * chunk)
        total = join(b, total, reduceChunk(b, flat, arith::AddIOp::create(b, start, b.index(whole * chunk)), rest));
      return tensor::InsertOp::create(b, total, carried, row).getResult();
    });
  }

  Value join(StepBuilder &b, Value total, Value part) {
    return isMax() ? arith::MaxSIOp::create(b, total, part).getResult()
                   : arith::AddIOp::create(b, total, part).getResult();
  }

  Value reduceChunk(StepBuilder &b, Value flat, Value first, int64_t length) {
    auto type = VectorType::get({length}, input);
    Value chunk = vector::TransferReadOp::create(b, type, flat, first, std::nullopt, ArrayRef<bool>{true});
    if (isMax())
      return vector::ReductionOp::create(b, vector::CombiningKind::MAXSI, chunk);
    if (binary && llvm::isPowerOf2_64(length) && length >= 8) {
      Value spikes = arith::CmpIOp::create(b, arith::CmpIPredicate::ne, chunk, b.zero(type));
      auto bits = b.getIntegerType(length);
      Value word = vector::BitCastOp::create(b, VectorType::get({1}, bits), spikes);
      word = vector::ExtractOp::create(b, word, ArrayRef<int64_t>{0});
      Value count = math::CtPopOp::create(b, word);
      auto wide = cast<IntegerType>(sum);
      if (wide.getWidth() < bits.getWidth())
        return arith::TruncIOp::create(b, wide, count);
      return wide == bits ? count : arith::ExtUIOp::create(b, wide, count).getResult();
    }
    return vector::ReductionOp::create(b, vector::CombiningKind::ADD, widen(b, chunk, cast<IntegerType>(sum)));
  }
};

struct ReduceModel : StepLoweringOpInterface::ExternalModel<ReduceModel, ReduceOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value>,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &) const {
    auto reduce = cast<ReduceOp>(op);
    Value flat = ReduceLowering(reduce, b).build(b.flatten(b.toChannelsFirst(inputs[0]).value));
    results.push_back({b.unflatten(flat, getStoredType(reduce.getType(), /*channelsLast=*/false))});
    return success();
  }
};

//===----------------------------------------------------------------------===//
// lle.broadcast, lle.reshape
//===----------------------------------------------------------------------===//

struct BroadcastModel : StepLoweringOpInterface::ExternalModel<BroadcastModel, BroadcastOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value>,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &) const {
    auto broadcast = cast<BroadcastOp>(op);
    RankedTensorType stored = getStoredType(broadcast.getType(), /*channelsLast=*/false);
    Value empty = tensor::EmptyOp::create(b, stored.getShape(), stored.getElementType());
    Value repeated = linalg::BroadcastOp::create(b, b.toChannelsFirst(inputs[0]).value, empty,
                                                 ArrayRef<int64_t>{int64_t(broadcast.getDim())})
                         ->getResult(0);
    results.push_back({repeated, /*channelsLast=*/false, inputs[0].sparse});
    return success();
  }
};

struct ReshapeModel : StepLoweringOpInterface::ExternalModel<ReshapeModel, ReshapeOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value>,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &) const {
    StepSignal input = b.toChannelsFirst(inputs[0]);
    auto type = getStoredType(cast<ReshapeOp>(op).getType(), /*channelsLast=*/false);
    results.push_back({b.unflatten(b.flatten(input.value), type), /*channelsLast=*/false, input.sparse});
    return success();
  }
};
} // namespace

void lle::attachLayerLowerings(MLIRContext *context) {
  MulOp::attachInterface<MulModel>(*context);
  AndOp::attachInterface<AndModel>(*context);
  OrOp::attachInterface<OrModel>(*context);
  NotOp::attachInterface<NotModel>(*context);
  BatchNormOp::attachInterface<BatchNormModel>(*context);
  ReduceOp::attachInterface<ReduceModel>(*context);
  BroadcastOp::attachInterface<BroadcastModel>(*context);
  ReshapeOp::attachInterface<ReshapeModel>(*context);
}
