//===- Price.cpp - what an inference costs, and may cost ------------------===//
#include "passes/Analysis/Price.h"
#include "passes/Analysis/Text.h"

using namespace mlir;
using namespace lle;

llvm::Expected<PriceFunction> lle::createPriceFunction(StringRef model, StringRef target, MLIRContext &context) {
  llvm::Expected<std::unique_ptr<CostModel>> created = createRegisteredCostModel(model, target, context);
  if (!created)
    return created.takeError();
  if (!*created) // the context was told why
    return llvm::createStringError("there are no costs of target '" + target + "'");
  // A function that can be copied holds it.
  return [costs = std::shared_ptr<CostModel>(std::move(*created))](NetworkOp network,
                                                                   Evaluator &evaluator) -> llvm::Expected<Price> {
    ActivityRequest request;
    request.engine = evaluator.getOptions().engine;
    request.samples = evaluator.getSamples();
    llvm::Expected<DownsampledView> data = evaluator.getData(network);
    if (!data)
      return data.takeError();
    llvm::Expected<Activity> activity = measureActivity(network, *data, request);
    if (!activity)
      return activity.takeError();
    llvm::Expected<NetworkCost> cost = costs->getCost(network, {&*activity, &*data});
    if (!cost)
      return cost.takeError();
    Price price;
    price.energy = cost->mJ;
    price.latency = cost->ms;
    price.memory = cost->flashBytes;
    price.memory += cost->ramBytes;
    price.memory = price.memory * (1.0 / 1024);
    return price;
  };
}

llvm::Error CostBudget::checkIsKnown(const Price &price) const {
  if ((energy && !price.energy) || (latency && !price.latency))
    return llvm::createStringError(Twine("the target's description has no figures for a budget of ") +
                                   (energy && !price.energy ? "energy" : "latency"));
  return llvm::Error::success();
}

std::string CostBudget::getExcess(const Price &price) const {
  auto compare = [](StringRef what, const std::optional<double> &limit, const std::optional<CostQuantity> &quantity,
                    StringRef unit) {
    if (!limit || quantity->value <= *limit)
      return std::string();
    return (what + " " + formatNumber(quantity->value) + " " + unit + ", where " + formatNumber(*limit) + " " + unit +
            " are allowed")
        .str();
  };
  std::string excess = compare("energy", energy, price.energy, "mJ");
  if (excess.empty())
    excess = compare("latency", latency, price.latency, "ms");
  return excess.empty() ? compare("memory", memory, price.memory, "KB") : excess;
}
