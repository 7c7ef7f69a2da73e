//===- CfC.h - CfC cells beside code by hand --------------------*- C++ -*-===//
#ifndef LLE_BENCH_CFC_H
#define LLE_BENCH_CFC_H

#include "bench/CfCBound.h"
#include "bench/Native.h"

#include <map>

namespace lle::bench {

/// A CfC cell with random weights, as native code and by hand.
struct CfCPair {
  std::string name;
  CfCWeights weights;
  std::vector<float> input, state;
  std::unique_ptr<CfCBound> bound; ///< May be null.
  NativeNetwork native;
};

/// The cells of the folder: cfc32.bin, cfc64.bin, ... Fails if one is damaged or computes something else than its file
/// says; without the folder there are none.
mlir::FailureOr<std::vector<CfCPair>> prepareCfC(const std::string &folder, mlir::MLIRContext &context);

/// Registers `NAME_native`, `NAME_batch` and `NAME_bound`. The cells must outlive the benchmarks.
void registerCfC(std::vector<CfCPair> &pairs);

} // namespace lle::bench

#endif
