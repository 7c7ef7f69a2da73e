//===- CellParameters.cpp - parameters of cells as they act ---------------===//
#include "passes/Precision/CellParameters.h"
#include "passes/Simplify/Weights.h"

#include <cmath>

using namespace mlir;
using namespace lle;
using namespace lle::ltc;

std::vector<double> lle::readParameter(ElementsAttr elements, int64_t count, double otherwise) {
  return elements ? *readNumbers(elements) : std::vector<double>(count, otherwise);
}

double lle::makePositive(Positivity positivity, double parameter) {
  return positivity == Positivity::softplus ? std::max(parameter, 0.0) + std::log1p(std::exp(-std::abs(parameter)))
                                            : parameter;
}

double lle::unmakePositive(Positivity positivity, double positive) {
  constexpr double kLeast = 1e-9; // A softplus is never 0.
  if (positivity != Positivity::softplus)
    return positive;
  positive = std::max(positive, kLeast);
  return positive + std::log(-std::expm1(-positive));
}

LTCSynapses lle::readSynapses(LTCCellOp cell, bool isSensory) {
  LTCSynapses synapses;
  synapses.prefix = isSensory ? "sensory_" : "";
  synapses.targets = cast<RankedTensorType>(cell.getState().getType()).getNumElements();
  auto get = [&](StringRef name) { return cell->getAttrOfType<ElementsAttr>((synapses.prefix + name).str()); };
  synapses.sigma = readParameter(get("sigma"));
  synapses.mu = readParameter(get("mu"));
  synapses.w = readParameter(get("w"));
  synapses.erev = readParameter(get("erev"));
  synapses.sources = int64_t(synapses.w.size()) / synapses.targets;
  synapses.mask = readParameter(get("mask"), int64_t(synapses.w.size()), 1);
  for (auto [w, m] : llvm::zip_equal(synapses.w, synapses.mask)) {
    m = std::abs(m);
    w = makePositive(cell.getPositivity(), w) * m;
  }
  return synapses;
}

std::vector<double> lle::readMasked(CfCCellOp cell, ElementsAttr weights) {
  std::vector<double> numbers = readParameter(weights);
  if (ElementsAttr attribute = cell.getMaskAttr()) {
    bool isSigned = cell.getMaskKind() == MaskKind::signed_;
    for (auto [weight, m] : llvm::zip_equal(numbers, readParameter(attribute)))
      weight *= isSigned ? m : std::abs(m);
  }
  return numbers;
}
