//===- BlockCycles.h - cycles by LLVM's scheduling models -------*- C++ -*-===//
#ifndef LLE_TARGETS_ESTIMATE_BLOCKCYCLES_H
#define LLE_TARGETS_ESTIMATE_BLOCKCYCLES_H

#include "targets/Estimate/MachineCode.h"

namespace lle {

/// Simulates blocks of machine code in the model that LLVM schedules a CPU's code by, as llvm-mca does: the block again
/// and again, memory that never waits, branches that cost their slot.
class BlockCycles {
public:
  explicit BlockCycles(const llvm::TargetMachine &machine);

  /// LLVM has a model of the CPU.
  bool hasModel() const;
  /// Of one execution of the block.
  double measure(llvm::ArrayRef<llvm::MCInst> block);
  /// Instructions that the model lacks; each is taken to be one cycle.
  uint64_t getUnmodelled() const { return unmodelled; }

private:
  const llvm::TargetMachine &machine;
  const llvm::MCSubtargetInfo &subtarget;
  uint64_t unmodelled = 0;
};

} // namespace lle

#endif
