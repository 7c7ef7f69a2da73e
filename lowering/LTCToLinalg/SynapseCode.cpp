//===- SynapseCode.cpp - sums over synapses as vector code ----------------===//
#include "lowering/LTCToLinalg/SynapseCode.h"
#include "lowering/LoopHints.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace lle;

/// The operands of one slot.
struct CellCode::Slot {
  Value source, slope, offset, weight, current;
  unsigned target; ///< The accumulators.
};

Registers CellCode::table(ArrayRef<double> values, double padding) {
  Registers registers;
  for (size_t first = 0; first < values.size(); first += lanes) {
    SmallVector<float> elements(lanes, float(padding));
    for (auto [lane, value] : llvm::enumerate(values.slice(first, std::min<size_t>(lanes, values.size() - first))))
      elements[lane] = float(value);
    registers.push_back(arith::ConstantOp::create(b, DenseElementsAttr::get(type, ArrayRef<float>(elements))));
  }
  return registers;
}

Registers CellCode::read(Value tensor) {
  auto tensorType = cast<RankedTensorType>(tensor.getType());
  Registers registers;
  for (int64_t first = 0; first < tensorType.getNumElements(); first += lanes) {
    int64_t count = std::min(lanes, tensorType.getNumElements() - first);
    Value value = vector::TransferReadOp::create(b, VectorType::get({count}, tensorType.getElementType()), tensor,
                                                 ValueRange{b.index(first)}, std::nullopt, ArrayRef<bool>{true});
    if (count < lanes) {
      SmallVector<int64_t> lane(lanes, 0);
      std::iota(lane.begin(), lane.begin() + count, 0);
      value = vector::ShuffleOp::create(b, value, value, lane);
    }
    registers.push_back(b.toFloat(value, b.getF32Type()));
  }
  return registers;
}

Value CellCode::write(ArrayRef<Value> registers, Value destination) {
  int64_t elements = cast<RankedTensorType>(destination.getType()).getNumElements();
  for (auto [index, given] : llvm::enumerate(registers)) {
    int64_t first = int64_t(index) * lanes, count = std::min(lanes, elements - first);
    if (count <= 0)
      break;
    Value value = given;
    if (count < lanes)
      value = vector::ExtractStridedSliceOp::create(b, value, 0, count, 1);
    destination =
        vector::TransferWriteOp::create(b, value, destination, ValueRange{b.index(first)}, ArrayRef<bool>{true})
            .getResult();
  }
  return destination;
}

Value CellCode::emptyMemory(int64_t elements) {
  return tensor::EmptyOp::create(b, ArrayRef<int64_t>{int64_t(llvm::alignTo(elements, lanes))}, b.getF32Type());
}

Registers CellCode::permute(ArrayRef<Value> registers, ArrayRef<int64_t> order) {
  Registers results;
  for (size_t first = 0; first < order.size(); first += lanes) {
    ArrayRef<int64_t> part = order.slice(first, std::min<size_t>(lanes, order.size() - first));
    SmallVector<int64_t> mask(lanes, part.front());
    llvm::copy(part, mask.begin());
    if (movesLanes(b.machine)) {
      Value result = registers[mask.front() / lanes];
      for (auto [position, lane] : llvm::enumerate(mask)) {
        Value element = vector::ExtractOp::create(b, registers[lane / lanes], lane % lanes);
        result = vector::InsertOp::create(b, element, result, position);
      }
      results.push_back(result);
      continue;
    }
    SmallVector<int64_t> used;
    for (int64_t lane : mask)
      if (!llvm::is_contained(used, lane / lanes))
        used.push_back(lane / lanes);
    // The first shuffle takes two registers, each further one joins one more.
    Value result = registers[used.front()];
    for (size_t next = 0; next == 0 || next < used.size(); ++next) {
      bool isFirst = next == 0;
      Value other = isFirst ? result : registers[used[next]];
      SmallVector<int64_t> shuffle;
      for (auto [position, lane] : llvm::enumerate(mask)) {
        int64_t source = lane / lanes;
        shuffle.push_back(source == used[next] ? (isFirst ? 0 : lanes) + lane % lanes : int64_t(position));
      }
      if (isFirst && used.size() > 1) {
        // Both of the first two at once.
        for (auto [position, lane] : llvm::enumerate(mask))
          if (lane / lanes == used[1])
            shuffle[position] = lanes + lane % lanes;
        other = registers[used[1]];
        ++next;
      }
      result = vector::ShuffleOp::create(b, result, other, shuffle);
    }
    results.push_back(result);
  }
  return results;
}

Value CellCode::broadcast(Value scalar) { return vector::BroadcastOp::create(b, type, scalar); }

Registers CellCode::clamp(ArrayRef<Value> registers, double limit) {
  return llvm::map_to_vector(registers, [&](Value value) { return Maths::clamp(value, limit); });
}

Registers CellCode::zip(ArrayRef<Value> x, ArrayRef<Value> y, llvm::function_ref<Value(Value, Value)> combine) {
  Registers results;
  for (auto [left, right] : llvm::zip_equal(x, y))
    results.push_back(combine(left, right));
  return results;
}

Sources CellCode::makeSources(const SynapseSlices &synapses, Registers registers, Value memory) {
  if (synapses.needsMemory())
    memory = write(registers, memory);
  return {std::move(registers), memory};
}

//===----------------------------------------------------------------------===//
// Sums
//===----------------------------------------------------------------------===//

Value CellCode::call(StringRef intrinsic, ValueRange arguments) {
  return LLVM::CallIntrinsicOp::create(b, type, b.getStringAttr(intrinsic), arguments).getResult(0);
}

/// The lanes of the registers that `index` says.
Value CellCode::lookUp(ArrayRef<Value> registers, Value index) {
  if (registers.size() == 1)
    return call("llvm.x86.avx512.permvar.sf.512", {registers[0], index});
  if (registers.size() == 2)
    return call("llvm.x86.avx512.vpermi2var.ps.512", {registers[0], index, registers[1]});
  size_t half = llvm::PowerOf2Ceil(registers.size()) / 2;
  Value low = lookUp(registers.take_front(half), index), high = lookUp(registers.drop_front(half), index);
  auto integers = [&](int64_t value) -> Value {
    auto attribute = DenseElementsAttr::get(cast<ShapedType>(index.getType()), b.getI32IntegerAttr(value).getValue());
    return arith::ConstantOp::create(b, attribute);
  };
  Value bit = arith::AndIOp::create(b, index, integers(int64_t(half) * lanes));
  Value isHigh = arith::CmpIOp::create(b, arith::CmpIPredicate::ne, bit, integers(0));
  return arith::SelectOp::create(b, isHigh, high, low);
}

/// Step by step for all slots.
void CellCode::addSlots(const SynapseSlices &synapses, ArrayRef<Slot> slots, Registers &conductance,
                        Registers &current) {
  Registers powers =
      llvm::map_to_vector(slots, [&](const Slot &slot) { return multiplyAdd(slot.slope, slot.source, slot.offset); });
  Registers open = sigmoidOfPower(powers, synapses.areBounded());
  for (auto [slot, value] : llvm::zip(slots, open)) {
    conductance[slot.target] = multiplyAdd(slot.weight, value, conductance[slot.target]);
    current[slot.target] = multiplyAdd(slot.current, value, current[slot.target]);
  }
}

/// The numbers of sources, a row for each slot.
Value CellCode::makeSourceTable(const SynapseSlices &synapses) {
  Type stored = synapses.getNumSources() <= 256 ? b.getI8Type() : b.getI32Type();
  SmallVector<APInt> elements;
  for (int64_t slot = 0; slot < synapses.getNumSlots(); ++slot)
    for (int64_t source : synapses.getSources(slot))
      elements.emplace_back(stored.getIntOrFloatBitWidth(), source);
  auto type = RankedTensorType::get({synapses.getNumSlots(), lanes}, stored);
  return arith::ConstantOp::create(b, DenseElementsAttr::get(type, elements));
}

/// Zero, which LLVM does not know. Code that reads a table at constant places becomes code with as many constants: on
/// AArch64 two instructions for each, or three where a loop wants them all and they go by way of the stack. From a
/// register, one instruction loads two.
Value CellCode::makeOpaqueZero() {
  Value zero = arith::ConstantOp::create(b, b.getI64IntegerAttr(0));
  auto opaque = LLVM::InlineAsmOp::create(b, TypeRange{b.getI64Type()}, zero, /*asm_string=*/"", /*constraints=*/"=r,0",
                                          /*has_side_effects=*/true, /*is_align_stack=*/false, LLVM::TailCallKind::None,
                                          LLVM::AsmDialectAttr(), ArrayAttr());
  return arith::IndexCastOp::create(b, b.getIndexType(), opaque.getResult(0));
}

SlotTables CellCode::makeTables(const SynapseSlices &synapses) {
  auto type = RankedTensorType::get({synapses.getNumSlots() * 4, lanes}, b.getF32Type());
  Value firstRow = synapses.isUnrolled() && movesLanes(b.machine) ? makeOpaqueZero() : b.index(0);
  return {synapses, b.constantTensor(type, synapses.getCoefficients()), makeSourceTable(synapses), firstRow};
}

/// The sources of a slot. Where its number is known, so are they.
Value CellCode::readSource(const SlotTables &tables, const SlotRun &run, const Sources &sources, Value row,
                           std::optional<int64_t> known) {
  if (run.lookUp == LookUp::broadcast) {
    Value source = arith::SubIOp::create(b, row, b.index(run.first));
    return broadcast(tensor::ExtractOp::create(b, sources.memory, source));
  }
  if (run.lookUp == LookUp::permute && known)
    return permute(sources.registers, tables.synapses.getSources(*known)).front();
  Type stored = getElementTypeOrSelf(tables.sources.getType());
  Value index = vector::TransferReadOp::create(b, VectorType::get({lanes}, stored), tables.sources,
                                               ValueRange{row, b.index(0)}, std::nullopt, ArrayRef<bool>{true});
  if (stored != b.getI32Type())
    index = arith::ExtUIOp::create(b, VectorType::get({lanes}, b.getI32Type()), index);
  if (run.lookUp == LookUp::permute)
    return lookUp(ArrayRef(sources.registers).slice(run.firstRegister, run.numRegisters), index);
  Value all = arith::ConstantOp::create(b, DenseElementsAttr::get(VectorType::get({lanes}, b.getI1Type()), true));
  return vector::GatherOp::create(b, type, sources.memory, ValueRange{b.index(0)}, index, all, constant(type, 0));
}

CellCode::Slot CellCode::readSlot(const SlotTables &tables, const SlotRun &run, const Sources &sources, Value row,
                                  std::optional<int64_t> known, unsigned target) {
  Value first = arith::AddIOp::create(b, arith::MulIOp::create(b, row, b.index(4)), tables.firstRow);
  auto coefficient = [&](int64_t which) -> Value {
    Value at = arith::AddIOp::create(b, first, b.index(which));
    return vector::TransferReadOp::create(b, type, tables.coefficients, ValueRange{at, b.index(0)}, std::nullopt,
                                          ArrayRef<bool>{true});
  };
  return {readSource(tables, run, sources, row, known),
          coefficient(0),
          coefficient(1),
          coefficient(2),
          coefficient(3),
          target};
}

SynapseSums CellCode::addSlotRange(const SlotTables &tables, Value first, Value last, const Sources &sources,
                                   SynapseSums sums) {
  auto loop = scf::ForOp::create(b, first, last, b.index(1), ValueRange{sums.conductance[0], sums.current[0]});
  keepRolled(loop);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(loop.getBody());
  SlotRun run{0, tables.synapses.getNumSlots(), LookUp::gather};
  Slot slot = readSlot(tables, run, sources, loop.getInductionVar(), std::nullopt, 0);
  Registers conductance{loop.getRegionIterArg(0)}, current{loop.getRegionIterArg(1)};
  addSlots(tables.synapses, slot, conductance, current);
  scf::YieldOp::create(b, ValueRange{conductance[0], current[0]});
  return {{loop.getResult(0)}, {loop.getResult(1)}};
}

SynapseSums CellCode::addSynapses(const SynapseSlices &synapses, const Sources &sources, SynapseSums sums) {
  if (synapses.getNumSlots() == 0)
    return sums;
  SlotTables tables = makeTables(synapses);
  SmallVector<Slot> pending;
  auto flush = [&] {
    if (!pending.empty())
      addSlots(synapses, pending, sums.conductance, sums.current);
    pending.clear();
  };
  for (auto [index, slice] : llvm::enumerate(synapses.getSlices())) {
    unsigned target = index;
    for (const SlotRun &run : slice) {
      int64_t looped = run.slots / kSlotsSideBySide * kSlotsSideBySide;
      if (synapses.isUnrolled() || looped == kSlotsSideBySide)
        looped = 0;
      if (looped > 0) {
        flush();
        auto loop = scf::ForOp::create(b, b.index(run.first), b.index(run.first + looped), b.index(kSlotsSideBySide),
                                       ValueRange{sums.conductance[target], sums.current[target]});
        keepRolled(loop); // Unrolling further would save nothing, and costs LLVM seconds in large cells.
        OpBuilder::InsertionGuard guard(b);
        b.setInsertionPointToStart(loop.getBody());
        SmallVector<Slot> slots;
        for (int64_t i = 0; i < kSlotsSideBySide; ++i)
          slots.push_back(readSlot(tables, run, sources, arith::AddIOp::create(b, loop.getInductionVar(), b.index(i)),
                                   std::nullopt, 0));
        Registers conductance{loop.getRegionIterArg(0)}, current{loop.getRegionIterArg(1)};
        addSlots(synapses, slots, conductance, current);
        scf::YieldOp::create(b, ValueRange{conductance.front(), current.front()});
        sums.conductance[target] = loop.getResult(0);
        sums.current[target] = loop.getResult(1);
      }
      for (int64_t i = run.first + looped; i < run.first + run.slots; ++i) {
        pending.push_back(readSlot(tables, run, sources, b.index(i), i, target));
        if (pending.size() == size_t(kSlotsSideBySide))
          flush();
      }
    }
  }
  flush();
  return sums;
}
