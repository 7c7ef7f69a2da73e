//===- LTC.h - liquid cells beside code by hand -----------------*- C++ -*-===//
#ifndef LLE_BENCH_LTC_H
#define LLE_BENCH_LTC_H

#include "bench/LTCBound.h"
#include "bench/Native.h"

#include <map>

namespace lle::bench {

/// A liquid cell as native code and by hand.
struct LTCPair {
  std::string name;
  LTCWeights weights;
  std::vector<float> inputs;       ///< One after the other.
  std::unique_ptr<LTCBound> bound; ///< May be null.
  NativeNetwork native;
};

/// The cells ltc19.bin, ltc32.bin, ... of the folder `bounds` and the drone's NCP of the folder `data`. Fails if one is
/// damaged or computes something else than its file says; what is not there is left out.
mlir::FailureOr<std::vector<LTCPair>> prepareLTC(const std::string &bounds, const std::string &data,
                                                 mlir::MLIRContext &context);

/// Registers `NAME_native`, `NAME_batch` and `NAME_bound`. The cells must outlive the benchmarks.
void registerLTC(std::vector<LTCPair> &pairs);

} // namespace lle::bench

#endif
