//===- Report.h - what reading and checking a file found ----------------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//
#ifndef LLE_FRONTENDS_NIR_REPORT_H
#define LLE_FRONTENDS_NIR_REPORT_H

#include "llvm/ADT/Twine.h"
#include "llvm/Support/Error.h"
#include <string>
#include <vector>

namespace lle::nir {

/// Diagnostics about one file. Each message stands alone: it begins with the file's name and names
/// node, edge or shape and the rule broken. Control characters of names are escaped.
class Report {
public:
  explicit Report(std::string file) : file(std::move(file)) {}

  void error(const llvm::Twine &message) { errors.push_back(format(message)); }
  void warning(const llvm::Twine &message) { warnings.push_back(format(message)); }
  /// Something that was repaired, and how; or what there is to choose.
  void remark(const llvm::Twine &message) { remarks.push_back(format(message)); }

  bool failed() const { return !errors.empty(); }
  /// All errors as one, a line each.
  llvm::Error takeError() const;

  std::vector<std::string> errors, warnings, remarks;

private:
  std::string format(const llvm::Twine &message) const;

  std::string file;
};

} // namespace lle::nir

#endif // LLE_FRONTENDS_NIR_REPORT_H
