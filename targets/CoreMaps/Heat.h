//===- Heat.h - how warm the chips of a core map are ------------*- C++ -*-===//
#ifndef LLE_TARGETS_COREMAPS_HEAT_H
#define LLE_TARGETS_COREMAPS_HEAT_H

#include "runtime/coremap/CoreMap.h"

namespace lle {

/// Of each chip the temperature of its routers (y * gridWidth + x) above the air, in K, if its cores take these powers,
/// in W (as CoreMap::cores). The thermal grid is that of neuro-place, whose materials are assumed.
std::vector<std::vector<double>> findTemperatures(const runtime::CoreMap &map, const std::vector<double> &watts);

} // namespace lle

#endif
