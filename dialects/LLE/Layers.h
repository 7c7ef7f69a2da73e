//===- Layers.h - layers that are not spiking -------------------*- C++ -*-===//
#ifndef LLE_DIALECTS_LLE_LAYERS_H
#define LLE_DIALECTS_LLE_LAYERS_H

#include "dialects/LLE/LLEOps.h"

#include "dialects/LLE/LayersEnums.h.inc"

#define GET_OP_CLASSES
#include "dialects/LLE/Layers.h.inc"

namespace lle {

/// The numbers of a batch norm as a map `a x + c` of each channel, in double precision.
struct ChannelMap {
  llvm::SmallVector<double> factor, offset;
};
ChannelMap getChannelMap(BatchNormOp op);

} // namespace lle

#endif
