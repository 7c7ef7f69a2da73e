//===- PassSettings.h - options of the passes of a pipeline -----*- C++ -*-===//
#ifndef LLE_TARGETS_NATIVE_PASSSETTINGS_H
#define LLE_TARGETS_NATIVE_PASSSETTINGS_H

#include "mlir/Pass/PassManager.h"
#include "llvm/Support/Error.h"

#include <string>

namespace lle {

/// An option of a pass, set from outside the pipeline that the pass is in.
struct PassSetting {
  std::string pass, option, value;

  /// Reads PASS.OPTION=VALUE.
  static llvm::Expected<PassSetting> parse(llvm::StringRef text);
  std::string str() const { return pass + "." + option + "=" + value; }
};

/// Runs the pipeline with these options set, wherever in it their passes are. A pass that is not in it, and an option
/// that a pass does not have, are errors at the operation.
mlir::LogicalResult runWithSettings(mlir::PassManager &pm, mlir::Operation *op, llvm::ArrayRef<PassSetting> settings);

} // namespace lle

#endif
