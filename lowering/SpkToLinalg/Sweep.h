//===- Sweep.h - code that runs over a population ---------------*- C++ -*-===//
#ifndef LLE_LOWERING_SPKTOLINALG_SWEEP_H
#define LLE_LOWERING_SPKTOLINALG_SWEEP_H

#include "lowering/MaterializeState/StepLowering.h"
#include "lowering/SpkToLinalg/Parameter.h"

namespace lle::spk {

/// Gets the inputs of one neuron and the old values of what is written; gives the new ones.
using SweepBody =
    llvm::function_ref<llvm::SmallVector<mlir::Value>(mlir::OpBuilder &, mlir::Location, mlir::ValueRange)>;

/// One pass over a population. All tensors are flat and of one length.
llvm::SmallVector<mlir::Value> sweepNumbers(StepBuilder &b, llvm::ArrayRef<mlir::Value> inputs,
                                            mlir::ValueRange outputs, SweepBody body);

/// The same for neurons that spike or do not: `body` gets inputs and states, and its last value is a condition.
/// `spikes` is of the stored type; it is made in the forms that `b.wanted` says. Returns the new states.
llvm::SmallVector<mlir::Value> sweepSpikes(StepBuilder &b, llvm::ArrayRef<mlir::Value> inputs, mlir::ValueRange states,
                                           mlir::RankedTensorType type, SweepBody body, StepSignal &spikes);

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

/// The condition, of which LLVM is told that it seldom holds: a branch on it stays one.
mlir::Value expectNot(StepBuilder &b, mlir::Value condition);

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
  /// New states and spikes. The last value of the body is a condition, or a count in the type that spikes are stored
  /// in.
  llvm::SmallVector<mlir::Value> buildSpiking(mlir::ValueRange inputs, mlir::ValueRange states,
                                              mlir::RankedTensorType type, Body body, StepSignal &spikes);

  Number input(unsigned index) { return {b, inputs[index]}; }
  Number state(unsigned index);
  Number operator()(const Parameter &parameter);
  StepBuilder &builder() { return *b; }

private:
  /// The inputs, and behind them the tables that the body asks for.
  llvm::SmallVector<mlir::Value> collectTables(mlir::ValueRange inputTensors, mlir::ValueRange outputTensors,
                                               Body body);
  /// The body for one neuron; the values are its inputs and tables, `numInputs` together, and the outputs.
  llvm::SmallVector<mlir::Value> runBody(mlir::OpBuilder &builder, mlir::Location loc, mlir::ValueRange values,
                                         size_t numInputs, Body body);

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
