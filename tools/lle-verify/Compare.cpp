//===- Compare.cpp - two models in lockstep -------------------------------===//
#include "tools/lle-verify/Compare.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SetVector.h"

#include <cmath>

using namespace lle;
using namespace lle::verify;
using llvm::Expected;
using llvm::StringRef;

static llvm::Error checkShapes(const std::string &label, const std::vector<int64_t> &a, const std::vector<int64_t> &b) {
  if (a == b)
    return llvm::Error::success();
  return llvm::createStringError("the models cannot be compared: " + label + " has the shape " + formatShape(a) +
                                 " in one, " + formatShape(b) + " in the other");
}

static const runtime::Port *findOwnOutput(const OpenedModel &model, StringRef name) {
  for (const runtime::Port &port : model.description.outputs)
    if (port.node.empty() && port.name == name)
      return &port;
  return nullptr;
}

static llvm::Error checkInputs(const OpenedModel &a, const OpenedModel &b) {
  const auto &portsA = a.description.inputs, &portsB = b.description.inputs;
  if (portsA.size() != portsB.size())
    return llvm::createStringError("the models cannot be compared: they have " + llvm::Twine(portsA.size()) + " and " +
                                   llvm::Twine(portsB.size()) + " inputs");
  for (auto [portA, portB] : llvm::zip_equal(portsA, portsB))
    if (llvm::Error error = checkShapes("input '" + portA.name + "'", portA.shape, portB.shape))
      return error;
  return llvm::Error::success();
}

/// Nodes in the order of values where one of the models knows it, then all that have states.
static llvm::SetVector<StringRef> getNodes(const OpenedModel &a, const OpenedModel &b) {
  llvm::SetVector<StringRef> nodes;
  nodes.insert_range(a.nodes.empty() ? b.nodes : a.nodes);
  for (const runtime::State &state : a.description.states)
    nodes.insert(state.node);
  return nodes;
}

Expected<std::vector<Observable>> verify::findObservables(const OpenedModel &a, const OpenedModel &b) {
  if (llvm::Error error = checkInputs(a, b))
    return std::move(error);
  std::vector<Observable> observables;
  auto add = [&](Observable observable, const std::vector<int64_t> &shapeB) {
    llvm::Error error = checkShapes(observable.label, observable.shape, shapeB);
    observables.push_back(std::move(observable));
    return error;
  };
  for (StringRef node : getNodes(a, b)) {
    std::string label = ("node '" + node + "'").str();
    for (const runtime::State &state : a.description.states) {
      if (state.node != node)
        continue;
      if (const runtime::State *other = b.findState(node, state.name))
        if (llvm::Error error =
                add({label + ", state " + state.name, state.shape, node.str(), state.name}, other->shape))
          return std::move(error);
    }
    auto outputA = a.findNodeOutput(node), outputB = b.findNodeOutput(node);
    if (outputA && outputB)
      if (llvm::Error error =
              add({label + ", result", a.description.outputs[*outputA].shape, "", "", *outputA, *outputB},
                  b.description.outputs[*outputB].shape))
        return std::move(error);
  }
  for (const runtime::Port &port : a.description.outputs) {
    if (!port.node.empty())
      continue;
    const runtime::Port *other = findOwnOutput(b, port.name);
    if (!other)
      return llvm::createStringError("the models cannot be compared: " + b.path + " has no output '" + port.name + "'");
    size_t indexA = &port - a.description.outputs.data(), indexB = other - b.description.outputs.data();
    if (llvm::Error error = add({"output '" + port.name + "'", port.shape, "", "", indexA, indexB}, other->shape))
      return std::move(error);
  }
  return std::move(observables);
}

/// The first element that differs by more than the tolerance. Two values that are no numbers are the same.
static std::optional<size_t> findElement(const Values &a, const Values &b, double tolerance) {
  for (auto [index, pair] : llvm::enumerate(llvm::zip_equal(a, b))) {
    auto [x, y] = pair;
    if (!(std::abs(x - y) <= tolerance) && x != y && !(std::isnan(x) && std::isnan(y)))
      return index;
  }
  return std::nullopt;
}

Expected<std::optional<Difference>> verify::findDifference(OpenedModel &a, OpenedModel &b, const Sequences &inputs,
                                                           llvm::ArrayRef<Observable> observables, double tolerance) {
  std::unique_ptr<Instance> instanceA = a.engine->instantiate(), instanceB = b.engine->instantiate();
  std::vector<Values> in, outA, outB;
  for (int64_t sample = 0; sample < inputs.getSamples(); ++sample) {
    instanceA->reset();
    instanceB->reset();
    for (int64_t step = 0; step < inputs.getSteps(sample); ++step) {
      if (llvm::Error error = inputs.getStep(sample, step, in))
        return std::move(error);
      instanceA->step(in, outA);
      instanceB->step(in, outB);
      for (auto [index, seen] : llvm::enumerate(observables)) {
        Values valuesA, valuesB;
        if (seen.isState()) {
          auto stateA = instanceA->readState(seen.node, seen.state),
               stateB = instanceB->readState(seen.node, seen.state);
          if (!stateA || !stateB)
            return llvm::joinErrors(stateA.takeError(), stateB.takeError());
          valuesA = std::move(*stateA);
          valuesB = std::move(*stateB);
        } else {
          valuesA = outA[seen.outputA];
          valuesB = outB[seen.outputB];
        }
        if (std::optional<size_t> element = findElement(valuesA, valuesB, tolerance))
          return Difference{sample, step, index, *element, valuesA[*element], valuesB[*element]};
      }
    }
  }
  return std::nullopt;
}

static std::vector<int64_t> getIndices(size_t element, llvm::ArrayRef<int64_t> shape) {
  std::vector<int64_t> indices(shape.size());
  for (size_t dim = shape.size(); dim-- > 0; element /= shape[dim])
    indices[dim] = element % shape[dim];
  return indices;
}

std::string verify::describe(const Difference &difference, const Observable &observable, const OpenedModel &a,
                             const OpenedModel &b) {
  return "sample " + std::to_string(difference.sample) + ", step " + std::to_string(difference.step) + ", " +
         observable.label + ", element " + formatShape(getIndices(difference.element, observable.shape)) + ": " +
         formatNumber(difference.a) + " in " + a.path + " (" + a.engineName + "), " + formatNumber(difference.b) +
         " in " + b.path + " (" + b.engineName + ")";
}
