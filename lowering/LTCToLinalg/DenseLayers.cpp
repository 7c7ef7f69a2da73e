//===- DenseLayers.cpp - sums of weighted inputs in registers -------------===//
#include "lowering/LTCToLinalg/DenseLayers.h"
#include "lowering/LLEToLinalg/Synapses.h"
#include "lowering/LTCToLinalg/Maths.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace lle;

/// Accumulators that keep two multiply-add units busy: their latency is four to five cycles.
static constexpr int64_t kAccumulatorsInFlight = 10;
/// Registers for an input and a product, where the target cannot multiply and add in one instruction.
static constexpr int64_t kOperandRegisters = 2;

//===----------------------------------------------------------------------===//
// Matrices
//===----------------------------------------------------------------------===//

SmallVector<double> lle::getAllDoubles(ElementsAttr elements) {
  SmallVector<double> values = getDoubles(elements);
  if (values.size() == 1)
    values.assign(elements.getNumElements(), values.front());
  return values;
}

DenseMatrix::DenseMatrix(ElementsAttr weight, ElementsAttr offset)
    : rows(weight.getShapedType().getDimSize(0)), columns(weight.getShapedType().getDimSize(1)),
      values(getAllDoubles(weight)), bias(offset ? getAllDoubles(offset) : SmallVector<double>(rows, 0.0)) {}

DenseMatrix DenseMatrix::getColumns(int64_t first, int64_t count) const {
  DenseMatrix part;
  part.rows = rows;
  part.columns = count;
  for (int64_t row = 0; row < rows; ++row)
    llvm::append_range(part.values, ArrayRef(values).slice(row * columns + first, count));
  part.bias = first == 0 ? bias : SmallVector<double>(rows, 0.0);
  return part;
}

DenseMatrix DenseMatrix::getRows(int64_t first, int64_t count) const {
  DenseMatrix part;
  part.rows = count;
  part.columns = columns;
  llvm::append_range(part.values, ArrayRef(values).slice(first * columns, count * columns));
  llvm::append_range(part.bias, ArrayRef(bias).slice(first, count));
  return part;
}

DenseMatrix DenseMatrix::withScaledInputs(double factor) const {
  DenseMatrix result = *this;
  for (double &value : result.values)
    value *= factor;
  return result;
}

DenseMatrix DenseMatrix::scaled(double factor) const {
  DenseMatrix result = withScaledInputs(factor);
  for (double &value : result.bias)
    value *= factor;
  return result;
}

DenseMatrix DenseMatrix::operator+(const DenseMatrix &other) const {
  DenseMatrix result = *this;
  for (auto [value, term] : llvm::zip_equal(result.values, other.values))
    value += term;
  for (auto [value, term] : llvm::zip_equal(result.bias, other.bias))
    value += term;
  return result;
}

//===----------------------------------------------------------------------===//
// Blocks of units
//===----------------------------------------------------------------------===//

static Value readVector(StepBuilder &b, VectorType type, Value tensor, ValueRange indices) {
  return vector::TransferReadOp::create(b, type, tensor, indices, std::nullopt, ArrayRef<bool>{true});
}

Value UnitBlock::read(StepBuilder &b, Value tensor) const {
  if (count == type.getNumElements())
    return readVector(b, type, tensor, first);
  Value part = readVector(b, VectorType::get({count}, type.getElementType()), tensor, first);
  return vector::InsertStridedSliceOp::create(b, part, b.zero(type), ArrayRef<int64_t>{0}, ArrayRef<int64_t>{1});
}

Value UnitBlock::readTable(StepBuilder &b, Value table) const { return readVector(b, type, table, first); }

Value UnitBlock::write(StepBuilder &b, Value vector, Value tensor) const {
  if (count != type.getNumElements())
    vector = vector::ExtractStridedSliceOp::create(b, vector, ArrayRef<int64_t>{0}, ArrayRef<int64_t>{count},
                                                   ArrayRef<int64_t>{1});
  return vector::TransferWriteOp::create(b, vector, tensor, ValueRange{first}, ArrayRef<bool>{true}).getResult();
}

//===----------------------------------------------------------------------===//
// Layers
//===----------------------------------------------------------------------===//

DenseLayer::DenseLayer(StepBuilder &b, int64_t units, Type element, unsigned heads)
    : b(b), units(units), element(element), heads(heads), biases(heads, SmallVector<double>(units, 0.0)) {
  panels.lanes = std::max<int64_t>(1, b.machine.lanes * 32 / element.getIntOrFloatBitWidth());
  panels.lanes = std::min<int64_t>(panels.lanes, llvm::PowerOf2Ceil(units));
  int64_t limit = std::max<int64_t>(1, (b.machine.registers - kOperandRegisters) / heads);
  int64_t total = llvm::divideCeil(units, panels.lanes);
  panels.blocks = llvm::divideCeil(total, llvm::divideCeil(total, limit));
  panels.uniform = units / panels.lanes / panels.blocks;
  panels.rest = total - panels.uniform * panels.blocks;
}

void DenseLayer::add(unsigned head, Value x, const DenseMatrix &matrix) {
  assert(matrix.rows == units && "one row for each unit");
  for (auto [bias, term] : llvm::zip_equal(biases[head], matrix.bias))
    bias += term;
  if (llvm::all_of(matrix.values, [](double value) { return value == 0; }))
    return;
  auto source = llvm::find_if(sources, [&](Source &source) { return source.signal == x; });
  if (source == sources.end()) {
    sources.push_back({x, SmallVector<SmallVector<double>>(heads), {}, matrix.columns});
    source = &sources.back();
  }
  if (source->weights[head].empty()) {
    source->weights[head] = matrix.values;
    source->heads.push_back(head);
    llvm::sort(source->heads);
  } else { // the signal is two operands of the cell
    for (auto [weight, term] : llvm::zip_equal(source->weights[head], matrix.values))
      weight += term;
  }
}

Value DenseLayer::table(ArrayRef<double> values) {
  SmallVector<double> padded(values);
  padded.resize(llvm::divideCeil(units, panels.lanes) * panels.lanes, 0.0);
  return b.constantTensor(RankedTensorType::get({int64_t(padded.size())}, element), padded);
}

/// (panel, input, head, block, lane) of the heads that read the source, of `count` panels from `firstBlock` on.
Value DenseLayer::packWeights(const Source &source, int64_t firstBlock, int64_t count, int64_t blocks) {
  int64_t width = int64_t(source.heads.size()) * blocks * panels.lanes;
  SmallVector<double> packed;
  packed.reserve(count * source.length * width);
  for (int64_t panel = 0; panel < count; ++panel)
    for (int64_t input = 0; input < source.length; ++input)
      for (unsigned head : source.heads)
        for (int64_t lane = 0; lane < blocks * panels.lanes; ++lane) {
          int64_t unit = (firstBlock + panel * blocks) * panels.lanes + lane;
          packed.push_back(unit < units ? source.weights[head][unit * source.length + input] : 0.0);
        }
  return b.constantTensor(RankedTensorType::get({count * source.length, width}, element), packed);
}

/// (panel, head, block, lane)
Value DenseLayer::packBiases(int64_t firstBlock, int64_t count, int64_t blocks) {
  SmallVector<double> packed;
  for (int64_t panel = 0; panel < count; ++panel)
    for (const SmallVector<double> &bias : biases)
      for (int64_t lane = 0; lane < blocks * panels.lanes; ++lane) {
        int64_t unit = (firstBlock + panel * blocks) * panels.lanes + lane;
        packed.push_back(unit < units ? bias[unit] : 0.0);
      }
  return b.constantTensor(RankedTensorType::get({count, int64_t(heads) * blocks * panels.lanes}, element), packed);
}

/// Adds the products of a source to the sums (part, head, block) of its heads.
void DenseLayer::accumulate(StepBuilder &inner, const Source &source, Value table, Value panel, int64_t blocks,
                            MutableArrayRef<Value> sums) {
  VectorType type = getVectorType();
  // The sums that the source adds to, part by part.
  int64_t ofPart = int64_t(heads) * blocks, parts = int64_t(sums.size()) / ofPart;
  SmallVector<Value *> active;
  for (int64_t part = 0; part < parts; ++part)
    for (unsigned head : source.heads)
      for (int64_t block = 0; block < blocks; ++block)
        active.push_back(&sums[part * ofPart + head * blocks + block]);
  SmallVector<Value> carried = llvm::map_to_vector(active, [](Value *sum) { return *sum; });
  int64_t width = int64_t(source.heads.size()) * blocks;
  Value firstRow = arith::MulIOp::create(inner, panel, inner.index(source.length));
  auto addRow = [&](StepBuilder &body, Value index, Value value, MutableArrayRef<Value> accumulators) {
    Value factor = vector::BroadcastOp::create(body, type, body.toFloat(value, element));
    Value row = arith::AddIOp::create(body, firstRow, index);
    for (auto [position, sum] : llvm::enumerate(accumulators)) {
      Value weights = readVector(body, type, table, ValueRange{row, body.index(int64_t(position) * panels.lanes)});
      sum = Maths(body).multiplyAdd(factor, weights, sum);
    }
  };

  if (isa<IntegerType>(getElementTypeOrSelf(source.signal.getType()))) {
    carried.resize(width); // spikes are few
    carried = forEachElement(inner, source.signal, /*skipZeros=*/true, carried,
                             [&](StepBuilder &body, Value index, Value value, ValueRange arguments) {
                               SmallVector<Value> accumulators(arguments);
                               addRow(body, index, value, accumulators);
                               return accumulators;
                             });
  } else {
    auto addRows = [&](StepBuilder &body, Value first, int64_t count) {
      for (int64_t part = 0; part < count; ++part) {
        Value index = arith::AddIOp::create(body, first, body.index(part));
        Value value = tensor::ExtractOp::create(body, source.signal, index);
        addRow(body, index, value, MutableArrayRef(carried).slice(part * width, width));
      }
    };
    int64_t whole = source.length / parts * parts;
    auto loop = scf::ForOp::create(inner, inner.index(0), inner.index(whole), inner.index(parts), carried);
    StepBuilder body(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()), b.dt, b.machine);
    carried.assign(loop.getRegionIterArgs().begin(), loop.getRegionIterArgs().end());
    addRows(body, loop.getInductionVar(), parts);
    scf::YieldOp::create(body, carried);
    carried.assign(loop.getResults().begin(), loop.getResults().end());
    addRows(inner, inner.index(whole), source.length - whole);
  }
  for (auto [sum, value] : llvm::zip(active, carried))
    *sum = value;
}

/// The sums (head, block) of a panel. Where these are few, the inputs are dealt out to several parts, each with sums of
/// its own, so that an addition need not wait for the last.
SmallVector<Value> DenseLayer::getSums(StepBuilder &inner, Value panel, int64_t blocks, Value bias,
                                       ArrayRef<Value> tables) {
  int64_t count = int64_t(heads) * blocks;
  int64_t most = std::max<int64_t>(1, (b.machine.registers - kOperandRegisters) / count);
  int64_t parts = std::min<int64_t>(llvm::divideCeil(kAccumulatorsInFlight, count), most);
  SmallVector<Value> sums;
  for (int64_t position = 0; position < count; ++position)
    sums.push_back(readVector(inner, getVectorType(), bias, {panel, inner.index(position * panels.lanes)}));
  sums.resize(count * parts, inner.zero(getVectorType()));
  for (auto [source, table] : llvm::zip_equal(sources, tables))
    accumulate(inner, source, table, panel, blocks, sums);
  // In pairs, so that additions are few after one another.
  for (; parts > 1; parts = llvm::divideCeil(parts, 2)) {
    int64_t half = llvm::divideCeil(parts, 2) * count;
    for (int64_t position = half; position < parts * count; ++position)
      sums[position - half] = arith::AddFOp::create(inner, sums[position - half], sums[position]);
  }
  sums.resize(count);
  return sums;
}

SmallVector<Value> DenseLayer::buildPanels(ValueRange destinations, int64_t firstBlock, int64_t count, int64_t blocks,
                                           Tail tail) {
  Value bias = packBiases(firstBlock, count, blocks);
  SmallVector<Value> tables = llvm::map_to_vector(
      sources, [&](const Source &source) { return packWeights(source, firstBlock, count, blocks); });

  auto buildPanel = [&](StepBuilder &inner, Value panel, ValueRange targets) -> SmallVector<Value> {
    SmallVector<Value> sums = getSums(inner, panel, blocks, bias, tables);
    Value firstUnit = arith::MulIOp::create(inner, panel, inner.index(blocks * panels.lanes));
    SmallVector<UnitBlock> places;
    SmallVector<SmallVector<Value>> results;
    for (int64_t block = 0; block < blocks; ++block) {
      int64_t offset = (firstBlock + block) * panels.lanes;
      Value first = arith::AddIOp::create(inner, firstUnit, inner.index(offset));
      int64_t filled = count > 1 ? panels.lanes : std::min(panels.lanes, units - offset);
      places.push_back({first, filled, getVectorType()});
      SmallVector<Value> ofBlock;
      for (unsigned head = 0; head < heads; ++head)
        ofBlock.push_back(sums[head * blocks + block]);
      results.push_back(tail(inner, places.back(), ofBlock, targets));
    }
    // All tails read before the first result is written.
    SmallVector<Value> written(targets);
    for (auto [place, values] : llvm::zip_equal(places, results))
      for (auto [value, target] : llvm::zip_equal(values, written))
        target = place.write(inner, value, target);
    return written;
  };

  if (count == 1)
    return buildPanel(b, b.index(0), destinations);
  auto loop = scf::ForOp::create(b, b.index(0), b.index(count), b.index(1), destinations);
  StepBuilder inner(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()), b.dt, b.machine);
  scf::YieldOp::create(inner, buildPanel(inner, loop.getInductionVar(), loop.getRegionIterArgs()));
  return SmallVector<Value>(loop.getResults());
}

SmallVector<Value> DenseLayer::build(ValueRange destinations, Tail tail) {
  SmallVector<Value> written(destinations);
  if (panels.uniform > 0)
    written = buildPanels(written, 0, panels.uniform, panels.blocks, tail);
  if (panels.rest > 0)
    written = buildPanels(written, panels.uniform * panels.blocks, 1, panels.rest, tail);
  return written;
}
