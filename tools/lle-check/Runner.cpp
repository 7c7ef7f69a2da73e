//===- Runner.cpp - execute the operations of the check dialect -----------===//
#include "tools/lle-check/Runner.h"

#include "dialects/Check/CheckOps.h"
#include "reference/Elements.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/TypeSwitch.h"

#include <charconv>

using namespace mlir;
using namespace lle;
using namespace lle::check;

/// The shortest text that reads back as the same number.
static std::string format(double value) {
  char text[32];
  return {text, std::to_chars(text, std::end(text), value).ptr};
}

/// The position of a row-major element.
static std::string formatIndex(ArrayRef<int64_t> shape, int64_t element) {
  std::string text;
  for (int64_t length : llvm::reverse(shape)) {
    text = std::to_string(element % length) + (text.empty() ? "" : ", " + text);
    element /= length;
  }
  return "[" + text + "]";
}

namespace {
struct ValueOrder {
  bool operator()(Value a, Value b) const { return a.getAsOpaquePointer() < b.getAsOpaquePointer(); }
};

class Runner {
public:
  explicit Runner(EngineFactory createEngine) : createEngine(createEngine) {}

  LogicalResult run(func::FuncOp function) {
    bool held = true;
    for (Operation &op : function.getBody().front().without_terminator()) {
      if (isa<ExpectEqOp, ExpectCloseOp>(op))
        held &= succeeded(execute(&op));
      else if (failed(execute(&op)))
        return failure();
    }
    return success(held);
  }

private:
  LogicalResult execute(Operation *op) {
    return TypeSwitch<Operation *, LogicalResult>(op)
        .Case<arith::ConstantOp, InstantiateOp, StepOp, StateOp, ExpectEqOp, ExpectCloseOp>(
            [&](auto typed) { return this->execute(typed); })
        .Default([](Operation *other) { return other->emitOpError("cannot be executed by lle-check"); });
  }

  LogicalResult execute(arith::ConstantOp op) {
    auto elements = dyn_cast<ElementsAttr>(op.getValue());
    if (!elements)
      return op.emitOpError("is not a tensor");
    values[op] = readElements(elements);
    return success();
  }

  LogicalResult execute(InstantiateOp op) {
    auto network = SymbolTable::lookupNearestSymbolFrom<NetworkOp>(op, op.getNetworkAttr());
    std::unique_ptr<Engine> &engine = engines[network];
    if (!engine) {
      llvm::Expected<std::unique_ptr<Engine>> created = createEngine(network);
      if (!created)
        return op.emitOpError("failed: ") << llvm::toString(created.takeError());
      engine = std::move(*created);
    }
    instances[op] = engine->instantiate();
    return success();
  }

  LogicalResult execute(StepOp op) {
    std::vector<Values> inputs, outputs;
    for (Value input : op.getInputs())
      inputs.push_back(values.at(input));
    instances.at(op.getInstance())->step(inputs, outputs);
    for (auto [result, output] : llvm::zip_equal(op.getOutputs(), outputs)) {
      if (failed(checkSize(op, result, output)))
        return failure();
      values[result] = std::move(output);
    }
    return success();
  }

  LogicalResult execute(StateOp op) {
    llvm::Expected<Values> state = instances.at(op.getInstance())->readState(op.getNode(), op.getState());
    if (!state)
      return op.emitOpError("failed: ") << llvm::toString(state.takeError());
    if (failed(checkSize(op, op.getResult(), *state)))
      return failure();
    values[op.getResult()] = std::move(*state);
    return success();
  }

  LogicalResult execute(ExpectEqOp op) {
    return compare(op, op.getValue(), op.getExpected(), [](double got, double expected) { return got == expected; });
  }

  LogicalResult execute(ExpectCloseOp op) {
    double tolerance = op.getTolerance().convertToDouble();
    return compare(op, op.getValue(), op.getExpected(), [&](double got, double expected) {
      return got == expected || std::abs(got - expected) <= tolerance;
    });
  }

  LogicalResult checkSize(Operation *op, Value value, const Values &got) {
    auto type = cast<ShapedType>(value.getType());
    if (int64_t(got.size()) == type.getNumElements())
      return success();
    return op->emitOpError("expected ") << type << ", but the engine gives " << got.size() << " elements";
  }

  template <typename Holds>
  LogicalResult compare(Operation *op, Value value, ElementsAttr expectedElements, Holds holds) {
    const Values &got = values.at(value);
    std::vector<double> expected = readElements(expectedElements);
    std::optional<size_t> first;
    size_t differing = 0;
    for (size_t element = 0; element < expected.size(); ++element) {
      if (holds(got[element], expected[element]))
        continue;
      ++differing;
      first = first.value_or(element);
    }
    if (!first)
      return success();
    return op->emitOpError("failed: element ")
           << formatIndex(expectedElements.getShapedType().getShape(), *first) << " is " << format(got[*first])
           << ", expected " << format(expected[*first]) << " (" << differing << " of " << expected.size()
           << " elements differ)";
  }

  EngineFactory createEngine;
  // Declared before the instances, which must not outlive them.
  llvm::DenseMap<Operation *, std::unique_ptr<Engine>> engines;
  std::map<Value, std::unique_ptr<Instance>, ValueOrder> instances;
  std::map<Value, Values, ValueOrder> values;
};
} // namespace

LogicalResult lle::runChecks(ModuleOp module, EngineFactory createEngine) {
  bool held = true, found = false;
  for (auto function : module.getOps<func::FuncOp>()) {
    if (function.isExternal() || function.getNumArguments() != 0 ||
        llvm::none_of(function.getOps(), [](Operation &op) { return isa<CheckDialect>(op.getDialect()); }))
      continue;
    found = true;
    held &= succeeded(Runner(createEngine).run(function));
  }
  if (!found)
    return module.emitError("no function without arguments holds operations of the check dialect");
  return success(held);
}
