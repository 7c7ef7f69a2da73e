//===- Price.h - what an inference costs, and may cost ----------*- C++ -*-===//
#ifndef LLE_PASSES_ANALYSIS_PRICE_H
#define LLE_PASSES_ANALYSIS_PRICE_H

#include "passes/Analysis/CostModel.h"
#include "passes/Analysis/Evaluator.h"

#include <functional>

namespace lle {

/// What an inference of a network costs. What is not known is none.
struct Price {
  std::optional<CostQuantity> energy, latency; ///< In mJ and ms.
  CostQuantity memory;                         ///< In KB, of flash and RAM.
};

using PriceFunction = std::function<llvm::Expected<Price>(NetworkOp network, Evaluator &evaluator)>;

/// What a registered cost model says of networks on a target, as active as the samples of the Evaluator make them.
llvm::Expected<PriceFunction> createPriceFunction(llvm::StringRef model, llvm::StringRef target,
                                                  mlir::MLIRContext &context);

/// The most that an inference may cost.
struct CostBudget {
  std::optional<double> energy, latency, memory; ///< In mJ, ms and KB.

  bool isGiven() const { return energy || latency || memory; }
  /// An error where something is limited that is not known.
  llvm::Error checkIsKnown(const Price &price) const;
  /// What is above its limit, as "energy 0.3 mJ, where 0.2 mJ are allowed"; empty where nothing is. Checked before.
  std::string getExcess(const Price &price) const;
};

} // namespace lle

#endif
