//===- SpkModels.h - neuron models of the second tier -----------*- C++ -*-===//
#ifndef LLE_DIALECTS_SPK_SPKMODELS_H
#define LLE_DIALECTS_SPK_SPKMODELS_H

#include "dialects/Spk/SpkOps.h"

#define GET_OP_CLASSES
#include "dialects/Spk/SpkModelOps.h.inc"

#endif
