//===- Write.h - graphs to NIR files ------------------------------------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//
#ifndef LLE_FRONTENDS_NIR_WRITE_H
#define LLE_FRONTENDS_NIR_WRITE_H

#include "frontends/NIR/Graph.h"
#include "llvm/Support/Error.h"

namespace lle::nir {

/// Writes the layout of nir 1.0.7: arrays of rank 1 and more in chunks with gzip level 4, strings
/// of variable length in UTF-8. The file appears under its name only when it is complete; the same
/// graph gives the same bytes.
llvm::Error writeGraph(const Graph &graph, llvm::StringRef path);

} // namespace lle::nir

#endif // LLE_FRONTENDS_NIR_WRITE_H
