//===- PassSettings.cpp - options of the passes of a pipeline --------------===//
#include "targets/Native/PassSettings.h"

#include "mlir/Pass/Pass.h"
#include "mlir/Pass/PassInstrumentation.h"
#include "llvm/ADT/DenseSet.h"

#include <mutex>

using namespace mlir;
using namespace lle;

llvm::Expected<PassSetting> PassSetting::parse(StringRef text) {
  auto [name, value] = text.split('=');
  auto [pass, option] = name.split('.');
  if (pass.empty() || option.empty() || !text.contains('='))
    return llvm::createStringError("--set: expected PASS.OPTION=VALUE, got '" + text + "'");
  return PassSetting{pass.str(), option.str(), value.str()};
}

namespace {
/// Pipelines do not show the passes that are nested in them; an instrumentation meets each one before it runs.
class Settings : public PassInstrumentation {
public:
  explicit Settings(ArrayRef<PassSetting> settings) : settings(settings), met(settings.size(), false) {}

  void runBeforePass(Pass *pass, Operation *op) override {
    std::lock_guard<std::mutex> lock(mutex); // functions may be lowered in parallel
    if (!done.insert(pass).second)
      return;
    for (auto [index, setting] : llvm::enumerate(settings)) {
      if (setting.pass != pass->getArgument())
        continue;
      met[index] = true;
      // A pass meets each function as another object: one complaint is enough.
      auto report = [&, &setting = setting](const Twine &message) -> LogicalResult {
        if (!failed)
          emitError(op->getLoc()) << "--set=" << setting.str() << ": " << message;
        return failure();
      };
      if (mlir::failed(pass->initializeOptions(setting.option + "=" + setting.value, report)))
        failed = true;
    }
  }

  ArrayRef<PassSetting> settings;
  std::vector<bool> met;
  bool failed = false;

private:
  std::mutex mutex;
  llvm::DenseSet<Pass *> done;
};
} // namespace

LogicalResult lle::runWithSettings(PassManager &pm, Operation *op, ArrayRef<PassSetting> settings) {
  if (settings.empty())
    return pm.run(op);
  auto instrumentation = std::make_unique<Settings>(settings);
  Settings &state = *instrumentation;
  pm.addInstrumentation(std::move(instrumentation));
  Location loc = op->getLoc();
  if (failed(pm.run(op)) || state.failed)
    return failure();
  for (auto [index, setting] : llvm::enumerate(settings))
    if (!state.met[index])
      return emitError(loc) << "--set: no pass '" << setting.pass << "' is in the pipeline";
  return success();
}
