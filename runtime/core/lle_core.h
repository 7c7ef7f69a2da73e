/*===- lle_core.h - Running a compiled network ---------------------------===*\
|*
|* Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
|*
|* The binary interface of generated code, and the few functions around it. Freestanding: nothing is allocated, nothing
|* of a C library is needed, no global data is written. This is what a microcontroller links.
|*
|* Generated code exports three functions for a network NET; the header of a compiled network wraps them in typed ones,
|* NET_init, NET_step and NET_run:
|*
|*   void NET_arena_init(void *arena);
|*   void NET_arena_step(void *arena, const void *const *inputs, void *const *outputs);
|*   void NET_arena_run(void *arena, size_t steps, const void *const *inputs, void *const *outputs);
|*
|* - `arena` is aligned to lle_program.arena_alignment (a vector of the target, LLE_MIN_ALIGNMENT or more) and holds
|*   arena_bytes. The states lie in its first state_bytes, each at a multiple of arena_alignment; scratch lies behind.
|*   NET_arena_init writes all states; scratch needs no initial value and means nothing between two steps.
|* - NET_arena_step advances the network by one time step. `inputs` and `outputs` hold one pointer per port, in the
order
|*   of the descriptors. Elements are row-major in the port's logical shape. A pointer need only be aligned to its
|*   element. No output may overlap the arena, an input or another output. Every output element is written.
|* - NET_arena_run advances the network by `steps` time steps over contiguous sequences, as that many calls of
|*   NET_arena_step would: step t reads inputs[i] + t * bytes of port i, and writes likewise. The two arrays of pointers
|*   are only read.
|* - A spike is a uint8_t, 0 or 1; counts up to max_spikes use the signed integer that the port names.
|* - A model may run in many arenas, and in many threads as long as each has its own arena.
|*
\*===----------------------------------------------------------------------===*/

#ifndef LLE_RUNTIME_CORE_LLE_CORE_H
#define LLE_RUNTIME_CORE_LLE_CORE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define LLE_ABI_VERSION 2
#define LLE_MIN_ALIGNMENT 8
#define LLE_MAX_RANK 8

/* The element type of a port or state: one of the constants. */
typedef uint8_t lle_element;
enum { LLE_F32, LLE_F64, LLE_I8, LLE_I16, LLE_I32, LLE_ELEMENT_COUNT };

typedef struct lle_port {
  const char *name;
  const char *node; /* the node that a kept output shows, or null */
  const int64_t *shape;
  uint32_t rank;
  int32_t max_spikes; /* 0 where the port carries no spikes */
  size_t bytes;       /* of one step */
  lle_element element;
  uint8_t is_spike;
} lle_port;

typedef struct lle_state {
  const char *node;
  const char *name;
  const int64_t *shape; /* logical */
  const int32_t *order; /* logical dimensions in memory order, outermost first; null for row-major */
  uint32_t rank;
  lle_element element;
  size_t offset; /* in the arena */
  size_t bytes;
} lle_state;

typedef struct lle_program {
  uint32_t abi; /* LLE_ABI_VERSION of the code */
  const char *name;
  double dt; /* seconds per step */
  size_t arena_bytes;
  size_t arena_alignment;
  size_t state_bytes;
  uint32_t num_inputs;
  uint32_t num_outputs;
  uint32_t num_states;
  const lle_port *inputs;
  const lle_port *outputs;
  const lle_state *states;
  void (*init)(void *arena);
  void (*step)(void *arena, const void *const *inputs, void *const *outputs);
  void (*run)(void *arena, size_t steps, const void *const *inputs, void *const *outputs);
} lle_program;

/* Bytes of an element; 0 for a value that is none of the constants. */
size_t lle_element_bytes(lle_element element);

/* 1 if the program has this header's ABI and the arena is aligned and large enough, else 0. */
int lle_arena_fits(const lle_program *program, const void *arena, size_t bytes);

/* Sets every state to its initial value. Also the way to reset. */
void lle_init(const lle_program *program, void *arena);

/* One time step. */
void lle_step(const lle_program *program, void *arena, const void *const *inputs, void *const *outputs);

/* `steps` time steps over contiguous sequences, in one call of generated code: step t reads inputs[i] + t * bytes of
   port i, and writes likewise. An output that counts only in the last step of a sample is written in every step too. */
void lle_run_steps(const lle_program *program, void *arena, size_t steps, const void *const *inputs,
                   void *const *outputs);

/* Copy all states, state_bytes of them, in memory order; they fit only the program they came from.
 */
void lle_save_states(const lle_program *program, const void *arena, void *saved);
void lle_restore_states(const lle_program *program, void *arena, const void *saved);

/* The state of that node and name, or null. */
const lle_state *lle_find_state(const lle_program *program, const char *node, const char *name);

/* Copy one state, state->bytes of it, between the arena and `values`, which is row-major in the
 * logical shape. */
void lle_read_state(const lle_state *state, const void *arena, void *values);
void lle_write_state(const lle_state *state, void *arena, const void *values);

#ifdef __cplusplus
}
#endif

#endif /* LLE_RUNTIME_CORE_LLE_CORE_H */
