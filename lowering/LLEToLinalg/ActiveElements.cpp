//===- ActiveElements.cpp - walk what is not zero -------------------------===//
#include "lowering/LLEToLinalg/Synapses.h"

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

/// Ends the body of a loop. One that carries nothing was built with its terminator.
static void yieldCarried(StepBuilder &b, ValueRange carried) {
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

Value lle::packMask(StepBuilder &b, Value active) {
  // A mask whose length is a power of two stays in one register; other lengths would be taken apart bit by bit.
  int64_t length = cast<VectorType>(active.getType()).getNumElements();
  int64_t bits = std::max<int64_t>(8, llvm::PowerOf2Ceil(length));
  if (bits != length)
    active = vector::InsertStridedSliceOp::create(b, active, b.zero(VectorType::get({bits}, b.getI1Type())),
                                                  ArrayRef<int64_t>{0}, ArrayRef<int64_t>{1});
  auto bitsType = b.getIntegerType(bits);
  Value word = vector::BitCastOp::create(b, VectorType::get({1}, bitsType), active);
  word = vector::ExtractOp::create(b, word, ArrayRef<int64_t>{0});
  auto maskType = b.getIntegerType(bits <= 32 ? 32 : 64);
  return bitsType == maskType ? word : arith::ExtUIOp::create(b, maskType, word).getResult();
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

static SmallVector<Value> forEachActive(StepBuilder &b, Value tensor, ValueRange carried, ActiveElementBody body) {
  auto type = cast<RankedTensorType>(tensor.getType());
  int64_t bits = getMaskBits(type.getElementType()), length = type.getNumElements();
  int64_t whole = length / bits * bits;
  SmallVector<Value> values(carried);
  if (whole == bits) {
    values = forEachActiveInWord(b, tensor, b.index(0), bits, values, body);
  } else if (whole != 0) {
    auto loop = scf::ForOp::create(b, b.index(0), b.index(whole), b.index(bits), values);
    StepBuilder inner(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()), b.dt, b.machine);
    SmallVector<Value> next =
        forEachActiveInWord(inner, tensor, loop.getInductionVar(), bits, loop.getRegionIterArgs(), body);
    yieldCarried(inner, next);
    values = SmallVector<Value>(loop.getResults());
  }
  if (whole != length)
    values = forEachActiveInWord(b, tensor, b.index(whole), length - whole, values, body);
  return values;
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
