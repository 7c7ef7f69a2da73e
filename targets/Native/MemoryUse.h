//===- MemoryUse.h - what each node takes of a machine's memory -*- C++ -*-===//
#ifndef LLE_TARGETS_NATIVE_MEMORYUSE_H
#define LLE_TARGETS_NATIVE_MEMORYUSE_H

#include "targets/Native/Compile.h"

namespace lle {

/// Bytes of one operation of a network; of what several share, without a name.
struct NodeMemory {
  std::string name, operation;
  uint64_t parameters = 0; ///< Constants in the program: weights as they are packed, tables.
  uint64_t states = 0;     ///< Of one instance.
  uint64_t scratch = 0;    ///< Buffers that it fills. Buffers that are not needed at the same time share memory.
  uint64_t code = 0;
  uint64_t weights = 0;    ///< Numbers in its weights, as the network has them.
  unsigned weightBits = 0; ///< Of one of them, in the program's tables.
};

struct MemoryUse {
  std::vector<NodeMemory> nodes; ///< In the order of the network, without those that take nothing; shared ones last.
  NodeMemory total;              ///< Scratch: what the arena has of it.
  uint64_t arena = 0;            ///< States and scratch.
  uint64_t stack = 0;            ///< At most.
  uint64_t ports = 0;            ///< One step of all inputs and outputs.
};

/// The totals of a compiled network. Errors go to the context.
mlir::FailureOr<MemoryUse> measureMemory(const CompiledNetwork &network, mlir::MLIRContext &context);

/// The same node by node, of a network compiled with node scopes.
mlir::FailureOr<MemoryUse> measureNodes(NetworkOp network, const CompiledNetwork &compiled);
/// Compiles it so first.
mlir::FailureOr<MemoryUse> measureNodes(NetworkOp network, const Target &target, CompileOptions options = {});

} // namespace lle

#endif
