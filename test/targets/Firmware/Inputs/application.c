/* An application that finds the network of test/tools/Inputs/classifier.mlir where its framework put it. */
#include "classifier.h"

#include <stdio.h>

static classifier_state_t state;

int main(void) {
  static float x[CLASSIFIER_INPUT0_ELEMENTS], membrane[CLASSIFIER_OUTPUT1_ELEMENTS];
  static uint8_t spikes[CLASSIFIER_OUTPUT0_ELEMENTS];
  classifier_init(&state);
  classifier_step(&state, x, spikes, membrane);
  puts("stepped");
  return 0;
}
