/* The functions of board/float.c, or with DOUBLE of board/double.c, beside the numbers of this machine: bits of random
   and of extreme numbers. */
#include <math.h>
#include <stdio.h>

#ifdef DOUBLE
#define FUNCTION(before, after, arm) soft_##before##after
#define CONVERSION(before, arm) soft_##before
#define EXTEND soft_extend
#define TRUNCATE soft_truncate
#include "targets/Firmware/template/board/double.c"
#define ABS fabs
#define P(exponent) 0x1p##exponent
#else
#define FUNCTION(before, after, arm) soft_##before##after
#define CONVERSION(before, arm) soft_##before
#include "targets/Firmware/template/board/float.c"
#define ABS fabsf
#define P(exponent) 0x1p##exponent##f
#endif

static uint64_t state =
    88172645463325252u; /* G. Marsaglia, "Xorshift RNGs", Journal of Statistical Software 8 (2003) */
static uint64_t draw(void) {
  state ^= state << 13;
  state ^= state >> 7;
  return state ^= state << 17;
}

static NUMBER draw_number(void) {
  BITS extremes[] = {0,
                     1,
                     HIDDEN - 1,
                     HIDDEN,
                     INFINITE - 1,
                     INFINITE,
                     ONE,
                     HIDDEN / 2,
                     INFINITE + 1,
                     NOT_A_NUMBER,
                     (BITS)(EXPONENT_BIAS + MANTISSA_BITS) << MANTISSA_BITS};
  BITS bits = (BITS)(draw() >> (64 - WIDTH));
  uint32_t kind = (uint32_t)(draw() >> 40);
  switch (kind % 8) {
  case 0: /* an extreme of either sign */
    return get_number(extremes[kind / 8 % 11] | (bits & SIGN));
  case 1: /* a subnormal number, or one next to them */
    return get_number(bits & (SIGN | (2 * HIDDEN - 1)));
  case 2: /* near one */
    return get_number((bits & (SIGN | (HIDDEN - 1))) | (BITS)(EXPONENT_BIAS - 8 + kind / 8 % 16) << MANTISSA_BITS);
  case 3: /* a short mantissa: ties */
    return get_number((bits & SIGN) | (BITS)(EXPONENT_BIAS - 32 + kind / 8 % 64) << MANTISSA_BITS | (bits & 7u));
  default:
    return get_number(bits);
  }
}

static unsigned long wrong;
static void check(const char *what, NUMBER a, NUMBER b, int holds) {
  if (!holds && ++wrong <= 10)
    printf("%s of %a and %a\n", what, (double)a, (double)b);
}
static int same(NUMBER a, NUMBER b) { return (isnan(a) && isnan(b)) || get_bits(a) == get_bits(b); }

#ifdef DOUBLE
static void check_floats(double a) {
  uint64_t kind = draw();
  /* halves, and halves with a little more, between floats of all sizes */
  if (kind % 4 == 0)
    a = get_number((get_bits(a) & ~(uint64_t)0x3fffffff) | 0x10000000u * (kind >> 8 & 3u) | (kind >> 16 & 1u));
  if (kind % 8 < 4)
    a = get_number((get_bits(a) & (SIGN | (HIDDEN - 1))) | (uint64_t)(1023 - 160 + (kind >> 32) % 300) << 52);
  float expected = (float)a, got = soft_truncate(a);
  binary32_t x = {expected}, y = {got};
  check("float", a, a, isnan(a) ? isnan(got) : x.bits == y.bits);
  y.bits = (uint32_t)kind & ((kind >> 40 & 7u) == 0 ? 0x80ffffffu : 0xffffffffu);
  check("double of a float", (double)y.number, 0, same(soft_extend(y.number), (double)y.number));
}
#endif

int main(void) {
  enum { TRIALS = 2000000 };
  for (long i = 0; i < TRIALS; ++i) {
    NUMBER a = draw_number(), b = i % 7 == 0 ? get_number(get_bits(a) ^ (BITS)(draw() >> 40) % 5) : draw_number();
    if (i % 11 == 0)
      b = -a;
    check("sum", a, b, same(soft_add3(a, b), a + b));
    check("difference", a, b, same(soft_sub3(a, b), a - b));
    check("product", a, b, same(soft_mul3(a, b), a * b));
    check("quotient", a, b, same(soft_div3(a, b), a / b));
    check("==", a, b, (soft_eq2(a, b) == 0) == (a == b) && (soft_ne2(a, b) != 0) == (a != b));
    check("<", a, b, (soft_lt2(a, b) < 0) == (a < b) && (soft_le2(a, b) <= 0) == (a <= b));
    check(">", a, b, (soft_gt2(a, b) > 0) == (a > b) && (soft_ge2(a, b) >= 0) == (a >= b));
    check("order", a, b, (soft_unord2(a, b) != 0) == (isnan(a) || isnan(b)));
    uint64_t n = draw() >> draw() % 64;
    check("integer", a, b, same(soft_floatundi(n), (NUMBER)n) && same(soft_floatdi((int64_t)n), (NUMBER)(int64_t)n));
    check("word", a, b, same(soft_floatunsi((uint32_t)n), (NUMBER)(uint32_t)n));
    check("signed word", a, b, same(soft_floatsi((int32_t)n), (NUMBER)(int32_t)n));
    NUMBER c = i % 3 == 0 ? (NUMBER)(int64_t)n / 16 : a;
    if (ABS(c) < P(31))
      check("whole", c, b, soft_fixsi(c) == (int32_t)c);
    if (ABS(c) < P(63))
      check("long whole", c, b, soft_fixdi(c) == (int64_t)c);
    if (c >= 0 && c < P(32))
      check("unsigned whole", c, b, soft_fixunssi(c) == (uint32_t)c);
    if (c >= 0 && c < P(64))
      check("unsigned long whole", c, b, soft_fixunsdi(c) == (uint64_t)c);
#ifdef DOUBLE
    check_floats(a);
#endif
  }
  printf("%lu of %d wrong\n", wrong, TRIALS);
  return wrong != 0;
}
