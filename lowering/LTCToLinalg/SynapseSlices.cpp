//===- SynapseSlices.cpp - sparse synapses in vector registers ------------===//
#include "lowering/LTCToLinalg/SynapseSlices.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

#include <cmath>

using namespace lle;
using llvm::ArrayRef;
using llvm::SmallVector;

/// Instructions of a slot apart from the look-up of its sources: see CellCode::addSlots.
static constexpr int64_t kSlotCost = 16;
static constexpr int64_t kBroadcastCost = 1;

bool lle::canPermute(int64_t sources, const VectorShape &machine) {
  return machine.avx512 && sources <= kMaxPermutedRegisters * machine.lanes;
}

/// Instructions that look up one source for each lane.
static int64_t getLookUpCost(int64_t sources, const VectorShape &machine) {
  if (!canPermute(sources, machine))
    return 2 * machine.lanes; // a load and an insertion each
  // A permutation looks into two registers; a select joins two results.
  int64_t permutations = llvm::divideCeil(sources, 2 * machine.lanes);
  return 2 * permutations - 1 + int64_t(llvm::Log2_64_Ceil(permutations));
}

SynapseSlices::SynapseSlices(ArrayRef<FoldedSynapse> synapses, int64_t sources, int64_t targets,
                             const VectorShape &machine)
    : sources(sources), lanes(machine.lanes) {
  SmallVector<SmallVector<const FoldedSynapse *>> fanIn(llvm::alignTo(targets, lanes));
  for (const FoldedSynapse &synapse : synapses) {
    fanIn[synapse.target].push_back(&synapse);
    largestSlope = std::max(largestSlope, std::abs(synapse.slope));
  }
  for (size_t first = 0; first < fanIn.size(); first += lanes) {
    ArrayRef<SmallVector<const FoldedSynapse *>> rows = ArrayRef(fanIn).slice(first, lanes);
    int64_t deepest = 0;
    for (const auto &row : rows)
      deepest = std::max<int64_t>(deepest, row.size());
    SynapseSlice slice;
    slice.first = getNumSlots();
    slice.isDense = sources * (kSlotCost + kBroadcastCost) <= deepest * (kSlotCost + getLookUpCost(sources, machine));
    slice.slots = deepest == 0 ? 0 : slice.isDense ? sources : deepest;
    slices.push_back(slice);
    indices.resize(indices.size() + slice.slots * lanes, 0);
    coefficients.resize(coefficients.size() + 4 * slice.slots * lanes, 0.0);
    for (auto [lane, row] : llvm::enumerate(rows))
      for (auto [position, synapse] : llvm::enumerate(row)) {
        int64_t slot = slice.first + (slice.isDense ? synapse->source : int64_t(position));
        indices[slot * lanes + lane] = synapse->source;
        double *coefficient = &coefficients[4 * slot * lanes + lane];
        coefficient[0] = synapse->slope;
        coefficient[lanes] = synapse->offset;
        coefficient[2 * lanes] = synapse->weight;
        coefficient[3 * lanes] = synapse->weight * synapse->reversal;
      }
  }
}

bool SynapseSlices::hasDense() const {
  return llvm::any_of(slices, [](const SynapseSlice &slice) { return slice.slots > 0 && slice.isDense; });
}

bool SynapseSlices::hasSparse() const {
  return llvm::any_of(slices, [](const SynapseSlice &slice) { return slice.slots > 0 && !slice.isDense; });
}

SmallVector<int64_t> lle::orderByFanIn(ArrayRef<FoldedSynapse> synapses, int64_t neurons, int64_t lanes) {
  SmallVector<int64_t> fanIn(neurons, 0);
  for (const FoldedSynapse &synapse : synapses)
    ++fanIn[synapse.target];
  auto countSlots = [&](ArrayRef<int64_t> order) {
    int64_t slots = 0;
    for (int64_t first = 0; first < neurons; first += lanes) {
      int64_t deepest = 0;
      for (int64_t neuron : order.slice(first, std::min(lanes, neurons - first)))
        deepest = std::max(deepest, fanIn[neuron]);
      slots += deepest;
    }
    return slots;
  };
  SmallVector<int64_t> natural = llvm::to_vector(llvm::seq<int64_t>(0, neurons)), sorted = natural;
  llvm::sort(sorted, [&](int64_t x, int64_t y) { return std::pair(-fanIn[x], x) < std::pair(-fanIn[y], y); });
  return countSlots(sorted) < countSlots(natural) ? sorted : natural;
}
