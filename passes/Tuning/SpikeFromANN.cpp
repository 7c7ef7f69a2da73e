//===- SpikeFromANN.cpp - ReLU networks as integrate-and-fire networks ----===//
#include "dialects/LLE/Layers.h"
#include "dialects/Spk/SpkOps.h"
#include "passes/Analysis/Dataset.h"
#include "passes/Simplify/Passes.h"
#include "passes/Simplify/Weights.h"
#include "passes/Tuning/Passes.h"
#include "passes/Tuning/Percentile.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Remarks.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/Format.h"

#include <cmath>

namespace lle {
#define GEN_PASS_DEF_SPIKEFROMANN
#include "passes/Tuning/Passes.h.inc"
} // namespace lle

using namespace mlir;
using namespace lle;
using namespace lle::spk;

//===----------------------------------------------------------------------===//
// What can be converted
//===----------------------------------------------------------------------===//

/// Why the operation has no spiking form; empty if it has one.
static std::string getObstacle(Operation *op) {
  if (auto activation = dyn_cast<ActivationOp>(op)) {
    Activation function = activation.getFunction();
    if (function == Activation::relu || function == Activation::linear)
      return "";
    return ("is the function " + stringifyActivation(function) + "; the rate of a neuron is a relu").str();
  }
  if (isa<WeightOp, LinearOp, AffineOp, Conv1dOp, Conv2dOp, AddOp, ScaleOp, SumPool2dOp, AvgPool2dOp, FlattenOp,
          ConcatOp, SliceOp, OutputOp>(op))
    return "";
  if (isa<StatefulOpInterface>(op))
    return "has a state; only networks without one can be converted";
  if (isa<MaxPool2dOp>(op))
    return "takes the largest of several rates, which is not the rate of the neuron that spikes first; train the "
           "network with average pooling";
  if (isa<BatchNormOp>(op))
    return "must be part of the synapse before it: run lle-fold-batch-norms first";
  return "has no spiking form";
}

static LogicalResult checkNetwork(NetworkOp network) {
  for (Operation &op : network.getBody().front()) {
    if (std::string obstacle = getObstacle(&op); !obstacle.empty())
      return op.emitOpError() << obstacle;
    for (Value operand : op.getOperands())
      if (!isa<FloatType>(getElementTypeOrSelf(operand.getType())))
        return op.emitOpError() << "reads integers; a ReLU network has real-valued signals and weights";
  }
  for (ActivationOp activation : network.getBody().getOps<ActivationOp>())
    if (activation.getFunction() == Activation::relu)
      return success();
  return network.emitError("the network has no lle.activation <relu>, so there is nothing to convert");
}

/// Gives each relu a name of its own, which its neurons will have.
static SmallVector<ActivationOp> nameActivations(NetworkOp network) {
  llvm::StringMap<unsigned> uses;
  for (StringAttr name : getNodeNames(network))
    ++uses[name.getValue()];
  SmallVector<ActivationOp> activations;
  for (Operation *op : network.getTopologicalOrder()) {
    auto activation = dyn_cast<ActivationOp>(op);
    if (!activation || activation.getFunction() != Activation::relu)
      continue;
    std::string name = activation.getName().value_or("relu").str();
    if (!activation.getName() || uses[name] > 1) {
      for (unsigned number = 1; uses.count(name); ++number)
        name = activation.getName().value_or("relu").str() + std::to_string(number);
      activation.setName(name);
      uses[name] = 1;
    }
    activations.push_back(activation);
  }
  return activations;
}

//===----------------------------------------------------------------------===//
// Activations
//===----------------------------------------------------------------------===//

namespace {
/// What became of a threshold, for people.
struct Worth {
  double value = 0; ///< Of a spike.
  double largest = 0, clipped = 0;
  int64_t inputs = 0;
};

/// What the conversion needs to know of the data: of each relu, and of each output.
struct Activations {
  std::vector<Worth> relus, outputs;
};
} // namespace

/// Runs a copy of the network whose relus are outputs.
static llvm::Expected<Activations> measure(NetworkOp network, ArrayRef<ActivationOp> relus, const Dataset &dataset,
                                           double percent, StringRef engineName) {
  OwningOpRef<ModuleOp> copy = ModuleOp::create(network.getLoc());
  auto clone = cast<NetworkOp>(network->clone());
  copy->push_back(clone);
  std::vector<std::string> names;
  for (ActivationOp relu : relus)
    names.push_back(relu.getName()->str());
  unsigned ownOutputs = network.getNumResults();
  if (failed(exposeNodes(clone, names)))
    return llvm::createStringError("the activations cannot be seen");
  int64_t count = 0;
  for (int64_t sample = 0; sample < dataset.getSamples(); ++sample)
    count += dataset.getSteps(sample);
  llvm::Expected<std::unique_ptr<Engine>> engine = createRegisteredEngine(engineName, clone, double(count));
  if (!engine)
    return engine.takeError();

  std::vector<PositivePercentile> streams;
  for (Type type : clone.getResultTypes())
    streams.emplace_back(percent, uint64_t(count) * cast<RankedTensorType>(type).getNumElements());
  std::unique_ptr<Instance> instance = (*engine)->instantiate();
  std::vector<Values> inputs, outputs;
  for (int64_t sample = 0; sample < dataset.getSamples(); ++sample) {
    instance->reset();
    for (int64_t step = 0; step < dataset.getSteps(sample); ++step) {
      if (llvm::Error error = dataset.getStep(sample, step, inputs))
        return std::move(error);
      for (const Values &values : inputs)
        if (!llvm::all_of(values, [](double value) { return std::isfinite(value); }))
          return llvm::createStringError(dataset.getName() + ": sample " + Twine(sample) + ", step " + Twine(step) +
                                         ": an element is not finite");
      instance->step(inputs, outputs);
      for (auto [stream, values] : llvm::zip_equal(streams, outputs))
        for (double value : values)
          stream.add(value);
    }
  }

  Activations activations;
  for (auto [index, stream] : llvm::enumerate(streams)) {
    double value = stream.get();
    (index < ownOutputs ? activations.outputs : activations.relus)
        .push_back({value, stream.largest(), stream.shareAbove(value), count});
  }
  return activations;
}

//===----------------------------------------------------------------------===//
// Conversion
//===----------------------------------------------------------------------===//

static DenseElementsAttr makeSplat(RankedTensorType type, double value) {
  return DenseElementsAttr::get(type, cast<Attribute>(FloatAttr::get(type.getElementType(), value)));
}

namespace {
/// Rewrites a network in place, from inputs to outputs.
class Converter {
public:
  Converter(NetworkOp network, int64_t steps, InitialMembrane membrane, SpikingOutput output)
      : network(network), steps(steps), membrane(membrane), output(output), builder(network.getContext()) {
    for (StringAttr name : getNodeNames(network))
      names.insert(name.getValue());
  }

  LogicalResult convert(ArrayRef<ActivationOp> relus, const Activations &activations);

private:
  double getWorth(Value value) const { return worth.lookup(value); }
  void convertOp(Operation *op);
  void convertRelu(ActivationOp relu, const Worth &measured);
  void divideBias(Operation *op, OpOperand &bias, double by);
  void equalize(Operation *op);
  Value convertOutput(Value value, unsigned index, const Worth &measured);
  IFOp createNeuron(Location loc, StringRef name, Value input, const Worth &measured);
  Value multiply(Location loc, Value value, double factor);

  NetworkOp network;
  int64_t steps;
  InitialMembrane membrane;
  SpikingOutput output;
  OpBuilder builder;
  llvm::StringSet<> names;
  /// Of a real-valued signal: how much of the ReLU network's signal a 1 stands for; of spikes: a spike.
  DenseMap<Value, double> worth;
};
} // namespace

/// A signal times a number; spikes become a real-valued signal.
Value Converter::multiply(Location loc, Value value, double factor) {
  auto type = cast<RankedTensorType>(value.getType());
  auto real = type.clone(isa<FloatType>(type.getElementType()) ? type.getElementType() : builder.getF32Type());
  auto weight = WeightOp::create(builder, loc, real, makeSplat(real, factor));
  return ScaleOp::create(builder, loc, real, value, weight, StringAttr());
}

/// Adds to the membrane in the unit of what comes in.
void Converter::divideBias(Operation *op, OpOperand &bias, double by) {
  if (by == 1)
    return;
  builder.setInsertionPoint(op);
  auto weight = bias.get().getDefiningOp<WeightOp>();
  auto type = cast<RankedTensorType>(weight.getType());
  std::vector<double> values = *readNumbers(weight.getValue());
  for (double &value : values)
    value /= by;
  bias.set(createWeight(builder, weight.getLoc(), values, type));
}

/// Scales the operands to the worth of the first one.
void Converter::equalize(Operation *op) {
  double first = getWorth(op->getOperand(0));
  builder.setInsertionPoint(op);
  for (OpOperand &operand : op->getOpOperands()) {
    double own = getWorth(operand.get());
    if (own == first)
      continue;
    operand.set(multiply(op->getLoc(), operand.get(), own / first));
    worth[operand.get()] = first;
  }
}

IFOp Converter::createNeuron(Location loc, StringRef name, Value input, const Worth &measured) {
  auto type = cast<RankedTensorType>(input.getType());
  double threshold = measured.value / getWorth(input);
  MLIRContext *context = builder.getContext();
  auto dynamics = DynamicsAttr::get(context, Integrator::euler, Order::decay_first, Gain::unit, Scale::membrane);
  auto firing =
      FiringAttr::get(context, Compare::ge, Reset::subtract, When::same_step, Emit::updated, Scope::membrane, 1);
  double initial = membrane == InitialMembrane::Half ? threshold / 2 : 0;
  NamedAttribute attributes[] = {builder.getNamedAttr("name", builder.getStringAttr(name)),
                                 builder.getNamedAttr("dynamics", dynamics), builder.getNamedAttr("firing", firing),
                                 builder.getNamedAttr("v_threshold", makeSplat(type, threshold)),
                                 builder.getNamedAttr("v_init", makeSplat(type, initial))};
  auto neuron = IFOp::create(builder, loc, TypeRange{type.clone(builder.getI1Type())}, ValueRange{input}, attributes);
  neuron->setDiscardableAttr(
      kFromANNAttr,
      builder.getDictionaryAttr({builder.getNamedAttr("worth", builder.getF64FloatAttr(measured.value)),
                                 builder.getNamedAttr("largest", builder.getF64FloatAttr(measured.largest)),
                                 builder.getNamedAttr("above", builder.getF64FloatAttr(measured.clipped)),
                                 builder.getNamedAttr("inputs", builder.getI64IntegerAttr(measured.inputs))}));
  remark::passed(loc, remark::RemarkOpts::name("FromANN").category("spk-from-ann").function(name))
      << remark::metric("Worth", measured.value) << remark::metric("Threshold", threshold)
      << remark::metric("Largest", measured.largest) << remark::metric("Above", measured.clipped);
  worth[neuron.getResult()] = measured.value;
  return neuron;
}

/// A relu that was never above zero stays silent with any threshold; 1 is one.
static Worth orOne(Worth measured) {
  if (measured.value == 0)
    measured.value = 1;
  return measured;
}

void Converter::convertRelu(ActivationOp relu, const Worth &measured) {
  builder.setInsertionPoint(relu);
  Value input = relu.getInput();
  // A synapse gives real values; pooled or added spikes are real too, spikes alone are not.
  if (!isa<FloatType>(getElementTypeOrSelf(input.getType()))) {
    double spike = getWorth(input);
    input = multiply(relu.getLoc(), input, 1);
    worth[input] = spike;
  }
  IFOp neuron = createNeuron(relu.getLoc(), *relu.getName(), input, orOne(measured));
  relu.replaceAllUsesWith(neuron.getResult());
  relu.erase();
}

void Converter::convertOp(Operation *op) {
  if (isa<AddOp, ConcatOp>(op))
    equalize(op);
  double own = op->getNumOperands() ? getWorth(op->getOperand(0)) : 1;
  llvm::TypeSwitch<Operation *>(op).Case<AffineOp, Conv1dOp, Conv2dOp>(
      [&](auto synapse) { divideBias(synapse, synapse.getBiasMutable(), own); });
  // These hand spikes on as spikes; all others make real values of them.
  if (isa<FlattenOp, SliceOp, ConcatOp>(op)) {
    // Joined signals are all spikes or all real.
    bool hasReal =
        llvm::any_of(op->getOperandTypes(), [](Type type) { return isa<FloatType>(getElementTypeOrSelf(type)); });
    auto result = cast<RankedTensorType>(op->getResult(0).getType());
    for (OpOperand &operand : op->getOpOperands())
      if (hasReal && !isa<FloatType>(getElementTypeOrSelf(operand.get().getType()))) {
        builder.setInsertionPoint(op);
        operand.set(multiply(op->getLoc(), operand.get(), 1));
      }
    op->getResult(0).setType(result.clone(getElementTypeOrSelf(op->getOperand(0).getType())));
  }
  if (auto activation = dyn_cast<ActivationOp>(op)) { // linear: the signal itself
    activation.replaceAllUsesWith(activation.getInput());
    activation.erase();
    return;
  }
  for (Value result : op->getResults())
    worth[result] = own;
}

Value Converter::convertOutput(Value value, unsigned index, const Worth &measured) {
  auto terminator = cast<OutputOp>(network.getBody().front().getTerminator());
  builder.setInsertionPoint(terminator);
  Location loc = value.getLoc();
  double own = getWorth(value);
  std::string base = network.getOutputName(index), name = base;
  for (unsigned number = 1; !names.insert(name).second; ++number)
    name = base + std::to_string(number);
  bool isReal = isa<FloatType>(getElementTypeOrSelf(value.getType()));
  if (output == SpikingOutput::Spikes)
    return isReal ? createNeuron(loc, name, value, orOne(measured)).getResult() : value;
  if (!isReal) {
    value = AddOp::create(builder, loc, network.getResultTypes()[index], ValueRange{value}).getResult();
    worth[value] = own;
  }
  auto type = cast<RankedTensorType>(value.getType());
  auto dynamics =
      DynamicsAttr::get(builder.getContext(), Integrator::euler, Order::decay_first, Gain::unit, Scale::membrane);
  NamedAttribute attributes[] = {builder.getNamedAttr("name", builder.getStringAttr(name)),
                                 builder.getNamedAttr("dynamics", dynamics),
                                 builder.getNamedAttr("v_init", makeSplat(type, 0))};
  auto sum = IntegratorOp::create(builder, loc, TypeRange{type}, ValueRange{value}, attributes);
  return multiply(loc, sum.getResult(), own / double(steps));
}

LogicalResult Converter::convert(ArrayRef<ActivationOp> relus, const Activations &activations) {
  DenseMap<Operation *, const Worth *> measured;
  for (auto [relu, each] : llvm::zip_equal(relus, activations.relus))
    measured[relu] = &each;
  for (Value argument : network.getBody().getArguments())
    worth[argument] = 1;
  SmallVector<Operation *> order = network.getTopologicalOrder();
  for (Operation *op : order) {
    if (isa<OutputOp>(op))
      continue;
    if (auto found = measured.find(op); found != measured.end())
      convertRelu(cast<ActivationOp>(op), *found->second);
    else
      convertOp(op);
  }
  auto terminator = cast<OutputOp>(network.getBody().front().getTerminator());
  SmallVector<Type> types;
  for (auto [index, operand] : llvm::enumerate(terminator->getOpOperands())) {
    operand.set(convertOutput(operand.get(), index, activations.outputs[index]));
    types.push_back(operand.get().getType());
    if (output == SpikingOutput::Membrane)
      network.setResultAttr(index, NetworkOp::kEmitAttr, builder.getStringAttr("last"));
    else
      network.removeResultAttr(index, builder.getStringAttr(NetworkOp::kEmitAttr));
  }
  network.setType(builder.getFunctionType(network.getArgumentTypes(), types));
  network.setSteps(steps);
  // Weights of biases that nobody reads any more.
  for (WeightOp weight : llvm::make_early_inc_range(network.getBody().getOps<WeightOp>()))
    if (weight.use_empty())
      weight.erase();
  return success();
}

namespace {
struct SpikeFromANN : lle::impl::SpikeFromANNBase<SpikeFromANN> {
  using SpikeFromANNBase::SpikeFromANNBase;

  void runOnOperation() override {
    for (NetworkOp network : getOperation().getOps<NetworkOp>())
      if (failed(run(network)))
        return signalPassFailure();
  }

private:
  LogicalResult run(NetworkOp network) {
    auto fail = [&](const Twine &message) { return network.emitError("spk-from-ann: ") << message; };
    if (dataset.empty())
      return fail("dataset=FILE is missing, inputs on which activations are measured");
    if (!(percentile > 0 && percentile <= 100)) {
      std::string text;
      llvm::raw_string_ostream(text) << llvm::format("%g", double(percentile));
      return fail("percentile must be above 0 and at most 100, got " + text);
    }
    if (steps < 1)
      return fail("steps must be above 0, got " + Twine(int64_t(steps)));
    if (failed(checkNetwork(network)))
      return failure();
    llvm::Expected<std::unique_ptr<Dataset>> inputs = readDataset(llvm::to_vector(dataset), network);
    if (!inputs)
      return fail(llvm::toString(inputs.takeError()));
    SmallVector<ActivationOp> relus = nameActivations(network);
    double percent = method == ThresholdMethod::Max ? 100 : double(percentile);
    llvm::Expected<Activations> activations = measure(network, relus, **inputs, percent, engine);
    if (!activations)
      return fail(llvm::toString(activations.takeError()));
    for (auto [relu, measured] : llvm::zip_equal(relus, activations->relus))
      if (measured.value == 0)
        relu.emitWarning() << "'" << *relu.getName() << "' is never above 0 on the data set; its spikes are worth 1";
    return Converter(network, steps, membrane, output).convert(relus, *activations);
  }
};
} // namespace
