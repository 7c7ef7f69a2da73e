//===- Folder.h - whole folders of files ------------------------*- C++ -*-===//
#ifndef LLE_TARGETS_FIRMWARE_FOLDER_H
#define LLE_TARGETS_FIRMWARE_FOLDER_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace lle {

struct FolderFile {
  std::string path; ///< Below the folder.
  std::string contents;
};

/// Writes the files below a temporary name and renames the folder, so that nobody ever sees half of it. A folder that
/// holds files already is left alone: what somebody has changed in it is not ours to remove.
llvm::Error writeFolder(llvm::StringRef path, llvm::ArrayRef<FolderFile> files);

} // namespace lle

#endif
