//===- Folder.cpp - whole folders of files --------------------------------===//
#include "targets/Firmware/Folder.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace lle;

static Error fail(StringRef path, std::error_code error) {
  return createStringError(error, path + ": " + error.message());
}

static Error writeFiles(StringRef folder, ArrayRef<FolderFile> files) {
  for (const FolderFile &file : files) {
    SmallString<128> path(folder);
    sys::path::append(path, file.path);
    if (std::error_code error = sys::fs::create_directories(sys::path::parent_path(path)))
      return fail(path, error);
    std::error_code error;
    raw_fd_ostream stream(path, error);
    if (error)
      return fail(path, error);
    stream << file.contents;
    stream.close();
    if (stream.has_error()) {
      error = stream.error();
      stream.clear_error();
      return fail(path, error);
    }
  }
  return Error::success();
}

Error lle::writeFolder(StringRef path, ArrayRef<FolderFile> files) {
  path = path.rtrim('/');
  if (sys::fs::exists(path)) {
    std::error_code error;
    bool isEmpty = sys::fs::is_directory(path) &&
                   sys::fs::directory_iterator(path, error) == sys::fs::directory_iterator() && !error;
    if (!isEmpty)
      return createStringError(path +
                               ": exists; a folder is written where none is, so that no change of yours is lost");
  }
  // LLVM makes a unique directory of a relative path in the system's own for temporary files.
  SmallString<128> temporary, prefix(path);
  if (std::error_code error = sys::fs::make_absolute(prefix))
    return fail(path, error);
  if (std::error_code error = sys::fs::createUniqueDirectory(prefix, temporary))
    return fail(path, error);
  Error error = writeFiles(temporary, files);
  if (!error) {
    // A unique folder is its owner's only.
    std::error_code failure = sys::fs::setPermissions(temporary, sys::fs::perms(0777 & ~sys::fs::getUmask()));
    if (!failure)
      failure = sys::fs::rename(temporary, path);
    if (failure)
      error = fail(path, failure);
  }
  if (error)
    sys::fs::remove_directories(temporary);
  return error;
}
