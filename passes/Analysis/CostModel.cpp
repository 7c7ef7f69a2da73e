//===- CostModel.cpp - what a candidate network costs on a target ---------===//
#include "passes/Analysis/CostModel.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <map>
#include <mutex>

using namespace mlir;
using namespace lle;

ArrayRef<StringLiteral> lle::getWorkUnitNames() {
  static constexpr StringLiteral kNames[kNumWorkUnits] = {
      "mac",  "synaptic_operation", "neuron_update", "state_update", "spike", "transcendental",
      "byte", "operation",          "step"};
  return kNames;
}

CostQuantity &CostQuantity::operator+=(const CostQuantity &other) {
  value += other.value;
  low += other.low;
  high += other.high;
  isAssumed |= other.isAssumed;
  return *this;
}

CostQuantity CostQuantity::operator*(double factor) const {
  return {value * factor, low * factor, high * factor, isAssumed};
}

CostQuantity CostQuantity::operator*(const CostFigure &figure) const {
  return {value * figure.value, low * figure.low, high * figure.high, isAssumed || figure.provenance == "assumed"};
}

namespace {
/// Tools register before they run passes, but a plugin may be loaded at any time.
struct Factories {
  std::mutex mutex;
  std::map<std::string, CostModelFactory> byName;
};
} // namespace

static Factories &getFactories() {
  static Factories factories;
  return factories;
}

void lle::registerCostModel(StringRef name, CostModelFactory factory) {
  Factories &factories = getFactories();
  std::lock_guard<std::mutex> lock(factories.mutex);
  factories.byName[name.str()] = factory;
}

llvm::Expected<std::unique_ptr<CostModel>> lle::createRegisteredCostModel(StringRef name, StringRef target,
                                                                          MLIRContext &context) {
  Factories &factories = getFactories();
  CostModelFactory factory = nullptr;
  {
    std::lock_guard<std::mutex> lock(factories.mutex);
    if (auto found = factories.byName.find(name.str()); found != factories.byName.end())
      factory = found->second;
    if (!factory) {
      auto names = llvm::map_range(factories.byName, [](const auto &entry) { return entry.first; });
      return llvm::createStringError("there is no cost model '" + name + "'; there " +
                                     (factories.byName.empty() ? "is none" : "are: " + llvm::join(names, ", ")));
    }
  }
  return factory(target, context);
}
