//===- Header.h - the C header of a compiled network ------------*- C++ -*-===//
#ifndef LLE_TARGETS_NATIVE_HEADER_H
#define LLE_TARGETS_NATIVE_HEADER_H

#include "runtime/host/Package.h"

#include "llvm/ADT/StringRef.h"

namespace lle {

/// Declares the functions of a network, its sizes, ports and states, and, for programs that link runtime/core, its
/// `lle_program`. `target` is mentioned in the text only.
std::string writeHeader(const runtime::Package &network, llvm::StringRef target);

} // namespace lle

#endif
