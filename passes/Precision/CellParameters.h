//===- CellParameters.h - parameters of cells as they act -------*- C++ -*-===//
#ifndef LLE_PASSES_PRECISION_CELLPARAMETERS_H
#define LLE_PASSES_PRECISION_CELLPARAMETERS_H

#include "dialects/LTC/LTCOps.h"

#include <vector>

namespace lle {

/// A parameter of a cell, which is dense; `otherwise` where it is absent.
std::vector<double> readParameter(mlir::ElementsAttr elements, int64_t count = 0, double otherwise = 0);

/// The function that keeps parameters of a cell positive.
double makePositive(ltc::Positivity positivity, double parameter);
/// The parameter of which it makes that.
double unmakePositive(ltc::Positivity positivity, double positive);

/// The synapses of an LTC cell from its inputs or from its neurons: [source, target].
struct LTCSynapses {
  mlir::StringRef prefix;
  int64_t sources, targets;
  std::vector<double> sigma, mu, erev;
  std::vector<double> w;    ///< With positivity and mask.
  std::vector<double> mask; ///< 0 or 1.
};
LTCSynapses readSynapses(ltc::LTCCellOp cell, bool isSensory);

/// A matrix of a CfC cell that the mask is for, with the mask.
std::vector<double> readMasked(ltc::CfCCellOp cell, mlir::ElementsAttr weights);

} // namespace lle

#endif
