//===- AllocateBits.cpp - widths of weights, states and payloads ----------===//
#include "dialects/LLE/TensorTypes.h"
#include "passes/Analysis/Requirement.h"
#include "passes/Analysis/Text.h"
#include "passes/Precision/BitSearch.h"
#include "passes/Precision/Passes.h"

#include "mlir/IR/Remarks.h"

#include <cmath>
#include <utility>

namespace lle {
#define GEN_PASS_DEF_ALLOCATEBITS
#include "passes/Precision/Passes.h.inc"
} // namespace lle

using namespace mlir;
using namespace lle;

static constexpr int64_t kMostInputGroups = INT8_MAX;
static constexpr unsigned kWidths[] = {1, 2, 3, 4, 5, 6, 8, 16};

namespace {
struct AllocateBits : EvaluatingPass<lle::impl::AllocateBitsBase<AllocateBits>> {
  using EvaluatingPass::EvaluatingPass;

private:
  llvm::Error checkOptions();
  llvm::Expected<WeightForm> getWeightForm();
  llvm::Error tune(NetworkOp network) override;
  llvm::Error findPayloads(NetworkOp network, BitSearch &search);
  llvm::Error findBudget(NetworkOp network, BitSearch &search, std::optional<double> memory);
  llvm::Error makeUnmetError(const BitSearch &search, const BitAllocation &found) const;
  void write(NetworkOp network, const BitSearch &search, BitAllocation &allocation);

  bool hasBudget() const { return meanBits > 0 || maxBytes > 0 || maxMemory.hasValue(); }
};
} // namespace

llvm::Error AllocateBits::checkOptions() {
  if (meanBits < 0 || maxBytes < 0)
    return llvm::createStringError("mean-bits and max-bytes must not be negative");
  if ((meanBits > 0) + (maxBytes > 0) + maxMemory.hasValue() > 1)
    return llvm::createStringError("say one of mean-bits, max-bytes and max-memory-kb");
  if (inputGroups < 1 || inputGroups > kMostInputGroups)
    return llvm::createStringError("input-groups must be from 1 to " + Twine(kMostInputGroups) + ", got " +
                                   Twine(int64_t(inputGroups)));
  if (maxRateChange < 0)
    return llvm::createStringError("max-rate-change must not be negative, got " + formatNumber(maxRateChange));
  for (unsigned bits : widths)
    if (bits < 1 || bits > 16)
      return llvm::createStringError("widths must be from 1 to 16, got " + Twine(bits));
  for (unsigned bits : stateWidths)
    if (bits != 8 && bits != 16)
      return llvm::createStringError("state-widths must be 8 or 16, got " + Twine(bits));
  for (unsigned bits : payloadWidths)
    if (bits != 1 && bits != 8 && bits != 16)
      return llvm::createStringError("payload-widths must be 1, 8 or 16, got " + Twine(bits));
  if ((meanBits > 0 || maxMemory.hasValue()) && !payloadWidths.empty())
    return llvm::createStringError("mean-bits is of weights alone, and max-memory-kb of what lasts: with "
                                   "payload-widths say max-bytes, or neither");
  if (meanBits > 0 && !stateWidths.empty())
    return llvm::createStringError("mean-bits is of weights alone: with state-widths say max-bytes or max-memory-kb");
  return llvm::Error::success();
}

/// What the target stores, unless options say otherwise.
llvm::Expected<WeightForm> AllocateBits::getWeightForm() {
  WeightForm form;
  if (!target.empty()) {
    llvm::Expected<std::unique_ptr<CostModel>> model = createRegisteredCostModel(costModel, target, getContext());
    if (!model)
      return model.takeError();
    if (!*model)
      return llvm::createStringError("there are no costs of target '" + target + "'");
    form = (*model)->getWeightForm();
  }
  // A file that says how weights are stored is that of a chip.
  if (!form.widths.empty() && form.stateWidths.empty() && !stateWidths.empty())
    return llvm::createStringError("the target '" + target +
                                   "' keeps states in a form of its own: state-widths are "
                                   "of native code");
  if (!form.widths.empty() && !payloadWidths.empty())
    return llvm::createStringError("the target '" + target +
                                   "' sends spikes in a form of its own: payload-widths are of native code");
  if (form.widths.empty())
    form.widths.assign(std::begin(kWidths), std::end(kWidths));
  auto check = [&](StringRef what, ArrayRef<unsigned> asked, ArrayRef<unsigned> stored) -> llvm::Error {
    for (unsigned bits : asked)
      if (!llvm::is_contained(stored, bits))
        return llvm::createStringError(
            "the target '" + target + "' stores no " + what + " of " + Twine(bits) + " bits, but of " +
            llvm::join(llvm::map_range(stored, [](unsigned width) { return std::to_string(width); }), ", "));
    return llvm::Error::success();
  };
  if (!target.empty())
    if (llvm::Error error = check("weights", llvm::to_vector(widths), form.widths))
      return std::move(error);
  if (!form.stateWidths.empty())
    if (llvm::Error error = check("states", llvm::to_vector(stateWidths), form.stateWidths))
      return std::move(error);
  if (!widths.empty())
    form.widths.assign(widths.begin(), widths.end());
  if (perTensor.hasValue())
    form.perTensor = perTensor;
  if (powersOfTwo.hasValue())
    form.powersOfTwo = powersOfTwo;
  return form;
}

llvm::Error AllocateBits::tune(NetworkOp network) {
  if (llvm::Error error = checkOptions())
    return error;
  llvm::Expected<CostBudget> costs = getBudget();
  if (!costs)
    return costs.takeError();
  const std::optional<double> memory = std::exchange(costs->memory, std::nullopt); // a budget of sizes
  Requirement requirement = getRequirement();
  llvm::Expected<std::unique_ptr<Evaluator>> evaluator = createEvaluator(network, requirement);
  if (!evaluator)
    return evaluator.takeError();
  llvm::Expected<WeightForm> form = getWeightForm();
  if (!form)
    return form.takeError();
  BitSearchOptions options;
  options.widths.assign(form->widths.begin(), form->widths.end());
  options.stateWidths.assign(stateWidths.begin(), stateWidths.end());
  llvm::sort(options.widths);
  llvm::sort(options.stateWidths);
  options.maxRateChange = maxRateChange;
  options.repairs = repairs;
  options.powersOfTwo = form->powersOfTwo;
  options.countsScales = maxBytes > 0; // mean-bits is of weights alone, and memory holds what the cost model counts
  if (memory)
    options.memory = *form;
  options.costs = *costs;
  if (costs->isGiven()) {
    llvm::Expected<PriceFunction> getPrice = createPriceFunction(costModel, target, getContext());
    if (!getPrice)
      return getPrice.takeError();
    options.getPrice = std::move(*getPrice);
  }
  std::vector<PopulationState> states;
  if (!stateWidths.empty()) {
    llvm::Expected<std::vector<PopulationState>> measured = measurePopulationStates(network, **evaluator);
    if (!measured)
      return measured.takeError();
    states = std::move(*measured);
    if (states.empty())
      return llvm::createStringError("state-widths: no population that spikes has a state of floats");
  }
  BitSearch search(std::move(options), std::move(*evaluator));
  search.states = std::move(states);
  if (llvm::Error error = findPayloads(network, search))
    return error;
  const Dataset &data = search.evaluator->getData();
  llvm::Expected<Evaluation> before = search.evaluator->evaluate(network);
  if (!before)
    return before.takeError();
  search.before = before->metric;
  if (!hasBudget() || requirement.minAccuracy || requirement.maxDrop)
    search.required = requirement.getBound(search.before);

  QuantizeOptions quantize;
  quantize.grid = {!form->perTensor, form->powersOfTwo, asymmetric, /*integerBits=*/0};
  quantize.isCorrected = !nearest;
  quantize.inputGroups = inputGroups;
  quantize.engine = engine;
  quantize.samples = samples;
  llvm::Expected<std::unique_ptr<WeightQuantizer>> quantizer = WeightQuantizer::create(network, data, quantize);
  if (!quantizer)
    return quantizer.takeError();
  search.quantizer = std::move(*quantizer);
  if (search.quantizer->getTensors().empty())
    return llvm::createStringError("the network has no weights that are constants of floats or integers");
  llvm::Expected<std::unique_ptr<OutputDeviation>> deviation =
      OutputDeviation::create(network, data, requirement.evaluation, maxRateChange > 0);
  if (!deviation)
    return deviation.takeError();
  search.deviation = std::move(*deviation);
  if (llvm::Error error = search.measureSensitivity())
    return error;

  if (llvm::Error error = findBudget(network, search, memory))
    return error;
  std::vector<KnapsackSolution> front = solveKnapsack(search.losses, search.budget);
  llvm::Expected<BitAllocation> found =
      hasBudget() ? search.findWithinBudget(std::move(front.back())) : search.findSmallest(front);
  if (!found)
    return found.takeError();
  if (!found->isGoodEnough)
    return makeUnmetError(search, *found);
  write(network, search, *found);
  return llvm::Error::success();
}

llvm::Error AllocateBits::findPayloads(NetworkOp network, BitSearch &search) {
  if (payloadWidths.empty())
    return llvm::Error::success();
  SmallVector<unsigned> offered(payloadWidths.begin(), payloadWidths.end());
  llvm::sort(offered);
  std::string obstacle;
  search.payloads = getPopulationPayloads(network, offered, [&](Operation *op, unsigned bits, StringRef reason) {
    StringRef name = cast<StatefulOpInterface>(op).getStateName().getValue();
    remark::missed(op->getLoc(), remark::RemarkOpts::name("Payload").category("bits").function(name))
        << remark::metric("Bits", int64_t(bits)) << remark::reason("{0}", reason);
    if (obstacle.empty())
      obstacle = ("; '" + name + "': " + reason).str();
  });
  if (search.payloads.empty())
    return llvm::createStringError("payload-widths: no population sends more bits in a step that can be fewer" +
                                   obstacle);
  return llvm::Error::success();
}

/// What a target keeps beside the weights and states of a search: what it keeps of the network with weights that are
/// all there and all differ, without them. (Of those that are alike it may keep one, of those that are 0 none.)
static llvm::Expected<double> getOtherBytes(NetworkOp network, const BitSearch &search, StringRef costModel,
                                            StringRef target) {
  llvm::Expected<std::unique_ptr<CostModel>> model =
      createRegisteredCostModel(costModel, target, *network.getContext());
  if (!model)
    return model.takeError();
  if (!*model) // the context was told why
    return llvm::createStringError("there are no costs of target '" + target + "'");
  OwningOpRef<NetworkOp> dense = network.clone();
  for (const WeightTensor &tensor : getWeightTensors(*dense)) {
    std::vector<double> values(tensor.getElements(), 1);
    values.front() = 2;
    tensor.write(values);
    tensor.op->removeAttr(kBitsAttr); // what they had before
  }
  int64_t counted = 0;
  for (const WeightGroup &group : search.quantizer->getGroups())
    counted += search.getSize(group, search.quantizer->getTensors()[group.tensor].type.getElementTypeBitWidth());
  for (const PopulationState &state : search.states)
    counted += state.elements * state.getBits();
  llvm::Expected<NetworkCost> cost = (*model)->getCost(*dense);
  if (!cost)
    return cost.takeError();
  return cost->flashBytes.value + cost->ramBytes.value - double(counted) / 8;
}

/// Of the sizes of all groups, in bits. An error where not even the narrowest widths keep it.
llvm::Error AllocateBits::findBudget(NetworkOp network, BitSearch &search, std::optional<double> memory) {
  int64_t elements = 0, tables = 0, least = 0;
  for (const WeightGroup &group : search.quantizer->getGroups())
    elements += group.elements;
  for (ArrayRef<KnapsackChoice> choices : search.losses)
    least += choices.front().size;
  for (unsigned tensor = 0; tensor < search.quantizer->getTensors().size(); ++tensor)
    tables += search.quantizer->getGroupTableBits(tensor);
  search.budget = std::numeric_limits<int64_t>::max();
  auto makeError = [](const Twine &budget, const Twine &narrowest) {
    return llvm::createStringError(budget + ", which is " + narrowest);
  };
  if (meanBits > 0) {
    search.budget = int64_t(meanBits * double(elements));
    if (least > search.budget)
      return makeError("mean-bits of " + formatNumber(meanBits) + " is less than the narrowest widths give",
                       formatNumber(double(least) / double(elements)));
  }
  if (maxBytes > 0) {
    search.budget = maxBytes * 8 - tables;
    if (least > search.budget)
      return makeError("max-bytes of " + Twine(int64_t(maxBytes)) + " is less than the narrowest widths take",
                       Twine((least + tables + 7) / 8));
  }
  if (memory) {
    llvm::Expected<double> others = getOtherBytes(network, search, costModel, target);
    if (!others)
      return others.takeError();
    search.budget = int64_t(std::floor((*memory * 1024 - *others) * 8));
    if (least > search.budget)
      return makeError("max-memory-kb of " + formatNumber(*memory) + " is less than the narrowest widths take",
                       formatNumber((*others + double(least) / 8) / 1024) +
                           (search.options.memory->stored.empty() ? "; " + kStoredFloats.str() : ""));
  }
  return llvm::Error::success();
}

/// Names the first requirement that the best allocation does not keep.
llvm::Error AllocateBits::makeUnmetError(const BitSearch &search, const BitAllocation &found) const {
  std::string message, where = hasBudget() ? " within the budget" : " by the widest widths";
  if (search.required && !search.evaluator->isAtLeast(found.metric, *search.required))
    message = (getMetricName(metric) + " " + formatNumber(*search.required) + " is not met").str();
  else if (!found.excess.empty())
    message = "the budget is not kept: " + found.excess, where = ", by the best allocation found";
  else
    message = "the spikes of '" + found.deviation.population + "' change by " + formatNumber(found.deviation.rate) +
              " of what they were, more than " + formatNumber(maxRateChange);
  return llvm::createStringError(message + where + ", which gives " + getMetricName(metric) + " " +
                                 formatNumber(found.metric));
}

/// Scales of one group as an attribute: one, or one for each output.
static Attribute makeScales(Builder &b, ArrayRef<WeightGrid> grids) {
  SmallVector<double> scales = llvm::map_to_vector(grids, [](const WeightGrid &grid) { return grid.scale; });
  if (llvm::all_equal(scales))
    scales.resize(1);
  return DenseElementsAttr::get(RankedTensorType::get({int64_t(scales.size())}, b.getF64Type()), ArrayRef(scales));
}

/// Returns the bytes of the states.
static int64_t writeStates(NetworkOp network, const BitSearch &search, const BitAllocation &allocation) {
  setStateTypes(network, search.states, search.getStateTypes(allocation.choices));
  int64_t bytes = 0;
  const size_t groups = search.quantizer->getGroups().size();
  for (auto [index, state] : llvm::enumerate(search.states)) {
    const unsigned choice = allocation.choices[groups + index];
    const int64_t bits = search.widths[groups + index][choice].bits;
    bytes += state.elements * bits / 8;
    StatefulOpInterface op = state.op;
    remark::passed(op->getLoc(), remark::RemarkOpts::name("Width").category("bits").function(state.name))
        << remark::metric("Bits", bits) << remark::metric("Elements", state.elements)
        << remark::metric("Loss", search.losses[groups + index][choice].loss);
  }
  return bytes;
}

/// Returns the bytes of a step's payloads.
static int64_t writePayloads(NetworkOp network, const BitSearch &search, const BitAllocation &allocation) {
  const std::vector<unsigned> widths = search.getPayloadWidths(allocation.choices);
  setPayloadWidths(network, search.payloads, widths);
  int64_t total = 0;
  const size_t first = search.quantizer->getGroups().size() + search.states.size();
  for (auto [index, payload] : llvm::enumerate(search.payloads)) {
    total += payload.elements * widths[index];
    StatefulOpInterface op = payload.op;
    remark::passed(op->getLoc(), remark::RemarkOpts::name("Payload").category("bits").function(payload.name))
        << remark::metric("Bits", int64_t(widths[index])) << remark::metric("Before", int64_t(payload.bits))
        << remark::metric("Elements", payload.elements)
        << remark::metric("Loss", search.losses[first + index][allocation.choices[first + index]].loss);
  }
  return (total + 7) / 8;
}

void AllocateBits::write(NetworkOp network, const BitSearch &search, BitAllocation &allocation) {
  Builder b(network.getContext());
  ArrayRef<WeightTensor> tensors = search.quantizer->getTensors();
  SmallVector<WeightTensor> rounded = getWeightTensors(allocation.getNetwork());
  int64_t elements = 0, bits = 0, packed = 0;
  for (auto [group, choice, widths] :
       llvm::zip_first(search.quantizer->getGroups(), allocation.choices, search.widths)) {
    elements += group.elements;
    bits += group.elements * int64_t(widths[choice].bits);
    packed += search.getScaleBits(group);
    remark::passed(tensors[group.tensor].op->getLoc(),
                   remark::RemarkOpts::name("Width").category("bits").function(group.name))
        << remark::metric("Bits", int64_t(widths[choice].bits)) << remark::metric("Elements", group.elements)
        << remark::metric("Loss", search.losses[&group - search.quantizer->getGroups().data()][choice].loss);
  }
  llvm::MapVector<Operation *, SmallVector<NamedAttribute>> notes;
  for (auto [index, tensor] : llvm::enumerate(tensors)) {
    packed += search.quantizer->getGroupTableBits(index);
    tensor.write(rounded[index].read());
    const TensorRounding &rounding = allocation.roundings[index];
    SmallVector<NamedAttribute> note;
    SmallVector<Attribute> scales;
    for (const std::vector<WeightGrid> &grids : rounding.grids)
      scales.push_back(makeScales(b, grids));
    note.push_back(b.getNamedAttr(
        "bits", b.getI64ArrayAttr(SmallVector<int64_t>(rounding.widths.bits.begin(), rounding.widths.bits.end()))));
    if (!rounding.widths.group.empty()) {
      SmallVector<int8_t> groups(rounding.widths.group.begin(), rounding.widths.group.end());
      auto type = RankedTensorType::get({int64_t(groups.size())}, b.getI8Type());
      note.push_back(b.getNamedAttr("group", DenseElementsAttr::get(type, ArrayRef(groups))));
    }
    note.push_back(b.getNamedAttr("scale", b.getArrayAttr(scales)));
    std::string key = tensor.attribute.str() + (tensor.index < 0 ? "" : std::to_string(tensor.index));
    notes[tensor.op].push_back(b.getNamedAttr(key, b.getDictionaryAttr(note)));
  }
  for (auto &[op, note] : notes)
    op->setAttr(kBitsAttr, b.getDictionaryAttr(note));
  const int64_t stateBytes = writeStates(network, search, allocation);
  const int64_t payloadBytes = writePayloads(network, search, allocation);
  double mean = double(bits) / double(elements);
  int64_t bytes = (bits + packed + 7) / 8;
  NamedAttrList evidence;
  evidence.set("after", b.getF64FloatAttr(allocation.metric));
  evidence.set("before", b.getF64FloatAttr(search.before));
  evidence.set("dataset", b.getStringAttr(search.evaluator->getData().getName()));
  evidence.set("deviation", b.getF64FloatAttr(allocation.deviation.output));
  evidence.set("engine", b.getStringAttr(engine));
  evidence.set("mean_bits", b.getF64FloatAttr(mean));
  evidence.set("metric", b.getStringAttr(getMetricName(metric)));
  evidence.set("packed_bytes", b.getI64IntegerAttr(bytes));
  if (!search.payloads.empty())
    evidence.set("payload_bytes", b.getI64IntegerAttr(payloadBytes));
  evidence.set("predicted", b.getF64FloatAttr(allocation.predicted));
  evidence.set("samples", b.getI64IntegerAttr(search.evaluator->getSamples()));
  if (!search.states.empty())
    evidence.set("state_bytes", b.getI64IntegerAttr(stateBytes));
  network->setAttr(kBitsAttr, evidence.getDictionary(b.getContext()));
  remark::passed(network.getLoc(), remark::RemarkOpts::name("Allocated").category("bits"))
      << remark::metric("Network", network.getName()) << remark::metric("MeanBits", mean)
      << remark::metric("PackedBytes", bytes) << remark::metric("Metric", getMetricName(metric))
      << remark::metric("Before", search.before) << remark::metric("After", allocation.metric)
      << remark::metric("Deviation", allocation.deviation.output)
      << remark::metric("Samples", search.evaluator->getSamples());
}
