//===- Integers.h - sweeps in integers --------------------------*- C++ -*-===//
#ifndef LLE_LOWERING_SPKTOLINALG_INTEGERS_H
#define LLE_LOWERING_SPKTOLINALG_INTEGERS_H

#include "lowering/MaterializeState/StepLowering.h"
#include "lowering/SpkToLinalg/Parameter.h"

#include <optional>

namespace lle::spk {

/// 32-bit integers, or vectors of them, in the code of a sweep.
class Word {
public:
  Word(StepBuilder &b, mlir::Value value) : b(&b), value(value) {}
  Word(StepBuilder &b, int64_t constant);

  StepBuilder *b;
  mlir::Value value;

  Word operator+(Word y) const;
  Word operator-(Word y) const;
  Word operator*(Word y) const;
  Word operator<<(int bits) const;
  mlir::Value operator>(Word y) const;
  mlir::Value operator>=(Word y) const;
  mlir::Value operator<=(Word y) const;
};

Word select(mlir::Value condition, Word x, Word y);
Word min(Word x, Word y);
Word max(Word x, Word y);
Word absolute(Word x);
/// Of numbers that are not negative.
Word shiftRight(Word x, int bits);
/// Rounded down, whatever the sign.
Word floorShift(Word x, int bits);
Word bitAnd(Word x, int64_t mask);
/// Modulo 2^bits, with a sign.
Word wrap(Word x, int bits);
mlir::Value bothOf(mlir::Value a, mlir::Value b, StepBuilder &builder);

/// A number of each neuron: a constant, or an element of a table.
struct Field {
  Parameter values = 0.0;
  std::optional<unsigned> table; ///< Which of the sweep's inputs it is.

  bool isAll(double value) const { return values.isAll(value); }
  Word load(StepBuilder &b, mlir::ValueRange arguments) const;
  /// Makes a field that differs between neurons an input of the sweep over a population of this type.
  void addTable(StepBuilder &b, mlir::RankedTensorType type, llvm::SmallVectorImpl<mlir::Value> &inputs);
};

/// sgn(f s) ((|f| |s|) >> 12) of a state of at most 24 bits and a factor of 0 to 4096 (`isSigned`: or -4096 to -1).
Word scaleTowardsZero(StepBuilder &b, const Field &factor, mlir::ValueRange arguments, Word state,
                      bool isSigned = false);

} // namespace lle::spk

#endif
