//===- MachineCode.h - the instructions of emitted code ---------*- C++ -*-===//
#ifndef LLE_TARGETS_ESTIMATE_MACHINECODE_H
#define LLE_TARGETS_ESTIMATE_MACHINECODE_H

#include "targets/Native/CodeGen.h"

#include "llvm/MC/MCInst.h"

namespace lle {

/// A basic block of machine code. A jump that follows a branch is one of its own, behind all others and without a
/// source: it is executed only where the branch is not taken.
struct MachineBlock {
  std::string source;                                  ///< The block of LLVM IR that it came from, by nameBlocks.
  llvm::SmallVector<unsigned, 2> successors;           ///< By their place in the procedure.
  std::vector<llvm::MCInst> instructions;              ///< As they are encoded.
  std::vector<std::pair<unsigned, unsigned>> nodes;    ///< Labels, and how many of the instructions are theirs.
  std::vector<std::pair<unsigned, std::string>> calls; ///< Labels, and the functions that are called there.
  bool fallsThrough = false;                           ///< Into the next one.
  /// Instructions that do nothing, at most, between it and the next one: how many they are is known when addresses are.
  unsigned padding = 0;
};

struct MachineProcedure {
  std::string name;
  std::vector<MachineBlock> blocks; ///< The first one is entered.
};

/// All instructions of a module as its object has them.
struct MachineCode {
  std::vector<MachineProcedure> procedures;
  std::vector<std::string> labels; ///< Of nodes; the first one, empty, is what they share.

  const MachineProcedure *find(llvm::StringRef name) const;
};

/// A copy of the module, whose blocks of IR have names that no other block has.
std::unique_ptr<llvm::Module> nameBlocks(const llvm::Module &module);

/// Generates code for a module of `nameBlocks` as emitObject does, and keeps its instructions in place of their bytes.
/// They are attributed to nodes where the module has the scopes of NodeScopes.h. The module is used up.
MachineCode generateMachineCode(llvm::Module &module, llvm::TargetMachine &machine);

} // namespace lle

#endif
