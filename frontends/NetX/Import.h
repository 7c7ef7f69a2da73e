//===- Import.h - NetX files to networks ------------------------*- C++ -*-===//
#ifndef LLE_FRONTENDS_NETX_IMPORT_H
#define LLE_FRONTENDS_NETX_IMPORT_H

#include "frontends/NIR/Report.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

namespace lle::netx {

struct ImportOptions {
  std::string profile;      ///< "loihi", "loihi:latency=none" (Profile.h).
  std::optional<double> dt; ///< Seconds of a time step; else what the file says.
  std::string name;         ///< Symbol of the network; empty: the file's name.
};

/// Attributes that keep what a file says and a network does not: of the network, those of its input layer.
inline constexpr llvm::StringLiteral kInputAttr = "lle.netx_input";
/// Of a population: the layer's own iDecay where it was replaced by one that does the same.
inline constexpr llvm::StringLiteral kDecayAttr = "lle.netx_i_decay";

/// A module with one lle.network in the integers of the chip. Populations are called "layer<i>" by their number in the
/// file, synapses "layer<i>/weight" and "layer<i>/weight_rec", and delays "layer<i>/delay" and "layer<i>/delay_rec".
/// Null, with errors in the report, if there are any.
mlir::OwningOpRef<mlir::ModuleOp> importNetX(llvm::StringRef path, const ImportOptions &options,
                                             mlir::MLIRContext &context, nir::Report &report);

} // namespace lle::netx

#endif
