//===- Describe.cpp - a network in the words of the runtime ---------------===//
#include "targets/Native/Describe.h"
#include "dialects/LLE/Downsampling.h"
#include "dialects/LLE/StoredStates.h"
#include "passes/Analysis/Metric.h"
#include "passes/Simplify/Passes.h"

#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace lle;

/// The profile of a network that says everything itself.
static constexpr StringLiteral kNoProfile = "explicit";

/// Spikes are stored as integers of at least a byte.
static lle_element describeElement(Type type) {
  if (isa<FloatType>(type))
    return type.isF64() ? LLE_F64 : LLE_F32;
  unsigned width = type.getIntOrFloatBitWidth();
  return width <= 8 ? LLE_I8 : width == 16 ? LLE_I16 : LLE_I32;
}

static runtime::Port describePort(std::string name, Type type) {
  auto tensor = cast<RankedTensorType>(type);
  Type element = tensor.getElementType();
  runtime::Port port;
  port.name = std::move(name);
  port.element = describeElement(element);
  port.isSpike = isSpikeElement(element);
  if (port.isSpike) // the largest count that the type holds
    port.maxSpikes = element.isInteger(1) ? 1 : llvm::maxIntN(element.getIntOrFloatBitWidth());
  port.shape = tensor.getShape().vec();
  return port;
}

static runtime::State describeState(StringRef node, StringRef name, RankedTensorType type) {
  runtime::State state;
  state.node = node;
  state.name = name;
  state.element = describeElement(type.getElementType());
  state.shape = type.getShape().vec();
  for (int32_t dim = 0; dim < type.getRank(); ++dim)
    state.order.push_back(dim);
  state.bytes = getStorageBytes(type);
  return state;
}

std::vector<runtime::Port> lle::describeInputs(NetworkOp network) {
  std::vector<runtime::Port> ports;
  for (auto [index, type] : llvm::enumerate(network.getArgumentTypes())) {
    ports.push_back(describePort(network.getInputName(index), type));
    ports.back().isSummed = isSummed(network, index);
  }
  return ports;
}

/// Whole numbers need not be spikes: currents of integer networks are weighted sums of them.
static bool carriesSpikes(Value value) {
  if (!isSpikeElement(getElementTypeOrSelf(value.getType())))
    return false;
  Operation *source = value.getDefiningOp();
  if (auto neuron = dyn_cast_or_null<NeuronOpInterface>(source))
    return neuron.emitsSpikes();
  return !isa_and_nonnull<SynapseOpInterface>(source);
}

std::vector<runtime::Port> lle::describeOutputs(NetworkOp network) {
  std::vector<runtime::Port> ports;
  auto values = network.getBody().front().getTerminator()->getOperands();
  for (auto [index, type] : llvm::enumerate(network.getResultTypes())) {
    ports.push_back(describePort(network.getOutputName(index), type));
    if (!carriesSpikes(values[index])) {
      ports.back().isSpike = false;
      ports.back().maxSpikes = 0;
    }
    if (auto node = network.getResultAttrOfType<StringAttr>(index, kShownNodeAttr))
      ports.back().node = node.str();
    ports.back().emitsLast = network.emitsLast(index);
    if (auto margin = network.getResultAttrOfType<FloatAttr>(index, kExitMarginAttr))
      ports.back().exitMargin = margin.getValueAsDouble();
  }
  return ports;
}

std::vector<runtime::State> lle::describeStates(NetworkOp network) {
  std::vector<runtime::State> states;
  for (auto op : network.getBody().getOps<StatefulOpInterface>())
    for (const StateDescriptor &state : getStoredStates(op))
      states.push_back(describeState(op.getStateName(), state.name, getMemoryType(state)));
  return states;
}

runtime::Package lle::describeNetwork(NetworkOp network) {
  runtime::Package package;
  package.name = network.getName();
  package.dt = network.getDt().convertToDouble();
  package.steps = network.getSteps().value_or(0);
  package.downsampling = getDownsampling(network);
  package.profile = network.getProfile().value_or(kNoProfile);
  package.inputs = describeInputs(network);
  package.outputs = describeOutputs(network);
  package.states = describeStates(network);
  for (const runtime::Port &output : package.outputs)
    if (!output.node.empty())
      package.kept.push_back(output.node);
  return package;
}

runtime::Package lle::describeNetwork(NetworkOp network, const ModelInterface &compiled) {
  runtime::Package package = describeNetwork(network);
  package.arenaBytes = compiled.arenaBytes;
  package.arenaAlignment = compiled.alignment;
  package.stateBytes = compiled.stateBytes;
  package.states.clear();
  for (const StateInterface &state : compiled.states) {
    runtime::State &described = package.states.emplace_back(describeState(state.node, state.state, state.type));
    described.order.assign(state.order.begin(), state.order.end());
    described.offset = state.offset;
  }
  return package;
}
