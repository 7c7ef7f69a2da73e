/* Doubles (binary64) for processors whose FPU has none, or that have no FPU; see float.c. */
#include "helpers.h"

#include <stdint.h>

#define NUMBER double
#define BITS uint64_t
enum { WIDTH = 64, MANTISSA_BITS = 52, EXPONENT_MAX = 2047, EXPONENT_BIAS = 1023 };
#ifndef FUNCTION /* a test gives the functions other names */
#define FUNCTION(before, after, arm) HELPER(before##df##after, d##arm)
#define CONVERSION(before, arm) HELPER(before##df, arm##d)
#define EXTEND HELPER(extendsfdf2, f2d)
#define TRUNCATE HELPER(truncdfsf2, d2f)
#endif
#include "ieee754.h"

static uint64_t multiply(uint64_t x, uint64_t y) {
  uint64_t x0 = (uint32_t)x, x1 = x >> 32, y0 = (uint32_t)y, y1 = y >> 32;
  uint64_t low = x0 * y0, middle = x1 * y0 + (low >> 32), other = x0 * y1 + (uint32_t)middle;
  uint64_t high = x1 * y1 + (middle >> 32) + (other >> 32);
  low = (other << 32) | (uint32_t)low;
  /* highest bit at place 104 or 105 */
  return (high << 21) | (low >> 43) | ((low & 0x7ffffffffffu) != 0u);
}

typedef union {
  float number;
  uint32_t bits;
} binary32_t;

double EXTEND(float a);
double EXTEND(float a) {
  binary32_t value;
  value.number = a;
  uint64_t sign = (uint64_t)(value.bits >> 31) << 63;
  uint32_t magnitude = value.bits & 0x7fffffffu, mantissa = magnitude & 0x7fffffu;
  int32_t exponent = (int32_t)(magnitude >> 23);
  if (exponent == 255)
    return get_number(mantissa != 0u ? NOT_A_NUMBER : sign | INFINITE);
  if (exponent != 0)
    mantissa |= 0x800000u;
  else
    exponent = 1;
  return normalise(sign, exponent - 127 + 1023 + 52 + PLACES - 23, mantissa);
}

float TRUNCATE(double a);
float TRUNCATE(double a) {
  uint64_t bits = get_bits(a), mantissa = bits & (HIDDEN - 1u);
  int32_t exponent = (int32_t)((bits & MAGNITUDE) >> 52) - 1023 + 127;
  binary32_t value;
  value.bits = (uint32_t)(bits >> 63) << 31;
  if (is_nan(bits)) {
    value.bits = 0x7fc00000u;
    return value.number;
  }
  if ((bits & MAGNITUDE) >= (uint64_t)(EXPONENT_BIAS + 128) << 52) { /* 2^128 and above */
    value.bits |= 0x7f800000u;
    return value.number;
  }
  mantissa |= HIDDEN; /* a subnormal double, taken for a larger one, is below every float just so */
  if (exponent <= 0) {
    mantissa = shift_sticky(mantissa, (uint32_t)(1 - exponent));
    exponent = 1;
  }
  uint32_t rest = (uint32_t)mantissa & 0x1fffffffu, magnitude = (uint32_t)(mantissa >> 29);
  magnitude += (uint32_t)(exponent - 1) << 23; /* the hidden bit adds 1 */
  if (rest > 0x10000000u || (rest == 0x10000000u && (magnitude & 1u) != 0u))
    ++magnitude; /* up to infinity */
  value.bits |= magnitude;
  return value.number;
}
