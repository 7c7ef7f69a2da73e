//===- BitSearch.h - widths of tensors under a budget -----------*- C++ -*-===//
#ifndef LLE_PASSES_PRECISION_BITSEARCH_H
#define LLE_PASSES_PRECISION_BITSEARCH_H

#include "passes/Analysis/Price.h"
#include "passes/Precision/Knapsack.h"
#include "passes/Precision/NarrowPayloads.h"
#include "passes/Precision/OutputDeviation.h"
#include "passes/Precision/QuantizeStates.h"
#include "passes/Precision/QuantizeWeights.h"

namespace lle {

/// The choice of each group of weights and, behind them, of each state and each payload; and what it makes of the
/// network.
struct BitAllocation {
  std::vector<unsigned> choices;
  int64_t size = 0;
  double predicted = 0; ///< The sum of the losses of each group alone.
  mlir::OwningOpRef<mlir::ModuleOp> module;
  std::vector<TensorRounding> roundings;
  Deviation deviation;
  double metric = 0;
  std::string excess;            ///< Of the costs; empty where none is, or where they were not asked.
  bool keepsRequirement = false; ///< Of the metric and of spikes.
  bool isGoodEnough = false;     ///< That, and what it costs.

  NetworkOp getNetwork() { return *module->getOps<NetworkOp>().begin(); }
};

struct BitSearchOptions {
  std::vector<unsigned> widths; ///< Of weights that are offered, by rising width.
  /// Of states, by rising width; the width in which they are computed is offered besides. Empty: states stay.
  std::vector<unsigned> stateWidths;
  double maxRateChange = 0;  ///< Of the spikes of a population; 0: not asked.
  unsigned repairs = 0;      ///< Rounds of changes by measurement.
  bool powersOfTwo = false;  ///< Scales are.
  bool countsScales = false; ///< As part of an allocation's size.
  /// How weights lie in the memory that is counted; none: packed, in the bits that they have.
  std::optional<WeightForm> memory;
  CostBudget costs;       ///< Of an inference of the allocation's network.
  PriceFunction getPrice; ///< Where one is given.
};

/// One width of one tensor.
struct OfferedWidth {
  unsigned bits;
  mlir::quant::UniformQuantizedType type = {}; ///< Of a state; null: as it is computed.
};

/// Looks for a width of each group of weights, of each state and of each payload, of one network.
class BitSearch {
public:
  BitSearch(BitSearchOptions options, std::unique_ptr<Evaluator> evaluator)
      : options(std::move(options)), evaluator(std::move(evaluator)) {}

  /// The loss that each width of each group, state and payload alone makes.
  llvm::Error measureSensitivity();
  llvm::Expected<BitAllocation> findWithinBudget(KnapsackSolution best);
  /// By bisection of the allocations that no other one beats, then narrower where one group alone can be. What an
  /// inference costs need not fall with the widths: where it is too much, wider allocations are tried one by one.
  llvm::Expected<BitAllocation> findSmallest(llvm::ArrayRef<KnapsackSolution> front);

  /// What a group counts in that width, in bits.
  int64_t getSize(const WeightGroup &group, unsigned bits) const;
  /// Bits that the scales of a group take.
  int64_t getScaleBits(const WeightGroup &group) const;

  BitSearchOptions options;
  std::unique_ptr<Evaluator> evaluator;
  std::unique_ptr<OutputDeviation> deviation;
  std::unique_ptr<WeightQuantizer> quantizer;
  std::vector<PopulationState> states;     ///< None where no widths of states are offered.
  std::vector<PopulationPayload> payloads; ///< None where no widths of payloads are offered.
  std::optional<double> required;          ///< Of the metric.
  double before = 0;
  int64_t budget = 0;                              ///< In bits.
  std::vector<std::vector<OfferedWidth>> widths;   ///< Of each group, then of each state, then of each payload.
  std::vector<std::vector<KnapsackChoice>> losses; ///< Of each width.

  /// The choices of states and of payloads.
  std::vector<mlir::quant::UniformQuantizedType> getStateTypes(llvm::ArrayRef<unsigned> choices) const;
  std::vector<unsigned> getPayloadWidths(llvm::ArrayRef<unsigned> choices) const;

private:
  llvm::Error measureWeights();
  llvm::Error measureStates();
  llvm::Error measurePayloads();
  /// What one width alone makes of the network.
  llvm::Expected<double> measureLoss(NetworkOp copy, mlir::Location loc, llvm::StringRef name, unsigned bits) const;
  /// Makes the network of an allocation and measures it; only whether it is good enough unless `isComplete`.
  llvm::Error realize(BitAllocation &allocation, bool isComplete);
  /// What an inference of a network costs too much.
  llvm::Expected<std::string> getExcess(NetworkOp rounded);
  BitAllocation predict(std::vector<unsigned> choices) const;
  std::vector<BitAllocation> getNeighbours(const BitAllocation &from) const;
};

} // namespace lle

#endif
