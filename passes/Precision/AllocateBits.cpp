//===- AllocateBits.cpp - a width for each weight tensor ------------------===//
#include "passes/Analysis/Requirement.h"
#include "passes/Analysis/Text.h"
#include "passes/Precision/Knapsack.h"
#include "passes/Precision/OutputDeviation.h"
#include "passes/Precision/Passes.h"
#include "passes/Precision/QuantizeWeights.h"

#include "mlir/IR/Remarks.h"

namespace lle {
#define GEN_PASS_DEF_ALLOCATEBITS
#include "passes/Precision/Passes.h.inc"
} // namespace lle

using namespace mlir;
using namespace lle;

/// Of a scale: a float, or the exponent of a power of two.
static constexpr int64_t kScaleBits = 32, kExponentBits = 8;
/// Neighbours of an allocation that a round of repair measures.
static constexpr size_t kNeighbours = 6;
static constexpr int64_t kMostInputGroups = INT8_MAX;
static constexpr unsigned kWidths[] = {1, 2, 3, 4, 5, 6, 8, 16};

namespace {
struct AllocateBits : EvaluatingPass<lle::impl::AllocateBitsBase<AllocateBits>> {
  using EvaluatingPass::EvaluatingPass;

private:
  /// The choice of each group of weights, and what it makes of the network.
  struct Allocation {
    std::vector<unsigned> choices;
    int64_t size = 0;
    double predicted = 0; ///< The sum of the losses of each group alone.
    OwningOpRef<ModuleOp> module;
    std::vector<TensorRounding> roundings;
    Deviation deviation;
    double metric = 0;
    bool isGoodEnough = false;

    NetworkOp getNetwork() { return *module->getOps<NetworkOp>().begin(); }
  };

  /// What all steps share of one network.
  struct Search {
    std::unique_ptr<Evaluator> evaluator;
    std::unique_ptr<OutputDeviation> deviation;
    std::unique_ptr<WeightQuantizer> quantizer;
    std::optional<double> required; ///< Of the metric.
    double before = 0;
    int64_t budget = 0;                              ///< In bits.
    std::vector<std::vector<unsigned>> widths;       ///< Of each group.
    std::vector<std::vector<KnapsackChoice>> losses; ///< Of each width.
  };

  llvm::Error checkOptions();
  llvm::Error tune(NetworkOp network) override;
  llvm::Error measureSensitivity(NetworkOp network, Search &search);
  int64_t getSize(const Search &search, const WeightGroup &group, unsigned bits) const;
  llvm::Error realize(Search &search, Allocation &allocation, bool isComplete);
  llvm::Expected<Allocation> findWithinBudget(Search &search, KnapsackSolution best);
  llvm::Expected<Allocation> findSmallest(Search &search, ArrayRef<KnapsackSolution> front);
  std::vector<Allocation> getNeighbours(const Search &search, const Allocation &from) const;
  void write(NetworkOp network, Search &search, Allocation &allocation);

  /// Of two that are predicted to be alike, that with fewer bits for what comes first.
  static bool isPredictedBetter(const Allocation &a, const Allocation &b) {
    return std::tie(a.predicted, a.choices) < std::tie(b.predicted, b.choices);
  }
  bool hasBudget() const { return meanBits > 0 || maxBytes > 0; }
};
} // namespace

llvm::Error AllocateBits::checkOptions() {
  if (meanBits < 0 || maxBytes < 0)
    return llvm::createStringError("mean-bits and max-bytes must not be negative");
  if (meanBits > 0 && maxBytes > 0)
    return llvm::createStringError("say either mean-bits or max-bytes");
  if (inputGroups < 1 || inputGroups > kMostInputGroups)
    return llvm::createStringError("input-groups must be from 1 to " + Twine(kMostInputGroups) + ", got " +
                                   Twine(int64_t(inputGroups)));
  if (maxRateChange < 0)
    return llvm::createStringError("max-rate-change must not be negative, got " + formatNumber(maxRateChange));
  for (unsigned bits : widths)
    if (bits < 1 || bits > 16)
      return llvm::createStringError("widths must be from 1 to 16, got " + Twine(bits));
  return llvm::Error::success();
}

int64_t AllocateBits::getSize(const Search &search, const WeightGroup &group, unsigned bits) const {
  int64_t size = group.elements * int64_t(bits);
  if (maxBytes > 0) { // mean-bits is of weights alone
    bool isExponent = powersOfTwo || search.quantizer->getTensors()[group.tensor].isInteger();
    size += group.scales * (isExponent ? kExponentBits : kScaleBits);
  }
  return size;
}

llvm::Error AllocateBits::measureSensitivity(NetworkOp network, Search &search) {
  ArrayRef<WeightGroup> groups = search.quantizer->getGroups();
  for (auto [index, group] : llvm::enumerate(groups)) {
    const WeightTensor &tensor = search.quantizer->getTensors()[group.tensor];
    SmallVector<unsigned> offered =
        widths.empty() ? SmallVector<unsigned>(llvm::ArrayRef(kWidths)) : llvm::to_vector(widths);
    llvm::sort(offered);
    search.widths.emplace_back();
    search.losses.emplace_back();
    for (unsigned bits : offered) {
      if (tensor.isInteger() && bits > tensor.type.getElementTypeBitWidth())
        continue;
      std::vector<unsigned> alone(groups.size());
      alone[index] = bits;
      llvm::Expected<OwningOpRef<ModuleOp>> copy = search.quantizer->apply(alone, /*isSequential=*/false);
      if (!copy)
        return copy.takeError();
      llvm::Expected<Deviation> deviation = search.deviation->measure(*(*copy)->getOps<NetworkOp>().begin());
      if (!deviation)
        return deviation.takeError();
      search.widths.back().push_back(bits);
      search.losses.back().push_back({getSize(search, group, bits), deviation->getLoss()});
      remark::analysis(tensor.op->getLoc(),
                       remark::RemarkOpts::name("Sensitivity").category("bits").function(group.name))
          << remark::metric("Bits", int64_t(bits)) << remark::metric("Loss", deviation->getLoss());
    }
    if (search.widths.back().empty())
      return llvm::createStringError("no width of '" + tensor.name + "' is among those offered: it has " +
                                     Twine(tensor.type.getElementTypeBitWidth()) + " bits");
  }
  return llvm::Error::success();
}

/// Makes the network of an allocation and measures it; only whether it is good enough unless `isComplete`.
llvm::Error AllocateBits::realize(Search &search, Allocation &allocation, bool isComplete) {
  std::vector<unsigned> bits;
  for (auto [widths, choice] : llvm::zip_equal(search.widths, allocation.choices))
    bits.push_back(widths[choice]);
  allocation.roundings.clear();
  llvm::Expected<OwningOpRef<ModuleOp>> copy =
      search.quantizer->apply(bits, /*isSequential=*/true, &allocation.roundings);
  if (!copy)
    return copy.takeError();
  allocation.module = std::move(*copy);
  llvm::Expected<Deviation> deviation = search.deviation->measure(allocation.getNetwork());
  if (!deviation)
    return deviation.takeError();
  allocation.deviation = *deviation;
  llvm::Expected<Evaluation> evaluation = search.required && !isComplete
                                              ? search.evaluator->evaluate(allocation.getNetwork(), *search.required)
                                              : search.evaluator->evaluate(allocation.getNetwork());
  if (!evaluation)
    return evaluation.takeError();
  allocation.metric = evaluation->metric;
  bool keepsRates = maxRateChange == 0 || deviation->rate <= maxRateChange;
  bool keepsMetric = !search.required || (evaluation->samples == search.evaluator->getSamples() &&
                                          search.evaluator->isAtLeast(evaluation->metric, *search.required));
  allocation.isGoodEnough = keepsRates && keepsMetric;
  return llvm::Error::success();
}

/// One group wider by a width, and where that is too large another one narrower: those of the smallest predicted
/// losses.
std::vector<AllocateBits::Allocation> AllocateBits::getNeighbours(const Search &search, const Allocation &from) const {
  std::vector<Allocation> neighbours;
  size_t count = from.choices.size();
  auto add = [&](size_t wider, size_t narrower) {
    Allocation next;
    next.choices = from.choices;
    ++next.choices[wider];
    if (narrower != wider)
      --next.choices[narrower];
    for (auto [losses, choice] : llvm::zip_equal(search.losses, next.choices)) {
      next.size += losses[choice].size;
      next.predicted += losses[choice].loss;
    }
    if (next.size <= search.budget)
      neighbours.push_back(std::move(next));
  };
  for (size_t wider = 0; wider < count; ++wider) {
    if (from.choices[wider] + 1 == search.widths[wider].size())
      continue;
    for (size_t narrower = 0; narrower < count; ++narrower)
      if (narrower == wider || from.choices[narrower] > 0)
        add(wider, narrower);
  }
  llvm::sort(neighbours, isPredictedBetter);
  if (neighbours.size() > kNeighbours)
    neighbours.resize(kNeighbours);
  return neighbours;
}

llvm::Expected<AllocateBits::Allocation> AllocateBits::findWithinBudget(Search &search, KnapsackSolution best) {
  Allocation current;
  current.choices = std::move(best.choices);
  current.size = best.size;
  current.predicted = best.loss;
  if (llvm::Error error = realize(search, current, /*isComplete=*/true))
    return std::move(error);
  for (unsigned round = 0; round < repairs; ++round) {
    std::vector<Allocation> neighbours = getNeighbours(search, current);
    Allocation *better = nullptr;
    for (Allocation &neighbour : neighbours) {
      if (llvm::Error error = realize(search, neighbour, /*isComplete=*/true))
        return std::move(error);
      const Allocation &sofar = better ? *better : current;
      bool isBetter = neighbour.isGoodEnough != sofar.isGoodEnough
                          ? neighbour.isGoodEnough
                          : neighbour.deviation.getLoss() < sofar.deviation.getLoss();
      if (isBetter)
        better = &neighbour;
      else
        neighbour.module = nullptr;
    }
    if (!better)
      break;
    current = std::move(*better);
  }
  return std::move(current);
}

/// By bisection of the allocations that no other one beats, then narrower where one group alone can be.
llvm::Expected<AllocateBits::Allocation> AllocateBits::findSmallest(Search &search, ArrayRef<KnapsackSolution> front) {
  auto make = [&](const KnapsackSolution &solution, Allocation &allocation) {
    allocation.choices = solution.choices;
    allocation.size = solution.size;
    allocation.predicted = solution.loss;
    return realize(search, allocation, /*isComplete=*/false);
  };
  Allocation found;
  if (llvm::Error error = make(front.back(), found))
    return std::move(error);
  size_t tooSmall = 0, enough = front.size() - 1; // tooSmall: all before it.
  while (found.isGoodEnough && tooSmall < enough) {
    size_t middle = (tooSmall + enough) / 2;
    Allocation tried;
    if (llvm::Error error = make(front[middle], tried))
      return std::move(error);
    if (tried.isGoodEnough) {
      found = std::move(tried);
      enough = middle;
    } else {
      tooSmall = middle + 1;
    }
  }
  for (unsigned round = 0; found.isGoodEnough && round < repairs; ++round) {
    std::vector<Allocation> narrower;
    for (size_t group = 0; group < found.choices.size(); ++group) {
      if (found.choices[group] == 0)
        continue;
      Allocation next;
      next.choices = found.choices;
      --next.choices[group];
      for (auto [losses, choice] : llvm::zip_equal(search.losses, next.choices)) {
        next.size += losses[choice].size;
        next.predicted += losses[choice].loss;
      }
      narrower.push_back(std::move(next));
    }
    llvm::sort(narrower, isPredictedBetter);
    if (narrower.size() > kNeighbours)
      narrower.resize(kNeighbours);
    bool isNarrower = false;
    for (Allocation &next : narrower) {
      if (llvm::Error error = realize(search, next, /*isComplete=*/false))
        return std::move(error);
      if (next.isGoodEnough) {
        found = std::move(next);
        isNarrower = true;
        break;
      }
    }
    if (!isNarrower)
      break;
  }
  llvm::Expected<Evaluation> evaluation = search.evaluator->evaluate(found.getNetwork());
  if (!evaluation)
    return evaluation.takeError();
  found.metric = evaluation->metric;
  return std::move(found);
}

llvm::Error AllocateBits::tune(NetworkOp network) {
  if (llvm::Error error = checkOptions())
    return error;
  Requirement requirement = getRequirement();
  Search search;
  llvm::Expected<std::unique_ptr<Evaluator>> evaluator = createEvaluator(network, requirement);
  if (!evaluator)
    return evaluator.takeError();
  search.evaluator = std::move(*evaluator);
  const Dataset &data = search.evaluator->getData();
  llvm::Expected<Evaluation> before = search.evaluator->evaluate(network);
  if (!before)
    return before.takeError();
  search.before = before->metric;
  if (!hasBudget() || requirement.minAccuracy || requirement.maxDrop)
    search.required = requirement.getBound(search.before);

  QuantizeOptions quantize;
  quantize.grid = {!perTensor, powersOfTwo, asymmetric, /*integerBits=*/0};
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
  if (llvm::Error error = measureSensitivity(network, search))
    return error;

  int64_t elements = 0, tables = 0, least = 0;
  for (auto [group, losses] : llvm::zip_equal(search.quantizer->getGroups(), search.losses)) {
    elements += group.elements;
    least += losses.front().size;
  }
  for (unsigned tensor = 0; tensor < search.quantizer->getTensors().size(); ++tensor)
    tables += search.quantizer->getGroupTableBits(tensor);
  search.budget = std::numeric_limits<int64_t>::max();
  if (meanBits > 0)
    search.budget = int64_t(meanBits * double(elements));
  if (maxBytes > 0)
    search.budget = maxBytes * 8 - tables;
  std::vector<KnapsackSolution> front = solveKnapsack(search.losses, search.budget);
  if (front.empty())
    return llvm::createStringError(meanBits > 0 ? "mean-bits of " + formatNumber(meanBits) +
                                                      " is less than the narrowest widths give, which is " +
                                                      formatNumber(double(least) / double(elements))
                                                : "max-bytes of " + Twine(int64_t(maxBytes)).str() +
                                                      " is less than the narrowest widths take, which is " +
                                                      Twine((least + tables + 7) / 8).str());
  llvm::Expected<Allocation> found =
      hasBudget() ? findWithinBudget(search, std::move(front.back())) : findSmallest(search, front);
  if (!found)
    return found.takeError();
  if (!found->isGoodEnough) {
    std::string message;
    if (search.required && !search.evaluator->isAtLeast(found->metric, *search.required))
      message = (getMetricName(metric) + " " + formatNumber(*search.required) + " is not met").str();
    else
      message = "the spikes of '" + found->deviation.population + "' change by " + formatNumber(found->deviation.rate) +
                " of what they were, more than " + formatNumber(maxRateChange);
    return llvm::createStringError(message + (hasBudget() ? " within the budget" : " by the widest widths") +
                                   ", which gives " + getMetricName(metric) + " " + formatNumber(found->metric));
  }
  write(network, search, *found);
  return llvm::Error::success();
}

/// Scales of one group as an attribute: one, or one for each output.
static Attribute makeScales(Builder &b, ArrayRef<WeightGrid> grids) {
  SmallVector<double> scales = llvm::map_to_vector(grids, [](const WeightGrid &grid) { return grid.scale; });
  if (llvm::all_equal(scales))
    scales.resize(1);
  return DenseElementsAttr::get(RankedTensorType::get({int64_t(scales.size())}, b.getF64Type()), ArrayRef(scales));
}

void AllocateBits::write(NetworkOp network, Search &search, Allocation &allocation) {
  Builder b(network.getContext());
  ArrayRef<WeightTensor> tensors = search.quantizer->getTensors();
  SmallVector<WeightTensor> rounded = getWeightTensors(allocation.getNetwork());
  int64_t elements = 0, bits = 0, packed = 0;
  for (auto [group, choice, widths] :
       llvm::zip_equal(search.quantizer->getGroups(), allocation.choices, search.widths)) {
    elements += group.elements;
    bits += group.elements * int64_t(widths[choice]);
    bool isExponent = powersOfTwo || tensors[group.tensor].isInteger();
    packed += group.scales * (isExponent ? kExponentBits : kScaleBits);
    remark::passed(tensors[group.tensor].op->getLoc(),
                   remark::RemarkOpts::name("Width").category("bits").function(group.name))
        << remark::metric("Bits", int64_t(widths[choice])) << remark::metric("Elements", group.elements)
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
  double mean = double(bits) / double(elements);
  int64_t bytes = (bits + packed + 7) / 8;
  network->setAttr(kBitsAttr, b.getDictionaryAttr({
                                  b.getNamedAttr("after", b.getF64FloatAttr(allocation.metric)),
                                  b.getNamedAttr("before", b.getF64FloatAttr(search.before)),
                                  b.getNamedAttr("dataset", b.getStringAttr(search.evaluator->getData().getName())),
                                  b.getNamedAttr("deviation", b.getF64FloatAttr(allocation.deviation.output)),
                                  b.getNamedAttr("engine", b.getStringAttr(engine)),
                                  b.getNamedAttr("mean_bits", b.getF64FloatAttr(mean)),
                                  b.getNamedAttr("metric", b.getStringAttr(getMetricName(metric))),
                                  b.getNamedAttr("packed_bytes", b.getI64IntegerAttr(bytes)),
                                  b.getNamedAttr("predicted", b.getF64FloatAttr(allocation.predicted)),
                                  b.getNamedAttr("samples", b.getI64IntegerAttr(search.evaluator->getSamples())),
                              }));
  remark::passed(network.getLoc(), remark::RemarkOpts::name("Allocated").category("bits"))
      << remark::metric("Network", network.getName()) << remark::metric("MeanBits", mean)
      << remark::metric("PackedBytes", bytes) << remark::metric("Metric", getMetricName(metric))
      << remark::metric("Before", search.before) << remark::metric("After", allocation.metric)
      << remark::metric("Deviation", allocation.deviation.output)
      << remark::metric("Samples", search.evaluator->getSamples());
}
