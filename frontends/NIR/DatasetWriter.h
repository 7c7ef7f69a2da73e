//===- DatasetWriter.h - arrays to HDF5 files ---------------------------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//
#ifndef LLE_FRONTENDS_NIR_DATASETWRITER_H
#define LLE_FRONTENDS_NIR_DATASETWRITER_H

#include "frontends/NIR/Graph.h"
#include "frontends/NIR/Handle.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Error.h"

namespace lle::nir {

/// Writes into one file. The first failure is remembered; what follows it does nothing useful and no harm.
class DatasetWriter {
public:
  DatasetWriter();

  /// Arrays of rank 1 and more in chunks with gzip level 4, strings of variable length in UTF-8. A name may be a path,
  /// whose groups are made where they are missing.
  void write(hid_t group, const std::string &name, const Array &array);
  /// An attribute of one string or number.
  void writeAttribute(hid_t object, const std::string &name, const Array &array);
  /// To be closed with H5Gclose; may be a path.
  hid_t createGroup(hid_t group, const std::string &name);

  void check(int64_t result, llvm::StringRef what) {
    if (result < 0 && failure.empty())
      failure = what.str();
  }
  /// The first object that could not be written; empty if none.
  const std::string &getFailure() const { return failure; }

private:
  hid_t createType(const Array &array);

  Handle textType, linkList;
  std::string failure;
};

/// Makes an HDF5 file, which appears under its name only when it is complete. It has no time stamps: the same contents
/// give the same bytes.
llvm::Error writeHDF5File(llvm::StringRef path,
                          llvm::function_ref<void(hid_t file, DatasetWriter &writer)> writeContents);

} // namespace lle::nir

#endif // LLE_FRONTENDS_NIR_DATASETWRITER_H
