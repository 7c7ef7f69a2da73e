//===- TableLoops.cpp - loops that count to entries of tables -------------===//
#include "targets/Estimate/TableLoops.h"

#include "llvm/Analysis/ConstantFolding.h"
#include "llvm/Analysis/ScalarEvolutionExpressions.h"
#include "llvm/IR/CFG.h"
#include "llvm/IR/Instructions.h"

using namespace llvm;
using namespace lle;

/// Iterations of an outer loop that are gone through: more rows than networks of small machines have.
static constexpr unsigned kMaxIterations = 1 << 14;

namespace {
/// What is constant in one iteration of a loop after the other, and where control goes.
class Replay {
public:
  Replay(const Loop &around, const LoopInfo &info) : around(around), info(info) {
    for (PHINode &phi : around.getHeader()->phis())
      if (auto *start = dyn_cast<Constant>(phi.getIncomingValueForBlock(around.getLoopPredecessor())))
        known[&phi] = start;
  }

  /// Null for what is not constant.
  Constant *evaluate(Value *value);
  /// Whether this iteration goes from one block to the other; none where that is not known.
  std::optional<bool> isTaken(const BasicBlock *from, const BasicBlock *to);
  void advance();

private:
  const Loop &around;
  const LoopInfo &info;
  DenseMap<const Value *, Constant *> known; ///< In this iteration.
  DenseMap<const BasicBlock *, std::optional<bool>> reached;

  std::optional<bool> isReached(const BasicBlock *block);
  Constant *choose(PHINode &phi);
  Constant *fold(Instruction &instruction);
};
} // namespace

/// Only blocks of this loop's own: what nested ones do is not gone through. Without them and the jump back there is no
/// cycle to come back to the block by.
std::optional<bool> Replay::isReached(const BasicBlock *block) {
  if (block == around.getHeader())
    return true;
  if (info.getLoopFor(block) != &around)
    return std::nullopt;
  auto found = reached.find(block);
  if (found != reached.end())
    return found->second;
  std::optional<bool> result = false;
  for (const BasicBlock *before : predecessors(block)) {
    std::optional<bool> taken = isTaken(before, block);
    if (taken == true || (!taken && result == false))
      result = taken;
    if (result == true)
      break;
  }
  reached[block] = result;
  return result;
}

std::optional<bool> Replay::isTaken(const BasicBlock *from, const BasicBlock *to) {
  std::optional<bool> result = isReached(from);
  if (result == false || from->getSingleSuccessor())
    return result;
  auto *branch = dyn_cast<BranchInst>(from->getTerminator());
  auto *condition = branch ? dyn_cast_or_null<ConstantInt>(evaluate(branch->getCondition())) : nullptr;
  if (!condition)
    return std::nullopt;
  return branch->getSuccessor(condition->isZero() ? 1 : 0) == to ? result : false;
}

Constant *Replay::choose(PHINode &phi) {
  for (unsigned way = 0; way < phi.getNumIncomingValues(); ++way)
    if (isTaken(phi.getIncomingBlock(way), phi.getParent()) == true)
      return evaluate(phi.getIncomingValue(way));
  return nullptr;
}

Constant *Replay::fold(Instruction &instruction) {
  // Of a nested loop's instruction there is more than one value.
  if (info.getLoopFor(instruction.getParent()) != &around)
    return nullptr;
  if (auto *phi = dyn_cast<PHINode>(&instruction))
    return phi->getParent() == around.getHeader() ? nullptr : choose(*phi);
  SmallVector<Constant *> operands;
  for (Value *operand : instruction.operands())
    if (Constant *constant = evaluate(operand))
      operands.push_back(constant);
    else
      return nullptr;
  const DataLayout &layout = instruction.getDataLayout();
  if (auto *load = dyn_cast<LoadInst>(&instruction))
    return load->isSimple() ? ConstantFoldLoadFromConstPtr(operands[0], load->getType(), layout) : nullptr;
  return ConstantFoldInstOperands(&instruction, operands, layout);
}

Constant *Replay::evaluate(Value *value) {
  if (auto *constant = dyn_cast<Constant>(value))
    return constant;
  auto *instruction = dyn_cast<Instruction>(value);
  if (!instruction)
    return nullptr;
  auto found = known.find(value);
  if (found != known.end())
    return found->second;
  Constant *result = fold(*instruction);
  known[value] = result;
  return result;
}

void Replay::advance() {
  DenseMap<const Value *, Constant *> next;
  for (PHINode &phi : around.getHeader()->phis())
    if (Constant *value = evaluate(phi.getIncomingValueForBlock(around.getLoopLatch())))
      next[&phi] = value;
  known = std::move(next);
  reached.clear();
}

std::optional<TableCount> lle::countByTables(const Loop &loop, const LoopInfo &info, ScalarEvolution &evolution) {
  const Loop *around = loop.getParentLoop();
  const SCEV *taken = evolution.getBackedgeTakenCount(&loop);
  if (!around || !around->getLoopLatch() || !around->getLoopPredecessor() || !loop.getLoopPredecessor() ||
      isa<SCEVCouldNotCompute>(taken))
    return std::nullopt;
  unsigned iterations = evolution.getSmallConstantTripCount(around);
  if (iterations == 0 || iterations > kMaxIterations)
    return std::nullopt;
  SmallVector<Value *> unknowns;
  struct Collector {
    SmallVectorImpl<Value *> &unknowns;
    bool follow(const SCEV *part) {
      if (auto *unknown = dyn_cast<SCEVUnknown>(part))
        unknowns.push_back(unknown->getValue());
      return true;
    }
    bool isDone() const { return false; }
  } collector{unknowns};
  visitAll(taken, collector);
  Replay replay(*around, info);
  TableCount count;
  bool isFirst = true;
  for (unsigned iteration = 0; iteration < iterations; ++iteration, replay.advance()) {
    if (replay.isTaken(loop.getLoopPredecessor(), loop.getHeader()) == false)
      continue;
    ValueToSCEVMapTy values;
    for (Value *unknown : unknowns)
      if (auto *value = dyn_cast_or_null<ConstantInt>(replay.evaluate(unknown)))
        values[unknown] = evolution.getConstant(value);
      else
        return std::nullopt;
    LoopToScevMapT place{{around, evolution.getConstant(Type::getInt64Ty(loop.getHeader()->getContext()), iteration)}};
    auto *now = dyn_cast<SCEVConstant>(
        SCEVParameterRewriter::rewrite(SCEVLoopAddRecRewriter::rewrite(taken, place, evolution), evolution, values));
    if (!now || now->getAPInt().getActiveBits() > 32)
      return std::nullopt;
    uint64_t repeats = now->getAPInt().getZExtValue();
    count.most = std::max(count.most, repeats + 1);
    count.least = isFirst ? repeats + 1 : std::min(count.least, repeats + 1);
    count.repeats += repeats;
    isFirst = false;
  }
  return count;
}
