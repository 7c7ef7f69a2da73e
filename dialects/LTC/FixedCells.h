//===- FixedCells.h - liquid cells in fixed point ---------------*- C++ -*-===//
#ifndef LLE_DIALECTS_LTC_FIXEDCELLS_H
#define LLE_DIALECTS_LTC_FIXEDCELLS_H

#include "dialects/LTC/LTCOps.h"

#include "dialects/LTC/FixedCellsEnums.h.inc"

#define GET_OP_CLASSES
#include "dialects/LTC/FixedCells.h.inc"

namespace lle::ltc {
/// Potentials are at most this in magnitude.
inline constexpr int64_t kFixedPotentialLimit = 32767;
} // namespace lle::ltc

#endif
