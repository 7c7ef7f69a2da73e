//===- HostVectors.h - vectors of a processor's own length ------*- C++ -*-===//
#ifndef LLE_TARGETS_ESTIMATE_HOSTVECTORS_H
#define LLE_TARGETS_ESTIMATE_HOSTVECTORS_H

#include "llvm/IR/IntrinsicInst.h"
#include "llvm/Support/Error.h"

namespace lle {

/// How often vector registers of the function's processor hold the smallest that its architecture allows (LLVM's
/// vscale); 0 where LLE compiles no code with such vectors.
unsigned getVectorScale(const llvm::Function &function);

/// The most lanes that a call of llvm.experimental.get.vector.length gives; it does so while as many are left. 0 where
/// the scale is.
uint64_t getMostLanes(const llvm::IntrinsicInst &length);

/// Gives vectors whose length the processor decides the length that they have there, and replaces accesses to memory
/// with an explicit length (the vector-predication intrinsics) by masked ones, which any machine can run. An error
/// names what cannot be replaced.
llvm::Error fixVectorLengths(llvm::Function &function);

} // namespace lle

#endif
