/* A liquid cell by hand: the step of a fused LTC with sparse synapses in plain C.
 *
 * The tables of a network come from tables.h, which count.py writes. Synapses lie by target, so that a target's sums
 * stay in registers. The logistic function of -t is 1 / (1 + 2^(t log2 e)), by a polynomial of the fraction and an
 * integer addition to the exponent; sensory sums are made once for all unfolds.
 */
#include "tables.h"

#include <stdint.h>

static float open(float t) {
  float y = t * 1.442695041f;
  y = y > 126.0f ? 126.0f : y < -126.0f ? -126.0f : y;
  int whole = (int)(y + (y >= 0.0f ? 0.5f : -0.5f));
  float f = y - (float)whole;
  float p = 1.3264727e-3f;
  p = p * f + 9.6715130e-3f;
  p = p * f + 5.5507336e-2f;
  p = p * f + 2.4022242e-1f;
  p = p * f + 6.9314700e-1f;
  p = p * f + 1.0f;
  union {
    float number;
    uint32_t bits;
  } power = {p};
  power.bits += (uint32_t)whole << 23;
  return 1.0f / (1.0f + power.number);
}

void ARENA_INIT(void *state) {
  float *v = state;
  for (int j = 0; j < UNITS; ++j)
    v[j] = 0.0f;
}

void ARENA_STEP(void *state, const void *const *inputs, void *const *outputs) {
  const float *x = inputs[0];
  float *v = state, *y = outputs[0];
  /* Not on the stack, which the firmware makes as large as the network by LLE needs. */
  static float drive[UNITS], conductance[UNITS], next[UNITS];
  for (int j = 0; j < UNITS; ++j) {
    float sum = leak_current[j], weight = leak[j];
    for (int k = sensory_row[j]; k < sensory_row[j + 1]; ++k) {
      float s = open(sensory_slope[k] * x[sensory_source[k]] + sensory_offset[k]);
      sum += s * sensory_current[k];
      weight += s * sensory_weight[k];
    }
    drive[j] = sum;
    conductance[j] = weight;
  }
  for (int unfold = 0; unfold < UNFOLDS; ++unfold) {
    for (int j = 0; j < UNITS; ++j) {
      float sum = drive[j] + capacitance[j] * v[j], weight = conductance[j];
      for (int k = row[j]; k < row[j + 1]; ++k) {
        float s = open(slope[k] * v[source[k]] + offset[k]);
        sum += s * current[k];
        weight += s * weights[k];
      }
      next[j] = sum / weight;
    }
    for (int j = 0; j < UNITS; ++j)
      v[j] = next[j];
  }
  for (int j = 0; j < UNITS; ++j)
    y[j] = v[j];
}
