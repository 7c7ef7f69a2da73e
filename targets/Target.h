//===- Target.h - machines that networks are compiled for -------*- C++ -*-===//
//
// A target is a file `<name>.mlir`: a module whose `dlti.target_system_spec` describes the device "CPU". The folder is
// that of the environment variable LLE_TARGETS_DIR, else the one installed with the running tool, else that of the
// source tree, else that of the configured prefix. The target `native` has no file: it is the machine that the compiler
// runs on.
//
//===----------------------------------------------------------------------===//
#ifndef LLE_TARGETS_TARGET_H
#define LLE_TARGETS_TARGET_H

#include "passes/Analysis/SynapseCost.h"

#include "mlir/Support/LLVM.h"

#include <string>
#include <vector>

namespace lle {

struct Target {
  std::string name;
  std::string triple;
  std::string cpu;                           ///< As LLVM calls it.
  std::string features;                      ///< On top of those of `cpu`, as LLVM writes them: "+avx2,-sse4a".
  int64_t lanes = 0;                         ///< f32 elements of one vector register.
  int64_t registers = 0;                     ///< Vector registers.
  std::vector<std::string> requiredFeatures; ///< What a machine must have to run the code, in LLVM's names.
  SynapseCosts synapseCosts;                 ///< Those of x86-64-v4 where its file has none.
};

/// The target of that name. An unknown name, or what is wrong in the target's file, is an error in the context.
mlir::FailureOr<Target> getTarget(llvm::StringRef name, mlir::MLIRContext &context);

/// All names that `getTarget` knows, in alphabetical order.
std::vector<std::string> getTargetNames();

} // namespace lle

#endif
