//===- Text.cpp - shapes and numbers in messages --------------------------===//
#include "passes/Analysis/Text.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

std::string lle::formatShape(llvm::ArrayRef<int64_t> shape) {
  auto numbers = llvm::map_range(shape, [](int64_t dim) { return std::to_string(dim); });
  return "(" + llvm::join(numbers, ", ") + ")";
}

std::string lle::formatNumber(double value) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%.9g", value);
  return text;
}
