//===- Emit.h - what lle-compile writes -------------------------*- C++ -*-===//
#ifndef LLE_TOOLS_LLE_COMPILE_EMIT_H
#define LLE_TOOLS_LLE_COMPILE_EMIT_H

#include "targets/Native/Compile.h"
#include "tools/common/Tool.h"
#include "tools/lle-compile/Options.h"

namespace lle::compile {

/// Where a package's network comes from: `source` is its MLIR bytecode.
void addOrigin(runtime::Package &package, runtime::Bytes source, const LoadedNetwork &loaded);

/// Each writes the output that the options ask for, or says why it cannot.
ExitStatus writeMLIR(Tool &tool, const Options &options, mlir::ModuleOp module);

/// A C file, and its header beside it unless it goes to standard output.
ExitStatus writeC(Tool &tool, const Options &options, NetworkOp network, const Target &target);

/// A package, code, or a folder with firmware; a library with its header. `source` is what was compiled.
ExitStatus writeCode(Tool &tool, const Options &options, NetworkOp source, CompiledNetwork &network,
                     const Target &target);

/// For a chip of cores: a package with a core map, or that map as MLIR.
ExitStatus writeMap(Tool &tool, const Options &options, const LoadedNetwork &loaded, runtime::Bytes source,
                    const Target &target);

} // namespace lle::compile

#endif
