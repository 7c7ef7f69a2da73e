//===- RemoveDeadNeurons.cpp - neurons that reach no output ---------------===//
#include "dialects/LTC/LTCOps.h"
#include "passes/Simplify/Passes.h"
#include "passes/Simplify/Weights.h"

#include "llvm/ADT/SmallBitVector.h"

namespace lle {
#define GEN_PASS_DEF_REMOVEDEADNEURONS
#include "passes/Simplify/Passes.h.inc"
} // namespace lle

using namespace mlir;
using namespace lle;
using namespace lle::ltc;

/// The neurons from which live synapses lead to the output, the output's own included.
static llvm::SmallBitVector findLiveNeurons(LTCCellOp cell) {
  int64_t units = cell.getState().getType().getNumElements();
  auto weights = cast<DenseElementsAttr>(cell.getW()).getValues<APFloat>();
  auto mask = dyn_cast_or_null<DenseElementsAttr>(cell.getMaskAttr());
  // The softplus of a stored zero is not zero.
  bool isSoft = cell.getPositivity() == Positivity::softplus;
  auto conducts = [&](int64_t source, int64_t target) {
    int64_t synapse = source * units + target;
    if (mask && mask.getValues<APInt>()[synapse].isZero())
      return false;
    return isSoft || !weights[synapse].isZero();
  };
  llvm::SmallBitVector live(units);
  SmallVector<int64_t> reached = llvm::to_vector(llvm::seq<int64_t>(0, cell.getOutput().getType().getNumElements()));
  for (int64_t neuron : reached)
    live.set(neuron);
  while (!reached.empty()) {
    int64_t target = reached.pop_back_val();
    for (int64_t source = 0; source < units; ++source)
      if (!live[source] && conducts(source, target)) {
        live.set(source);
        reached.push_back(source);
      }
  }
  return live;
}

static void removeDeadNeurons(LTCCellOp cell) {
  if (cell.getHidden() || !cell.getState().use_empty())
    return;
  llvm::SmallBitVector live = findLiveNeurons(cell);
  if (live.all())
    return;
  SmallVector<int64_t> kept(live.set_bits());
  for (StringRef name : {"gleak", "vleak", "cm", "sigma", "mu", "w", "erev", "mask", "sensory_sigma", "sensory_mu",
                         "sensory_w", "sensory_erev", "sensory_mask"})
    if (auto elements = cell->getAttrOfType<DenseElementsAttr>(name)) {
      unsigned target = elements.getType().getRank() - 1;
      elements = selectElements(elements, target, kept);
      cell->setAttr(name, target == 1 && !name.starts_with("sensory_") ? selectElements(elements, 0, kept) : elements);
    }
  auto type = cell.getState().getType();
  cell.getState().setType(RankedTensorType::get({int64_t(live.count())}, type.getElementType()));
}

namespace {
struct RemoveDeadNeurons : lle::impl::RemoveDeadNeuronsBase<RemoveDeadNeurons> {
  using RemoveDeadNeuronsBase::RemoveDeadNeuronsBase;

  void runOnOperation() override {
    for (auto cell : getOperation().getBody().getOps<LTCCellOp>())
      removeDeadNeurons(cell);
  }
};
} // namespace
