//===- LTCCell.cpp - liquid time-constant cells ---------------------------===//
//
// Symbols are those of the description of ltc.ltc_cell. Everything known at compile time is folded in double precision:
// positivity, masks, the factor log2 e of the exponent, the input map, w erev, gleak vleak, and cm / h where the
// elapsed time is constant. Synapses that conduct nothing are left out; sensory sums are made once per step. The lanes
// of registers hold neurons in the order of their fan-in, the state keeps its logical order.
//
//===----------------------------------------------------------------------===//
#include "dialects/LTC/LTCOps.h"
#include "lowering/LTCToLinalg/Cells.h"
#include "lowering/LTCToLinalg/LTCLoops.h"
#include "lowering/LTCToLinalg/LTCParameters.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace lle;
using namespace lle::ltc;

namespace {
class LTCLowering {
public:
  LTCLowering(StepBuilder &b, LTCCellOp op);
  /// The output, and the state after the step.
  std::pair<Value, Value> build(Value input, Value state, Value elapsedTime, Value stateDestination);

private:
  StepBuilder &b;
  CellCode code;
  LTCParameters cell;
  SmallVector<int64_t> order; ///< The neuron of each lane.
  std::optional<SynapseSlices> recurrent, sensory;

  // What does not change within a step, for each register.
  Registers drive;       ///< gleak vleak + sum S erev
  Registers conductance; ///< What the denominator holds besides recurrent synapses.
  Registers capacitance; ///< cm / h; cm where the solver is explicit.
  Registers shares;      ///< 1 / conductance, where a register has no recurrent synapse.
  Value h;               ///< T / unfolds

  Registers laneTable(llvm::function_ref<double(int64_t)> value, double padding);
  void prepareStep(Value input, Value elapsedTime);
  /// Whether potentials that start within the limit stay there: those of the fused solver are means of themselves and
  /// of reversal potentials. An explicit solver with too long a step diverges.
  bool areMeans() const { return cell.solver == Solver::fused; }
  /// The potentials as synapses read them, within the limit.
  Sources makeSources(Registers v, Value &memory) {
    bool withinLimit = areMeans() && !recurrent->areBounded();
    return code.makeSources(*recurrent, withinLimit ? v : code.clamp(v, recurrent->getSourceLimit()), memory);
  }
  Registers unfold(Registers v, Value &memory);
  Registers getSlope(Registers v, Value &memory);
};
} // namespace

LTCLowering::LTCLowering(StepBuilder &b, LTCCellOp op) : b(b), code(b), cell(op) {
  order = cell.moveToLanes(b.machine.lanes);
  recurrent.emplace(cell.recurrent, cell.units, cell.units, b.machine);
  sensory.emplace(cell.sensory, cell.inputs, cell.units, b.machine);
}

Registers LTCLowering::laneTable(llvm::function_ref<double(int64_t)> value, double padding) {
  return code.table(llvm::map_to_vector(order, value), padding);
}

void LTCLowering::prepareStep(Value input, Value elapsedTime) {
  auto [share, inverse] = buildTimeShare(code, b, cell, elapsedTime);
  h = share;
  bool isTimed = bool(elapsedTime);
  drive = laneTable([&](int64_t j) { return cell.getDrive(j); }, 0);
  capacitance = laneTable([&](int64_t j) { return cell.getCapacitance(j, isTimed); }, 1);
  conductance = laneTable([&](int64_t j) { return cell.getConductance(j, isTimed); }, 1);
  if (inverse)
    for (auto [cm, sum] : llvm::zip(capacitance, conductance)) {
      cm = code.multiply(cm, inverse);
      sum = code.add(sum, cm);
    }

  Registers inputs = code.clamp(code.read(input), sensory->getSourceLimit());
  Sources sources = code.makeSources(*sensory, inputs, code.emptyMemory(cell.inputs));
  SynapseSums sums = code.addSynapses(*sensory, sources, {conductance, drive});
  conductance = sums.conductance;
  drive = sums.current;
  for (auto [slice, sum] : llvm::zip(recurrent->getSlices(), conductance)) {
    Value reciprocal;
    if (cell.isFused() && slice.empty())
      reciprocal = arith::DivFOp::create(b, code.constant(code.getType(), 1), sum);
    shares.push_back(reciprocal);
  }
}

/// f(v); `memory` is overwritten.
Registers LTCLowering::getSlope(Registers v, Value &memory) {
  Sources sources = makeSources(v, memory);
  memory = sources.memory;
  SynapseSums sums = code.addSynapses(*recurrent, sources, {conductance, drive});
  Registers slope =
      code.zip(sums.conductance, v, [&](Value g, Value potential) { return code.multiply(g, potential); });
  slope = code.zip(sums.current, slope, [&](Value current, Value leak) { return code.subtract(current, leak); });
  return code.zip(slope, capacitance,
                  [&](Value current, Value cm) -> Value { return arith::DivFOp::create(b, current, cm); });
}

/// The potentials after one unfold; `memory` is overwritten.
Registers LTCLowering::unfold(Registers v, Value &memory) {
  auto advance = [&](const Registers &slope, Value time) {
    return code.zip(slope, v, [&](Value f, Value potential) { return code.multiplyAdd(f, time, potential); });
  };
  auto scaled = [&](double factor) { return code.multiply(h, code.constant(code.getType(), factor)); };
  switch (cell.solver) {
  case Solver::fused: {
    Sources sources = makeSources(v, memory);
    memory = sources.memory;
    Registers current;
    for (auto [potential, cm, constant] : llvm::zip(v, capacitance, drive))
      current.push_back(code.multiplyAdd(cm, potential, constant));
    SynapseSums sums = code.addSynapses(*recurrent, sources, {conductance, current});
    Registers next;
    for (auto [numerator, denominator, share] : llvm::zip(sums.current, sums.conductance, shares))
      next.push_back(share ? code.multiply(numerator, share) : Value(arith::DivFOp::create(b, numerator, denominator)));
    return next;
  }
  case Solver::euler:
    return advance(getSlope(v, memory), h);
  case Solver::rk4: {
    Registers k1 = getSlope(v, memory), k2 = getSlope(advance(k1, scaled(0.5)), memory),
              k3 = getSlope(advance(k2, scaled(0.5)), memory), k4 = getSlope(advance(k3, h), memory), sum;
    Value two = code.constant(code.getType(), 2);
    for (auto [a, b, c, d] : llvm::zip(k1, k2, k3, k4))
      sum.push_back(code.multiplyAdd(code.add(b, c), two, code.add(a, d)));
    return advance(sum, scaled(1.0 / 6));
  }
  }
  llvm_unreachable("all solvers are handled");
}

std::pair<Value, Value> LTCLowering::build(Value input, Value state, Value elapsedTime, Value stateDestination) {
  prepareStep(input, elapsedTime);
  Registers v = code.permute(code.read(state), order);
  if (areMeans() && !recurrent->areBounded())
    v = code.clamp(v, recurrent->getSourceLimit());
  bool hasMemory = recurrent->needsMemory();
  Registers carried = v;
  if (hasMemory)
    carried.push_back(code.emptyMemory(cell.units));
  auto loop = scf::ForOp::create(b, b.index(0), b.index(cell.unfolds), b.index(1), carried);
  {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(loop.getBody());
    Registers current(loop.getRegionIterArgs().take_front(v.size()));
    Value memory = hasMemory ? loop.getRegionIterArgs().back() : Value();
    Registers next = unfold(current, memory);
    if (hasMemory)
      next.push_back(memory);
    scf::YieldOp::create(b, next);
  }
  v.assign(loop.getResults().begin(), loop.getResults().begin() + v.size());

  v = code.permute(v, invert(order));
  Value next = code.write(v, stateDestination);

  Registers output(ArrayRef<Value>(v).take_front(llvm::divideCeil(cell.motor, b.machine.lanes)));
  bool isScaled = llvm::any_of(cell.outputW, [](double w) { return w != 1; });
  bool isShifted = llvm::any_of(cell.outputB, [](double b) { return b != 0; });
  if (isScaled)
    output = code.zip(output, code.table(cell.outputW, 1), [&](Value x, Value w) { return code.multiply(x, w); });
  if (isShifted)
    output = code.zip(output, code.table(cell.outputB, 0), [&](Value x, Value w) { return code.add(x, w); });
  Value empty = tensor::EmptyOp::create(b, ArrayRef<int64_t>{cell.motor}, b.getF32Type());
  return {code.write(output, empty), next};
}

namespace {
struct LTCCellModel : StepLoweringOpInterface::ExternalModel<LTCCellModel, LTCCellOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value> states,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &newStates) const {
    auto cell = cast<LTCCellOp>(op);
    RankedTensorType type = cell.getState().getType();
    if (!type.getElementType().isF32())
      return cell.emitOpError("native code computes in f32, got a state of ") << type.getElementType();
    Value hidden = cell.getHidden() ? inputs.back().value : Value();
    Value elapsed = cell.getElapsedTime() ? inputs[1].value : Value();
    Value destination =
        hidden ? tensor::EmptyOp::create(b, type.getShape(), type.getElementType()).getResult() : states.front();
    Value state = hidden ? hidden : states.front();
    auto [output, next] = b.machine.isMicrocontroller()
                              ? buildLTCInLoops(b, cell, inputs[0].value, state, elapsed, destination)
                              : LTCLowering(b, cell).build(inputs[0].value, state, elapsed, destination);
    results.push_back({output});
    results.push_back({next});
    if (!hidden)
      newStates.push_back(next);
    return success();
  }
};
} // namespace

void lle::attachLTCCellLowering(MLIRContext *context) { LTCCellOp::attachInterface<LTCCellModel>(*context); }

void lle::registerLTCStepLowerings(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, LTCDialect *) {
    attachLTCCellLowering(context);
    attachCfCCellLowering(context);
    attachBaselineCellLowerings(context);
    attachFixedCellLowerings(context);
  });
}
