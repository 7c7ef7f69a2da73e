//===- Signals.h - what values of a network are on data ---------*- C++ -*-===//
#ifndef LLE_PASSES_ANALYSIS_SIGNALS_H
#define LLE_PASSES_ANALYSIS_SIGNALS_H

#include "dialects/LLE/LLEOps.h"
#include "passes/Analysis/Dataset.h"

namespace lle {

/// What each signal is in some steps of a sample, one step after the other.
using SignalSteps = llvm::ArrayRef<llvm::ArrayRef<double>>;

/// Runs a copy of the network over the first `samples` of the data (0: all), in their order, and hands on what `signals`
/// are, which are values of the network. A long sample comes in several parts. The copy has the signals as outputs, so
/// the engine may be any.
llvm::Error runSignals(NetworkOp network, llvm::ArrayRef<mlir::Value> signals, const Dataset &data,
                       llvm::StringRef engine, int64_t samples,
                       llvm::function_ref<void(int64_t sample, int64_t steps, SignalSteps values)> take);

} // namespace lle

#endif
