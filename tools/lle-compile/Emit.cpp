//===- Emit.cpp - what lle-compile writes ---------------------------------===//
#include "tools/lle-compile/Emit.h"

#include "targets/C/CSource.h"
#include "targets/Estimate/Estimate.h"
#include "targets/Firmware/Firmware.h"
#include "targets/Native/Describe.h"
#include "targets/Native/Header.h"
#include "targets/Native/Link.h"
#include "targets/Neuromorphic/MapNetwork.h"

#include "llvm/Support/Path.h"

using namespace mlir;
using namespace lle;
using namespace lle::compile;

static FailureOr<std::string> getHeader(NetworkOp source, const CompiledNetwork &network, StringRef object,
                                        const Target &target) {
  FailureOr<uint64_t> stack = network.code.getStackBytes(object);
  if (failed(stack))
    return failure();
  HeaderDetails details;
  details.stackBytes = *stack;
  details.mostInstructions = llvm::expectedToOptional(getMostInstructions(network, target));
  describeScales(source, details);
  return writeHeader(network.package, target.name, details);
}

/// Beside the library, and named as what `-l` links: model.h of libmodel.a.
static std::string getHeaderPath(StringRef output) {
  SmallString<128> path = llvm::sys::path::parent_path(output);
  StringRef name = llvm::sys::path::stem(output);
  if (name != "lib")
    name.consume_front("lib");
  llvm::sys::path::append(path, name + ".h");
  return path.str().str();
}

/// The contents of the output. A library also writes its header.
static FailureOr<std::string> emitCode(Tool &tool, const Options &options, NetworkOp source, CompiledNetwork &network,
                                       const Target &target) {
  switch (options.emit) {
  case Emit::Assembly:
    return network.code.emitAssembly();
  case Emit::LLVMIR:
    return network.code.getLLVMIR();
  case Emit::Object:
    return network.code.emitObject();
  case Emit::Header:
  case Emit::Library: {
    FailureOr<std::string> object = network.code.emitObject();
    if (failed(object))
      return failure();
    FailureOr<std::string> header = getHeader(source, network, *object, target);
    if (failed(header) || options.emit == Emit::Header)
      return header;
    if (llvm::Error error = writeOutput(getHeaderPath(options.output), *header)) {
      tool.fail(std::move(error));
      return failure();
    }
    return writeArchive(*object, network.package.name, tool.getContext());
  }
  default: {
    if (failed(addNativeVariant(network, target, tool.getContext())))
      return failure();
    runtime::Result<runtime::Bytes> bytes = runtime::writePackage(network.package);
    if (bytes)
      return std::string(bytes->begin(), bytes->end());
    tool.fail(bytes.error().message);
    return failure();
  }
  }
}

ExitStatus compile::writeCode(Tool &tool, const Options &options, NetworkOp source, CompiledNetwork &network,
                              const Target &target) {
  if (options.emit == Emit::Firmware) {
    auto files = makeFirmware(source, options.code, network, target);
    if (failed(files))
      return kUserError;
    llvm::Error error = writeFolder(options.output, *files);
    return error ? tool.fail(std::move(error)) : kFine;
  }
  FailureOr<std::string> contents = emitCode(tool, options, source, network, target);
  if (failed(contents))
    return kUserError;
  llvm::Error error = writeOutput(options.output, *contents);
  return error ? tool.fail(std::move(error)) : kFine;
}

ExitStatus compile::writeC(Tool &tool, const Options &options, NetworkOp network, const Target &target) {
  std::string header = getHeaderPath(options.output);
  bool isFile = options.output != "-";
  FailureOr<CSource> source = compileToC(network, target, options.code,
                                         isFile ? llvm::sys::path::filename(header) : (network.getName() + ".h").str());
  if (failed(source))
    return kUserError;
  tool.showProgress("writing " + options.output);
  if (isFile)
    if (llvm::Error error = writeOutput(header, writeHeader(source->package, "any C99 compiler")))
      return tool.fail(std::move(error));
  llvm::Error error = writeOutput(options.output, source->text);
  return error ? tool.fail(std::move(error)) : kFine;
}

ExitStatus compile::writeMLIR(Tool &tool, const Options &options, ModuleOp module) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  module->print(stream); // the operator << leaves resources out
  llvm::Error error = writeOutput(options.output, text);
  return error ? tool.fail(std::move(error)) : kFine;
}

void compile::addOrigin(runtime::Package &package, runtime::Bytes source, const LoadedNetwork &loaded) {
  package.source = std::move(source);
  package.explain = loaded.explain;
  package.provenance.sourceName = loaded.sourceName;
  package.provenance.sourceHash = loaded.sourceHash;
}

ExitStatus compile::writeMap(Tool &tool, const Options &options, const LoadedNetwork &loaded, runtime::Bytes source,
                             const Target &target) {
  if (options.emit != Emit::Package && options.emit != Emit::MLIR)
    return tool.fail("there is no code for the target '" + target.name +
                     "', which is a neuromorphic chip: --emit is lle, a package with a core map, or mlir" +
                     (target.arithmetic == "spinnaker2"
                          ? "; lle-report-map --elements makes networks of its processors, "
                            "for which there is code"
                          : ""));
  if (!options.report.empty())
    return tool.fail("--report is about machine code, which the target '" + target.name + "' has none of");
  tool.showProgress("mapping to " + target.name);
  FailureOr<OwningOpRef<ModuleOp>> mapped = mapNetwork(loaded.network, target, options.code.settings);
  if (failed(mapped))
    return kUserError;
  if (options.emit == Emit::MLIR)
    return writeMLIR(tool, options, **mapped);
  FailureOr<runtime::Package> package = packMap(loaded.network, **mapped, target, options.code.settings);
  if (failed(package))
    return kUserError;
  addOrigin(*package, std::move(source), loaded);
  tool.showProgress("writing " + options.output);
  runtime::Result<runtime::Bytes> bytes = runtime::writePackage(*package);
  if (!bytes)
    return tool.fail(bytes.error().message);
  llvm::Error error =
      writeOutput(options.output, StringRef(reinterpret_cast<const char *>(bytes->data()), bytes->size()));
  return error ? tool.fail(std::move(error)) : kFine;
}
