//===- Suggestions.h - what would make a network cheaper --------*- C++ -*-===//
#ifndef LLE_TARGETS_ESTIMATE_SUGGESTIONS_H
#define LLE_TARGETS_ESTIMATE_SUGGESTIONS_H

#include "targets/Estimate/Estimate.h"
#include "targets/Native/MemoryUse.h"

namespace lle {

/// Something to change, and what it gains: computed, never guessed.
struct Suggestion {
  std::string node; ///< Empty: the network.
  std::string lever;
  double gain = 0;
  std::string unit;  ///< "instructions" of a step, or "bytes".
  double share = 0;  ///< Of the network's.
  std::string basis; ///< How the gain was computed.
};

/// What there is to know for suggestions.
struct SuggestionRequest {
  const Target &target;
  const CompileOptions &options; ///< Of the compilation, with node scopes.
  const Dataset *data;           ///< May be null: then nothing is proposed that depends on activity.
};

/// The greatest gain first, instructions before bytes. Kernels and approximations are compiled and estimated again.
std::vector<Suggestion> suggest(NetworkOp network, const Estimate &estimate, const MemoryUse &memory,
                                const SuggestionRequest &request);

} // namespace lle

#endif
