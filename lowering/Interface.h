//===- Interface.h - what the arguments of a step function are --*- C++ -*-===//
//
// `lle-materialize-state` says in attributes what each argument of `<network>_step` is; later passes, and who packs the
// compiled code, read them.
//
//===----------------------------------------------------------------------===//
#ifndef LLE_LOWERING_INTERFACE_H
#define LLE_LOWERING_INTERFACE_H

#include "mlir/Dialect/Func/IR/FuncOps.h"

#include <string>
#include <vector>

namespace lle {

inline constexpr llvm::StringLiteral kNetworkAttr = "lle.network";            ///< Function: the network's name.
inline constexpr llvm::StringLiteral kDestinationsAttr = "lle.destinations";  ///< Function: where results belong.
inline constexpr llvm::StringLiteral kStateBytesAttr = "lle.state_bytes";     ///< Function: bytes of all states.
inline constexpr llvm::StringLiteral kScratchBytesAttr = "lle.scratch_bytes"; ///< Function: bytes behind the states.
inline constexpr llvm::StringLiteral kAlignmentAttr = "lle.alignment";        ///< Function: that of the arena.
inline constexpr llvm::StringLiteral kUsesOutputsAttr = "lle.uses_outputs";   ///< Function: outputs serve as buffers.
inline constexpr llvm::StringLiteral kInterfaceAttr = "lle.interface"; ///< C function: the attributes of all arguments.
inline constexpr llvm::StringLiteral kKindAttr = "lle.kind";     ///< Argument: "input", "output", "state" or "scratch".
inline constexpr llvm::StringLiteral kPortAttr = "lle.port";     ///< Input, output: name of the port.
inline constexpr llvm::StringLiteral kTypeAttr = "lle.type";     ///< The logical type.
inline constexpr llvm::StringLiteral kNodeAttr = "lle.node";     ///< State: name of the operation.
inline constexpr llvm::StringLiteral kStateAttr = "lle.state";   ///< State: name of the state.
inline constexpr llvm::StringLiteral kOrderAttr = "lle.order";   ///< State: stored order of dimensions.
inline constexpr llvm::StringLiteral kOffsetAttr = "lle.offset"; ///< State: place in the arena, in bytes.

/// Alignment of the arena, and of each state and scratch buffer in it, in bytes, where nothing is said of the target:
/// that of the widest vectors.
inline constexpr int64_t kWidestAlignment = 64;
/// That of a target with vectors of `lanes` elements of f32: such a vector crosses no border between cache lines, and
/// the widest element has its own alignment.
constexpr int64_t getArenaAlignment(int64_t lanes) { return lanes * 4 < 8 ? 8 : lanes * 4; }

struct PortInterface {
  std::string name;
  mlir::RankedTensorType type; ///< Logical type; spikes are stored as signless integers of at least a byte.
};

struct StateInterface {
  std::string node, state;
  mlir::RankedTensorType type;      ///< Logical type.
  llvm::SmallVector<int64_t> order; ///< Stored order of dimensions.
  int64_t offset;                   ///< Bytes from the start of the arena.
};

/// What a compiled network looks like from outside.
struct ModelInterface {
  std::string name;
  std::vector<PortInterface> inputs, outputs;
  std::vector<StateInterface> states;
  int64_t alignment = 0; ///< Of the arena, and of all that lies in it.
  int64_t stateBytes = 0;
  int64_t arenaBytes = 0; ///< States and scratch.
};

/// Reads the interfaces of the networks of a module that went through `lle-emit-abi`.
std::vector<ModelInterface> getModelInterfaces(mlir::ModuleOp module);

} // namespace lle

#endif
