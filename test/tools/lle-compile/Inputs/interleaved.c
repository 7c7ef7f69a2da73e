// Two instances in turn give what each gives alone. The network comes as a library and its header.
#include "runtime/core/lle_core.h"

#include "classifier.h"

#include <stdio.h>
#include <string.h>

#define STEPS 20
#define INPUTS CLASSIFIER_INPUT0_ELEMENTS

static classifier_state_t states[3];
static unsigned char spikes[2][2][STEPS][CLASSIFIER_OUTPUT0_ELEMENTS];
static float membranes[2][2][STEPS][CLASSIFIER_OUTPUT1_ELEMENTS];

static void step(int state, int sequence, int how, int t) {
  float x[INPUTS];
  for (int i = 0; i < INPUTS; ++i)
    x[i] = (float)((t * 7 + i * (sequence + 3)) % 8) / 8;
  classifier_step(&states[state], x, spikes[how][sequence][t], membranes[how][sequence][t]);
}

int main(void) {
  const lle_state *v = lle_find_state(&classifier_program, "if1", "v");
  if (classifier_program.abi != LLE_ABI_VERSION || !v || v->offset != CLASSIFIER_STATE0_OFFSET)
    return puts("the description is wrong"), 1;
  memset(states, 0xa5, sizeof(states));
  for (int sequence = 0; sequence < 2; ++sequence) {
    lle_init(&classifier_program, &states[2]);
    for (int t = 0; t < STEPS; ++t)
      step(2, sequence, 0, t);
  }
  classifier_init(&states[0]);
  classifier_init(&states[1]);
  for (int t = 0; t < STEPS; ++t) {
    step(0, 0, 1, t);
    step(1, 1, 1, t);
  }
  int count = 0;
  for (int i = 0; i < STEPS * CLASSIFIER_OUTPUT0_ELEMENTS; ++i)
    count += spikes[0][0][0][i] + spikes[0][1][0][i];
  int same = memcmp(spikes[0], spikes[1], sizeof(spikes[0])) == 0 &&
             memcmp(membranes[0], membranes[1], sizeof(membranes[0])) == 0;
  int differ = memcmp(membranes[0][0], membranes[0][1], sizeof(membranes[0][0])) != 0;
  printf("interleaved: %s, sequences: %s, %s\n", same ? "same" : "disturbed", differ ? "differ" : "alike",
         count > 0 ? "spikes" : "silent");
  return 0;
}
