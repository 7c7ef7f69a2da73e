/* Floats for processors without an FPU: the functions that compilers call for them, under the names that libgcc and
 * compiler-rt give them. A toolchain that brings such a library may be used in place of this file.
 *
 * IEEE 754 binary32, rounded to nearest, ties to even; subnormal numbers and infinities in full; every NaN that comes
 * out is the same quiet one. Arguments are passed as floats of the soft-float ABI, that is, as integers.
 */
#include <stdint.h>

/* A test on a machine with an FPU gives the functions other names. */
#ifndef HELPER
#define HELPER(name) __##name
#endif

typedef union {
  float number;
  uint32_t bits;
} binary32_t;

enum { MANTISSA_BITS = 23, EXPONENT_MAX = 255, EXPONENT_BIAS = 127 };
static const uint32_t SIGN = 0x80000000u, MAGNITUDE = 0x7fffffffu, HIDDEN = 0x00800000u, INFINITE = 0x7f800000u,
                      NOT_A_NUMBER = 0x7fc00000u;

float HELPER(addsf3)(float a, float b);
float HELPER(subsf3)(float a, float b);
float HELPER(mulsf3)(float a, float b);
float HELPER(divsf3)(float a, float b);
float HELPER(negsf2)(float a);
int HELPER(eqsf2)(float a, float b);
int HELPER(nesf2)(float a, float b);
int HELPER(ltsf2)(float a, float b);
int HELPER(lesf2)(float a, float b);
int HELPER(gtsf2)(float a, float b);
int HELPER(gesf2)(float a, float b);
int HELPER(unordsf2)(float a, float b);
int32_t HELPER(fixsfsi)(float a);
uint32_t HELPER(fixunssfsi)(float a);
int64_t HELPER(fixsfdi)(float a);
uint64_t HELPER(fixunssfdi)(float a);
float HELPER(floatsisf)(int32_t a);
float HELPER(floatunsisf)(uint32_t a);
float HELPER(floatdisf)(int64_t a);
float HELPER(floatundisf)(uint64_t a);

static uint32_t get_bits(float number) {
  binary32_t value;
  value.number = number;
  return value.bits;
}

static float get_float(uint32_t bits) {
  binary32_t value;
  value.bits = bits;
  return value.number;
}

static int is_nan(uint32_t bits) { return (bits & MAGNITUDE) > INFINITE; }

/* `x >> count` for 0 < count, with a 1 in the lowest place if a 1 fell out: what rounding needs to know. */
static uint32_t shift_sticky(uint32_t x, uint32_t count) {
  if (count > 31u)
    return x != 0u;
  return (x >> count) | ((x << (32u - count)) != 0u);
}

/* Leading zeros of a number that is not 0. Processors this small have no instruction for it. */
static uint32_t count_zeros(uint32_t x) {
  uint32_t zeros = 0;
  for (uint32_t width = 16; width > 0; width /= 2)
    if ((x >> (32u - width)) == 0u) {
      x <<= width;
      zeros += width;
    }
  return zeros;
}

/* The number nearest to mantissa * 2^(exponent - 127 - 23 - 7), its sign the top bit of `sign`. The mantissa is 0 or
   has its highest bit at place 30: seven places below those that are kept. */
static float round_to_float(uint32_t sign, int32_t exponent, uint32_t mantissa) {
  if (exponent <= 0) { /* subnormal: one place more is lost where the exponent is 0 */
    mantissa = shift_sticky(mantissa, (uint32_t)(1 - exponent));
    exponent = 0;
  }
  uint32_t rest = mantissa & 0x7fu;
  uint32_t bits = mantissa >> 7;
  /* A hidden bit that is there adds 1 to the exponent field; so does one that rounding makes. */
  bits += exponent > 0 ? (uint32_t)(exponent - 1) << MANTISSA_BITS : 0u;
  if (rest > 0x40u || (rest == 0x40u && (bits & 1u) != 0u))
    ++bits;
  if (exponent >= EXPONENT_MAX || bits >= INFINITE)
    bits = INFINITE;
  return get_float((sign & SIGN) | bits);
}

/* As above, the highest bit anywhere below 31. */
static float normalise(uint32_t sign, int32_t exponent, uint32_t mantissa) {
  if (mantissa == 0u)
    return get_float(sign & SIGN);
  uint32_t shift = count_zeros(mantissa) - 1u;
  return round_to_float(sign, exponent - (int32_t)shift, mantissa << shift);
}

/* The mantissa of a finite number that is not 0, its highest bit at place 23; the exponent field may be below 1. */
static uint32_t unpack(uint32_t bits, int32_t *exponent) {
  uint32_t mantissa = bits & (HIDDEN - 1u);
  *exponent = (int32_t)((bits & MAGNITUDE) >> MANTISSA_BITS);
  if (*exponent != 0)
    return mantissa | HIDDEN;
  uint32_t shift = count_zeros(mantissa) - 8u;
  *exponent = 1 - (int32_t)shift;
  return mantissa << shift;
}

static float add(uint32_t a, uint32_t b) {
  uint32_t x = a & MAGNITUDE, y = b & MAGNITUDE;
  if (x < y) {
    uint32_t bits = a;
    a = b;
    b = bits;
    x = a & MAGNITUDE;
    y = b & MAGNITUDE;
  }
  if (x >= INFINITE) {
    int opposite = x == y && ((a ^ b) & SIGN) != 0u; /* inf - inf */
    return get_float(x > INFINITE || opposite ? NOT_A_NUMBER : a);
  }
  if (y == 0u) /* +0 unless both are -0 */
    return get_float(x == 0u ? a & b : a);
  int32_t exponent, smaller;
  uint32_t large = unpack(a, &exponent) << 6, small = unpack(b, &smaller) << 6;
  if (exponent > smaller)
    small = shift_sticky(small, (uint32_t)(exponent - smaller));
  uint32_t sum = ((a ^ b) & SIGN) != 0u ? large - small : large + small;
  return normalise(sum == 0u ? 0u : a, exponent + 1, sum);
}

float HELPER(addsf3)(float a, float b) { return add(get_bits(a), get_bits(b)); }
float HELPER(subsf3)(float a, float b) {
  uint32_t bits = get_bits(b);
  return add(get_bits(a), is_nan(bits) ? bits : bits ^ SIGN);
}
float HELPER(negsf2)(float a) { return get_float(get_bits(a) ^ SIGN); }

float HELPER(mulsf3)(float a, float b) {
  uint32_t x = get_bits(a), y = get_bits(b), sign = x ^ y;
  x &= MAGNITUDE;
  y &= MAGNITUDE;
  if (x >= INFINITE || y >= INFINITE) {
    int invalid = x > INFINITE || y > INFINITE || x == 0u || y == 0u; /* 0 inf */
    return get_float(invalid ? NOT_A_NUMBER : (sign & SIGN) | INFINITE);
  }
  if (x == 0u || y == 0u)
    return get_float(sign & SIGN);
  int32_t p, q;
  uint64_t product = (uint64_t)unpack(x, &p) * unpack(y, &q); /* highest bit at place 46 or 47 */
  uint32_t mantissa = (uint32_t)(product >> 17) | ((product & 0x1ffffu) != 0u);
  return normalise(sign, p + q - EXPONENT_BIAS + 1, mantissa);
}

float HELPER(divsf3)(float a, float b) {
  uint32_t x = get_bits(a), y = get_bits(b), sign = x ^ y;
  x &= MAGNITUDE;
  y &= MAGNITUDE;
  if (x > INFINITE || y > INFINITE || x == y) {
    int invalid = x > INFINITE || y > INFINITE || x == 0u || x == INFINITE; /* 0/0, inf/inf */
    return get_float(invalid ? NOT_A_NUMBER : (sign & SIGN) | 0x3f800000u);
  }
  if (x == INFINITE || y == 0u)
    return get_float((sign & SIGN) | INFINITE);
  if (x == 0u || y == INFINITE)
    return get_float(sign & SIGN);
  int32_t p, q;
  uint32_t rest = unpack(x, &p), divisor = unpack(y, &q), quotient = 0;
  /* One place at a time: 31 of them, the first of which may be 0. */
  for (int place = 0; place < 31; ++place) {
    quotient <<= 1;
    if (rest >= divisor) {
      rest -= divisor;
      quotient |= 1u;
    }
    rest <<= 1;
  }
  return normalise(sign, p - q + EXPONENT_BIAS, quotient | (rest != 0u));
}

/* -1, 0 or 1 as a is less than, equal to or greater than b; `unordered` where one is not a number. */
static int compare(float a, float b, int unordered) {
  uint32_t x = get_bits(a), y = get_bits(b);
  if (is_nan(x) || is_nan(y))
    return unordered;
  if (((x | y) & MAGNITUDE) == 0u || x == y)
    return 0;
  if (((x ^ y) & SIGN) != 0u)
    return (x & SIGN) != 0u ? -1 : 1;
  return (x < y) != ((x & SIGN) != 0u) ? -1 : 1;
}

/* Each gives what makes its own comparison with 0 false where one is not a number. */
int HELPER(eqsf2)(float a, float b) { return compare(a, b, 1); }
int HELPER(nesf2)(float a, float b) { return compare(a, b, 1); }
int HELPER(ltsf2)(float a, float b) { return compare(a, b, 1); }
int HELPER(lesf2)(float a, float b) { return compare(a, b, 1); }
int HELPER(gtsf2)(float a, float b) { return compare(a, b, -1); }
int HELPER(gesf2)(float a, float b) { return compare(a, b, -1); }
int HELPER(unordsf2)(float a, float b) { return is_nan(get_bits(a)) || is_nan(get_bits(b)); }

/* The whole part of a magnitude, cut off; `limit` where it is larger. */
static uint64_t get_whole(uint32_t magnitude, uint64_t limit) {
  int32_t exponent = (int32_t)(magnitude >> MANTISSA_BITS) - EXPONENT_BIAS;
  if (exponent < 0)
    return 0;
  if (exponent > 63)
    return limit;
  uint64_t mantissa = (magnitude & (HIDDEN - 1u)) | HIDDEN;
  uint64_t whole =
      exponent > MANTISSA_BITS ? mantissa << (exponent - MANTISSA_BITS) : mantissa >> (MANTISSA_BITS - exponent);
  return whole > limit ? limit : whole;
}

/* C leaves open what a number becomes that does not fit: here the nearest one that does, and 0 for what is none. */
int64_t HELPER(fixsfdi)(float a) {
  uint32_t bits = get_bits(a);
  if (is_nan(bits))
    return 0;
  if ((bits & SIGN) != 0u)
    return (int64_t)(0u - get_whole(bits & MAGNITUDE, (uint64_t)1 << 63));
  return (int64_t)get_whole(bits, INT64_MAX);
}
uint64_t HELPER(fixunssfdi)(float a) {
  uint32_t bits = get_bits(a);
  return (bits & SIGN) != 0u || is_nan(bits) ? 0u : get_whole(bits, UINT64_MAX);
}
int32_t HELPER(fixsfsi)(float a) {
  int64_t whole = HELPER(fixsfdi)(a);
  return whole < INT32_MIN ? INT32_MIN : whole > INT32_MAX ? INT32_MAX : (int32_t)whole;
}
uint32_t HELPER(fixunssfsi)(float a) {
  uint64_t whole = HELPER(fixunssfdi)(a);
  return whole > UINT32_MAX ? UINT32_MAX : (uint32_t)whole;
}

/* The exponent of a mantissa whose value is the integer itself: place 0 is worth 2^0. */
enum { INTEGER_EXPONENT = EXPONENT_BIAS + MANTISSA_BITS + 7 };

static float float_of(uint32_t sign, uint64_t magnitude) {
  int32_t exponent = INTEGER_EXPONENT;
  while (magnitude >> 31 != 0u) { /* at most 33 times */
    magnitude = (magnitude >> 1) | (magnitude & 1u);
    ++exponent;
  }
  return normalise(sign, exponent, (uint32_t)magnitude);
}

float HELPER(floatundisf)(uint64_t a) { return float_of(0u, a); }
float HELPER(floatdisf)(int64_t a) { return a < 0 ? float_of(SIGN, 0u - (uint64_t)a) : float_of(0u, (uint64_t)a); }
float HELPER(floatunsisf)(uint32_t a) { return float_of(0u, a); }
float HELPER(floatsisf)(int32_t a) { return HELPER(floatdisf)(a); }
