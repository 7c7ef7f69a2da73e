//===- MemoryPlan.cpp - where a program lies on a board -------------------===//
#include "targets/Firmware/MemoryPlan.h"

#include "llvm/Support/MathExtras.h"

using namespace lle;

std::optional<MemoryPlan> lle::planMemories(const MemoryNeeds &needs, const Target &target) {
  auto find = [&](Memory::Kind kind, auto fits) -> const Memory * {
    for (const Memory &memory : target.memories)
      if (memory.kind == kind && fits(memory))
        return &memory;
    return nullptr;
  };
  MemoryPlan plan;
  plan.stackBytes = llvm::alignTo(needs.stack, 16) + kProgramStackBytes;
  uint64_t code = needs.code + needs.constants + kProgramCodeBytes;
  uint64_t variables = needs.buffers + plan.stackBytes + kProgramRamBytes;
  plan.code = find(Memory::Flash, [&](const Memory &memory) { return memory.bytes >= code; });
  plan.ram = find(Memory::Ram, [&](const Memory &memory) { return memory.bytes >= variables; });
  plan.state = find(Memory::Ram, [&](const Memory &memory) {
    return memory.bytes >= needs.state + (&memory == plan.ram ? variables : 0);
  });
  if (!plan.code || !plan.ram || !plan.state)
    return std::nullopt;
  return plan;
}
