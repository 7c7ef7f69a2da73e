//===- Tool.h - what every command-line tool begins with --------*- C++ -*-===//
#ifndef LLE_TOOLS_COMMON_TOOL_H
#define LLE_TOOLS_COMMON_TOOL_H

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/InitLLVM.h"

namespace lle {

/// Exit statuses, for all tools.
enum ExitStatus { kFine = 0, kUserError = 1, kOurBug = 2 };

/// Parses the command line and prints diagnostics as `file:line:column: error: ...`, or after the tool's name where
/// they have no place in a file.
class Tool {
public:
  /// Ends the program for --help, --version and a wrong command line. `category` holds the tool's own options; the
  /// others, of LLVM's libraries, are hidden.
  Tool(int &argc, char **&argv, llvm::cl::OptionCategory &category, const char *overview);

  mlir::MLIRContext &getContext() { return context; }
  ExitStatus fail(llvm::Error error);
  ExitStatus fail(const llvm::Twine &message);

  /// Says on a terminal what the tool is doing; nothing elsewhere. An empty text ends it.
  void showProgress(llvm::StringRef text);

private:
  mlir::LogicalResult print(mlir::Diagnostic &diagnostic);

  llvm::InitLLVM init;
  mlir::MLIRContext context;
  mlir::ScopedDiagnosticHandler handler;
  std::string name;
};

/// What is sure to keep a file from being written in the end, said before the work is done: there is no such folder, or
/// the file is the input itself. `-` and an empty path can be written.
llvm::Error checkOutput(llvm::StringRef path, llvm::StringRef input);

/// Writes a whole file at once; `-` is standard output.
llvm::Error writeOutput(llvm::StringRef path, llvm::StringRef contents);

} // namespace lle

#endif
