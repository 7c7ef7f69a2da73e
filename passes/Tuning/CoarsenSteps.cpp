//===- CoarsenSteps.cpp - several time steps as one -----------------------===//
#include "dialects/Spk/SpkOps.h"
#include "passes/Tuning/CoarserSteps.h"
#include "passes/Tuning/Passes.h"

namespace lle {
#define GEN_PASS_DEF_COARSENSTEPS
#include "passes/Tuning/Passes.h.inc"
} // namespace lle

using namespace mlir;
using namespace lle;

namespace {
struct CoarsenSteps : lle::impl::CoarsenStepsBase<CoarsenSteps> {
  using CoarsenStepsBase::CoarsenStepsBase;

  void runOnOperation() override {
    if (factor < 2) {
      getOperation().emitError("lle-coarsen-steps: factor must be above 1, got ") << int64_t(factor);
      return signalPassFailure();
    }
    if (failed(coarsenSteps(getOperation(), factor, keepLoopDelays)))
      signalPassFailure();
  }
};
} // namespace
