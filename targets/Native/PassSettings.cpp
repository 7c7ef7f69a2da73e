//===- PassSettings.cpp - options of the passes of a pipeline --------------===//
#include "targets/Native/PassSettings.h"

#include "mlir/Pass/Pass.h"
#include "mlir/Pass/PassInstrumentation.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringExtras.h"

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
    if (!pass->getArgument().empty()) // adaptors have none
      names.insert(pass->getArgument());
    for (auto [index, setting] : llvm::enumerate(settings)) {
      if (setting.pass != pass->getArgument())
        continue;
      met[index] = true;
      // A pass meets each function as another object: one complaint is enough.
      auto report = [&, &setting = setting](const Twine &message) -> LogicalResult {
        if (failed)
          return failure();
        InFlightDiagnostic error = emitError(op->getLoc()) << "--set=" << setting.str() << ": ";
        // MLIR gives no reason where an option refuses a value.
        if (message.isTriviallyEmpty() || message.str().empty())
          error << "the option does not take the value '" << setting.value << "'; `lle-opt --help` has those it takes";
        else
          error << message;
        return failure();
      };
      if (mlir::failed(pass->initializeOptions(setting.option + "=" + setting.value, report)))
        failed = true;
    }
  }

  ArrayRef<PassSetting> settings;
  std::vector<bool> met;
  llvm::SetVector<StringRef> names; ///< Of the passes, in the order in which they ran.
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
      return emitError(loc) << "--set: no pass '" << setting.pass
                            << "' is in the pipeline; there are: " << llvm::join(state.names, ", ");
  return success();
}
