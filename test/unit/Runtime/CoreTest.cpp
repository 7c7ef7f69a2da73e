//===- CoreTest.cpp - The freestanding core -------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/core/lle_core.h"
#include "gtest/gtest.h"
#include <cstdio>
#include <numeric>
#include <string>
#include <vector>

namespace {

/// (2, 3, 4) kept as (3, 4, 2), as channels-last code keeps (C, H, W).
const int64_t kShape[] = {2, 3, 4};
const int32_t kOrder[] = {1, 2, 0};

lle_state chwState() {
  lle_state state = {};
  state.node = "conv";
  state.name = "v";
  state.shape = kShape;
  state.order = kOrder;
  state.rank = 3;
  state.element = LLE_I16;
  state.offset = 64;
  state.bytes = 48;
  return state;
}

// y = x + (steps so far), with one state.
void countInit(void *arena) { *static_cast<int32_t *>(arena) = 0; }
void countStep(void *arena, const void *const *inputs, void *const *outputs) {
  *static_cast<int32_t *>(outputs[0]) = *static_cast<const int32_t *>(inputs[0]) + (*static_cast<int32_t *>(arena))++;
}

void countRun(void *arena, size_t steps, const void *const *inputs, void *const *outputs) {
  for (size_t t = 0; t < steps; ++t) {
    const void *from[] = {static_cast<const int32_t *>(inputs[0]) + t};
    void *to[] = {static_cast<int32_t *>(outputs[0]) + t};
    countStep(arena, from, to);
  }
}

lle_program countProgram() {
  static const lle_port port = {"x", nullptr, nullptr, 0, 0, 4, LLE_I32, 0};
  static const lle_state state = {"count", "n", nullptr, nullptr, 0, LLE_I32, 0, 4};
  lle_program program = {};
  program.abi = LLE_ABI_VERSION;
  program.name = "count";
  program.dt = 1;
  program.arena_bytes = program.arena_alignment = program.state_bytes = 64;
  program.num_inputs = program.num_outputs = program.num_states = 1;
  program.inputs = program.outputs = &port;
  program.states = &state;
  program.init = countInit;
  program.step = countStep;
  program.run = countRun;
  return program;
}

} // namespace

TEST(Core, StateIsReadAndWrittenInLogicalOrder) {
  lle_state state = chwState();
  std::vector<int16_t> arena(64, -1), values(24), back(24);
  std::iota(values.begin(), values.end(), 0);
  lle_write_state(&state, arena.data(), values.data());
  for (int c = 0; c < 2; ++c)
    for (int h = 0; h < 3; ++h)
      for (int w = 0; w < 4; ++w)
        EXPECT_EQ(arena[32 + (h * 4 + w) * 2 + c], c * 12 + h * 4 + w);
  EXPECT_EQ(arena[31], -1);
  EXPECT_EQ(arena[56], -1);
  lle_read_state(&state, arena.data(), back.data());
  EXPECT_EQ(back, values);
}

TEST(Core, NoOrderMeansRowMajor) {
  lle_state state = chwState();
  state.order = nullptr;
  std::vector<int16_t> arena(64), back(24);
  std::iota(arena.begin(), arena.end(), 0);
  lle_read_state(&state, arena.data(), back.data());
  for (int i = 0; i < 24; ++i)
    EXPECT_EQ(back[i], 32 + i);
}

TEST(Core, RunContinuesWithTheStates) {
  lle_program program = countProgram();
  alignas(64) uint8_t arena[64];
  lle_init(&program, arena);
  int32_t x[5] = {10, 20, 30, 40, 50}, y[5];
  const void *inputs[] = {x};
  void *outputs[] = {y};
  lle_run_steps(&program, arena, 0, inputs, outputs);
  lle_run_steps(&program, arena, 2, inputs, outputs);
  int32_t saved[16];
  lle_save_states(&program, arena, saved);
  inputs[0] = x + 2;
  outputs[0] = y + 2;
  lle_run_steps(&program, arena, 3, inputs, outputs);
  EXPECT_EQ(std::vector<int32_t>(y, y + 5), (std::vector<int32_t>{10, 21, 32, 43, 54}));
  lle_restore_states(&program, arena, saved);
  inputs[0] = x;
  outputs[0] = y;
  lle_step(&program, arena, inputs, outputs);
  EXPECT_EQ(y[0], 12);
}

TEST(Core, ArenaMustFit) {
  lle_program program = countProgram();
  alignas(64) uint8_t arena[128];
  EXPECT_TRUE(lle_arena_fits(&program, arena, 64));
  EXPECT_FALSE(lle_arena_fits(&program, arena, 63));
  EXPECT_FALSE(lle_arena_fits(&program, arena + 8, 64));
  EXPECT_FALSE(lle_arena_fits(&program, nullptr, 64));
  program.abi = LLE_ABI_VERSION + 1;
  EXPECT_FALSE(lle_arena_fits(&program, arena, 64));
}

TEST(Core, StatesAreFoundByBothNames) {
  lle_program program = countProgram();
  EXPECT_EQ(lle_find_state(&program, "count", "n"), program.states);
  EXPECT_EQ(lle_find_state(&program, "count", "nn"), nullptr);
  EXPECT_EQ(lle_find_state(&program, "coun", "n"), nullptr);
}

TEST(Core, ElementSizes) {
  EXPECT_EQ(lle_element_bytes(LLE_F32), 4u);
  EXPECT_EQ(lle_element_bytes(LLE_F64), 8u);
  EXPECT_EQ(lle_element_bytes(LLE_I8), 1u);
  EXPECT_EQ(lle_element_bytes(LLE_I16), 2u);
  EXPECT_EQ(lle_element_bytes(LLE_I32), 4u);
  EXPECT_EQ(lle_element_bytes(LLE_ELEMENT_COUNT), 0u);
}

TEST(Core, NeedsNoLibrary) {
#ifdef LLE_SANITIZED
  GTEST_SKIP() << "sanitizers call their runtime";
#endif
  FILE *nm = popen(LLE_NM " -u " LLE_CORE_ARCHIVE, "r");
  ASSERT_TRUE(nm);
  std::string output;
  char line[256];
  while (fgets(line, sizeof(line), nm))
    output += line;
  ASSERT_EQ(pclose(nm), 0);
  EXPECT_EQ(output.find(" U "), std::string::npos) << output;
}
