//===- Interpreter.cpp - networks as they are defined ---------------------===//
#include "reference/Interpreter.h"

#include "dialects/LLE/LLEOps.h"
#include "dialects/LLE/StoredStates.h"
#include "dialects/LLE/TensorTypes.h"
#include "reference/Elements.h"
#include "reference/Evaluation.h"
#include "reference/ReferenceOpInterface.h"

#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace lle;

namespace {

struct State {
  std::string name;
  Values initial;                   ///< As it is stored.
  quant::UniformQuantizedType type; ///< In which it is stored; null: as it is computed.

  /// What is stored of a real number; in `double`, or in the precision of the state.
  template <typename T>
  T getStored(T real) const {
    T zero = T(type.getZeroPoint()), low = T(type.getStorageTypeMin()) - zero,
      high = T(type.getStorageTypeMax()) - zero;
    T steps = real * T(1 / type.getScale());
    return (std::isnan(steps) ? low : std::clamp(std::nearbyint(steps), low, high)) + zero;
  }
  template <typename T>
  T getReal(T stored) const {
    return (stored - T(type.getZeroPoint())) * T(type.getScale());
  }
  template <typename T>
  Array<T> getWorking(ArrayRef<double> stored) const {
    auto array = Eigen::Map<const Array<double>>(stored.data(), stored.size()).template cast<T>();
    if (!type)
      return array;
    return array.unaryExpr([this](T number) { return getReal(number); });
  }
};

/// One operation. Its operands and results are indices of values; results are consecutive.
///
/// An operation on integers alone is evaluated in double precision, which holds 32-bit integers exactly, whatever the
/// working precision.
template <typename T>
struct Node {
  std::unique_ptr<StepEvaluation<T>> evaluation;   ///< Null where all is integers.
  std::unique_ptr<StepEvaluation<double>> integer; ///< Else null.
  SmallVector<unsigned> operands;
  unsigned firstResult, numResults;
  std::string name;
  SmallVector<State> states;
};

/// A network as a list of nodes in an order in which they can emit. Values are numbered: first the
/// inputs, then the results of the operations.
template <typename T>
struct Program {
  unsigned numInputs = 0;
  SmallVector<int64_t> valueSizes;
  SmallVector<bool> isInteger; ///< Of each value.
  /// The values that are the same in every step; empty arrays for the others.
  std::vector<Array<T>> constants;
  std::vector<Array<double>> integerConstants;
  std::vector<Node<T>> nodes;
  SmallVector<unsigned> outputs;
};

template <typename T>
Array<T> toArray(ArrayRef<double> values) {
  return Eigen::Map<const Array<double>>(values.data(), values.size()).template cast<T>();
}

Values toValues(const Array<double> &array) { return Values(array.begin(), array.end()); }
Values toValues(const Array<float> &array) { return Values(array.begin(), array.end()); }

/// The states of a node, in the precision in which it is evaluated.
template <typename T>
struct NodeStates {
  SmallVector<Array<T>> working;
  SmallVector<Array<double>> integer;
};

template <typename T>
class ReferenceInstance final : public Instance {
public:
  explicit ReferenceInstance(const Program<T> &program)
      : program(program), values(program.valueSizes.size()), integers(program.valueSizes.size()) {
    for (auto [index, size] : llvm::enumerate(program.valueSizes))
      if (program.constants[index].size() == 0) {
        values[index].setZero(size);
        if (program.isInteger[index])
          integers[index].setZero(size);
      }
    reset();
  }

  void reset() override {
    states.clear();
    for (const Node<T> &node : program.nodes) {
      NodeStates<T> &nodeStates = states.emplace_back();
      for (const State &state : node.states)
        if (node.integer)
          nodeStates.integer.push_back(toArray<double>(state.initial));
        else
          nodeStates.working.push_back(state.template getWorking<T>(state.initial));
    }
  }

  void step(ArrayRef<Values> inputs, std::vector<Values> &outputs) override {
    assert(inputs.size() == program.numInputs && "expected one array for each argument");
    for (auto [index, input] : llvm::enumerate(inputs)) {
      assert(int64_t(input.size()) == program.valueSizes[index] && "input of another size");
      values[index] = toArray<T>(input);
      if (program.isInteger[index])
        integers[index] = toArray<double>(input);
    }
    for (auto [node, nodeStates] : llvm::zip(program.nodes, states))
      emit(node, nodeStates);
    for (auto [node, nodeStates] : llvm::zip(program.nodes, states)) {
      if (node.integer)
        node.integer->update(getIntegers(node), nodeStates.integer);
      else
        node.evaluation->update(getOperands(node), nodeStates.working);
      for (size_t place = 0; place < nodeStates.working.size(); ++place) {
        const State &state = node.states[place];
        Array<T> &working = nodeStates.working[place];
        if (state.type)
          working = working.unaryExpr([&](T x) { return state.getReal(state.getStored(x)); }).eval();
      }
    }
    outputs.clear();
    for (unsigned output : program.outputs)
      outputs.push_back(program.isInteger[output] ? toValues(*getInteger(output)) : toValues(*getValue(output)));
  }

  llvm::Expected<Values> readState(StringRef node, StringRef state) override {
    llvm::Expected<std::pair<size_t, size_t>> place = findState(node, state);
    if (!place)
      return place.takeError();
    const NodeStates<T> &nodeStates = states[place->first];
    if (program.nodes[place->first].integer)
      return toValues(nodeStates.integer[place->second]);
    Values read = toValues(nodeStates.working[place->second]);
    if (const State &stored = program.nodes[place->first].states[place->second]; stored.type)
      for (double &value : read)
        value = stored.getStored(value);
    return read;
  }

  llvm::Error writeState(StringRef node, StringRef state, ArrayRef<double> newValues) override {
    llvm::Expected<std::pair<size_t, size_t>> place = findState(node, state);
    if (!place)
      return place.takeError();
    const State &stored = program.nodes[place->first].states[place->second];
    size_t size = stored.initial.size();
    if (size != newValues.size())
      return llvm::createStringError(
          llvm::formatv("state '{0}' of node '{1}' has {2} elements, got {3}", state, node, size, newValues.size()));
    NodeStates<T> &nodeStates = states[place->first];
    if (program.nodes[place->first].integer)
      nodeStates.integer[place->second] = toArray<double>(newValues);
    else
      nodeStates.working[place->second] = stored.template getWorking<T>(newValues);
    return llvm::Error::success();
  }

private:
  const Array<T> *getValue(unsigned index) const {
    const Array<T> &constant = program.constants[index];
    return constant.size() != 0 ? &constant : &values[index];
  }

  const Array<double> *getInteger(unsigned index) const {
    const Array<double> &constant = program.integerConstants[index];
    return constant.size() != 0 ? &constant : &integers[index];
  }

  SmallVector<const Array<T> *> getOperands(const Node<T> &node) const {
    return llvm::map_to_vector(node.operands, [&](unsigned index) { return getValue(index); });
  }

  SmallVector<const Array<double> *> getIntegers(const Node<T> &node) const {
    return llvm::map_to_vector(node.operands, [&](unsigned index) { return getInteger(index); });
  }

  /// Results that are integers are kept in both precisions: their users choose.
  void emit(const Node<T> &node, const NodeStates<T> &nodeStates) {
    if (node.integer)
      node.integer->emit(getIntegers(node), nodeStates.integer, MutableArrayRef(integers).drop_front(node.firstResult));
    else
      node.evaluation->emit(getOperands(node), nodeStates.working,
                            MutableArrayRef(values).drop_front(node.firstResult));
    for (unsigned result = node.firstResult; result < node.firstResult + node.numResults; ++result) {
      if (node.integer)
        values[result] = integers[result].template cast<T>();
      else if (program.isInteger[result])
        integers[result] = values[result].template cast<double>();
    }
  }

  /// The numbers of a node and of one of its states.
  llvm::Expected<std::pair<size_t, size_t>> findState(StringRef nodeName, StringRef stateName) {
    for (auto [index, node] : llvm::enumerate(program.nodes)) {
      if (node.states.empty() || node.name != nodeName)
        continue;
      std::string known;
      for (auto [place, state] : llvm::enumerate(node.states)) {
        if (state.name == stateName)
          return std::pair<size_t, size_t>(index, place);
        known += (known.empty() ? "'" : ", '") + state.name + "'";
      }
      return llvm::createStringError(
          llvm::formatv("node '{0}' has no state '{1}', only {2}", nodeName, stateName, known));
    }
    return llvm::createStringError(llvm::formatv("no node with state is called '{0}'", nodeName));
  }

  const Program<T> &program;
  std::vector<Array<T>> values;
  std::vector<Array<double>> integers; ///< Those of the values that are integers, exactly.
  std::vector<NodeStates<T>> states;   ///< Of each node.
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
std::unique_ptr<StepEvaluation<T>> getEvaluation(ReferenceOpInterface op, double dt) {
  if constexpr (std::is_same_v<T, float>)
    return op.getEvaluationF32(dt);
  else
    return op.getEvaluationF64(dt);
}

/// Whether all that the operation takes, gives and remembers is integers.
bool hasOnlyIntegers(Operation *op) {
  auto stateful = dyn_cast<StatefulOpInterface>(op);
  return llvm::all_of(op->getOperands(), [](Value value) { return isInteger(value); }) &&
         llvm::all_of(op->getResults(), [](Value value) { return isInteger(value); }) &&
         (!stateful || llvm::all_of(stateful.getStates(), [](const StateDescriptor &state) {
           return isa<IntegerType>(state.type.getElementType());
         }));
}

template <typename T>
std::unique_ptr<Engine> createEngine(NetworkOp network) {
  Program<T> program;
  DenseMap<Value, unsigned> indices;
  auto addValue = [&](Value value) {
    indices[value] = program.valueSizes.size();
    program.valueSizes.push_back(cast<ShapedType>(value.getType()).getNumElements());
    program.isInteger.push_back(isInteger(value));
  };
  SmallVector<Operation *> order = network.getTopologicalOrder();
  Block &body = network.getBody().front();
  llvm::for_each(body.getArguments(), addValue);
  program.numInputs = body.getNumArguments();
  for (Operation *op : order)
    llvm::for_each(op->getResults(), addValue);
  program.constants.resize(program.valueSizes.size());
  program.integerConstants.resize(program.valueSizes.size());

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
    double dt = network.getDt().convertToDouble();
    unsigned firstResult = indices.lookup(op->getResult(0));
    if (op->hasTrait<OpTrait::ConstantLike>()) {
      auto emitTo = [&](auto &constant, const auto &evaluation) {
        constant.resize(program.valueSizes[firstResult]);
        evaluation->emit({}, {}, constant);
      };
      emitTo(program.constants[firstResult], getEvaluation<T>(reference, dt));
      if (isInteger(op->getResult(0)))
        emitTo(program.integerConstants[firstResult], getEvaluation<double>(reference, dt));
      continue;
    }
    Node<T> node{nullptr, nullptr, std::move(operands), firstResult, op->getNumResults(), "", {}};
    if (hasOnlyIntegers(op))
      node.integer = getEvaluation<double>(reference, dt);
    else
      node.evaluation = getEvaluation<T>(reference, dt);
    if (auto stateful = dyn_cast<StatefulOpInterface>(op)) {
      node.name = stateful.getStateName().str();
      for (const StateDescriptor &state : getStoredStates(stateful)) {
        node.states.push_back({state.name.str(), readElements(state.initial), getQuantized(state)});
        if (State &added = node.states.back(); added.type)
          for (double &initial : added.initial)
            initial = added.getStored(initial);
      }
    }
    program.nodes.push_back(std::move(node));
  }
  return std::make_unique<ReferenceEngine<T>>(std::move(program));
}
} // namespace

std::unique_ptr<Engine> lle::createReferenceEngine(NetworkOp network, Precision precision) {
  return precision == Precision::f32 ? createEngine<float>(network) : createEngine<double>(network);
}

template <Precision precision>
static llvm::Expected<std::unique_ptr<Engine>> create(NetworkOp network) {
  if (std::unique_ptr<Engine> engine = createReferenceEngine(network, precision))
    return std::move(engine);
  return llvm::createStringError("network '" + network.getName() + "' cannot be evaluated");
}

void lle::registerReferenceEngines() {
  registerEngine("reference", create<Precision::f32>);
  registerEngine("reference-f64", create<Precision::f64>);
}
