//===- Cost.cpp - work as time and energy ---------------------------------===//
#include "targets/Estimate/Cost.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

#include <limits>

using namespace lle;
using llvm::formatv;

static constexpr double kInfinity = std::numeric_limits<double>::infinity();
static constexpr const char *kAssumed = "assumed", *kDerived = "derived";

EmittedCostModel::EmittedCostModel(const Estimate &estimate, const Target &target)
    : estimate(estimate), target(target), memory(target.getCycles("memory_factor")), energy(target.getEnergy("cycle")) {
  instructions = {kDerived, "the shortest and the longest path through the emitted code"};
  if (estimate.hasProfile)
    instructions.basis = formatv("blocks that {0} samples of {1} ({2} steps) execute, with their emitted instructions",
                                 estimate.samples, estimate.dataset, estimate.steps);
  else if (!estimate.hasMost)
    instructions.basis = "the shortest path through the emitted code; the longest has no limit: " + estimate.unbounded;
  if (!estimate.obstacle.empty())
    instructions.basis += "; no profile: " + estimate.obstacle;

  if (estimate.hasModel) {
    cycles = {kDerived, "LLVM's scheduling model of " + estimate.cpu + ", memory that does not wait"};
    if (estimate.unmodelled > 0)
      cycles.basis += formatv("; {0:P1} of the instructions are not in it, and are taken as one", estimate.unmodelled);
  } else if ((perInstruction = target.getCycles("instruction"))) {
    cycles = {perInstruction->provenance, formatv("{0:F1} to {1:F1} cycles an instruction: {2}", perInstruction->low,
                                                  perInstruction->high, perInstruction->source)};
  } else {
    cycles.basis = "LLVM has no scheduling model of " + estimate.cpu +
                   ", and the target's file has no cycles of an "
                   "'instruction'";
  }
  auto join = [](const Evidence &first, const CostFigure *figure, const std::string &basis) {
    bool isAssumed = first.provenance == kAssumed || (figure && figure->provenance == kAssumed);
    return Evidence{isAssumed ? kAssumed : kDerived, basis};
  };
  if (cycles.provenance.empty())
    ms.basis = "there are no cycles";
  else if (target.clockHz == 0)
    ms.basis = "the target's file has no clock_hz";
  else
    ms = join(cycles, memory, formatv("cycles at {0:F0} MHz", double(target.clockHz) / 1e6));
  if (!ms.provenance.empty())
    ms.basis += memory ? formatv(", times {0:F2} to {1:F2} for memory ({2}): {3}", memory->low, memory->high,
                                 memory->provenance, memory->source)
                             .str()
                       : ", memory that does not wait";
  if (ms.provenance.empty())
    mJ.basis = "there is no time";
  else if (!energy)
    mJ.basis = "the target's file has no energy_pj of a 'cycle'";
  else
    mJ = join(ms, energy,
              formatv("{0:F0} to {1:F0} pJ a cycle ({2}): {3}", energy->low, energy->high, energy->provenance,
                      energy->source));
}

std::optional<Figure> EmittedCostModel::getCycles(const Work &least, const Work &most, bool isOne) const {
  if (cycles.provenance.empty())
    return std::nullopt;
  if (!perInstruction)
    return Figure{isOne ? std::optional(most.cycles) : std::nullopt, least.cycles, most.cycles};
  Figure figure{std::nullopt, least.instructions * perInstruction->low, most.instructions * perInstruction->high};
  if (isOne)
    figure.value = most.instructions * perInstruction->value;
  return figure;
}

static Figure multiply(const Figure &figure, double value, double low, double high) {
  return {figure.value ? std::optional(*figure.value * value) : std::nullopt, figure.low * low, figure.high * high};
}

/// Time and energy from cycles.
Cost EmittedCostModel::finish(Cost cost) const {
  if (!cost.cycles || ms.provenance.empty())
    return cost;
  Figure waiting = memory ? multiply(*cost.cycles, memory->value, memory->low, memory->high) : *cost.cycles;
  double period = 1e3 / double(target.clockHz);
  cost.ms = multiply(waiting, period, period, period);
  if (energy)
    cost.mJ = multiply(waiting, energy->value * 1e-9, energy->low * 1e-9, energy->high * 1e-9);
  return cost;
}

Cost EmittedCostModel::getCost(const NodeWork &work) const {
  Cost cost;
  const Work &least = estimate.hasProfile ? work.mean : work.least;
  const Work &most = estimate.hasProfile ? work.mean : work.most;
  if (!estimate.hasProfile && !estimate.hasMost)
    return cost;
  Work limit = most;
  bool isWhole = llvm::all_of(estimate.helpers, [](const HelperCalls &helper) { return helper.isKnown; });
  if (!isWhole) // there is more, nobody knows how much
    limit = {kInfinity, kInfinity};
  bool isOne = least.instructions == limit.instructions;
  cost.instructions =
      Figure{isOne ? std::optional(limit.instructions) : std::nullopt, least.instructions, limit.instructions};
  cost.cycles = getCycles(least, limit, isOne);
  return finish(cost);
}

Cost EmittedCostModel::getMost(const NodeWork &work) const {
  Cost cost;
  if (!estimate.hasMost)
    return cost;
  cost.instructions = Figure{work.most.instructions, work.most.instructions, work.most.instructions};
  cost.cycles = getCycles(work.most, work.most, /*isOne=*/true);
  return finish(cost);
}

Cost lle::scale(const Cost &cost, double steps) {
  Cost scaled = cost;
  for (std::optional<Figure> Cost::*figure : {&Cost::instructions, &Cost::cycles, &Cost::ms, &Cost::mJ})
    if (scaled.*figure)
      scaled.*figure = multiply(*(scaled.*figure), steps, steps, steps);
  return scaled;
}
