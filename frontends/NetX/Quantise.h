//===- Quantise.h - networks of floats in the chip's integers ---*- C++ -*-===//
#ifndef LLE_FRONTENDS_NETX_QUANTISE_H
#define LLE_FRONTENDS_NETX_QUANTISE_H

#include "dialects/LLE/LLEOps.h"
#include "frontends/NIR/Import.h"
#include "frontends/NetX/Profile.h"

namespace lle::netx {

/// Replaces weights and neurons by integers, as lava-dl quantises what it trained: with `scale` S,
/// * a weight w becomes `2 round(S w g / 2)` (halves to even), clipped to -256 to 254, where the gain g is what one
/// step
///   of the neuron's equation makes of an input of one;
/// * a threshold becomes `int(S v_threshold)`, a decay dt / tau `int(4096 dt / tau)`, and a bias `round(S b g)`.
///
/// The neurons are those of the profile `lava-float`: decay by `1 - dt / tau`, then add; spikes above the threshold,
/// reset to 0. Real-valued inputs of the network become spikes. What the chip does not have is an error in the report,
/// and weights that were clipped a warning.
mlir::LogicalResult quantiseNetwork(NetworkOp network, const Profile &profile, nir::Report &report);

/// Imports a NIR file in the chip's integers. The profile in the options is one of `loihi`.
mlir::OwningOpRef<mlir::ModuleOp> importQuantisedNIR(llvm::StringRef path, const nir::ImportOptions &options,
                                                     mlir::MLIRContext &context, nir::Report &report);

} // namespace lle::netx

#endif
