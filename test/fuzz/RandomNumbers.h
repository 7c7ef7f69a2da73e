//===- RandomNumbers.h - numbers of a class ---------------------*- C++ -*-===//
#ifndef LLE_TEST_FUZZ_RANDOMNUMBERS_H
#define LLE_TEST_FUZZ_RANDOMNUMBERS_H

#include "test/fuzz/Random.h"

#include <cmath>

namespace lle::fuzz {

/// What the numbers of a network are.
enum class NumberClass {
  dyadic, ///< Weights and inputs on a coarse power-of-two grid: sums are exact in f32 in any order.
  real    ///< Anything.
};

/// More elements of a signal than this make a network slow to compile.
inline constexpr int64_t kMaxElements = 160;

/// Grid of dyadic weights and inputs: multiples of 2^-kWeightBits and 2^-kInputBits.
inline constexpr int kWeightBits = 3, kInputBits = 2;

class RandomNumbers : public Random {
public:
  RandomNumbers(uint64_t seed, NumberClass numbers) : Random(seed), numbers(numbers) {}

  const NumberClass numbers;
  bool isDyadic() const { return numbers == NumberClass::dyadic; }

  /// From [low, high], in the dyadic class a multiple of 2^-bits.
  double number(double low, double high, int bits) {
    if (!isDyadic())
      return real(low, high);
    double unit = std::ldexp(1.0, bits);
    return double(range(int64_t(std::ceil(low * unit)), int64_t(std::floor(high * unit)))) / unit;
  }
  /// A weight; `density` is the fraction that is not zero.
  double weight(double density) { return chance(density) ? number(-0.75, 1.25, kWeightBits) : 0; }
  /// One step divided by a time constant.
  double rate(bool exact) { return exact ? std::ldexp(1.0, -int(range(0, 4))) : real(0.03, 1.2); }
  /// A positive factor near one.
  double gain(bool exact) { return exact ? std::ldexp(1.0, int(range(-1, 2))) : real(0.4, 3); }
};

} // namespace lle::fuzz

#endif
