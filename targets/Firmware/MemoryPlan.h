//===- MemoryPlan.h - where a program lies on a board -----------*- C++ -*-===//
#ifndef LLE_TARGETS_FIRMWARE_MEMORYPLAN_H
#define LLE_TARGETS_FIRMWARE_MEMORYPLAN_H

#include "targets/Native/MemoryUse.h"

namespace lle {

/// What main.c and the start-up code need on top of the network: at most, a test compares.
inline constexpr uint64_t kProgramCodeBytes = 4096, kProgramRamBytes = 1024, kProgramStackBytes = 1024;

/// What of the stack main.c and the functions that it calls besides the network's use at most; the other bytes are for
/// interrupts, of which one takes 108 on a Cortex-M with floats, and for what a user adds.
inline constexpr uint64_t kMainStackBytes = 256;
static_assert(kMainStackBytes + 4 * 108 < kProgramStackBytes);

/// How a program of a network is laid out on a board.
struct MemoryPlan {
  uint64_t codeBytes = 0;     ///< Code and constants, the program's included.
  uint64_t variableBytes = 0; ///< Variables of the program, one step of inputs and outputs, and the stack.
  uint64_t stackBytes = 0;    ///< Part of them.
  uint64_t stateBytes = 0;    ///< One instance: its states and scratch.

  /// The first memory of the kind that has room besides what lies there already, or null.
  const Memory *code = nullptr;
  const Memory *variables = nullptr;
  const Memory *state = nullptr;

  bool fits() const { return code && variables && state; }
};

/// Where code lies: in flash, or in RAM where there is none and programs are loaded.
Memory::Kind getCodeKind(const Target &target);

MemoryPlan planMemories(const MemoryUse &use, const Target &target);

/// What to do about a plan that does not fit, one sentence each, the greatest gain first. `use` has its nodes.
std::vector<std::string> findRemedies(const MemoryPlan &plan, const MemoryUse &use, const Target &target);

} // namespace lle

#endif
