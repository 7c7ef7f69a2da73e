//===- Optimize.cpp - the cheapest networks that are good enough ----------===//
#include "passes/Tuning/Passes.h"
#include "passes/Tuning/Search.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/Remarks.h"
#include "llvm/ADT/StringExtras.h"

namespace lle {
#define GEN_PASS_DEF_OPTIMIZE
#include "passes/Tuning/Passes.h.inc"
} // namespace lle

using namespace mlir;
using namespace lle;

namespace {
struct Optimize : EvaluatingPass<lle::impl::OptimizeBase<Optimize>> {
  using EvaluatingPass::EvaluatingPass;

private:
  llvm::Expected<SearchOptions> getOptions();
  llvm::Error tune(NetworkOp network) override;
  void write(NetworkOp network, const Search &search, const Candidate &candidate, bool isChosen);
};
} // namespace

llvm::Expected<SearchOptions> Optimize::getOptions() {
  if (earlyExit && isError(metric))
    return llvm::createStringError("early-exit is for accuracy and f1: a margin is one between classes");
  SearchOptions options;
  options.requirement = getRequirement();
  llvm::Expected<CostBudget> budget = getBudget();
  if (!budget)
    return budget.takeError();
  options.budget = *budget;
  if (!goals.empty()) {
    llvm::Expected<std::array<double, kGoals>> weights = parseGoals(llvm::join(goals, ","));
    if (!weights)
      return weights.takeError();
    options.weights = *weights;
  }
  if (beam == 0)
    return llvm::createStringError("beam must be above 0");
  options.beam = beam;
  options.target = target;
  options.earlyExit = earlyExit;
  options.passes.assign(passes.begin(), passes.end());
  return options;
}

llvm::Error Optimize::tune(NetworkOp network) {
  llvm::Expected<SearchOptions> options = getOptions();
  if (!options)
    return options.takeError();
  llvm::Expected<PriceFunction> getPrice = createPriceFunction(costModel, target, *network.getContext());
  if (!getPrice)
    return getPrice.takeError();
  llvm::Expected<std::unique_ptr<CostModel>> model =
      createRegisteredCostModel(costModel, target, *network.getContext());
  if (!model)
    return model.takeError();
  if (*model) { // else the price function's error says why
    options->form = (*model)->getWeightForm();
    options->isNeuromorphic = (*model)->isNeuromorphic();
  }
  Search search(network, *options, std::move(*getPrice));
  if (llvm::Error error = search.run())
    return error;
  llvm::Expected<std::shared_ptr<Candidate>> chosen = search.choose();
  if (!chosen)
    return chosen.takeError();

  std::vector<std::shared_ptr<Candidate>> results{*chosen};
  if (pareto > 0)
    results = search.getBest(pareto);
  OpBuilder b(network);
  for (auto [index, candidate] : llvm::enumerate(results)) {
    auto result = cast<NetworkOp>(b.clone(*candidate->getNetwork()));
    if (pareto > 0)
      result.setSymName((network.getSymName() + "_" + Twine(index + 1)).str());
    write(result, search, *candidate, candidate == *chosen);
  }
  remark::passed(network.getLoc(), remark::RemarkOpts::name("Optimized").category("optimize"))
      << remark::metric("Network", network.getName()) << remark::metric("Before", search.describe(search.getFirst()))
      << remark::metric("After", search.describe(**chosen));
  network.erase();
  return llvm::Error::success();
}

static DictionaryAttr getFigures(Builder &b, const Candidate &candidate) {
  NamedAttrList figures;
  auto add = [&](StringRef name, double value) { figures.append(name, b.getF64FloatAttr(value)); };
  add("metric", candidate.metric);
  if (candidate.price.energy)
    add("energy_mj", candidate.price.energy->value);
  if (candidate.price.latency)
    add("latency_ms", candidate.price.latency->value);
  add("memory_kb", candidate.price.memory.value);
  return figures.getDictionary(b.getContext());
}

static DictionaryAttr getProvenance(Builder &b, const Price &price) {
  NamedAttrList provenance;
  auto add = [&](StringRef name, const CostQuantity &quantity) {
    provenance.append(name, b.getStringAttr(quantity.getProvenance()));
  };
  if (price.energy)
    add("energy_mj", *price.energy);
  if (price.latency)
    add("latency_ms", *price.latency);
  add("memory_kb", price.memory);
  return provenance.getDictionary(b.getContext());
}

static ArrayAttr getMoves(Builder &b, ArrayRef<std::string> moves) {
  return b.getStrArrayAttr(llvm::to_vector_of<StringRef>(moves));
}

void Optimize::write(NetworkOp network, const Search &search, const Candidate &candidate, bool isChosen) {
  Builder b(network.getContext());
  const Evaluator &evaluator = search.getEvaluator();
  NamedAttrList facts;
  auto say = [&](StringRef name, Attribute value) { facts.append(name, value); };
  say("after", getFigures(b, candidate));
  say("before", getFigures(b, search.getFirst()));
  say("dataset", b.getStringAttr(evaluator.getData().getName()));
  say("engine", b.getStringAttr(engine));
  say("metric", b.getStringAttr(getMetricName(metric)));
  say("moves", getMoves(b, candidate.moves));
  say("provenance", getProvenance(b, candidate.price));
  say("required", b.getF64FloatAttr(search.getRequired()));
  say("samples", b.getI64IntegerAttr(evaluator.getSamples()));
  say("target", b.getStringAttr(target));
  if (isChosen) {
    say("chosen", b.getUnitAttr());
    SmallVector<Attribute> refusals;
    for (const Refusal &refusal : search.getRefusals())
      refusals.push_back(b.getDictionaryAttr({b.getNamedAttr("moves", getMoves(b, refusal.moves)),
                                              b.getNamedAttr("reason", b.getStringAttr(refusal.reason))}));
    say("refused", b.getArrayAttr(refusals));
  }
  network->setAttr(kOptimizedAttr, facts.getDictionary(b.getContext()));
}
