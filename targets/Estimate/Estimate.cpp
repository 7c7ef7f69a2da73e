//===- Estimate.cpp - what a step executes, and how long ------------------===//
#include "targets/Estimate/Estimate.h"
#include "targets/Estimate/BlockCycles.h"
#include "targets/Estimate/Paths.h"
#include "targets/Native/NodeScopes.h"

#include <cmath>

using namespace mlir;
using namespace lle;

namespace {
/// Which end of what is known of an instruction count only within limits.
enum class Limit { Least, Mean, Most };

/// Executed blocks as work of nodes.
class WorkLedger {
public:
  WorkLedger(const MachineCode &code, BlockCycles *model) : code(code) {
    for (const MachineProcedure &procedure : code.procedures) {
      std::vector<double> &times = cycles.emplace_back();
      for (const MachineBlock &block : procedure.blocks)
        times.push_back(model ? model->measure(block.instructions) : 0);
    }
  }

  /// By the number of the label. A block's cycles are shared out as its instructions are. The profile, if there is one,
  /// says which operands of helpers are 0.
  std::vector<Work> sum(const PathCounts &counts, const Target &target, Limit limit,
                        const BlockProfile *profile = nullptr) const {
    std::vector<Work> work(code.labels.size());
    for (auto [procedure, executed, times] : llvm::zip_equal(code.procedures, counts, cycles))
      for (auto [block, count, time] : llvm::zip_equal(procedure.blocks, executed, times)) {
        for (auto [label, instructions] : block.nodes)
          work[label] +=
              {double(count) * instructions, double(count) * time * instructions / double(block.instructions.size())};
        // One cycle for each instruction of these.
        for (const auto &[label, name] : block.calls)
          if (const CostFigure *helper = code.find(name) ? nullptr : target.getHelper(name))
            addPlain(work[label], double(count) * (choose(limit, helper->low, helper->value, helper->high) -
                                                   (profile ? getSaved(*helper, target, *profile, block.source) : 0)));
        if (block.padding != 0)
          addPlain(work[block.nodes.empty() ? 0 : block.nodes.back().first],
                   double(count) * choose(limit, 0, block.padding / 2.0, block.padding));
      }
    return work;
  }

private:
  const MachineCode &code;
  std::vector<std::vector<double>> cycles;

  static double choose(Limit limit, double least, double mean, double most) {
    return limit == Limit::Least ? least : limit == Limit::Mean ? mean : most;
  }
  /// What a mean call of a helper takes less because an operand is 0.
  static double getSaved(const CostFigure &helper, const Target &target, const BlockProfile &profile,
                         StringRef source) {
    const CostFigure *withZero = target.getHelper(helper.what + ".zero");
    if (!withZero)
      return 0;
    StringRef name = helper.what;
    FloatWork work = name.contains("mul")                           ? FloatWork::Product
                     : name.contains("add") || name.contains("sub") ? FloatWork::Sum
                     : name.contains("div")                         ? FloatWork::Quotient
                                                                    : FloatWork::Conversion;
    return (helper.value - withZero->value) * profile.zeros.lookup(source)[unsigned(work)];
  }
  static void addPlain(Work &work, double instructions) { work += {instructions, instructions}; }
};

class Estimator {
public:
  Estimator(NetworkOp source, const CompiledNetwork &network, const EstimateRequest &request)
      : source(source), network(network), target(request.target), module(nameBlocks(network.code.getModule())),
        bounds(*module, network.code.getMachine()),
        code(generateMachineCode(*nameBlocks(network.code.getModule()), network.code.getMachine())),
        model(network.code.getMachine()), ledger(code, request.measuresCycles ? &model : nullptr) {}

  Estimate estimate(const Dataset *data);

private:
  NetworkOp source;
  const CompiledNetwork &network;
  const Target &target;
  std::unique_ptr<llvm::Module> module;
  LoopBounds bounds;
  MachineCode code;
  BlockCycles model;
  WorkLedger ledger;
  Estimate result;

  void addProfile(const Dataset &data);
  void addPaths();
  void addLoops();
  void addWork(ArrayRef<Work> work, Work NodeWork::*member, double factor = 1);
  void finishNodes();
};
} // namespace

void Estimator::addWork(ArrayRef<Work> work, Work NodeWork::*member, double factor) {
  for (auto [number, amount] : llvm::enumerate(work)) {
    Work scaled{amount.instructions * factor, amount.cycles * factor};
    result.nodes[number].*member += scaled;
    result.total.*member += scaled;
  }
}

void Estimator::addProfile(const Dataset &data) {
  llvm::Expected<BlockProfile> profile = profileBlocks(*module, network.package, data, !target.helpers.empty());
  if (!profile) {
    result.obstacle = llvm::toString(profile.takeError());
    return;
  }
  result.hasProfile = true;
  result.dataset = profile->dataset;
  result.samples = profile->samples;
  result.steps = profile->steps;
  PathCounts counts;
  llvm::MapVector<StringRef, double> calls;
  for (const MachineProcedure &procedure : code.procedures) {
    counts.push_back(inferCounts(procedure, *profile));
    for (auto [block, count] : llvm::zip_equal(procedure.blocks, counts.back()))
      for (const auto &[label, name] : block.calls)
        if (!code.find(name))
          calls[name] += double(count);
  }
  addWork(ledger.sum(counts, target, Limit::Mean, &*profile), &NodeWork::mean, 1.0 / double(profile->steps));
  for (auto [name, count] : calls)
    result.helpers.push_back({name.str(), count / double(profile->steps), target.getHelper(name) != nullptr});
}

void Estimator::addPaths() {
  std::string step = network.package.name + "_arena_step";
  if (auto shortest = findPath(code, step, bounds, target, PathKind::Shortest))
    addWork(ledger.sum(*shortest, target, Limit::Least), &NodeWork::least);
  else
    llvm::consumeError(shortest.takeError()); // then nothing is claimed: none at least
  llvm::Expected<PathCounts> longest = findPath(code, step, bounds, target, PathKind::Longest);
  if (!longest) {
    result.unbounded = llvm::toString(longest.takeError());
    return;
  }
  result.hasMost = true;
  addWork(ledger.sum(*longest, target, Limit::Most), &NodeWork::most);
}

void Estimator::addLoops() {
  for (const LoopBound &loop : bounds.getLoops()) {
    if (loop.most == loop.least || loop.kind == LoopBound::Table ||
        loop.function == network.package.name + "_arena_run")
      continue; // no data decide it, or it counts the steps of a sequence
    static constexpr StringLiteral kNames[] = {"a count with a limit", "", "bits of a word", "events", "unknown"};
    result.eventLoops.push_back({loop.node, kNames[unsigned(loop.kind)].str(), loop.most});
  }
}

/// In the order of the network, without those that do nothing.
void Estimator::finishNodes() {
  std::vector<NodeWork> ordered;
  auto isIdle = [](const NodeWork &node) {
    return node.mean.instructions + node.least.instructions + node.most.instructions == 0;
  };
  for (Operation &op : source.getBody().front()) {
    std::string label = getNodeLabel(&op);
    for (NodeWork &node : result.nodes)
      if (node.name == label && !isIdle(node)) {
        ordered.push_back(std::move(node));
        node = NodeWork();
      }
  }
  NodeWork &shared = ordered.emplace_back();
  for (NodeWork &node : result.nodes) {
    shared.mean += node.mean;
    shared.least += node.least;
    shared.most += node.most;
  }
  if (isIdle(shared))
    ordered.pop_back();
  result.nodes = std::move(ordered);
}

Estimate Estimator::estimate(const Dataset *data) {
  for (const std::string &label : code.labels)
    result.nodes.emplace_back().name = label;
  if (data)
    addProfile(*data);
  addPaths();
  addLoops();
  finishNodes();
  result.cpu = network.code.getMachine().getTargetCPU().str();
  result.hasModel = model.hasModel();
  uint64_t instructions = 0;
  for (const MachineProcedure &procedure : code.procedures)
    for (const MachineBlock &block : procedure.blocks)
      instructions += block.instructions.size();
  result.unmodelled = double(model.getUnmodelled()) / double(instructions);
  return std::move(result);
}

llvm::Expected<uint64_t> lle::getMostInstructions(const CompiledNetwork &network, const Target &target) {
  std::unique_ptr<llvm::Module> module = nameBlocks(network.code.getModule());
  LoopBounds bounds(*module, network.code.getMachine());
  MachineCode code = generateMachineCode(*module, network.code.getMachine());
  llvm::Expected<PathCounts> longest =
      findPath(code, network.package.name + "_arena_step", bounds, target, PathKind::Longest);
  if (!longest)
    return longest.takeError();
  double instructions = 0;
  for (const Work &work : WorkLedger(code, /*model=*/nullptr).sum(*longest, target, Limit::Most))
    instructions += work.instructions;
  return uint64_t(std::ceil(instructions));
}

Estimate lle::estimateWork(NetworkOp source, const CompiledNetwork &network, const EstimateRequest &request) {
  return Estimator(source, network, request).estimate(request.data);
}
