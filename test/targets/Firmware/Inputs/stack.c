/* In place of main.c: measures the stack of the network's functions against CLASSIFIER_STACK_BYTES. */
#include "board/host.h"
#include "model/classifier.h"

static classifier_state_t state;
static float x[CLASSIFIER_INPUT0_ELEMENTS];
static uint8_t spikes[CLASSIFIER_OUTPUT0_ELEMENTS];
static float membrane[CLASSIFIER_OUTPUT1_ELEMENTS];
static const void *const inputs[] = {x};
static void *const outputs[] = {spikes, membrane};

enum { FILLED = 1024, FILL = 0xa5 };
_Static_assert(CLASSIFIER_STACK_BYTES + 64 < FILLED, "more must be filled");

int main(void) {
  classifier_arena_init(&state);
  unsigned char *bottom;
  __asm__ volatile("mov %0, sp" : "=r"(bottom));
  /* Nothing else uses this memory: no interrupt is enabled, and the loops call nothing. */
  for (volatile unsigned char *byte = bottom - FILLED; byte < bottom; ++byte)
    *byte = FILL;
  for (int t = 0; t < 3; ++t)
    classifier_arena_step(&state, inputs, outputs);
  const volatile unsigned char *touched = bottom - FILLED;
  while (touched < bottom && *touched == FILL)
    ++touched;
  const long depth = (long)(bottom - touched);
  if (depth > CLASSIFIER_STACK_BYTES) {
    host_print("stack: beyond the bound\n");
    return 1;
  }
  /* Frames end with padding that nobody writes. */
  host_print(depth + 32 > CLASSIFIER_STACK_BYTES ? "stack: within the bound, which is reached\n"
                                                 : "stack: far from the bound\n");
  return 0;
}
