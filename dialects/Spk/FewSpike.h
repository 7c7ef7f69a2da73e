//===- FewSpike.h - neurons of few spikes -----------------------*- C++ -*-===//
#ifndef LLE_DIALECTS_SPK_FEWSPIKE_H
#define LLE_DIALECTS_SPK_FEWSPIKE_H

#include "dialects/Spk/SpkOps.h"

#define GET_OP_CLASSES
#include "dialects/Spk/FewSpike.h.inc"

#endif
