//===- Header.h - the C header of a compiled network ------------*- C++ -*-===//
#ifndef LLE_TARGETS_NATIVE_HEADER_H
#define LLE_TARGETS_NATIVE_HEADER_H

#include "dialects/LLE/LLEOps.h"
#include "runtime/host/Package.h"

#include "llvm/ADT/StringRef.h"

#include <optional>

namespace lle {

/// The C type of a port's elements.
llvm::StringRef getCType(const runtime::Port &port);

/// What a package does not say.
struct HeaderDetails {
  std::optional<uint64_t> stackBytes;
  std::optional<uint64_t> mostInstructions; ///< Of one step.
  /// What one unit of each quantised port is worth, for the whole port or for each element; empty for other ports.
  std::vector<std::vector<double>> inputScales, outputScales;
};

/// Those of the attribute `lle.scale` of ports.
void describeScales(NetworkOp network, HeaderDetails &details);

/// The functions of a network, typed, on a state struct of known size; its sizes, ports and states as constants; the
/// binary interface below them, and, for programs that link runtime/core, its `lle_program`. C99, and C++11. `target`
/// is mentioned in the text only.
std::string writeHeader(const runtime::Package &network, llvm::StringRef target, const HeaderDetails &details = {});

} // namespace lle

#endif
