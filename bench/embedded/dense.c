/* A layer in fixed point by hand: a dot product for each output, in plain C, then scale, clip and tanh by table.
 *
 * The tables of a layer come from tables.h, which count.py writes: rows of 8-bit or 16-bit weights, and the nodes of
 * the function. The loop of the products is one that compilers vectorise.
 */
#include "tables.h"

#include <stdint.h>

static int32_t dot(const weight_t *row, const int16_t *x) {
  int32_t sum = 0;
  for (int i = 0; i < INPUTS; ++i)
    sum += row[i] * x[i];
  return sum;
}

static int16_t look_up(int32_t z) {
  uint32_t u = (uint32_t)(z + 32768), n = u >> 7, r = u & 127;
  return (int16_t)((nodes[n] * (int32_t)(128 - r) + nodes[n + 1] * (int32_t)r + 64) >> 7);
}

void ARENA_INIT(void *state) { (void)state; }

void ARENA_STEP(void *state, const void *const *inputs, void *const *outputs) {
  (void)state;
  const int16_t *x = inputs[0];
  int16_t *y = outputs[0];
  for (int o = 0; o < OUTPUTS; ++o) {
    int64_t product = (int64_t)(bias[o] + dot(weights + o * INPUTS, x)) * multiplier[o];
    int64_t z = (product + ((int64_t)1 << (shift[o] - 1))) >> shift[o];
    z = z > 32767 ? 32767 : z < -32768 ? -32768 : z;
    y[o] = look_up((int32_t)z);
  }
}
