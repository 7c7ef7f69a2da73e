//===- FixedModels.h - graded and complex neurons in integers ---*- C++ -*-===//
#ifndef LLE_DIALECTS_SPK_FIXEDMODELS_H
#define LLE_DIALECTS_SPK_FIXEDMODELS_H

#include "dialects/Spk/FixedPoint.h"
#include "dialects/Spk/SpkOps.h"

#define GET_OP_CLASSES
#include "dialects/Spk/FixedModels.h.inc"

#endif
