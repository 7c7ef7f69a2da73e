//===- LTCLoops.cpp - liquid cells in loops -------------------------------===//
//
// Symbols are those of the description of ltc.ltc_cell; what is folded is what LTCCell.cpp folds. Potentials and sums
// over the inputs lie in memory, a register of lanes after the other. Synapses read a clamped copy of the potentials,
// so that each neuron can put its new potential in the place of the old one.
//
//===----------------------------------------------------------------------===//
#include "lowering/LTCToLinalg/LTCLoops.h"
#include "lowering/LTCToLinalg/LTCParameters.h"
#include "lowering/LoopHints.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace lle;
using namespace lle::ltc;

namespace {
class LoopedLTC {
public:
  LoopedLTC(StepBuilder &b, LTCCellOp op, Value elapsedTime);
  std::pair<Value, Value> build(Value input, Value state, Value destination);

private:
  StepBuilder &b;
  CellCode code;
  LTCParameters cell;
  const SmallVector<int64_t> order; ///< The neuron of each lane.
  const SynapseSlices recurrent, sensory;
  const int64_t padded; ///< Lanes of all registers of neurons.
  const TimeShare time;
  Value capacitances; ///< cm / h; cm where the solver is explicit, or the elapsed time not constant.
  // What inputs and parameters add to the sums of each neuron, once they are known.
  Value conductances, drives;

  /// The sums of one register of neurons, whose first lane is `lane`, over its synapses.
  struct Neurons {
    Value lane, firstSlot, lastSlot;
  };
  using Body = llvm::function_ref<SmallVector<Value>(const Neurons &, ValueRange)>;

  Value laneTable(llvm::function_ref<double(int64_t)> value, double padding);
  /// Memory of its own: equal `tensor.empty` become one, and loops that carry it twice then share a buffer.
  Value emptyRow() {
    return bufferization::AllocTensorOp::create(b, RankedTensorType::get({padded}, b.getF32Type()), ValueRange{});
  }
  Value read(Value row, Value lane);
  Value write(Value value, Value row, Value lane);
  /// The elements as floats that synapses may read.
  Value clampAll(Value tensor, Value destination, double limit);
  SmallVector<Value> forNeurons(const SynapseSlices &synapses, ValueRange carried, Body body);
  SynapseSums addSynapses(const SlotTables *tables, const Neurons &neurons, Value sources, Value conductance,
                          Value current);
  Value readCapacitance(const Neurons &neurons);
  Value getSlope(const SlotTables *tables, const Neurons &neurons, Value sources, Value v);

  void addInputs(Value input);
  SmallVector<Value> unfold(const SlotTables *tables, ValueRange carried);
  SmallVector<Value> rungeKutta(const SlotTables *tables, ValueRange carried);
  Value toLanes(Value state);
  Value fromLanes(Value v, Value destination);
  Value buildOutput(Value state);
};
} // namespace

LoopedLTC::LoopedLTC(StepBuilder &b, LTCCellOp op, Value elapsedTime)
    : b(b), code(b), cell(op), order(cell.moveToLanes(b.machine.lanes)),
      recurrent(cell.recurrent, cell.units, cell.units, b.machine),
      sensory(cell.sensory, cell.inputs, cell.units, b.machine), padded(llvm::alignTo(cell.units, b.machine.lanes)),
      time(buildTimeShare(code, b, cell, elapsedTime)) {
  bool isTimed = bool(elapsedTime);
  capacitances = laneTable([&](int64_t j) { return cell.getCapacitance(j, isTimed); }, 1);
  conductances = laneTable([&](int64_t j) { return cell.getConductance(j, isTimed); }, 1);
  drives = laneTable([&](int64_t j) { return cell.getDrive(j); }, 0);
}

Value LoopedLTC::laneTable(llvm::function_ref<double(int64_t)> value, double padding) {
  SmallVector<double> values = llvm::map_to_vector(order, value);
  values.resize(padded, padding);
  return b.constantTensor(RankedTensorType::get({padded}, b.getF32Type()), values);
}

Value LoopedLTC::read(Value row, Value lane) {
  return vector::TransferReadOp::create(b, code.getType(), row, lane, std::nullopt, ArrayRef<bool>{true});
}

Value LoopedLTC::write(Value value, Value row, Value lane) {
  return vector::TransferWriteOp::create(b, value, row, lane, ArrayRef<bool>{true}).getResult();
}

Value LoopedLTC::clampAll(Value tensor, Value destination, double limit) {
  return b
      .elementwise(tensor, destination,
                   [&](OpBuilder &builder, Location loc, ValueRange arguments) -> SmallVector<Value> {
                     StepBuilder inner(loc, builder, b.dt, b.machine);
                     return {Maths(inner).clamp(inner.toFloat(arguments[0], b.getF32Type()), limit)};
                   })
      .front();
}

/// A loop over registers of neurons, which hold consecutive slots.
SmallVector<Value> LoopedLTC::forNeurons(const SynapseSlices &synapses, ValueRange carried, Body body) {
  SmallVector<int64_t> fanIn = llvm::map_to_vector(
      synapses.getSlices(), [](ArrayRef<SlotRun> slice) { return slice.empty() ? 0 : slice.front().slots; });
  Type stored = *llvm::max_element(fanIn) <= UINT8_MAX ? b.getI8Type() : b.getI32Type();
  SmallVector<APInt> elements =
      llvm::map_to_vector(fanIn, [&](int64_t slots) { return APInt(stored.getIntOrFloatBitWidth(), slots); });
  auto type = RankedTensorType::get({int64_t(fanIn.size())}, stored);
  Value table = arith::ConstantOp::create(b, DenseElementsAttr::get(type, elements));

  SmallVector<Value> all{b.index(0)}; // the first slot of a register is the last one of the register before
  llvm::append_range(all, carried);
  auto loop = scf::ForOp::create(b, b.index(0), b.index(padded), b.index(b.machine.lanes), all);
  keepRolled(loop);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(loop.getBody());
  Value lane = loop.getInductionVar();
  Value slice = arith::DivUIOp::create(b, lane, b.index(b.machine.lanes));
  Value slots = arith::IndexCastUIOp::create(b, b.getIndexType(), tensor::ExtractOp::create(b, table, slice));
  Value first = loop.getRegionIterArg(0), end = arith::AddIOp::create(b, first, slots);
  SmallVector<Value> next = body({lane, first, end}, loop.getRegionIterArgs().drop_front());
  next.insert(next.begin(), end);
  scf::YieldOp::create(b, next);
  return SmallVector<Value>(loop.getResults().drop_front());
}

SynapseSums LoopedLTC::addSynapses(const SlotTables *tables, const Neurons &neurons, Value sources, Value conductance,
                                   Value current) {
  if (!tables)
    return {{conductance}, {current}};
  return code.addSlotRange(*tables, neurons.firstSlot, neurons.lastSlot, {{}, sources}, {{conductance}, {current}});
}

Value LoopedLTC::readCapacitance(const Neurons &neurons) {
  Value cm = read(capacitances, neurons.lane);
  return time.inverse ? code.multiply(cm, time.inverse) : cm;
}

/// Conductances and drives with what the inputs add.
void LoopedLTC::addInputs(Value input) {
  std::optional<SlotTables> tables;
  if (sensory.getNumSlots() > 0)
    tables.emplace(code.makeTables(sensory));
  if (!tables && !time.inverse)
    return;
  Value empty = tensor::EmptyOp::create(b, ArrayRef<int64_t>{cell.inputs}, b.getF32Type());
  Value sources = clampAll(input, empty, sensory.getSourceLimit());
  SmallVector<Value> sums = forNeurons(
      sensory, {emptyRow(), emptyRow()}, [&](const Neurons &neurons, ValueRange carried) -> SmallVector<Value> {
        Value conductance = read(conductances, neurons.lane);
        if (time.inverse)
          conductance = code.add(conductance, readCapacitance(neurons));
        SynapseSums sums =
            addSynapses(tables ? &*tables : nullptr, neurons, sources, conductance, read(drives, neurons.lane));
        return {write(sums.conductance[0], carried[0], neurons.lane), write(sums.current[0], carried[1], neurons.lane)};
      });
  conductances = sums[0];
  drives = sums[1];
}

/// f(v)
Value LoopedLTC::getSlope(const SlotTables *tables, const Neurons &neurons, Value sources, Value v) {
  SynapseSums sums =
      addSynapses(tables, neurons, sources, read(conductances, neurons.lane), read(drives, neurons.lane));
  Value current = code.subtract(sums.current[0], code.multiply(sums.conductance[0], v));
  return arith::DivFOp::create(b, current, read(capacitances, neurons.lane));
}

/// Potentials and sources after one unfold.
SmallVector<Value> LoopedLTC::unfold(const SlotTables *tables, ValueRange carried) {
  Value sources = clampAll(carried[0], carried[1], recurrent.getSourceLimit());
  Value v = forNeurons(recurrent, carried[0], [&](const Neurons &neurons, ValueRange rows) -> SmallVector<Value> {
              Value old = read(rows[0], neurons.lane), next;
              if (cell.isFused()) {
                Value current = code.multiplyAdd(readCapacitance(neurons), old, read(drives, neurons.lane));
                SynapseSums sums = addSynapses(tables, neurons, sources, read(conductances, neurons.lane), current);
                next = arith::DivFOp::create(b, sums.current[0], sums.conductance[0]);
              } else {
                next = code.multiplyAdd(getSlope(tables, neurons, sources, old), time.share, old);
              }
              return {write(next, rows[0], neurons.lane)};
            }).front();
  return {v, sources};
}

/// The same by the classical Runge-Kutta method, whose four slopes are weighted 1, 2, 2 and 1. Carries the potentials
/// that slopes are taken at, and the weighted sum of slopes, as well.
SmallVector<Value> LoopedLTC::rungeKutta(const SlotTables *tables, ValueRange carried) {
  SmallVector<Value> rows(carried); // v, sources, potentials of the next slope, sum
  struct Stage {
    double weight, nextShare;
  };
  static constexpr Stage kStages[] = {{1, 0.5}, {2, 0.5}, {2, 1}, {1, 1.0 / 6}};
  for (auto [index, stage] : llvm::enumerate(kStages)) {
    bool isFirst = index == 0, isLast = index + 1 == std::size(kStages);
    rows[1] = clampAll(isFirst ? rows[0] : rows[2], rows[1], recurrent.getSourceLimit());
    Value sources = rows[1], share = code.multiply(time.share, code.constant(code.getType(), stage.nextShare));
    double weight = stage.weight;
    SmallVector<Value> next = forNeurons(
        recurrent, {rows[0], rows[2], rows[3]}, [&](const Neurons &neurons, ValueRange inner) -> SmallVector<Value> {
          Value v = read(inner[0], neurons.lane), slope;
          slope = getSlope(tables, neurons, sources, isFirst ? v : read(inner[1], neurons.lane));
          Value sum = code.multiply(slope, code.constant(code.getType(), weight));
          if (!isFirst)
            sum = code.add(sum, read(inner[2], neurons.lane));
          if (isLast)
            return {write(code.multiplyAdd(sum, share, v), inner[0], neurons.lane), inner[1], inner[2]};
          return {inner[0], write(code.multiplyAdd(slope, share, v), inner[1], neurons.lane),
                  write(sum, inner[2], neurons.lane)};
        });
    rows[0] = next[0];
    rows[2] = next[1];
    rows[3] = next[2];
  }
  return rows;
}

Value LoopedLTC::toLanes(Value state) {
  return b.machine.lanes == 1 ? state : code.write(code.permute(code.read(state), order), emptyRow());
}

Value LoopedLTC::fromLanes(Value v, Value destination) {
  // With one lane, nothing is sorted.
  return b.machine.lanes == 1 ? v : code.write(code.permute(code.read(v), invert(order)), destination);
}

Value LoopedLTC::buildOutput(Value state) {
  OpFoldResult size = b.getIndexAttr(cell.motor), zero = b.getIndexAttr(0), one = b.getIndexAttr(1);
  Value motor =
      cell.motor == cell.units ? state : tensor::ExtractSliceOp::create(b, state, zero, size, one).getResult();
  bool isScaled = llvm::any_of(cell.outputW, [](double w) { return w != 1; });
  bool isShifted = llvm::any_of(cell.outputB, [](double b) { return b != 0; });
  if (!isScaled && !isShifted)
    return motor;
  auto type = RankedTensorType::get({cell.motor}, b.getF32Type());
  Value empty = tensor::EmptyOp::create(b, type.getShape(), type.getElementType());
  SmallVector<Value> inputs{motor, b.constantTensor(type, cell.outputW), b.constantTensor(type, cell.outputB)};
  return b
      .elementwise(inputs, empty,
                   [&](OpBuilder &builder, Location loc, ValueRange arguments) -> SmallVector<Value> {
                     ImplicitLocOpBuilder inner(loc, builder);
                     Maths maths(inner);
                     Value result = arguments[0];
                     if (isScaled)
                       result = maths.multiply(result, arguments[1]);
                     return {isShifted ? maths.add(result, arguments[2]) : result};
                   })
      .front();
}

std::pair<Value, Value> LoopedLTC::build(Value input, Value state, Value destination) {
  addInputs(input);
  std::optional<SlotTables> made;
  if (recurrent.getNumSlots() > 0)
    made.emplace(code.makeTables(recurrent));
  const SlotTables *tables = made ? &*made : nullptr;
  SmallVector<Value> rows{toLanes(state), emptyRow()};
  bool isRungeKutta = cell.solver == Solver::rk4;
  if (isRungeKutta)
    rows.append({emptyRow(), emptyRow()});
  auto loop = scf::ForOp::create(b, b.index(0), b.index(cell.unfolds), b.index(1), rows);
  keepRolled(loop);
  {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(loop.getBody());
    ValueRange carried = loop.getRegionIterArgs();
    scf::YieldOp::create(b, isRungeKutta ? rungeKutta(tables, carried) : unfold(tables, carried));
  }
  Value next = fromLanes(loop.getResult(0), destination);
  return {buildOutput(next), next};
}

std::pair<Value, Value> lle::buildLTCInLoops(StepBuilder &b, LTCCellOp op, Value input, Value state, Value elapsedTime,
                                             Value destination) {
  return LoopedLTC(b, op, elapsedTime).build(input, state, destination);
}
