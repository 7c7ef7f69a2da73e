#include "arena.h"
#include <string.h>

void neurons_arena_init(void *arena);
void neurons_arena_step(void *arena, const void *const *inputs, void *const *outputs);

int main(void) {
  static _Alignas(64) char arena[ARENA_BYTES];
  static const unsigned char expected[2][3] = {{0, 1, 0}, {1, 1, 0}};
  float x[3] = {1, 2, 0.25};
  unsigned char spikes[2][3];
  neurons_arena_init(arena);
  for (int t = 0; t < 2; ++t)
    neurons_arena_step(arena, (const void *const[]){x}, (void *const[]){spikes[t]});
  return memcmp(spikes, expected, sizeof(spikes)) != 0;
}
