//===- Header.h - the C header of a compiled network ------------*- C++ -*-===//
#ifndef LLE_TARGETS_NATIVE_HEADER_H
#define LLE_TARGETS_NATIVE_HEADER_H

#include "runtime/host/Package.h"

#include "llvm/ADT/StringRef.h"

#include <optional>

namespace lle {

/// The C type of a port's elements.
llvm::StringRef getCType(const runtime::Port &port);

/// The functions of a network, typed, on a state struct of known size; its sizes, ports and states as constants; the
/// binary interface below them, and, for programs that link runtime/core, its `lle_program`. C99, and C++11. `target`
/// is mentioned in the text only; `stackBytes` are what the functions use at most, where that is known.
std::string writeHeader(const runtime::Package &network, llvm::StringRef target,
                        std::optional<uint64_t> stackBytes = std::nullopt);

} // namespace lle

#endif
