//===- PackageEngine.h - packages as engines --------------------*- C++ -*-===//
#ifndef LLE_TARGETS_NATIVE_PACKAGEENGINE_H
#define LLE_TARGETS_NATIVE_PACKAGEENGINE_H

#include "passes/Analysis/Engine.h"
#include "runtime/host/Model.h"

namespace lle {

/// Runs a loaded package. An instance measures the time of each call of the generated code, without the conversion of
/// its inputs and outputs.
std::unique_ptr<Engine> createPackageEngine(runtime::Model model);

} // namespace lle

#endif
