//===- Signals.h - what values of a network are on data ---------*- C++ -*-===//
#ifndef LLE_PASSES_ANALYSIS_SIGNALS_H
#define LLE_PASSES_ANALYSIS_SIGNALS_H

#include "dialects/LLE/LLEOps.h"
#include "passes/Analysis/Dataset.h"

#include "mlir/IR/BuiltinOps.h"

namespace lle {

/// Makes a value an output of the network, behind all others; returns its number.
unsigned addOutput(NetworkOp network, mlir::Value value);

/// A copy of a network with values of it as outputs, so that any engine gives them, and native code what users run.
struct SignalCopy {
  mlir::OwningOpRef<mlir::ModuleOp> module;
  NetworkOp network;
  std::vector<unsigned> outputs; ///< Of each signal; none for an input of the network, which is known as it comes.
  int64_t stepsPerCall;          ///< Of the engine, for its numbers to take some 32 MiB.
};
SignalCopy exposeSignals(NetworkOp network, llvm::ArrayRef<mlir::Value> signals);

/// Steps of a sample: those of the data, or those of the network where it has fewer.
int64_t getSampleSteps(NetworkOp network, const Dataset &data, int64_t sample);

/// Of the first `samples` of the data (0: all).
int64_t countSteps(NetworkOp network, const Dataset &data, int64_t samples);

/// What each signal is in some steps of a sample, one step after the other.
using SignalSteps = llvm::ArrayRef<llvm::ArrayRef<double>>;

/// Runs a copy of the network over the first `samples` of the data (0: all), in their order, and hands on what
/// `signals` are, which are values of the network. A long sample comes in several parts.
llvm::Error runSignals(NetworkOp network, llvm::ArrayRef<mlir::Value> signals, const Dataset &data,
                       llvm::StringRef engine, int64_t samples,
                       llvm::function_ref<void(int64_t sample, int64_t steps, SignalSteps values)> take);

} // namespace lle

#endif
