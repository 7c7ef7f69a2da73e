//===- ProfileActivity.cpp - measure how active a network is --------------===//
#include "passes/Analysis/Activity.h"
#include "passes/Tuning/Passes.h"

#include "mlir/IR/BuiltinOps.h"

namespace lle {
#define GEN_PASS_DEF_PROFILEACTIVITY
#include "passes/Tuning/Passes.h.inc"
} // namespace lle

using namespace mlir;
using namespace lle;

namespace {
struct ProfileActivity : lle::impl::ProfileActivityBase<ProfileActivity> {
  using ProfileActivityBase::ProfileActivityBase;

  void runOnOperation() override {
    for (auto network : getOperation().getOps<NetworkOp>())
      if (llvm::Error error = profile(network)) {
        network.emitError("lle-profile-activity: ") << llvm::toString(std::move(error));
        return signalPassFailure();
      }
  }

private:
  llvm::Error profile(NetworkOp network) {
    if (samples < 0)
      return llvm::createStringError("samples must not be negative, got " + Twine(int64_t(samples)));
    llvm::Expected<std::unique_ptr<Dataset>> data = readDataset(llvm::to_vector(dataset), network, {bin, bins});
    if (!data)
      return data.takeError();
    llvm::Expected<Activity> activity = measureActivity(network, **data, {engine, samples});
    if (!activity)
      return activity.takeError();
    writeActivity(network, *activity);
    return llvm::Error::success();
  }
};
} // namespace
