//===- Q15Reference.cpp - neurons in 16-bit arithmetic --------------------===//
//
// By the definition in dialects/Spk/Q15.td, in 64-bit integers.
//
//===----------------------------------------------------------------------===//
#include "reference/Elements.h"
#include "reference/Models.h"

#include "dialects/Spk/Q15.h"

using namespace mlir;
using namespace lle;
using namespace lle::spk;

namespace {
template <typename T>
class Q15Evaluation : public StepEvaluation<T> {
public:
  Q15Evaluation(Q15LIFOp op, double)
      : decay(readElements(op.getDecay())), threshold(readElements(op.getVThreshold())),
        subtracts(op.getReset() == Q15Reset::subtract) {}

  void emit(Operands<T> operands, States<T> states, Results<T> results) const override {
    for (size_t n = 0; n < decay.size(); ++n)
      results[0][n] = T(advance(n, *operands[0], states) >= int64_t(threshold[n]));
  }

  void update(Operands<T> operands, MutableStates<T> states) const override {
    for (size_t n = 0; n < decay.size(); ++n) {
      int64_t v = advance(n, *operands[0], states);
      if (v >= int64_t(threshold[n]))
        v = subtracts ? v - int64_t(threshold[n]) : 0;
      states[0][n] = T(v);
    }
  }

private:
  std::vector<double> decay, threshold;
  bool subtracts;

  /// A membrane after the step, before the reset of its spike.
  int64_t advance(size_t n, const Array<T> &x, States<T> states) const {
    int64_t product = int64_t(states[0][n]) * int64_t(decay[n]);
    int64_t kept = product / 32768;
    if (product < 0 && product % 32768 != 0)
      --kept;
    int64_t sum = int32_t(uint32_t(uint64_t(kept + int64_t(x[n]))));
    return std::clamp<int64_t>(sum, -32768, 32767);
  }
};
} // namespace

void lle::attachQ15ReferenceModel(MLIRContext &context) {
  Q15LIFOp::attachInterface<ReferenceModel<Q15LIFOp, Q15Evaluation>>(context);
}
