//===- DeriveStateBounds.cpp - derive the limits that states keep ---------===//
#include "dialects/LLE/LLEBounds.h"
#include "passes/Precision/Passes.h"

namespace lle {
#define GEN_PASS_DEF_DERIVESTATEBOUNDS
#include "passes/Precision/Passes.h.inc"
} // namespace lle

using namespace mlir;
using namespace lle;

namespace {
/// The limits of all values of a network.
class BoundsAnalysis {
public:
  explicit BoundsAnalysis(NetworkOp network) { run(network); }

  SmallVector<MaybeBounds> getStateBounds(Operation *op) const;

private:
  llvm::DenseMap<Value, Bounds> known;

  MaybeBounds get(Value value) const;
  SmallVector<MaybeBounds> getOperands(Operation *op) const {
    return llvm::map_to_vector(op->getOperands(), [&](Value v) { return get(v); });
  }
  SmallVector<MaybeBounds> compute(Operation *op) const;
  void run(NetworkOp network);
};
} // namespace

MaybeBounds BoundsAnalysis::get(Value value) const {
  if (auto it = known.find(value); it != known.end())
    return it->second;
  auto type = cast<RankedTensorType>(value.getType());
  if (type.getElementType().isInteger(1))
    return Bounds(type.getNumElements(), Limits{0, 1});
  return std::nullopt;
}

static MaybeBounds concatenate(ArrayRef<MaybeBounds> operands) {
  Bounds result;
  for (const MaybeBounds &operand : operands) {
    if (!operand)
      return std::nullopt;
    result.insert(result.end(), operand->begin(), operand->end());
  }
  return result;
}

static MaybeBounds slice(const MaybeBounds &input, SliceOp op) {
  if (!input)
    return std::nullopt;
  auto result = cast<RankedTensorType>(op.getType());
  int64_t row = result.getNumElements() / result.getDimSize(0);
  auto begin = input->begin() + int64_t(op.getOffset()) * row;
  return Bounds(begin, begin + result.getNumElements());
}

static MaybeBounds delay(const MaybeBounds &input, DelayOp op) {
  if (!input)
    return std::nullopt;
  Bounds result = *input;
  for (Limits &limits : result)
    limits = limits.hull(op.getInitial().convertToDouble());
  return result;
}

/// The limits of the results.
SmallVector<MaybeBounds> BoundsAnalysis::compute(Operation *op) const {
  SmallVector<MaybeBounds> operands = getOperands(op);
  if (auto cell = dyn_cast<BoundedStateOpInterface>(op))
    return cell.getResultBounds(operands);
  if (isa<ConcatOp>(op))
    return {concatenate(operands)};
  if (auto sliceOp = dyn_cast<SliceOp>(op))
    return {slice(operands[0], sliceOp)};
  if (auto delayOp = dyn_cast<DelayOp>(op))
    return {delay(operands[0], delayOp)};
  if (isa<FlattenOp>(op))
    return operands;
  if (auto activation = dyn_cast<ActivationOp>(op))
    if (std::optional<Limits> range = getRange(activation.getFunction()))
      return {Bounds(cast<RankedTensorType>(activation.getType()).getNumElements(), *range)};
  return SmallVector<MaybeBounds>(op->getNumResults());
}

/// At first nothing is known of what comes round a loop. What follows from limits that hold, holds: each round may only
/// learn more.
void BoundsAnalysis::run(NetworkOp network) {
  static constexpr unsigned kMaxRounds = 8;
  SmallVector<Operation *> order = network.getTopologicalOrder();
  bool changed = true;
  for (unsigned round = 0; changed && round < kMaxRounds; ++round) {
    changed = false;
    for (Operation *op : order)
      for (auto [result, bounds] : llvm::zip_equal(op->getResults(), compute(op)))
        if (bounds && get(result) != bounds) {
          known[result] = *bounds;
          changed = true;
        }
  }
}

SmallVector<MaybeBounds> BoundsAnalysis::getStateBounds(Operation *op) const {
  if (auto cell = dyn_cast<BoundedStateOpInterface>(op))
    return cell.getStateBounds(getOperands(op));
  SmallVector<MaybeBounds> states(cast<StatefulOpInterface>(op).getStates().size());
  if (auto delayOp = dyn_cast<DelayOp>(op); delayOp && !states.empty())
    // The steps before, one after the other; then the place of the ring that is next, which is no value.
    states[0] = concatenate(SmallVector<MaybeBounds>(delayOp.getDepth(), delay(get(delayOp.getInput()), delayOp)));
  return states;
}

/// Both sides, each of the shape of the state.
static Attribute makeAttribute(Builder &builder, const Bounds &bounds, RankedTensorType state) {
  auto type = state.clone(builder.getF64Type());
  auto lower = llvm::map_to_vector(bounds, [](const Limits &limits) { return limits.lower; });
  auto upper = llvm::map_to_vector(bounds, [](const Limits &limits) { return limits.upper; });
  return builder.getArrayAttr(
      {DenseElementsAttr::get(type, ArrayRef<double>(lower)), DenseElementsAttr::get(type, ArrayRef<double>(upper))});
}

namespace {
struct DeriveStateBounds : lle::impl::DeriveStateBoundsBase<DeriveStateBounds> {
  void runOnOperation() override {
    BoundsAnalysis analysis(getOperation());
    Builder builder(&getContext());
    for (auto stateful : getOperation().getOps<StatefulOpInterface>()) {
      SmallVector<NamedAttribute> attributes;
      for (auto [state, bounds] : llvm::zip_equal(stateful.getStates(), analysis.getStateBounds(stateful)))
        if (bounds)
          attributes.emplace_back(builder.getStringAttr(state.name), makeAttribute(builder, *bounds, state.type));
      if (attributes.empty())
        stateful->removeAttr(kStateBoundsAttr);
      else
        stateful->setAttr(kStateBoundsAttr, builder.getDictionaryAttr(attributes));
    }
  }
};
} // namespace
