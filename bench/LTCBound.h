//===- LTCBound.h - a liquid cell by hand -----------------------*- C++ -*-===//
#ifndef LLE_BENCH_LTCBOUND_H
#define LLE_BENCH_LTCBOUND_H

#include <cstddef>
#include <memory>
#include <vector>

namespace lle::bench {

/// Synapses [source][target] of one kind. The mask is part of w.
struct LTCSynapses {
  std::vector<float> sigma, mu, w, erev;
};

/// Numbers of a liquid cell with the fused solver, six unfolds and an elapsed time of one.
struct LTCWeights {
  static constexpr size_t kUnfolds = 6;
  static constexpr float kEpsilon = 1e-8f;

  size_t units = 0, inputs = 0;
  std::vector<float> gleak, vleak, cm;
  LTCSynapses recurrent, sensory;
  std::vector<float> inputW, inputB; ///< One and zero where the input is taken as it is.
};

/// What a person can write for this machine's AVX-512: the time that native code is measured by.
class LTCBound {
public:
  virtual ~LTCBound() = default;
  virtual void setState(const float *v) = 0;
  /// One step; the new state.
  virtual const float *step(const float *x) = 0;
};

/// Null where the machine that this was built for has no AVX-512, or the cell has more than 256 units or inputs.
std::unique_ptr<LTCBound> makeLTCBound(const LTCWeights &weights);

} // namespace lle::bench

#endif
