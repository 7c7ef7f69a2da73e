//===- RoundWhole.h - whole numbers to integers -----------------*- C++ -*-===//
#ifndef LLE_TARGETS_NATIVE_ROUNDWHOLE_H
#define LLE_TARGETS_NATIVE_ROUNDWHOLE_H

#include "llvm/IR/Module.h"
#include "llvm/Target/TargetMachine.h"

namespace lle {

/// Converts vectors of whole numbers to integers by rounding, which changes none of them, in place of cutting off: for
/// RISC-V with vectors this is one instruction as well (vfcvt.x.f.v for vfcvt.rtz.x.f.v). QEMU before 8 fails to
/// translate the latter as the first one on floats of a block, and behind another one.
void roundWholeNumbers(llvm::Module &module, llvm::TargetMachine &machine);

} // namespace lle

#endif
