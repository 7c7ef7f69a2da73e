//===- LTCParameters.h - the parameters of liquid cells ---------*- C++ -*-===//
#ifndef LLE_LOWERING_LTCTOLINALG_LTCPARAMETERS_H
#define LLE_LOWERING_LTCTOLINALG_LTCPARAMETERS_H

#include "dialects/LTC/LTCOps.h"
#include "lowering/LTCToLinalg/SynapseCode.h"

namespace lle {

/// The parameters of a cell, in double precision. Symbols are those of the description of ltc.ltc_cell.
struct LTCParameters {
  using Numbers = llvm::SmallVector<double>;

  explicit LTCParameters(ltc::LTCCellOp op);

  ltc::Solver solver;
  int64_t unfolds, units, inputs, motor;
  double epsilon, elapsed;
  Numbers gleak, vleak, cm, outputW, outputB;
  llvm::SmallVector<FoldedSynapse> recurrent, sensory;

  bool isFused() const { return solver == ltc::Solver::fused; }
  /// T / unfolds, where the elapsed time is constant.
  double getShare() const { return elapsed / double(unfolds); }
  /// gleak vleak
  double getDrive(int64_t neuron) const { return gleak[neuron] * vleak[neuron]; }
  /// cm / h where the solver is fused and the elapsed time is constant; else cm.
  double getCapacitance(int64_t neuron, bool isTimed) const {
    return isFused() && !isTimed ? cm[neuron] / getShare() : cm[neuron];
  }
  /// What a neuron conducts besides its synapses, and besides cm / h where the elapsed time is not constant.
  double getConductance(int64_t neuron, bool isTimed) const {
    if (!isFused())
      return gleak[neuron];
    return (isTimed ? 0 : getCapacitance(neuron, isTimed)) + gleak[neuron] + epsilon;
  }

  /// Puts neurons into lanes, in the order of their fan-in where that pays: sources and targets of synapses become
  /// lanes. Returns the neuron of each lane.
  llvm::SmallVector<int64_t> moveToLanes(int64_t lanes);
};

/// The time of an unfold, T / unfolds, and its inverse where the elapsed time is not constant and the fused solver
/// needs it.
struct TimeShare {
  mlir::Value share, inverse;
};
TimeShare buildTimeShare(CellCode &code, StepBuilder &b, const LTCParameters &cell, mlir::Value elapsedTime);

/// The lane of each neuron, of the neuron of each lane.
llvm::SmallVector<int64_t> invert(llvm::ArrayRef<int64_t> order);

} // namespace lle

#endif
