//===- LoopBounds.cpp - how often loops may run ---------------------------===//
#include "targets/Estimate/LoopBounds.h"
#include "targets/Estimate/HostVectors.h"
#include "targets/Estimate/TableLoops.h"

#include "llvm/Analysis/LoopInfo.h"
#include "llvm/Analysis/ScalarEvolution.h"
#include "llvm/Analysis/ScalarEvolutionExpressions.h"
#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/PatternMatch.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Support/MathExtras.h"

using namespace llvm;
using namespace lle;
using namespace llvm::PatternMatch;

namespace {
/// An upper bound of a number that is not negative; none where there is no proof.
using Bound = std::optional<uint64_t>;

Bound add(Bound a, Bound b) {
  bool overflows = false;
  uint64_t sum = a && b ? SaturatingAdd(*a, *b, &overflows) : 0;
  return a && b && !overflows ? Bound(sum) : std::nullopt;
}

Bound multiply(Bound a, Bound b) {
  bool overflows = false;
  uint64_t product = a && b ? SaturatingMultiply(*a, *b, &overflows) : 0;
  return a && b && !overflows ? Bound(product) : std::nullopt;
}

/// Bounds of the loops of one function.
class FunctionBounds {
public:
  FunctionBounds(Function &function, LoopInfo &info, ScalarEvolution &evolution)
      : layout(function.getDataLayout()), info(info), evolution(evolution) {}

  LoopBound describe(const Loop &loop);

private:
  const DataLayout &layout;
  LoopInfo &info;
  ScalarEvolution &evolution;
  DenseMap<const Loop *, LoopBound> known;
  SmallPtrSet<const Value *, 8> visited; ///< Numbers whose bound is being looked for.

  LoopBound find(const Loop &loop);
  Bound countBits(const Loop &loop);
  Bound countStrips(const Loop &loop);
  Bound getMost(const SCEV *expression);
  Bound getMost(Value *value);
  Bound getMostOfSum(PHINode *sum, const Loop &loop);
  Bound getMostAdded(Value *value, PHINode *sum, const Loop &loop);
  Bound getMostByBits(Value *value);
};
} // namespace

/// A word of which each iteration takes one bit: the most that its bits can be.
Bound FunctionBounds::countBits(const Loop &loop) {
  const BasicBlock *latch = loop.getLoopLatch(), *before = loop.getLoopPredecessor();
  if (!latch || !before)
    return std::nullopt;
  for (PHINode &word : loop.getHeader()->phis()) {
    Value *next = word.getIncomingValueForBlock(latch);
    if (!match(next, m_c_And(m_Specific(&word), m_c_Add(m_Specific(&word), m_AllOnes()))))
      continue;
    // The loop ends where no bit is left.
    bool isTested = false;
    SmallVector<BasicBlock *> exits;
    loop.getExitingBlocks(exits);
    for (BasicBlock *exit : exits) {
      Value *tested;
      if (!match(exit->getTerminator(), m_Br(m_ICmp(m_Value(tested), m_Zero()), m_BasicBlock(), m_BasicBlock())) ||
          !cast<ICmpInst>(cast<BranchInst>(exit->getTerminator())->getCondition())->isEquality())
        continue;
      isTested |= tested == next || tested == &word;
    }
    if (!isTested)
      continue;
    Value *first = word.getIncomingValueForBlock(before);
    // Where the word itself is tested, the test that finds none is one more.
    bool isTop = match(loop.getHeader()->getTerminator(),
                       m_Br(m_ICmp(m_Specific(&word), m_Zero()), m_BasicBlock(), m_BasicBlock()));
    KnownBits bits = computeKnownBits(first, layout);
    return bits.getBitWidth() - bits.Zero.popcount() + (isTop ? 1 : 0);
  }
  return std::nullopt;
}

/// Iterations over a constant number of elements, each of as many as the processor takes at once, until none is left.
Bound FunctionBounds::countStrips(const Loop &loop) {
  const BasicBlock *latch = loop.getLoopLatch(), *before = loop.getLoopPredecessor();
  if (!latch || !before || latch != loop.getExitingBlock())
    return std::nullopt;
  for (PHINode &left : loop.getHeader()->phis()) {
    auto *first = dyn_cast<ConstantInt>(left.getIncomingValueForBlock(before));
    Value *next = left.getIncomingValueForBlock(latch), *taken;
    if (!first || !match(next, m_Sub(m_Specific(&left), m_ZExtOrSelf(m_Value(taken)))) ||
        !match(taken, m_Intrinsic<Intrinsic::experimental_get_vector_length>(m_Specific(&left))) ||
        !match(latch->getTerminator(), m_Br(m_SpecificICmp(ICmpInst::ICMP_EQ, m_Specific(next), m_Zero()),
                                            m_BasicBlock(), m_SpecificBB(loop.getHeader()))))
      continue;
    if (uint64_t lanes = getMostLanes(*cast<IntrinsicInst>(taken)))
      return divideCeil(first->getZExtValue(), lanes);
  }
  return std::nullopt;
}

LoopBound FunctionBounds::find(const Loop &loop) {
  LoopBound bound;
  unsigned trips = evolution.getSmallConstantTripCount(&loop);
  if (Bound known = trips != 0 ? Bound(trips) : countStrips(loop)) {
    bound.kind = LoopBound::Constant;
    bound.most = bound.least = *known;
    return bound;
  }
  if (std::optional<TableCount> count = countByTables(loop, info, evolution)) {
    bound.kind = LoopBound::Table;
    bound.most = count->most;
    bound.least = count->least;
    bound.repeats = count->repeats;
    return bound;
  }
  if ((bound.most = countBits(loop))) {
    bound.kind = LoopBound::Bits;
    return bound;
  }
  const SCEV *taken = evolution.getSymbolicMaxBackedgeTakenCount(&loop);
  bound.most = isa<SCEVCouldNotCompute>(taken) ? std::nullopt : add(getMost(taken), 1);
  bound.kind = LoopBound::Events;
  if (unsigned trips = evolution.getSmallConstantMaxTripCount(&loop); trips && (!bound.most || trips < *bound.most)) {
    bound.kind = LoopBound::Constant;
    bound.most = trips;
  }
  if (!bound.most)
    bound.kind = LoopBound::Unknown;
  return bound;
}

LoopBound FunctionBounds::describe(const Loop &loop) {
  auto found = known.find(&loop);
  if (found != known.end())
    return found->second;
  known[&loop] = LoopBound(); // a bound that needs itself is none
  LoopBound bound = find(loop);
  known[&loop] = bound;
  return bound;
}

/// Counts of iterations are not negative, and loops are entered only where their count does not wrap.
Bound FunctionBounds::getMost(const SCEV *expression) {
  auto mostOf = [&](const SCEV *part) { return getMost(part); };
  if (auto *constant = dyn_cast<SCEVConstant>(expression))
    return constant->getAPInt().getLimitedValue();
  Bound most;
  if (auto *sum = dyn_cast<SCEVAddExpr>(expression)) {
    most = 0;
    uint64_t less = 0;
    for (const SCEV *part : sum->operands()) {
      auto *constant = dyn_cast<SCEVConstant>(part);
      if (constant && constant->getAPInt().isNegative())
        less += (-constant->getAPInt()).getLimitedValue();
      else
        most = add(most, mostOf(part));
    }
    if (most)
      *most -= std::min(*most, less);
  } else if (auto *product = dyn_cast<SCEVMulExpr>(expression)) {
    most = 1;
    for (const SCEV *part : product->operands())
      most = multiply(most, mostOf(part));
  } else if (auto *quotient = dyn_cast<SCEVUDivExpr>(expression)) {
    auto *by = dyn_cast<SCEVConstant>(quotient->getRHS());
    most = mostOf(quotient->getLHS());
    if (most && by && !by->isZero())
      *most /= by->getAPInt().getLimitedValue();
  } else if (isa<SCEVUMaxExpr, SCEVSMaxExpr>(expression)) {
    most = 0;
    for (const SCEV *part : expression->operands()) {
      Bound bound = mostOf(part);
      most = most && bound ? Bound(std::max(*most, *bound)) : std::nullopt;
    }
  } else if (isa<SCEVUMinExpr, SCEVSMinExpr, SCEVSequentialUMinExpr>(expression)) {
    for (const SCEV *part : expression->operands())
      if (Bound bound = mostOf(part))
        most = most ? std::min(*most, *bound) : *bound;
  } else if (auto *cast = dyn_cast<SCEVIntegralCastExpr>(expression)) {
    most = mostOf(cast->getOperand());
  } else if (auto *unknown = dyn_cast<SCEVUnknown>(expression)) {
    most = getMost(unknown->getValue());
  }
  APInt range = evolution.getUnsignedRangeMax(expression);
  uint64_t limit = range.getLimitedValue();
  // The range of all numbers of a type is no bound that helps.
  if (range.isAllOnes() || (most && *most <= limit))
    return most;
  return limit;
}

Bound FunctionBounds::getMostByBits(Value *value) {
  KnownBits bits = computeKnownBits(value, layout);
  return bits.Zero.isZero() ? std::nullopt : Bound(bits.getMaxValue().getLimitedValue());
}

/// The greatest element of the constant table that is loaded from.
static Bound getMostOfTable(const LoadInst &load) {
  auto *table = dyn_cast<GlobalVariable>(getUnderlyingObject(load.getPointerOperand()));
  if (!table || !table->isConstant() || !table->hasDefinitiveInitializer())
    return std::nullopt;
  auto *elements = dyn_cast<ConstantDataSequential>(table->getInitializer());
  if (!elements || elements->getElementType() != load.getType() || !load.getType()->isIntegerTy())
    return std::nullopt;
  uint64_t most = 0;
  for (unsigned i = 0; i < elements->getNumElements(); ++i)
    most = std::max(most, elements->getElementAsInteger(i));
  return most;
}

Bound FunctionBounds::getMost(Value *value) {
  if (auto *constant = dyn_cast<ConstantInt>(value))
    return constant->getValue().getLimitedValue();
  if (!value->getType()->isIntegerTy() || !visited.insert(value).second)
    return std::nullopt;
  Bound most;
  Value *a, *b;
  if (auto *phi = dyn_cast<PHINode>(value)) {
    const Loop *loop = info.getLoopFor(phi->getParent());
    if (loop && loop->getHeader() == phi->getParent()) {
      most = getMostOfSum(phi, *loop);
    } else {
      most = 0;
      for (Value *incoming : phi->incoming_values()) {
        Bound bound = getMost(incoming);
        most = most && bound ? Bound(std::max(*most, *bound)) : std::nullopt;
      }
    }
  } else if (match(value, m_Select(m_Value(), m_Value(a), m_Value(b)))) {
    Bound first = getMost(a), second = getMost(b);
    most = first && second ? Bound(std::max(*first, *second)) : std::nullopt;
  } else if (match(value, m_Add(m_Value(a), m_Value(b)))) {
    most = add(getMost(a), getMost(b));
  } else if (match(value, m_And(m_Value(a), m_Value(b)))) {
    Bound first = getMost(a), second = getMost(b);
    most = first && second ? Bound(std::min(*first, *second)) : first ? first : second;
  } else if (match(value, m_CombineOr(m_ZExt(m_Value(a)), m_Trunc(m_Value(a))))) {
    most = getMost(a);
  } else if (auto *load = dyn_cast<LoadInst>(value)) {
    most = getMostOfTable(*load);
  }
  visited.erase(value);
  Bound byBits = getMostByBits(value);
  return most && byBits ? Bound(std::min(*most, *byBits)) : most ? most : byBits;
}

/// A number that each iteration adds to.
Bound FunctionBounds::getMostOfSum(PHINode *sum, const Loop &loop) {
  const BasicBlock *latch = loop.getLoopLatch(), *before = loop.getLoopPredecessor();
  if (!latch || !before)
    return std::nullopt;
  Bound added = getMostAdded(sum->getIncomingValueForBlock(latch), sum, loop);
  return add(getMost(sum->getIncomingValueForBlock(before)), multiply(describe(loop).most, added));
}

/// How much more `value` is than `sum` within one iteration.
Bound FunctionBounds::getMostAdded(Value *value, PHINode *sum, const Loop &loop) {
  if (value == sum)
    return 0;
  auto *instruction = dyn_cast<Instruction>(value);
  if (!instruction || !loop.contains(instruction))
    return std::nullopt;
  Value *a, *b;
  auto mostOf = [&](auto &&values) {
    Bound most = 0;
    for (Value *one : values) {
      Bound bound = getMostAdded(one, sum, loop);
      most = most && bound ? Bound(std::max(*most, *bound)) : std::nullopt;
    }
    return most;
  };
  if (auto *phi = dyn_cast<PHINode>(instruction))
    return info.isLoopHeader(phi->getParent()) ? std::nullopt : mostOf(phi->incoming_values());
  if (match(instruction, m_Select(m_Value(), m_Value(a), m_Value(b))))
    return mostOf(SmallVector<Value *>{a, b});
  if (match(instruction, m_Add(m_Value(a), m_Value(b)))) {
    if (Bound left = getMostAdded(a, sum, loop))
      return add(left, getMost(b));
    return add(getMostAdded(b, sum, loop), getMost(a));
  }
  return std::nullopt;
}

/// The node that the instructions of a loop's own blocks belong to.
static std::string findNode(const Loop &loop, const LoopInfo &info) {
  StringRef node;
  for (const BasicBlock *block : loop.blocks())
    for (const Instruction &instruction : *block) {
      const DebugLoc &location = instruction.getDebugLoc();
      if (info.getLoopFor(block) != &loop || !location || !location->getInlinedAt())
        continue;
      StringRef own = location->getScope()->getSubprogram()->getName();
      if (!node.empty() && own != node)
        return "";
      node = own;
    }
  return node.str();
}

LoopBounds::LoopBounds(Module &module, TargetMachine &machine) {
  PassBuilder builder(&machine);
  LoopAnalysisManager loopManager;
  FunctionAnalysisManager manager;
  CGSCCAnalysisManager callManager;
  ModuleAnalysisManager moduleManager;
  builder.registerModuleAnalyses(moduleManager);
  builder.registerCGSCCAnalyses(callManager);
  builder.registerFunctionAnalyses(manager);
  builder.registerLoopAnalyses(loopManager);
  builder.crossRegisterProxies(loopManager, manager, callManager, moduleManager);
  for (Function &function : module) {
    if (function.isDeclaration())
      continue;
    auto &info = manager.getResult<LoopAnalysis>(function);
    FunctionBounds bounds(function, info, manager.getResult<ScalarEvolutionAnalysis>(function));
    DenseMap<const Loop *, unsigned> numbers;
    for (const Loop *loop : info.getLoopsInPreorder()) {
      numbers[loop] = loops.size();
      LoopBound bound = bounds.describe(*loop);
      if (const Loop *parent = loop->getParentLoop())
        bound.parent = numbers.lookup(parent);
      bound.function = function.getName();
      bound.node = findNode(*loop, info);
      loops.push_back(std::move(bound));
    }
    for (const BasicBlock &block : function) {
      const Loop *loop = info.getLoopFor(&block);
      blocks[block.getName()] = loop ? std::optional(numbers.lookup(loop)) : std::nullopt;
    }
  }
}

std::optional<unsigned> LoopBounds::getLoop(StringRef block) const { return blocks.lookup(block); }

std::optional<unsigned> LoopBounds::getCommonLoop(std::optional<unsigned> a, std::optional<unsigned> b) const {
  // Loops are in preorder: of two, the one with the greater number is not the outer one.
  while (a != b && a && b)
    (*a > *b ? a : b) = loops[*a > *b ? *a : *b].parent;
  return a && b ? a : std::nullopt;
}
