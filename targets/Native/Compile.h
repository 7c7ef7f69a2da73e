//===- Compile.h - networks to packages of native code ----------*- C++ -*-===//
#ifndef LLE_TARGETS_NATIVE_COMPILE_H
#define LLE_TARGETS_NATIVE_COMPILE_H

#include "dialects/LLE/LLEOps.h"
#include "lowering/Passes.h"
#include "runtime/host/Package.h"
#include "targets/Native/CodeGen.h"
#include "targets/Native/PassSettings.h"

namespace lle {

/// A buffer of the arena, behind the states.
struct ScratchBuffer {
  std::string node; ///< The label of the node that fills it, see NodeScopes.h.
  uint64_t offset = 0, bytes = 0;
};

/// A network as optimised code of one target.
struct CompiledNetwork {
  /// Interface, memory plan and pipeline; where the network came from is for the caller to add.
  runtime::Package package;
  NativeCode code;
  std::vector<ScratchBuffer> scratch; ///< Known with `CompileOptions::nodeScopes` only.
  double lowerSeconds;                ///< Time spent in the pipeline `lle-cpu`.
  double optimizeSeconds;             ///< Time spent in LLVM's optimiser.
};

struct CompileOptions {
  Accuracy accuracy = Accuracy::standard;
  unsigned optimize = 3;   ///< LLVM's optimisation level, 0 to 3.
  bool nodeScopes = false; ///< Debug information that names the node of each instruction, see NodeScopes.h.
  std::vector<PassSetting> settings;
};

/// A network whose name is no C identifier is an error: its functions are named after it.
mlir::LogicalResult checkFunctionName(NetworkOp network);

/// Compiles a copy of the network. The context must know the dialects of `registerLoweringDialects`; errors go to it.
mlir::FailureOr<CompiledNetwork> compileNetwork(NetworkOp network, const Target &target,
                                                const CompileOptions &options = {});

/// Puts a shared object with the functions of the network into the package.
void addVariant(runtime::Package &package, const Target &target, llvm::StringRef sharedObject);

/// Puts the code into the package, as a shared object.
mlir::LogicalResult addNativeVariant(CompiledNetwork &network, const Target &target, mlir::MLIRContext &context);

} // namespace lle

#endif
