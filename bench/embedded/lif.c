/* A spiking perceptron by hand: 8-bit weights, 16-bit membranes that keep 29491 / 2^15 of themselves, reset by
 * subtraction of the threshold 1024. Events are listed, and each adds its row of weights to sums in memory, which is
 * what compilers make vector code of where the processor has vectors.
 */
#include "tables.h"

#include <stdint.h>

enum { INPUTS = 784, HIDDEN = 128, OUTPUTS = 10, PADDED = 16 };

typedef struct {
  int16_t hidden[HIDDEN], output[PADDED];
  int32_t counts[OUTPUTS];
} membranes_t;

void ARENA_INIT(void *state) {
  membranes_t *m = state;
  for (int j = 0; j < HIDDEN; ++j)
    m->hidden[j] = 0;
  for (int j = 0; j < PADDED; ++j)
    m->output[j] = 0;
  for (int j = 0; j < OUTPUTS; ++j)
    m->counts[j] = 0;
}

static int keep(int v) { return v * 29491 >> 15; }

void ARENA_STEP(void *state, const void *const *inputs, void *const *outputs) {
  const uint8_t *x = inputs[0];
  int32_t *counts = outputs[0];
  membranes_t *m = state;
  /* Not on the stack, which the firmware makes as large as the network by LLE needs. */
  static uint16_t events[INPUTS];
  static uint8_t fired[HIDDEN];
  static int16_t sums[HIDDEN], output_sums[PADDED];
  int num_events = 0, num_fired = 0;
  for (int j = 0; j < HIDDEN; ++j)
    sums[j] = 0;
  for (int j = 0; j < PADDED; ++j)
    output_sums[j] = 0;
  for (int i = 0; i < INPUTS; ++i)
    if (x[i])
      events[num_events++] = (uint16_t)i;
  for (int e = 0; e < num_events; ++e) {
    const int8_t *row = hidden_weights + events[e] * HIDDEN;
    for (int j = 0; j < HIDDEN; ++j)
      sums[j] = (int16_t)(sums[j] + row[j]);
  }
  for (int j = 0; j < HIDDEN; ++j) {
    int v = keep(m->hidden[j]) + sums[j];
    if (v >= 1024) {
      v -= 1024;
      fired[num_fired++] = (uint8_t)j;
    }
    m->hidden[j] = (int16_t)v;
  }
  for (int e = 0; e < num_fired; ++e) {
    const int8_t *row = output_weights + fired[e] * PADDED;
    for (int j = 0; j < PADDED; ++j)
      output_sums[j] = (int16_t)(output_sums[j] + row[j]);
  }
  for (int j = 0; j < OUTPUTS; ++j) {
    int v = keep(m->output[j]) + output_sums[j];
    if (v >= 1024) {
      v -= 1024;
      ++m->counts[j];
    }
    m->output[j] = (int16_t)v;
    counts[j] = m->counts[j];
  }
}
