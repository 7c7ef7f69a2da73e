//===- Export.h - networks to NIR graphs --------------------------------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//
#ifndef LLE_FRONTENDS_NIR_EXPORT_H
#define LLE_FRONTENDS_NIR_EXPORT_H

#include "dialects/LLE/LLEOps.h"
#include "frontends/NIR/Graph.h"

namespace lle::nir {

/// The inverse of importNIR: operations become nodes, lle.add and implicit delays edges. Datasets
/// are stored as they were in the file that the network came from, and as nir 1.0.7 stores them
/// otherwise; nested graphs come back as long as the network still has their edges. What NIR cannot
/// say goes into metadata (Semantics.h), so that importing the graph needs neither profile nor dt
/// and gives the same network. What cannot be exported is an error at the operation.
mlir::FailureOr<Graph> exportNIR(NetworkOp network);

} // namespace lle::nir

#endif // LLE_FRONTENDS_NIR_EXPORT_H
