//===- Link.cpp - shared objects and archives -----------------------------===//
#include "targets/Native/Link.h"

#include "mlir/IR/Diagnostics.h"
#include "llvm/Object/ArchiveWriter.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Program.h"

using namespace mlir;
using namespace lle;

namespace {
/// A file that is removed at the end.
class TemporaryFile {
public:
  explicit TemporaryFile(StringRef suffix)
      : error(llvm::sys::fs::createTemporaryFile("lle", suffix, name)), remover(name) {}

  SmallString<128> name;
  std::error_code error;

private:
  llvm::FileRemover remover;
};
} // namespace

/// The linker that belongs to this LLVM: the one on PATH, else the one that the build found.
static std::string findLinker() {
  if (auto path = llvm::sys::findProgramByName(LLE_LLD_NAME))
    return *path;
  return LLE_LLD;
}

FailureOr<std::string> lle::linkSharedObject(StringRef object, MLIRContext &context) {
  auto fail = [&](const Twine &reason) { return emitError(UnknownLoc::get(&context), "cannot link: ") << reason; };
  TemporaryFile input("o"), output("so"), messages("txt");
  for (TemporaryFile *file : {&input, &output, &messages})
    if (file->error)
      return fail(file->name + ": " + file->error.message());
  if (llvm::Error error = llvm::writeToOutput(input.name, [&](llvm::raw_ostream &stream) {
        stream << object;
        return llvm::Error::success();
      }))
    return fail(llvm::toString(std::move(error)));

  std::string linker = findLinker(), error;
  StringRef arguments[] = {linker,
                           "-shared",
                           "-nostdlib",
                           "-z",
                           "defs",
                           "-z",
                           "noexecstack",
                           "-z",
                           "relro",
                           "-z",
                           "now",
                           "--build-id=none",
                           "--hash-style=gnu",
                           "--strip-all",
                           "-o",
                           output.name,
                           input.name};
  std::optional<StringRef> redirects[] = {StringRef(), StringRef(messages.name), StringRef(messages.name)};
  int status = llvm::sys::ExecuteAndWait(linker, arguments, std::nullopt, redirects, /*SecondsToWait=*/0,
                                         /*MemoryLimit=*/0, &error);
  if (status != 0) {
    auto text = llvm::MemoryBuffer::getFile(messages.name);
    return fail(error.empty() && text ? Twine((*text)->getBuffer().rtrim()) : linker + ": " + error);
  }
  auto linked = llvm::MemoryBuffer::getFile(output.name);
  if (!linked)
    return fail(output.name + ": " + linked.getError().message());
  return (*linked)->getBuffer().str();
}

FailureOr<std::string> lle::writeArchive(StringRef object, StringRef name, MLIRContext &context) {
  std::string member = (name + ".o").str();
  llvm::NewArchiveMember members[] = {llvm::NewArchiveMember(llvm::MemoryBufferRef(object, member))};
  auto archive = llvm::writeArchiveToBuffer(members, llvm::SymtabWritingMode::NormalSymtab,
                                            llvm::object::Archive::K_GNU, /*Deterministic=*/true, /*Thin=*/false);
  if (!archive)
    return emitError(UnknownLoc::get(&context), llvm::toString(archive.takeError()));
  return (*archive)->getBuffer().str();
}
