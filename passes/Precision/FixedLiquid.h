//===- FixedLiquid.h - liquid cells from floats to fixed point --*- C++ -*-===//
#ifndef LLE_PASSES_PRECISION_FIXEDLIQUID_H
#define LLE_PASSES_PRECISION_FIXEDLIQUID_H

#include "dialects/LTC/LTCOps.h"
#include "passes/Precision/FixedLayers.h"
#include "passes/Simplify/Weights.h"

namespace lle {

/// The potentials of an LTC cell in fixed point. An error is emitted on the cell if it has no such form.
mlir::FailureOr<FixedValue> addFixedLTC(mlir::OpBuilder &builder, ltc::LTCCellOp cell, const FixedValue &input,
                                        const FixedOptions &options);
/// Its output, which is a map of the potentials of its first neurons.
FixedValue addFixedOutput(mlir::OpBuilder &builder, ltc::LTCCellOp cell, const FixedValue &potentials);

/// The result of a CfC cell as layers in fixed point. An error is emitted on the cell if it has no such form.
mlir::FailureOr<FixedValue> addFixedCfC(mlir::OpBuilder &builder, ltc::CfCCellOp cell, const FixedValue &input,
                                        const FixedOptions &options);

/// On an operation whose state or result is in fixed point, and on ports: what a unit of each element is worth.
inline constexpr llvm::StringLiteral kScaleAttr = "lle.scale";
mlir::Attribute makeScale(mlir::OpBuilder &builder, llvm::ArrayRef<double> units);

} // namespace lle

#endif
