//===- Native.h - compiled networks in this process -------------*- C++ -*-===//
#ifndef LLE_BENCH_NATIVE_H
#define LLE_BENCH_NATIVE_H

#include "dialects/LLE/LLEOps.h"
#include "runtime/host/Model.h"

namespace lle::bench {

/// A network compiled for this machine, by way of a package as users' models are.
struct NativeNetwork {
  std::unique_ptr<runtime::Instance> instance;
  double compileSeconds;
};

mlir::FailureOr<NativeNetwork> compileForThisMachine(NetworkOp network, const std::string &sourceName,
                                                     const std::string &sourceHash);

} // namespace lle::bench

#endif
