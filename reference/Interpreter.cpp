//===- Interpreter.cpp - networks as they are defined ---------------------===//
#include "reference/Interpreter.h"

#include "dialects/LLE/LLEOps.h"
#include "reference/Elements.h"
#include "reference/Evaluation.h"
#include "reference/ReferenceOpInterface.h"

#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace lle;

namespace {

template <typename T>
struct State {
  std::string name;
  Array<T> initial;
};

/// One operation. Its operands and results are indices of values; results are consecutive.
template <typename T>
struct Node {
  std::unique_ptr<Evaluation<T>> evaluation;
  SmallVector<unsigned> operands;
  unsigned firstResult;
  std::string name;
  SmallVector<State<T>> states;
};

/// A network as a list of nodes in an order in which they can emit. Values are numbered: first the
/// inputs, then the results of the operations.
template <typename T>
struct Program {
  unsigned numInputs = 0;
  SmallVector<int64_t> valueSizes;
  /// The values that are the same in every step; empty arrays for the others.
  std::vector<Array<T>> constants;
  std::vector<Node<T>> nodes;
  SmallVector<unsigned> outputs;
};

template <typename T>
Array<T> toArray(ArrayRef<double> values) {
  return Eigen::Map<const Array<double>>(values.data(), values.size()).template cast<T>();
}

Values toValues(const Array<double> &array) { return Values(array.begin(), array.end()); }
Values toValues(const Array<float> &array) { return Values(array.begin(), array.end()); }

template <typename T>
class ReferenceInstance final : public Instance {
public:
  explicit ReferenceInstance(const Program<T> &program) : program(program), values(program.valueSizes.size()) {
    for (auto [index, size] : llvm::enumerate(program.valueSizes))
      if (program.constants[index].size() == 0)
        values[index].setZero(size);
    reset();
  }

  void reset() override {
    states.clear();
    for (const Node<T> &node : program.nodes) {
      states.emplace_back();
      for (const State<T> &state : node.states)
        states.back().push_back(state.initial);
    }
  }

  void step(ArrayRef<Values> inputs, std::vector<Values> &outputs) override {
    assert(inputs.size() == program.numInputs && "expected one array for each argument");
    for (auto [index, input] : llvm::enumerate(inputs)) {
      assert(int64_t(input.size()) == program.valueSizes[index] && "input of another size");
      values[index] = toArray<T>(input);
    }
    for (auto [node, nodeStates] : llvm::zip(program.nodes, states))
      node.evaluation->emit(getOperands(node), nodeStates, MutableArrayRef(values).drop_front(node.firstResult));
    for (auto [node, nodeStates] : llvm::zip(program.nodes, states))
      node.evaluation->update(getOperands(node), nodeStates);
    outputs.clear();
    for (unsigned output : program.outputs)
      outputs.push_back(toValues(*getValue(output)));
  }

  llvm::Expected<Values> readState(StringRef node, StringRef state) override {
    llvm::Expected<Array<T> *> array = findState(node, state);
    if (!array)
      return array.takeError();
    return toValues(**array);
  }

  llvm::Error writeState(StringRef node, StringRef state, ArrayRef<double> newValues) override {
    llvm::Expected<Array<T> *> array = findState(node, state);
    if (!array)
      return array.takeError();
    if ((*array)->size() != int64_t(newValues.size()))
      return llvm::createStringError(llvm::formatv("state '{0}' of node '{1}' has {2} elements, got {3}", state, node,
                                                   (*array)->size(), newValues.size()));
    **array = toArray<T>(newValues);
    return llvm::Error::success();
  }

private:
  const Array<T> *getValue(unsigned index) const {
    const Array<T> &constant = program.constants[index];
    return constant.size() != 0 ? &constant : &values[index];
  }

  SmallVector<const Array<T> *> getOperands(const Node<T> &node) const {
    return llvm::map_to_vector(node.operands, [&](unsigned index) { return getValue(index); });
  }

  llvm::Expected<Array<T> *> findState(StringRef nodeName, StringRef stateName) {
    for (auto [node, nodeStates] : llvm::zip(program.nodes, states)) {
      if (node.states.empty() || node.name != nodeName)
        continue;
      std::string known;
      for (auto [state, array] : llvm::zip(node.states, nodeStates)) {
        if (state.name == stateName)
          return &array;
        known += (known.empty() ? "'" : ", '") + state.name + "'";
      }
      return llvm::createStringError(
          llvm::formatv("node '{0}' has no state '{1}', only {2}", nodeName, stateName, known));
    }
    return llvm::createStringError(llvm::formatv("no node with state is called '{0}'", nodeName));
  }

  const Program<T> &program;
  std::vector<Array<T>> values;
  std::vector<SmallVector<Array<T>>> states; // of each node
};

template <typename T>
class ReferenceEngine final : public Engine {
public:
  explicit ReferenceEngine(Program<T> program) : program(std::move(program)) {}
  std::unique_ptr<Instance> instantiate() override { return std::make_unique<ReferenceInstance<T>>(program); }

private:
  Program<T> program;
};

//===----------------------------------------------------------------------===//
// From a network to a program
//===----------------------------------------------------------------------===//

template <typename T>
std::unique_ptr<Evaluation<T>> getEvaluation(ReferenceOpInterface op, double dt) {
  if constexpr (std::is_same_v<T, float>)
    return op.getEvaluationF32(dt);
  else
    return op.getEvaluationF64(dt);
}

template <typename T>
std::unique_ptr<Engine> createEngine(NetworkOp network) {
  Program<T> program;
  DenseMap<Value, unsigned> indices;
  auto addValue = [&](Value value) {
    indices[value] = program.valueSizes.size();
    program.valueSizes.push_back(cast<ShapedType>(value.getType()).getNumElements());
  };
  SmallVector<Operation *> order = network.getTopologicalOrder();
  Block &body = network.getBody().front();
  llvm::for_each(body.getArguments(), addValue);
  program.numInputs = body.getNumArguments();
  for (Operation *op : order)
    llvm::for_each(op->getResults(), addValue);
  program.constants.resize(program.valueSizes.size());

  for (Operation *op : order) {
    SmallVector<unsigned> operands;
    for (Value operand : op->getOperands())
      operands.push_back(indices.lookup(operand));
    if (isa<OutputOp>(op)) {
      program.outputs = std::move(operands);
      continue;
    }
    auto reference = dyn_cast<ReferenceOpInterface>(op);
    if (!reference) {
      op->emitOpError("has no reference evaluation");
      return nullptr;
    }
    auto evaluation = getEvaluation<T>(reference, network.getDt().convertToDouble());
    unsigned firstResult = indices.lookup(op->getResult(0));
    if (op->hasTrait<OpTrait::ConstantLike>()) {
      Array<T> &constant = program.constants[firstResult];
      constant.resize(program.valueSizes[firstResult]);
      evaluation->emit({}, {}, constant);
      continue;
    }
    Node<T> node{std::move(evaluation), std::move(operands), firstResult, "", {}};
    if (auto stateful = dyn_cast<StatefulOpInterface>(op)) {
      node.name = stateful.getStateName().str();
      for (const StateDescriptor &state : stateful.getStates())
        node.states.push_back({state.name.str(), toArray<T>(readElements(state.initial))});
    }
    program.nodes.push_back(std::move(node));
  }
  return std::make_unique<ReferenceEngine<T>>(std::move(program));
}
} // namespace

std::unique_ptr<Engine> lle::createReferenceEngine(NetworkOp network, Precision precision) {
  return precision == Precision::f32 ? createEngine<float>(network) : createEngine<double>(network);
}
