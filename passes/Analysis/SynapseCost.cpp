//===- SynapseCost.cpp - what the two kernels of a synapse cost -----------===//
#include "passes/Analysis/SynapseCost.h"
#include "passes/Analysis/SparseRows.h"

#include <cmath>
#include <numeric>

using namespace mlir;
using namespace lle;

/// Vectors that hold `count` neighbours of 4 or 8 bytes, where such groups begin all `pitch` bytes. What is left at the
/// end is loaded and stored as powers of two. One of 32 bytes or more that lies in two lines of the cache is counted
/// twice, as measured on Zen 4; figures of processors with shorter vectors do not know lines.
static double countPieces(int64_t count, int64_t lanes, int64_t bytes, int64_t pitch) {
  constexpr int64_t kLine = 64, kLeastSplit = 32;
  const int64_t step = std::gcd(pitch, kLine);
  double pieces = 0;
  for (int64_t begin = 0; begin < kLine; begin += step)
    for (int64_t first = 0, length; first < count; first += length) {
      length = std::min(lanes, int64_t(llvm::bit_floor(uint64_t(count - first))));
      bool isSplit = lanes * bytes >= kLeastSplit && (begin + first * bytes) % kLine + length * bytes > kLine;
      pieces += isSplit ? 2 : 1;
    }
  return pieces * double(step) / double(kLine);
}

SynapseWork lle::getSynapseWork(SynapseOpInterface synapse, int64_t lanes) {
  auto input = cast<RankedTensorType>(synapse.getSignal().getType());
  auto weights = cast<RankedTensorType>(synapse.getSynapticWeights().getType());
  auto result = cast<RankedTensorType>(synapse->getResult(0).getType());
  SynapseWork work;
  work.isConvolution = isa<Conv1dOp, Conv2dOp>(synapse);
  work.isSpikes = input.getElementType().isInteger(1);
  work.elements = double(input.getNumElements());
  // Sums of integers have 32 bits.
  unsigned bits = isa<FloatType>(result.getElementType()) ? result.getElementTypeBitWidth() : 32;
  const int64_t perVector = std::max<int64_t>(1, lanes * 32 / bits);
  int64_t channels = weights.getDimSize(synapse.getOutputChannelDim());
  const int64_t bytes = bits / 8, pitch = channels * bytes;
  if (auto conv = dyn_cast<Conv2dOp>(*synapse))
    channels /= int64_t(conv.getGroups());
  else if (auto conv = dyn_cast<Conv1dOp>(*synapse))
    channels /= int64_t(conv.getGroups());
  // Outputs of a linear synapse are filled up to whole vectors; the channels of a pixel are not.
  const double pieces = work.isConvolution ? countPieces(channels, perVector, bytes, pitch)
                                           : double(llvm::divideCeil(channels, perVector));
  // What one element reaches, away from borders, are these channels of some pixels.
  work.vectors = double(synapse.getFanOut()) / double(channels) * pieces;
  work.results = double(result.getNumElements()) / double(channels) * pieces;
  work.bytes = double(getStorageBytes(weights));
  return work;
}

const KernelCosts &SynapseCosts::getCosts(const SynapseWork &work) const {
  if (work.isConvolution)
    return work.isSpikes ? convSpikes : convNumbers;
  return work.isSpikes ? linearSpikes : linearNumbers;
}

double SynapseCosts::getVectorCycles(const SynapseWork &work, double near) const {
  return work.bytes > cacheBytes ? farVector : near;
}

double SynapseCosts::getDenseCycles(const SynapseWork &work) const {
  const KernelCosts &costs = getCosts(work);
  return work.elements * (costs.denseElement + getVectorCycles(work, costs.denseVector) * work.vectors);
}

double SynapseCosts::getEventCycles(const SynapseWork &work, double activity) const {
  const KernelCosts &costs = getCosts(work);
  return work.elements / 64 * costs.eventWord + work.results * costs.eventResult +
         work.elements * activity *
             (costs.eventElement + getVectorCycles(work, costs.eventVector) * work.vectors +
              costs.eventBranch * (1 - activity));
}

double SynapseCosts::getSparseCycles(const SynapseWork &work, const SparseRows &rows, double activity) const {
  const auto synapses = double(rows.countSynapses(int64_t(work.elements)));
  return work.elements / 64 * getCosts(work).eventWord + work.results * getCosts(work).eventResult +
         activity * (work.elements * kScalarRows.row + synapses * kScalarRows.weight);
}

double SynapseCosts::getCrossover(const SynapseWork &work) const {
  // -bend a^2 + (slope + bend) a = gap, whose smaller solution is the first rate at which both cost the same.
  double silent = getEventCycles(work, 0), slope = getEventCycles(work, 1) - silent;
  double gap = getDenseCycles(work) - silent, bend = work.elements * getCosts(work).eventBranch;
  if (gap <= 0)
    return 0;
  if (slope + bend == 0)
    return HUGE_VAL;
  double root = (slope + bend) * (slope + bend) - 4 * bend * gap;
  return root < 0 ? HUGE_VAL : 2 * gap / (slope + bend + std::sqrt(root));
}

FailureOr<SynapseCosts> lle::readSynapseCosts(Attribute attribute, Location loc) {
  auto getNumber = [&](DictionaryAttr from, const Twine &path, StringRef name, double &number) -> LogicalResult {
    auto value = from ? from.getAs<FloatAttr>(name) : FloatAttr();
    if (!value || !(value.getValueAsDouble() >= 0) || std::isinf(value.getValueAsDouble()))
      return emitError(loc) << "'" << kSynapseCyclesAttr << "' needs '" << path << name
                            << "', a finite number that is not negative";
    number = value.getValueAsDouble();
    return success();
  };
  SynapseCosts costs;
  auto all = dyn_cast<DictionaryAttr>(attribute);
  if (failed(getNumber(all, "", "far_vector", costs.farVector)) ||
      failed(getNumber(all, "", "cache_bytes", costs.cacheBytes)))
    return failure();
  const std::pair<StringRef, KernelCosts *> kinds[] = {{"linear_spikes", &costs.linearSpikes},
                                                       {"linear_numbers", &costs.linearNumbers},
                                                       {"conv_spikes", &costs.convSpikes},
                                                       {"conv_numbers", &costs.convNumbers}};
  for (auto [name, kernel] : kinds) {
    const std::pair<StringRef, double *> members[] = {
        {"dense_element", &kernel->denseElement}, {"dense_vector", &kernel->denseVector},
        {"event_word", &kernel->eventWord},       {"event_element", &kernel->eventElement},
        {"event_vector", &kernel->eventVector},   {"event_branch", &kernel->eventBranch}};
    auto entry = all.getAs<DictionaryAttr>(name);
    for (auto [member, number] : members)
      if (failed(getNumber(entry, name + ".", member, *number)))
        return failure();
    if (entry.contains("event_result") && failed(getNumber(entry, name + ".", "event_result", kernel->eventResult)))
      return failure();
  }
  return costs;
}
