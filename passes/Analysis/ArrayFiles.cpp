//===- ArrayFiles.cpp - arrays of files of all formats --------------------===//
#include "passes/Analysis/Dataset.h"
#include "runtime/host/ArrayFile.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"

#include <atomic>

using namespace mlir;
using namespace lle;

static std::atomic<HDF5Reader> hdf5Reader = nullptr;

void lle::registerHDF5Reader(HDF5Reader reader) { hdf5Reader = reader; }

/// Whether the file begins as an HDF5 file does, which has nothing before its superblock.
static bool isHDF5(StringRef path) {
  static constexpr StringLiteral kSignature("\x89HDF\r\n\x1a\n");
  auto file = llvm::MemoryBuffer::getFileSlice(path, kSignature.size(), 0);
  return file && (*file)->getBuffer() == kSignature;
}

llvm::Expected<runtime::Array> lle::readArrayFile(const std::string &path) {
  // A colon may also be part of a name.
  auto [file, dataset] =
      llvm::sys::fs::exists(path) ? std::pair(StringRef(path), StringRef()) : StringRef(path).rsplit(':');
  if (isHDF5(file)) {
    if (HDF5Reader reader = hdf5Reader)
      return reader(file.str(), dataset.str());
    return llvm::createStringError(file + ": HDF5 files are not read here");
  }
  runtime::Result<runtime::Array> array = runtime::readArray(path);
  if (!array)
    return llvm::createStringError(array.error().message);
  return std::move(*array);
}
