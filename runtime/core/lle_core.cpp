//===- lle_core.cpp - Running a compiled network --------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/core/lle_core.h"

namespace {

/// A loop of our own, because a freestanding program may have no memcpy. The build switches off the
/// compiler's habit of turning such loops into a call of it.
void copyBytes(uint8_t *to, const uint8_t *from, size_t bytes) {
  for (size_t i = 0; i < bytes; ++i)
    to[i] = from[i];
}

bool equal(const char *a, const char *b) {
  while (*a && *a == *b)
    ++a, ++b;
  return *a == *b;
}

/// Calls `copy(logical, stored)` with the byte offsets of every element: in the row-major logical
/// order, and in the order in which the arena keeps the state.
template <typename Copy>
void forEachElement(const lle_state &state, Copy copy) {
  size_t element = lle_element_bytes(state.element);
  size_t stride[LLE_MAX_RANK], index[LLE_MAX_RANK];
  size_t step = element;
  for (uint32_t k = state.rank; k-- > 0;) {
    uint32_t dim = state.order ? static_cast<uint32_t>(state.order[k]) : k;
    index[dim] = 0;
    stride[dim] = step;
    step *= static_cast<size_t>(state.shape[dim]);
  }
  size_t stored = 0;
  for (size_t logical = 0; logical < state.bytes; logical += element) {
    copy(logical, stored);
    for (uint32_t dim = state.rank; dim-- > 0;) {
      stored += stride[dim];
      if (++index[dim] < static_cast<size_t>(state.shape[dim]))
        break;
      stored -= index[dim] * stride[dim];
      index[dim] = 0;
    }
  }
}

} // namespace

size_t lle_element_bytes(lle_element element) {
  switch (element) {
  case LLE_I8:
    return 1;
  case LLE_I16:
    return 2;
  case LLE_F32:
  case LLE_I32:
    return 4;
  case LLE_F64:
    return 8;
  default:
    return 0;
  }
}

int lle_arena_fits(const lle_program *program, const void *arena, size_t bytes) {
  return program->abi == LLE_ABI_VERSION && arena && bytes >= program->arena_bytes &&
         reinterpret_cast<uintptr_t>(arena) % program->arena_alignment == 0;
}

void lle_init(const lle_program *program, void *arena) { program->init(arena); }

void lle_step(const lle_program *program, void *arena, const void *const *inputs, void *const *outputs) {
  program->step(arena, inputs, outputs);
}

void lle_run_steps(const lle_program *program, void *arena, size_t steps, const void *const *inputs,
                   void *const *outputs) {
  program->run(arena, steps, inputs, outputs);
}

void lle_save_states(const lle_program *program, const void *arena, void *saved) {
  copyBytes(static_cast<uint8_t *>(saved), static_cast<const uint8_t *>(arena), program->state_bytes);
}

void lle_restore_states(const lle_program *program, void *arena, const void *saved) {
  copyBytes(static_cast<uint8_t *>(arena), static_cast<const uint8_t *>(saved), program->state_bytes);
}

const lle_state *lle_find_state(const lle_program *program, const char *node, const char *name) {
  for (uint32_t i = 0; i < program->num_states; ++i) {
    const lle_state &state = program->states[i];
    if (equal(state.node, node) && equal(state.name, name))
      return &state;
  }
  return nullptr;
}

void lle_read_state(const lle_state *state, const void *arena, void *values) {
  auto *from = static_cast<const uint8_t *>(arena) + state->offset;
  auto *to = static_cast<uint8_t *>(values);
  size_t element = lle_element_bytes(state->element);
  forEachElement(*state, [=](size_t logical, size_t stored) { copyBytes(to + logical, from + stored, element); });
}

void lle_write_state(const lle_state *state, void *arena, const void *values) {
  auto *from = static_cast<const uint8_t *>(values);
  auto *to = static_cast<uint8_t *>(arena) + state->offset;
  size_t element = lle_element_bytes(state->element);
  forEachElement(*state, [=](size_t logical, size_t stored) { copyBytes(to + stored, from + logical, element); });
}
