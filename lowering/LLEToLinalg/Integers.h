//===- Integers.h - fixed-point numbers in generated code -------*- C++ -*-===//
#ifndef LLE_LOWERING_LLETOLINALG_INTEGERS_H
#define LLE_LOWERING_LLETOLINALG_INTEGERS_H

#include "dialects/LLE/Quantization.h"
#include "lowering/MaterializeState/StepLowering.h"

namespace lle {

/// A signless integer in generated code, or a vector of them, so that formulas read as they are written. Both sides of
/// an operator have the same type; a constant takes the type of the other side.
struct Integer {
  StepBuilder *b;
  mlir::Value value;

  Integer like(int64_t constant) const;
  /// As a number of another width: sign-extended, or the low bits.
  Integer withWidth(unsigned bits) const;
  /// An index, of a number that is not negative.
  mlir::Value asIndex() const;
};
Integer operator+(Integer x, Integer y);
Integer operator-(Integer x, Integer y);
Integer operator*(Integer x, Integer y);
Integer operator<<(Integer x, Integer bits);
/// Rounds down.
Integer operator>>(Integer x, Integer bits);
/// As if they were not signed; the quotient is below 2^31.
Integer divideUnsigned(Integer x, Integer y);
Integer operator&(Integer x, Integer y);
inline Integer operator+(Integer x, int64_t y) { return x + x.like(y); }
inline Integer operator-(Integer x, int64_t y) { return x - x.like(y); }
inline Integer operator<<(Integer x, int64_t bits) { return bits == 0 ? x : x << x.like(bits); }
inline Integer operator>>(Integer x, int64_t bits) { return bits == 0 ? x : x >> x.like(bits); }
inline Integer operator&(Integer x, int64_t y) { return x & x.like(y); }
Integer min(Integer x, Integer y);
Integer max(Integer x, Integer y);
/// To the range of a signed number of this width.
Integer clip(Integer x, unsigned bits);
Integer select(mlir::Value condition, Integer x, Integer y);
mlir::Value isNegative(Integer x);

/// An element of a one-dimensional tensor; of a vector of places, a vector of elements. Places are not negative.
Integer lookUp(mlir::Value tensor, Integer place);
/// An element of a one-dimensional tensor, sign-extended to `bits`.
Integer readInteger(StepBuilder &b, mlir::Value tensor, mlir::Value index, unsigned bits = 32);
/// `lanes` elements from a place on, as a vector of 32 bits.
Integer readIntegers(StepBuilder &b, mlir::Value tensor, mlir::Value place, int64_t lanes, bool isSigned = true);
/// A number in all lanes.
Integer broadcast(Integer x, int64_t lanes);
/// The tensor with the low bits of a number at a place.
mlir::Value writeInteger(Integer x, mlir::Value tensor, mlir::Value index);

/// `(x multiplier + 2^(shift - 1)) >> shift`, clipped to 16 bits. x has 32 bits; multiplier and shift are of 64 bits,
/// and so is the result.
Integer scaleInteger(Integer x, Integer multiplier, Integer shift);

/// The functions of `lle.fixed_affine`. A table has one word for each interval: the node in its low half, and in its
/// high half what the next node is above it, so that one load serves an interpolation.
class FixedFunctionCode {
public:
  FixedFunctionCode(StepBuilder &b, FixedFunction function);

  /// f(z) for 32-bit numbers that have 16 bits.
  Integer operator()(Integer z) const;

private:
  FixedFunction function;
  mlir::Value table; ///< Null where there is none.

  Integer interpolate(Integer z) const;
};

/// What is done in one turn of a loop: returns the new carried values.
using LoopBody =
    llvm::function_ref<llvm::SmallVector<mlir::Value>(StepBuilder &b, mlir::Value index, mlir::ValueRange carried)>;
/// A loop from `first` up to `last`, which are of 32 bits: an index has 64, which a processor of 32 counts in two
/// registers.
llvm::SmallVector<mlir::Value> buildLoop(StepBuilder &b, Integer first, Integer last, mlir::ValueRange carried,
                                         LoopBody body);
llvm::SmallVector<mlir::Value> buildLoop(StepBuilder &b, int64_t count, mlir::ValueRange carried, LoopBody body);

/// A constant of 32 bits.
Integer wordConstant(StepBuilder &b, int64_t value);

/// Constant integers of `bits` in one dimension.
mlir::Value integerTable(StepBuilder &b, llvm::ArrayRef<int64_t> values, unsigned bits);

} // namespace lle

#endif
