//===- Plot.h - a picture of a Pareto front ---------------------*- C++ -*-===//
#ifndef LLE_TOOLS_LLE_OPTIMIZE_PLOT_H
#define LLE_TOOLS_LLE_OPTIMIZE_PLOT_H

#include "llvm/ADT/ArrayRef.h"

#include <string>
#include <vector>

namespace lle {

/// One network in all panels.
struct PlotPoint {
  std::string title;         ///< What a browser shows under the pointer.
  std::vector<double> costs; ///< One for each panel.
  double metric = 0;
  bool isOriginal = false, isChosen = false;
};

/// The metric above each of some costs, as SVG.
std::string plotFront(llvm::StringRef title, llvm::StringRef metric, llvm::ArrayRef<std::string> costs,
                      llvm::ArrayRef<PlotPoint> points);

} // namespace lle

#endif
