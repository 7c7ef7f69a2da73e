//===- OpenModel.h - a file made ready to run -------------------*- C++ -*-===//
#ifndef LLE_TOOLS_COMMON_OPENMODEL_H
#define LLE_TOOLS_COMMON_OPENMODEL_H

#include "frontends/Load.h"
#include "passes/Analysis/Engine.h"
#include "reference/Interpreter.h"
#include "tools/common/EmulatorEngine.h"

namespace lle {

enum class EngineKind { Native, Reference, Emulator };

struct OpenOptions {
  EngineKind engine = EngineKind::Native;
  Precision precision = Precision::f32; ///< Of the reference engine.
  LoadOptions load;
  std::vector<std::string> nodes; ///< Their results must be outputs.
  bool allNodes = false;          ///< So must all results that can be.
};

/// A model behind an engine. A package runs as it was compiled; other files are compiled for this machine, by way of a
/// package in memory, so that all native code takes the same road.
struct OpenedModel {
  std::string path;
  runtime::Package description; ///< Interface and metrics.
  std::string engineName;       ///< For people.
  std::unique_ptr<Engine> engine;
  const EmulatorEngine *emulator = nullptr; ///< The engine, where it runs a core map.
  std::vector<std::string> nodes;           ///< In an order in which values flow; empty where only code is known.

  /// The output that shows the node's result.
  std::optional<size_t> findNodeOutput(llvm::StringRef node) const;
  const runtime::State *findState(llvm::StringRef node, llvm::StringRef name) const;
};

/// Errors go to the context.
mlir::FailureOr<OpenedModel> openModel(llvm::StringRef path, const OpenOptions &options, mlir::MLIRContext &context);

} // namespace lle

#endif
