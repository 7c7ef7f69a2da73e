//===- Tool.cpp - what every command-line tool begins with ----------------===//
#include "tools/common/Tool.h"
#include "lowering/JIT/JIT.h"
#include "lowering/Pipelines.h"
#include "passes/Analysis/Dataset.h"
#include "reference/Interpreter.h"
#include "reference/ReferenceOpInterface.h"
#include "runtime/host/File.h"
#include "targets/Target.h"
#include "tools/common/NIRData.h"
#include "tools/common/Reproducer.h"
#include "tools/common/Version.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/PrettyStackTrace.h"
#include "llvm/Support/Signals.h"

#include <unistd.h>

using namespace mlir;
using namespace lle;

static DialectRegistry createRegistry() {
  DialectRegistry registry;
  registerLoweringDialects(registry);
  registerReferenceModels(registry);
  return registry;
}

Tool::Tool(int &argc, char **&argv, llvm::cl::OptionCategory &category, const char *overview)
    : init(argc, argv), context(createRegistry()),
      handler(&context, [this](Diagnostic &diagnostic) { return print(diagnostic); }),
      name(llvm::sys::path::stem(argv[0])) {
  llvm::setBugReportMsg("This is a bug of LLE; please report it with the command line and the input.\n");
  // After the handler that prints the stack.
  llvm::sys::AddSignalHandler(writeReproducer, nullptr);
  llvm::sys::AddSignalHandler([](void *) { ::_exit(kOurBug); }, nullptr);
  registerNativeEngine();
  registerReferenceEngines();
  registerAnalyticCostModel();
  registerTargetChips();
  registerHDF5Reader(readHDF5Array);
  context.printOpOnDiagnostic(false); // a whole network would follow the message
  llvm::cl::HideUnrelatedOptions(category);
  setVersionPrinter();
  llvm::cl::ParseCommandLineOptions(argc, argv, overview);
}

/// A network that was imported has a file, but no lines.
static void printPlace(FileLineColLoc place) {
  llvm::errs() << place.getFilename().getValue() << ':';
  if (place.getLine() != 0)
    llvm::errs() << place.getLine() << ':' << place.getColumn() << ':';
  llvm::errs() << ' ';
}

LogicalResult Tool::print(Diagnostic &diagnostic) {
  auto printOne = [&](Diagnostic &d) {
    if (auto place = d.getLocation()->findInstanceOf<FileLineColLoc>())
      printPlace(place);
    else
      llvm::errs() << name << ": ";
    static constexpr StringLiteral kinds[] = {"note", "warning", "error", "remark"};
    llvm::errs() << kinds[unsigned(d.getSeverity())] << ": ";
    // What was imported has no lines, but operations have the names of their nodes.
    if (auto node = d.getLocation()->findInstanceOf<NameLoc>())
      if (std::string text = "node '" + node.getName().str() + "'"; !StringRef(d.str()).contains(text))
        llvm::errs() << text << ": ";
    llvm::errs() << d << '\n';
  };
  showProgress("");
  printOne(diagnostic);
  for (Diagnostic &note : diagnostic.getNotes())
    printOne(note);
  return success();
}

ExitStatus Tool::fail(llvm::Error error) { return fail(llvm::toString(std::move(error))); }

ExitStatus Tool::fail(const Twine &message) {
  emitError(UnknownLoc::get(&context), message);
  return kUserError;
}

void Tool::showProgress(StringRef text) {
  if (llvm::errs().is_displayed())
    llvm::errs() << "\r\033[K" << text;
}

llvm::Error lle::checkOutput(StringRef path, StringRef input) {
  if (path.empty() || path == "-")
    return llvm::Error::success();
  StringRef folder = llvm::sys::path::parent_path(path);
  if (std::error_code error = llvm::sys::fs::access(folder.empty() ? "." : folder, llvm::sys::fs::AccessMode::Write))
    return llvm::createStringError(path + ": cannot write: " + error.message());
  if (llvm::sys::fs::equivalent(path, input))
    return llvm::createStringError(path + ": is the input as well");
  return llvm::Error::success();
}

llvm::Error lle::writeOutput(StringRef path, StringRef contents) {
  if (path == "-") {
    llvm::outs() << contents;
    return llvm::Error::success();
  }
  if (runtime::Status status = runtime::writeFile(path.str(), contents.data(), contents.size()); !status)
    return llvm::createStringError(status.error().message);
  return llvm::Error::success();
}
