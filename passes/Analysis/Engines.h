//===- Engines.h - the engines that passes can ask for ----------*- C++ -*-===//
#ifndef LLE_PASSES_ANALYSIS_ENGINES_H
#define LLE_PASSES_ANALYSIS_ENGINES_H

#include "dialects/LLE/LLEOps.h"
#include "passes/Analysis/Engine.h"

#include <functional>

namespace lle {

using EngineFactory = std::function<llvm::Expected<std::unique_ptr<Engine>>(NetworkOp)>;

/// Passes run networks, and engines are built from passes: a tool that has both tells passes of the engines by name.
/// An engine is made while a pass manager runs, so the factory must do its work in a context of its own. Not for
/// several threads at once.
void registerEngine(llvm::StringRef name, EngineFactory factory);

/// An engine of the network as it is now; an error names the engines that there are.
llvm::Expected<std::unique_ptr<Engine>> createEngine(llvm::StringRef name, NetworkOp network);

} // namespace lle

#endif
