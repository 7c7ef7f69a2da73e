/* Numbers of IEEE 754 in integers: what float.c and double.c have in common. Rounded to nearest, ties to even;
 * subnormal numbers and infinities in full; every NaN that comes out is the same quiet one.
 *
 * The file that includes this one says NUMBER, and BITS and SIGNED_BITS, integers of its width; WIDTH, MANTISSA_BITS,
 * EXPONENT_MAX and EXPONENT_BIAS; and the names of the functions: FUNCTION(add, 3, add) is __addsf3 as libgcc calls it,
 * or __aeabi_fadd of Arm's run-time ABI, and CONVERSION(floatsi, i2) is __floatsisf or __aeabi_i2f.
 */
#include <stdint.h>

typedef union {
  NUMBER number;
  BITS bits;
} number_t;

/* Places below those that are kept, where the highest bit of a mantissa is the one below the sign. */
enum { PLACES = WIDTH - 2 - MANTISSA_BITS };
static const BITS SIGN = (BITS)1 << (WIDTH - 1), MAGNITUDE = ((BITS)1 << (WIDTH - 1)) - 1u,
                  HIDDEN = (BITS)1 << MANTISSA_BITS, INFINITE = (BITS)EXPONENT_MAX << MANTISSA_BITS,
                  NOT_A_NUMBER = ((BITS)EXPONENT_MAX << MANTISSA_BITS) | ((BITS)1 << (MANTISSA_BITS - 1)),
                  ONE = (BITS)EXPONENT_BIAS << MANTISSA_BITS;

/* The product of two mantissas, its highest bit at one of the two places below the sign; its lowest place is 1 if a 1
   fell out. */
static BITS multiply(BITS x, BITS y);

static BITS get_bits(NUMBER number) {
  number_t value;
  value.number = number;
  return value.bits;
}

static NUMBER get_number(BITS bits) {
  number_t value;
  value.bits = bits;
  return value.number;
}

static int is_nan(BITS bits) { return (bits & MAGNITUDE) > INFINITE; }

/* `x >> count` for 0 < count, with a 1 in the lowest place if a 1 fell out: what rounding needs to know. */
static BITS shift_sticky(BITS x, uint32_t count) {
  if (count > WIDTH - 1u)
    return x != 0u;
  return (x >> count) | ((x << (WIDTH - count)) != 0u);
}

/* Leading zeros of a number that is not 0. Processors this small have no instruction for it. */
static uint32_t count_zeros(BITS x) {
  uint32_t zeros = 0;
  for (uint32_t width = WIDTH / 2; width > 0u; width /= 2u)
    if ((x >> (WIDTH - width)) == 0u) {
      x <<= width;
      zeros += width;
    }
  return zeros;
}

/* The number nearest to mantissa * 2^(exponent - EXPONENT_BIAS - MANTISSA_BITS - PLACES), its sign the top bit of
   `sign`. The mantissa is 0 or has its highest bit below the sign. */
static NUMBER round_number(BITS sign, int32_t exponent, BITS mantissa) {
  const BITS half = (BITS)1 << (PLACES - 1);
  if (exponent <= 0) { /* subnormal: one place more is lost where the exponent is 0 */
    mantissa = shift_sticky(mantissa, (uint32_t)(1 - exponent));
    exponent = 0;
  }
  BITS rest = mantissa & (2u * half - 1u);
  BITS bits = mantissa >> PLACES;
  /* A hidden bit that is there adds 1 to the exponent field; so does one that rounding makes. */
  bits += exponent > 0 ? (BITS)(exponent - 1) << MANTISSA_BITS : 0u;
  if (rest > half || (rest == half && (bits & 1u) != 0u))
    ++bits;
  if (exponent >= EXPONENT_MAX || bits >= INFINITE)
    bits = INFINITE;
  return get_number((sign & SIGN) | bits);
}

/* As above, the highest bit anywhere below the sign. */
static NUMBER normalise(BITS sign, int32_t exponent, BITS mantissa) {
  if (mantissa == 0u)
    return get_number(sign & SIGN);
  uint32_t shift = count_zeros(mantissa) - 1u;
  return round_number(sign, exponent - (int32_t)shift, mantissa << shift);
}

/* The mantissa of a finite number that is not 0, with its hidden bit; the exponent field may be below 1. */
static BITS unpack(BITS bits, int32_t *exponent) {
  BITS mantissa = bits & (HIDDEN - 1u);
  *exponent = (int32_t)((bits & MAGNITUDE) >> MANTISSA_BITS);
  if (*exponent != 0)
    return mantissa | HIDDEN;
  uint32_t shift = count_zeros(mantissa) - (WIDTH - 1u - MANTISSA_BITS);
  *exponent = 1 - (int32_t)shift;
  return mantissa << shift;
}

static NUMBER add(BITS a, BITS b) {
  BITS x = a & MAGNITUDE, y = b & MAGNITUDE;
  if (x < y) {
    BITS bits = a;
    a = b;
    b = bits;
    x = a & MAGNITUDE;
    y = b & MAGNITUDE;
  }
  if (x >= INFINITE) {
    int opposite = x == y && ((a ^ b) & SIGN) != 0u; /* inf - inf */
    return get_number(x > INFINITE || opposite ? NOT_A_NUMBER : a);
  }
  if (y == 0u) /* +0 unless both are -0 */
    return get_number(x == 0u ? a & b : a);
  int32_t exponent, smaller;
  BITS large = unpack(a, &exponent) << (PLACES - 1), small = unpack(b, &smaller) << (PLACES - 1);
  if (exponent > smaller)
    small = shift_sticky(small, (uint32_t)(exponent - smaller));
  BITS sum = ((a ^ b) & SIGN) != 0u ? large - small : large + small;
  return normalise(sum == 0u ? 0u : a, exponent + 1, sum);
}

NUMBER FUNCTION(add, 3, add)(NUMBER a, NUMBER b);
NUMBER FUNCTION(add, 3, add)(NUMBER a, NUMBER b) { return add(get_bits(a), get_bits(b)); }

NUMBER FUNCTION(sub, 3, sub)(NUMBER a, NUMBER b);
NUMBER FUNCTION(sub, 3, sub)(NUMBER a, NUMBER b) {
  BITS bits = get_bits(b);
  return add(get_bits(a), is_nan(bits) ? bits : bits ^ SIGN);
}

NUMBER FUNCTION(neg, 2, neg)(NUMBER a);
NUMBER FUNCTION(neg, 2, neg)(NUMBER a) { return get_number(get_bits(a) ^ SIGN); }

NUMBER FUNCTION(mul, 3, mul)(NUMBER a, NUMBER b);
NUMBER FUNCTION(mul, 3, mul)(NUMBER a, NUMBER b) {
  BITS x = get_bits(a), y = get_bits(b), sign = x ^ y;
  x &= MAGNITUDE;
  y &= MAGNITUDE;
  if (x >= INFINITE || y >= INFINITE) {
    int invalid = x > INFINITE || y > INFINITE || x == 0u || y == 0u; /* 0 inf */
    return get_number(invalid ? NOT_A_NUMBER : (sign & SIGN) | INFINITE);
  }
  if (x == 0u || y == 0u)
    return get_number(sign & SIGN);
  int32_t p, q;
  x = unpack(x, &p);
  y = unpack(y, &q);
  return normalise(sign, p + q - EXPONENT_BIAS + 1, multiply(x, y));
}

NUMBER FUNCTION(div, 3, div)(NUMBER a, NUMBER b);
NUMBER FUNCTION(div, 3, div)(NUMBER a, NUMBER b) {
  BITS x = get_bits(a), y = get_bits(b), sign = x ^ y;
  x &= MAGNITUDE;
  y &= MAGNITUDE;
  if (x > INFINITE || y > INFINITE || x == y) {
    int invalid = x > INFINITE || y > INFINITE || x == 0u || x == INFINITE; /* 0/0, inf/inf */
    return get_number(invalid ? NOT_A_NUMBER : (sign & SIGN) | ONE);
  }
  if (x == INFINITE || y == 0u)
    return get_number((sign & SIGN) | INFINITE);
  if (x == 0u || y == INFINITE)
    return get_number(sign & SIGN);
  int32_t p, q;
  BITS rest = unpack(x, &p), divisor = unpack(y, &q), quotient = 0;
  /* One place at a time, all but the sign's; the first may be 0. */
  for (int place = 0; place < WIDTH - 1; ++place) {
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
static int compare(NUMBER a, NUMBER b, int unordered) {
  BITS x = get_bits(a), y = get_bits(b);
  if (is_nan(x) || is_nan(y))
    return unordered;
  if (((x | y) & MAGNITUDE) == 0u || x == y)
    return 0;
  if (((x ^ y) & SIGN) != 0u)
    return (x & SIGN) != 0u ? -1 : 1;
  return (x < y) != ((x & SIGN) != 0u) ? -1 : 1;
}

/* libgcc's functions give what is to be compared with 0, and false where one is not a number; Arm's give the answer. */
#ifdef FUNCTIONS_OF_ARM
#define ANSWER(order, relation) ((order)relation 0)
#else
#define ANSWER(order, relation) (order)
#endif
int FUNCTION(eq, 2, cmpeq)(NUMBER a, NUMBER b);
int FUNCTION(lt, 2, cmplt)(NUMBER a, NUMBER b);
int FUNCTION(le, 2, cmple)(NUMBER a, NUMBER b);
int FUNCTION(gt, 2, cmpgt)(NUMBER a, NUMBER b);
int FUNCTION(ge, 2, cmpge)(NUMBER a, NUMBER b);
int FUNCTION(unord, 2, cmpun)(NUMBER a, NUMBER b);
int FUNCTION(eq, 2, cmpeq)(NUMBER a, NUMBER b) { return ANSWER(compare(a, b, 1), ==); }
int FUNCTION(lt, 2, cmplt)(NUMBER a, NUMBER b) { return ANSWER(compare(a, b, 1), <); }
int FUNCTION(le, 2, cmple)(NUMBER a, NUMBER b) { return ANSWER(compare(a, b, 1), <=); }
int FUNCTION(gt, 2, cmpgt)(NUMBER a, NUMBER b) { return ANSWER(compare(a, b, -1), >); }
int FUNCTION(ge, 2, cmpge)(NUMBER a, NUMBER b) { return ANSWER(compare(a, b, -1), >=); }
int FUNCTION(unord, 2, cmpun)(NUMBER a, NUMBER b) { return is_nan(get_bits(a)) || is_nan(get_bits(b)); }
#ifndef FUNCTIONS_OF_ARM
int FUNCTION(ne, 2, )(NUMBER a, NUMBER b);
int FUNCTION(ne, 2, )(NUMBER a, NUMBER b) { return compare(a, b, 1); }
#endif

/* The whole part of a magnitude, cut off; `limit` where it is larger. */
static uint64_t get_whole(BITS magnitude, uint64_t limit) {
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
static int64_t get_signed(NUMBER a) {
  BITS bits = get_bits(a);
  if (is_nan(bits))
    return 0;
  if ((bits & SIGN) != 0u)
    return (int64_t)(0u - get_whole(bits & MAGNITUDE, (uint64_t)1 << 63));
  return (int64_t)get_whole(bits, INT64_MAX);
}
static uint64_t get_unsigned(NUMBER a) {
  BITS bits = get_bits(a);
  return (bits & SIGN) != 0u || is_nan(bits) ? 0u : get_whole(bits, UINT64_MAX);
}

int64_t FUNCTION(fix, di, 2lz)(NUMBER a);
uint64_t FUNCTION(fixuns, di, 2ulz)(NUMBER a);
int32_t FUNCTION(fix, si, 2iz)(NUMBER a);
uint32_t FUNCTION(fixuns, si, 2uiz)(NUMBER a);
int64_t FUNCTION(fix, di, 2lz)(NUMBER a) { return get_signed(a); }
uint64_t FUNCTION(fixuns, di, 2ulz)(NUMBER a) { return get_unsigned(a); }
int32_t FUNCTION(fix, si, 2iz)(NUMBER a) {
  int64_t whole = get_signed(a);
  return whole < INT32_MIN ? INT32_MIN : whole > INT32_MAX ? INT32_MAX : (int32_t)whole;
}
uint32_t FUNCTION(fixuns, si, 2uiz)(NUMBER a) {
  uint64_t whole = get_unsigned(a);
  return whole > UINT32_MAX ? UINT32_MAX : (uint32_t)whole;
}

/* The exponent of a mantissa whose value is the integer itself: place 0 is worth 2^0. */
enum { INTEGER_EXPONENT = EXPONENT_BIAS + MANTISSA_BITS + PLACES };

static NUMBER get_number_of(BITS sign, uint64_t magnitude) {
  int32_t exponent = INTEGER_EXPONENT;
  while (magnitude >> (WIDTH - 1) != 0u) { /* at most 33 times */
    magnitude = (magnitude >> 1) | (magnitude & 1u);
    ++exponent;
  }
  return normalise(sign, exponent, (BITS)magnitude);
}

NUMBER CONVERSION(floatundi, ul2)(uint64_t a);
NUMBER CONVERSION(floatdi, l2)(int64_t a);
NUMBER CONVERSION(floatunsi, ui2)(uint32_t a);
NUMBER CONVERSION(floatsi, i2)(int32_t a);
NUMBER CONVERSION(floatundi, ul2)(uint64_t a) { return get_number_of(0u, a); }
NUMBER CONVERSION(floatdi, l2)(int64_t a) {
  return a < 0 ? get_number_of(SIGN, 0u - (uint64_t)a) : get_number_of(0u, (uint64_t)a);
}
NUMBER CONVERSION(floatunsi, ui2)(uint32_t a) { return get_number_of(0u, a); }
NUMBER CONVERSION(floatsi, i2)(int32_t a) {
  return a < 0 ? get_number_of(SIGN, 0u - (uint64_t)(int64_t)a) : get_number_of(0u, (uint64_t)a);
}
