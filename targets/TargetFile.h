//===- TargetFile.h - files that describe machines --------------*- C++ -*-===//
#ifndef LLE_TARGETS_TARGETFILE_H
#define LLE_TARGETS_TARGETFILE_H

#include "targets/Target.h"

namespace lle {

/// Reads `<name>.mlir`. What is missing or wrong is an error at the file; entries that are unknown are too, for they
/// are misspelt ones.
mlir::FailureOr<Target> readTargetFile(llvm::StringRef path, mlir::MLIRContext &context);

} // namespace lle

#endif
