//===- Elements.h - code of processing elements -----------------*- C++ -*-===//
#ifndef LLE_TOOLS_LLEREPORTMAP_ELEMENTS_H
#define LLE_TOOLS_LLEREPORTMAP_ELEMENTS_H

#include "targets/CoreMaps/MapReport.h"
#include "tools/common/Tool.h"

namespace lle {

/// For each processing element of SpiNNaker2, files of `folder`: core-N.bin, what its memory is loaded with;
/// core-N.mlir, what it computes as a network; and core-N.o, code of that. What the code takes is added to the report;
/// where an element has no room for it, that is a violation, and there is no core-N.o. `dt`: seconds of a step. Errors
/// have been said.
mlir::LogicalResult writeElements(Tool &tool, const std::string &input, const runtime::CoreMap &map, double dt,
                                  const std::string &folder, MapReport &report);

} // namespace lle

#endif
