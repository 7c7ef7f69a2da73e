//===- ActiveElements.cpp - walk what is not zero -------------------------===//
#include "lowering/LLEToLinalg/PlaceList.h"
#include "lowering/MaterializeState/SpikeBits.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/Matchers.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace lle;

/// Bits of one activity mask: a machine word of bytes, and half of it for wider elements.
static int64_t getMaskBits(Type element) { return element.getIntOrFloatBitWidth() == 8 ? 64 : 32; }

void lle::yieldCarried(StepBuilder &b, ValueRange carried) {
  if (!carried.empty())
    scf::YieldOp::create(b, carried);
}

static SmallVector<Value> forEachInOrder(StepBuilder &b, Value tensor, ValueRange carried, ActiveElementBody body) {
  int64_t length = cast<RankedTensorType>(tensor.getType()).getNumElements();
  auto loop = scf::ForOp::create(b, b.index(0), b.index(length), b.index(1), carried);
  StepBuilder inner(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()), b.dt, b.machine);
  Value element = tensor::ExtractOp::create(inner, tensor, loop.getInductionVar());
  yieldCarried(inner, body(inner, loop.getInductionVar(), element, loop.getRegionIterArgs()));
  return SmallVector<Value>(loop.getResults());
}

Value lle::readActivity(StepBuilder &b, Value tensor, Value base, int64_t length) {
  Type element = cast<RankedTensorType>(tensor.getType()).getElementType();
  int64_t bits = std::max<int64_t>(8, llvm::PowerOf2Ceil(length));
  auto vectorType = VectorType::get({bits}, element);
  Value chunk = vector::TransferReadOp::create(b, VectorType::get({length}, element), tensor, base,
                                               /*padding=*/std::nullopt, ArrayRef<bool>{true});
  if (bits != length)
    chunk =
        vector::InsertStridedSliceOp::create(b, chunk, b.zero(vectorType), ArrayRef<int64_t>{0}, ArrayRef<int64_t>{1});
  return packMask(b, isa<FloatType>(element)
                         ? arith::CmpFOp::create(b, arith::CmpFPredicate::UNE, chunk, b.zero(vectorType)).getResult()
                         : arith::CmpIOp::create(b, arith::CmpIPredicate::ne, chunk, b.zero(vectorType)).getResult());
}

SmallVector<Value> lle::forEachBit(StepBuilder &b, Value word, ValueRange carried, BitBody body) {
  Type maskType = word.getType();
  SmallVector<Value> initial{word};
  llvm::append_range(initial, carried);
  SmallVector<Type> types = llvm::to_vector(ValueRange(initial).getTypes());
  auto loop = scf::WhileOp::create(
      b, types, initial,
      [&](OpBuilder &builder, Location loc, ValueRange arguments) {
        Value none = arith::ConstantOp::create(builder, loc, builder.getIntegerAttr(maskType, 0));
        Value more = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ne, arguments.front(), none);
        scf::ConditionOp::create(builder, loc, more, arguments);
      },
      [&](OpBuilder &builder, Location loc, ValueRange arguments) {
        StepBuilder inner(loc, builder, b.dt, b.machine);
        Value mask = arguments.front();
        Value position = math::CountTrailingZerosOp::create(inner, mask);
        Value one = arith::ConstantOp::create(inner, inner.getIntegerAttr(maskType, 1));
        Value rest = arith::AndIOp::create(inner, mask, arith::SubIOp::create(inner, mask, one));
        SmallVector<Value> next{rest};
        Value bit = arith::IndexCastUIOp::create(inner, inner.getIndexType(), position);
        llvm::append_range(next, body(inner, bit, arguments.drop_front()));
        scf::YieldOp::create(inner, next);
      });
  return SmallVector<Value>(loop.getResults().drop_front());
}

/// The elements from `base` on, `length` of them, at most as many as a mask has bits.
static SmallVector<Value> forEachActiveInWord(StepBuilder &b, Value tensor, Value base, int64_t length,
                                              ValueRange carried, ActiveElementBody body) {
  Value word = readActivity(b, tensor, base, length);
  return forEachBit(b, word, carried, [&](StepBuilder &inner, Value bit, ValueRange arguments) {
    Value index = arith::AddIOp::create(inner, base, bit);
    return body(inner, index, tensor::ExtractOp::create(inner, tensor, index), arguments);
  });
}

/// Visits `length` elements in pieces of `width`; `visit` gets the first of a piece and how many it has.
static SmallVector<Value>
forEachPiece(StepBuilder &b, int64_t length, int64_t width, ValueRange carried,
             function_ref<SmallVector<Value>(StepBuilder &, Value first, int64_t count, ValueRange carried)> visit) {
  int64_t whole = length / width * width;
  SmallVector<Value> values(carried);
  if (whole == width) {
    values = visit(b, b.index(0), width, values);
  } else if (whole != 0) {
    auto loop = scf::ForOp::create(b, b.index(0), b.index(whole), b.index(width), values);
    StepBuilder inner(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()), b.dt, b.machine);
    yieldCarried(inner, visit(inner, loop.getInductionVar(), width, loop.getRegionIterArgs()));
    values = SmallVector<Value>(loop.getResults());
  }
  return whole == length ? values : visit(b, b.index(whole), length - whole, values);
}

static SmallVector<Value> forEachActive(StepBuilder &b, Value tensor, ValueRange carried, ActiveElementBody body) {
  auto type = cast<RankedTensorType>(tensor.getType());
  return forEachPiece(b, type.getNumElements(), getMaskBits(type.getElementType()), carried,
                      [&](StepBuilder &b, Value first, int64_t count, ValueRange carried) {
                        return forEachActiveInWord(b, tensor, first, count, carried, body);
                      });
}

Value lle::packSpikes(StepBuilder &b, Value flat) {
  int64_t length = cast<RankedTensorType>(flat.getType()).getNumElements();
  Value words = tensor::EmptyOp::create(b, ArrayRef<int64_t>{getWordCount(length)}, b.getI32Type());
  return forEachPiece(b, length, kSpikeWordBits, words,
                      [&](StepBuilder &b, Value first, int64_t count, ValueRange carried) -> SmallVector<Value> {
                        Value number = arith::DivUIOp::create(b, first, b.index(kSpikeWordBits));
                        Value word = readActivity(b, flat, first, count);
                        return {tensor::InsertOp::create(b, word, carried.front(), number)};
                      })
      .front();
}

SmallVector<Value> lle::forEachSpike(StepBuilder &b, Value bits, Value base, int64_t count, ValueRange carried,
                                     SpikeBody body) {
  // As many bits as a register has: each word ends with a branch that is hard to predict.
  int64_t width = b.machine.lanes > 1 ? 2 * kSpikeWordBits : kSpikeWordBits;
  return forEachPiece(b, count, width, carried, [&](StepBuilder &b, Value first, int64_t length, ValueRange carried) {
    Value word = readBits(b, bits, arith::AddIOp::create(b, base, first), length);
    return forEachBit(b, word, carried, [&](StepBuilder &b, Value bit, ValueRange carried) {
      return body(b, arith::AddIOp::create(b, first, bit), carried);
    });
  });
}

static PlaceList listMasks(StepBuilder &b, int64_t length, int64_t width, double activity,
                           function_ref<Value(StepBuilder &, Value first, int64_t count)> readMask) {
  PlaceList list(b, length, activity);
  list.count = forEachPiece(b, length, width, b.index(0),
                            [&](StepBuilder &b, Value first, int64_t count, ValueRange carried) -> SmallVector<Value> {
                              return {list.append(b, carried.front(), first, readMask(b, first, count), count)};
                            })
                   .front();
  return list;
}

PlaceList lle::listElements(StepBuilder &b, Value tensor, double activity) {
  auto type = cast<RankedTensorType>(tensor.getType());
  return listMasks(b, type.getNumElements(), getMaskBits(type.getElementType()), activity,
                   [&](StepBuilder &b, Value first, int64_t count) { return readActivity(b, tensor, first, count); });
}

PlaceList lle::listSpikes(StepBuilder &b, Value bits, int64_t length, double activity) {
  return listMasks(b, length, 2 * kSpikeWordBits, activity,
                   [&](StepBuilder &b, Value first, int64_t count) { return readBits(b, bits, first, count); });
}

SmallVector<Value> lle::forEachElement(StepBuilder &b, Value tensor, bool skipZeros, ValueRange carried,
                                       ActiveElementBody body) {
  return skipZeros ? forEachActive(b, tensor, carried, body) : forEachInOrder(b, tensor, carried, body);
}

SynapseKernel lle::chooseKernel(Operation *synapse, const StepSignal &input, const VectorShape &machine) {
  SynapseKernel kernel{input.sparse, input.sparse ? kAssumedActivity : 1.0};
  if (auto activity = synapse->getAttrOfType<FloatAttr>(kActivityAttr)) {
    kernel.activity = activity.getValueAsDouble();
    SynapseWork work = getSynapseWork(cast<SynapseOpInterface>(synapse), machine.lanes);
    kernel.isEvent = SynapseCosts().isEventCheaper(work, kernel.activity);
  }
  if (auto chosen = synapse->getAttrOfType<StringAttr>(kSynapseAttr))
    kernel.isEvent = chosen.getValue() == "event";
  return kernel;
}

bool lle::isEventKernel(Operation *synapse, const VectorShape &machine) {
  StepSignal spikes;
  spikes.sparse = true;
  return chooseKernel(synapse, spikes, machine).isEvent;
}

SmallVector<double> lle::getWeightValues(Value weights) {
  ElementsAttr value;
  bool isConstant = matchPattern(weights, m_Constant(&value));
  assert(isConstant && "weights are constants");
  (void)isConstant;
  SmallVector<double> elements = getDoubles(value);
  if (elements.size() == 1)
    elements.assign(value.getNumElements(), elements.front());
  return elements;
}

bool lle::isBinarySpike(Value logical) { return getElementTypeOrSelf(logical.getType()).isInteger(1); }
