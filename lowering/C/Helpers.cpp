//===- Helpers.cpp - functions that the C code calls ----------------------===//
//
// What C99 has no operator for. Nothing of the C library is used: a compiler that inlines a builtin is given it, but
// never one that may become a call.
//
//===----------------------------------------------------------------------===//
#include "lowering/C/Statements.h"

#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;
using llvm::StringLiteral;

namespace {
struct Helper {
  StringLiteral name;
  StringLiteral text;
  StringLiteral needs = "";
};
} // namespace

/// One after another in the file, so that each finds what it needs before it.
static constexpr Helper kHelpers[] = {
    {"lle_bits_of_float", R"(static inline int32_t lle_bits_of_float(float number) {
  union { float number; int32_t bits; } both;
  both.number = number;
  return both.bits;
})"},
    {"lle_float_of_bits", R"(static inline float lle_float_of_bits(int32_t bits) {
  union { float number; int32_t bits; } both;
  both.bits = bits;
  return both.number;
})"},
    {"lle_bits_of_double", R"(static inline int64_t lle_bits_of_double(double number) {
  union { double number; int64_t bits; } both;
  both.number = number;
  return both.bits;
})"},
    {"lle_double_of_bits", R"(static inline double lle_double_of_bits(int64_t bits) {
  union { double number; int64_t bits; } both;
  both.bits = bits;
  return both.number;
})"},
    {"lle_float_of_bf16", R"(static inline float lle_float_of_bf16(uint16_t number) {
  return lle_float_of_bits((int32_t)((uint32_t)number << 16U));
})",
     "lle_float_of_bits"},
    {"lle_count_ones32", R"(static inline uint32_t lle_count_ones32(uint32_t word) {
  uint32_t pairs = word - ((word >> 1U) & 0x55555555U);
  uint32_t fours = (pairs & 0x33333333U) + ((pairs >> 2U) & 0x33333333U);
  return (((fours + (fours >> 4U)) & 0x0F0F0F0FU) * 0x01010101U) >> 24U;
})"},
    {"lle_count_ones64", R"(static inline uint64_t lle_count_ones64(uint64_t word) {
  return (uint64_t)lle_count_ones32((uint32_t)word) + (uint64_t)lle_count_ones32((uint32_t)(word >> 32U));
})",
     "lle_count_ones32"},
    {"lle_trailing_zeros32", R"(/* Of a word without a one: 32. */
static inline uint32_t lle_trailing_zeros32(uint32_t word) {
#if defined(__GNUC__) && (UINT_MAX == 0xFFFFFFFFU)
  return (word != 0U) ? (uint32_t)__builtin_ctz(word) : 32U;
#else
  uint32_t count = 0U, rest = word;
  if (rest == 0U) {
    return 32U;
  }
  for (uint32_t half = 16U; half != 0U; half >>= 1U) { /* is its lower half empty? */
    uint32_t shifted = rest >> half;
    if ((shifted << half) == rest) {
      count += half;
      rest = shifted;
    }
  }
  return count;
#endif
})"},
    {"lle_trailing_zeros64", R"(/* Of a word without a one: 64. */
static inline uint64_t lle_trailing_zeros64(uint64_t word) {
  uint32_t low = (uint32_t)word;
  return (low != 0U) ? (uint64_t)lle_trailing_zeros32(low)
                     : 32U + (uint64_t)lle_trailing_zeros32((uint32_t)(word >> 32U));
})",
     "lle_trailing_zeros32"},
    {"lle_leading_zeros32", R"(/* Of a word without a one: 32. */
static inline uint32_t lle_leading_zeros32(uint32_t word) {
#if defined(__GNUC__) && (UINT_MAX == 0xFFFFFFFFU)
  return (word != 0U) ? (uint32_t)__builtin_clz(word) : 32U;
#else
  uint32_t count = 0U, rest = word;
  if (rest == 0U) {
    return 32U;
  }
  for (uint32_t half = 16U; half != 0U; half >>= 1U) { /* is its upper half empty? */
    if ((rest >> (32U - half)) == 0U) {
      count += half;
      rest <<= half;
    }
  }
  return count;
#endif
})"},
    {"lle_leading_zeros64", R"(/* Of a word without a one: 64. */
static inline uint64_t lle_leading_zeros64(uint64_t word) {
  uint32_t high = (uint32_t)(word >> 32U);
  return (high != 0U) ? (uint64_t)lle_leading_zeros32(high) : 32U + (uint64_t)lle_leading_zeros32((uint32_t)word);
})",
     "lle_leading_zeros32"},
    // Digit by digit in integers: correctly rounded, as the instruction of a machine that has one.
    {"lle_sqrtf",
     R"(/* Rounded to nearest. Define LLE_SQRTF(x) as what your machine has for it, where that is faster. */
static float lle_sqrtf(float number) {
#if defined(LLE_SQRTF)
  return LLE_SQRTF(number);
#else
  uint32_t bits = (uint32_t)lle_bits_of_float(number);
  uint32_t rest, root = 0U, digit = 0x01000000U, both = 0U;
  int32_t exponent = (int32_t)(bits >> 23U);
  if (!(number > 0.0F) || (exponent == 255)) {
    return (number < 0.0F) ? (number - number) / (number - number) : number; /* zeros, NaN and infinity stay */
  }
  rest = bits & 0x007FFFFFU;
  if (exponent == 0) { /* make it normal */
    exponent = 1;
    while ((rest & 0x00800000U) == 0U) {
      rest <<= 1U;
      exponent -= 1;
    }
  }
  rest |= 0x00800000U;
  exponent -= 127;
  if (((uint32_t)exponent & 1U) != 0U) {
    rest <<= 1U;
  }
  rest <<= 1U;
  while (digit != 0U) { /* 24 digits and one for rounding */
    uint32_t trial = both + digit;
    if (trial <= rest) {
      both = trial + digit;
      rest -= trial;
      root += digit;
    }
    rest <<= 1U;
    digit >>= 1U;
  }
  if (rest != 0U) { /* never half-way: round by the last digit */
    root += root & 1U;
  }
  root = (root >> 1U) + 0x3F000000U;
  exponent = (exponent < 0) ? -((1 - exponent) / 2) : exponent / 2;
  return lle_float_of_bits((int32_t)(root + ((uint32_t)exponent << 23U)));
#endif
})",
     "lle_bits_of_float lle_float_of_bits"},
};

std::string lle::c::writeHelpers(ModuleOp module) {
  llvm::StringSet<> called;
  module.walk([&](emitc::CallOpaqueOp call) { called.insert(call.getCallee()); });
  for (const Helper &helper : llvm::reverse(kHelpers))
    if (called.contains(helper.name)) {
      SmallVector<StringRef> needs;
      helper.needs.split(needs, ' ', -1, /*KeepEmpty=*/false);
      for (StringRef need : needs)
        called.insert(need);
    }
  std::string text;
  for (const Helper &helper : kHelpers)
    if (called.contains(helper.name))
      text += (helper.text + "\n\n").str();
  return text;
}
