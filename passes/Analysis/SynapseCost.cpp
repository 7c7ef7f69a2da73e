//===- SynapseCost.cpp - what the two kernels of a synapse cost -----------===//
#include "passes/Analysis/SynapseCost.h"
#include "passes/Analysis/SparseRows.h"

#include <cmath>

using namespace mlir;
using namespace lle;

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
  double perVector = std::max(1.0, double(lanes) * 32 / bits);
  double channels = double(weights.getDimSize(synapse.getOutputChannelDim()));
  if (auto conv = dyn_cast<Conv2dOp>(*synapse))
    channels /= double(conv.getGroups());
  else if (auto conv = dyn_cast<Conv1dOp>(*synapse))
    channels /= double(conv.getGroups());
  // What one element reaches, away from borders, are these channels of some pixels.
  work.vectors = double(synapse.getFanOut()) / channels * std::ceil(channels / perVector);
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
  return work.elements / 64 * costs.eventWord +
         work.elements * activity *
             (costs.eventElement + getVectorCycles(work, costs.eventVector) * work.vectors +
              costs.eventBranch * (1 - activity));
}

double SynapseCosts::getSparseCycles(const SynapseWork &work, const SparseRows &rows, double activity) const {
  const auto synapses = double(rows.countSynapses(int64_t(work.elements)));
  return work.elements / 64 * getCosts(work).eventWord +
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
    for (auto [member, number] : members)
      if (failed(getNumber(all.getAs<DictionaryAttr>(name), name + ".", member, *number)))
        return failure();
  }
  return costs;
}
