//===- NodeExport.cpp - one operation to one node of NIR --------------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//

#include "frontends/NIR/NodeExport.h"
#include "frontends/NIR/Annotations.h"
#include "frontends/NIR/Attributes.h"
#include "frontends/NIR/CellExport.h"
#include "frontends/NIR/Hints.h"
#include "frontends/NIR/Semantics.h"
#include "llvm/ADT/StringSwitch.h"

using namespace llvm;
using namespace mlir;

namespace lle::nir {

// Not those of LLVM IR.
using mlir::Attribute;
using mlir::Type;

StringRef getNodeType(Operation *op) {
  return llvm::StringSwitch<StringRef>(op->getName().getStringRef())
      .Case(AffineOp::getOperationName(), "Affine")
      .Case(LinearOp::getOperationName(), "Linear")
      .Case(ScaleOp::getOperationName(), "Scale")
      .Case(Conv1dOp::getOperationName(), "Conv1d")
      .Case(Conv2dOp::getOperationName(), "Conv2d")
      .Case(SumPool2dOp::getOperationName(), "SumPool2d")
      .Case(AvgPool2dOp::getOperationName(), "AvgPool2d")
      .Case(FlattenOp::getOperationName(), "Flatten")
      .Case(DelayOp::getOperationName(), "Delay")
      .Case(ActivationOp::getOperationName(), "Activation")
      .Case(SliceOp::getOperationName(), "Slice")
      .Case(TransposeOp::getOperationName(), "Transpose")
      .Case(spk::ThresholdOp::getOperationName(), "Threshold")
      .Case(spk::IntegratorOp::getOperationName(), "I")
      .Case(spk::IFOp::getOperationName(), "IF")
      .Case(spk::LIOp::getOperationName(), "LI")
      .Case(spk::LIFOp::getOperationName(), "LIF")
      .Case(spk::CubaLIOp::getOperationName(), "CubaLI")
      .Case(spk::CubaLIFOp::getOperationName(), "CubaLIF")
      .Default(getCellType(op));
}

namespace {
class NodeExporter {
public:
  NodeExporter(Operation *op, StringRef name, double dt, bool fromFile)
      : op(op), spec(*findNodeSpec(getNodeType(op))), dt(dt), fromFile(fromFile),
        hints(op->getAttrOfType<DictionaryAttr>(nirAttr)), node(name.str(), spec.type.str()) {}

  FailureOr<Node> run();

private:
  bool isDiscrete() {
    auto dynamics = op->getAttrOfType<spk::DynamicsAttr>("dynamics");
    return dynamics && dynamics.getIntegrator() == spk::Integrator::discrete;
  }
  InFlightDiagnostic fail() {
    InFlightDiagnostic diagnostic = op->emitOpError("cannot be exported to NIR: node '");
    return std::move(diagnostic << node.name << "': ");
  }
  Attribute getHint(StringRef param) { return hints ? hints.get(param) : Attribute(); }
  /// The numbers as the file had them, if they still fit. A discrete neuron's are not those of the file.
  Array store(StringRef param, Array array) {
    auto hint = dyn_cast_or_null<TypeAttr>(isDiscrete() ? Attribute() : getHint(param));
    auto type = hint ? dyn_cast<RankedTensorType>(hint.getValue()) : RankedTensorType();
    std::optional<Array> stored = type ? storeAs(array, type) : std::nullopt;
    return stored ? std::move(*stored) : std::move(array);
  }
  Shape getResultShape() { return Shape(cast<RankedTensorType>(op->getResult(0).getType()).getShape()); }
  LogicalResult addReal(StringRef param);
  LogicalResult addInteger(StringRef param);
  LogicalResult addDelay();
  LogicalResult addDiscrete();
  LogicalResult addPotential(StringRef tau, StringRef decay, std::optional<StringRef> bias);
  LogicalResult addSemantics();
  std::optional<Array> getDefault(StringRef param);

  Operation *op;
  const NodeSpec &spec;
  double dt;
  bool fromFile;
  DictionaryAttr hints;
  Node node;
};
} // namespace

//===------------------------------------------------------------------------------------------===//
// Parameters
//===------------------------------------------------------------------------------------------===//

/// What a parameter is that the operation does without.
std::optional<Array> NodeExporter::getDefault(StringRef param) {
  float value = param == "w_in" || param == "r" ? 1 : 0;
  return Array::full(getResultShape(), value);
}

LogicalResult NodeExporter::addReal(StringRef param) {
  Attribute hint = getHint(param);
  auto type = dyn_cast_or_null<TypeAttr>(hint);
  bool wasAbsent = type && isa<NoneType>(type.getValue());
  std::optional<Array> array;
  if (ElementsAttr held = findParameter(op, param)) {
    array = toArray(held);
    if (!array)
      return fail() << "'" << param << "' has the element type " << held.getElementType() << ", which NIR has not";
  } else if (hint && !type) {
    array = toArray(hint);
    if (!array)
      return fail() << "'" << param << "' in 'lle.nir' is no dataset";
  } else {
    array = getDefault(param);
  }
  if (wasAbsent) {
    float absent = param == "w_in" ? 1 : 0;
    if (all_of(seq<size_t>(0, array->size()), [&](size_t i) { return array->number(i) == absent; }))
      return success();
  }
  node.params.insert({param.str(), store(param, std::move(*array))});
  return success();
}

LogicalResult NodeExporter::addInteger(StringRef param) {
  auto inputShape = cast<RankedTensorType>(op->getOperand(0).getType()).getShape();
  bool isOptional = param == "input_shape" || param == "input_type";
  if (isOptional && fromFile && !getHint(param))
    return success();
  Shape values;
  Attribute attribute = op->getAttr(param == "kernel_size" ? "kernel" : param);
  if (auto activation = dyn_cast<ActivationOp>(op))
    return node.params.insert({param.str(), Array::text(stringifyActivation(activation.getFunction()))}), success();
  if (param == "length")
    values.push_back(getResultShape().front());
  else if (param == "input_type")
    values.assign(inputShape.begin(), inputShape.end());
  else if (param == "input_shape")
    values.assign(inputShape.begin() + 1, inputShape.end());
  else if (auto list = dyn_cast_or_null<DenseI64ArrayAttr>(attribute))
    values.assign(list.asArrayRef().begin(), list.asArrayRef().end());
  else if (auto text = dyn_cast_or_null<StringAttr>(attribute))
    return node.params.insert({param.str(), Array::text(text.getValue())}), success();
  else
    values.push_back(cast<IntegerAttr>(attribute).getInt());
  bool isList = param == "input_type" || param == "permutation" || !getIntegerShape(node.type, param).empty();
  Array array = isList ? Array::ints(values) : Array::of<int64_t>({}, ArrayRef<int64_t>(values));
  node.params.insert({param.str(), store(param, Array(array))});
  return success();
}

/// The dataset of the file where its seconds still are these steps.
LogicalResult NodeExporter::addDelay() {
  auto steps = cast<DelayOp>(op).getSteps().getValues<int64_t>();
  size_t count = size_t(cast<RankedTensorType>(op->getResult(0).getType()).getNumElements());
  std::optional<Array> stored = getHint("delay") ? toArray(getHint("delay")) : std::nullopt;
  bool isSame = stored && !stored->getShape().empty() && stored->size() == count;
  isSame |= stored && stored->size() == 1;
  for (size_t i = 0; isSame && i < count; ++i)
    isSame = std::round(stored->number(stored->size() == 1 ? 0 : i) / dt) == double(steps[i]);
  if (!isSame) {
    std::vector<double> seconds;
    for (int64_t step : steps)
      seconds.push_back(double(step) * dt);
    stored = Array::f64(getResultShape(), seconds);
  }
  node.params.insert({"delay", std::move(*stored)});
  return success();
}

//===------------------------------------------------------------------------------------------===//
// Discrete neurons
//===------------------------------------------------------------------------------------------===//

/// `v' = d v + x + b` is a step of forward Euler with `tau = dt / (1 - d)`, `r = 1 / (1 - d)` and
/// `v_leak = b / (1 - d)`. A current without bias has w_in in the place of r.
LogicalResult NodeExporter::addPotential(StringRef tau, StringRef decay, std::optional<StringRef> bias) {
  auto decays = op->getAttrOfType<ElementsAttr>(decay);
  std::optional<Array> factors = toArray(Attribute(decays)), offsets;
  if (auto held = bias ? op->getAttrOfType<ElementsAttr>(*bias) : ElementsAttr())
    offsets = toArray(Attribute(held));
  std::vector<double> taus, gains, leaks;
  for (size_t i = 0; i < factors->size(); ++i) {
    double rate = 1 - factors->number(i);
    if (!(rate > 0))
      return fail() << "'" << decay << "' is " << toString(factors->number(i)) << " at element " << i
                    << ", and NIR's time constants are positive and finite";
    taus.push_back(dt / rate);
    gains.push_back(1 / rate);
    leaks.push_back(offsets ? offsets->number(i) / rate : 0);
  }
  Shape shape = getResultShape();
  node.params.insert({tau.str(), Array::f64(shape, taus)});
  node.params.insert({bias ? "r" : "w_in", Array::f64(shape, gains)});
  if (bias)
    node.params.insert({"v_leak", Array::f64(shape, leaks)});
  return success();
}

LogicalResult NodeExporter::addDiscrete() {
  if (!op->hasAttr("decay_syn"))
    return addPotential("tau", "decay", "bias");
  return failure(failed(addPotential("tau_syn", "decay_syn", std::nullopt)) ||
                 failed(addPotential("tau_mem", "decay_mem", "bias")));
}

//===------------------------------------------------------------------------------------------===//
// What NIR cannot say
//===------------------------------------------------------------------------------------------===//

/// Zeros that import would choose as well.
static bool isPlainZero(const Array &array) {
  return array.getType() == ElementType::F32 && all_of(array.getBytes(), [](char byte) { return byte == 0; });
}

LogicalResult NodeExporter::addSemantics() {
  auto add = [&](StringRef key, Array array) {
    node.metadata.insert_or_assign((semanticsPrefix + key).str(), std::move(array));
  };
  if (auto dynamics = op->getAttrOfType<spk::DynamicsAttr>("dynamics"))
    add("rule", Array::text(printRule(dynamics, op->getAttrOfType<spk::FiringAttr>("firing"))));
  if (auto threshold = dyn_cast<spk::ThresholdOp>(op); threshold && threshold.getCompare() != spk::Compare::gt)
    add("rule", Array::text(("compare=" + stringifyCompare(threshold.getCompare())).str()));
  if (auto delay = dyn_cast<DelayOp>(op)) {
    if (double initial = delay.getInitial().convertToDouble(); initial != 0)
      add("initial", Array::scalar(initial));
    return success();
  }
  for (StringRef param : getExtraParameters(spec.kind)) {
    auto held = op->getAttrOfType<ElementsAttr>(param);
    if (!held)
      continue;
    std::optional<Array> array = toArray(Attribute(held));
    if (!array || !isFloat(array->getType()))
      return fail() << "'" << param << "' has the element type " << held.getElementType() << ", expected f32 or f64";
    if (param != "v_init" || !isPlainZero(*array))
      add(param, std::move(*array));
  }
  return success();
}

LogicalResult exportArrays(Operation *op, DictionaryAttr from, ArrayRef<StringRef> except, ArrayMap &arrays) {
  for (NamedAttribute named : from ? from.getValue() : ArrayRef<NamedAttribute>()) {
    if (is_contained(except, named.getName().strref()))
      continue;
    std::optional<Array> array = toArray(named.getValue());
    if (!array)
      return op->emitOpError("cannot be exported to NIR: '")
             << named.getName().strref() << "' in 'lle.nir' is no dataset";
    arrays.insert_or_assign(named.getName().str(), std::move(*array));
  }
  return success();
}

/// What the file has beside the parameters of the node's type.
static LogicalResult addRest(Operation *op, DictionaryAttr hints, ArrayRef<StringRef> known, Node &node) {
  if (!hints)
    return success();
  SmallVector<StringRef> except(known);
  except.push_back("metadata");
  return failure(failed(exportArrays(op, hints, except, node.params)) ||
                 failed(exportArrays(op, hints.getAs<DictionaryAttr>("metadata"), {}, node.metadata)));
}

FailureOr<Node> NodeExporter::run() {
  if (isDiscrete() && failed(addDiscrete()))
    return failure();
  // Import moves the biases of quantised networks into the neurons.
  SmallVector<StringRef> known{"bias"};
  for (const ParamSpec &param : spec.params) {
    known.push_back(param.name);
    if (node.find(param.name))
      continue;
    LogicalResult added = spec.kind == NodeKind::Delay ? addDelay()
                          : param.isReal()             ? addReal(param.name)
                                                       : addInteger(param.name);
    if (failed(added))
      return failure();
  }
  if (failed(addRest(op, hints, known, node)) || failed(addSemantics()) ||
      failed(exportAnnotations(getParts(op), node.metadata)))
    return failure();
  return std::move(node);
}

FailureOr<Node> exportNode(Operation *op, StringRef name, double dt, bool fromFile) {
  return NodeExporter(op, name, dt, fromFile).run();
}

FailureOr<Node> exportPort(Operation *network, StringRef name, StringRef nodeType, RankedTensorType type,
                           DictionaryAttr hints) {
  Array shape = Array::ints(type.getShape());
  auto stored = hints ? hints.getAs<TypeAttr>("shape") : TypeAttr();
  if (auto storage = stored ? dyn_cast<RankedTensorType>(stored.getValue()) : RankedTensorType())
    if (std::optional<Array> same = storeAs(shape, storage))
      shape = std::move(*same);
  Node node(name.str(), nodeType.str(), {{"shape", std::move(shape)}});
  if (failed(addRest(network, hints, {"shape"}, node)))
    return failure();
  return std::move(node);
}

} // namespace lle::nir
