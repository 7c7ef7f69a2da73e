//===- MemoryPlan.h - where a program lies on a board -----------*- C++ -*-===//
#ifndef LLE_TARGETS_FIRMWARE_MEMORYPLAN_H
#define LLE_TARGETS_FIRMWARE_MEMORYPLAN_H

#include "targets/Native/CodeGen.h"

namespace lle {

/// Bytes that a network takes on a board.
struct MemoryNeeds {
  uint64_t code = 0;      ///< Machine code.
  uint64_t constants = 0; ///< Parameters and tables, read only.
  uint64_t state = 0;     ///< One instance: its states and scratch.
  uint64_t stack = 0;     ///< Of its functions, at most.
  uint64_t buffers = 0;   ///< One step of all inputs and outputs.
};

/// The memories that the parts of a program lie in.
struct MemoryPlan {
  const Memory *code = nullptr;  ///< Code and constants.
  const Memory *ram = nullptr;   ///< Variables, buffers and the stack.
  const Memory *state = nullptr; ///< May be the same as `ram`.
  uint64_t stackBytes = 0;       ///< Reserved, the program's own included.
};

/// What main.c and the start-up code need on top of the network.
inline constexpr uint64_t kProgramCodeBytes = 4096, kProgramRamBytes = 1024, kProgramStackBytes = 2048;

/// Takes the first memory of each kind that has room; nothing where there is none.
std::optional<MemoryPlan> planMemories(const MemoryNeeds &needs, const Target &target);

} // namespace lle

#endif
