//===- Data.h - recordings to arrays and back -------------------*- C++ -*-===//
#ifndef LLE_TOOLS_LLE_TRANSLATE_DATA_H
#define LLE_TOOLS_LLE_TRANSLATE_DATA_H

#include "llvm/Support/Error.h"

#include <optional>
#include <string>

namespace lle {

struct DataOptions {
  std::string input, output; ///< "-": there is none.
  std::string node, observable;
  std::optional<double> dt;
  bool asEvents;
};

/// A NIRData file to a list of what is in it, or one of its recordings to an array; an array to a NIRData file.
llvm::Error convertData(const DataOptions &options);

} // namespace lle

#endif
