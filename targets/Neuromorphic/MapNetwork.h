//===- MapNetwork.h - networks to packages with a core map ------*- C++ -*-===//
#ifndef LLE_TARGETS_NEUROMORPHIC_MAPNETWORK_H
#define LLE_TARGETS_NEUROMORPHIC_MAPNETWORK_H

#include "dialects/LLE/LLEOps.h"
#include "runtime/host/Package.h"
#include "targets/Native/PassSettings.h"
#include "targets/Target.h"

#include "mlir/IR/BuiltinOps.h"

namespace lle {

/// A copy of the network as a `neuro.map` that fits its chip: spk-to-neuro, neuro-partition, neuro-place, and what
/// neuro-route, neuro-layout-memory and neuro-gate-power write of it; neuro-check-capacity refuses what does not fit.
mlir::FailureOr<mlir::OwningOpRef<mlir::ModuleOp>> mapNetwork(NetworkOp network, const Target &target,
                                                              llvm::ArrayRef<PassSetting> settings);

/// A package of the network with what mapNetwork made of it as its only variant. Where the network came from is for the
/// caller to add.
mlir::FailureOr<runtime::Package> packMap(NetworkOp network, mlir::ModuleOp mapped, const Target &target,
                                          llvm::ArrayRef<PassSetting> settings);

} // namespace lle

#endif
