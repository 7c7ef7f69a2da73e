//===- Linear.cpp - fully connected synapses ------------------------------===//
//
// y = W x + b by input: each input that is not zero adds its row of the transposed weights to accumulators that stay in
// vector registers. The weights are packed in panels as wide as the accumulators, in the order in which they are read.
//
//===----------------------------------------------------------------------===//
#include "lowering/LLEToLinalg/ActiveMap.h"
#include "lowering/LLEToLinalg/Convolution.h"
#include "lowering/LLEToLinalg/EventList.h"
#include "lowering/LLEToLinalg/SparseSynapses.h"
#include "lowering/LLEToLinalg/Synapses.h"
#include "lowering/MaterializeState/SpikeBits.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace lle;

/// Of one mask: its bits are a list, and a block of narrow sums ends with it.
static constexpr int64_t kMaskInputs = 64;

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
    rows = chooseSparseRows(b.machine, op);
    kernel = chooseKernel(op, input, b.machine);
    if (input.channelsLast && cast<RankedTensorType>(op->getOperand(0).getType()).getRank() == 1)
      map = cast<FlattenOp>(op->getOperand(0).getDefiningOp()).getInput().getType();
    isListed = listsEvents(op, b.machine);
    if (!readsBits(op, b.machine))
      return;
    bits = input.bits;
    // Bytes are walked as they are; the dense kernel needs masks.
    if (!bits && !kernel.isEvent)
      bits = packSpikes(b, b.flatten(this->input.value));
  }

  /// Whether the events of the input, bytes, are listed. The list is of one row.
  static bool listsEvents(Operation *op, const VectorShape &machine) {
    auto spikes = cast<RankedTensorType>(op->getOperand(0).getType());
    return isBinarySpike(op->getOperand(0)) && sumsByEventList(machine) && isEventKernel(op, machine) &&
           spikes.getNumElements() == spikes.getShape().back() &&
           cast<RankedTensorType>(op->getResult(0).getType()).getRank() == 1;
  }
  /// Whether the rows of the input begin with a word, and the kernel takes words.
  static bool readsBits(Operation *op, const VectorShape &machine) {
    auto type = cast<RankedTensorType>(op->getOperand(0).getType());
    return isBinarySpike(op->getOperand(0)) && !listsEvents(op, machine) && !chooseSparseRows(machine, op) &&
           (machine.lanes > 1 || isEventKernel(op, machine)) &&
           (type.getNumElements() == type.getShape().back() ||
            (type.getRank() == 2 && type.getShape().back() % kSpikeWordBits == 0));
  }

  Value build();

private:
  StepBuilder &b;
  StepSignal input;
  Value bits;              ///< The input as a set; null if it has bytes or numbers.
  RankedTensorType result; ///< As it is stored.
  SynapseArithmetic arithmetic;
  std::optional<SparseRows> rows; ///< Instead of the kernels below.
  RankedTensorType map;           ///< What was flattened, if the input lies as that does, channels last; else null.
  SynapseKernel kernel;
  bool isSpike, isListed;
  int64_t inputs, outputs, matrices;
  std::optional<PlaceList> places; ///< Of inputs that are not zero, in the order of the definition.
  SmallVector<double> values, biases;

  void listInputs(Value flat);
  Value getStoredPlace(StepBuilder &b, Value index);
  Value packWeights(const Panels &panels);
  Value packRows(const Panels &panels, ArrayRef<double> values);
  SmallVector<Value> readRow(StepBuilder &b, const Panels &panels, Value table, Value row, int64_t lanes);
  SmallVector<Value> addInputs(StepBuilder &b, const Panels &panels, Value elements, Value start, Value weights,
                               Value firstWeight);
  SmallVector<Value> addMasked(StepBuilder &b, const Panels &panels, Value start, Value weights, Value firstWeight);
  SmallVector<Value> forEachInput(StepBuilder &b, Value elements, Value start, int64_t count, ValueRange carried,
                                  ActiveElementBody body);

  // Spikes times small integers: sums of 16 bits, twice as many in a register.
  int64_t getNarrowInputs();
  SmallVector<Value> addNarrow(StepBuilder &b, const Panels &panels, Value elements, Value start, Value weights,
                               Value firstWeight, int64_t block);
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

/// A row of a table, `lanes` elements in each value: LLVM takes a vector that is wider than a register and lives across
/// blocks apart into scalars.
SmallVector<Value> LinearLowering::readRow(StepBuilder &b, const Panels &panels, Value table, Value row,
                                           int64_t lanes) {
  SmallVector<Value> registers;
  for (int64_t lane = 0; lane < panels.width; lane += lanes) {
    auto type = VectorType::get({std::min(lanes, panels.width - lane)}, getElementTypeOrSelf(table.getType()));
    registers.push_back(vector::TransferReadOp::create(b, type, table, ValueRange{row, b.index(lane)}, std::nullopt,
                                                       ArrayRef<bool>{true}));
  }
  return registers;
}

/// Lists the inputs that are not zero, where they are one row and visited all at once.
void LinearLowering::listInputs(Value flat) {
  if (!kernel.isEvent || PlaceList::isSlow(b.machine) || result.getNumElements() != outputs)
    return;
  if (map)
    places = ActiveMap(b, input, map.getDimSize(0), inputs / map.getDimSize(0)).list(kernel.activity);
  else if (inputs > kMaskInputs && kernel.activity <= PlaceList::kMostActivity)
    places = bits ? listSpikes(b, bits, inputs, kernel.activity) : listElements(b, flat, kernel.activity);
}

/// Where input `index` lies.
Value LinearLowering::getStoredPlace(StepBuilder &b, Value index) {
  if (!map)
    return index;
  int64_t channels = map.getDimSize(0), pixels = inputs / channels;
  Value channel = arith::DivUIOp::create(b, index, b.index(pixels)),
        pixel = arith::RemUIOp::create(b, index, b.index(pixels));
  return plus(b, times(b, pixel, channels), channel);
}

/// Inputs `start` to `start + count`; `elements` are the inputs, and its places count from `start` on.
SmallVector<Value> LinearLowering::forEachInput(StepBuilder &b, Value elements, Value start, int64_t count,
                                                ValueRange carried, ActiveElementBody body) {
  if (places)
    return places->forEach(b, carried, [&](StepBuilder &inner, Value index, ValueRange arguments) {
      return body(inner, index,
                  bits ? Value() : tensor::ExtractOp::create(inner, elements, getStoredPlace(inner, index)), arguments);
    });
  if (bits)
    return forEachSpike(b, bits, start, count, carried, [&](StepBuilder &inner, Value index, ValueRange arguments) {
      return body(inner, index, Value(), arguments);
    });
  if (count != cast<RankedTensorType>(elements.getType()).getNumElements())
    elements = tensor::ExtractSliceOp::create(b, elements, ArrayRef<OpFoldResult>{start},
                                              ArrayRef<OpFoldResult>{b.getIndexAttr(count)},
                                              ArrayRef<OpFoldResult>{b.getIndexAttr(1)});
  return forEachElement(b, elements, kernel.isEvent, carried, body);
}

/// All inputs, each adding its row under a mask that its bit spreads over the register: what is not added costs as
/// much, but nothing is multiplied and no branch is predicted.
SmallVector<Value> LinearLowering::addMasked(StepBuilder &b, const Panels &panels, Value start, Value weights,
                                             Value firstWeight) {
  auto sumType = VectorType::get({panels.lanes}, arithmetic.sumType);
  auto wordType = sumType.clone(b.getIntegerType(arithmetic.sumType.getIntOrFloatBitWidth()));
  // AVX-512 adds under a mask, which takes a cycle longer than an addition: where few sums wait for themselves, and
  // elsewhere, the row is masked. No sum is -0, so that adding 0 changes none.
  constexpr int64_t kSumsToHideLatency = 4;
  bool addsUnderMask = b.machine.lanes >= 16 && panels.width / panels.lanes >= kSumsToHideLatency;
  Value one =
      arith::ConstantOp::create(b, DenseElementsAttr::get(wordType, APInt(wordType.getElementTypeBitWidth(), 1)));
  auto addWord = [&](StepBuilder &b, Value number, int64_t count, ValueRange sums) {
    Value first = arith::MulIOp::create(b, number, b.index(kSpikeWordBits));
    Value word =
        readWord(b, bits, arith::AddIOp::create(b, arith::DivUIOp::create(b, start, b.index(kSpikeWordBits)), number));
    if (wordType.getElementType() != word.getType())
      word = arith::ExtUIOp::create(b, wordType.getElementType(), word);
    SmallVector<Value> carried{vector::BroadcastOp::create(b, wordType, word)};
    llvm::append_range(carried, sums);
    Value firstRow = arith::AddIOp::create(b, firstWeight, first);
    auto loop = scf::ForOp::create(b, b.index(0), b.index(count), b.index(1), carried);
    StepBuilder inner(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()), b.dt, b.machine);
    Value spread = loop.getRegionIterArgs().front();
    Value mask = arith::CmpIOp::create(inner, arith::CmpIPredicate::ne, arith::AndIOp::create(inner, spread, one),
                                       inner.zero(wordType));
    SmallVector<Value> row =
        readRow(inner, panels, weights, arith::AddIOp::create(inner, firstRow, loop.getInductionVar()), panels.lanes);
    SmallVector<Value> next{arith::ShRUIOp::create(inner, spread, one)};
    for (auto [weight, sum] : llvm::zip_equal(row, loop.getRegionIterArgs().drop_front())) {
      weight = arithmetic.extend(inner, weight);
      if (!addsUnderMask)
        weight = arith::SelectOp::create(inner, mask, weight, inner.zero(sumType));
      Value added = arithmetic.accumulate(inner, sum, Value(), /*isOne=*/true, weight);
      next.push_back(addsUnderMask ? arith::SelectOp::create(inner, mask, added, sum).getResult() : added);
    }
    scf::YieldOp::create(inner, next);
    return SmallVector<Value>(loop.getResults().drop_front());
  };
  SmallVector<Value> sums(panels.width / panels.lanes, b.zero(sumType));
  int64_t whole = inputs / kSpikeWordBits;
  if (whole != 0) {
    auto loop = scf::ForOp::create(b, b.index(0), b.index(whole), b.index(1), sums);
    StepBuilder inner(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()), b.dt, b.machine);
    scf::YieldOp::create(inner, addWord(inner, loop.getInductionVar(), kSpikeWordBits, loop.getRegionIterArgs()));
    sums = SmallVector<Value>(loop.getResults());
  }
  return whole * kSpikeWordBits == inputs ? sums : addWord(b, b.index(whole), inputs - whole * kSpikeWordBits, sums);
}

/// The sums of one panel over the inputs from `start` on (`elements` are those), whose weights begin with row
/// `firstWeight`.
SmallVector<Value> LinearLowering::addInputs(StepBuilder &b, const Panels &panels, Value elements, Value start,
                                             Value weights, Value firstWeight) {
  if (bits && !kernel.isEvent)
    return addMasked(b, panels, start, weights, firstWeight);
  SmallVector<Value> initial(panels.width / panels.lanes, b.zero(VectorType::get({panels.lanes}, arithmetic.sumType)));
  return forEachInput(
      b, elements, start, inputs, initial, [&](StepBuilder &body, Value index, Value value, ValueRange carried) {
        SmallVector<Value> row =
            readRow(body, panels, weights, arith::AddIOp::create(body, firstWeight, index), panels.lanes);
        for (auto [weight, sum] : llvm::zip_equal(row, carried))
          weight = arithmetic.accumulate(body, sum, value, isSpike && kernel.isEvent, arithmetic.extend(body, weight));
        return row;
      });
}

/// The inputs whose sums fit 16 bits; 0 where sums are not of small integers, or not of spikes.
int64_t LinearLowering::getNarrowInputs() {
  if (!arithmetic.isInteger() || !isSpike || !kernel.isEvent || arithmetic.tableType.getIntOrFloatBitWidth() > 16)
    return 0;
  int64_t block = getNarrowBlock(values, inputs, kMaskInputs);
  return map && block != inputs ? 0 : block; // a map is visited all at once
}

/// As `addInputs`; sums of 16 bits are added to those of 32 after each block of inputs.
SmallVector<Value> LinearLowering::addNarrow(StepBuilder &b, const Panels &panels, Value elements, Value start,
                                             Value weights, Value firstWeight, int64_t block) {
  Type narrow = b.getIntegerType(16);
  int64_t lanes = 2 * panels.lanes;
  auto addBlock = [&](StepBuilder &b, Value first, int64_t count, ValueRange totals) {
    SmallVector<Value> sums;
    for (int64_t lane = 0; lane < panels.width; lane += lanes)
      sums.push_back(b.zero(VectorType::get({std::min(lanes, panels.width - lane)}, narrow)));
    Value firstRow = arith::AddIOp::create(b, firstWeight, first);
    Value firstInput = bits ? arith::AddIOp::create(b, start, first).getResult() : first;
    sums = forEachInput(
        b, elements, firstInput, count, sums, [&](StepBuilder &body, Value index, Value, ValueRange carried) {
          SmallVector<Value> row = readRow(body, panels, weights, arith::AddIOp::create(body, firstRow, index), lanes);
          for (auto [weight, sum] : llvm::zip_equal(row, carried)) {
            if (arithmetic.tableType != narrow)
              weight = arith::ExtSIOp::create(body, sum.getType(), weight);
            weight = arith::AddIOp::create(body, sum, weight);
          }
          return row;
        });
    SmallVector<Value> next;
    for (Value sum : sums) {
      auto type = cast<VectorType>(sum.getType());
      Value wide = arith::ExtSIOp::create(b, type.clone(arithmetic.sumType), sum);
      for (int64_t lane = 0; lane < type.getNumElements(); lane += panels.lanes)
        next.push_back(vector::ExtractStridedSliceOp::create(b, wide, ArrayRef<int64_t>{lane},
                                                             ArrayRef<int64_t>{panels.lanes}, ArrayRef<int64_t>{1}));
    }
    if (!totals.empty())
      for (auto [sum, total] : llvm::zip_equal(next, totals))
        sum = arith::AddIOp::create(b, total, sum);
    return next;
  };
  if (block == inputs)
    return addBlock(b, b.index(0), inputs, {});
  SmallVector<Value> totals(panels.width / panels.lanes, b.zero(VectorType::get({panels.lanes}, arithmetic.sumType)));
  int64_t whole = inputs / block * block;
  auto loop = scf::ForOp::create(b, b.index(0), b.index(whole), b.index(block), totals);
  StepBuilder inner(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()), b.dt, b.machine);
  scf::YieldOp::create(inner, addBlock(inner, loop.getInductionVar(), block, loop.getRegionIterArgs()));
  totals = SmallVector<Value>(loop.getResults());
  return whole == inputs ? totals : addBlock(b, b.index(whole), inputs - whole, totals);
}

Value LinearLowering::build() {
  Type element = result.getElementType();
  if (rows)
    return b.unflatten(sumBySparseRows(b, b.flatten(input.value), isSpike, arithmetic, *rows, outputs, biases), result);
  if (isListed)
    return b.unflatten(sumByEventList(b, b.flatten(input.value), arithmetic, values, biases), result);
  Panels panels(outputs, b.machine, element);
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
  int64_t block = getNarrowInputs();
  Value flat;
  if (!bits) {
    flat = b.flatten(input.value);
    if (!kernel.isEvent)
      flat = arithmetic.convertElements(b, flat);
  }
  if (block == 0 || block == inputs)
    listInputs(flat);
  Value destination = tensor::EmptyOp::create(b, ArrayRef<int64_t>{rows * panels.count, panels.width}, element);

  // One panel of one row; the loop over them vanishes where there is one.
  auto buildPanel = [&](StepBuilder &inner, Value panel, Value target) -> Value {
    Value row = arith::DivUIOp::create(inner, panel, inner.index(panels.count));
    Value matrixPanel = arith::RemUIOp::create(inner, panel, inner.index(matrices * panels.count));
    Value firstWeight = arith::MulIOp::create(inner, matrixPanel, inner.index(inputs));
    Value start = arith::MulIOp::create(inner, row, inner.index(inputs));
    Value slice = flat;
    if (rows > 1 && !bits)
      slice = tensor::ExtractSliceOp::create(inner, flat, ArrayRef<OpFoldResult>{start},
                                             ArrayRef<OpFoldResult>{inner.getIndexAttr(inputs)},
                                             ArrayRef<OpFoldResult>{inner.getIndexAttr(1)});
    SmallVector<Value> sums = block != 0 ? addNarrow(inner, panels, slice, start, weights, firstWeight, block)
                                         : addInputs(inner, panels, slice, start, weights, firstWeight);
    if (bias || scale) {
      SmallVector<Value> scales(sums.size()), offsets(sums.size());
      if (scale)
        scales = readRow(inner, panels, scale, matrixPanel, panels.lanes);
      if (bias)
        offsets = readRow(inner, panels, bias, matrixPanel, panels.lanes);
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

  // Drop the lanes that pad the last panel. A row is sliced as a vector: of one element, it would not be clear which
  // dimension to drop, and so what its stride is.
  if (rows == 1) {
    Value slice = tensor::ExtractSliceOp::create(b, b.flatten(filled), ArrayRef<OpFoldResult>{b.getIndexAttr(0)},
                                                 ArrayRef<OpFoldResult>{b.getIndexAttr(outputs)},
                                                 ArrayRef<OpFoldResult>{b.getIndexAttr(1)});
    return b.unflatten(slice, result);
  }
  if (panels.count > 1) {
    filled = b.flatten(filled);
    filled = b.unflatten(filled, RankedTensorType::get({rows, panels.padded()}, element));
  }
  SmallVector<OpFoldResult> offsets(2, b.getIndexAttr(0)), strides(2, b.getIndexAttr(1));
  SmallVector<OpFoldResult> sizes{b.getIndexAttr(rows), b.getIndexAttr(outputs)};
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

bool lle::readsStoredOrder(Operation *synapse, bool isSparse, const VectorShape &machine) {
  StepSignal input;
  input.sparse = isSparse;
  return isa<LinearOp, AffineOp>(synapse) && !PlaceList::isSlow(machine) &&
         cast<RankedTensorType>(synapse->getResult(0).getType()).getRank() == 1 &&
         chooseKernel(synapse, input, machine).isEvent && !chooseSparseRows(machine, synapse);
}

namespace {
struct LinearModel : StepLoweringOpInterface::ExternalModel<LinearModel, LinearOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value>,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &) const {
    auto linear = cast<LinearOp>(op);
    results.push_back({LinearLowering(op, b, inputs[0], linear.getWeights(), /*bias=*/Value()).build()});
    return success();
  }
  bool readsBits(Operation *op, unsigned number, const VectorShape &machine) const {
    return number == 0 && LinearLowering::readsBits(op, machine);
  }
};

struct AffineModel : StepLoweringOpInterface::ExternalModel<AffineModel, AffineOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value>,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &) const {
    auto affine = cast<AffineOp>(op);
    results.push_back({LinearLowering(op, b, inputs[0], affine.getWeights(), affine.getBias()).build()});
    return success();
  }
  bool readsBits(Operation *op, unsigned number, const VectorShape &machine) const {
    return number == 0 && LinearLowering::readsBits(op, machine);
  }
};
} // namespace

void lle::attachLinearLowerings(MLIRContext *context) {
  LinearOp::attachInterface<LinearModel>(*context);
  AffineOp::attachInterface<AffineModel>(*context);
}
