/*===- lle_host.h - Loading and running packages from C ------------------===*\
|*
|* Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
|*
|* A function that can fail takes `error`, a buffer of `error_size` bytes for its message (cut to fit; may be null with
|* size 0), and returns null, or 0 where it returns an int.
|*
\*===----------------------------------------------------------------------===*/

#ifndef LLE_RUNTIME_HOST_LLE_HOST_H
#define LLE_RUNTIME_HOST_LLE_HOST_H

#include "runtime/core/lle_core.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct lle_model lle_model;
typedef struct lle_instance lle_instance;

/* Loads the best variant that runs on this machine, or the one of `target` if that is not null. */
lle_model *lle_model_load(const char *path, const char *target, char *error, size_t error_size);
lle_model *lle_model_load_memory(const void *data, size_t size, const char *name, const char *target, char *error,
                                 size_t error_size);
void lle_model_free(lle_model *model);

/* Ports, states, sizes; valid until the model is freed. */
const lle_program *lle_model_program(const lle_model *model);

/* An instance in its initial state. It may outlive its model. */
lle_instance *lle_instance_create(const lle_model *model, char *error, size_t error_size);
void lle_instance_free(lle_instance *instance);

void lle_instance_reset(lle_instance *instance);
void lle_instance_step(lle_instance *instance, const void *const *inputs, void *const *outputs);
/* `steps` time steps over contiguous sequences; the pointers stay as they are. */
void lle_instance_run(lle_instance *instance, size_t steps, const void *const *inputs, void *const *outputs);

/* All states; `bytes` must be lle_program.state_bytes. */
int lle_instance_save(const lle_instance *instance, void *saved, size_t bytes, char *error, size_t error_size);
int lle_instance_restore(lle_instance *instance, const void *saved, size_t bytes, char *error, size_t error_size);

/* One state, row-major in its logical shape; `bytes` must be lle_state.bytes. */
int lle_instance_read_state(const lle_instance *instance, const char *node, const char *name, void *values,
                            size_t bytes, char *error, size_t error_size);
int lle_instance_write_state(lle_instance *instance, const char *node, const char *name, const void *values,
                             size_t bytes, char *error, size_t error_size);

#ifdef __cplusplus
}
#endif

#endif /* LLE_RUNTIME_HOST_LLE_HOST_H */
