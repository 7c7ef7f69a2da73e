//===- Options.h - the command line of lle-compile --------------*- C++ -*-===//
#ifndef LLE_TOOLS_LLE_COMPILE_OPTIONS_H
#define LLE_TOOLS_LLE_COMPILE_OPTIONS_H

#include "frontends/Load.h"
#include "passes/Analysis/SynapseChoice.h"
#include "targets/Native/Compile.h"
#include "tools/common/Sequences.h"

namespace lle::compile {

extern llvm::cl::OptionCategory category;
extern const char *const overview;

enum class Emit { Package, Object, Library, C, Header, Firmware, Assembly, LLVMIR, MLIR };

struct Options {
  std::string input, output; ///< The output `-` is standard output.
  std::string target;
  Emit emit;
  CompileOptions code;
  LoadOptions load;
  std::vector<std::string> keep;
  InputOptions activity; ///< No arguments: the activity is assumed.
  SynapseChoice synapse;
  std::string report; ///< Empty: none; `-`: a table on standard output.
};

/// What the command line says, once it is parsed.
llvm::Expected<Options> getOptions();

} // namespace lle::compile

#endif
