//===- Thresholds.cpp - networks with other thresholds --------------------===//
#include "passes/Tuning/Thresholds.h"
#include "dialects/LLE/Layers.h"
#include "dialects/Spk/FewSpike.h"
#include "dialects/Spk/SpkOps.h"
#include "passes/Simplify/Weights.h"

#include "llvm/ADT/MapVector.h"

#include <cmath>

using namespace mlir;
using namespace lle;

static constexpr StringLiteral kThreshold = "v_threshold";

static RankedTensorType getType(Operation *op) { return cast<RankedTensorType>(op->getResult(0).getType()); }

int64_t Population::getChannels() const { return getType(op).getRank() == 0 ? 1 : getType(op).getDimSize(0); }
int64_t Population::getNeurons() const { return getType(op).getNumElements(); }

static bool isPositive(DenseElementsAttr thresholds) {
  if (auto integers = dyn_cast<DenseIntElementsAttr>(thresholds))
    return llvm::all_of(integers.getValues<APInt>(), [](const APInt &value) { return value.isStrictlyPositive(); });
  return llvm::all_of(thresholds.getValues<APFloat>(), [](const APFloat &value) {
    return value.isFinite() && !value.isNegative() && value.isNonZero();
  });
}

/// Of a few-spike neuron and the like the threshold is also a unit of what its spikes stand for.
static DenseElementsAttr getPlainThreshold(Operation *op) {
  auto neuron = dyn_cast<NeuronOpInterface>(op);
  if (!neuron || !neuron.emitsSpikes() || isa<spk::FewSpikeOp, spk::FewSpikeCoderOp>(op) ||
      !getElementTypeOrSelf(op->getResult(0).getType()).isInteger(1))
    return {};
  auto threshold = op->getAttrOfType<DenseElementsAttr>(kThreshold);
  if (!threshold || threshold != neuron.getFiringThreshold() || !isPositive(threshold))
    return {};
  return threshold;
}

/// These hand a signal on, moved or times a constant.
static bool isPassing(Operation *op) {
  return isa<FlattenOp, TransposeOp, SliceOp, DelayOp, ScaleOp, SumPool2dOp, AvgPool2dOp>(op);
}

static bool hasBias(Operation *op) { return isa<AffineOp, Conv1dOp, Conv2dOp>(op) || op->hasAttr("bias_mant"); }

/// Finds the synapses behind `spikes`; false where something else reads them too.
static bool collectSynapses(Value spikes, SmallVectorImpl<Operation *> &synapses) {
  bool onlySynapses = true;
  for (Operation *reader : spikes.getUsers()) {
    if (isa<SynapseOpInterface>(reader) && cast<SynapseOpInterface>(reader).getSignal() == spikes)
      synapses.push_back(reader);
    else if (isPassing(reader) && reader->getOperand(0) == spikes)
      onlySynapses &= collectSynapses(reader->getResult(0), synapses);
    else
      onlySynapses &= isa<OutputOp>(reader);
  }
  return onlySynapses;
}

/// The populations that the synapses drive alone and without a bias, which has the unit of the current too.
static std::optional<SmallVector<unsigned>> getDriven(ArrayRef<Operation *> synapses,
                                                      const llvm::MapVector<Operation *, unsigned> &numbers) {
  SmallVector<unsigned> driven;
  for (Operation *synapse : synapses)
    for (Operation *reader : synapse->getUsers()) {
      auto found = numbers.find(reader);
      if (found == numbers.end() || hasBias(synapse) || hasBias(reader))
        return {};
      if (!llvm::is_contained(driven, found->second))
        driven.push_back(found->second);
    }
  return driven;
}

SmallVector<Population> lle::getPopulations(NetworkOp network) {
  SmallVector<Population> populations;
  llvm::MapVector<Operation *, unsigned> numbers;
  for (Operation &op : network.getBody().front())
    if (DenseElementsAttr threshold = getPlainThreshold(&op)) {
      numbers[&op] = populations.size();
      populations.emplace_back();
      populations.back().op = &op;
      populations.back().threshold = threshold;
    }
  for (Population &population : populations) {
    bool onlySynapses = collectSynapses(population.op->getResult(0), population.synapses);
    for (Operation *synapse : population.synapses)
      population.operations += cast<SynapseOpInterface>(synapse).getFanOut();
    if (!onlySynapses || population.synapses.empty())
      continue;
    if (llvm::all_of(population.synapses, [](Operation *op) {
          Value weights = cast<SynapseOpInterface>(op).getSynapticWeights();
          return isa<FloatType>(getElementTypeOrSelf(weights.getType())) && readWeights(weights);
        })) {
      population.balance = Balance::Weights;
    } else if (auto driven = getDriven(population.synapses, numbers); driven && !driven->empty()) {
      population.balance = Balance::Thresholds;
      population.behind = *driven;
    }
  }
  return populations;
}

static DenseElementsAttr multiply(DenseElementsAttr thresholds, ArrayRef<double> factors) {
  const int64_t perChannel = thresholds.getNumElements() / int64_t(factors.size());
  auto getFactor = [&](int64_t index) { return factors[factors.size() == 1 ? 0 : index / perChannel]; };
  if (factors.size() == 1 && factors.front() == 1)
    return thresholds;
  if (auto integers = dyn_cast<DenseIntElementsAttr>(thresholds)) {
    SmallVector<APInt> scaled;
    for (auto [index, value] : llvm::enumerate(integers.getValues<APInt>())) {
      double limit = APInt::getSignedMaxValue(value.getBitWidth()).signedRoundToDouble();
      double product = std::clamp(std::round(value.signedRoundToDouble() * getFactor(int64_t(index))), 1.0, limit);
      scaled.push_back(APInt(value.getBitWidth(), uint64_t(product)));
    }
    return DenseElementsAttr::get(thresholds.getType(), scaled);
  }
  SmallVector<APFloat> scaled;
  for (auto [index, value] : llvm::enumerate(thresholds.getValues<APFloat>())) {
    APFloat product(value.convertToDouble() * getFactor(int64_t(index)));
    bool losesInfo;
    product.convert(value.getSemantics(), APFloat::rmNearestTiesToEven, &losesInfo);
    scaled.push_back(product);
  }
  return DenseElementsAttr::get(thresholds.getType(), scaled);
}

/// The synapse gets weights of its own: others may share the old ones.
static void multiplyWeights(Operation *synapse, double factor) {
  OpBuilder builder(synapse);
  Value old = cast<SynapseOpInterface>(synapse).getSynapticWeights();
  std::vector<double> values = *readWeights(old);
  for (double &value : values)
    value *= factor;
  synapse->replaceUsesOfWith(old, createWeight(builder, old.getLoc(), values, cast<RankedTensorType>(old.getType())));
  if (auto unread = old.getDefiningOp<WeightOp>(); unread && unread.use_empty())
    unread.erase();
}

void lle::scaleThresholds(NetworkOp network, ArrayRef<Population> originals, ArrayRef<ThresholdFactors> factors) {
  SmallVector<Population> populations = getPopulations(network);
  for (auto [population, original, factor] : llvm::zip_equal(populations, originals, factors)) {
    population.op->setAttr(kThreshold, multiply(original.threshold, factor.thresholds));
    if (factor.weights != 1)
      for (Operation *synapse : population.synapses)
        multiplyWeights(synapse, factor.weights);
  }
}
