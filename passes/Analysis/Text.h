//===- Text.h - shapes and numbers in messages ------------------*- C++ -*-===//
#ifndef LLE_PASSES_ANALYSIS_TEXT_H
#define LLE_PASSES_ANALYSIS_TEXT_H

#include "llvm/ADT/ArrayRef.h"

#include <cstdint>
#include <string>

namespace lle {

/// "(2, 3)".
std::string formatShape(llvm::ArrayRef<int64_t> shape);
/// Enough digits to tell two f32 apart.
std::string formatNumber(double value);

} // namespace lle

#endif
