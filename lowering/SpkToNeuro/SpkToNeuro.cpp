//===- SpkToNeuro.cpp - networks to populations and synapses --------------===//
#include "dialects/LLE/LLEOps.h"
#include "dialects/LLE/StoredStates.h"
#include "dialects/LLE/TensorTypes.h"
#include "dialects/Neuro/SynapseRows.h"
#include "dialects/Spk/FixedPoint.h"
#include "lowering/SpkToNeuro/ChipNeurons.h"
#include "lowering/SpkToNeuro/Passes.h"
#include "lowering/SpkToNeuro/Retime.h"
#include "lowering/SpkToNeuro/SpikePaths.h"
#include "passes/Analysis/Activity.h"
#include "passes/Analysis/Chip.h"
#include "runtime/coremap/Formats.h"

#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/TypeSwitch.h"

namespace lle {
#define GEN_PASS_DEF_SPKTONEURO
#include "lowering/SpkToNeuro/Passes.h.inc"
} // namespace lle

using namespace mlir;
using namespace lle;
using namespace lle::neuro;

namespace {
/// What sends spikes: an input, a population of the network, or a neuron that fires in every tick, whose synapses are a
/// bias of the operation that gives the signal.
struct NetworkNode {
  Value signal;
  Operation *op = nullptr; ///< Null: no population of the network.
  StringAttr name;
  std::vector<int32_t> bias = {}; ///< Of each element of the signal.

  bool isInput() const { return !op && bias.empty(); }
  int64_t countNeurons() const { return bias.empty() ? countElements(signal) : 1; }

  /// What a spike of that neuron is at the signal.
  std::vector<Impulse> getImpulses(int64_t neuron) const {
    if (bias.empty())
      return {{neuron, 1, 0}};
    std::vector<Impulse> impulses;
    for (auto [element, weight] : llvm::enumerate(bias))
      if (weight)
        impulses.push_back({int64_t(element), weight, 0});
    return impulses;
  }
};

std::string quote(const NetworkNode &node) { return "'" + node.name.str() + "'"; }

/// The synapses between two nodes. Delays are those of the network until it is retimed.
struct NodeSynapses {
  unsigned source, target;
  SynapseRows rows;
};

class NetworkLowering {
public:
  NetworkLowering(NetworkOp network, const ChipDescription &chip, CoreArithmetic arithmetic, bool insertDelays)
      : network(network), chip(chip), arithmetic(arithmetic), insertDelays(insertDelays) {}

  LogicalResult run() {
    if (failed(collectNodes()) || failed(checkConstants()) || failed(collectSynapses()) || failed(checkOutputs()) ||
        failed(checkWeights()) || failed(retimeSynapses()))
      return failure();
    if (numbers.empty())
      return network.emitOpError("has no neurons, and a neuromorphic chip computes nothing else");
    return createMap();
  }

private:
  NetworkOp network;
  const ChipDescription &chip;
  CoreArithmetic arithmetic;
  bool insertDelays;
  /// Inputs, then populations in the order in which a step computes them, then biases.
  SmallVector<NetworkNode> nodes;
  llvm::DenseMap<Operation *, unsigned> numbers;
  std::vector<NodeSynapses> edges;
  SmallVector<int64_t> starts;
  llvm::DenseMap<unsigned, FloatAttr> inputRates;

  LogicalResult collectNodes();
  LogicalResult checkNeurons();
  LogicalResult checkConstants();
  LogicalResult collectSynapses();
  LogicalResult checkOutputs();
  LogicalResult checkWeights();
  void delayClocks();
  LogicalResult retimeSynapses();
  LogicalResult closeLoop(ArrayRef<unsigned> loop);
  LogicalResult createMap();
  bool isPopulation(Operation *op) const { return lle::isPopulation(op, arithmetic); }

  int64_t getLimit(StringRef name, int64_t otherwise) const {
    auto limit = llvm::find_if(chip.limits, [&](const CostFigure &figure) { return figure.what == name; });
    return limit == chip.limits.end() ? otherwise : int64_t(limit->value);
  }
  InFlightDiagnostic emitEdgeError(const NodeSynapses &edge) {
    return nodes[edge.target].op->emitOpError("gets synapses from ") << quote(nodes[edge.source]) << " ";
  }
};
} // namespace

LogicalResult NetworkLowering::collectNodes() {
  llvm::StringSet<> names;
  auto makeName = [&](std::string name, StringRef suffix) {
    while (!names.insert(name).second)
      name += suffix;
    return StringAttr::get(network.getContext(), name);
  };
  SmallVector<NetworkNode> populations;
  for (Operation *op : network.getTopologicalOrder())
    if (isPopulation(op)) {
      StringAttr name = cast<StatefulOpInterface>(op).getStateName();
      names.insert(name);
      populations.push_back({op->getResult(0), op, name});
    }
  for (BlockArgument input : network.getBody().getArguments()) {
    // A node may have the name of the port.
    nodes.push_back({input, nullptr, makeName(network.getInputName(input.getArgNumber()), ".in")});
  }
  for (NetworkNode &node : populations) {
    numbers[node.op] = unsigned(nodes.size());
    nodes.push_back(node);
  }
  for (Operation &op : network.getBody().front()) {
    FailureOr<std::vector<int32_t>> bias = readBias(&op);
    if (failed(bias))
      return failure();
    if (bias->empty())
      continue;
    auto name = op.getAttrOfType<StringAttr>("name");
    nodes.push_back({op.getResult(0), nullptr, makeName((name ? name.str() : std::string("synapses")) + ".bias", "'"),
                     std::move(*bias)});
  }
  return checkNeurons();
}

/// Where neurons of another chip were taken for synapses, what is said of their loops would hide the cause.
LogicalResult NetworkLowering::checkNeurons() {
  auto other = arithmetic == CoreArithmetic::loihi ? CoreArithmetic::spinnaker2 : CoreArithmetic::loihi;
  for (Operation &op : network.getBody().front())
    if (!isPopulation(&op) && lle::isPopulation(&op, other))
      return refuseNeuron(&op);
  return success();
}

/// A constant that is no weight would be there in every step, without a spike.
LogicalResult NetworkLowering::checkConstants() {
  for (WeightOp weight : network.getOps<WeightOp>())
    for (OpOperand &use : weight->getUses())
      if (!isa<SynapseOpInterface>(use.getOwner()) || use.getOperandNumber() == 0)
        return use.getOwner()->emitOpError("reads a constant as a signal, which no synapse delivers");
  for (const NetworkNode &node : nodes)
    if (node.op && node.op->hasAttr(kStateTypesAttr))
      return node.op->emitOpError() << kStateTypesAttr << " of " << quote(node) << " is not how the chip keeps states";
    else if (!isInteger(node.signal) && arithmetic == CoreArithmetic::spinnaker2 &&
             !getElementTypeOrSelf(node.signal).isF32())
      return (node.op ? node.op : network.getOperation())->emitOpError()
             << "gives " << node.signal.getType() << " of " << quote(node) << ", but the chip computes in f32";
    else if (arithmetic == CoreArithmetic::loihi && !isInteger(node.signal))
      return network.emitOpError("input ") << quote(node) << " is " << node.signal.getType()
                                           << "; a neuromorphic chip takes spikes or integers, see --profile=loihi";
  return success();
}

LogicalResult NetworkLowering::collectSynapses() {
  auto isEnd = [this](Operation *op) { return isPopulation(op) || isa<lle::OutputOp>(op); };
  llvm::SmallPtrSet<Operation *, 32> reached;
  for (auto [index, node] : llvm::enumerate(nodes)) {
    if (node.op && isReadout(node.op)) {
      for (Operation *user : node.signal.getUsers())
        if (!isa<lle::OutputOp>(user))
          return user->emitOpError("reads the membranes of ") << quote(node) << ", which no spike carries";
      continue;
    }
    FailureOr<SpikePaths> paths = SpikePaths::trace(node.signal, arithmetic == CoreArithmetic::spinnaker2, isEnd);
    if (failed(paths))
      return failure();
    for (Operation *op : paths->getOperations()) {
      reached.insert(op);
      if (auto activity = op->getAttrOfType<FloatAttr>(kActivityAttr); activity && node.isInput())
        inputRates.try_emplace(unsigned(index), activity);
    }
    SmallVector<std::pair<unsigned, Operation *>> ends; // arrivals, and the population there
    for (auto [end, operand] : llvm::enumerate(paths->getEnds())) {
      if (isPopulation(operand->getOwner()))
        ends.push_back({unsigned(end), operand->getOwner()});
      else if (operand->get() != node.signal || !node.op)
        return (operand->get().getDefiningOp() ? operand->get().getDefiningOp() : operand->getOwner())
            ->emitOpError("comes after the last neurons; outputs of a neuromorphic chip are those of neurons");
    }
    std::vector<SynapseRowsBuilder> builders(ends.size());
    std::vector<Synapse> row;
    for (int64_t neuron = 0, count = node.countNeurons(); neuron < count; ++neuron) {
      if (failed(paths->follow(node.getImpulses(neuron))))
        return failure();
      for (auto [end, builder] : llvm::zip(ends, builders)) {
        row.clear();
        for (const Impulse &impulse : paths->getArrivals(end.first)) {
          if (impulse.weight != int16_t(impulse.weight))
            return end.second->emitOpError("gets a weight of ")
                   << impulse.weight << " from " << quote(node) << ", more than the 16 bits of a synapse";
          if (impulse.delay != int8_t(impulse.delay))
            return end.second->emitOpError("gets a delay of ")
                   << impulse.delay << " steps from " << quote(node) << ", more than any synapse has";
          row.push_back({int32_t(impulse.element), int16_t(impulse.weight), int8_t(impulse.delay)});
        }
        builder.addSource(row);
      }
    }
    for (auto [end, builder] : llvm::zip(ends, builders))
      if (SynapseRows rows = builder.take(); rows.countSynapses())
        edges.push_back({unsigned(index), numbers[end.second], std::move(rows)});
  }
  for (Operation &op : network.getBody().front())
    if (!isEnd(&op) && !isa<WeightOp>(op) && !reached.contains(&op))
      return op.emitOpError("depends on no input and no neuron");
  return success();
}

LogicalResult NetworkLowering::checkOutputs() {
  for (Value output : network.getBody().front().getTerminator()->getOperands())
    if (Operation *op = output.getDefiningOp(); op && !isPopulation(op))
      return op->emitOpError("comes after the last neurons; outputs of a neuromorphic chip are those of neurons");
  return success();
}

/// The bits that a chip stores for the longest weight. Each row of Loihi has a format, for weights of -256 to 255;
/// elsewhere they have signs, no exponent, and, as SpiNNaker2's, a largest magnitude that is odd.
static int64_t countWeightBits(const SynapseRows &rows, CoreArithmetic arithmetic) {
  constexpr int32_t kLoihiWeights = 256;
  int64_t most = 1;
  for (auto [begin, end] : llvm::zip(ArrayRef(rows.rowBegin).drop_back(), ArrayRef(rows.rowBegin).drop_front())) {
    runtime::WeightRange range;
    for (int16_t weight : ArrayRef(rows.weights).slice(begin, end - begin))
      range.add(weight);
    int64_t bits = llvm::bit_width(uint32_t(std::max(range.highest, -range.lowest))) + 1;
    if (arithmetic == CoreArithmetic::loihi && range.lowest >= -kLoihiWeights && range.highest < kLoihiWeights)
      bits = range.getFormat().weightBits;
    most = std::max(most, bits);
  }
  return most;
}

LogicalResult NetworkLowering::checkWeights() {
  int64_t limit = getLimit("weight_bits", 16);
  for (const NodeSynapses &edge : edges)
    if (int64_t bits = countWeightBits(edge.rows, arithmetic); bits > limit)
      return emitEdgeError(edge) << "whose weights need " << bits << " bits, but '" << chip.name << "' stores " << limit
                                 << "; lle-allocate-bits makes them shorter";
  return success();
}

//===----------------------------------------------------------------------===//
// Time
//===----------------------------------------------------------------------===//

LogicalResult NetworkLowering::closeLoop(ArrayRef<unsigned> loop) {
  std::string path;
  int64_t delays = 0;
  auto getDelay = [&](unsigned edge) { return *llvm::min_element(edges[edge].rows.delays); };
  for (unsigned edge : loop) {
    path += quote(nodes[edges[edge].source]) + " -> ";
    delays += getDelay(edge);
  }
  path += quote(nodes[edges[loop[0]].source]);
  int64_t missing = int64_t(loop.size()) - delays;
  if (!insertDelays)
    return network.emitOpError("the loop ")
           << path << " takes " << loop.size() << " ticks on the chip, but the network has " << delays
           << " steps of delay on it: it lacks " << missing
           << ", which --insert-delays adds and which makes it another network";
  // Where the network has a delay already, so that what is within a step stays so as far as it can.
  unsigned widest = *llvm::max_element(loop, [&](unsigned a, unsigned b) { return getDelay(a) < getDelay(b); });
  NodeSynapses &edge = edges[widest];
  network.emitWarning("the loop ") << path << " lacks " << missing << " steps of delay: synapses from "
                                   << quote(nodes[edge.source]) << " to " << quote(nodes[edge.target])
                                   << " have them now, which is another network";
  for (int8_t &delay : edge.rows.delays) {
    if (delay + missing > INT8_MAX)
      return emitEdgeError(edge) << "with a delay of " << delay + missing << " steps, more than any synapse has";
    delay = int8_t(delay + missing);
  }
  return success();
}

/// Nothing reads a bias earlier than its first target does: a neuron without inputs may start as late as that.
void NetworkLowering::delayClocks() {
  std::vector<int64_t> latest(nodes.size(), INT64_MAX);
  for (const NodeSynapses &edge : edges)
    latest[edge.source] = std::min(latest[edge.source], starts[edge.target] + *llvm::min_element(edge.rows.delays) - 1);
  for (auto [node, start, last] : llvm::zip(nodes, starts, latest))
    if (!node.bias.empty() && last != INT64_MAX)
      start = last;
}

LogicalResult NetworkLowering::retimeSynapses() {
  for (;;) {
    auto timed = llvm::map_to_vector(edges, [](const NodeSynapses &edge) {
      return TimedEdge{edge.source, edge.target, *llvm::min_element(edge.rows.delays)};
    });
    Retiming retiming = retime(unsigned(nodes.size()), timed);
    if (retiming.loop.empty()) {
      starts = std::move(retiming.starts);
      delayClocks();
      break;
    }
    if (failed(closeLoop(retiming.loop)))
      return failure();
  }
  int64_t limit = std::min<int64_t>(getLimit("delay_steps", INT8_MAX), INT8_MAX);
  for (NodeSynapses &edge : edges) {
    int64_t later = starts[edge.target] - starts[edge.source];
    for (int8_t &delay : edge.rows.delays) {
      if (delay + later > limit)
        return emitEdgeError(edge) << "that take " << delay + later << " ticks, " << int(delay)
                                   << " of them in the network, but '" << chip.name << "' has delays of at most "
                                   << limit;
      delay = int8_t(delay + later);
    }
  }
  return success();
}

//===----------------------------------------------------------------------===//
// The map
//===----------------------------------------------------------------------===//

/// What a port sends: numbers of a real port are whole, as spikes and counts are.
static Type getMessageType(Value signal) {
  if (isInteger(signal))
    return signal.getType();
  auto wide = IntegerType::get(signal.getContext(), 32, IntegerType::Signed);
  return RankedTensorType::get(getTensorType(signal).getShape(), wide);
}

LogicalResult NetworkLowering::createMap() {
  OpBuilder builder(network);
  Location loc = network.getLoc();
  SmallVector<NamedAttribute> limits;
  for (const CostFigure &figure : chip.limits)
    limits.push_back(builder.getNamedAttr(figure.what, builder.getI64IntegerAttr(int64_t(figure.value))));
  auto map =
      MapOp::create(builder, loc, network.getSymNameAttr(), builder.getStringAttr(chip.name), network.getDtAttr(),
                    network.getStepsAttr(), builder.getDictionaryAttr(limits), network.getSymVisibilityAttr());
  builder.createBlock(&map.getBody());
  for (auto [index, node] : llvm::enumerate(nodes))
    if (node.op) {
      if (failed(createPopulation(builder, node.op, node.name, starts[index])))
        return failure();
    } else if (!node.isInput()) {
      createClock(builder, node.signal.getLoc(), node.name, arithmetic, starts[index]);
    } else {
      InputOp::create(builder, loc, node.name, builder.getStringAttr(network.getInputName(unsigned(index))),
                      inputRates.lookup(unsigned(index)), TypeAttr::get(getMessageType(node.signal)),
                      /*sym_visibility=*/StringAttr());
    }
  for (const NodeSynapses &edge : edges)
    createSynapses(builder, nodes[edge.target].op->getLoc(), nodes[edge.source].name, nodes[edge.target].name,
                   edge.rows);
  for (auto [index, output] : llvm::enumerate(network.getBody().front().getTerminator()->getOperands()))
    neuro::OutputOp::create(builder, loc, builder.getStringAttr(network.getOutputName(unsigned(index))),
                            FlatSymbolRefAttr::get(nodes[numbers[output.getDefiningOp()]].name));
  network.erase();
  return success();
}

namespace {
struct SpkToNeuro : lle::impl::SpkToNeuroBase<SpkToNeuro> {
  using SpkToNeuroBase::SpkToNeuroBase;

  void runOnOperation() override {
    FailureOr<ChipDescription> chip = readRegisteredChip(target, getContext());
    if (failed(chip))
      return signalPassFailure();
    std::optional<CoreArithmetic> arithmetic = parseCoreArithmetic(chip->arithmetic);
    if (!arithmetic) {
      emitError(UnknownLoc::get(&getContext())) << "'" << chip->name << "' is no neuromorphic chip";
      return signalPassFailure();
    }
    for (NetworkOp network : llvm::make_early_inc_range(getOperation().getOps<NetworkOp>()))
      if (failed(NetworkLowering(network, *chip, *arithmetic, insertDelays).run()))
        return signalPassFailure();
  }
};
} // namespace
