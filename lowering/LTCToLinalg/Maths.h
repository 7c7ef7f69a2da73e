//===- Maths.h - functions of recurrent cells -------------------*- C++ -*-===//
#ifndef LLE_LOWERING_LTCTOLINALG_MATHS_H
#define LLE_LOWERING_LTCTOLINALG_MATHS_H

#include "dialects/LLE/LLEOps.h"

#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace lle {

/// The functions of cells on values of f32, scalars or vectors alike. Multiplications and additions may be fused, and
/// divisions be made by reciprocals, within the accuracy that `lle-polynomial-math` is given. exp, tanh and sigmoid
/// take infinite arguments and saturate.
class Maths {
public:
  explicit Maths(mlir::ImplicitLocOpBuilder &b) : b(b) {}

  mlir::Value constant(mlir::Type type, double value);
  mlir::Value add(mlir::Value x, mlir::Value y);
  mlir::Value subtract(mlir::Value x, mlir::Value y);
  mlir::Value multiply(mlir::Value x, mlir::Value y);
  /// x y + z
  mlir::Value multiplyAdd(mlir::Value x, mlir::Value y, mlir::Value z);
  /// x / y for y that is finite and not zero.
  mlir::Value divide(mlir::Value x, mlir::Value y);

  mlir::Value negate(mlir::Value x);
  mlir::Value absolute(mlir::Value x);
  /// A magnitude of at most `limit`; NaN stays NaN.
  mlir::Value clamp(mlir::Value x, double limit);
  mlir::Value exp(mlir::Value x);
  mlir::Value exp2(mlir::Value x);
  mlir::Value tanh(mlir::Value x);
  /// 1 / (1 + exp(-x))
  mlir::Value sigmoid(mlir::Value x);
  /// 1 / (1 + 2^t): the logistic function of -t / log2 e, for arguments whose factor is folded into coefficients.
  mlir::Value sigmoidOfPower(mlir::Value t);
  mlir::Value activate(Activation function, mlir::Value x);

  /// Of several values, side by side in the code: one hides the latency of the others. If they are bounded, none is
  /// beyond `kLargestExponent` in magnitude, or NaN is all that it may be.
  llvm::SmallVector<mlir::Value> sigmoidOfPower(mlir::ArrayRef<mlir::Value> t, bool areBounded = false);

private:
  mlir::ImplicitLocOpBuilder &b;
};

/// An exp2 with this attribute has an argument of at most this magnitude, or NaN: it need not be clamped.
inline constexpr llvm::StringLiteral kBoundedAttr = "lle.bounded";
inline constexpr double kLargestExponent = 124;

/// The logarithm of e to base 2.
inline constexpr double kLog2E = 1.4426950408889634;

} // namespace lle

#endif
