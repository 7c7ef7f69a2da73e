#include "runtime/host/lle_host.h"
#include <stdio.h>
#include <string.h>

// Runs the package of neurons.mlir for two steps and checks its spikes.
int main(int argc, char **argv) {
  char error[256] = "usage: embed-runtime MODEL.lle";
  lle_model *model = argc == 2 ? lle_model_load(argv[1], nullptr, error, sizeof(error)) : nullptr;
  lle_instance *instance = model ? lle_instance_create(model, error, sizeof(error)) : nullptr;
  if (!instance)
    return puts(error), 1;
  float x[3] = {1, 2, 0.25};
  unsigned char spikes[2][3], expected[2][3] = {{0, 1, 0}, {1, 1, 0}};
  for (auto &output : spikes) {
    const void *inputs[] = {x};
    void *outputs[] = {output};
    lle_instance_step(instance, inputs, outputs);
  }
  lle_instance_free(instance);
  lle_model_free(model);
  return memcmp(spikes, expected, sizeof(spikes)) != 0;
}
