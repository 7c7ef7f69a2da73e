//===- Version.h - what --version prints ------------------------*- C++ -*-===//
#ifndef LLE_TOOLS_COMMON_VERSION_H
#define LLE_TOOLS_COMMON_VERSION_H

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/raw_ostream.h"

namespace lle {

/// LLVM would print its own version alone. To be called before the command line is parsed.
inline void setVersionPrinter() {
  llvm::cl::SetVersionPrinter([](llvm::raw_ostream &os) { os << "LLE " LLE_VERSION "\n"; });
}

} // namespace lle

#endif
