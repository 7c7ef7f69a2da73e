//===- Sweep.h - code that runs over a population ---------------*- C++ -*-===//
#ifndef LLE_LOWERING_SPKTOLINALG_SWEEP_H
#define LLE_LOWERING_SPKTOLINALG_SWEEP_H

#include "lowering/MaterializeState/StepLowering.h"
#include "lowering/SpkToLinalg/Parameter.h"

namespace lle::spk {

/// A number in the code of a sweep, so that formulas read as they are written.
struct Number {
  StepBuilder *b;
  mlir::Value value;
};
Number operator+(Number x, Number y);
Number operator-(Number x, Number y);
Number operator*(Number x, Number y);
Number operator/(Number x, Number y);
Number max(Number x, Number y);
Number select(mlir::Value condition, Number x, Number y);

/// A sweep in the making. Coefficients that differ between neurons become inputs of the generic operation, so the body
/// is written twice: once to collect them, and once for the code.
class Sweep {
public:
  using Body = llvm::function_ref<llvm::SmallVector<mlir::Value>(Sweep &)>;

  Sweep(StepBuilder &b, mlir::RankedTensorType type, bool channelsLast)
      : outer(b), element(type.getElementType()), count(type.getNumElements()), shape(type.getShape()),
        channelsLast(channelsLast) {}

  /// `outputs` are initial values of the results, of which the first are old states that the body reads.
  llvm::SmallVector<mlir::Value> build(mlir::ValueRange inputs, mlir::ValueRange outputs, Body body);

  Number input(unsigned index) { return {b, inputs[index]}; }
  Number state(unsigned index) { return {b, outputs[index]}; }
  Number operator()(const Parameter &parameter);
  StepBuilder &builder() { return *b; }

private:
  /// The code of one stretch of neurons; `all` are the inputs, and the tables behind them.
  llvm::SmallVector<mlir::Value> buildGeneric(StepBuilder &where, llvm::ArrayRef<mlir::Value> all,
                                              mlir::ValueRange outputs, Body body);
  /// The same row by row, for an image whose rows do not lie together.
  llvm::SmallVector<mlir::Value> buildRows(llvm::ArrayRef<mlir::Value> all, mlir::ValueRange outputs, int64_t rows,
                                           Body body);

  StepBuilder &outer;
  mlir::Type element;
  int64_t count;
  llvm::ArrayRef<int64_t> shape;
  bool channelsLast;

  StepBuilder *b = nullptr;
  bool collecting = false;
  llvm::SmallVector<mlir::Value> tables; ///< Coefficients that differ between neurons.
  unsigned nextTable = 0;
  llvm::SmallVector<mlir::Value> inputs, tableElements, outputs;
};

} // namespace lle::spk

#endif
