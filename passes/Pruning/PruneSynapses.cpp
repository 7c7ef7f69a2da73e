//===- PruneSynapses.cpp - remove the synapses that matter least ----------===//
#include "passes/Analysis/CostModel.h"
#include "passes/Analysis/Requirement.h"
#include "passes/Analysis/Text.h"
#include "passes/Precision/Passes.h"
#include "passes/Precision/TensorMoments.h"
#include "passes/Pruning/ParameterRef.h"
#include "passes/Pruning/Passes.h"
#include "passes/Pruning/PrunedShare.h"
#include "passes/Pruning/SynapseElimination.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Remarks.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringExtras.h"

#include <cmath>
#include <tuple>

namespace lle {
#define GEN_PASS_DEF_PRUNESYNAPSES
#include "passes/Pruning/Passes.h.inc"
} // namespace lle

using namespace mlir;
using namespace lle;

/// The shares that are tried where none is given.
static constexpr int64_t kSynapseShares = 32;

namespace {
/// A copy of the network, and what was removed from it.
struct Thinned {
  OwningOpRef<ModuleOp> module;
  NetworkOp network;
  struct Layer {
    int64_t before = 0, after = 0;
    double error = 0;
  };
  std::vector<Layer> layers; ///< One for each matrix.

  int64_t count(int64_t Layer::*member) const {
    int64_t sum = 0;
    for (const Layer &layer : layers)
      sum += layer.*member;
    return sum;
  }
};

struct PruneSynapses : EvaluatingPass<lle::impl::PruneSynapsesBase<PruneSynapses>> {
  using EvaluatingPass::EvaluatingPass;

private:
  llvm::Error checkOptions();
  llvm::Error tune(NetworkOp network) override;
  llvm::Error findMatrices(NetworkOp network);
  std::vector<SmallVector<int64_t>> chooseCounts(double share) const;
  llvm::Expected<Thinned> prune(NetworkOp network, double share, const Dataset &data) const;
  llvm::Expected<Thinned> findShare(NetworkOp network, Evaluator &evaluator, double required, const CostBudget &budget);
  llvm::Expected<bool> hasGain(NetworkOp network, NetworkOp thinned);
  void write(NetworkOp network, const Thinned &thinned, const Evaluator &evaluator, double before, double after);

  SparsityPattern sparsity;
  std::vector<SynapseMatrix> matrices;
  std::vector<bool> areWanted;
  std::vector<SynapseElimination> eliminations; ///< Of those that are wanted.
};
} // namespace

llvm::Error PruneSynapses::checkOptions() {
  if (ratio.hasValue() && !(ratio > 0 && ratio < 1))
    return llvm::createStringError("ratio must be above 0 and below 1, got " + formatNumber(ratio));
  if (!(ridge >= kLeastRidge && std::isfinite(ridge)))
    return llvm::createStringError("ridge must be finite and at least " + formatNumber(kLeastRidge) + ", got " +
                                   formatNumber(ridge));
  sparsity = {};
  if (pattern.empty())
    return llvm::Error::success();
  auto [kept, of] = StringRef(pattern).split(':');
  if (kept.getAsInteger(10, sparsity.kept) || of.getAsInteger(10, sparsity.of) || sparsity.kept < 1 ||
      sparsity.of <= sparsity.kept)
    return llvm::createStringError("pattern must be N:M with 0 < N < M, as 2:4, got '" + pattern + "'");
  if (ratio.hasValue())
    return llvm::createStringError("say either ratio or pattern");
  return llvm::Error::success();
}

/// Whose names `layers` has: those of a cell are the cell's, or the cell's and the matrix's.
static bool isNamed(const SynapseMatrix &matrix, StringRef layer) {
  StringRef name = matrix.getName();
  return name == layer || (!matrix.getTensor().readers.size() && name.consume_front(layer) && name.starts_with("."));
}

llvm::Error PruneSynapses::findMatrices(NetworkOp network) {
  matrices = findSynapseMatrices(network);
  areWanted.clear();
  auto isListed = [&](const SynapseMatrix &matrix) {
    return layers.empty() || llvm::any_of(layers, [&](StringRef layer) { return isNamed(matrix, layer); });
  };
  for (const SynapseMatrix &matrix : matrices) {
    const bool hasPattern = sparsity.of == 0 || !matrix.isLiquid(), isSmall = matrix.getInputs() <= kMostInputs;
    areWanted.push_back(isListed(matrix) && hasPattern && isSmall && matrix.countSynapses() > 0);
    if (isListed(matrix) && !isSmall)
      remark::missed(network.getLoc(), remark::RemarkOpts::name("Kept").category("pruning").function(matrix.getName()))
          << remark::reason("neurons with {0} inputs, whose products would take gigabytes", matrix.getInputs());
    if (isListed(matrix) && !hasPattern)
      remark::missed(network.getLoc(), remark::RemarkOpts::name("Kept").category("pruning").function(matrix.getName()))
          << remark::reason("the synapses of a liquid cell have no pattern");
  }
  auto names = llvm::map_to_vector(matrices, [](const SynapseMatrix &matrix) { return StringRef(matrix.getName()); });
  for (const std::string &layer : layers)
    if (llvm::none_of(matrices, [&](const SynapseMatrix &matrix) { return isNamed(matrix, layer); }))
      return llvm::createStringError("layers: there are no synapses of '" + layer +
                                     "'; those of the network are: " + llvm::join(names, ", "));
  if (llvm::none_of(areWanted, [](bool isWanted) { return isWanted; }))
    return llvm::createStringError("the network has no synapses that can be removed: no weights that are constants of "
                                   "floats or integers" +
                                   Twine(sparsity.of > 0 ? ", outside of LTC cells" : ""));
  return llvm::Error::success();
}

/// How many synapses go from each row of each matrix that is wanted: those that change least for their layer.
std::vector<SmallVector<int64_t>> PruneSynapses::chooseCounts(double share) const {
  struct Place {
    double error;
    size_t elimination;
    int64_t row;
  };
  std::vector<Place> places;
  std::vector<SmallVector<int64_t>> counts;
  int64_t synapses = 0;
  for (auto [index, matrix] : llvm::enumerate(matrices)) {
    if (!areWanted[index])
      continue;
    synapses += matrix.countSynapses();
    const SynapseElimination &elimination = eliminations[counts.size()];
    for (int64_t row = 0; row < matrix.getRows(); ++row)
      for (const SynapseElimination::Removal &removal : elimination.getRemovals(row))
        places.push_back({removal.error, counts.size(), row});
    counts.emplace_back(matrix.getRows(), 0);
  }
  size_t goal = places.size();
  if (sparsity.of == 0) {
    goal = size_t(std::floor(double(synapses) * share + 0.5));
    // Errors of a row do not fall, so that the first of a row are taken.
    llvm::sort(places, [](const Place &x, const Place &y) {
      return std::tie(x.error, x.elimination, x.row) < std::tie(y.error, y.elimination, y.row);
    });
  }
  for (const Place &place : ArrayRef(places).take_front(goal))
    ++counts[place.elimination][place.row];
  return counts;
}

llvm::Expected<Thinned> PruneSynapses::prune(NetworkOp network, double share, const Dataset &data) const {
  Thinned thinned;
  thinned.module = ModuleOp::create(network.getLoc());
  thinned.network = network.clone();
  thinned.module->push_back(thinned.network);
  std::vector<SynapseMatrix> copies = findSynapseMatrices(thinned.network);
  std::vector<SmallVector<int64_t>> counts = chooseCounts(share);
  size_t next = 0;
  bool isThinned = false;
  for (auto [index, copy] : llvm::enumerate(copies)) {
    Thinned::Layer &layer = thinned.layers.emplace_back();
    layer.before = layer.after = copy.countSynapses();
    if (!areWanted[index])
      continue;
    const size_t own = next++;
    if (llvm::all_of(counts[own], [](int64_t count) { return count == 0; }))
      continue;
    // What layers before have lost changes what this one is given.
    std::vector<Eigen::MatrixXd> products;
    if (correct && isThinned && readsOperations(copy.getTensor())) {
      llvm::Expected<std::vector<std::vector<Eigen::MatrixXd>>> measured =
          measureProducts(thinned.network, copy, data, engine, samples);
      if (!measured)
        return measured.takeError();
      products = std::move(measured->front());
    }
    Eigen::MatrixXd changed = eliminations[own].getWeights(counts[own], std::move(products));
    copy.write(changed);
    layer.after = findSynapseMatrices(thinned.network)[index].countSynapses();
    layer.error = eliminations[own].getError(changed);
    isThinned = true;
  }
  return std::move(thinned);
}

llvm::Expected<Thinned> PruneSynapses::findShare(NetworkOp network, Evaluator &evaluator, double required,
                                                 const CostBudget &budget) {
  auto pruneShare = [&](double share) { return prune(network, share, evaluator.getData()); };
  if (!budget.isGiven())
    return findLargestShare<Thinned>(kSynapseShares, evaluator, required, pruneShare);
  llvm::Expected<PriceFunction> getPrice = createPriceFunction(costModel, target, getContext());
  if (!getPrice)
    return getPrice.takeError();
  return findSmallestShare<Thinned>(kSynapseShares, evaluator, budget, *getPrice, network, pruneShare);
}

/// Whether an inference takes less of anything on the target, with the activity that the network's attributes say or
/// that is assumed: the same for both, so that only synapses make a difference.
llvm::Expected<bool> PruneSynapses::hasGain(NetworkOp network, NetworkOp thinned) {
  llvm::Expected<std::unique_ptr<CostModel>> model = createRegisteredCostModel(costModel, target, getContext());
  if (!model)
    return model.takeError();
  if (!*model)
    return llvm::createStringError("there is no model of the target '" + target + "'");
  llvm::Expected<NetworkCost> before = (*model)->getCost(network);
  if (!before)
    return before.takeError();
  llvm::Expected<NetworkCost> after = (*model)->getCost(thinned);
  if (!after)
    return after.takeError();
  bool isLess = false;
  auto compare = [&](StringRef what, const std::optional<CostQuantity> &x, const std::optional<CostQuantity> &y) {
    if (!x || !y)
      return;
    isLess |= y->value < x->value;
    remark::analysis(network.getLoc(), remark::RemarkOpts::name("Cost").category("pruning").function(target))
        << remark::metric("Of", what) << remark::metric("Before", x->value) << remark::metric("After", y->value)
        << remark::metric("Provenance", y->getProvenance());
  };
  compare("EnergyMJ", before->mJ, after->mJ);
  compare("LatencyMS", before->ms, after->ms);
  compare("FlashBytes", before->flashBytes, after->flashBytes);
  // A target without figures of time and energy: a sigmoid that is not computed is work less on any.
  auto countSigmoids = [](const NetworkCost &cost) {
    double count = 0;
    for (const OperationCost &each : cost.operations)
      count += each.work.transcendental;
    return count;
  };
  return isLess || (!before->ms && !before->mJ && countSigmoids(*after) < countSigmoids(*before));
}

llvm::Error PruneSynapses::tune(NetworkOp network) {
  if (llvm::Error error = checkOptions())
    return error;
  llvm::Expected<CostBudget> budget = getBudget();
  if (!budget)
    return budget.takeError();
  if (budget->isGiven() && (ratio.hasValue() || sparsity.of > 0))
    return llvm::createStringError("say either ratio, or pattern, or a budget");
  Requirement requirement = getRequirement();
  llvm::Expected<std::unique_ptr<Evaluator>> evaluator = createEvaluator(network, requirement);
  if (!evaluator)
    return evaluator.takeError();
  if (llvm::Error error = findMatrices(network))
    return error;
  llvm::Expected<Evaluation> before = (*evaluator)->evaluate(network);
  if (!before)
    return before.takeError();
  const double required = requirement.getBound(before->metric);
  const bool isGiven = ratio.hasValue() || sparsity.of > 0;
  const bool isBound = requirement.minAccuracy || requirement.maxDrop || !(isGiven || budget->isGiven());
  if (isBound)
    if (llvm::Expected<Baseline> baseline = checkBaseline(before->metric, **evaluator, requirement); !baseline)
      return baseline.takeError();

  const Dataset &data = (*evaluator)->getData();
  llvm::Expected<std::vector<std::vector<Eigen::MatrixXd>>> products =
      measureProducts(network, matrices, data, engine, samples);
  if (!products)
    return products.takeError();
  eliminations.clear();
  for (auto [index, matrix] : llvm::enumerate(matrices))
    if (areWanted[index])
      eliminations.emplace_back(matrix, std::move((*products)[index]),
                                SynapseEliminationOptions{sparsity, correct, ridge}, &getContext());
  llvm::Expected<Thinned> thinned =
      isGiven ? prune(network, ratio, data) : findShare(network, **evaluator, required, *budget);
  if (!thinned)
    return thinned.takeError();
  llvm::Expected<Evaluation> after = (*evaluator)->evaluate(thinned->network);
  if (!after)
    return after.takeError();
  if (isBound)
    if (llvm::Error error = checkPruned(**evaluator, required, before->metric, after->metric))
      return error;
  if (!target.empty() && !budget->isGiven()) {
    llvm::Expected<bool> gain = hasGain(network, thinned->network);
    if (!gain)
      return gain.takeError();
    if (!*gain) {
      network.emitWarning(getArgument())
          << ": '" << StringRef(target) << "' gains nothing by the "
          << thinned->count(&Thinned::Layer::before) - thinned->count(&Thinned::Layer::after)
          << " synapses that could go, whose weights it would hold as zeros; the network stays as it is";
      return llvm::Error::success();
    }
  }
  write(network, *thinned, **evaluator, before->metric, after->metric);
  return llvm::Error::success();
}

void PruneSynapses::write(NetworkOp network, const Thinned &thinned, const Evaluator &evaluator, double before,
                          double after) {
  Builder b(network.getContext());
  NetworkOp result = thinned.network;
  llvm::MapVector<Operation *, NamedAttrList> notes;
  for (auto [index, matrix] : llvm::enumerate(findSynapseMatrices(result))) {
    const Thinned::Layer &layer = thinned.layers[index];
    if (!areWanted[index])
      continue;
    remark::passed(network.getLoc(), remark::RemarkOpts::name("Pruned").category("pruning").function(matrix.getName()))
        << remark::metric("Synapses", layer.after) << remark::metric("SynapsesBefore", layer.before)
        << remark::metric("Error", layer.error);
    const WeightTensor &tensor = matrix.getTensor();
    std::string key = tensor.attribute.str() + (tensor.index < 0 ? "" : std::to_string(tensor.index));
    auto note = notes.try_emplace(tensor.op, tensor.op->getAttrOfType<DictionaryAttr>(kSparsityAttr)).first;
    note->second.set(key, b.getDictionaryAttr({b.getNamedAttr("error", b.getF64FloatAttr(layer.error)),
                                               b.getNamedAttr("synapses", b.getI64IntegerAttr(layer.after)),
                                               b.getNamedAttr("synapses_before", b.getI64IntegerAttr(layer.before))}));
  }
  if (correct)
    removeWeightFacts(result, {kBitsAttr});
  for (auto &[op, note] : notes)
    op->setAttr(kSparsityAttr, note.getDictionary(b.getContext()));
  if (correct)
    network->removeAttr(kBitsAttr);
  network.getBody().takeBody(result.getBody());
  NamedAttrList facts;
  facts.append("after", b.getF64FloatAttr(after));
  facts.append("before", b.getF64FloatAttr(before));
  facts.append("corrected", b.getBoolAttr(correct));
  facts.append("dataset", b.getStringAttr(evaluator.getData().getName()));
  facts.append("engine", b.getStringAttr(engine));
  facts.append("metric", b.getStringAttr(getMetricName(metric)));
  if (sparsity.of > 0)
    facts.append("pattern", b.getStringAttr(pattern));
  facts.append("samples", b.getI64IntegerAttr(evaluator.getSamples()));
  facts.append("synapses", b.getI64IntegerAttr(thinned.count(&Thinned::Layer::after)));
  facts.append("synapses_before", b.getI64IntegerAttr(thinned.count(&Thinned::Layer::before)));
  network->setAttr(kSparsityAttr, facts.getDictionary(b.getContext()));
  remark::passed(network.getLoc(), remark::RemarkOpts::name("Thinned").category("pruning"))
      << remark::metric("Network", network.getName())
      << remark::metric("Synapses", thinned.count(&Thinned::Layer::after))
      << remark::metric("SynapsesBefore", thinned.count(&Thinned::Layer::before))
      << remark::metric("Metric", getMetricName(metric)) << remark::metric("Before", before)
      << remark::metric("After", after) << remark::metric("Samples", evaluator.getSamples());
}
