#include "libneurons.h"
#include <string.h>

/* Runs the compiled network for two steps and checks its spikes; links no library of LLE. */
int main(void) {
  static _Alignas(NEURONS_ARENA_ALIGNMENT) char arena[NEURONS_ARENA_BYTES];
  static const uint8_t expected[2][NEURONS_OUTPUT0_ELEMENTS] = {{0, 1, 0}, {1, 1, 0}};
  float x[NEURONS_INPUT0_ELEMENTS] = {1, 2, 0.25};
  uint8_t spikes[2][NEURONS_OUTPUT0_ELEMENTS];
  neurons_init(arena);
  for (int t = 0; t < 2; ++t)
    neurons_step(arena, (const void *const[]){x}, (void *const[]){spikes[t]});
  return memcmp(spikes, expected, sizeof(spikes)) != 0;
}
