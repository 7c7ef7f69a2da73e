//===- FixedSynapseCode.cpp - sums over synapses in integers --------------===//
//
// Symbols are those of the descriptions in FixedCells.td. A slot takes, once for each register: its coefficients, the
// potentials of its sources, a multiplication, a look-up in the table of the sigmoid and three more multiplications.
//
//===----------------------------------------------------------------------===//
#include "lowering/LTCToLinalg/FixedSynapseCode.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace lle;

/// Sources whose potentials of 16 bits AArch64 selects from registers.
static constexpr int64_t kSelectable = 64;

static unsigned getBits(ElementsAttr elements) { return elements.getElementType().getIntOrFloatBitWidth(); }

int64_t lle::getFixedLanes(const VectorShape &machine) {
  return isAArch64(machine.simd) && machine.lanes > 1 ? std::max<int64_t>(machine.lanes, 8) : machine.lanes;
}

unsigned lle::getSourceBits(const VectorShape &machine) {
  return machine.lanes == 1 || isAArch64(machine.simd) ? 16 : 32;
}

FixedSynapses::FixedSynapses(int64_t sources, int64_t targets, int64_t shift, ElementsAttr slopes, ElementsAttr offsets,
                             ElementsAttr conductances, ElementsAttr currents)
    : sources(sources), targets(targets), shift(shift), slope(readIntegerElements(slopes)),
      offset(readIntegerElements(offsets)), conductance(readIntegerElements(conductances)),
      current(readIntegerElements(currents)), slopeBits(getBits(slopes)),
      weightBits(std::max(getBits(conductances), getBits(currents))) {}

FixedSynapseCode::FixedSynapseCode(StepBuilder &b, const FixedFunctionCode &sigmoid, const FixedSynapses &synapses,
                                   ArrayRef<int64_t> sourceOrder, ArrayRef<int64_t> targetOrder)
    : sigmoid(sigmoid), lanes(getFixedLanes(b.machine)), sources(synapses.sources), shift(synapses.shift),
      weightBits(synapses.weightBits), selectsBytes(isAArch64(b.machine.simd) && lanes == 8 && sources <= kSelectable) {
  isEmpty = llvm::all_of(synapses.conductance, [](int64_t conductance) { return conductance == 0; });
  if (!isEmpty)
    pack(b, synapses, sourceOrder, targetOrder);
}

/// Whether slots of all sources cost less than slots of those that there are, for which each lane looks up its own.
/// Instructions of a slot, counted on Cortex-M4 (where finding a source is lost among the rest), Cortex-M55 and A72; a
/// gather of x86 takes the time of about ten.
static bool readsAllSources(const VectorShape &machine, bool selectsBytes, int64_t allSlots, int64_t slots) {
  auto [rest, lookUp] = machine.lanes == 1          ? std::pair(20, 0)
                        : machine.simd == Simd::mve ? std::pair(22, 2)
                        : isAArch64(machine.simd)   ? std::pair(54, 27)
                                                    : std::pair(20, 10);
  return allSlots * rest <= slots * (rest + lookUp);
}

void FixedSynapseCode::pack(StepBuilder &b, const FixedSynapses &synapses, ArrayRef<int64_t> sourceOrder,
                            ArrayRef<int64_t> targetOrder) {
  int64_t slices = llvm::divideCeil(synapses.targets, lanes);
  SmallVector<SmallVector<int64_t>> rows(synapses.targets); // positions of the sources of a lane
  SmallVector<int64_t> depths(slices, 0);                   // slots of a slice
  for (auto [lane, target] : llvm::enumerate(targetOrder)) {
    for (auto [position, source] : llvm::enumerate(sourceOrder))
      if (synapses.isThere(source, target))
        rows[lane].push_back(position);
    depths[lane / lanes] = std::max<int64_t>(depths[lane / lanes], rows[lane].size());
  }
  bool isDense =
      readsAllSources(b.machine, selectsBytes, slices * sources, std::accumulate(depths.begin(), depths.end(), 0));
  if (isDense) {
    depths.assign(slices, sources);
    llvm::fill(rows, llvm::to_vector(llvm::seq(sources)));
  }
  SmallVector<int64_t> first{0};
  for (int64_t depth : depths)
    first.push_back(first.back() + depth);
  SmallVector<int64_t> slope(first.back() * lanes, 0); // a lane without a synapse adds nothing
  SmallVector<int64_t> offset = slope, conductance = slope, current = slope, from = slope;
  for (auto [lane, target] : llvm::enumerate(targetOrder))
    for (auto [slot, position] : llvm::enumerate(rows[lane])) {
      int64_t source = sourceOrder[position], k = source * synapses.targets + target;
      int64_t place = (first[lane / lanes] + slot) * lanes + lane % lanes;
      from[place] = position;
      if (!synapses.isThere(source, target))
        continue;
      slope[place] = synapses.slope[k];
      offset[place] = synapses.offset[k];
      conductance[place] = synapses.conductance[k];
      current[place] = synapses.current[k];
    }
  makeTables(b, synapses.slopeBits, slope, offset, conductance, current);
  if (isDense)
    return;
  if (selectsBytes) {
    SmallVector<int64_t> bytes;
    for (int64_t position : from)
      bytes.append({2 * position, 2 * position + 1});
    from = std::move(bytes);
  }
  sourceOf = integerTable(b, from, sources <= 256 ? 8 : 32);
  firstOf = integerTable(b, first, 32);
}

void FixedSynapseCode::makeTables(StepBuilder &b, unsigned slopeBits, ArrayRef<int64_t> slope, ArrayRef<int64_t> offset,
                                  ArrayRef<int64_t> conductance, ArrayRef<int64_t> current) {
  if (lanes > 1) {
    slopes = integerTable(b, slope, slopeBits);
    offsets = integerTable(b, offset, 32);
    SmallVector<int64_t> both;
    for (size_t first = 0; first < conductance.size(); first += lanes) {
      llvm::append_range(both, conductance.slice(first, lanes));
      llvm::append_range(both, current.slice(first, lanes));
    }
    weights = integerTable(b, both, weightBits);
    return;
  }
  SmallVector<int64_t> packed;
  for (auto [a, c, g, i] : llvm::zip_equal(slope, offset, conductance, current)) {
    packed.push_back(c);
    uint32_t low = uint16_t(a);
    if (weightBits == 8) {
      packed.push_back(low | uint32_t(uint8_t(g)) << 16 | uint32_t(uint8_t(i)) << 24);
    } else {
      packed.push_back(low);
      packed.push_back(uint32_t(uint16_t(g)) | uint32_t(uint16_t(i)) << 16);
    }
  }
  words = integerTable(b, packed, 32);
}

FixedSynapseCode::Argument FixedSynapseCode::readArgument(StepBuilder &b, Value slot) const {
  if (lanes > 1) {
    Value place = arith::MulIOp::create(b, slot, b.index(lanes));
    return {readIntegers(b, slopes, place, lanes), readIntegers(b, offsets, place, lanes), {}};
  }
  Value place = arith::MulIOp::create(b, slot, b.index(weightBits == 8 ? 2 : 3));
  Integer offset = readInteger(b, words, place),
          word = readInteger(b, words, arith::AddIOp::create(b, place, b.index(1)));
  return {word.withWidth(16).withWidth(32), offset, word};
}

FixedSums FixedSynapseCode::readWeights(StepBuilder &b, Value slot, const Argument &argument) const {
  if (lanes > 1) {
    Value place = arith::MulIOp::create(b, slot, b.index(2 * lanes));
    return {readIntegers(b, weights, place, lanes),
            readIntegers(b, weights, arith::AddIOp::create(b, place, b.index(lanes)), lanes)};
  }
  if (weightBits == 8)
    return {(argument.word >> 16).withWidth(8).withWidth(32), argument.word >> 24};
  Value place = arith::AddIOp::create(b, arith::MulIOp::create(b, slot, b.index(3)), b.index(2));
  Integer both = readInteger(b, words, place);
  return {both.withWidth(16).withWidth(32), both >> 16};
}

/// TBL selects bytes of up to four registers, and TBX those of further ones.
Value FixedSynapseCode::selectPotentials(StepBuilder &b, Value potentials, Value slot) const {
  constexpr int64_t kBytes = 16, kRegisters = 4;
  auto bytes = VectorType::get({kBytes}, b.getI8Type());
  auto read = [&](Value tensor, Value place, VectorType type) -> Value {
    return vector::TransferReadOp::create(b, type, tensor, place, std::nullopt, ArrayRef<bool>{true});
  };
  Integer selected{&b, read(sourceOf, arith::MulIOp::create(b, slot, b.index(kBytes)), bytes)};
  Value result;
  for (int64_t first = 0; first < sources; first += kRegisters * lanes) {
    SmallVector<Value> arguments(result ? 1 : 0, result);
    for (int64_t k = first; k < std::min(sources, first + kRegisters * lanes); k += lanes)
      arguments.push_back(
          vector::BitCastOp::create(b, bytes, read(potentials, b.index(k), VectorType::get({lanes}, b.getI16Type()))));
    StringRef name = result ? "tbx" : "tbl";
    auto intrinsic =
        b.getStringAttr("llvm.aarch64.neon." + name + Twine(arguments.size() - (result ? 1 : 0)) + ".v16i8");
    arguments.push_back((selected - 2 * first).value);
    result = LLVM::CallIntrinsicOp::create(b, bytes, intrinsic, arguments).getResult(0);
  }
  return vector::BitCastOp::create(b, VectorType::get({lanes}, b.getI16Type()), result);
}

/// `source` is that of the slot where all sources reach all targets.
Integer FixedSynapseCode::readPotentials(StepBuilder &b, Value potentials, Value slot, Value source) const {
  if (!sourceOf) {
    Integer v = readInteger(b, potentials, source);
    return lanes == 1 ? v : broadcast(v, lanes);
  }
  if (lanes == 1)
    return readInteger(b, potentials, Integer{&b, tensor::ExtractOp::create(b, sourceOf, slot)}.asIndex());
  if (selectsBytes)
    return Integer{&b, selectPotentials(b, potentials, slot)}.withWidth(32);
  Value place = arith::MulIOp::create(b, slot, b.index(lanes));
  return lookUp(potentials, readIntegers(b, sourceOf, place, lanes, /*isSigned=*/false)).withWidth(32);
}

FixedSums FixedSynapseCode::add(StepBuilder &b, Value potentials, Value slice, FixedSums sums) const {
  if (isEmpty)
    return sums;
  Integer first = wordConstant(b, 0), last = wordConstant(b, sources);
  Value base;
  if (firstOf) {
    first = readInteger(b, firstOf, slice);
    last = readInteger(b, firstOf, arith::AddIOp::create(b, slice, b.index(1)));
  } else {
    base = arith::MulIOp::create(b, slice, b.index(sources));
  }
  SmallVector<Value> total = buildLoop(b, first, last, {sums.conductance.value, sums.current.value},
                                       [&](StepBuilder &b, Value k, ValueRange carried) -> SmallVector<Value> {
                                         Value place = base ? arith::AddIOp::create(b, base, k).getResult() : k;
                                         // Weights come last: what is not loaded yet takes no register of a small
                                         // machine.
                                         Argument argument = readArgument(b, place);
                                         Integer v = readPotentials(b, potentials, place, k);
                                         Integer s = sigmoid(clip((argument.slope * v + argument.offset) >> shift, 16));
                                         FixedSums weights = readWeights(b, place, argument);
                                         return {(Integer{&b, carried[0]} + weights.conductance * s).value,
                                                 (Integer{&b, carried[1]} + weights.current * s).value};
                                       });
  return {{&b, total[0]}, {&b, total[1]}};
}
