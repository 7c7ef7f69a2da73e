//===- Import.h - NIR graphs to networks --------------------------------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//
#ifndef LLE_FRONTENDS_NIR_IMPORT_H
#define LLE_FRONTENDS_NIR_IMPORT_H

#include "frontends/NIR/Graph.h"
#include "frontends/NIR/Report.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

namespace lle::nir {

struct ImportOptions {
  /// "snntorch", "snntorch:reset=subtract" (Profiles.h). Empty: what the file says of itself, as
  /// files that LLE wrote do.
  std::string profile;
  /// Seconds of a time step. Without a value, what the file says.
  std::optional<double> dt;
  /// Mend what can be mended (Validate.h).
  bool repair = false;
  /// Symbol of the network; empty: the file's name.
  std::string name;
};

/// Registers the dialects that an imported network uses.
void registerImportDialects(mlir::DialectRegistry &registry);

/// A module with one lle.network. Every node becomes one operation that has its path as name and in
/// its location; a fan-in becomes an lle.add; what a cycle lacks becomes an lle.delay that is
/// marked `lle.implicit`. What the file says and a network cannot (widths of integers, paths of
/// nested graphs, metadata, ...) is kept in `lle.nir`, for Export.h. Null, with errors in the
/// report, if there are any. The graph is changed by completion and repairs.
mlir::OwningOpRef<mlir::ModuleOp> importNIR(Graph &graph, llvm::StringRef file, const ImportOptions &options,
                                            mlir::MLIRContext &context, Report &report);

/// The same from a file.
mlir::OwningOpRef<mlir::ModuleOp> importNIRFile(llvm::StringRef path, const ImportOptions &options,
                                                mlir::MLIRContext &context, Report &report);

/// The module, if it verifies; else what is wrong with which node goes to the report.
mlir::OwningOpRef<mlir::ModuleOp> verifyImported(mlir::OwningOpRef<mlir::ModuleOp> module, Report &report);

} // namespace lle::nir

#endif // LLE_FRONTENDS_NIR_IMPORT_H
