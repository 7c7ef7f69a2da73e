//===- ThresholdSearch.cpp - thresholds that leave few spikes -------------===//
#include "passes/Tuning/ThresholdSearch.h"
#include "passes/Analysis/Signals.h"
#include "passes/Analysis/Text.h"

#include "mlir/IR/Verifier.h"

#include <cmath>

using namespace mlir;
using namespace lle;

static constexpr double kFirstRatio = 1.5, kLastRatio = 1.05;
/// Permitted rates sink to this fraction, down to that of the largest one.
static constexpr double kRateRatio = 0.9, kLeastRate = 1e-3;
/// Rounds in which thresholds follow a rate, and the least step of one.
static constexpr unsigned kRounds = 16;
static constexpr double kLeastStep = 1.02;

double ThresholdCandidate::getMetric(Metric metric) const {
  Score sum;
  for (const Score &score : run.scores)
    sum += score;
  return sum.get(metric);
}

llvm::Expected<std::optional<ThresholdCandidate>> ThresholdTuner::measure(Factors factors, Part part) {
  OwningOpRef<NetworkOp> copy = network.clone();
  scaleThresholds(*copy, populations, factors);
  {
    ScopedDiagnosticHandler silence(network.getContext(), [](Diagnostic &) { return success(); });
    if (failed(verify(*copy)))
      return std::nullopt;
  }
  SmallVector<unsigned> outputs;
  for (const Population &population : getPopulations(*copy))
    outputs.push_back(addOutput(*copy, population.op->getResult(0)));
  llvm::Expected<SampleRun> run = evaluator.runSamples(*copy, part);
  if (!run)
    return run.takeError();
  ThresholdCandidate candidate{std::move(factors), {}, {}, 0};
  for (auto [population, output] : llvm::zip_equal(populations, outputs)) {
    ArrayRef<double> spikes = run->spikes[output];
    const size_t channels = population.getChannels(), perChannel = spikes.size() / channels;
    Values &rates = candidate.rates.emplace_back();
    for (size_t channel = 0; channel < channels; ++channel) {
      double sum = llvm::sum_of(spikes.slice(channel * perChannel, perChannel), 0.0);
      rates.push_back(sum / double(perChannel) / run->steps);
      candidate.cost += sum * (options.cost == SpikeCost::Spikes ? 1.0 : double(population.operations));
    }
  }
  candidate.cost /= double(std::max<size_t>(run->scores.size(), 1));
  candidate.run = std::move(*run);
  return std::move(candidate);
}

bool ThresholdTuner::isGoodEnough(const ThresholdCandidate &candidate) const {
  return requirement.isMet(path.front().run.scores, candidate.run.scores, options.confidence);
}

bool ThresholdTuner::isReached() const {
  return options.reduce > 0 && path.back().cost <= path.front().cost * (1 - options.reduce);
}

SmallVector<SmallVector<ThresholdTuner::Factors>> ThresholdTuner::getMoves(double ratio) const {
  SmallVector<SmallVector<Factors>> moves;
  const ThresholdCandidate &best = path.back();
  for (auto [index, population] : llvm::enumerate(populations)) {
    for (size_t channel = 0; channel < best.factors[index].thresholds.size(); ++channel) {
      if (best.rates[index][channel] == 0 && options.granularity == ThresholdGranularity::Channel)
        continue; // silent already
      Factors up = best.factors;
      up[index].thresholds[channel] *= ratio;
      moves.push_back({up});
      if (options.granularity == ThresholdGranularity::Channel || population.balance == Balance::None)
        continue;
      if (population.balance == Balance::Weights)
        up[index].weights *= ratio;
      for (unsigned behind : population.behind)
        up[behind].thresholds[0] /= ratio;
      moves.back().push_back(std::move(up));
    }
  }
  return moves;
}

llvm::Error ThresholdTuner::search() {
  for (double ratio = kFirstRatio; ratio >= kLastRatio && !isReached(); ratio = std::sqrt(ratio)) {
    for (bool improves = true; improves && !isReached();) {
      improves = false;
      // Moves are made from the best network so far, which the moves before may have changed.
      const size_t count = getMoves(ratio).size();
      for (size_t index = 0; index < count && !isReached(); ++index) {
        SmallVector<SmallVector<Factors>> moves = getMoves(ratio);
        if (index >= moves.size())
          break;
        std::optional<ThresholdCandidate> cheapest;
        for (Factors &move : moves[index]) {
          llvm::Expected<std::optional<ThresholdCandidate>> candidate = measure(std::move(move));
          if (!candidate)
            return candidate.takeError();
          double cost = cheapest ? cheapest->cost : path.back().cost;
          if (*candidate && (*candidate)->cost < cost && isGoodEnough(**candidate))
            cheapest = std::move(*candidate);
        }
        if (!cheapest)
          continue;
        improves = true;
        path.push_back(std::move(*cheapest));
      }
    }
  }
  return llvm::Error::success();
}

/// The cheapest network known raised until no rate is above the limit.
llvm::Expected<std::optional<ThresholdCandidate>> ThresholdTuner::limitRates(double limit) {
  std::optional<ThresholdCandidate> candidate = path.back();
  for (unsigned round = 0; candidate && round < kRounds; ++round) {
    Factors factors = candidate->factors;
    bool isAbove = false;
    for (auto [factor, rates] : llvm::zip_equal(factors, candidate->rates)) {
      const size_t perFactor = rates.size() / factor.thresholds.size();
      for (auto [index, threshold] : llvm::enumerate(factor.thresholds)) {
        double rate = llvm::sum_of(ArrayRef(rates).slice(index * perFactor, perFactor), 0.0) / double(perFactor);
        if (rate <= limit)
          continue;
        isAbove = true;
        // Rates of leaky neurons sink faster than thresholds rise.
        threshold *= std::max(std::sqrt(rate / std::max(limit, kLeastRate)), kLeastStep);
      }
    }
    if (!isAbove)
      break;
    llvm::Expected<std::optional<ThresholdCandidate>> next = measure(std::move(factors));
    if (!next)
      return next.takeError();
    candidate = std::move(*next);
  }
  return std::move(candidate);
}

llvm::Error ThresholdTuner::raiseToPercentile() {
  double largest = 0;
  for (const Values &rates : path.front().rates)
    for (double rate : rates)
      largest = std::max(largest, rate);
  const bool isFixed = options.percentile > 0;
  for (double limit = isFixed ? 1 - options.percentile / 100 : largest * kRateRatio;
       isFixed || (limit >= largest * kLeastRate && largest > 0 && !isReached()); limit *= kRateRatio) {
    llvm::Expected<std::optional<ThresholdCandidate>> candidate = limitRates(limit);
    if (!candidate)
      return candidate.takeError();
    if (!*candidate || !isGoodEnough(**candidate)) {
      if (isFixed && *candidate)
        return llvm::createStringError("percentile " + formatNumber(options.percentile) + " does not keep the " +
                                       getMetricName(requirement.evaluation.metric) + ": it is " +
                                       formatNumber((*candidate)->getMetric(requirement.evaluation.metric)) + " of " +
                                       formatNumber(path.front().getMetric(requirement.evaluation.metric)));
      break;
    }
    if ((*candidate)->cost < path.back().cost)
      path.push_back(std::move(**candidate));
    if (isFixed)
      break;
  }
  return llvm::Error::success();
}

llvm::Error ThresholdTuner::confirm() {
  if (evaluator.getHeldOutSamples() == 0)
    return llvm::Error::success();
  while (true) {
    llvm::Expected<std::optional<ThresholdCandidate>> checked = measure(path.back().factors, Part::HeldOut);
    if (!checked)
      return checked.takeError();
    heldOut = std::move((*checked)->run);
    if (path.size() == 1 || requirement.isMet(firstHeldOut.scores, heldOut.scores, options.confidence))
      return llvm::Error::success();
    path.pop_back();
  }
}

llvm::Error ThresholdTuner::fail() const {
  const Metric metric = requirement.evaluation.metric;
  return llvm::createStringError(
      (options.cost == SpikeCost::Spikes ? "spikes" : "operations") + Twine(" cannot be reduced by ") +
      formatNumber(options.reduce) + " with " + getMetricName(metric) + " " +
      formatNumber(requirement.getBound(path.front().getMetric(metric))) + "; the nearest is " +
      formatNumber(1 - path.back().cost / path.front().cost) + ", with " + formatNumber(path.back().getMetric(metric)));
}

llvm::Error ThresholdTuner::run() {
  const Metric metric = requirement.evaluation.metric;
  Factors ones(populations.size());
  for (auto [factor, population] : llvm::zip_equal(ones, populations))
    if (options.granularity == ThresholdGranularity::Channel)
      factor.thresholds.assign(population.getChannels(), 1);
  llvm::Expected<std::optional<ThresholdCandidate>> first = measure(ones);
  if (!first)
    return first.takeError();
  path.push_back(std::move(**first));
  if (llvm::Expected<Baseline> before = checkBaseline(path.front().getMetric(metric), evaluator, requirement); !before)
    return before.takeError();
  if (evaluator.getHeldOutSamples() != 0) {
    llvm::Expected<std::optional<ThresholdCandidate>> held = measure(ones, Part::HeldOut);
    if (!held)
      return held.takeError();
    firstHeldOut = std::move((*held)->run);
  }
  llvm::Error error = options.method == ThresholdSearch::Coordinates ? search() : raiseToPercentile();
  if (error)
    return error;
  if (llvm::Error error = confirm())
    return error;
  return options.reduce > 0 && !isReached() ? fail() : llvm::Error::success();
}
