//===- EventList.cpp - synapses by a list of their events -----------------===//
#include "lowering/LLEToLinalg/EventList.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "llvm/Support/MathExtras.h"

#include <limits>

using namespace mlir;
using namespace lle;

/// The narrowest integers that count so many places.
static Type getPlaceType(OpBuilder &b, int64_t places) {
  return b.getIntegerType(places <= 256 ? 8 : places <= 65536 ? 16 : 32);
}

/// Spikes that are read at once.
static constexpr int64_t kSpikesPerWord = 4;
/// Integer registers that hold sums on a machine without vector registers: with the list, its end, the table and what
/// is loaded they are the 13 of Cortex-M.
static constexpr int64_t kIntegerSums = 8;

bool lle::sumsByEventList(const VectorShape &machine) { return machine.lanes == 1 || machine.simd == Simd::mve; }

int64_t lle::getNarrowBlock(ArrayRef<double> weights, int64_t inputs, int64_t step) {
  auto fits = [&](int64_t block) {
    for (size_t row = 0; row < weights.size(); row += inputs)
      for (int64_t first = 0; first < inputs; first += block) {
        double positive = 0, negative = 0;
        for (double weight : weights.slice(row + first, std::min(block, inputs - first)))
          (weight > 0 ? positive : negative) += weight;
        if (positive > std::numeric_limits<int16_t>::max() || negative < std::numeric_limits<int16_t>::min())
          return false;
      }
    return true;
  };
  int64_t block = inputs;
  while (block > 0 && !fits(block))
    block = (block - 1) / step * step;
  return block;
}

//===----------------------------------------------------------------------===//
// The list
//===----------------------------------------------------------------------===//

/// Writes the place behind the list, which grows by it if the spike, an i32, is one. There is no branch: most words
/// with a spike have one, in any place.
static EventList append(StepBuilder &b, EventList list, Value place, Value spike) {
  Type element = getElementTypeOrSelf(list.places.getType());
  Value stored = arith::IndexCastUIOp::create(b, element, place);
  list.places = tensor::InsertOp::create(b, stored, list.places, list.count);
  list.count = arith::AddIOp::create(b, list.count, arith::IndexCastUIOp::create(b, b.getIndexType(), spike));
  return list;
}

EventList lle::listEvents(StepBuilder &b, Value spikes, Value first, int64_t length, Value storage) {
  auto read = [&](StepBuilder &b, Value place, int64_t count) -> Value {
    auto type = VectorType::get({count}, b.getI8Type());
    return vector::TransferReadOp::create(b, type, spikes, arith::AddIOp::create(b, first, place).getResult(),
                                          std::nullopt, ArrayRef<bool>{true});
  };
  EventList list{storage, b.index(0)};
  int64_t whole = length / kSpikesPerWord * kSpikesPerWord;
  if (whole > 0) {
    auto loop =
        scf::ForOp::create(b, b.index(0), b.index(whole), b.index(kSpikesPerWord), ValueRange{list.places, list.count});
    StepBuilder inner(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()), b.dt, b.machine);
    Value place = loop.getInductionVar();
    Value word = vector::BitCastOp::create(inner, VectorType::get({1}, b.getI32Type()), read(inner, place, 4));
    word = vector::ExtractOp::create(inner, word, ArrayRef<int64_t>{0});
    Value any = arith::CmpIOp::create(inner, arith::CmpIPredicate::ne, word, inner.zero(b.getI32Type()));
    auto branch = scf::IfOp::create(
        inner, any,
        [&](OpBuilder &builder, Location loc) {
          StepBuilder some(loc, builder, b.dt, b.machine);
          EventList next{loop.getRegionIterArgs()[0], loop.getRegionIterArgs()[1]};
          Value one = arith::ConstantOp::create(some, some.getI32IntegerAttr(1));
          for (int64_t byte = 0; byte < kSpikesPerWord; ++byte) {
            Value bits = arith::ConstantOp::create(some, some.getI32IntegerAttr(8 * byte));
            Value spike = arith::AndIOp::create(some, arith::ShRUIOp::create(some, word, bits), one);
            next = append(some, next, arith::AddIOp::create(some, place, some.index(byte)), spike);
          }
          scf::YieldOp::create(some, ValueRange{next.places, next.count});
        },
        [&](OpBuilder &builder, Location loc) { scf::YieldOp::create(builder, loc, loop.getRegionIterArgs()); });
    scf::YieldOp::create(inner, branch.getResults());
    list = {loop.getResult(0), loop.getResult(1)};
  }
  for (int64_t place = whole; place < length; ++place) {
    Value spike = vector::ExtractOp::create(b, read(b, b.index(place), 1), ArrayRef<int64_t>{0});
    list = append(b, list, b.index(place), arith::ExtUIOp::create(b, b.getI32Type(), spike));
  }
  return list;
}

//===----------------------------------------------------------------------===//
// Sums
//===----------------------------------------------------------------------===//

namespace {
/// How the sums of a panel of outputs lie in registers.
enum class Packing {
  pairs,   ///< Two of 16 bits in an integer register.
  narrow,  ///< Vectors of 16 bits.
  elements ///< Of the arithmetic's own type.
};

class ListedSums {
public:
  ListedSums(StepBuilder &b, Value spikes, const SynapseArithmetic &arithmetic, ArrayRef<double> weights,
             ArrayRef<double> biases)
      : b(b), spikes(spikes), arithmetic(arithmetic), weights(weights), biases(biases),
        inputs(cast<RankedTensorType>(spikes.getType()).getNumElements()), outputs(int64_t(weights.size()) / inputs) {
    choosePacking();
  }

  Value build();

private:
  StepBuilder &b;
  Value spikes;
  const SynapseArithmetic &arithmetic;
  ArrayRef<double> weights, biases;
  const int64_t inputs, outputs;

  Packing packing;
  int64_t lanes;         ///< Outputs of one register of sums.
  int64_t block;         ///< Inputs whose sums fit the packing.
  int64_t panels, width; ///< Panels of outputs, and the registers of one.

  void choosePacking();
  Value packWeights();
  SmallVector<Value> addEvents(StepBuilder &b, const EventList &events, Value rows);
  Value addPair(StepBuilder &b, Value sum, Value word, bool upper);
  SmallVector<Value> widen(StepBuilder &b, Value sum);
  Value takeAddend(RankedTensorType padded);
  Type getWideType() const {
    return packing == Packing::pairs ? Type(arithmetic.sumType) : VectorType::get({getWideLanes()}, arithmetic.sumType);
  }
  /// Outputs of one value that `widen` gives.
  int64_t getWideLanes() const {
    return packing == Packing::narrow ? lanes / 2 : packing == Packing::pairs ? 1 : lanes;
  }
};
} // namespace

void ListedSums::choosePacking() {
  bool isSmall = arithmetic.sumType.isInteger(32) && arithmetic.tableType.getIntOrFloatBitWidth() <= 16;
  packing = Packing::elements;
  lanes = b.machine.lanes;
  block = inputs;
  int64_t registers = b.machine.registers - 2;
  if (b.machine.lanes == 1 && arithmetic.isInteger())
    registers = kIntegerSums;
  if (int64_t narrow = isSmall ? getNarrowBlock(weights, inputs, kSpikesPerWord) : 0) {
    if (b.machine.simd == Simd::dsp) {
      packing = Packing::pairs;
      lanes = 2;
      block = narrow;
    } else if (b.machine.simd == Simd::mve) {
      packing = Packing::narrow;
      lanes = 2 * b.machine.lanes;
      block = narrow;
    }
  }
  int64_t needed = llvm::divideCeil(outputs, lanes);
  panels = llvm::divideCeil(needed, registers);
  width = llvm::divideCeil(needed, panels);
  if (packing == Packing::pairs && arithmetic.tableType.isInteger(8))
    width = llvm::alignTo(width, 2); // a word has the weights of two registers
}

/// (panel, input, lane): what the inner loop reads from front to back. Lanes past the outputs are zero. A word of four
/// weights of 8 bits has those of the first register in bytes 0 and 2, those of the second in bytes 1 and 3, where
/// sxtab16 finds them.
Value ListedSums::packWeights() {
  int64_t row = width * lanes;
  SmallVector<double> packed(panels * inputs * row, 0.0);
  for (int64_t o = 0; o < outputs; ++o)
    for (int64_t i = 0; i < inputs; ++i)
      packed[((o / row) * inputs + i) * row + o % row] = weights[o * inputs + i];
  if (packing != Packing::pairs)
    return b.constantTensor(RankedTensorType::get({panels * inputs, row}, arithmetic.tableType), packed);
  int64_t bits = arithmetic.tableType.getIntOrFloatBitWidth(), perWord = 32 / bits;
  static constexpr int64_t kByteOrder[] = {0, 2, 1, 3};
  SmallVector<double> words;
  for (size_t first = 0; first < packed.size(); first += perWord) {
    uint32_t word = 0;
    for (int64_t place = 0; place < perWord; ++place) {
      auto weight = uint32_t(int32_t(packed[first + (bits == 8 ? kByteOrder[place] : place)]));
      word |= (weight & llvm::maskTrailingOnes<uint32_t>(bits)) << (bits * place);
    }
    words.push_back(double(int32_t(word)));
  }
  return b.constantTensor(RankedTensorType::get({panels * inputs, row / perWord}, b.getI32Type()), words);
}

/// A register of two sums and the two weights of it in a word: those of 8 bits in bytes 0 and 2, or the `upper` ones in
/// bytes 1 and 3.
Value ListedSums::addPair(StepBuilder &b, Value sum, Value word, bool upper) {
  auto call = [&](StringRef intrinsic, ValueRange arguments) -> Value {
    return LLVM::CallIntrinsicOp::create(b, b.getI32Type(), b.getStringAttr(intrinsic), arguments).getResult(0);
  };
  if (!arithmetic.tableType.isInteger(8))
    return call("llvm.arm.sadd16", {sum, word});
  if (upper) {
    Value left = arith::ConstantOp::create(b, b.getI32IntegerAttr(24)); // to the right by a byte
    word = call("llvm.fshl.i32", {word, word, left});
  }
  return call("llvm.arm.sxtab16", {sum, word});
}

/// The sums of one panel over the listed events; `rows` are the weights of the inputs.
SmallVector<Value> ListedSums::addEvents(StepBuilder &b, const EventList &events, Value rows) {
  Type sumType = b.getI32Type();
  if (packing != Packing::pairs)
    sumType = VectorType::get({lanes}, packing == Packing::narrow ? b.getIntegerType(16) : arithmetic.sumType);
  SmallVector<Value> initial(width, b.zero(sumType));
  auto loop = scf::ForOp::create(b, b.index(0), events.count, b.index(1), initial);
  StepBuilder body(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()), b.dt, b.machine);
  Value place = tensor::ExtractOp::create(body, events.places, loop.getInductionVar());
  Value row = arith::IndexCastUIOp::create(body, body.getIndexType(), place), word;
  SmallVector<Value> sums(loop.getRegionIterArgs());
  bool sharesWords = packing == Packing::pairs && arithmetic.tableType.isInteger(8);
  for (auto [position, sum] : llvm::enumerate(sums)) {
    if (packing == Packing::pairs) {
      bool upper = sharesWords && position % 2 == 1;
      if (!upper)
        word = tensor::ExtractOp::create(body, rows,
                                         ValueRange{row, body.index(int64_t(position) / (sharesWords ? 2 : 1))});
      sum = addPair(body, sum, word, upper);
      continue;
    }
    auto type = VectorType::get({lanes}, arithmetic.tableType);
    Value weights = vector::TransferReadOp::create(
        body, type, rows, ValueRange{row, body.index(int64_t(position) * lanes)}, std::nullopt, ArrayRef<bool>{true});
    if (packing == Packing::elements) {
      sum = arithmetic.accumulate(body, sum, Value(), /*isOne=*/true, arithmetic.extend(body, weights));
      continue;
    }
    if (!arithmetic.tableType.isInteger(16))
      weights = arith::ExtSIOp::create(body, sumType, weights);
    sum = arith::AddIOp::create(body, sum, weights);
  }
  scf::YieldOp::create(body, sums);
  return SmallVector<Value>(loop.getResults());
}

/// A register of sums as values of the arithmetic's type.
SmallVector<Value> ListedSums::widen(StepBuilder &b, Value sum) {
  if (packing == Packing::elements)
    return {sum};
  if (packing == Packing::pairs) {
    Value bits = arith::ConstantOp::create(b, b.getI32IntegerAttr(16));
    Value low = arith::ShRSIOp::create(b, arith::ShLIOp::create(b, sum, bits), bits);
    return {low, arith::ShRSIOp::create(b, sum, bits)};
  }
  SmallVector<Value> halves;
  for (int64_t lane = 0; lane < lanes; lane += lanes / 2) {
    Value half = vector::ExtractStridedSliceOp::create(b, sum, ArrayRef<int64_t>{lane}, ArrayRef<int64_t>{lanes / 2},
                                                       ArrayRef<int64_t>{1});
    halves.push_back(arith::ExtSIOp::create(b, getWideType(), half));
  }
  return halves;
}

/// Whether the slice is the beginning of its source in memory.
static bool isPrefix(tensor::ExtractSliceOp slice) {
  auto isOne = [](int64_t size) { return size == 1; };
  return llvm::all_of(slice.getStaticOffsets(), [](int64_t offset) { return offset == 0; }) && slice.hasUnitStride() &&
         llvm::all_of(slice.getSourceType().getShape().drop_back(), isOne);
}

/// The memory of what is to be added to the sums, if it has room for those of the last panel; else null.
Value ListedSums::takeAddend(RankedTensorType padded) {
  Value addend = b.addend;
  while (addend && cast<RankedTensorType>(addend.getType()).getNumElements() != padded.getNumElements()) {
    Operation *view = addend.getDefiningOp();
    auto slice = dyn_cast_or_null<tensor::ExtractSliceOp>(view);
    bool isReshape = isa_and_nonnull<tensor::CollapseShapeOp, tensor::ExpandShapeOp>(view);
    addend = isReshape || (slice && isPrefix(slice)) ? view->getOperand(0) : Value();
  }
  if (!addend || isa<BlockArgument>(addend) || getElementTypeOrSelf(addend.getType()) != padded.getElementType())
    return {};
  b.addend = {};
  return b.flatten(addend);
}

Value ListedSums::build() {
  Value table = packWeights();
  int64_t row = width * lanes, padded = panels * row, step = getWideLanes();
  auto access = [&](StepBuilder &b, Value tensor, Value place) -> Value {
    if (packing == Packing::pairs)
      return tensor::ExtractOp::create(b, tensor, place);
    auto type = VectorType::get({step}, getElementTypeOrSelf(tensor.getType()));
    return vector::TransferReadOp::create(b, type, tensor, place, std::nullopt, ArrayRef<bool>{true});
  };
  auto store = [&](StepBuilder &b, Value value, Value tensor, Value place) -> Value {
    if (packing == Packing::pairs)
      return tensor::InsertOp::create(b, value, tensor, place);
    return vector::TransferWriteOp::create(b, value, tensor, place, ArrayRef<bool>{true}).getResult();
  };
  /// One number for each output; null if there are none, or all are zero.
  auto makeTable = [&](ArrayRef<double> values) -> Value {
    if (llvm::all_of(values, [](double value) { return value == 0; }))
      return {};
    SmallVector<double> all(values.size() == 1 ? SmallVector<double>(outputs, values.front())
                                               : SmallVector<double>(values));
    all.resize(padded, 0.0);
    return b.constantTensor(RankedTensorType::get({padded}, arithmetic.resultType), all);
  };
  Value scales = arithmetic.isQuantised() ? makeTable(arithmetic.getScales()) : Value(), bias = makeTable(biases);
  if (arithmetic.isQuantised() && !scales)
    scales = b.constantTensor(RankedTensorType::get({padded}, arithmetic.resultType), {0.0});

  int64_t blocks = llvm::divideCeil(inputs, block);
  int64_t listed = std::min(block, inputs);
  Value storage = tensor::EmptyOp::create(b, ArrayRef<int64_t>{listed}, getPlaceType(b, listed));
  Value totals = tensor::EmptyOp::create(b, ArrayRef<int64_t>{padded}, arithmetic.sumType);
  auto resultsType = RankedTensorType::get({padded}, arithmetic.resultType);
  Value addend = takeAddend(resultsType), results = addend;
  if (!addend && arithmetic.isQuantised())
    results = tensor::EmptyOp::create(b, resultsType.getShape(), arithmetic.resultType);
  for (int64_t index = 0; index < blocks; ++index) {
    int64_t first = index * block, length = std::min(block, inputs - first);
    bool isFirst = index == 0, isLast = index + 1 == blocks;
    EventList events = listEvents(b, spikes, b.index(first), length, storage);
    storage = events.places;
    bool hasResults = isLast && results;
    SmallVector<Value> carried{totals};
    if (hasResults)
      carried.push_back(results);
    auto loop = scf::ForOp::create(b, b.index(0), b.index(panels), b.index(1), carried);
    StepBuilder inner(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()), b.dt, b.machine);
    Value panel = loop.getInductionVar();
    Value firstRow =
        arith::AddIOp::create(inner, arith::MulIOp::create(inner, panel, inner.index(inputs)), inner.index(first));
    // A slice of its own: its address does not change in the loop over events.
    auto tableType = cast<RankedTensorType>(table.getType());
    SmallVector<OpFoldResult> offsets{firstRow, b.getIndexAttr(0)}, strides(2, b.getIndexAttr(1));
    SmallVector<OpFoldResult> sizes{b.getIndexAttr(length), b.getIndexAttr(tableType.getDimSize(1))};
    Value rows = tensor::ExtractSliceOp::create(inner, table, offsets, sizes, strides);
    Value target = loop.getRegionIterArgs()[0], finished = hasResults ? loop.getRegionIterArgs()[1] : Value();
    Value base = arith::MulIOp::create(inner, panel, inner.index(row));
    int64_t finishedLanes = 0;
    for (Value sum : addEvents(inner, events, rows))
      for (Value wide : widen(inner, sum)) {
        Value place = arith::AddIOp::create(inner, base, inner.index(finishedLanes));
        finishedLanes += step;
        if (!isFirst)
          wide = arith::AddIOp::create(inner, access(inner, target, place), wide);
        if (isLast && (scales || bias)) {
          Value scale = scales ? access(inner, scales, place) : Value();
          Value offset = bias ? access(inner, bias, place) : Value();
          wide = arithmetic.finish(inner, wide, scale, offset);
        }
        if (isLast && addend)
          wide = arithmetic.add(inner, access(inner, finished, place), wide);
        (hasResults ? finished : target) = store(inner, wide, hasResults ? finished : target, place);
      }
    SmallVector<Value> next{target};
    if (hasResults)
      next.push_back(finished);
    scf::YieldOp::create(inner, next);
    totals = loop.getResult(0);
    if (hasResults)
      results = loop.getResult(1);
  }
  Value all = results ? results : totals;
  if (padded == outputs)
    return all;
  return tensor::ExtractSliceOp::create(b, all, ArrayRef<OpFoldResult>{b.getIndexAttr(0)},
                                        ArrayRef<OpFoldResult>{b.getIndexAttr(outputs)},
                                        ArrayRef<OpFoldResult>{b.getIndexAttr(1)});
}

Value lle::sumByEventList(StepBuilder &b, Value spikes, const SynapseArithmetic &arithmetic, ArrayRef<double> weights,
                          ArrayRef<double> biases) {
  return ListedSums(b, spikes, arithmetic, weights, biases).build();
}
