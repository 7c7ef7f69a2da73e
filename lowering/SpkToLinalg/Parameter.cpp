//===- Parameter.cpp - numbers known per neuron at compile time -----------===//
#include "lowering/SpkToLinalg/Parameter.h"
#include "lowering/MaterializeState/StepLowering.h"

#include <cmath>

using namespace lle;

Parameter::Parameter(mlir::ElementsAttr elements) : values(getDoubles(elements)) {}

bool Parameter::isAll(double value) const {
  return llvm::all_of(values, [&](double v) { return v == value; });
}

Parameter Parameter::combine(const Parameter &a, const Parameter &b,
                             llvm::function_ref<double(double, double)> function) {
  Parameter result;
  size_t count = std::max(a.values.size(), b.values.size());
  for (size_t i = 0; i < count; ++i)
    result.values.push_back(function(a.values[a.isUniform() ? 0 : i], b.values[b.isUniform() ? 0 : i]));
  return result;
}

namespace lle {
Parameter operator+(const Parameter &a, const Parameter &b) {
  return Parameter::combine(a, b, [](double x, double y) { return x + y; });
}
Parameter operator-(const Parameter &a, const Parameter &b) {
  return Parameter::combine(a, b, [](double x, double y) { return x - y; });
}
Parameter operator*(const Parameter &a, const Parameter &b) {
  return Parameter::combine(a, b, [](double x, double y) { return x * y; });
}
Parameter operator/(const Parameter &a, const Parameter &b) {
  return Parameter::combine(a, b, [](double x, double y) { return x / y; });
}
Parameter exp(const Parameter &a) {
  return Parameter::combine(a, 0.0, [](double x, double) { return std::exp(x); });
}
} // namespace lle
