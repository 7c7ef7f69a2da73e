//===- Compare.h - two models in lockstep -----------------------*- C++ -*-===//
#ifndef LLE_TOOLS_LLE_VERIFY_COMPARE_H
#define LLE_TOOLS_LLE_VERIFY_COMPARE_H

#include "tools/common/OpenModel.h"
#include "tools/common/Sequences.h"

namespace lle::verify {

/// Something that both models let one see: a state, the result of a node, or an output.
struct Observable {
  std::string label; ///< "node 'lif1', state v".
  std::vector<int64_t> shape;
  std::string node, state;         ///< Of a state.
  size_t outputA = 0, outputB = 0; ///< Of all else.

  bool isState() const { return !state.empty(); }
};

/// What is compared, in the order in which values flow within a step. Models that are not of one interface are an
/// error.
llvm::Expected<std::vector<Observable>> findObservables(const OpenedModel &a, const OpenedModel &b);

struct Difference {
  int64_t sample, step;
  size_t observable, element;
  double a, b;
};

/// The first difference above the tolerance, by sample, step, observable and element.
llvm::Expected<std::optional<Difference>> findDifference(OpenedModel &a, OpenedModel &b, const Sequences &inputs,
                                                         llvm::ArrayRef<Observable> observables, double tolerance);

/// "sample 0, step 3, node 'lif1', state v, element (4): 0.5 in a.lle, 0.25 in b.mlir".
std::string describe(const Difference &difference, const Observable &observable, const OpenedModel &a,
                     const OpenedModel &b);

} // namespace lle::verify

#endif
