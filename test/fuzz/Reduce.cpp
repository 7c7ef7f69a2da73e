//===- Reduce.cpp - small networks that still disagree --------------------===//
#include "test/fuzz/Reduce.h"

#include "dialects/Check/CheckOps.h"
#include "dialects/LLE/StoredStates.h"
#include "reference/Interpreter.h"
#include "test/fuzz/MakeElements.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace lle;
using namespace lle::fuzz;

/// What the reference gives for each operation that is no constant, step by step.
static llvm::DenseMap<Value, std::vector<Values>> record(Case &test) {
  NetworkOp network = test.getNetwork();
  llvm::DenseMap<Value, std::vector<Values>> values;
  SmallVector<Value> results;
  for (Operation &op : network.getBody().front().without_terminator())
    if (!isa<WeightOp>(op))
      llvm::append_range(results, op.getResults());
  OwningOpRef<ModuleOp> probed = cloneWithOutputs(network, results);
  auto engine = createReferenceEngine(*probed->getOps<NetworkOp>().begin(), getPrecision(network));
  auto instance = engine->instantiate();
  unsigned first = network.getResultTypes().size();
  std::vector<Values> outputs;
  for (const std::vector<Values> &inputs : test.stimulus) {
    instance->step(inputs, outputs);
    for (auto [argument, input] : llvm::zip_equal(network.getArguments(), inputs))
      values[argument].push_back(input);
    for (auto [index, result] : llvm::enumerate(results))
      values[result].push_back(outputs[first + index]);
  }
  return values;
}

/// The network without these operations. Results that operations left out used become outputs.
static Case extract(Case &test, llvm::function_ref<bool(Operation *)> isKept,
                    llvm::function_ref<bool(Value)> isOutput) {
  NetworkOp network = test.getNetwork();
  llvm::DenseMap<Value, std::vector<Values>> values = record(test);
  Block &body = network.getBody().front();
  llvm::SetVector<Value> inputs, outputs;
  SmallVector<Operation *> kept;
  for (Operation &op : body.without_terminator()) {
    if (!isKept(&op) || isa<WeightOp>(op))
      continue;
    kept.push_back(&op);
    for (Value operand : op.getOperands())
      if (Operation *producer = operand.getDefiningOp(); !producer || (!isa<WeightOp>(producer) && !isKept(producer)))
        inputs.insert(operand);
  }
  for (Value output : cast<OutputOp>(body.getTerminator()).getValues())
    if (Operation *producer = output.getDefiningOp(); producer && isKept(producer) && isOutput(output))
      outputs.insert(output);
  for (Operation *op : kept)
    for (Value result : op->getResults())
      if (llvm::any_of(result.getUsers(), [&](Operation *user) { return !isa<OutputOp>(user) && !isKept(user); }))
        outputs.insert(result);

  Case smaller;
  smaller.module = ModuleOp::create(network.getLoc());
  OpBuilder builder(smaller.module->getBodyRegion());
  auto copy = NetworkOp::create(builder, network.getLoc(), network.getName(),
                                builder.getFunctionType(ValueRange(inputs.getArrayRef()).getTypes(),
                                                        ValueRange(outputs.getArrayRef()).getTypes()),
                                network.getDt().convertToDouble());
  builder.setInsertionPointToEnd(&copy.getBody().front());
  IRMapping mapping;
  mapping.map(inputs.getArrayRef(), copy.getArguments());
  // Twice: a value may be used before it is defined.
  SmallVector<Operation *> copies;
  for (Operation *op : kept) {
    for (Value operand : op->getOperands())
      if (auto weight = operand.getDefiningOp<WeightOp>(); weight && !mapping.contains(operand))
        builder.clone(*weight, mapping);
    copies.push_back(builder.clone(*op, mapping));
  }
  for (auto [op, clone] : llvm::zip_equal(kept, copies))
    for (auto [index, operand] : llvm::enumerate(op->getOperands()))
      clone->setOperand(index, mapping.lookup(operand));
  OutputOp::create(builder, network.getLoc(),
                   llvm::map_to_vector(outputs, [&](Value output) { return mapping.lookup(output); }));
  for (size_t step = 0; step < test.stimulus.size(); ++step) {
    std::vector<Values> &now = smaller.stimulus.emplace_back();
    for (Value input : inputs)
      now.push_back(values[input][step]);
  }
  return smaller;
}

Case lle::fuzz::reduce(Case test, llvm::function_ref<bool(Case &)> fails) {
  bool changed = true;
  auto attempt = [&](Case smaller) {
    if (!fails(smaller))
      return false;
    test = std::move(smaller);
    return changed = true;
  };
  while (changed) {
    changed = false;
    auto all = [](Operation *) { return true; };
    for (size_t steps = 1; steps < test.stimulus.size(); steps *= 2) {
      Case shorter{test.module->clone(), Stimulus(test.stimulus.begin(), test.stimulus.begin() + steps)};
      if (attempt(std::move(shorter)))
        break;
    }
    for (unsigned index = 0;; ++index) {
      Block &body = test.getNetwork().getBody().front();
      if (index + 1 >= body.getOperations().size())
        break;
      Operation *victim = &*std::next(body.begin(), index);
      if (!isa<WeightOp>(victim) &&
          attempt(extract(test, [&](Operation *op) { return op != victim; }, [](Value) { return true; })))
        --index;
    }
    for (unsigned index = 0; index < test.getNetwork().getResultTypes().size(); ++index) {
      Value victim = test.getNetwork().getBody().front().getTerminator()->getOperand(index);
      if (test.getNetwork().getResultTypes().size() > 1 &&
          attempt(extract(test, all, [&](Value output) { return output != victim; })))
        --index;
    }
  }
  return test;
}

void lle::fuzz::printTest(Case &test, llvm::raw_ostream &os) {
  NetworkOp network = test.getNetwork();
  OwningOpRef<ModuleOp> module = test.module->clone();
  auto isConstantType = [](Type type) { return !getElementTypeOrSelf(type).isSignedInteger(); };
  if (!llvm::all_of(network.getArgumentTypes(), isConstantType)) {
    module->print(os);
    return;
  }
  auto engine = createReferenceEngine(network, getPrecision(network));
  auto instance = engine->instantiate();
  OpBuilder builder(module->getContext());
  builder.setInsertionPointToEnd(module->getBody());
  Location loc = module->getLoc();
  auto function = func::FuncOp::create(builder, loc, "test", builder.getFunctionType({}, {}));
  builder.setInsertionPointToEnd(function.addEntryBlock());
  Value running =
      check::InstantiateOp::create(builder, loc, check::InstanceType::get(module->getContext()), network.getName());
  std::vector<Values> outputs;
  for (const std::vector<Values> &inputs : test.stimulus) {
    instance->step(inputs, outputs);
    SmallVector<Value> operands;
    for (auto [type, values] : llvm::zip_equal(network.getArgumentTypes(), inputs))
      operands.push_back(
          arith::ConstantOp::create(builder, loc, cast<TypedAttr>(makeElements(cast<RankedTensorType>(type), values))));
    auto step = check::StepOp::create(builder, loc, network.getResultTypes(), running, operands);
    for (auto [result, expected] : llvm::zip_equal(step.getOutputs(), outputs))
      check::ExpectEqOp::create(builder, loc, result, makeElements(cast<RankedTensorType>(result.getType()), expected));
  }
  for (Operation &op : network.getBody().front()) {
    auto stateful = dyn_cast<StatefulOpInterface>(&op);
    if (!stateful)
      continue;
    for (const StateDescriptor &state : getStoredStates(stateful)) {
      RankedTensorType type = getMemoryType(state);
      Value value = check::StateOp::create(builder, loc, type, running, stateful.getStateName(),
                                           builder.getStringAttr(state.name));
      llvm::Expected<Values> expected = instance->readState(stateful.getStateName(), state.name);
      check::ExpectEqOp::create(builder, loc, value, makeElements(type, llvm::cantFail(std::move(expected))));
    }
  }
  func::ReturnOp::create(builder, loc);
  module->print(os);
  os << "\n";
}
