//===- MaterializeState.cpp - networks to functions with state ------------===//
#include "dialects/LLE/LLEOps.h"
#include "lowering/Interface.h"
#include "lowering/MaterializeState/StepLowering.h"
#include "lowering/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/Matchers.h"
#include "llvm/Support/MathExtras.h"

namespace lle {
#define GEN_PASS_DEF_MATERIALIZESTATE
#include "lowering/Passes.h.inc"
} // namespace lle

using namespace mlir;
using namespace lle;

/// The forms of spikes that the readers of a value want.
static SpikeForms getWantedForms(Value value, const VectorShape &machine) {
  SpikeForms forms{/*bytes=*/false, /*bits=*/false};
  for (OpOperand &use : value.getUses()) {
    auto reader = dyn_cast<StepLoweringOpInterface>(use.getOwner());
    bool readsBits = reader && reader.readsBits(use.getOperandNumber(), machine);
    (readsBits ? forms.bits : forms.bytes) = true;
  }
  // One form for all: storing both costs more than making words of bytes.
  forms.bits &= !forms.bytes;
  return forms;
}

/// Operations before their readers. Sums take more memory than the spikes that they are made of, so that where it is
/// scarce each synapse on spikes comes right before the operation that alone reads it.
static SmallVector<Operation *> getStepOrder(NetworkOp network, const VectorShape &machine) {
  SmallVector<Operation *> order = network.getTopologicalOrder();
  if (!machine.isMicrocontroller())
    return order;
  for (Operation *op : llvm::to_vector(order)) {
    if (!isa<SynapseOpInterface>(op) || !getElementTypeOrSelf(op->getOperand(0).getType()).isInteger(1) ||
        !op->hasOneUse())
      continue;
    auto place = llvm::find(order, op), reader = std::find(place, order.end(), *op->user_begin());
    if (reader != order.end()) // a delay may come first
      std::rotate(place, place + 1, reader);
  }
  return order;
}

/// The addition of two numbers of one type that alone reads the result of `op`; null if there is none.
static AddOp getOnlyAddition(Operation *op) {
  if (op->getNumResults() != 1 || !op->hasOneUse())
    return {};
  auto add = dyn_cast<AddOp>(*op->user_begin());
  Type type = op->getResult(0).getType(), element = getElementTypeOrSelf(type);
  bool isPlainSum = isa<FloatType>(element) || element.isInteger(32); // narrow integers are clipped
  bool fits = add && isPlainSum && add.getType() == type && add.getInputs().size() == 2 &&
              llvm::all_of(add.getInputs(), [&](Value term) { return term.getType() == type && term.hasOneUse(); });
  return fits ? add : AddOp();
}

namespace {
/// A state of one operation, with its place in the code of the step.
struct StateSlot {
  StatefulOpInterface owner;
  StateDescriptor descriptor;
  SmallVector<int64_t> order; ///< Stored order of dimensions.
  RankedTensorType stored;
  Value current; ///< The value before the step.
  Value next;    ///< The value after it.
};

class StepFunction {
public:
  StepFunction(NetworkOp network, VectorShape machine, int64_t alignment)
      : network(network), machine(machine), alignment(alignment) {
    collectStates();
  }

  LogicalResult build(OpBuilder builder) {
    buildInit(builder);
    return buildStep(builder);
  }

private:
  NetworkOp network;
  VectorShape machine;
  int64_t alignment; ///< Of the arena, and of each state.
  SmallVector<StateSlot> states;
  llvm::DenseMap<Operation *, std::pair<unsigned, unsigned>> slotsOf; ///< First slot and number of slots.

  void collectStates();
  /// Whether a state after the step is what memory holds.
  static bool isStored(const StateSlot &slot, Value next) { return next.getType() == slot.stored; }
  DictionaryAttr getStateAttrs(StateSlot &slot, int64_t offset);
  void buildInit(OpBuilder builder);
  LogicalResult buildStep(OpBuilder builder);
  LogicalResult lowerBody(OpBuilder builder, ArrayRef<BlockArgument> inputs,
                          llvm::DenseMap<Value, StepSignal> &signals);
};
} // namespace

void StepFunction::collectStates() {
  for (Operation &op : network.getBody().front()) {
    auto stateful = dyn_cast<StatefulOpInterface>(op);
    if (!stateful)
      continue;
    auto signal = cast<RankedTensorType>(op.getResult(0).getType());
    unsigned first = states.size();
    for (StateDescriptor &descriptor : getStoredStates(stateful)) {
      SmallVector<int64_t> order = getStoredOrder(descriptor.type, signal);
      SmallVector<int64_t> shape;
      for (int64_t dim : order)
        shape.push_back(descriptor.type.getDimSize(dim));
      auto stored = RankedTensorType::get(shape, getStoredElementType(getMemoryType(descriptor).getElementType()));
      states.push_back({stateful, descriptor, order, stored, {}, {}});
    }
    slotsOf[&op] = {first, unsigned(states.size()) - first};
  }
}

DictionaryAttr StepFunction::getStateAttrs(StateSlot &slot, int64_t offset) {
  Builder builder(network.getContext());
  return builder.getDictionaryAttr({
      builder.getNamedAttr(kKindAttr, builder.getStringAttr("state")),
      builder.getNamedAttr(kNodeAttr, slot.owner.getStateName()),
      builder.getNamedAttr(kStateAttr, builder.getStringAttr(slot.descriptor.name)),
      builder.getNamedAttr(kTypeAttr, TypeAttr::get(getMemoryType(slot.descriptor))),
      builder.getNamedAttr(kOrderAttr, builder.getDenseI64ArrayAttr(slot.order)),
      builder.getNamedAttr(kOffsetAttr, builder.getI64IntegerAttr(offset)),
  });
}

/// The results belong in the arguments from number `first` on.
static void setDestinations(func::FuncOp function, int64_t first) {
  auto destinations = llvm::to_vector(llvm::seq<int64_t>(first, first + function.getNumResults()));
  function->setAttr(kDestinationsAttr, DenseI64ArrayAttr::get(function.getContext(), destinations));
}

/// Arguments are the states; each is returned with its initial value.
void StepFunction::buildInit(OpBuilder builder) {
  SmallVector<Type> types = llvm::map_to_vector(states, [](StateSlot &slot) -> Type { return slot.stored; });
  auto function = func::FuncOp::create(builder, network.getLoc(), (network.getName() + "_init").str(),
                                       builder.getFunctionType(types, types));
  builder.setInsertionPointToStart(function.addEntryBlock());
  StepBuilder b(network.getLoc(), builder, network.getDt().convertToDouble(), machine);
  SmallVector<Value> results;
  for (auto [slot, argument] : llvm::zip(states, function.getArguments())) {
    SmallVector<double> initial =
        permuteElements(getDoubles(slot.descriptor.initial), slot.descriptor.type.getShape(), slot.order);
    if (quant::UniformQuantizedType type = getQuantized(slot.descriptor))
      for (double &number : initial)
        number = std::clamp(std::nearbyint(number * (1 / type.getScale())) + double(type.getZeroPoint()),
                            double(type.getStorageTypeMin()), double(type.getStorageTypeMax()));
    Value value;
    if (initial.size() == 1) {
      Type element = slot.stored.getElementType();
      Attribute number = isa<FloatType>(element) ? Attribute(FloatAttr::get(element, initial.front()))
                                                 : Attribute(IntegerAttr::get(element, int64_t(initial.front())));
      Value scalar = arith::ConstantOp::create(b, cast<TypedAttr>(number));
      value = linalg::FillOp::create(b, scalar, argument).getResult(0);
    } else {
      value = b.constantTensor(slot.stored, initial);
    }
    results.push_back(value);
  }
  setDestinations(function, 0);
  func::ReturnOp::create(b, results);
}

LogicalResult StepFunction::buildStep(OpBuilder builder) {
  SmallVector<Type> arguments, results;
  SmallVector<DictionaryAttr> attributes;
  auto addPort = [&](StringRef kind, const std::string &name, Type type) {
    arguments.push_back(getStoredType(cast<RankedTensorType>(type), /*channelsLast=*/false));
    SmallVector<NamedAttribute> named{
        builder.getNamedAttr(kKindAttr, builder.getStringAttr(kind)),
        builder.getNamedAttr(kPortAttr, builder.getStringAttr(name)),
        builder.getNamedAttr(kTypeAttr, TypeAttr::get(type)),
    };
    if (kind == "input")
      named.push_back(builder.getNamedAttr("bufferization.writable", builder.getBoolAttr(false)));
    attributes.push_back(builder.getDictionaryAttr(named));
  };
  for (auto [index, type] : llvm::enumerate(network.getArgumentTypes()))
    addPort("input", network.getInputName(index), type);
  for (auto [index, type] : llvm::enumerate(network.getResultTypes())) {
    addPort("output", network.getOutputName(index), type);
    results.push_back(arguments.back());
  }
  int64_t offset = 0;
  for (StateSlot &slot : states) {
    offset = llvm::alignTo(offset, alignment);
    arguments.push_back(slot.stored);
    results.push_back(slot.stored);
    attributes.push_back(getStateAttrs(slot, offset));
    offset += getStorageBytes(slot.stored);
  }

  auto function = func::FuncOp::create(builder, network.getLoc(), (network.getName() + "_step").str(),
                                       builder.getFunctionType(arguments, results));
  function.setAllArgAttrs(attributes);
  function->setAttr(kNetworkAttr, network.getSymNameAttr());
  function->setAttr(kStateBytesAttr, builder.getI64IntegerAttr(llvm::alignTo(offset, alignment)));
  function->setAttr(kAlignmentAttr, builder.getI64IntegerAttr(alignment));
  // Elsewhere LLVM keeps small results in registers, which it does not where the caller's memory is written.
  if (machine.isMicrocontroller())
    function->setAttr(kUsesOutputsAttr, builder.getUnitAttr());
  builder.setInsertionPointToStart(function.addEntryBlock());

  unsigned numInputs = network.getArgumentTypes().size(), numOutputs = network.getResultTypes().size();
  ArrayRef<BlockArgument> args = function.getArguments();
  for (auto [slot, argument] : llvm::zip(states, args.drop_front(numInputs + numOutputs)))
    slot.current = argument;

  llvm::DenseMap<Value, StepSignal> signals;
  if (failed(lowerBody(builder, args.take_front(numInputs), signals)))
    return failure();

  builder.setInsertionPointToEnd(&function.getBody().front());
  StepBuilder b(network.getLoc(), builder, network.getDt().convertToDouble(), machine);
  SmallVector<Value> returned;
  auto output = cast<OutputOp>(network.getBody().front().getTerminator());
  for (Value value : output.getValues())
    returned.push_back(b.toChannelsFirst(signals.lookup(value)).value);
  for (StateSlot &slot : states)
    returned.push_back(slot.next);
  setDestinations(function, numInputs);
  func::ReturnOp::create(b, returned);
  return success();
}

/// A whole state as it is computed with.
static Value load(StepBuilder &b, quant::UniformQuantizedType type, Value stored) {
  auto computed = cast<RankedTensorType>(stored.getType()).clone(type.getExpressedType());
  Value empty = tensor::EmptyOp::create(b, computed.getShape(), computed.getElementType());
  return b
      .elementwise(stored, empty,
                   [&](OpBuilder &builder, Location loc, ValueRange elements) -> SmallVector<Value> {
                     return {StepBuilder(loc, builder, b.dt, b.machine).loadState(type, elements.front())};
                   })
      .front();
}

/// It as memory holds it, in the place of `before`.
static Value store(StepBuilder &b, quant::UniformQuantizedType type, Value computed, Value before) {
  return b
      .elementwise(computed, before,
                   [&](OpBuilder &builder, Location loc, ValueRange elements) -> SmallVector<Value> {
                     return {StepBuilder(loc, builder, b.dt, b.machine).storeState(type, elements.front())};
                   })
      .front();
}

LogicalResult StepFunction::lowerBody(OpBuilder builder, ArrayRef<BlockArgument> inputs,
                                      llvm::DenseMap<Value, StepSignal> &signals) {
  // Frames and event counts are mostly zero; for a dense input a test per element is what it costs.
  for (auto [argument, input] : llvm::zip(network.getBody().getArguments(), inputs))
    signals[argument] = {input, /*channelsLast=*/false, /*sparse=*/true};

  auto lower = [&](Operation *op, bool hasInputs) -> LogicalResult {
    if (isa<AddOp>(op) && signals.contains(op->getResult(0)))
      return success(); // an operand was added to the other one
    auto lowering = dyn_cast<StepLoweringOpInterface>(op);
    if (!lowering)
      return op->emitOpError("has no lowering to native code");
    if (isa<SynapseOpInterface, ScaleOp>(op))
      for (Value weights : op->getOperands().drop_front())
        if (!matchPattern(weights, m_Constant()))
          return op->emitOpError("native code packs weights at compile time, so they must come from lle.weight");
    VectorShape shape = machine;
    if (auto cost = dyn_cast<CostOpInterface>(op); cost && cost.getCost(/*activity=*/1).transcendental > 0) {
      if (getElementTypeOrSelf(op->getResult(0).getType()).isF64())
        return op->emitOpError("native code has exp and tanh for f32 only, got ") << op->getResult(0).getType();
      shape = machine.forMaths();
    }
    StepBuilder b(op->getLoc(), builder, network.getDt().convertToDouble(), shape);
    if (op->getNumResults() != 0 && getElementTypeOrSelf(op->getResult(0).getType()).isInteger(1))
      b.wanted = getWantedForms(op->getResult(0), machine);
    AddOp addition = hasInputs ? getOnlyAddition(op) : AddOp();
    if (addition) {
      auto inputs = addition.getInputs();
      b.addend = signals.lookup(inputs[0] == op->getResult(0) ? inputs[1] : inputs[0]).value;
    }
    bool hasAddend = b.addend != nullptr;
    SmallVector<StepSignal> operands;
    for (Value operand : op->getOperands())
      operands.push_back(hasInputs ? signals.lookup(operand) : StepSignal());
    auto [first, count] = slotsOf.lookup(op);
    MutableArrayRef<StateSlot> slots = MutableArrayRef<StateSlot>(states).slice(first, count);
    const bool readsStored = lowering.readsStoredStates();
    SmallVector<Value> current;
    for (StateSlot &slot : slots) {
      quant::UniformQuantizedType type = getQuantized(slot.descriptor);
      current.push_back(type && !readsStored ? load(b, type, slot.current) : slot.current);
      if (readsStored)
        b.stateTypes.push_back(type);
    }
    SmallVector<StepSignal> results;
    SmallVector<Value> next;
    if (failed(lowering.lowerStep(b, operands, current, results, next)))
      return failure();
    for (auto [result, signal] : llvm::zip(op->getResults(), results))
      signals.try_emplace(result, signal);
    if (hasAddend && !b.addend)
      signals[addition] = results.front();
    if (hasInputs)
      for (auto [slot, value] : llvm::zip_equal(slots, next))
        slot.next = isStored(slot, value) ? value : store(b, getQuantized(slot.descriptor), value, slot.current);
    return success();
  };

  auto isCombinational = [](Operation *op) {
    auto stateful = dyn_cast<StatefulOpInterface>(op);
    return !stateful || stateful.isCombinational(0, 0);
  };
  SmallVector<Operation *> order = getStepOrder(network, machine);
  // What an operation emits from its old state is known first; its new state comes last.
  for (Operation *op : order)
    if (!isCombinational(op) && failed(lower(op, /*hasInputs=*/false)))
      return failure();
  for (Operation *op : order)
    if (isCombinational(op) && !isa<OutputOp>(op) && failed(lower(op, /*hasInputs=*/true)))
      return failure();
  for (Operation *op : order)
    if (!isCombinational(op) && failed(lower(op, /*hasInputs=*/true)))
      return failure();
  return success();
}

namespace {
struct MaterializeState : lle::impl::MaterializeStateBase<MaterializeState> {
  using MaterializeStateBase::MaterializeStateBase;

  void getDependentDialects(DialectRegistry &registry) const override {
    MaterializeStateBase::getDependentDialects(registry);
    registerLLEStepLowerings(registry);
    registerLTCStepLowerings(registry);
    registerSpkStepLowerings(registry);
  }

  void runOnOperation() override {
    for (auto network : llvm::make_early_inc_range(getOperation().getOps<NetworkOp>())) {
      StepFunction function(network, {lanes, registers, simd}, alignment);
      if (failed(function.build(OpBuilder(network))))
        return signalPassFailure();
      network.erase();
    }
  }
};
} // namespace
