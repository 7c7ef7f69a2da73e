//===- Link.h - shared objects and archives ---------------------*- C++ -*-===//
#ifndef LLE_TARGETS_NATIVE_LINK_H
#define LLE_TARGETS_NATIVE_LINK_H

#include "mlir/IR/MLIRContext.h"
#include "mlir/Support/LLVM.h"

#include <string>

namespace lle {

/// An ELF shared object of one relocatable object, without any dependency. Linked by ld.lld; the same object makes the
/// same bytes. Errors go to the context.
mlir::FailureOr<std::string> linkSharedObject(llvm::StringRef object, mlir::MLIRContext &context);

/// A static library that holds the object as `<name>.o`.
mlir::FailureOr<std::string> writeArchive(llvm::StringRef object, llvm::StringRef name, mlir::MLIRContext &context);

} // namespace lle

#endif
