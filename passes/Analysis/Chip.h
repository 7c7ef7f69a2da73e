//===- Chip.h - what passes know of a neuromorphic chip ---------*- C++ -*-===//
//
// Passes know no targets: a tool registers who reads their descriptions, as it does cost models.
//
//===----------------------------------------------------------------------===//
#ifndef LLE_PASSES_ANALYSIS_CHIP_H
#define LLE_PASSES_ANALYSIS_CHIP_H

#include "passes/Analysis/CostModel.h"

namespace lle {

struct ChipDescription {
  std::string name;
  std::string arithmetic;         ///< How its cores compute: "loihi", "spinnaker2"; empty where no lowering knows.
  std::vector<CostFigure> limits; ///< By their names in the target's file.
  UnitFigures unitPj;
};

/// The chip of that name; anything else is an error in the context.
using ChipReader = mlir::FailureOr<ChipDescription> (*)(llvm::StringRef target, mlir::MLIRContext &context);

/// Tools register before they run passes.
void registerChipReader(ChipReader reader);

mlir::FailureOr<ChipDescription> readRegisteredChip(llvm::StringRef target, mlir::MLIRContext &context);

} // namespace lle

#endif
