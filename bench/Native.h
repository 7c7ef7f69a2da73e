//===- Native.h - compiled networks in this process -------------*- C++ -*-===//
#ifndef LLE_BENCH_NATIVE_H
#define LLE_BENCH_NATIVE_H

#include "dialects/LLE/LLEOps.h"
#include "runtime/host/Model.h"

#include <map>

namespace lle::bench {

/// A network compiled for this machine, by way of a package as users' models are.
struct NativeNetwork {
  std::unique_ptr<runtime::Instance> instance;
  std::vector<runtime::Instance> batch; ///< kBatch more: samples that one thread steps in turn.
  double compileSeconds;
};

inline constexpr size_t kBatch = 64;

/// Registers `NAME_batch`: one step of each instance of the batch. `network` must outlive it.
void registerBatch(const std::string &name, NativeNetwork &network, const float *input, size_t outputs);

/// Prints what `times` (seconds by benchmark) has of `NAME_native`, `NAME_bound` (code by hand) and `NAME_batch`.
void printTimes(const std::string &name, const NativeNetwork &network, const std::map<std::string, double> &times);

mlir::FailureOr<NativeNetwork> compileForThisMachine(NetworkOp network, const std::string &sourceName,
                                                     const std::string &sourceHash,
                                                     const std::string &target = "native");

} // namespace lle::bench

#endif
