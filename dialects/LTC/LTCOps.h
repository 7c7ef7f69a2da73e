//===- LTCOps.h - liquid and other recurrent cells --------------*- C++ -*-===//
#ifndef LLE_DIALECTS_LTC_LTCOPS_H
#define LLE_DIALECTS_LTC_LTCOPS_H

#include "dialects/LLE/LLEBounds.h"
#include "dialects/LLE/LLEOps.h"

#include "dialects/LTC/LTCDialect.h.inc"
#include "dialects/LTC/LTCEnums.h.inc"

#define GET_ATTRDEF_CLASSES
#include "dialects/LTC/LTCAttrs.h.inc"

#define GET_OP_CLASSES
#include "dialects/LTC/LTCOps.h.inc"

#endif
