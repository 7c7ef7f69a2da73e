//===- Front.cpp - networks of which none is better in all ----------------===//
#include "passes/Tuning/Front.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/ErrorHandling.h"

#include <cmath>
#include <limits>

using namespace lle;

static constexpr Goal kAllGoals[] = {Goal::Accuracy, Goal::Energy, Goal::Latency, Goal::Memory};

llvm::StringRef lle::getGoalName(Goal goal) {
  switch (goal) {
  case Goal::Accuracy:
    return "accuracy";
  case Goal::Energy:
    return "energy";
  case Goal::Latency:
    return "latency";
  case Goal::Memory:
    return "memory";
  }
  llvm_unreachable("all goals are handled");
}

llvm::Expected<std::array<double, kGoals>> lle::parseGoals(llvm::StringRef text) {
  std::array<double, kGoals> weights{};
  llvm::SmallVector<llvm::StringRef> items;
  text.split(items, ',');
  for (llvm::StringRef item : items) {
    llvm::StringRef name = item.split(':').first, number = item.split(':').second;
    auto *found = llvm::find_if(kAllGoals, [&](Goal goal) { return getGoalName(goal) == name; });
    double weight = 0;
    if (found == std::end(kAllGoals) || number.getAsDouble(weight) || !(weight > 0) || !std::isfinite(weight))
      return llvm::createStringError("goals: expected accuracy, energy, latency or memory, and after a colon a number "
                                     "above 0, got '" +
                                     item + "'");
    if (weights[size_t(*found)] > 0)
      return llvm::createStringError("goals: " + name + " is said twice");
    weights[size_t(*found)] = weight;
  }
  return weights;
}

bool lle::dominates(const Merits &a, const Merits &b) {
  bool isBetter = false;
  for (auto [x, y] : llvm::zip_equal(a, b)) {
    if (x > y)
      return false;
    isBetter |= x < y;
  }
  return isBetter;
}

std::vector<size_t> lle::getFront(llvm::ArrayRef<Merits> merits) {
  std::vector<size_t> front;
  for (size_t i = 0; i < merits.size(); ++i)
    if (llvm::none_of(merits, [&](const Merits &other) { return dominates(other, merits[i]); }) &&
        !llvm::is_contained(merits.take_front(i), merits[i]))
      front.push_back(i);
  return front;
}

/// The sum over goals of how far the neighbours of each are apart, in parts of how far all are. Infinite for the first
/// and the last by a goal.
static std::vector<double> getCrowding(llvm::ArrayRef<Merits> merits, llvm::ArrayRef<size_t> front) {
  std::vector<double> distances(front.size());
  std::vector<size_t> order(front.size());
  for (size_t goal = 0; goal < kGoals; ++goal) {
    auto get = [&](size_t position) { return merits[front[order[position]]][goal]; };
    for (auto [i, index] : llvm::enumerate(order))
      index = i;
    llvm::sort(order, [&](size_t a, size_t b) {
      return std::make_pair(merits[front[a]][goal], a) < std::make_pair(merits[front[b]][goal], b);
    });
    double range = get(order.size() - 1) - get(0);
    if (range == 0)
      continue;
    distances[order.front()] = distances[order.back()] = std::numeric_limits<double>::infinity();
    for (size_t i = 1; i + 1 < order.size(); ++i)
      distances[order[i]] += (get(i + 1) - get(i - 1)) / range;
  }
  return distances;
}

std::vector<size_t> lle::spread(llvm::ArrayRef<Merits> merits, std::vector<size_t> front, size_t count) {
  std::vector<size_t> best;
  for (size_t goal = 0; goal < kGoals; ++goal)
    if (!front.empty()) {
      size_t first = *llvm::min_element(front, [&](size_t a, size_t b) {
        return std::make_pair(merits[a][goal], merits[a]) < std::make_pair(merits[b][goal], merits[b]);
      });
      if (best.size() < count && !llvm::is_contained(best, first))
        best.push_back(first);
    }
  while (front.size() > count) {
    std::vector<double> crowding = getCrowding(merits, front);
    size_t closest = front.size();
    for (size_t i = 0; i < front.size(); ++i)
      if (!llvm::is_contained(best, front[i]) && (closest == front.size() || crowding[i] < crowding[closest]))
        closest = i;
    front.erase(front.begin() + closest);
  }
  return front;
}

Excess lle::getExcess(const Merits &merits, const GoalLimits &limits) {
  Excess worst;
  for (size_t goal = 0; goal < kGoals; ++goal) {
    if (!limits[goal] || merits[goal] <= *limits[goal])
      continue;
    double share = *limits[goal] > 0 ? merits[goal] / *limits[goal] - 1 : std::numeric_limits<double>::infinity();
    if (share > worst.share)
      worst = {share, Goal(goal)};
  }
  return worst;
}
