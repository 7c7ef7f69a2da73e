//===- CodeGen.h - the LLVM dialect to machine code -------------*- C++ -*-===//
#ifndef LLE_TARGETS_NATIVE_CODEGEN_H
#define LLE_TARGETS_NATIVE_CODEGEN_H

#include "lowering/Simd.h"
#include "targets/Target.h"

#include "mlir/IR/BuiltinOps.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Target/TargetMachine.h"

namespace lle {

/// Bytes that an object file puts into memory.
struct SectionSizes {
  uint64_t code = 0;
  uint64_t constants = 0;
};

/// What LLVM knows of a machine and the way to its code depends on.
struct MachineFacts {
  Simd simd = Simd::none;
  unsigned addressBits = 64;
};
/// Of a CPU that LLVM does not know: the defaults. Generating code for it is an error that says so.
MachineFacts getMachineFacts(const Target &target);

/// A module of the LLVM dialect as optimised LLVM IR of one target. It needs no library: what would become a call of
/// memcpy and the like is a loop. Only processors that lack floats or long integers call the helpers of their
/// compiler, see Helpers.h.
class NativeCode {
public:
  /// `name` is what the code calls its source, `level` LLVM's optimisation level (0 to 3). Errors go to the module's
  /// context.
  static mlir::FailureOr<NativeCode> generate(mlir::ModuleOp module, llvm::StringRef name, const Target &target,
                                              unsigned level = 3);

  std::string getLLVMIR() const;
  const llvm::Module &getModule() const { return *module; }
  llvm::TargetMachine &getMachine() const { return *machine; }
  std::string emitAssembly() const;
  /// A relocatable object; an error of the context if it has an undefined symbol that is no helper of
  /// compilers.
  mlir::FailureOr<std::string> emitObject() const;
  /// The stack that the functions of the emitted object need at most; an error of the context where it has no bound.
  mlir::FailureOr<uint64_t> getStackBytes(llvm::StringRef object) const;

private:
  NativeCode(mlir::MLIRContext &errors) : errors(&errors), context(std::make_unique<llvm::LLVMContext>()) {}
  std::string emit(llvm::CodeGenFileType type) const;

  mlir::MLIRContext *errors;
  std::unique_ptr<llvm::LLVMContext> context;
  std::unique_ptr<llvm::TargetMachine> machine;
  std::unique_ptr<llvm::Module> module;
};

/// What an object expects of others: nothing, or functions of compilers (see Helpers.h).
mlir::FailureOr<std::vector<std::string>> getUndefinedSymbols(llvm::StringRef object, mlir::MLIRContext &context);

mlir::FailureOr<SectionSizes> getSectionSizes(llvm::StringRef object, mlir::MLIRContext &context);

} // namespace lle

#endif
