//===- SpkOps.h - spiking neurons -------------------------------*- C++ -*-===//
#ifndef LLE_DIALECTS_SPK_SPKOPS_H
#define LLE_DIALECTS_SPK_SPKOPS_H

#include "dialects/LLE/LLEOps.h"

#include "dialects/Spk/SpkDialect.h.inc"
#include "dialects/Spk/SpkEnums.h.inc"

#define GET_ATTRDEF_CLASSES
#include "dialects/Spk/SpkAttrs.h.inc"

#define GET_OP_CLASSES
#include "dialects/Spk/SpkOps.h.inc"

#endif
