//===- Load.h - networks from files of any kind -----------------*- C++ -*-===//
#ifndef LLE_FRONTENDS_LOAD_H
#define LLE_FRONTENDS_LOAD_H

#include "dialects/LLE/LLEOps.h"
#include "runtime/host/Package.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

namespace lle {

struct LoadOptions {
  std::string profile;      ///< Empty: none was chosen.
  std::optional<double> dt; ///< Seconds per step, where the file does not say it.
};

/// A network and where it came from.
struct LoadedNetwork {
  mlir::OwningOpRef<mlir::ModuleOp> module;
  NetworkOp network;      ///< The only one of the module.
  std::string sourceName; ///< File name without folders.
  std::string sourceHash; ///< Of the file's bytes.
  std::string explain;    ///< What the importer made of the file, for people; may be empty.
};

/// Reads a network: .nir and .net through the importers, .lle through the source that it carries, all else as MLIR,
/// text or bytecode. The context must know the dialects of networks; errors go to it.
mlir::FailureOr<LoadedNetwork> loadNetwork(llvm::StringRef path, const LoadOptions &options,
                                           mlir::MLIRContext &context);

/// The module as bytecode: what a package carries as its source. Places have the names of files without folders, which
/// are nobody's business, and would make other bytes of the same network elsewhere.
mlir::FailureOr<runtime::Bytes> writeSource(mlir::ModuleOp module);

} // namespace lle

#endif
