//===- SpikePaths.cpp - from a source to the neurons it reaches -----------===//
#include "lowering/SpkToNeuro/SpikePaths.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace lle;

namespace {
/// Orders the operations behind a signal: each comes after those that it reads.
class PathOrder {
public:
  explicit PathOrder(function_ref<bool(Operation *)> isEnd) : isEnd(isEnd) {}

  LogicalResult visit(Operation *root) {
    // Iterative: networks may be thousands of layers deep.
    SmallVector<std::pair<Operation *, Operation::user_iterator>> stack;
    auto open = [&](Operation *op) -> LogicalResult {
      if (op->getNumResults() != 1)
        return op->emitOpError("is not linear, and a neuromorphic chip has only synapses between neurons");
      isOpen[op] = true;
      stack.push_back({op, op->user_begin()});
      return success();
    };
    if (isOpen.contains(root))
      return success();
    if (failed(open(root)))
      return failure();
    while (!stack.empty()) {
      auto &[op, user] = stack.back();
      if (user == op->user_end()) {
        isOpen[op] = false;
        postOrder.push_back(op);
        stack.pop_back();
        continue;
      }
      Operation *next = *user++;
      if (isEnd(next))
        continue;
      auto mark = isOpen.find(next);
      if (mark == isOpen.end()) {
        if (failed(open(next)))
          return failure();
      } else if (mark->second) {
        return next->emitOpError("is on a loop of delays without a neuron: a spike would go round for ever");
      }
    }
    return success();
  }

  SmallVector<Operation *> postOrder;

private:
  function_ref<bool(Operation *)> isEnd;
  llvm::DenseMap<Operation *, bool> isOpen;
};
} // namespace

FailureOr<SpikePaths> SpikePaths::trace(Value source, bool allowsReals, function_ref<bool(Operation *)> isEnd) {
  PathOrder order(isEnd);
  for (Operation *user : source.getUsers())
    if (!isEnd(user) && failed(order.visit(user)))
      return failure();
  SpikePaths paths;
  llvm::DenseMap<Value, unsigned> numbers{{source, 0}};
  for (Operation *op : llvm::reverse(order.postOrder)) {
    Stage stage{op, {}};
    for (OpOperand &operand : op->getOpOperands()) {
      auto number = numbers.find(operand.get());
      if (number == numbers.end())
        continue;
      FailureOr<SignalMap> map = createSignalMap(operand, allowsReals);
      if (failed(map))
        return failure();
      stage.inputs.push_back({number->second, std::move(*map)});
    }
    paths.stages.push_back(std::move(stage));
    numbers[op->getResult(0)] = unsigned(paths.stages.size());
  }
  for (auto [signal, number] : numbers)
    for (OpOperand &use : signal.getUses())
      if (isEnd(use.getOwner()))
        paths.ends.push_back(&use);
  // In the order of the text, whatever the table's.
  llvm::sort(paths.ends, [](OpOperand *a, OpOperand *b) {
    if (a->getOwner() != b->getOwner())
      return a->getOwner()->isBeforeInBlock(b->getOwner());
    return a->getOperandNumber() < b->getOperandNumber();
  });
  for (OpOperand *end : paths.ends)
    paths.endSignals.push_back(numbers.lookup(end->get()));
  paths.signals.resize(paths.stages.size() + 1);
  return paths;
}

SmallVector<Operation *> SpikePaths::getOperations() const {
  return llvm::map_to_vector(stages, [](const Stage &stage) { return stage.op; });
}

/// Sums of integers are taken modulo 2^32. Those of f32 are exact as long as they are whole and no larger than this.
static constexpr int64_t kLargestExact = 1 << 24;

namespace {
/// Weights of one signal.
struct WeightSum {
  bool isReal;
  bool isExact = true;

  int32_t take(int64_t number) {
    isExact &= !isReal || std::abs(number) <= kLargestExact;
    return int32_t(uint64_t(number));
  }
};
} // namespace

/// Puts impulses in order, adds up those of one element and delay, and leaves out what comes to nothing.
static void mergeImpulses(std::vector<Impulse> &impulses, WeightSum &sums) {
  auto isLess = [](const Impulse &a, const Impulse &b) {
    return std::tie(a.element, a.delay) < std::tie(b.element, b.delay);
  };
  if (!llvm::is_sorted(impulses, isLess))
    llvm::sort(impulses, isLess);
  size_t kept = 0;
  for (size_t i = 0; i < impulses.size();) {
    Impulse sum = impulses[i++];
    for (; i < impulses.size() && !isLess(sum, impulses[i]); ++i)
      sum.weight = sums.take(int64_t(sum.weight) + impulses[i].weight);
    if (sum.weight)
      impulses[kept++] = sum;
  }
  impulses.resize(kept);
}

LogicalResult SpikePaths::follow(std::vector<Impulse> impulses) {
  signals[0] = std::move(impulses);
  for (auto [index, stage] : llvm::enumerate(stages)) {
    std::vector<Impulse> &result = signals[index + 1];
    result.clear();
    WeightSum sums{isa<FloatType>(getElementTypeOrSelf(stage.op->getResult(0)))};
    for (auto &[input, map] : stage.inputs)
      for (const Impulse &impulse : signals[input])
        map(impulse.element, [&](int64_t target, int32_t weight, int64_t delay) {
          result.push_back({target, sums.take(int64_t(impulse.weight) * weight), impulse.delay + delay});
        });
    mergeImpulses(result, sums);
    if (!sums.isExact)
      return stage.op->emitOpError("makes a weight beyond 2^24 of one spike, where sums of f32 are not exact");
  }
  return success();
}
