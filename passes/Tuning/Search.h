//===- Search.h - moves that make networks cheaper --------------*- C++ -*-===//
#ifndef LLE_PASSES_TUNING_SEARCH_H
#define LLE_PASSES_TUNING_SEARCH_H

#include "dialects/LLE/LLEOps.h"
#include "passes/Analysis/Price.h"
#include "passes/Analysis/Requirement.h"
#include "passes/Tuning/Front.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "llvm/Support/FileUtilities.h"

#include <memory>

namespace lle {

struct SearchOptions {
  Requirement requirement;
  CostBudget budget;
  std::array<double, kGoals> weights{0, 1, 1, 1}; ///< Of the goals, where one network is chosen.
  std::vector<std::string> passes;                ///< Those that may be tried; none: all.
  size_t beam = 4;                                ///< Networks that are followed from stage to stage.
  std::string target;                             ///< Of the cost model.
  WeightForm form;                                ///< Of the target.
  bool isNeuromorphic = false;                    ///< The target, which then has no spk.adlif.
  bool earlyExit = false;                         ///< Samples may end where they are decided.
};

/// A network that meets the requirement, and how it came about.
struct Candidate {
  mlir::OwningOpRef<mlir::ModuleOp> module;
  std::vector<std::string> moves;
  double metric = 0;
  Price price;
  Merits merits;

  NetworkOp getNetwork();
};

/// A move that was not taken.
struct Refusal {
  std::vector<std::string> moves; ///< Those before it, and itself.
  std::string reason;
};

/// A beam search: in each stage, of which there is one for each tuning pass, every network of the beam is also tried
/// with each setting of the pass, and of all those that keep the requirement the front is followed, spread over its
/// width. The stages go from what removes most to what is finest: the neuron model, time steps, longer ones before
/// fewer of them, channels, synapses, thresholds, bits. A pass works on the network as the stages before have made it,
/// so each stage sees, and corrects for, what they cost.
class Search {
public:
  Search(NetworkOp network, const SearchOptions &options, PriceFunction getPrice)
      : original(network), options(options), getPrice(std::move(getPrice)) {}

  /// Runs all stages. An error where the network itself cannot be run or priced, or does not meet the requirement.
  llvm::Error run();

  /// The one of the front within the limits with the smallest sum, by weight, of its goals: of a cost the share of the
  /// first network's, of the accuracy the share of the allowed drop. An error names the limit that binds, and the
  /// network that is nearest to it.
  llvm::Expected<std::shared_ptr<Candidate>> choose() const;
  /// Up to `count` networks of the front that are within the limits, the best metric first.
  std::vector<std::shared_ptr<Candidate>> getBest(size_t count) const;

  /// What `candidate` is, for people: "accuracy 0.98, energy 0.1 mJ, ...".
  std::string describe(const Candidate &candidate) const;

  const Evaluator &getEvaluator() const { return *evaluator; }
  Candidate &getFirst() const { return *first; }
  llvm::ArrayRef<Refusal> getRefusals() const { return refusals; }
  /// What the metric had to be.
  double getRequired() const { return required; }

private:
  using Candidates = std::vector<std::shared_ptr<Candidate>>;

  llvm::Error prepare();
  llvm::Error writeLabels();
  /// Tries a move on a network; null where it is refused.
  llvm::Expected<std::shared_ptr<Candidate>> apply(Candidate &from, llvm::StringRef pass, const std::string &decision,
                                                   const std::string &options);
  llvm::Error measure(Candidate &candidate, double metric);
  /// Options that let a pass lose `share` of what may be lost still.
  std::string getRequirementText(const Candidate &from, double share) const;
  std::string getDataText() const;
  std::string getBudgetText() const;
  std::string getStateWidthText() const;
  GoalLimits getLimits() const {
    return {std::nullopt, options.budget.energy, options.budget.latency, options.budget.memory};
  }

  NetworkOp original;
  SearchOptions options;
  PriceFunction getPrice;
  std::unique_ptr<Evaluator> evaluator;
  llvm::FileRemover labels; ///< The outputs of the first network, where there are no labels.
  std::shared_ptr<Candidate> first;
  Candidates front; ///< Of all that were seen.
  std::vector<Refusal> refusals;
  double required = 0;
  bool hasPayloads = false; ///< Of more than a bit, that can be narrower.
};

} // namespace lle

#endif
