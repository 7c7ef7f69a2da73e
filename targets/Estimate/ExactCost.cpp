//===- ExactCost.cpp - a cost model that sees emitted code ----------------===//
#include "targets/Estimate/ExactCost.h"
#include "passes/Analysis/SynapseChoice.h"
#include "targets/Estimate/Cost.h"
#include "targets/Native/MemoryUse.h"
#include "targets/Native/NodeScopes.h"

#include "mlir/IR/IRMapping.h"
#include "llvm/Support/FormatVariadic.h"

#include <cmath>

using namespace mlir;
using namespace lle;

namespace {
/// The part of a data set that the activity was measured on.
class FirstSteps final : public Dataset {
public:
  FirstSteps(const Dataset &data, int64_t samples, std::optional<int64_t> steps)
      : data(data), samples(samples), steps(steps) {}
  std::string getName() const override { return data.getName(); }
  int64_t getSamples() const override { return samples; }
  int64_t getSteps(int64_t sample) const override {
    return std::min(data.getSteps(sample), steps.value_or(data.getSteps(sample)));
  }
  llvm::Error getStep(int64_t sample, int64_t step, std::vector<Values> &inputs) const override {
    return data.getStep(sample, step, inputs);
  }

private:
  const Dataset &data;
  const int64_t samples;
  const std::optional<int64_t> steps;
};

class ExactModel final : public CostModel {
public:
  explicit ExactModel(Target target) : target(std::move(target)) {}
  llvm::Expected<NetworkCost> getCost(NetworkOp network, const CostBasis &basis) const override;
  WeightForm getWeightForm() const override { return target.weights; }

private:
  const Target target;

  void addCosts(NetworkCost &cost, const Estimate &estimate) const;
  void addNotes(NetworkCost &cost, const EmittedCostModel &model, const Estimate &estimate) const;
};
} // namespace

/// A copy whose synapses know how active their inputs are: kernels are chosen by it.
static OwningOpRef<NetworkOp> copyWithActivity(NetworkOp network, const Activity *activity) {
  IRMapping mapping;
  OwningOpRef<NetworkOp> copy = cast<NetworkOp>(network->clone(mapping));
  if (!activity)
    return copy;
  Activity copied = *activity;
  copied.signals.clear();
  for (const auto &[value, range] : activity->signals)
    if (Value twin = mapping.lookupOrNull(value))
      copied.signals[twin] = range;
  writeActivity(*copy, copied);
  return copy;
}

/// Where only limits are known, the upper one; nothing where there is none.
static std::optional<CostQuantity> makeQuantity(const std::optional<Figure> &figure, const Evidence &evidence) {
  if (!figure || std::isinf(figure->high))
    return std::nullopt;
  return CostQuantity{figure->value.value_or(figure->high), figure->low, figure->high,
                      evidence.provenance == "assumed"};
}

void ExactModel::addCosts(NetworkCost &cost, const Estimate &estimate) const {
  EmittedCostModel model(estimate, target);
  for (OperationCost &each : cost.operations) {
    auto node = llvm::find_if(estimate.nodes,
                              [label = getNodeLabel(each.op)](const NodeWork &node) { return node.name == label; });
    // What the compiler fused or folded away takes nothing of its own.
    Cost own = model.getCost(node == estimate.nodes.end() ? NodeWork() : *node);
    each.cycles = makeQuantity(own.cycles, model.cycles);
    each.ms = makeQuantity(own.ms, model.ms);
    each.mJ = makeQuantity(own.mJ, model.mJ);
    each.gap.clear();
  }
  Cost step = model.getCost(estimate.total), inference = scale(step, cost.steps);
  cost.cycles = makeQuantity(step.cycles, model.cycles);
  cost.ms = makeQuantity(inference.ms, model.ms);
  cost.mJ = makeQuantity(inference.mJ, model.mJ);
  addNotes(cost, model, estimate);
}

void ExactModel::addNotes(NetworkCost &cost, const EmittedCostModel &model, const Estimate &estimate) const {
  for (const CostFigure *figure : {estimate.hasModel ? nullptr : target.getCycles("instruction"),
                                   target.getCycles("memory_factor"), target.getEnergy("cycle")})
    if (figure)
      cost.figures.push_back(*figure);
  auto add = [&](StringRef what, const Evidence &evidence) {
    cost.notes.push_back((what + ": " + (evidence.provenance.empty() ? "none, " : "") + evidence.basis).str());
  };
  add("instructions", model.instructions);
  add("cycles", model.cycles);
  if (!cost.cycles)
    for (const HelperCalls &helper : estimate.helpers)
      if (!helper.isKnown)
        cost.notes.push_back("the code calls '" + helper.name + "', and nobody says what a call executes");
  cost.notes.push_back(
      "a step does what no operation does alone: it is in the totals; flash holds parameters and code; "
      "RAM holds states, scratch, stack and ports");
}

llvm::Expected<NetworkCost> ExactModel::getCost(NetworkOp network, const CostBasis &basis) const {
  OwningOpRef<NetworkOp> copy = copyWithActivity(network, basis.activity);
  SynapseRequest request;
  request.lanes = target.lanes;
  request.costs = target.synapseCosts;
  if (failed(chooseSynapses(*copy, request)))
    return llvm::createStringError("its synapses have no kernel");
  CompileOptions options;
  options.nodeScopes = true;
  FailureOr<CompiledNetwork> compiled = compileNetwork(*copy, target, options);
  if (failed(compiled))
    return llvm::createStringError("it cannot be compiled for '" + target.name + "'");
  FailureOr<MemoryUse> memory = measureMemory(*compiled, *network.getContext());
  if (failed(memory))
    return llvm::createStringError("the memory that it takes is not known");
  std::optional<FirstSteps> data;
  if (basis.data && basis.activity)
    data.emplace(*basis.data, basis.activity->samples, network.getSteps());
  NetworkCost cost = countWork(network, basis.activity, /*isNeuromorphic=*/false, target.getVectorLanes());
  cost.target = target.name;
  cost.model = "exact";
  addCosts(cost, estimateWork(*copy, *compiled, {target, data ? &*data : nullptr}));
  double flash = double(memory->total.parameters + memory->total.code);
  double ram = double(memory->arena + memory->stack + memory->ports);
  cost.flashBytes = {flash, flash, flash};
  cost.ramBytes = {ram, ram, ram};
  return cost;
}

void lle::registerExactCostModel() {
  registerCostModel("exact", [](StringRef name, MLIRContext &context) -> llvm::Expected<std::unique_ptr<CostModel>> {
    FailureOr<Target> target = getTarget(name, context);
    if (failed(target) || failed(checkHasCode(*target, context)))
      return std::unique_ptr<CostModel>();
    return std::make_unique<ExactModel>(std::move(*target));
  });
}
