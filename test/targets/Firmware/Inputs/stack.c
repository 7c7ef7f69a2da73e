/* In place of main.c: measures the stack of the network's functions against CLASSIFIER_STACK_BYTES, and compares many
   steps in one call with the same steps one by one. */
#include "board/host.h"
#include "model/classifier.h"

static classifier_state_t state;
enum { STEPS = 3 };
static float x[STEPS][CLASSIFIER_INPUT0_ELEMENTS];
static uint8_t spikes[STEPS][CLASSIFIER_OUTPUT0_ELEMENTS];
static float membrane[STEPS][CLASSIFIER_OUTPUT1_ELEMENTS], single[CLASSIFIER_OUTPUT1_ELEMENTS];
static const void *const inputs[] = {x};
static void *const outputs[] = {spikes, membrane};

enum { FILLED = 1024, FILL = 0xa5 };
_Static_assert(CLASSIFIER_STACK_BYTES + 64 < FILLED, "more must be filled");

int main(void) {
  for (int t = 0; t < STEPS; ++t)
    for (int i = 0; i < CLASSIFIER_INPUT0_ELEMENTS; ++i)
      x[t][i] = (float)((i * 7 + t * 5) % 16) / 8.0f;
  classifier_init(&state);
  unsigned char *bottom;
#ifdef __riscv
  __asm__ volatile("mv %0, sp" : "=r"(bottom));
#else
  __asm__ volatile("mov %0, sp" : "=r"(bottom));
#endif
  /* Nothing else uses this memory: no interrupt is enabled, and the loops call nothing. */
  for (volatile unsigned char *byte = bottom - FILLED; byte < bottom; ++byte)
    *byte = FILL;
  classifier_arena_run(&state, STEPS, inputs, outputs); /* the deepest path */
  const volatile unsigned char *touched = bottom - FILLED;
  while (touched < bottom && *touched == FILL)
    ++touched;
  const long depth = (long)(bottom - touched);
  if (depth > CLASSIFIER_STACK_BYTES) {
    host_print("stack: beyond the bound\n");
    return 1;
  }
  classifier_init(&state);
  for (int t = 0; t < STEPS; ++t) {
    uint8_t spike[CLASSIFIER_OUTPUT0_ELEMENTS];
    classifier_step(&state, x[t], spike, single);
    for (int i = 0; i < CLASSIFIER_OUTPUT1_ELEMENTS; ++i)
      if (single[i] != membrane[t][i] || (t == STEPS - 1 && i == 0 && single[i] == 0.0f)) {
        host_print("steps in one call: other results\n");
        return 1;
      }
  }
  /* Frames end with padding that nobody writes. */
  host_print(depth + 32 > CLASSIFIER_STACK_BYTES ? "stack: within the bound, which is reached\n"
                                                 : "stack: far from the bound\n");
  return 0;
}
