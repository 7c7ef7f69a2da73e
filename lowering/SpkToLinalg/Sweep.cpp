//===- Sweep.cpp - code that runs over a population ------------------------===//
#include "lowering/SpkToLinalg/Sweep.h"
#include "lowering/MaterializeState/SpikeBits.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace lle;
using namespace lle::spk;

Number spk::operator+(Number x, Number y) { return {x.b, arith::AddFOp::create(*x.b, x.value, y.value)}; }
Number spk::operator-(Number x, Number y) { return {x.b, arith::SubFOp::create(*x.b, x.value, y.value)}; }
Number spk::operator*(Number x, Number y) { return {x.b, arith::MulFOp::create(*x.b, x.value, y.value)}; }
Number spk::operator/(Number x, Number y) { return {x.b, arith::DivFOp::create(*x.b, x.value, y.value)}; }
Number spk::max(Number x, Number y) { return {x.b, arith::MaximumFOp::create(*x.b, x.value, y.value)}; }
Number spk::select(Value condition, Number x, Number y) {
  return {x.b, arith::SelectOp::create(*x.b, condition, x.value, y.value)};
}

Value spk::expectNot(StepBuilder &b, Value condition) {
  return LLVM::ExpectOp::create(b, condition, arith::ConstantOp::create(b, b.getBoolAttr(false)));
}

//===----------------------------------------------------------------------===//
// Stretches of neurons
//===----------------------------------------------------------------------===//

/// The image that a flat tensor is made of if its rows do not lie together, as inside a border. A flat copy would cost
/// as much as the sweep itself.
static Value getImageWithGaps(Value flat) {
  auto collapse = flat.getDefiningOp<tensor::CollapseShapeOp>();
  if (!collapse || collapse.getSrcType().getRank() != 3)
    return {};
  auto tensor = collapse.getSrc().getDefiningOp<bufferization::ToTensorOp>();
  auto type = tensor ? dyn_cast<MemRefType>(tensor.getBuffer().getType()) : MemRefType();
  return type && !type.getLayout().isIdentity() ? collapse.getSrc() : Value();
}

static Value getPart(StepBuilder &b, Value flat, Value start, int64_t length) {
  return tensor::ExtractSliceOp::create(b, flat, ArrayRef<OpFoldResult>{start},
                                        ArrayRef<OpFoldResult>{b.getIndexAttr(length)},
                                        ArrayRef<OpFoldResult>{b.getIndexAttr(1)});
}

static Value setPart(StepBuilder &b, Value part, Value whole, Value start) {
  int64_t length = cast<RankedTensorType>(part.getType()).getNumElements();
  return tensor::InsertSliceOp::create(b, part, whole, ArrayRef<OpFoldResult>{start},
                                       ArrayRef<OpFoldResult>{b.getIndexAttr(length)},
                                       ArrayRef<OpFoldResult>{b.getIndexAttr(1)});
}

static Value getImageRow(StepBuilder &b, Value image, Value row) {
  ArrayRef<int64_t> shape = cast<RankedTensorType>(image.getType()).getShape();
  auto type = RankedTensorType::get(shape.drop_front(), getElementTypeOrSelf(image.getType()));
  SmallVector<OpFoldResult> offsets{row, b.getIndexAttr(0), b.getIndexAttr(0)}, strides(3, b.getIndexAttr(1));
  SmallVector<OpFoldResult> sizes{b.getIndexAttr(1), b.getIndexAttr(shape[1]), b.getIndexAttr(shape[2])};
  return b.flatten(tensor::ExtractSliceOp::create(b, type, image, offsets, sizes, strides));
}

namespace {
/// What a sweep reads and writes of a stretch of neurons.
struct Stretch {
  SmallVector<Value> inputs, outputs;
  Value words; ///< Spikes as bits; null if they are not wanted.

  int64_t getLength() const { return cast<RankedTensorType>(inputs.front().getType()).getNumElements(); }
  SmallVector<Value> getResults() const {
    SmallVector<Value> results(outputs);
    if (words)
      results.push_back(words);
    return results;
  }
  void setResults(ValueRange results) {
    outputs.assign(results.begin(), results.begin() + outputs.size());
    if (words)
      words = results.back();
  }
};
} // namespace

/// Neurons `start` to `start + length`, at most a word of them, by vectors; their outputs are written, and the word is
/// returned.
static Value sweepWord(StepBuilder &b, Stretch &stretch, Value start, int64_t length, SweepBody body) {
  Value word;
  int64_t widest = std::min(kSpikeWordBits, 2 * b.machine.lanes);
  for (int64_t place = 0; place < length;) {
    // Powers of two: a mask of another length is taken apart bit by bit.
    int64_t width = std::min<int64_t>(widest, int64_t(1) << llvm::Log2_64(length - place));
    Value first = arith::AddIOp::create(b, start, b.index(place));
    SmallVector<Value> inputs, outputs;
    for (Value input : stretch.inputs)
      inputs.push_back(getPart(b, input, first, width));
    for (Value output : stretch.outputs)
      outputs.push_back(getPart(b, output, first, width));
    outputs.push_back(tensor::EmptyOp::create(b, ArrayRef<int64_t>{width}, b.getI1Type()));
    SmallVector<Value> next = b.elementwise(inputs, outputs, body);
    // The vector that is written is the one that is read here: no tensor of booleans is left.
    Value mask = vector::TransferReadOp::create(b, VectorType::get({width}, b.getI1Type()), next.back(), b.index(0),
                                                std::nullopt, ArrayRef<bool>{true});
    for (auto [part, output] : llvm::zip(next, stretch.outputs))
      output = setPart(b, part, output, first);
    Value bits = packMask(b, mask);
    if (place != 0) {
      Value shift = arith::ConstantOp::create(b, b.getI32IntegerAttr(place));
      bits = arith::OrIOp::create(b, word, arith::ShLIOp::create(b, bits, shift));
    }
    word = bits;
    place += width;
  }
  return word;
}

/// The same neuron by neuron, for machines without vectors; without words the result is null.
static Value sweepByElement(StepBuilder &b, Stretch &stretch, Value start, int64_t length, SweepBody body) {
  SmallVector<Value> carried(stretch.outputs);
  if (stretch.words)
    carried.push_back(b.zero(b.getI32Type()));
  auto loop = scf::ForOp::create(b, b.index(0), b.index(length), b.index(1), carried);
  StepBuilder inner(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()), b.dt, b.machine);
  Value place = arith::AddIOp::create(inner, start, loop.getInductionVar());
  SmallVector<Value> arguments, next;
  for (Value input : stretch.inputs)
    arguments.push_back(tensor::ExtractOp::create(inner, input, place));
  ValueRange outputs = loop.getRegionIterArgs().take_front(stretch.outputs.size());
  for (Value output : outputs)
    arguments.push_back(tensor::ExtractOp::create(inner, output, place));
  SmallVector<Value> values = body(inner, inner.getLoc(), arguments);
  for (auto [value, output] : llvm::zip(values, outputs))
    next.push_back(tensor::InsertOp::create(inner, value, output, place));
  if (stretch.words) {
    Value bits = loop.getRegionIterArgs().back();
    auto branch = scf::IfOp::create(
        inner, expectNot(inner, values.back()),
        [&](OpBuilder &, Location) {
          Value number = arith::IndexCastOp::create(inner, b.getI32Type(), loop.getInductionVar()),
                one = arith::ConstantOp::create(inner, b.getI32IntegerAttr(1));
          Value bit = arith::ShLIOp::create(inner, one, number);
          scf::YieldOp::create(inner, arith::OrIOp::create(inner, bits, bit).getResult());
        },
        [&](OpBuilder &, Location) { scf::YieldOp::create(inner, bits); });
    next.push_back(branch.getResult(0));
  }
  scf::YieldOp::create(inner, next);
  auto results = llvm::to_vector_of<Value>(loop.getResults());
  stretch.outputs.assign(results.begin(), results.begin() + stretch.outputs.size());
  return stretch.words ? results.back() : Value();
}

/// Neurons that lie together, word by word where bits are wanted.
static void sweepStretch(StepBuilder &b, Stretch &stretch, SweepBody body) {
  if (!stretch.words) {
    // Without vectors floats are computed one by one, so that what few of them need can be left out; integers in twos.
    if (b.machine.lanes == 1 && isa<FloatType>(getElementTypeOrSelf(stretch.inputs.front().getType())))
      sweepByElement(b, stretch, b.index(0), stretch.getLength(), body);
    else
      stretch.outputs = b.elementwise(stretch.inputs, stretch.outputs, body);
    return;
  }
  int64_t length = stretch.getLength(), whole = length / kSpikeWordBits;
  auto addWord = [&](StepBuilder &b, Stretch &stretch, Value number, int64_t count) {
    Value start = arith::MulIOp::create(b, number, b.index(kSpikeWordBits));
    Value word = b.machine.lanes > 1 ? sweepWord(b, stretch, start, count, body)
                                     : sweepByElement(b, stretch, start, count, body);
    stretch.words = tensor::InsertOp::create(b, word, stretch.words, number);
  };
  if (whole != 0) {
    auto loop = scf::ForOp::create(b, b.index(0), b.index(whole), b.index(1), stretch.getResults());
    StepBuilder inner(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()), b.dt, b.machine);
    Stretch part = stretch;
    part.setResults(loop.getRegionIterArgs());
    addWord(inner, part, loop.getInductionVar(), kSpikeWordBits);
    scf::YieldOp::create(inner, part.getResults());
    stretch.setResults(loop.getResults());
  }
  if (whole * kSpikeWordBits != length)
    addWord(b, stretch, b.index(whole), length - whole * kSpikeWordBits);
}

/// The rows of an image with gaps between them; 0 where there is none.
static int64_t getRows(ArrayRef<Value> inputs) {
  for (Value input : inputs)
    if (Value image = getImageWithGaps(input))
      return cast<RankedTensorType>(image.getType()).getDimSize(0);
  return 0;
}

static void sweepRows(StepBuilder &b, Stretch &stretch, SweepBody body) {
  int64_t rows = getRows(stretch.inputs);
  if (rows == 0)
    return sweepStretch(b, stretch, body);
  int64_t length = stretch.getLength() / rows;
  auto loop = scf::ForOp::create(b, b.index(0), b.index(rows), b.index(1), stretch.getResults());
  StepBuilder inner(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()), b.dt, b.machine);
  Value row = loop.getInductionVar(), start = arith::MulIOp::create(inner, row, inner.index(length)), startWord;
  Stretch whole = stretch, part;
  whole.setResults(loop.getRegionIterArgs());
  for (Value input : stretch.inputs) {
    Value image = getImageWithGaps(input);
    part.inputs.push_back(image ? getImageRow(inner, image, row) : getPart(inner, input, start, length));
  }
  for (Value output : whole.outputs)
    part.outputs.push_back(getPart(inner, output, start, length));
  if (whole.words) {
    startWord = arith::MulIOp::create(inner, row, inner.index(length / kSpikeWordBits));
    part.words = getPart(inner, whole.words, startWord, length / kSpikeWordBits);
  }
  sweepStretch(inner, part, body);
  for (auto [output, next] : llvm::zip_equal(whole.outputs, part.outputs))
    output = setPart(inner, next, output, start);
  if (whole.words)
    whole.words = setPart(inner, part.words, whole.words, startWord);
  scf::YieldOp::create(inner, whole.getResults());
  stretch.setResults(loop.getResults());
}

SmallVector<Value> spk::sweepNumbers(StepBuilder &b, ArrayRef<Value> inputs, ValueRange outputs, SweepBody body) {
  Stretch stretch{llvm::to_vector(inputs), llvm::to_vector(outputs), Value()};
  sweepRows(b, stretch, body);
  return stretch.outputs;
}

SmallVector<Value> spk::sweepSpikes(StepBuilder &b, ArrayRef<Value> inputs, ValueRange states, RankedTensorType type,
                                    SweepBody body, StepSignal &spikes) {
  int64_t count = type.getNumElements(), rows = getRows(inputs);
  // A word of two rows could not be written row by row.
  bool hasBits = b.wanted.bits && (rows == 0 || count / rows % kSpikeWordBits == 0);
  bool hasBytes = b.wanted.bytes || !hasBits;
  Stretch stretch{llvm::to_vector(inputs), llvm::to_vector(states), Value()};
  if (hasBytes)
    stretch.outputs.push_back(tensor::EmptyOp::create(b, ArrayRef<int64_t>{count}, type.getElementType()));
  if (hasBits)
    stretch.words = tensor::EmptyOp::create(b, ArrayRef<int64_t>{getWordCount(count)}, b.getI32Type());
  sweepRows(b, stretch, [&](OpBuilder &builder, Location loc, ValueRange arguments) {
    SmallVector<Value> values = body(builder, loc, arguments.take_front(inputs.size() + states.size()));
    Value fired = values.pop_back_val();
    if (hasBytes)
      values.push_back(arith::ExtUIOp::create(builder, loc, type.getElementType(), fired));
    if (hasBits)
      values.push_back(fired);
    return values;
  });
  if (hasBytes)
    spikes.value = b.unflatten(stretch.outputs.pop_back_val(), type);
  spikes.bits = stretch.words;
  return stretch.outputs;
}

//===----------------------------------------------------------------------===//
// Formulas
//===----------------------------------------------------------------------===//

Number Sweep::operator()(const Parameter &parameter) {
  if (parameter.isUniform())
    return {b, b->floatConstant(element, parameter.getValues().front())};
  if (collecting) {
    SmallVector<double> values(parameter.getValues());
    if (channelsLast)
      values = permuteElements(values, shape, kChannelsLast);
    tables.push_back(outer.constantTensor(RankedTensorType::get({count}, element), values));
    return {b, b->floatConstant(element, 0)};
  }
  return {b, tableElements[nextTable++]};
}

Number Sweep::state(unsigned index) {
  ArrayRef<quant::UniformQuantizedType> types = outer.stateTypes;
  if (index < types.size() && types[index])
    return {b, b->loadState(types[index], outputs[index])};
  return {b, outputs[index]};
}

SmallVector<Value> Sweep::collectTables(ValueRange inputTensors, ValueRange outputTensors, Body body) {
  // Into a block that is thrown away.
  Block scratch;
  StepBuilder dry(outer.getLoc(), OpBuilder(outer.getContext()), outer.dt, outer.machine);
  dry.setInsertionPointToEnd(&scratch);
  b = &dry;
  collecting = true;
  for (Value tensor : inputTensors)
    inputs.push_back(scratch.addArgument(getElementTypeOrSelf(tensor.getType()), outer.getLoc()));
  for (Value tensor : outputTensors)
    outputs.push_back(scratch.addArgument(getElementTypeOrSelf(tensor.getType()), outer.getLoc()));
  body(*this);
  inputs.clear();
  outputs.clear();
  collecting = false;
  SmallVector<Value> all(inputTensors);
  llvm::append_range(all, tables);
  return all;
}

SmallVector<Value> Sweep::runBody(OpBuilder &builder, Location loc, ValueRange values, size_t numInputs, Body body) {
  StepBuilder real(loc, builder, outer.dt, outer.machine);
  b = &real;
  size_t numTensors = numInputs - tables.size();
  inputs.assign(values.begin(), values.begin() + numTensors);
  tableElements.assign(values.begin() + numTensors, values.begin() + numInputs);
  outputs.assign(values.begin() + numInputs, values.end());
  nextTable = 0;
  SmallVector<Value> results = body(*this);
  for (auto [result, type] : llvm::zip(results, outer.stateTypes))
    if (type)
      result = real.storeState(type, result);
  return results;
}

SmallVector<Value> Sweep::build(ValueRange inputTensors, ValueRange outputTensors, Body body) {
  SmallVector<Value> all = collectTables(inputTensors, outputTensors, body);
  return sweepNumbers(outer, all, outputTensors, [&](OpBuilder &builder, Location loc, ValueRange values) {
    return runBody(builder, loc, values, all.size(), body);
  });
}

SmallVector<Value> Sweep::buildSpiking(ValueRange inputTensors, ValueRange states, RankedTensorType type, Body body,
                                       StepSignal &spikes) {
  RankedTensorType stored = getStoredType(type, channelsLast);
  spikes.channelsLast = channelsLast;
  spikes.sparse = true;
  if (type.getElementType().isInteger(1)) {
    SmallVector<Value> all = collectTables(inputTensors, states, body);
    return sweepSpikes(
        outer, all, states, stored,
        [&](OpBuilder &builder, Location loc, ValueRange values) {
          return runBody(builder, loc, values, all.size(), body);
        },
        spikes);
  }
  SmallVector<Value> all(states);
  all.push_back(tensor::EmptyOp::create(outer, ArrayRef<int64_t>{count}, stored.getElementType()));
  SmallVector<Value> next = build(inputTensors, all, body);
  spikes.value = outer.unflatten(next.pop_back_val(), stored);
  return next;
}
