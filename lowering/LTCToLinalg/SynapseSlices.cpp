//===- SynapseSlices.cpp - sparse synapses in vector registers ------------===//
#include "lowering/LTCToLinalg/SynapseSlices.h"
#include "lowering/LTCToLinalg/Maths.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

#include <cmath>
#include <limits>
#include <numeric>

using namespace lle;
using llvm::ArrayRef;
using llvm::SmallVector;

// Costs in vector instructions.
/// A slot apart from the look-up of its sources: see CellCode::addSlots.
static constexpr int64_t kSlotCost = 17;
static constexpr int64_t kBroadcastCost = 1;
/// Measured on a Sapphire Rapids core: a gather of 16 elements takes the time of 12 arithmetic instructions.
static constexpr int64_t kWideGatherCost = 12;
/// Registers that one permutation looks into.
static constexpr int64_t kPairedRegisters = 2;
/// Registers that slots of mixed sources look into; a gather is faster than more permutations.
static constexpr int64_t kMaxMixedRegisters = 8;
/// Registers that the sources may take in all.
static constexpr int64_t kMaxSourceRegisters = 16;
/// As many slots are unrolled at most; in a loop, what they look up is not known.
static constexpr int64_t kMaxUnrolledSlots = 64;

static int64_t getCost(LookUp lookUp, int64_t numRegisters, const VectorShape &machine) {
  switch (lookUp) {
  case LookUp::broadcast:
    return kBroadcastCost;
  case LookUp::gather:
    return machine.hasAVX512() ? kWideGatherCost : 2 * machine.lanes; // a load and an insertion each
  case LookUp::permute:
    if (movesLanes(machine))
      return machine.lanes;
    break;
  }
  // Permutations, selections that join two of them, and a test for each kind of selection.
  int64_t permutations = llvm::divideCeil(numRegisters, kPairedRegisters);
  return 2 * permutations - 1 + int64_t(llvm::Log2_64_Ceil(permutations));
}

LookUp SynapseSlices::getMixedLookUp() const {
  // Lanes are moved where code says which: not in loops.
  bool canPermute = machine.hasAVX512() || (unrolled && movesLanes(machine));
  return canPermute && sources <= kMaxMixedRegisters * machine.lanes ? LookUp::permute : LookUp::gather;
}

SynapseSlices::SynapseSlices(ArrayRef<FoldedSynapse> synapses, int64_t sources, int64_t targets,
                             const VectorShape &machine)
    : sources(sources), machine(machine) {
  SmallVector<FanIn> fanIn(llvm::alignTo(targets, machine.lanes));
  for (const FoldedSynapse &synapse : synapses)
    fanIn[synapse.target].push_back(&synapse);
  findLimit(synapses);
  auto getDeepest = [](ArrayRef<FanIn> rows) {
    int64_t deepest = 0;
    for (const FanIn &row : rows)
      deepest = std::max<int64_t>(deepest, row.size());
    return deepest;
  };
  int64_t expected = 0;
  for (size_t first = 0; first < fanIn.size(); first += machine.lanes)
    expected += getDeepest(ArrayRef(fanIn).slice(first, machine.lanes));
  unrolled = !machine.isMicrocontroller() && expected <= kMaxUnrolledSlots;
  int64_t mixedCost = kSlotCost + getCost(getMixedLookUp(), llvm::divideCeil(sources, machine.lanes), machine);
  for (size_t first = 0; first < fanIn.size(); first += machine.lanes) {
    ArrayRef<FanIn> rows = ArrayRef(fanIn).slice(first, machine.lanes);
    int64_t deepest = getDeepest(rows);
    slices.emplace_back();
    if (deepest == 0)
      continue;
    if (!machine.isMicrocontroller() && sources * (kSlotCost + kBroadcastCost) <= deepest * mixedCost)
      addDense(rows);
    else
      addSparse(rows, deepest);
  }
}

/// Where all synapses are saturated before the steepest of them reaches the largest exponent, sources are kept below
/// that point, and exponents are not clamped: there are fewer sources than synapses. Otherwise exponents are, and
/// sources only so that none is infinite. With AVX-512, which clamps exponents by half an instruction, the other order
/// is slower.
void SynapseSlices::findLimit(ArrayRef<FoldedSynapse> synapses) {
  double steepest = 1e-30;
  limit = std::numeric_limits<double>::infinity();
  for (const FoldedSynapse &synapse : synapses) {
    double slope = std::abs(synapse.slope), room = kLargestExponent - std::abs(synapse.offset);
    steepest = std::max(steepest, slope);
    if (room < 0)
      limit = -1;
    else if (slope > 0)
      limit = std::min(limit, room / slope);
  }
  // Below 2^-27, a conductance or its distance from the weight is lost in f32.
  constexpr double kSaturation = 27;
  bounded = !machine.hasAVX512() && llvm::all_of(synapses, [&](const FoldedSynapse &synapse) {
    double slope = std::abs(synapse.slope);
    return limit > 0 && (slope == 0 || slope * limit - std::abs(synapse.offset) >= kSaturation);
  });
  if (!bounded || std::isinf(limit))
    limit = std::min(1e30, 1e37 / steepest);
}

/// An empty slot, whose lanes look up `source`.
int64_t SynapseSlices::addSlot(int64_t source) {
  int64_t slot = getNumSlots();
  indices.append(machine.lanes, source);
  coefficients.append(4 * machine.lanes, 0.0);
  return slot;
}

void SynapseSlices::put(int64_t slot, int64_t lane, const FoldedSynapse &synapse) {
  indices[slot * machine.lanes + lane] = synapse.source;
  double *coefficient = &coefficients[4 * slot * machine.lanes + lane];
  for (double value : {synapse.slope, synapse.offset, synapse.weight, synapse.weight * synapse.reversal}) {
    *coefficient = value;
    coefficient += machine.lanes;
  }
}

void SynapseSlices::addDense(ArrayRef<FanIn> rows) {
  int64_t first = getNumSlots();
  for (int64_t source = 0; source < sources; ++source)
    addSlot(source);
  for (auto [lane, row] : llvm::enumerate(rows))
    for (const FoldedSynapse *synapse : row)
      put(first + synapse->source, lane, *synapse);
  slices.back().push_back({first, sources, LookUp::broadcast});
}

/// The order of a target's synapses is free. So as many slots as pay take all their sources from the two registers of
/// one permutation, and what is left is mixed.
void SynapseSlices::addSparse(ArrayRef<FanIn> rows, int64_t deepest) {
  int64_t numRegisters = llvm::divideCeil(sources, machine.lanes), pair = kPairedRegisters * machine.lanes;
  bool canPermute = machine.hasAVX512() && numRegisters <= kMaxSourceRegisters;
  int64_t numPairs = canPermute ? llvm::divideCeil(numRegisters, kPairedRegisters) : 0;
  SmallVector<SmallVector<FanIn>> ofPair(rows.size(), SmallVector<FanIn>(numPairs));
  for (auto [row, parts] : llvm::zip(rows, ofPair))
    for (const FoldedSynapse *synapse : row)
      if (canPermute)
        parts[synapse->source / pair].push_back(synapse);

  // Slots of each pair, raised while that costs less. Loops take several slots at once; what is left over is mixed.
  const int64_t step = unrolled ? 1 : kSlotsSideBySide;
  SmallVector<int64_t> pure(numPairs, 0);
  auto countMixed = [&] {
    int64_t mixed = 0;
    for (auto [row, parts] : llvm::zip(rows, ofPair)) {
      int64_t left = row.size();
      for (auto [part, slots] : llvm::zip(parts, pure))
        left -= std::min<int64_t>(part.size(), slots);
      mixed = std::max(mixed, left);
    }
    return mixed;
  };
  int64_t pureCost = kSlotCost + getCost(LookUp::permute, kPairedRegisters, machine);
  int64_t mixedCost = kSlotCost + getCost(getMixedLookUp(), numRegisters, machine);
  int64_t bestCost = deepest * mixedCost;
  for (bool improved = numPairs > 1; improved;) {
    improved = false;
    for (int64_t &slots : pure) {
      slots += step;
      int64_t cost = std::accumulate(pure.begin(), pure.end(), int64_t(0)) * pureCost + countMixed() * mixedCost;
      if (cost < bestCost) {
        bestCost = cost;
        improved = true;
      } else {
        slots -= step;
      }
    }
  }

  SmallVector<FanIn> left(rows.size());
  for (int64_t index = 0; index < numPairs; ++index) {
    int64_t firstRegister = index * kPairedRegisters;
    SlotRun run{getNumSlots(), pure[index], LookUp::permute, firstRegister,
                std::min(kPairedRegisters, numRegisters - firstRegister)};
    for (int64_t i = 0; i < run.slots; ++i)
      addSlot(index * pair);
    for (auto [lane, parts] : llvm::enumerate(ofPair))
      for (auto [position, synapse] : llvm::enumerate(parts[index]))
        if (int64_t(position) < run.slots)
          put(run.first + position, lane, *synapse);
        else
          left[lane].push_back(synapse);
    if (run.slots > 0)
      slices.back().push_back(run);
  }
  if (!canPermute)
    left.assign(rows.begin(), rows.end());
  SlotRun run{getNumSlots(), 0, getMixedLookUp(), 0, numRegisters};
  for (const FanIn &row : left)
    run.slots = std::max<int64_t>(run.slots, row.size());
  for (int64_t i = 0; i < run.slots; ++i)
    addSlot(0);
  for (auto [lane, row] : llvm::enumerate(left))
    for (auto [position, synapse] : llvm::enumerate(row))
      put(run.first + position, lane, *synapse);
  if (run.slots > 0)
    slices.back().push_back(run);
}

bool SynapseSlices::needsMemory() const {
  return llvm::any_of(slices, [](ArrayRef<SlotRun> slice) {
    return llvm::any_of(slice, [](const SlotRun &run) { return run.lookUp != LookUp::permute; });
  });
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
