//===- Front.h - networks of which none is better in all --------*- C++ -*-===//
#ifndef LLE_PASSES_TUNING_FRONT_H
#define LLE_PASSES_TUNING_FRONT_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace lle {

enum class Goal { Accuracy, Energy, Latency, Memory };
inline constexpr size_t kGoals = 4;
/// "accuracy", "energy", "latency", "memory".
llvm::StringRef getGoalName(Goal goal);

/// Reads weights of goals, "energy:0.4,latency:0.3"; those that are not named have none.
llvm::Expected<std::array<double, kGoals>> parseGoals(llvm::StringRef text);

/// What a network is worth by each goal. The smaller the better: of an accuracy it is what is missing to 1. What is not
/// known of any network is 0 of all.
using Merits = std::array<double, kGoals>;

/// None of `a` is larger than that of `b`, and one is smaller.
bool dominates(const Merits &a, const Merits &b);

/// Those that none dominates, in their order. Of equal ones the first.
std::vector<size_t> getFront(llvm::ArrayRef<Merits> merits);

/// At most `count` of these: the best ones by each goal, as far as there is room, and of the others those that are not
/// close to each other. The one with the smallest crowding distance leaves until there are `count`: K. Deb et al., IEEE
/// Transactions on Evolutionary Computation 6 (2002) 182.
std::vector<size_t> spread(llvm::ArrayRef<Merits> merits, std::vector<size_t> front, size_t count);

/// The most that is allowed by each goal.
using GoalLimits = std::array<std::optional<double>, kGoals>;

/// By how much of the limit a network is above it, of the goal for which that is most; 0 where it keeps all.
struct Excess {
  double share = 0;
  Goal goal = Goal::Accuracy;
};
Excess getExcess(const Merits &merits, const GoalLimits &limits);

} // namespace lle

#endif
