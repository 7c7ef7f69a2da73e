/* Floats (binary32) for processors without an FPU, and their conversions from and to 64-bit integers for others: the
 * functions that compilers call, under the names that libgcc and compiler-rt give them. A toolchain that brings such a
 * library may be used in place of this file.
 */
#include "helpers.h"

#include <stdint.h>

#define NUMBER float
#define BITS uint32_t
enum { WIDTH = 32, MANTISSA_BITS = 23, EXPONENT_MAX = 255, EXPONENT_BIAS = 127 };
#ifndef FUNCTION /* a test gives the functions other names */
#define FUNCTION(before, after, arm) HELPER(before##sf##after, f##arm)
#define CONVERSION(before, arm) HELPER(before##sf, arm##f)
#endif
#include "ieee754.h"

static uint32_t multiply(uint32_t x, uint32_t y) {
  uint64_t product = (uint64_t)x * y; /* highest bit at place 46 or 47 */
  return (uint32_t)(product >> 17) | ((product & 0x1ffffu) != 0u);
}
