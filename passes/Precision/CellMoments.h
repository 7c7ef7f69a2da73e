//===- CellMoments.h - what matrices of cells do on data --------*- C++ -*-===//
#ifndef LLE_PASSES_PRECISION_CELLMOMENTS_H
#define LLE_PASSES_PRECISION_CELLMOMENTS_H

#include "dialects/LTC/LTCOps.h"
#include "passes/Analysis/Signals.h"

namespace lle {

/// For each matrix of parameters of a cell, the sum over observations of g g^T, where g are the derivatives of a unit's
/// state by the numbers of the matrix that are of this unit. So a change d of these numbers changes the state by d^T g,
/// to first order, as weights do in a layer whose inputs are g.
class CellMoments {
public:
  /// Nothing for what is no liquid or recurrent cell. `steps` is how many will be added.
  static std::unique_ptr<CellMoments> create(mlir::Operation *cell, double steps);
  /// Of an LTC cell, whichever attribute is asked for: a matrix for each neuron, of the derivatives of its potential by
  /// the conductances of the synapses from all neurons, then of those from all inputs, then by its leak, and by the
  /// product of leak and resting potential. So synapses are seen together with all that can make up for them.
  static std::unique_ptr<CellMoments> createForSynapses(ltc::LTCCellOp cell, double steps);
  virtual ~CellMoments();

  /// What is added, for each of these values.
  llvm::ArrayRef<mlir::Value> getSignals() const { return signals; }
  void add(int64_t sample, int64_t steps, SignalSteps values);
  /// One matrix for all rows, or one for each; row-major. Nothing where that is not known.
  virtual std::vector<std::vector<double>> get(llvm::StringRef attribute, int64_t index) = 0;

protected:
  explicit CellMoments(mlir::Operation *cell);

  struct Step {
    llvm::ArrayRef<double> input, state; ///< `state` is that before the step.
    double elapsed;                      ///< The operand; 0 without one.
    bool isFirst;                        ///< Of a sample.
  };
  virtual void observe(const Step &step) = 0;

private:
  llvm::SmallVector<mlir::Value> signals; ///< The input, the state, and perhaps the elapsed time.
  bool isHeldOutside = false;             ///< The state is an operand; else it is a result of the step before.
  int64_t lastSample = -1;
  std::vector<double> before;
};

} // namespace lle

#endif
