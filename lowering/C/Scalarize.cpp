//===- Scalarize.cpp - code without vectors -------------------------------===//
//
// Every value of vector type becomes one scalar for each of its elements, in row-major order. Loops that carry vectors
// carry the elements.
//
//===----------------------------------------------------------------------===//
#include "lowering/C/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/UB/IR/UBOps.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "llvm/ADT/TypeSwitch.h"

namespace lle {
#define GEN_PASS_DEF_SCALARIZE
#include "lowering/C/Passes.h.inc"
} // namespace lle

using namespace mlir;
using Lanes = SmallVector<Value>;

static bool isVector(Type type) { return isa<VectorType>(type); }

static bool hasVectors(Operation &op) {
  return llvm::any_of(op.getOperandTypes(), isVector) || llvm::any_of(op.getResultTypes(), isVector);
}

namespace {
class Scalarizer {
public:
  explicit Scalarizer(MLIRContext *context) : b(context) {}
  LogicalResult convert(Block &block);
  /// To be called after `convert`.
  void eraseReplaced();

private:
  LogicalResult convert(Operation &op);
  LogicalResult convertRegions(Operation &op);
  void expandArguments(Block &block);

  // One for each kind of operation: the elements of its result.
  FailureOr<Lanes> expand(Operation &op);
  Lanes expandElementwise(Operation &op, VectorType type);
  FailureOr<Lanes> expandConstant(arith::ConstantOp op, VectorType type);
  FailureOr<Lanes> expandRead(vector::TransferReadOp op);
  FailureOr<Lanes> expandLoad(vector::LoadOp op);
  FailureOr<Lanes> expandGather(vector::GatherOp op);
  FailureOr<Lanes> expandBroadcast(vector::BroadcastOp op);
  FailureOr<Lanes> expandExtract(vector::ExtractOp op);
  FailureOr<Lanes> expandInsert(vector::InsertOp op);
  FailureOr<Lanes> expandBitcast(vector::BitCastOp op);
  FailureOr<Lanes> expandReduction(vector::ReductionOp op);
  Lanes expandExtractSlice(vector::ExtractStridedSliceOp op);
  Lanes expandInsertSlice(vector::InsertStridedSliceOp op);
  Lanes expandShuffle(vector::ShuffleOp op);
  Lanes expandMultiplyAdd(vector::FMAOp op);

  LogicalResult write(vector::TransferWriteOp op);
  LogicalResult store(vector::StoreOp op);

  /// The scalars in place of a value: its elements, or itself.
  Lanes get(Value value) {
    auto found = elements.find(value);
    return found == elements.end() ? Lanes{value} : found->second;
  }
  Lanes get(ValueRange values) {
    Lanes all;
    for (Value value : values)
      llvm::append_range(all, get(value));
    return all;
  }
  void set(Value vector, Lanes lanes) {
    if (isVector(vector.getType()))
      elements[vector] = std::move(lanes);
    else
      vector.replaceAllUsesWith(lanes.front());
  }
  /// Maps each of `from` to as many of `to` as it has elements.
  void set(ValueRange from, ValueRange to) {
    for (Value value : from) {
      auto type = dyn_cast<VectorType>(value.getType());
      unsigned count = type ? type.getNumElements() : 1;
      set(value, llvm::to_vector(to.take_front(count)));
      to = to.drop_front(count);
    }
  }

  Value constant(int64_t value) { return arith::ConstantIndexOp::create(b, loc(), value); }
  Value add(Value index, int64_t offset) {
    return offset == 0 ? index : arith::AddIOp::create(b, loc(), index, constant(offset)).getResult();
  }
  Location loc() { return current->getLoc(); }
  /// The index of each element in memory: `indices` plus its place in a vector of that shape, whose dimension i runs
  /// along dimension `dims[i]` of the memory; -1 for one that repeats the same elements.
  SmallVector<Lanes> getPlaces(ValueRange indices, ArrayRef<int64_t> shape, ArrayRef<int64_t> dims);
  FailureOr<SmallVector<Lanes>> getPlaces(VectorTransferOpInterface op);

  OpBuilder b;
  Operation *current = nullptr;
  llvm::DenseMap<Value, Lanes> elements;
  SmallVector<Operation *> replaced;
  SmallVector<BlockArgument> stale;
};
} // namespace

void Scalarizer::eraseReplaced() {
  for (Operation *op : llvm::reverse(replaced)) {
    op->dropAllUses();
    op->erase();
  }
  for (BlockArgument argument : llvm::reverse(stale))
    argument.getOwner()->eraseArgument(argument.getArgNumber());
}

SmallVector<Lanes> Scalarizer::getPlaces(ValueRange indices, ArrayRef<int64_t> shape, ArrayRef<int64_t> dims) {
  SmallVector<Lanes> places;
  SmallVector<int64_t> strides = computeStrides(shape);
  for (int64_t i = 0, e = computeProduct(shape); i < e; ++i) {
    SmallVector<int64_t> offsets(indices.size());
    for (auto [place, dim] : llvm::zip(delinearize(i, strides), dims))
      if (dim >= 0)
        offsets[dim] = place;
    Lanes place;
    for (auto [index, offset] : llvm::zip(indices, offsets))
      place.push_back(add(index, offset));
    places.push_back(std::move(place));
  }
  return places;
}

FailureOr<SmallVector<Lanes>> Scalarizer::getPlaces(VectorTransferOpInterface op) {
  if (!isa<MemRefType>(op.getShapedType()) || op.getMask() || op.hasOutOfBoundsDim())
    return op.emitOpError("cannot be made scalar: it must access memory without a mask, within its bounds");
  SmallVector<int64_t> dims;
  for (AffineExpr result : op.getPermutationMap().getResults()) {
    auto dim = dyn_cast<AffineDimExpr>(result);
    dims.push_back(dim ? int64_t(dim.getPosition()) : -1);
  }
  return getPlaces(op.getIndices(), op.getVectorType().getShape(), dims);
}

FailureOr<Lanes> Scalarizer::expandRead(vector::TransferReadOp op) {
  FailureOr<SmallVector<Lanes>> places = getPlaces(cast<VectorTransferOpInterface>(op.getOperation()));
  if (failed(places))
    return failure();
  return llvm::map_to_vector(
      *places, [&](const Lanes &place) -> Value { return memref::LoadOp::create(b, loc(), op.getBase(), place); });
}

LogicalResult Scalarizer::write(vector::TransferWriteOp op) {
  FailureOr<SmallVector<Lanes>> places = getPlaces(cast<VectorTransferOpInterface>(op.getOperation()));
  if (failed(places))
    return failure();
  for (auto [value, place] : llvm::zip(get(op.getVector()), *places))
    memref::StoreOp::create(b, loc(), value, op.getBase(), place);
  return success();
}

/// Vectors that `vector.load` and `vector.store` access lie along the innermost dimensions.
static SmallVector<int64_t> getInnermost(int64_t memoryRank, int64_t rank) {
  return llvm::to_vector(llvm::seq<int64_t>(memoryRank - rank, memoryRank));
}

FailureOr<Lanes> Scalarizer::expandLoad(vector::LoadOp op) {
  VectorType type = op.getVectorType();
  auto places = getPlaces(op.getIndices(), type.getShape(), getInnermost(op.getMemRefType().getRank(), type.getRank()));
  return llvm::map_to_vector(
      places, [&](const Lanes &place) -> Value { return memref::LoadOp::create(b, loc(), op.getBase(), place); });
}

LogicalResult Scalarizer::store(vector::StoreOp op) {
  VectorType type = op.getVectorType();
  auto places = getPlaces(op.getIndices(), type.getShape(), getInnermost(op.getMemRefType().getRank(), type.getRank()));
  for (auto [value, place] : llvm::zip(get(op.getValueToStore()), places))
    memref::StoreOp::create(b, loc(), value, op.getBase(), place);
  return success();
}

FailureOr<Lanes> Scalarizer::expandGather(vector::GatherOp op) {
  if (!isa<MemRefType>(op.getBaseType()))
    return op.emitOpError("cannot be made scalar: it must gather from memory");
  Lanes results;
  for (auto [offset, mask, pass] : llvm::zip(get(op.getIndices()), get(op.getMask()), get(op.getPassThru()))) {
    Value index = offset;
    if (!index.getType().isIndex())
      index = arith::IndexCastOp::create(b, loc(), b.getIndexType(), index);
    auto load = [&](OpBuilder &builder) -> Value {
      Lanes place(op.getOffsets());
      place.back() = arith::AddIOp::create(builder, loc(), place.back(), index);
      return memref::LoadOp::create(builder, loc(), op.getBase(), place);
    };
    if (matchPattern(mask, m_One())) {
      results.push_back(load(b));
      continue;
    }
    Value otherwise = pass;
    auto choice = scf::IfOp::create(
        b, loc(), mask, [&](OpBuilder &builder, Location at) { scf::YieldOp::create(builder, at, load(builder)); },
        [&](OpBuilder &builder, Location at) { scf::YieldOp::create(builder, at, otherwise); });
    results.push_back(choice.getResult(0));
  }
  return results;
}

Lanes Scalarizer::expandElementwise(Operation &op, VectorType type) {
  SmallVector<Lanes> operands = llvm::map_to_vector(op.getOperands(), [&](Value operand) { return get(operand); });
  Lanes results;
  for (int64_t lane = 0, e = type.getNumElements(); lane < e; ++lane) {
    OperationState state(loc(), op.getName());
    for (auto [operand, values] : llvm::zip(op.getOperands(), operands))
      state.operands.push_back(isVector(operand.getType()) ? values[lane] : values.front());
    state.addTypes(type.getElementType());
    state.addAttributes(op.getAttrs());
    results.push_back(b.create(state)->getResult(0));
  }
  return results;
}

FailureOr<Lanes> Scalarizer::expandConstant(arith::ConstantOp op, VectorType type) {
  auto dense = dyn_cast<DenseElementsAttr>(op.getValue());
  if (!dense)
    return op.emitOpError("cannot be made scalar: its value is not dense");
  auto create = [&](Attribute element) -> Value {
    return arith::ConstantOp::create(b, loc(), cast<TypedAttr>(element));
  };
  if (dense.isSplat())
    return Lanes(type.getNumElements(), create(dense.getSplatValue<Attribute>()));
  return llvm::map_to_vector(dense.getValues<Attribute>(), create);
}

FailureOr<Lanes> Scalarizer::expandBroadcast(vector::BroadcastOp op) {
  VectorType type = op.getResultVectorType();
  auto sourceType = dyn_cast<VectorType>(op.getSourceType());
  Lanes source = get(op.getSource()), results;
  SmallVector<int64_t> shape(sourceType ? sourceType.getShape() : ArrayRef<int64_t>());
  int64_t added = type.getRank() - int64_t(shape.size());
  SmallVector<int64_t> strides = computeStrides(type.getShape()), sourceStrides = computeStrides(shape);
  for (int64_t i = 0, e = type.getNumElements(); i < e; ++i) {
    SmallVector<int64_t> place = delinearize(i, strides);
    int64_t from = 0;
    for (auto [dim, stride] : llvm::enumerate(sourceStrides))
      from += shape[dim] == 1 ? 0 : place[added + dim] * stride;
    results.push_back(source[from]);
  }
  return results;
}

/// Where the elements at that static position start among all; -1 for a position that is computed.
static int64_t getStart(VectorType type, ArrayRef<int64_t> position, int64_t &count) {
  count = type.getNumElements();
  int64_t start = 0;
  for (auto [dim, index] : llvm::zip(type.getShape(), position)) {
    if (ShapedType::isDynamic(index))
      return -1;
    count /= dim;
    start += index * count;
  }
  return start;
}

FailureOr<Lanes> Scalarizer::expandExtract(vector::ExtractOp op) {
  int64_t count, start = getStart(op.getSourceVectorType(), op.getStaticPosition(), count);
  if (start < 0)
    return op.emitOpError("cannot be made scalar: its position is not constant");
  Lanes source = get(op.getSource());
  return Lanes(ArrayRef<Value>(source).slice(start, count));
}

FailureOr<Lanes> Scalarizer::expandInsert(vector::InsertOp op) {
  int64_t count, start = getStart(op.getDestVectorType(), op.getStaticPosition(), count);
  if (start < 0)
    return op.emitOpError("cannot be made scalar: its position is not constant");
  Lanes results = get(op.getDest());
  llvm::copy(get(op.getValueToStore()), results.begin() + start);
  return results;
}

/// Visits the elements of a box of `sizes` at `offsets`, which covers the innermost dimensions of `shape`.
static void visitSlice(ArrayRef<int64_t> shape, ArrayRef<int64_t> offsets, ArrayRef<int64_t> sizes,
                       llvm::function_ref<void(int64_t inSlice, int64_t inWhole)> visit) {
  SmallVector<int64_t> strides = computeStrides(shape), sliceStrides = computeStrides(sizes);
  for (int64_t i = 0, e = computeProduct(sizes); i < e; ++i) {
    SmallVector<int64_t> place = delinearize(i, sliceStrides);
    int64_t whole = 0;
    for (auto [dim, stride] : llvm::enumerate(strides)) {
      int64_t inner = int64_t(dim) - int64_t(shape.size() - sizes.size());
      whole += ((dim < offsets.size() ? offsets[dim] : 0) + (inner >= 0 ? place[inner] : 0)) * stride;
    }
    visit(i, whole);
  }
}

static SmallVector<int64_t> getIntegers(ArrayAttr array) {
  return llvm::map_to_vector(array, [](Attribute value) { return cast<IntegerAttr>(value).getInt(); });
}

Lanes Scalarizer::expandExtractSlice(vector::ExtractStridedSliceOp op) {
  Lanes source = get(op.getSource()), results;
  visitSlice(op.getSourceVectorType().getShape(), getIntegers(op.getOffsets()),
             cast<VectorType>(op.getType()).getShape(),
             [&](int64_t, int64_t whole) { results.push_back(source[whole]); });
  return results;
}

Lanes Scalarizer::expandInsertSlice(vector::InsertStridedSliceOp op) {
  Lanes slice = get(op.getValueToStore()), results = get(op.getDest());
  visitSlice(op.getDestVectorType().getShape(), getIntegers(op.getOffsets()), op.getSourceVectorType().getShape(),
             [&](int64_t piece, int64_t whole) { results[whole] = slice[piece]; });
  return results;
}

Lanes Scalarizer::expandShuffle(vector::ShuffleOp op) {
  Lanes sources = get(op.getV1());
  llvm::append_range(sources, get(op.getV2()));
  int64_t inner = op.getV1VectorType().getNumElements() / op.getV1VectorType().getDimSize(0);
  Lanes results;
  for (int64_t from : op.getMask())
    for (int64_t i = 0; i < inner; ++i)
      results.push_back(sources[from < 0 ? i : from * inner + i]);
  return results;
}

Lanes Scalarizer::expandMultiplyAdd(vector::FMAOp op) {
  Lanes results;
  for (auto [x, y, sum] : llvm::zip(get(op.getLhs()), get(op.getRhs()), get(op.getAcc()))) {
    Value product = arith::MulFOp::create(b, loc(), x, y, arith::FastMathFlags::contract);
    results.push_back(arith::AddFOp::create(b, loc(), product, sum, arith::FastMathFlags::contract));
  }
  return results;
}

FailureOr<Lanes> Scalarizer::expandBitcast(vector::BitCastOp op) {
  Type from = op.getSourceVectorType().getElementType(), to = op.getResultVectorType().getElementType();
  Lanes source = get(op.getSource()), results;
  unsigned fromBits = from.getIntOrFloatBitWidth(), toBits = to.getIntOrFloatBitWidth();
  if (fromBits == toBits) {
    for (Value value : source)
      results.push_back(from == to ? value : arith::BitcastOp::create(b, loc(), to, value).getResult());
    return results;
  }
  if (!from.isInteger() || !to.isInteger())
    return op.emitOpError("cannot be made scalar: it regroups the bits of ") << from << " as " << to;
  auto number = [&](Type type, unsigned value) -> Value {
    return arith::ConstantOp::create(b, loc(), b.getIntegerAttr(type, value));
  };
  // The first element has the lowest bits.
  if (fromBits < toBits) {
    unsigned ratio = toBits / fromBits;
    for (size_t i = 0; i < source.size(); i += ratio) {
      Value word;
      for (unsigned k = 0; k < ratio; ++k) {
        Value part = arith::ExtUIOp::create(b, loc(), to, source[i + k]);
        if (k > 0)
          part = arith::ShLIOp::create(b, loc(), part, number(to, k * fromBits));
        word = word ? arith::OrIOp::create(b, loc(), word, part).getResult() : part;
      }
      results.push_back(word);
    }
    return results;
  }
  for (Value word : source)
    for (unsigned k = 0; k < fromBits / toBits; ++k) {
      Value part = k == 0 ? word : arith::ShRUIOp::create(b, loc(), word, number(from, k * toBits)).getResult();
      results.push_back(arith::TruncIOp::create(b, loc(), to, part));
    }
  return results;
}

FailureOr<Lanes> Scalarizer::expandReduction(vector::ReductionOp op) {
  Value result = op.getAcc();
  // As LLVM's reduction does: a sum of numbers starts from zero, a product from one.
  Type type = op.getType();
  if (!result && isa<FloatType>(type) &&
      (op.getKind() == vector::CombiningKind::ADD || op.getKind() == vector::CombiningKind::MUL))
    result = arith::ConstantOp::create(b, loc(),
                                       b.getFloatAttr(type, op.getKind() == vector::CombiningKind::ADD ? 0.0 : 1.0));
  for (Value value : get(op.getVector()))
    result = result ? vector::makeArithReduction(b, loc(), op.getKind(), result, value) : value;
  return Lanes{result};
}

FailureOr<Lanes> Scalarizer::expand(Operation &op) {
  auto type = op.getNumResults() == 1 ? dyn_cast<VectorType>(op.getResult(0).getType()) : VectorType();
  if (type && type.isScalable())
    return op.emitOpError("cannot be made scalar: the length of ") << type << " is not known";
  if (auto fma = dyn_cast<vector::FMAOp>(op))
    return expandMultiplyAdd(fma);
  if (type && OpTrait::hasElementwiseMappableTraits(&op))
    return expandElementwise(op, type);
  return llvm::TypeSwitch<Operation *, FailureOr<Lanes>>(&op)
      .Case([&](arith::ConstantOp constant) { return expandConstant(constant, type); })
      .Case([&](ub::PoisonOp) -> FailureOr<Lanes> {
        Value zero = arith::ConstantOp::create(b, loc(), b.getZeroAttr(type.getElementType()));
        return Lanes(type.getNumElements(), zero);
      })
      .Case([&](vector::TransferReadOp read) { return expandRead(read); })
      .Case([&](vector::LoadOp load) { return expandLoad(load); })
      .Case([&](vector::GatherOp gather) { return expandGather(gather); })
      .Case([&](vector::BroadcastOp broadcast) { return expandBroadcast(broadcast); })
      .Case([&](vector::ExtractOp extract) { return expandExtract(extract); })
      .Case([&](vector::InsertOp insert) { return expandInsert(insert); })
      .Case([&](vector::BitCastOp bitcast) { return expandBitcast(bitcast); })
      .Case([&](vector::ReductionOp reduction) { return expandReduction(reduction); })
      .Case([&](vector::ExtractStridedSliceOp slice) -> FailureOr<Lanes> { return expandExtractSlice(slice); })
      .Case([&](vector::InsertStridedSliceOp slice) -> FailureOr<Lanes> { return expandInsertSlice(slice); })
      .Case([&](vector::ShuffleOp shuffle) -> FailureOr<Lanes> { return expandShuffle(shuffle); })
      .Case<vector::ShapeCastOp, vector::FromElementsOp>(
          [&](auto) -> FailureOr<Lanes> { return get(op.getOperands()); })
      .Case([&](vector::InterleaveOp interleave) -> FailureOr<Lanes> {
        Lanes results;
        for (auto [even, odd] : llvm::zip(get(interleave.getLhs()), get(interleave.getRhs())))
          results.append({even, odd});
        return results;
      })
      .Case([&](vector::StepOp) -> FailureOr<Lanes> {
        return llvm::map_to_vector(llvm::seq(type.getNumElements()), [&](int64_t i) { return constant(i); });
      })
      .Default([&](Operation *) -> FailureOr<Lanes> { return op.emitOpError("cannot be made scalar"); });
}

/// The arguments of a block, each vector with its elements behind it.
void Scalarizer::expandArguments(Block &block) {
  for (unsigned i = 0; i < block.getNumArguments(); ++i) {
    BlockArgument argument = block.getArgument(i);
    auto type = dyn_cast<VectorType>(argument.getType());
    if (!type)
      continue;
    Lanes lanes;
    for (int64_t lane = 0, e = type.getNumElements(); lane < e; ++lane)
      lanes.push_back(block.insertArgument(++i, type.getElementType(), loc()));
    elements[argument] = std::move(lanes);
    stale.push_back(argument);
  }
}

/// Gives an operation with regions a copy that has elements in place of vectors, and moves the regions there.
LogicalResult Scalarizer::convertRegions(Operation &op) {
  Operation *owner = &op;
  if (hasVectors(op)) {
    OperationState state(loc(), op.getName());
    state.addOperands(get(op.getOperands()));
    for (Type type : op.getResultTypes()) {
      auto vector = dyn_cast<VectorType>(type);
      state.types.append(vector ? vector.getNumElements() : 1, vector ? vector.getElementType() : type);
    }
    state.addAttributes(op.getAttrs());
    for (Region &region : op.getRegions())
      state.addRegion()->takeBody(region);
    owner = b.create(state);
    set(op.getResults(), owner->getResults());
    replaced.push_back(&op);
  }
  for (Region &region : owner->getRegions())
    for (Block &block : region) {
      current = owner;
      expandArguments(block);
      if (failed(convert(block)))
        return failure();
    }
  return success();
}

LogicalResult Scalarizer::convert(Operation &op) {
  current = &op;
  b.setInsertionPoint(&op);
  if (op.getNumRegions() > 0)
    return convertRegions(op);
  if (!hasVectors(op))
    return success();
  if (op.hasTrait<OpTrait::IsTerminator>()) {
    op.setOperands(get(op.getOperands()));
    return success();
  }
  replaced.push_back(&op);
  if (auto transfer = dyn_cast<vector::TransferWriteOp>(op))
    return write(transfer);
  if (auto whole = dyn_cast<vector::StoreOp>(op))
    return store(whole);
  if (auto parts = dyn_cast<vector::ToElementsOp>(op)) {
    set(parts.getResults(), get(parts.getSource()));
    return success();
  }
  FailureOr<Lanes> lanes = expand(op);
  if (failed(lanes))
    return failure();
  set(op.getResults(), *lanes);
  return success();
}

LogicalResult Scalarizer::convert(Block &block) {
  for (Operation &op : llvm::make_early_inc_range(block))
    if (failed(convert(op)))
      return failure();
  return success();
}

namespace {
struct Scalarize : lle::impl::ScalarizeBase<Scalarize> {
  using ScalarizeBase::ScalarizeBase;

  void runOnOperation() override {
    Scalarizer scalarizer(&getContext());
    for (Block &block : getOperation().getBody())
      if (failed(scalarizer.convert(block)))
        return signalPassFailure();
    scalarizer.eraseReplaced();
  }
};
} // namespace
