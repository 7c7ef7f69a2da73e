//===- Parameter.h - numbers known per neuron at compile time ---*- C++ -*-===//
#ifndef LLE_LOWERING_SPKTOLINALG_PARAMETER_H
#define LLE_LOWERING_SPKTOLINALG_PARAMETER_H

#include "mlir/IR/BuiltinAttributeInterfaces.h"
#include "mlir/Support/LLVM.h"

namespace lle {

/// One number for each neuron, or one for all. Arithmetic is in double precision.
class Parameter {
public:
  Parameter(double uniform) : values{uniform} {}
  explicit Parameter(mlir::ElementsAttr elements);

  bool isUniform() const { return values.size() == 1; }
  bool isAll(double value) const;
  llvm::ArrayRef<double> getValues() const { return values; }

  friend Parameter operator+(const Parameter &a, const Parameter &b);
  friend Parameter operator-(const Parameter &a, const Parameter &b);
  friend Parameter operator*(const Parameter &a, const Parameter &b);
  friend Parameter operator/(const Parameter &a, const Parameter &b);
  friend Parameter exp(const Parameter &a);
  /// Element by element.
  static Parameter combine(const Parameter &a, const Parameter &b, llvm::function_ref<double(double, double)> function);

private:
  Parameter() = default;
  llvm::SmallVector<double> values;
};

} // namespace lle

#endif
