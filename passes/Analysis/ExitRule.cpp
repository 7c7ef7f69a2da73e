//===- ExitRule.cpp - when samples are decided ----------------------------===//
#include "passes/Analysis/ExitRule.h"
#include "dialects/LLE/LLEOps.h"

using namespace mlir;
using namespace lle;

ExitRule::ExitRule(NetworkOp network) {
  for (unsigned index = 0, count = network.getResultTypes().size(); index < count; ++index)
    if (auto margin = network.getResultAttrOfType<FloatAttr>(index, kExitMarginAttr)) {
      OutputFacts facts = getOutputFacts(network, index);
      add(index, facts.getElements(), facts.isSpike, margin.getValueAsDouble());
    }
}

std::optional<int64_t> ExitRule::findEnd(ArrayRef<Values> values, int64_t steps) {
  if (!isGiven())
    return std::nullopt;
  for (int64_t step = 0; step < steps; ++step) {
    bool isMet = true;
    for (Output &output : outputs) {
      ArrayRef<double> all = values[output.index];
      isMet &= output.decision.add(all.slice(step * output.elements, output.elements)) >= output.margin;
    }
    if (isMet)
      return step + 1;
  }
  return std::nullopt;
}
