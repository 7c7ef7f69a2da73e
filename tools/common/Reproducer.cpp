//===- Reproducer.cpp - what a crash leaves behind -------------------------===//
#include "tools/common/Reproducer.h"

#include "mlir/Bytecode/BytecodeWriter.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"

#include <fcntl.h>
#include <unistd.h>

using namespace mlir;
using namespace lle;

static llvm::cl::opt<bool> crash("crash-after-reading", llvm::cl::Hidden,
                                 llvm::cl::desc("Crash once the network is read, to test what that leaves behind"));

/// A signal handler may not allocate: all that it needs is here.
static std::string contents, path, message;

void lle::keepReproducer(ModuleOp module) {
  contents.clear();
  llvm::raw_string_ostream stream(contents);
  if (failed(writeBytecodeToFile(module, stream)))
    return contents.clear();
  SmallString<128> file;
  llvm::sys::path::system_temp_directory(/*erasedOnReboot=*/true, file);
  llvm::sys::path::append(file, "lle-reproducer-" + Twine(llvm::sys::Process::getProcessId()) + ".mlirbc");
  path = file.str();
  message = "The network is in " + path + ": run the tool on it, with the other options as they were.\n";
  if (crash)
    LLVM_BUILTIN_TRAP;
}

static bool writeAll(int file, const std::string &text) {
  for (size_t done = 0; done < text.size();) {
    ssize_t written = ::write(file, text.data() + done, text.size() - done);
    if (written <= 0)
      return false;
    done += size_t(written);
  }
  return true;
}

void lle::writeReproducer(void *) {
  if (contents.empty())
    return;
  int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0)
    return;
  bool isWhole = writeAll(file, contents);
  ::close(file);
  if (isWhole)
    writeAll(STDERR_FILENO, message);
  else
    ::unlink(path.c_str());
}
