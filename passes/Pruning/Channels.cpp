//===- Channels.cpp - channels that can only be removed together ----------===//
#include "passes/Pruning/Channels.h"
#include "dialects/LLE/Layers.h"
#include "dialects/LLE/TensorTypes.h"
#include "dialects/Spk/FewSpike.h"
#include "dialects/Spk/Gated.h"
#include "dialects/Spk/SpkModels.h"
#include "passes/Simplify/Weights.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace lle;

//===----------------------------------------------------------------------===//
// Groups
//===----------------------------------------------------------------------===//

/// Neurons and functions whose element i depends on elements i of their operands alone, and whose parameters, where
/// they have the shape of the result, are one number for each.
static bool isElementwise(Operation *op) {
  if (isa<spk::FewSpikeOp, spk::FewSpikeCoderOp, spk::SlidingPSNOp, spk::GLIFOp, spk::OdeNeuronOp>(op))
    return false; // These have numbers for each of some steps, or in their regions.
  return isa<AddOp, ScaleOp, ActivationOp, DelayOp, MulOp, AndOp, OrOp, NotOp, NeuronOpInterface>(op);
}

namespace {
/// Follows channels from where they are made to all that has them.
class GroupFinder {
public:
  GroupFinder(Value made, ChannelPlace place) {
    tie(nullptr, made, place);
    while (!pending.empty()) {
      Value value = pending.pop_back_val();
      ChannelPlace place = group.signals.lookup(value);
      if (Operation *op = value.getDefiningOp())
        define(op, cast<OpResult>(value), place);
      else
        block(nullptr, "are those of an input of the network");
      for (OpOperand &use : value.getUses())
        read(use.getOwner(), use, place);
    }
  }

  ChannelGroup group;

private:
  SmallVector<Value> pending;
  llvm::SmallPtrSet<Operation *, 8> tied; ///< Element-wise operations that were seen.

  void block(Operation *op, const Twine &reason) {
    if (!group.reason.empty())
      return;
    group.obstacle = op;
    group.reason = reason.str();
  }
  void blockThrough(Operation *op) { block(op, "pass '" + op->getName().getStringRef() + "'"); }

  void tie(Operation *through, Value value, ChannelPlace place);
  void define(Operation *op, OpResult result, ChannelPlace place);
  void read(Operation *op, OpOperand &use, ChannelPlace place);
  void tieElementwise(Operation *op, RankedTensorType type, ChannelPlace place);
  void addOwn(const ParameterRef &parameter, unsigned dim, int64_t inner);
  void addReader(const ParameterRef &weights, unsigned dim, int64_t offset, int64_t inner, Value signal,
                 std::optional<ParameterRef> bias);
  bool isKnown(const ParameterRef &parameter);
  void defineSynapse(Operation *op, unsigned dim, ChannelPlace place);
  void readSynapse(Operation *op, unsigned dim, ChannelPlace place);
  void defineCell(ltc::CfCCellOp cell);
  void readCell(ltc::CfCCellOp cell, int64_t offset, Value signal);
  void defineLiquid(ltc::LTCCellOp cell, OpResult result);
};
} // namespace

void GroupFinder::tie(Operation *through, Value value, ChannelPlace place) {
  int64_t length = getTensorType(value).getDimSize(place.dim);
  int64_t channels = length / place.inner;
  if (group.signals.empty())
    group.channels = channels;
  auto [known, isNew] = group.signals.insert({value, place});
  bool fits = length == channels * place.inner && channels == group.channels;
  if (!fits || known->second.dim != place.dim || known->second.inner != place.inner)
    return block(through, "meet others in another order");
  if (isNew)
    pending.push_back(value);
}

bool GroupFinder::isKnown(const ParameterRef &parameter) {
  if (isa<DenseElementsAttr, DenseResourceElementsAttr>(parameter.get()))
    return true;
  block(parameter.getOperation(), "have parameters that are not dense");
  return false;
}

void GroupFinder::addOwn(const ParameterRef &parameter, unsigned dim, int64_t inner) {
  if (isKnown(parameter))
    group.own.push_back({parameter, dim, 0, inner});
}

void GroupFinder::addReader(const ParameterRef &weights, unsigned dim, int64_t offset, int64_t inner, Value signal,
                            std::optional<ParameterRef> bias) {
  if (isKnown(weights) && (!bias || isKnown(*bias)))
    group.readers.push_back({{weights, dim, offset, inner}, signal, bias});
}

/// An operation whose operands are one signal and weights: the latter must be constants, and plain numbers.
static std::string getWeightObstacle(Operation *op) {
  for (Value weights : op->getOperands().drop_front()) {
    auto weight = weights.getDefiningOp<WeightOp>();
    if (!weight)
      return "have weights that are no constants";
    if (weight.getType() != weight.getValue().getShapedType())
      return "have quantised weights; prune first";
  }
  return "";
}

void GroupFinder::defineSynapse(Operation *op, unsigned dim, ChannelPlace place) {
  std::string obstacle = getWeightObstacle(op);
  if (!obstacle.empty() || place.dim != dim)
    return obstacle.empty() ? blockThrough(op) : block(op, obstacle);
  for (unsigned operand = 1; operand < op->getNumOperands(); ++operand)
    addOwn(ParameterRef(op, operand), 0, place.inner);
}

void GroupFinder::readSynapse(Operation *op, unsigned dim, ChannelPlace place) {
  std::string obstacle = getWeightObstacle(op);
  if (!obstacle.empty() || place.dim != dim)
    return obstacle.empty() ? blockThrough(op) : block(op, obstacle);
  bool hasBias = op->getNumOperands() > 2;
  addReader(ParameterRef(op, 1), 1, 0, place.inner, op->getOperand(0),
            hasBias ? std::make_optional(ParameterRef(op, 2)) : std::nullopt);
}

/// Rows of the heads, and the columns that read the state.
void GroupFinder::defineCell(ltc::CfCCellOp cell) {
  if (cell.getHidden())
    return blockThrough(cell);
  for (StringRef name : {"ff1_weight", "ff2_weight", "time_a_weight", "time_b_weight", "ff1_bias", "ff2_bias",
                         "time_a_bias", "time_b_bias", "w_tau", "a", "mask"})
    if (cell->getAttr(name))
      addOwn(ParameterRef(cell, StringAttr::get(cell.getContext(), name)), 0, 1);
  readCell(cell, countElements(cell.getInput()), cell.getResult());
}

/// The columns of the first layers that start at `offset`.
void GroupFinder::readCell(ltc::CfCCellOp cell, int64_t offset, Value signal) {
  MLIRContext *context = cell.getContext();
  if (ArrayAttr backbone = cell.getBackboneWeightsAttr(); backbone && !backbone.empty())
    return addReader(ParameterRef(cell, cell.getBackboneWeightsAttrName(), 0), 1, offset, 1, signal,
                     ParameterRef(cell, cell.getBackboneBiasesAttrName(), 0));
  if (cell.getMaskAttr())
    return block(cell, "are read through the mask of a cell without a backbone");
  for (StringRef name : {"ff1", "ff2", "time_a", "time_b"}) {
    auto weights = StringAttr::get(context, name + "_weight"), bias = StringAttr::get(context, name + "_bias");
    if (cell->getAttr(weights))
      addReader(ParameterRef(cell, weights), 1, offset, 1, signal, ParameterRef(cell, bias));
  }
}

/// Neurons as sources and as targets of synapses. Where all of them are outputs, these are the same channels.
void GroupFinder::defineLiquid(ltc::LTCCellOp cell, OpResult result) {
  const int64_t motor = countElements(cell.getOutput());
  const bool areAllMotor = motor == countElements(cell.getState());
  if (group.cell == cell)
    return;
  if (cell.getHidden() || group.cell || (result == cell.getOutput() && !areAllMotor))
    return blockThrough(cell);
  group.cell = cell;
  auto addDims = [&](ArrayRef<StringRef> names, unsigned dim) {
    for (StringRef name : names)
      if (cell->getAttr(name))
        addOwn(ParameterRef(cell, StringAttr::get(cell.getContext(), name)), dim, 1);
  };
  addDims({"gleak", "vleak", "cm", "sigma", "mu", "w", "erev", "mask"}, 0);
  addDims(
      {"sigma", "mu", "w", "erev", "mask", "sensory_sigma", "sensory_mu", "sensory_w", "sensory_erev", "sensory_mask"},
      1);
  tie(cell, cell.getState(), {0});
  if (!areAllMotor) {
    group.fixed = motor;
    return;
  }
  addDims({"output_w", "output_b"}, 0);
  tie(cell, cell.getOutput(), {0});
}

void GroupFinder::tieElementwise(Operation *op, RankedTensorType type, ChannelPlace place) {
  if (!tied.insert(op).second)
    return;
  for (OpOperand &operand : op->getOpOperands()) {
    if (getTensorType(operand.get()).getShape() != type.getShape())
      return blockThrough(op);
    if (!operand.get().getDefiningOp<WeightOp>())
      tie(op, operand.get(), place);
    else if (std::string obstacle = getWeightObstacle(op); !obstacle.empty())
      return block(op, obstacle);
    else
      group.own.push_back({ParameterRef(op, operand.getOperandNumber()), place.dim, 0, place.inner});
  }
  for (OpResult result : op->getResults()) {
    if (getTensorType(result).getShape() != type.getShape())
      return blockThrough(op);
    tie(op, result, place);
  }
  auto properties = dyn_cast_or_null<DictionaryAttr>(op->getPropertiesAsAttribute());
  for (NamedAttribute attribute : properties ? properties.getValue() : ArrayRef<NamedAttribute>())
    if (auto elements = dyn_cast<ElementsAttr>(attribute.getValue());
        elements && elements.getShapedType().getShape() == type.getShape())
      addOwn(ParameterRef(op, attribute.getName()), place.dim, place.inner);
}

void GroupFinder::define(Operation *op, OpResult result, ChannelPlace place) {
  RankedTensorType type = getTensorType(result);
  llvm::TypeSwitch<Operation *>(op)
      .Case<LinearOp, AffineOp>([&](auto synapse) {
        if (getTensorType(synapse.getWeights()).getRank() != 2)
          return blockThrough(op);
        defineSynapse(op, type.getRank() - 1, place);
      })
      .Case<Conv1dOp, Conv2dOp>([&](auto conv) {
        conv.getGroups() == 1 ? defineSynapse(op, 0, place) : block(op, "are made by a convolution of groups");
      })
      .Case<ltc::CfCCellOp>([&](auto cell) { defineCell(cell); })
      .Case<ltc::LTCCellOp>([&](auto cell) { defineLiquid(cell, result); })
      .Case<SumPool2dOp, AvgPool2dOp, MaxPool2dOp>(
          [&](auto pool) { place.dim == 0 ? tie(op, pool.getInput(), place) : blockThrough(op); })
      .Case<BatchNormOp>([&](auto norm) { tie(op, norm.getInput(), place); })
      .Case<FlattenOp>([&](FlattenOp flatten) {
        if (!group.signals.contains(flatten.getInput())) // Who meets them here has no channels of its own.
          blockThrough(op);
      })
      .Default([&](Operation *) { isElementwise(op) ? tieElementwise(op, type, place) : blockThrough(op); });
}

void GroupFinder::read(Operation *op, OpOperand &use, ChannelPlace place) {
  RankedTensorType type = getTensorType(use.get());
  bool isSignal = use.getOperandNumber() == 0;
  llvm::TypeSwitch<Operation *>(op)
      .Case<OutputOp>([&](auto) { block(op, "are those of an output of the network"); })
      .Case<LinearOp, AffineOp>([&](auto synapse) {
        if (getTensorType(synapse.getWeights()).getRank() != 2 || !isSignal)
          return blockThrough(op);
        readSynapse(op, type.getRank() - 1, place);
      })
      .Case<Conv1dOp, Conv2dOp>([&](auto conv) {
        conv.getGroups() == 1 && isSignal ? readSynapse(op, 0, place)
                                          : block(op, "are read by a convolution of groups");
      })
      .Case<ltc::CfCCellOp>([&](auto cell) { isSignal ? readCell(cell, 0, use.get()) : blockThrough(op); })
      .Case<SumPool2dOp, AvgPool2dOp, MaxPool2dOp>(
          [&](auto pool) { place.dim == 0 ? tie(op, pool.getResult(), place) : blockThrough(op); })
      .Case<BatchNormOp>([&](BatchNormOp norm) {
        tie(op, norm.getResult(), place);
        if (int64_t(norm.getChannelDim()) != place.dim)
          return;
        for (StringAttr name :
             {norm.getMeanAttrName(), norm.getVarianceAttrName(), norm.getScaleAttrName(), norm.getShiftAttrName()})
          if (norm->getAttr(name))
            addOwn(ParameterRef(op, name), 0, place.inner);
      })
      .Case<FlattenOp>([&](FlattenOp flatten) {
        int64_t rank = type.getRank(), start = flatten.getStartDim(), end = flatten.getEndDim();
        start += start < 0 ? rank : 0;
        end += end < 0 ? rank : 0;
        if (int64_t(place.dim) > start && int64_t(place.dim) <= end)
          return blockThrough(op);
        ChannelPlace flat = place;
        if (int64_t(place.dim) == start)
          for (int64_t dim = start + 1; dim <= end; ++dim)
            flat.inner *= type.getDimSize(dim);
        else if (int64_t(place.dim) > end)
          flat.dim -= end - start;
        tie(op, flatten.getResult(), flat);
      })
      .Default([&](Operation *) { isElementwise(op) ? tieElementwise(op, type, place) : blockThrough(op); });
}

/// The result of which getMadeChannels speaks.
static Value getMade(Operation *op) {
  auto cell = dyn_cast<ltc::LTCCellOp>(op);
  return cell ? Value(cell.getState()) : op->getResult(0);
}

/// What makes new channels, and where they are in it.
static std::optional<ChannelPlace> getMadeChannels(Operation *op) {
  if (isa<LinearOp, AffineOp>(op))
    return ChannelPlace{unsigned(getTensorType(op->getResult(0)).getRank() - 1)};
  if (isa<Conv1dOp, Conv2dOp, ltc::CfCCellOp, ltc::LTCCellOp>(op))
    return ChannelPlace{0};
  return std::nullopt;
}

/// Takes the name of the neurons, or else that of a synapse.
static void nameGroup(ChannelGroup &group, ArrayRef<Operation *> order) {
  auto takeFirst = [&](auto isWanted) {
    for (Operation *op : order) {
      auto name = op->getAttrOfType<StringAttr>("name");
      if (group.population || !name || !isWanted(op) || !group.signals.contains(getMade(op)))
        continue;
      group.name = name.str();
      group.population = op;
    }
  };
  takeFirst([](Operation *op) { return isa<NeuronOpInterface, ActivationOp, ltc::CfCCellOp, ltc::LTCCellOp>(op); });
  takeFirst([](Operation *) { return true; });
  if (!group.population)
    group.population = group.signals.front().first.getDefiningOp();
}

std::vector<ChannelGroup> lle::findChannelGroups(NetworkOp network) {
  std::vector<ChannelGroup> groups;
  SmallVector<Operation *> order = network.getTopologicalOrder();
  llvm::DenseSet<Value> grouped;
  for (Operation *op : order) {
    std::optional<ChannelPlace> place = getMadeChannels(op);
    if (!place || grouped.contains(getMade(op)))
      continue;
    ChannelGroup group = GroupFinder(getMade(op), *place).group;
    for (auto &[value, where] : group.signals)
      grouped.insert(value);
    nameGroup(group, order);
    groups.push_back(std::move(group));
  }
  return groups;
}

//===----------------------------------------------------------------------===//
// Removal
//===----------------------------------------------------------------------===//

static void select(const ChannelAxis &axis, ArrayRef<int64_t> kept, int64_t channels) {
  ElementsAttr elements = axis.parameter.get();
  SmallVector<int64_t> indices = llvm::to_vector(llvm::seq<int64_t>(0, axis.offset));
  for (int64_t channel : kept)
    for (int64_t i = 0; i < axis.inner; ++i)
      indices.push_back(axis.offset + channel * axis.inner + i);
  llvm::append_range(
      indices, llvm::seq<int64_t>(axis.offset + channels * axis.inner, elements.getShapedType().getDimSize(axis.dim)));
  axis.parameter.set(selectElements(elements, axis.dim, indices));
}

void lle::keepChannels(ChannelGroup &group, ArrayRef<int64_t> kept) {
  assert(group.reason.empty() && "the channels can be removed");
  for (const ChannelAxis &axis : group.own)
    select(axis, kept, group.channels);
  for (const ChannelReader &reader : group.readers)
    select(reader.axis, kept, group.channels);
  for (auto &[value, place] : group.signals) {
    SmallVector<int64_t> shape(getTensorType(value).getShape());
    shape[place.dim] = int64_t(kept.size()) * place.inner;
    value.setType(getTensorType(value).clone(shape));
    // What was measured or derived of the whole signal.
    for (StringRef name : {"lle.activity", "lle.rate", "lle.state_bounds"})
      value.getDefiningOp()->removeDiscardableAttr(name);
  }
  group.channels = int64_t(kept.size());
}
