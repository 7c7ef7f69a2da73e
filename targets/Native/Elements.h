//===- Elements.h - doubles as elements of ports ----------------*- C++ -*-===//
#ifndef LLE_TARGETS_NATIVE_ELEMENTS_H
#define LLE_TARGETS_NATIVE_ELEMENTS_H

#include "passes/Analysis/Engine.h"
#include "runtime/host/Package.h"

namespace lle {

/// `bytes` has the size of the values.
void storeElements(llvm::ArrayRef<double> values, lle_element element, runtime::Bytes &bytes);
void loadElements(const runtime::Bytes &bytes, lle_element element, Values &values);

} // namespace lle

#endif
