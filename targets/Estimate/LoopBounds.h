//===- LoopBounds.h - how often loops may run -------------------*- C++ -*-===//
#ifndef LLE_TARGETS_ESTIMATE_LOOPBOUNDS_H
#define LLE_TARGETS_ESTIMATE_LOOPBOUNDS_H

#include "llvm/ADT/StringMap.h"
#include "llvm/IR/Module.h"
#include "llvm/Target/TargetMachine.h"

#include <optional>

namespace lle {

/// What a loop of optimised code is known to do each time it is entered.
struct LoopBound {
  /// What bounds it.
  enum Kind {
    Constant, ///< It counts to a constant, or takes that many elements in strips of a register.
    Table,    ///< It counts to entries of a table of constants, by TableLoops.h.
    Bits,     ///< It takes the lowest bit off a word until none is left.
    Events,   ///< It counts to a number of events, which were counted by loops with bounds.
    Unknown
  };
  Kind kind = Unknown;
  std::optional<uint64_t> most;    ///< Executions of its first block.
  uint64_t least = 1;              ///< As many as `most` where that is exact.
  std::optional<uint64_t> repeats; ///< Jumps back to its first block, of all times that it is entered while its parent
                                   ///< runs once: less than `most` says where tables do.
  std::optional<unsigned> parent;
  std::string function;
  std::string node; ///< Label of the node whose loop it is; empty: several, or none.
};

/// The loops of a module of nameBlocks. Nothing is annotated: bounds are proved from the code.
class LoopBounds {
public:
  LoopBounds(llvm::Module &module, llvm::TargetMachine &machine);

  llvm::ArrayRef<LoopBound> getLoops() const { return loops; }
  /// The innermost loop of a block, by name.
  std::optional<unsigned> getLoop(llvm::StringRef block) const;
  /// The innermost loop that both are in.
  std::optional<unsigned> getCommonLoop(std::optional<unsigned> a, std::optional<unsigned> b) const;
  /// The module has a block of that name.
  bool knows(llvm::StringRef block) const { return blocks.contains(block); }

private:
  std::vector<LoopBound> loops;
  llvm::StringMap<std::optional<unsigned>> blocks;
};

} // namespace lle

#endif
