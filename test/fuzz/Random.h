//===- Random.h - choices that are the same everywhere ----------*- C++ -*-===//
#ifndef LLE_TEST_FUZZ_RANDOM_H
#define LLE_TEST_FUZZ_RANDOM_H

#include "llvm/ADT/SmallVector.h"

#include <initializer_list>
#include <random>

namespace lle::fuzz {

/// A stream of choices. The standard fixes the engine's numbers but not those of its distributions, so these are made
/// here: the same seed gives the same network with every library.
class Random {
public:
  explicit Random(uint64_t seed) : engine(seed) {}

  /// 0 to limit - 1. The bias of the remainder does not matter for limits this small.
  uint64_t below(uint64_t limit) { return engine() % limit; }
  /// first to last, both included.
  int64_t range(int64_t first, int64_t last) { return first + int64_t(below(uint64_t(last - first) + 1)); }
  /// From [low, high).
  double real(double low, double high) { return low + (high - low) * (double(engine() >> 11) * 0x1p-53); }
  bool chance(double probability) { return real(0, 1) < probability; }

  template <typename T>
  T pick(std::initializer_list<T> choices) {
    return choices.begin()[below(choices.size())];
  }
  template <typename Container>
  auto &pick(Container &choices) {
    return choices[below(std::size(choices))];
  }

  /// 1 to 20, or a length around those of vectors and of words of spikes.
  int64_t length() { return chance(0.8) ? range(1, 20) : pick<int64_t>({31, 32, 33, 65}); }
  int64_t divisor(int64_t number) {
    llvm::SmallVector<int64_t> divisors;
    for (int64_t divisor = 1; divisor <= number; ++divisor)
      if (number % divisor == 0)
        divisors.push_back(divisor);
    return pick(divisors);
  }

private:
  std::mt19937_64 engine;
};

} // namespace lle::fuzz

#endif
