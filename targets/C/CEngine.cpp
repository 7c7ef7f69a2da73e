//===- CEngine.cpp - C code that runs on this machine ---------------------===//
#include "targets/C/CEngine.h"
#include "targets/C/CSource.h"
#include "targets/Native/Compile.h"
#include "targets/Native/Header.h"
#include "targets/Native/Link.h"
#include "targets/Native/PackageEngine.h"
#include "targets/Target.h"

#include "llvm/ADT/ScopeExit.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"
#include "llvm/TargetParser/Host.h"

using namespace mlir;
using namespace lle;

static llvm::Error writeFile(StringRef path, StringRef text) {
  return llvm::writeToOutput(path, [&](llvm::raw_ostream &stream) {
    stream << text;
    return llvm::Error::success();
  });
}

/// The object that the compiler makes of the source.
static llvm::Expected<std::string> compileC(const CSource &source, StringRef compiler, ArrayRef<StringRef> flags) {
  llvm::ErrorOr<std::string> program = llvm::sys::findProgramByName(compiler);
  if (!program)
    return llvm::createStringError("there is no C compiler '" + compiler + "'");
  SmallString<128> folder;
  if (std::error_code error = llvm::sys::fs::createUniqueDirectory("lle-c", folder))
    return llvm::createStringError(error, "no temporary folder");
  llvm::scope_exit remove([&] { llvm::sys::fs::remove_directories(folder); });
  auto inFolder = [&](StringRef name) {
    SmallString<128> path(folder);
    llvm::sys::path::append(path, name);
    return path.str().str();
  };
  std::string file = inFolder("network.c"), object = inFolder("network.o"), messages = inFolder("messages");
  if (llvm::Error error = writeFile(file, source.text))
    return error;
  if (llvm::Error error = writeFile(inFolder("network.h"), writeHeader(source.package, "this machine")))
    return error;
  SmallVector<StringRef> arguments{*program,    "-std=c99", "-Wall", "-Wextra",        "-Wconversion",
                                   "-pedantic", "-Werror",  "-fPIC", "-ffreestanding", "-fno-builtin"};
  llvm::append_range(arguments, flags);
  arguments.append({"-c", file, "-o", object});
  std::optional<StringRef> redirects[] = {StringRef(), StringRef(messages), StringRef(messages)};
  std::string error;
  if (llvm::sys::ExecuteAndWait(*program, arguments, std::nullopt, redirects, 0, 0, &error) != 0) {
    auto text = llvm::MemoryBuffer::getFile(messages);
    return llvm::createStringError(error.empty() && text ? (*text)->getBuffer().rtrim().str() : error);
  }
  auto compiled = llvm::MemoryBuffer::getFile(object);
  if (!compiled)
    return llvm::createStringError(compiled.getError(), object);
  return (*compiled)->getBuffer().str();
}

llvm::Expected<std::unique_ptr<Engine>> lle::createCEngine(NetworkOp network, StringRef compiler,
                                                           ArrayRef<StringRef> flags) {
  MLIRContext &context = *network.getContext();
  // What the passes say is the error.
  std::string diagnostics;
  ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
    llvm::raw_string_ostream(diagnostics)
        << (diagnostics.empty() ? "" : "; ") << diagnostic.getLocation() << ": " << diagnostic.str();
  });
  auto fail = [&] { return llvm::createStringError(diagnostics); };
  Target target;
  target.name = "c";
  target.triple = llvm::sys::getDefaultTargetTriple();
  target.lanes = 1;
  target.registers = 16;
  FailureOr<CSource> source = compileToC(network, target, {}, "network.h");
  if (failed(source))
    return fail();
  llvm::Expected<std::string> object = compileC(*source, compiler, flags);
  if (!object)
    return object.takeError();
  FailureOr<std::string> shared = linkSharedObject(*object, context);
  if (failed(shared))
    return fail();
  runtime::Package package = std::move(source->package);
  package.provenance.sourceName = "network";
  addVariant(package, target, *shared);
  runtime::Result<runtime::Bytes> bytes = runtime::writePackage(package);
  if (!bytes)
    return llvm::createStringError(bytes.error().message);
  auto model = runtime::Model::load(bytes->data(), bytes->size(), "network");
  if (!model)
    return llvm::createStringError(model.error().message);
  return createPackageEngine(std::move(*model));
}
