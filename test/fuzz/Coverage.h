//===- Coverage.h - what random networks have in them -----------*- C++ -*-===//
#ifndef LLE_TEST_FUZZ_COVERAGE_H
#define LLE_TEST_FUZZ_COVERAGE_H

#include "dialects/LLE/LLEOps.h"

#include <map>
#include <set>

namespace lle::fuzz {

/// One thing that some network should have: a kind of operation or edge, and a fact of it ("spk.lif", "when
/// same_step").
using Feature = std::pair<std::string, std::string>;

/// What this network has.
std::set<Feature> getFeatures(NetworkOp network);

/// What all networks together should have: every operation that is registered, every case of every attribute that the
/// verifiers allow, every kind of edge.
std::set<Feature> getExpectedFeatures(mlir::MLIRContext &context);

/// Counts features over many networks.
class Coverage {
public:
  explicit Coverage(const std::set<Feature> &expected);
  void add(const Feature &feature) { ++counts[feature]; }
  bool isComplete() const;
  /// A line for each kind, then what is missing; returns the number of things missing.
  unsigned print(llvm::raw_ostream &os) const;

private:
  std::map<Feature, uint64_t> counts; ///< Expected ones from the beginning, at zero.
};

} // namespace lle::fuzz

#endif
