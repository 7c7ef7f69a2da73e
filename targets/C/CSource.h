//===- CSource.h - networks as portable C -----------------------*- C++ -*-===//
#ifndef LLE_TARGETS_C_CSOURCE_H
#define LLE_TARGETS_C_CSOURCE_H

#include "targets/Native/Compile.h"

namespace lle {

/// A network as C99.
struct CSource {
  runtime::Package package; ///< Interface and memory plan.
  std::string text;         ///< Includes the header `writeHeader` makes of the package.
  double lowerSeconds;      ///< Time spent in the pipelines.
};

/// Compiles a copy of the network to scalar code. `header` is the name under which the file includes its header. The
/// context must know the dialects of `registerLoweringDialects`; errors go to it.
mlir::FailureOr<CSource> compileToC(NetworkOp network, const Target &target, const CompileOptions &options,
                                    llvm::StringRef header);

} // namespace lle

#endif
