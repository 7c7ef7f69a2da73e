/* A network as the compiler would emit it. Six integrators (2, 3) whose state is kept transposed: v
   += GAIN * x, a spike where v >= 20, then v -= 20. A second output counts the steps. */
#include <stddef.h>
#include <stdint.h>

struct arena {
  float v[3][2];
  char gap[64 - 6 * sizeof(float)];
  int32_t count;
};

void tiny_init(void *memory) {
  struct arena *a = memory;
  for (int r = 0; r < 2; ++r)
    for (int c = 0; c < 3; ++c)
      a->v[c][r] = 10.0f * r + c;
  a->count = 0;
}

void tiny_step(void *memory, const void *const *inputs, void *const *outputs) {
  struct arena *a = memory;
  const float *x = inputs[0];
  uint8_t *spikes = outputs[0];
  for (int r = 0; r < 2; ++r)
    for (int c = 0; c < 3; ++c) {
      float *v = &a->v[c][r];
      *v += GAIN * x[3 * r + c];
      spikes[3 * r + c] = *v >= 20.0f;
      *v -= spikes[3 * r + c] ? 20.0f : 0.0f;
    }
  *(int32_t *)outputs[1] = ++a->count;
}

void tiny_run(void *memory, size_t steps, const void *const *inputs, void *const *outputs) {
  for (size_t t = 0; t < steps; ++t) {
    const void *from[] = {(const float *)inputs[0] + 6 * t};
    void *to[] = {(uint8_t *)outputs[0] + 6 * t, (int32_t *)outputs[1] + t};
    tiny_step(memory, from, to);
  }
}
