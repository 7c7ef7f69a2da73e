//===- Downsampling.h - steps that stand for several of a recording -*- C++ -*-===//
#ifndef LLE_DIALECTS_LLE_DOWNSAMPLING_H
#define LLE_DIALECTS_LLE_DOWNSAMPLING_H

#include "dialects/LLE/LLEOps.h"

namespace lle {

/// Attribute of a network, an i64 above 1: each of its steps stands for as many of a recording, whose dt is shorter by
/// that factor. Its inputs are means over them.
inline constexpr llvm::StringLiteral kDownsampleAttr = "lle.downsample";
/// Attribute of an argument of such a network: "sum" for an input that is a sum (elapsed times) and no mean.
inline constexpr llvm::StringLiteral kDownsampleByAttr = "lle.downsample_by";

/// Steps of a recording that are one of the network: 1 where it does not say.
int64_t getDownsampling(NetworkOp network);
/// Whether an input is a sum over these steps.
bool isSummed(NetworkOp network, unsigned input);

/// Constraint C8 of lle.network.
llvm::LogicalResult verifyDownsampling(NetworkOp network);

} // namespace lle

#endif
