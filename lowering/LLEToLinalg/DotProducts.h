//===- DotProducts.h - sums of products of integers -------------*- C++ -*-===//
#ifndef LLE_LOWERING_LLETOLINALG_DOTPRODUCTS_H
#define LLE_LOWERING_LLETOLINALG_DOTPRODUCTS_H

#include "lowering/MaterializeState/StepLowering.h"

#include <memory>

namespace lle {

/// A matrix of integers, a row for each output, that are multiplied with inputs and summed. No sum overflows 32 bits,
/// so its order is free.
struct IntegerMatrix {
  int64_t outputs, inputs;
  llvm::ArrayRef<int64_t> weights; ///< Row by row.
  llvm::ArrayRef<int64_t> bias;    ///< One for each output.
  unsigned weightBits, inputBits;  ///< 8 or 16.

  int64_t at(int64_t output, int64_t input) const {
    return output < outputs && input < inputs ? weights[output * inputs + input] : 0;
  }
  int64_t getRowSum(int64_t output) const;
};

/// What a machine computes of products at once. A unit of sums holds those of some outputs side by side, in one
/// register or several; a turn of the loop over inputs adds the products of some inputs to each of them.
class DotProductForm {
public:
  DotProductForm(int64_t outputs, int64_t inputs, int64_t units, int64_t turnsAtOnce = 0)
      : outputs(outputs), inputs(inputs), units(units), turnsAtOnce(turnsAtOnce) {}
  virtual ~DotProductForm() = default;

  const int64_t outputs; ///< Of a unit of sums.
  const int64_t inputs;  ///< Of a turn.
  const int64_t units;   ///< That the machine has registers for.
  /// Turns that the body of the loop has; 0 leaves it to LLVM. Unrolled further, sums and addresses would leave the
  /// registers of a small machine.
  const int64_t turnsAtOnce;

  /// The place of a weight among those that a unit takes in a turn: `outputs * inputs` numbers.
  virtual int64_t getPlace(int64_t output, int64_t input) const { return output * inputs + input; }
  /// What `prepare` changes in a sum, to be subtracted from its bias.
  virtual int64_t getExcess(int64_t rowSum) const { return 0; }
  /// The inputs as `readInputs` wants them: in whole turns, so that no load is beyond their end.
  virtual mlir::Value prepare(StepBuilder &b, mlir::Value inputs) const = 0;
  virtual llvm::SmallVector<mlir::Value> readInputs(StepBuilder &b, mlir::Value inputs, mlir::Value turn) const = 0;
  /// The registers of a unit whose sums are the biases: a number for one output, else a vector.
  virtual llvm::SmallVector<mlir::Value> start(StepBuilder &b, mlir::Value bias) const { return {bias}; }
  /// `weights` are those of a turn, in the width of the matrix: a vector, or a number if they are one.
  virtual llvm::SmallVector<mlir::Value> accumulate(StepBuilder &b, mlir::ValueRange registers, mlir::Value weights,
                                                    mlir::ValueRange inputs) const = 0;
  /// The sums of a unit, in the form of `start`.
  virtual mlir::Value finish(StepBuilder &b, mlir::ValueRange registers) const { return registers.front(); }
};

/// The form that takes the fewest instructions on the machine.
std::unique_ptr<DotProductForm> chooseDotProducts(const VectorShape &machine, const IntegerMatrix &matrix);

/// `bias_o + sum over i of weights_oi x_i` for each output o, of 32 bits. Behind the last output there may be others,
/// to fill vectors of the machine.
mlir::Value multiplyIntegers(StepBuilder &b, const IntegerMatrix &matrix, mlir::Value input);

} // namespace lle

#endif
