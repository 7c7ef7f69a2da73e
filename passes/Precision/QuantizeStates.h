//===- QuantizeStates.h - states of few bits --------------------*- C++ -*-===//
#ifndef LLE_PASSES_PRECISION_QUANTIZESTATES_H
#define LLE_PASSES_PRECISION_QUANTIZESTATES_H

#include "dialects/LLE/StoredStates.h"
#include "passes/Analysis/Evaluator.h"

namespace lle {

/// A state of a population that spikes, of floats: native code stores it in fewer bits where the attribute of
/// dialects/LLE/StoredStates.h says so, without a buffer.
struct PopulationState {
  StatefulOpInterface op;
  std::string state, name; ///< `name` is for people: that of the population and of the state.
  mlir::FloatType type;    ///< As it is computed.
  int64_t elements;
  double least, largest; ///< On data, and 0.

  unsigned getBits() const { return type.getIntOrFloatBitWidth(); }
  /// Of so many bits from `share` of the least number up to the largest; 0 is one of the numbers.
  mlir::quant::UniformQuantizedType getType(unsigned bits, double share) const;
};

/// In the order of the network; the same in a copy of it. Ranges are those of the evaluator's samples.
llvm::Expected<std::vector<PopulationState>> measurePopulationStates(NetworkOp network, const Evaluator &evaluator);

/// Stores states of `copy`, a copy of their network, in these types; null: as it is computed.
void setStateTypes(NetworkOp copy, llvm::ArrayRef<PopulationState> states,
                   llvm::ArrayRef<mlir::quant::UniformQuantizedType> types);

} // namespace lle

#endif
