//===- CostModel.cpp - what a candidate network costs on a target ---------===//
#include "passes/Analysis/CostModel.h"
#include "passes/Analysis/Registry.h"

using namespace mlir;
using namespace lle;

ArrayRef<StringLiteral> lle::getWorkUnitNames() {
  static constexpr StringLiteral kNames[kNumWorkUnits] = {"mac",
                                                          "synaptic_operation",
                                                          "neuron_update",
                                                          "state_update",
                                                          "spike",
                                                          "spike_count",
                                                          "division",
                                                          "transcendental",
                                                          "liquid_synapse",
                                                          "unfold",
                                                          "pooled_element",
                                                          "byte",
                                                          "operation",
                                                          "step"};
  return kNames;
}

CostQuantity &CostQuantity::operator+=(const CostQuantity &other) {
  value += other.value;
  low += other.low;
  high += other.high;
  isAssumed |= other.isAssumed;
  return *this;
}

void CostQuantity::raise(const CostQuantity &other, double share) {
  isAssumed |= other.isAssumed && other.value > value && share > 0;
  value += share * std::max(other.value - value, 0.0);
  low += share * std::max(other.low - low, 0.0);
  high += share * std::max(other.high - high, 0.0);
}

CostQuantity CostQuantity::operator*(double factor) const {
  return {value * factor, low * factor, high * factor, isAssumed};
}

CostQuantity CostQuantity::operator*(const CostFigure &figure) const {
  return {value * figure.value, low * figure.low, high * figure.high, isAssumed || figure.provenance == "assumed"};
}

static Registry<CostModelFactory> &getModels() {
  static Registry<CostModelFactory> models("cost model");
  return models;
}

void lle::registerCostModel(StringRef name, CostModelFactory factory) { getModels().add(name, factory); }

llvm::Expected<std::unique_ptr<CostModel>> lle::createRegisteredCostModel(StringRef name, StringRef target,
                                                                          MLIRContext &context) {
  llvm::Expected<CostModelFactory> factory = getModels().find(name);
  if (!factory)
    return factory.takeError();
  return (*factory)(target, context);
}
