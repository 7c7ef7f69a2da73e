//===- CfCBound.h - a CfC cell by hand --------------------------*- C++ -*-===//
#ifndef LLE_BENCH_CFCBOUND_H
#define LLE_BENCH_CFCBOUND_H

#include <cstddef>
#include <memory>
#include <vector>

namespace lle::bench {

/// Numbers of a CfC cell of mode default with one layer of lecun_tanh before its heads, and constant elapsed time.
struct CfCWeights {
  static constexpr size_t kHidden = 128;

  size_t units = 0, inputs = 0;
  std::vector<float> backbone, backboneBias; ///< [input then state][hidden]
  std::vector<float> heads, headBias;        ///< [hidden][ff1, ff2, time: units each]
};

/// What a person can write for this machine's AVX-512: the time that native code is measured by.
class CfCBound {
public:
  virtual ~CfCBound() = default;
  virtual void setState(const float *h) = 0;
  /// One step; the new state.
  virtual const float *step(const float *x) = 0;
};

/// Null where the machine that this was built for has no AVX-512, or units are no multiple of 16.
std::unique_ptr<CfCBound> makeCfCBound(const CfCWeights &weights);

} // namespace lle::bench

#endif
