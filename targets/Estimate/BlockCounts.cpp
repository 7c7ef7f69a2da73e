//===- BlockCounts.cpp - how often machine code is executed ---------------===//
#include "targets/Estimate/BlockCounts.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/Transforms/Utils/SampleProfileInference.h"

using namespace llvm;
using namespace lle;

namespace {
/// The graph of a procedure as LLVM's inference takes it: only what can be reached, behind an entry of its own, because
/// the first block may be a loop.
class Flow {
public:
  Flow(const MachineProcedure &procedure, const BlockProfile &profile) : procedure(procedure), profile(profile) {
    findSources();
  }
  Counts infer();

private:
  const MachineProcedure &procedure;
  const BlockProfile &profile;
  std::vector<std::optional<unsigned>> places; ///< Of blocks in the graph.
  std::vector<StringRef> sources;              ///< The blocks of IR that machine blocks came from.
  FlowFunction graph;
  StringMap<SmallVector<unsigned, 2>> heads; ///< Of blocks of IR: the machine blocks that others lead to.

  void findSources();
  void addBlocks();
  void addJump(unsigned from, unsigned to) {
    FlowJump &jump = graph.Jumps.emplace_back();
    jump.Source = from;
    jump.Target = to;
  }
  void addWeights();
  void addPipelined(Counts &counts) const;
  StringRef getSource(unsigned block) const { return sources[block]; }
  bool isLoop(unsigned block) const { return is_contained(procedure.blocks[block].successors, block); }
};
} // namespace

/// What code generation makes of selections may have no block of IR: where all blocks around are of one, so is it.
void Flow::findSources() {
  std::vector<SmallVector<unsigned, 4>> neighbours(procedure.blocks.size());
  for (auto [index, block] : llvm::enumerate(procedure.blocks)) {
    sources.push_back(block.source);
    for (unsigned successor : block.successors) {
      neighbours[index].push_back(successor);
      neighbours[successor].push_back(index);
    }
  }
  std::vector<bool> isDone(procedure.blocks.size());
  for (unsigned first = 0; first < sources.size(); ++first) {
    if (isDone[first] || !sources[first].empty())
      continue;
    SmallVector<unsigned> together{first}; // one selection may follow another
    SmallSetVector<StringRef, 2> around;
    isDone[first] = true;
    for (size_t next = 0; next < together.size(); ++next)
      for (unsigned neighbour : neighbours[together[next]])
        if (!sources[neighbour].empty())
          around.insert(sources[neighbour]);
        else if (!isDone[neighbour]) {
          isDone[neighbour] = true;
          together.push_back(neighbour);
        }
    if (around.size() == 1)
      for (unsigned block : together)
        sources[block] = around.front();
  }
}

void Flow::addBlocks() {
  places.resize(procedure.blocks.size());
  graph.Blocks.emplace_back().Index = 0;
  std::vector<unsigned> order;
  auto add = [&](unsigned block) {
    if (places[block])
      return;
    places[block] = graph.Blocks.size();
    graph.Blocks.emplace_back().Index = *places[block];
    order.push_back(block);
  };
  add(0);
  addJump(0, *places[0]);
  for (size_t next = 0; next < order.size(); ++next) { // grows
    for (unsigned successor : procedure.blocks[order[next]].successors) {
      add(successor);
      addJump(*places[order[next]], *places[successor]);
    }
  }
  for (FlowJump &jump : graph.Jumps) { // they move no more
    graph.Blocks[jump.Source].SuccJumps.push_back(&jump);
    graph.Blocks[jump.Target].PredJumps.push_back(&jump);
  }
}

/// A block of IR is executed as often as control comes into the machine blocks that it became from other ones. Where
/// that is one of them, its count is known.
void Flow::addWeights() {
  std::vector<bool> isHead(procedure.blocks.size());
  isHead[0] = true;
  for (auto [index, block] : llvm::enumerate(procedure.blocks))
    for (unsigned successor : block.successors)
      if (places[index] && (getSource(successor) != getSource(index) || successor == index))
        isHead[successor] = true;
  for (unsigned block = 0; block < procedure.blocks.size(); ++block)
    if (places[block] && isHead[block])
      heads[getSource(block)].push_back(block);
  auto setWeight = [&](FlowBlock &block, uint64_t weight) {
    block.HasUnknownWeight = false;
    block.Weight = weight;
  };
  for (const auto &entry : heads) {
    auto known = profile.counts.find(entry.getKey());
    if (known != profile.counts.end() && entry.getValue().size() == 1)
      setWeight(graph.Blocks[*places[entry.getValue().front()]], known->second);
  }
  // The first block is entered as often as the function's first block of IR, unless that is a loop.
  FlowBlock &first = graph.Blocks[1];
  if (!first.HasUnknownWeight && first.PredJumps.size() == 1)
    setWeight(graph.Blocks[0], first.Weight);
}

/// A loop of one block that was pipelined has its first iterations begun in copies before it, and its last ones
/// finished in copies behind it. It begins those that they do not; nothing else depends on how often it repeats itself.
void Flow::addPipelined(Counts &counts) const {
  for (const auto &entry : heads) {
    auto known = profile.counts.find(entry.getKey());
    auto loop = find_if(entry.getValue(), [&](unsigned block) { return isLoop(block); });
    if (known == profile.counts.end() || entry.getValue().size() == 1 || loop == entry.getValue().end())
      continue;
    std::vector<unsigned> before{*loop}; // copies that lead to it, and itself
    for (size_t next = 0; next < before.size(); ++next)
      for (unsigned block = 0; block < procedure.blocks.size(); ++block)
        if (places[block] && getSource(block) == entry.getKey() && !is_contained(before, block) &&
            is_contained(procedure.blocks[block].successors, before[next]))
          before.push_back(block);
    uint64_t begun = 0;
    for (unsigned block : ArrayRef(before).drop_front())
      begun += counts[block];
    bool isPipelined =
        before.size() > 1 && none_of(ArrayRef(before).drop_front(), [&](unsigned b) { return isLoop(b); });
    if (isPipelined && known->second > begun)
      counts[*loop] = known->second - begun;
  }
}

Counts Flow::infer() {
  addBlocks();
  addWeights();
  ProfiParams parameters;
  parameters.EvenFlowDistribution = parameters.RebalanceUnknown = parameters.JoinIslands = true;
  // What was counted is to be believed, whether it is more or less.
  parameters.CostBlockInc = parameters.CostBlockDec = 10;
  parameters.CostBlockZeroInc = 11;
  parameters.CostBlockEntryInc = parameters.CostBlockEntryDec = 40;
  applyFlowInference(parameters, graph);
  Counts counts;
  for (const std::optional<unsigned> &place : places)
    counts.push_back(place ? graph.Blocks[*place].Flow : 0);
  addPipelined(counts);
  return counts;
}

Counts lle::inferCounts(const MachineProcedure &procedure, const BlockProfile &profile) {
  return Flow(procedure, profile).infer();
}
