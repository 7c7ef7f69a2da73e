/* The functions of board/float.c beside the floats of this machine: bits of random and of extreme numbers. */
#include <math.h>
#include <stdio.h>

#define HELPER(name) soft_##name
#include "targets/Firmware/template/board/float.c"

static uint64_t state =
    88172645463325252u; /* G. Marsaglia, "Xorshift RNGs", Journal of Statistical Software 8 (2003) */
static uint64_t draw(void) {
  state ^= state << 13;
  state ^= state >> 7;
  return state ^= state << 17;
}

static float draw_float(void) {
  static const uint32_t extremes[] = {0,          1,          0x7fffff,   0x800000,   0x7f7fffff, 0x7f800000,
                                      0x7fc00000, 0x3f800000, 0x7f800001, 0x00400000, 0x4b000000};
  uint32_t bits = (uint32_t)(draw() >> 20), kind = (uint32_t)(draw() >> 40);
  switch (kind % 8) {
  case 0: /* an extreme of either sign */
    return get_float(extremes[kind / 8 % 11] | (bits & SIGN));
  case 1: /* a subnormal number, or one next to them */
    return get_float(bits & 0x80ffffffu);
  case 2: /* near one */
    return get_float((bits & 0x807fffffu) | (120u + kind / 8 % 16) << 23);
  case 3: /* a short mantissa: ties */
    return get_float((bits & SIGN) | (100u + kind / 8 % 64) << 23 | (bits & 7u));
  default:
    return get_float(bits);
  }
}

static unsigned long wrong;
static void check(const char *what, float a, float b, int holds) {
  if (!holds && ++wrong <= 10)
    printf("%s of %a and %a\n", what, (double)a, (double)b);
}
static int same(float a, float b) { return (isnan(a) && isnan(b)) || get_bits(a) == get_bits(b); }

int main(void) {
  enum { TRIALS = 2000000 };
  for (long i = 0; i < TRIALS; ++i) {
    float a = draw_float(), b = i % 7 == 0 ? get_float(get_bits(a) ^ (uint32_t)(draw() >> 40) % 5) : draw_float();
    if (i % 11 == 0)
      b = -a;
    check("sum", a, b, same(soft_addsf3(a, b), a + b));
    check("difference", a, b, same(soft_subsf3(a, b), a - b));
    check("product", a, b, same(soft_mulsf3(a, b), a * b));
    check("quotient", a, b, same(soft_divsf3(a, b), a / b));
    check("==", a, b, (soft_eqsf2(a, b) == 0) == (a == b) && (soft_nesf2(a, b) != 0) == (a != b));
    check("<", a, b, (soft_ltsf2(a, b) < 0) == (a < b) && (soft_lesf2(a, b) <= 0) == (a <= b));
    check(">", a, b, (soft_gtsf2(a, b) > 0) == (a > b) && (soft_gesf2(a, b) >= 0) == (a >= b));
    check("order", a, b, (soft_unordsf2(a, b) != 0) == (isnan(a) || isnan(b)));
    uint64_t n = draw() >> draw() % 64;
    check("integer", a, b, same(soft_floatundisf(n), (float)n) && same(soft_floatdisf((int64_t)n), (float)(int64_t)n));
    check("word", a, b, same(soft_floatunsisf((uint32_t)n), (float)(uint32_t)n));
    check("signed word", a, b, same(soft_floatsisf((int32_t)n), (float)(int32_t)n));
    if (fabsf(a) < 0x1p31f)
      check("whole", a, b, soft_fixsfsi(a) == (int32_t)a);
    if (fabsf(a) < 0x1p63f)
      check("long whole", a, b, soft_fixsfdi(a) == (int64_t)a);
    if (a >= 0 && a < 0x1p32f)
      check("unsigned whole", a, b, soft_fixunssfsi(a) == (uint32_t)a);
    if (a >= 0 && a < 0x1p64f)
      check("unsigned long whole", a, b, soft_fixunssfdi(a) == (uint64_t)a);
  }
  printf("%lu of %d wrong\n", wrong, TRIALS);
  return wrong != 0;
}
