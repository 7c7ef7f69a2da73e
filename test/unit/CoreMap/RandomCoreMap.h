//===- RandomCoreMap.h - maps for tests -------------------------*- C++ -*-===//
#ifndef LLE_TEST_UNIT_COREMAP_RANDOMCOREMAP_H
#define LLE_TEST_UNIT_COREMAP_RANDOMCOREMAP_H

#include "runtime/coremap/CoreMap.h"

#include <random>

namespace lle::runtime {

/// The limits of targets/loihi2.mlir or spinnaker2.mlir, on a system of `chips`.
std::vector<ChipFigure> makeLimits(ChipArithmetic arithmetic, uint32_t chips);

/// Changes a limit.
void setLimit(CoreMap &map, const char *name, double value);

/// Where cores are: the places of the chips that have one, in the order of chips, rows and slots.
void placeInOrder(CoreMap &map, uint32_t perChip);

/// A valid map: a host with an input, then two to four layers with connections of all kinds between a layer and itself,
/// or the next: dense, sparse, with one delay or many. Packets go point to point, whatever the chip.
CoreMap makeRandomMap(std::mt19937 &random, ChipArithmetic arithmetic, uint32_t chips = 1);

} // namespace lle::runtime

#endif
