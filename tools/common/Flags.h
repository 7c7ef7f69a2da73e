//===- Flags.h - options that several tools have ----------------*- C++ -*-===//
#ifndef LLE_TOOLS_COMMON_FLAGS_H
#define LLE_TOOLS_COMMON_FLAGS_H

#include "tools/common/OpenModel.h"
#include "tools/common/Sequences.h"

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

/// --input, --timespans and what says how recordings of events become sequences. A tool may call --input otherwise.
struct InputFlags {
  explicit InputFlags(llvm::cl::OptionCategory &category, llvm::StringRef name = "input",
                      llvm::StringRef description = "Input sequences: an array, NIRData, or recordings of events");
  llvm::Expected<InputOptions> get() const;

  llvm::cl::list<std::string> inputs;
  llvm::cl::opt<std::string> timespans, bin;
  llvm::cl::opt<int64_t> bins;
  llvm::cl::opt<std::string> shape;
  llvm::cl::opt<nir::EventMerge> events;
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
