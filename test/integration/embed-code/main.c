#include "libneurons.h"
#include <string.h>

/* Runs the compiled network for two steps and checks its spikes; links no library of LLE. */
int main(void) {
  static _Alignas(NEURONS_ARENA_ALIGNMENT) char arena[NEURONS_ARENA_BYTES];
  static const uint8_t expected[2][NEURONS_OUTPUT0_ELEMENTS] = {{0, 1, 0}, {1, 1, 0}};
  float x[2][NEURONS_INPUT0_ELEMENTS] = {{1, 2, 0.25}, {1, 2, 0.25}};
  uint8_t spikes[2][NEURONS_OUTPUT0_ELEMENTS];
  neurons_init(arena);
  neurons_run(arena, 2, (const void *const[]){x}, (void *const[]){spikes}); /* or neurons_step, step by step */
  return memcmp(spikes, expected, sizeof(spikes)) != 0;
}
