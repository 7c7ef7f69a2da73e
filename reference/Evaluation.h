//===- Evaluation.h - what one operation does in a step ---------*- C++ -*-===//
#ifndef LLE_REFERENCE_EVALUATION_H
#define LLE_REFERENCE_EVALUATION_H

#include "llvm/ADT/ArrayRef.h"

#include <Eigen/Core>

namespace lle {

/// The elements of a tensor in row-major order. Spikes are held as numbers.
template <typename T>
using Array = Eigen::Array<T, Eigen::Dynamic, 1>;

/// What an evaluation is given: arrays of the sizes of the types, states in the order of
/// `getStates`.
template <typename T>
using Operands = llvm::ArrayRef<const Array<T> *>;
template <typename T>
using States = llvm::ArrayRef<Array<T>>;
template <typename T>
using MutableStates = llvm::MutableArrayRef<Array<T>>;
template <typename T>
using Results = llvm::MutableArrayRef<Array<T>>;

/// What one operation does in a time step, as a register of a circuit does it: first it emits its
/// results, from its states as the step before left them; when the whole network has emitted, it
/// updates its states. So an operation that is not combinational may emit before its inputs are
/// known, and the order of updates means nothing.
///
/// An evaluation has no state of its own: instances of a network share it.
template <typename T>
class StepEvaluation {
public:
  virtual ~StepEvaluation() = default;

  /// Computes the results. Reads only those operands that some result depends on within the step.
  virtual void emit(Operands<T> operands, States<T> states, Results<T> results) const = 0;

  /// Brings the states to the end of the step.
  virtual void update(Operands<T>, MutableStates<T>) const {}
};

} // namespace lle

#endif
