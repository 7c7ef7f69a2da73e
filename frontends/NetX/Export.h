//===- Export.h - networks to NetX files ------------------------*- C++ -*-===//
#ifndef LLE_FRONTENDS_NETX_EXPORT_H
#define LLE_FRONTENDS_NETX_EXPORT_H

#include "dialects/LLE/LLEOps.h"
#include "frontends/NetX/Layers.h"

namespace lle::netx {

/// The layers of a network in the chip's integers: a chain from the input to the output, as Import.h makes it. What
/// the format cannot say is an error at the operation.
mlir::FailureOr<Network> exportNetX(NetworkOp network);

/// Writes what lava-dl's reader takes. The file appears under its name only when it is complete; the same network gives
/// the same bytes.
llvm::Error writeNetX(const Network &network, llvm::StringRef path);

} // namespace lle::netx

#endif
