//===- Results.h - what lle-optimize writes ---------------------*- C++ -*-===//
#ifndef LLE_TOOLS_LLE_OPTIMIZE_RESULTS_H
#define LLE_TOOLS_LLE_OPTIMIZE_RESULTS_H

#include "dialects/LLE/LLEOps.h"
#include "targets/Firmware/Folder.h"

#include "mlir/IR/BuiltinOps.h"

namespace lle {

/// What the pass lle-optimize left in a module: one network, or the front of one that was called `name`.
class Results {
public:
  Results(mlir::ModuleOp module, llvm::StringRef name, llvm::StringRef source)
      : module(module), networks(module.getOps<NetworkOp>()), name(name), source(source) {}

  /// The text of a module with only one of the networks, under its first name.
  std::string formatNetwork(size_t index) const;
  /// What each network is, in JSON.
  std::string formatIndex() const;
  /// Networks, index.json and front.svg.
  std::vector<FolderFile> makeFolder() const;

private:
  std::string formatPlot() const;

  mlir::ModuleOp module;
  llvm::SmallVector<NetworkOp> networks; ///< Best metric first.
  std::string name, source;
};

} // namespace lle

#endif
