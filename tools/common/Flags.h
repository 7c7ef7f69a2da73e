//===- Flags.h - options that several tools have ----------------*- C++ -*-===//
#ifndef LLE_TOOLS_COMMON_FLAGS_H
#define LLE_TOOLS_COMMON_FLAGS_H

#include "tools/common/OpenModel.h"

#include "llvm/Support/CommandLine.h"

namespace lle {

/// --profile and --dt; --help explains the profiles.
struct LoadFlags {
  explicit LoadFlags(llvm::cl::OptionCategory &category);
  LoadOptions get() const;

  llvm::cl::opt<std::string> profile;
  llvm::cl::opt<double> dt;

private:
  std::string profiles;
  llvm::cl::extrahelp help;
};

struct EngineFlag : llvm::cl::opt<EngineKind> {
  EngineFlag(llvm::StringRef name, llvm::StringRef description, llvm::cl::OptionCategory &category);
};

/// --precision.
struct PrecisionFlag : llvm::cl::opt<Precision> {
  explicit PrecisionFlag(llvm::cl::OptionCategory &category);
};

} // namespace lle

#endif
