//===- BitSearch.cpp - widths of tensors under a budget -------------------===//
#include "passes/Precision/BitSearch.h"

#include "mlir/IR/Remarks.h"

using namespace mlir;
using namespace lle;

/// Of a scale: a float, or the exponent of a power of two.
static constexpr int64_t kScaleBits = 32, kExponentBits = 8;
/// Neighbours of an allocation that a round of repair measures.
static constexpr size_t kNeighbours = 6;
/// Of the least number that a state has on data: where states begin. A rare inhibition need not be exact.
static constexpr double kStateShares[] = {1, 0.5, 0.25};
/// Wider allocations that are tried where the smallest one costs too much.
static constexpr size_t kPricedAllocations = 16;

static NetworkOp getNetwork(ModuleOp module) { return *module.getOps<NetworkOp>().begin(); }

int64_t BitSearch::getScaleBits(const WeightGroup &group) const {
  bool isExponent = options.powersOfTwo || quantizer->getTensors()[group.tensor].isInteger();
  return group.scales * (isExponent ? kExponentBits : kScaleBits);
}

int64_t BitSearch::getSize(const WeightGroup &group, unsigned bits) const {
  if (options.memory)
    bits = options.memory->getStoredBits(bits, quantizer->getTensors()[group.tensor].type.getElementTypeBitWidth());
  return group.elements * int64_t(bits) + (options.countsScales ? getScaleBits(group) : 0);
}

llvm::Error BitSearch::measureSensitivity() {
  if (llvm::Error error = measureWeights())
    return error;
  if (llvm::Error error = measureStates())
    return error;
  return measurePayloads();
}

llvm::Expected<double> BitSearch::measureLoss(NetworkOp copy, Location loc, StringRef name, unsigned bits) const {
  llvm::Expected<Deviation> measured = deviation->measure(copy);
  if (!measured)
    return measured.takeError();
  remark::analysis(loc, remark::RemarkOpts::name("Sensitivity").category("bits").function(name))
      << remark::metric("Bits", int64_t(bits)) << remark::metric("Loss", measured->getLoss());
  return measured->getLoss();
}

llvm::Error BitSearch::measureWeights() {
  ArrayRef<WeightGroup> groups = quantizer->getGroups();
  for (auto [index, group] : llvm::enumerate(groups)) {
    const WeightTensor &tensor = quantizer->getTensors()[group.tensor];
    widths.emplace_back();
    losses.emplace_back();
    for (unsigned bits : options.widths) {
      if (tensor.isInteger() && bits > tensor.type.getElementTypeBitWidth())
        continue;
      std::vector<unsigned> alone(groups.size());
      alone[index] = bits;
      llvm::Expected<OwningOpRef<ModuleOp>> copy = quantizer->apply(alone, /*isSequential=*/false);
      if (!copy)
        return copy.takeError();
      llvm::Expected<double> loss = measureLoss(getNetwork(**copy), tensor.op->getLoc(), group.name, bits);
      if (!loss)
        return loss.takeError();
      widths.back().push_back({bits});
      losses.back().push_back({getSize(group, bits), *loss});
    }
    if (widths.back().empty())
      return llvm::createStringError("no width of '" + tensor.name + "' is among those offered: it has " +
                                     Twine(tensor.type.getElementTypeBitWidth()) + " bits");
  }
  return llvm::Error::success();
}

/// A copy of the operation's network in a module of its own.
static OwningOpRef<ModuleOp> copyNetwork(Operation *op) {
  auto network = op->getParentOfType<NetworkOp>();
  OwningOpRef<ModuleOp> module = ModuleOp::create(network.getLoc());
  module->push_back(network->clone());
  return module;
}

llvm::Error BitSearch::measureStates() {
  for (size_t index = 0; index < states.size(); ++index) {
    const PopulationState &state = states[index];
    widths.emplace_back();
    losses.emplace_back();
    auto offer = [&](OfferedWidth width, double loss) {
      widths.back().push_back(width);
      losses.back().push_back({state.elements * int64_t(width.bits), loss});
    };
    for (unsigned bits : options.stateWidths) {
      OfferedWidth best{bits};
      double least = std::numeric_limits<double>::infinity();
      for (double share : kStateShares) {
        std::vector<quant::UniformQuantizedType> alone(states.size());
        alone[index] = state.getType(bits, share);
        StatefulOpInterface op = state.op;
        OwningOpRef<ModuleOp> copy = copyNetwork(op);
        setStateTypes(getNetwork(*copy), states, alone);
        llvm::Expected<double> loss = measureLoss(getNetwork(*copy), op->getLoc(), state.name, bits);
        if (!loss)
          return loss.takeError();
        if (*loss < least)
          least = *loss, best.type = alone[index];
        if (state.least == 0)
          break; // all shares are the same
      }
      offer(best, least);
    }
    offer({state.getBits()}, 0);
  }
  return llvm::Error::success();
}

llvm::Error BitSearch::measurePayloads() {
  for (const PopulationPayload &payload : payloads) {
    widths.emplace_back();
    losses.emplace_back();
    auto offer = [&](unsigned bits, double loss) {
      widths.back().push_back({bits});
      losses.back().push_back({payload.elements * int64_t(bits), loss});
    };
    for (unsigned bits : payload.narrower) {
      StatefulOpInterface op = payload.op;
      OwningOpRef<ModuleOp> copy = copyNetwork(op);
      setPayloadWidths(getNetwork(*copy), payload, bits);
      llvm::Expected<double> loss = measureLoss(getNetwork(*copy), op->getLoc(), payload.name, bits);
      if (!loss)
        return loss.takeError();
      offer(bits, *loss);
    }
    offer(payload.bits, 0);
  }
  return llvm::Error::success();
}

std::vector<unsigned> BitSearch::getPayloadWidths(ArrayRef<unsigned> choices) const {
  std::vector<unsigned> bits;
  const size_t first = quantizer->getGroups().size() + states.size();
  for (size_t payload = 0; payload < payloads.size(); ++payload)
    bits.push_back(widths[first + payload][choices[first + payload]].bits);
  return bits;
}

std::vector<quant::UniformQuantizedType> BitSearch::getStateTypes(ArrayRef<unsigned> choices) const {
  std::vector<quant::UniformQuantizedType> types;
  const size_t groups = quantizer->getGroups().size();
  for (size_t state = 0; state < states.size(); ++state)
    types.push_back(widths[groups + state][choices[groups + state]].type);
  return types;
}

llvm::Error BitSearch::realize(BitAllocation &allocation, bool isComplete) {
  std::vector<unsigned> bits;
  for (size_t group = 0; group < quantizer->getGroups().size(); ++group)
    bits.push_back(widths[group][allocation.choices[group]].bits);
  allocation.roundings.clear();
  llvm::Expected<OwningOpRef<ModuleOp>> copy = quantizer->apply(bits, /*isSequential=*/true, &allocation.roundings);
  if (!copy)
    return copy.takeError();
  allocation.module = std::move(*copy);
  setStateTypes(allocation.getNetwork(), states, getStateTypes(allocation.choices));
  setPayloadWidths(allocation.getNetwork(), payloads, getPayloadWidths(allocation.choices));
  llvm::Expected<Deviation> measured = deviation->measure(allocation.getNetwork());
  if (!measured)
    return measured.takeError();
  allocation.deviation = *measured;
  llvm::Expected<Evaluation> evaluation = required && !isComplete
                                              ? evaluator->evaluate(allocation.getNetwork(), *required)
                                              : evaluator->evaluate(allocation.getNetwork());
  if (!evaluation)
    return evaluation.takeError();
  allocation.metric = evaluation->metric;
  bool keepsRates = options.maxRateChange == 0 || measured->rate <= options.maxRateChange;
  bool keepsMetric = !required || (evaluation->samples == evaluator->getSamples() &&
                                   evaluator->isAtLeast(evaluation->metric, *required));
  allocation.isGoodEnough = allocation.keepsRequirement = keepsRates && keepsMetric;
  if (!allocation.isGoodEnough || !options.costs.isGiven())
    return llvm::Error::success();
  llvm::Expected<std::string> excess = getExcess(allocation.getNetwork());
  if (!excess)
    return excess.takeError();
  allocation.excess = std::move(*excess);
  allocation.isGoodEnough = allocation.excess.empty();
  return llvm::Error::success();
}

llvm::Expected<std::string> BitSearch::getExcess(NetworkOp rounded) {
  llvm::Expected<Price> price = options.getPrice(rounded, *evaluator);
  if (!price)
    return price.takeError();
  if (llvm::Error error = options.costs.checkIsKnown(*price))
    return std::move(error);
  return options.costs.getExcess(*price);
}

BitAllocation BitSearch::predict(std::vector<unsigned> choices) const {
  BitAllocation allocation;
  allocation.choices = std::move(choices);
  for (auto [each, choice] : llvm::zip_equal(losses, allocation.choices)) {
    allocation.size += each[choice].size;
    allocation.predicted += each[choice].loss;
  }
  return allocation;
}

/// The best ones; of two that are predicted to be alike, that with fewer bits for what comes first.
static void keepBest(std::vector<BitAllocation> &allocations) {
  llvm::sort(allocations, [](const BitAllocation &a, const BitAllocation &b) {
    return std::tie(a.predicted, a.choices) < std::tie(b.predicted, b.choices);
  });
  if (allocations.size() > kNeighbours)
    allocations.resize(kNeighbours);
}

/// One group wider by a width, and where that is too large another one narrower: those of the smallest predicted
/// losses.
std::vector<BitAllocation> BitSearch::getNeighbours(const BitAllocation &from) const {
  std::vector<BitAllocation> neighbours;
  size_t count = from.choices.size();
  auto add = [&](size_t wider, size_t narrower) {
    std::vector<unsigned> choices = from.choices;
    ++choices[wider];
    if (narrower != wider)
      --choices[narrower];
    BitAllocation next = predict(std::move(choices));
    if (next.size <= budget)
      neighbours.push_back(std::move(next));
  };
  for (size_t wider = 0; wider < count; ++wider) {
    if (from.choices[wider] + 1 == widths[wider].size())
      continue;
    for (size_t narrower = 0; narrower < count; ++narrower)
      if (narrower == wider || from.choices[narrower] > 0)
        add(wider, narrower);
  }
  keepBest(neighbours);
  return neighbours;
}

llvm::Expected<BitAllocation> BitSearch::findWithinBudget(KnapsackSolution best) {
  BitAllocation current = predict(std::move(best.choices));
  if (llvm::Error error = realize(current, /*isComplete=*/true))
    return std::move(error);
  for (unsigned round = 0; round < options.repairs; ++round) {
    std::vector<BitAllocation> neighbours = getNeighbours(current);
    BitAllocation *better = nullptr;
    for (BitAllocation &neighbour : neighbours) {
      if (llvm::Error error = realize(neighbour, /*isComplete=*/true))
        return std::move(error);
      const BitAllocation &sofar = better ? *better : current;
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

llvm::Expected<BitAllocation> BitSearch::findSmallest(ArrayRef<KnapsackSolution> front) {
  auto make = [&](const KnapsackSolution &solution, BitAllocation &allocation) {
    allocation = predict(solution.choices);
    return realize(allocation, /*isComplete=*/false);
  };
  BitAllocation found;
  if (llvm::Error error = make(front.back(), found))
    return std::move(error);
  size_t tooSmall = 0, enough = front.size() - 1; // tooSmall: all before it.
  while (found.keepsRequirement && tooSmall < enough) {
    size_t middle = (tooSmall + enough) / 2;
    BitAllocation tried;
    if (llvm::Error error = make(front[middle], tried))
      return std::move(error);
    if (tried.keepsRequirement) {
      found = std::move(tried);
      enough = middle;
    } else {
      tooSmall = middle + 1;
    }
  }
  const size_t stride = std::max<size_t>((front.size() - enough) / kPricedAllocations, 1);
  for (size_t next = enough + stride; found.keepsRequirement && !found.isGoodEnough && next < front.size();
       next += stride) {
    BitAllocation tried;
    if (llvm::Error error = make(front[next], tried))
      return std::move(error);
    if (tried.isGoodEnough)
      found = std::move(tried);
  }
  for (unsigned round = 0; found.isGoodEnough && round < options.repairs; ++round) {
    std::vector<BitAllocation> narrower;
    for (size_t group = 0; group < found.choices.size(); ++group) {
      if (found.choices[group] == 0)
        continue;
      std::vector<unsigned> choices = found.choices;
      --choices[group];
      narrower.push_back(predict(std::move(choices)));
    }
    keepBest(narrower);
    bool isNarrower = false;
    for (BitAllocation &next : narrower) {
      if (llvm::Error error = realize(next, /*isComplete=*/false))
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
  llvm::Expected<Evaluation> evaluation = evaluator->evaluate(found.getNetwork());
  if (!evaluation)
    return evaluation.takeError();
  found.metric = evaluation->metric;
  return std::move(found);
}
