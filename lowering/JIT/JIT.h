//===- JIT.h - networks as native code in this process ----------*- C++ -*-===//
#ifndef LLE_LOWERING_JIT_JIT_H
#define LLE_LOWERING_JIT_JIT_H

#include "lowering/MaterializeState/StepLowering.h"
#include "passes/Analysis/Engine.h"

#include "llvm/ADT/StringMap.h"

namespace lle {

/// The vector registers of a machine with these LLVM target features.
VectorShape getVectorShape(const llvm::StringMap<bool> &features);

/// The vector registers of this machine.
VectorShape getHostVectorShape();

/// Compiles a copy of the network for this machine through the pipeline `lle-cpu` and ORC. The context must know the
/// dialects of `registerLoweringDialects`. Diagnostics of the pipeline go to the context's handler. `optimize` is
/// LLVM's level, 0 to 3: at 0 compilation takes a fifth of the time, and gives the same numbers. Code may be made as if
/// the machine had less.
llvm::Expected<std::unique_ptr<Engine>> createNativeEngine(NetworkOp network, unsigned optimize,
                                                           VectorShape machine = getHostVectorShape());
llvm::Expected<std::unique_ptr<Engine>> createNativeEngine(NetworkOp network);

/// The same numbers at level 0, without a new compilation where one was made in this context of a network that differs
/// only in values that its code reads from tables: weights and parameters of single neurons. Code depends on values
/// where a lowering chooses by them, such as which synapses there are, and how many sums fit 16 bits.
llvm::Expected<std::unique_ptr<Engine>> createQuickNativeEngine(NetworkOp network);

/// For passes: the engine "native".
void registerNativeEngine();

} // namespace lle

#endif
