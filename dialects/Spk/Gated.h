//===- Gated.h - gated leaky integrate-and-fire neurons ---------*- C++ -*-===//
#ifndef LLE_DIALECTS_SPK_GATED_H
#define LLE_DIALECTS_SPK_GATED_H

#include "dialects/Spk/SpkOps.h"

#define GET_OP_CLASSES
#include "dialects/Spk/Gated.h.inc"

#endif
