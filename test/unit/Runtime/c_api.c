/* The C interface used from C: both headers must be C, and every function must link. */
#include "runtime/host/lle_host.h"

/* Runs two steps of the tiny network; returns a line number on a surprise, else 0. */
int lle_test_c_api(const char *path, char *error, size_t error_size) {
  float x[12] = {5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5};
  uint8_t spikes[12];
  int32_t counts[2] = {0, 0};
  float v[6];
  uint8_t saved[128];
  const void *inputs[1] = {x};
  void *outputs[2] = {spikes, counts};
  lle_instance *instance;
  lle_model *model = lle_model_load(path, "host", error, error_size);
  if (!model || lle_model_program(model)->state_bytes != sizeof(saved))
    return __LINE__;
  if (lle_model_load(path, "mars", error, 8) || error[7] != 0)
    return __LINE__;
  instance = lle_instance_create(model, error, error_size);
  lle_model_free(model); /* the instance keeps the code */
  if (!instance)
    return __LINE__;
  if (!lle_instance_save(instance, saved, sizeof(saved), error, error_size))
    return __LINE__;
  lle_instance_run(instance, 2, inputs, outputs);
  if (counts[0] != 1 || counts[1] != 2 || spikes[9] != 1)
    return __LINE__;
  if (!lle_instance_read_state(instance, "lif", "v", v, sizeof(v), error, error_size) || v[5] != 2)
    return __LINE__;
  if (lle_instance_read_state(instance, "lif", "v", v, 4, 0, 0))
    return __LINE__;
  v[5] = 19;
  if (!lle_instance_write_state(instance, "lif", "v", v, sizeof(v), error, error_size))
    return __LINE__;
  lle_instance_step(instance, inputs, outputs);
  if (counts[0] != 3 || spikes[5] != 1)
    return __LINE__;
  if (!lle_instance_restore(instance, saved, sizeof(saved), error, error_size))
    return __LINE__;
  lle_instance_step(instance, inputs, outputs);
  lle_instance_reset(instance);
  if (counts[0] != 1 || lle_instance_restore(instance, saved, 3, error, error_size))
    return __LINE__;
  lle_instance_free(instance);
  return 0;
}
