#include "runtime/host/lle_host.h"
#include <stdio.h>
#include <string.h>

// Runs the delay of relay.mlir for two steps: its initial value comes out first, then the input.
int main(int argc, char **argv) {
  char error[256];
  lle_model *model = argc == 2 ? lle_model_load(argv[1], nullptr, error, sizeof(error)) : nullptr;
  if (!model)
    return puts(argc == 2 ? error : "usage: embed-runtime MODEL.lle"), 1;
  lle_instance *instance = lle_instance_create(model, error, sizeof(error));
  float x[3] = {1, 2, 3}, y[2][3];
  const void *inputs[] = {x};
  for (float *output : y) {
    void *outputs[] = {output};
    lle_instance_step(instance, inputs, outputs);
  }
  const float expected[2][3] = {{0.5, 0.5, 0.5}, {1, 2, 3}};
  lle_instance_free(instance);
  lle_model_free(model);
  return memcmp(y, expected, sizeof(y)) != 0;
}
