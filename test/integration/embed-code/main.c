#include "neurons.h"
#include <string.h>

/* Runs the compiled network for two steps and checks its spikes; links no library of LLE. */
int main(void) {
  static neurons_state_t state;
  static const uint8_t expected[2][NEURONS_OUTPUT0_ELEMENTS] = {{0, 1, 0}, {1, 1, 0}};
  float x[2][NEURONS_INPUT0_ELEMENTS] = {{1, 2, 0.25}, {1, 2, 0.25}};
  uint8_t spikes[2][NEURONS_OUTPUT0_ELEMENTS];
  neurons_init(&state);
  neurons_run(&state, 2, x[0], spikes[0]); /* or neurons_step, step by step */
  return memcmp(spikes, expected, sizeof(spikes)) != 0;
}
