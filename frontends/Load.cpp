//===- Load.cpp - networks from files of any kind -------------------------===//
#include "frontends/Load.h"
#include "frontends/NIR/Explain.h"
#include "frontends/NIR/Import.h"
#include "frontends/NetX/Import.h"
#include "frontends/NetX/Quantise.h"

#include "mlir/Bytecode/BytecodeWriter.h"
#include "mlir/IR/AttrTypeSubElements.h"
#include "mlir/Parser/Parser.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SHA256.h"
#include "llvm/Support/SourceMgr.h"

using namespace mlir;
using namespace lle;

/// What runtime::readPackage accepts is the largest file of all kinds.
static constexpr size_t kMaxFileBytes = runtime::kMaxPackageBytes;

static constexpr StringLiteral kFormats = "NIR (.nir), NetX (.net), packages (.lle) and MLIR, as text or bytecode";

static std::string hashBytes(ArrayRef<uint8_t> bytes) {
  return "sha256:" + llvm::toHex(llvm::SHA256::hash(bytes), /*LowerCase=*/true);
}

/// What a file seems to be that is no network, by its first bytes; empty: it may be one.
static StringRef nameForeignFormat(ArrayRef<uint8_t> bytes) {
  auto text = StringRef(reinterpret_cast<const char *>(bytes.data()), bytes.size());
  static constexpr std::pair<StringLiteral, StringLiteral> formats[] = {
      {"\x93NUMPY", "an array of NumPy"},
      {"\x89HDF", "an HDF5 file"},
      {"PK\x03\x04", "a zip archive, as .npz and .pt"},
      {"\x7f"
       "ELF",
       "a program"}};
  for (auto [magic, name] : formats)
    if (text.starts_with(magic))
      return name;
  constexpr StringLiteral bytecode("ML\xefR");
  bool isBinary = llvm::any_of(text.take_front(64), [](char c) { return uint8_t(c) < ' ' && !llvm::isSpace(c); });
  return isBinary && !text.starts_with(bytecode) ? "a binary file of another kind" : "";
}

static OwningOpRef<ModuleOp> parseModule(const runtime::Bytes &bytes, StringRef name, MLIRContext &context) {
  auto text = StringRef(reinterpret_cast<const char *>(bytes.data()), bytes.size());
  auto sources = std::make_shared<llvm::SourceMgr>();
  sources->AddNewSourceBuffer(llvm::MemoryBuffer::getMemBufferCopy(text, name), SMLoc());
  return parseSourceFile<ModuleOp>(sources, ParserConfig(&context));
}

static OwningOpRef<ModuleOp> readPackagedSource(const runtime::Bytes &bytes, StringRef path, LoadedNetwork &loaded,
                                                MLIRContext &context) {
  auto fail = [&](const Twine &reason) {
    emitError(UnknownLoc::get(&context), reason);
    return OwningOpRef<ModuleOp>();
  };
  runtime::Result<runtime::Package> package = runtime::readPackage(bytes.data(), bytes.size(), path.str());
  if (!package)
    return fail(package.error().message);
  if (package->source.empty())
    return fail(path + ": source: the package carries none, so it can only be run as it was compiled");
  loaded.sourceName = package->provenance.sourceName;
  loaded.sourceHash = package->provenance.sourceHash;
  loaded.explain = package->explain;
  return parseModule(package->source, path, context);
}

static OwningOpRef<ModuleOp> importNIR(StringRef path, const LoadOptions &options, MLIRContext &context,
                                       nir::Report &report, bool repair = false) {
  nir::ImportOptions importOptions;
  importOptions.repair = repair;
  importOptions.profile = options.profile;
  importOptions.dt = options.dt;
  if (netx::isProfile(options.profile))
    return netx::importQuantisedNIR(path, importOptions, context, report);
  return nir::importNIRFile(path, importOptions, context, report);
}

static bool isRepairable(StringRef path, const LoadOptions &options, MLIRContext &context) {
  nir::Report report(path.str());
  // A step and a profile that are not given are another fault than that of the file.
  LoadOptions complete{options.profile.empty() ? "nir" : options.profile, options.dt.value_or(1e-3)};
  return importNIR(path, complete, context, report, /*repair=*/true) &&
         llvm::any_of(report.remarks, [](StringRef remark) { return remark.contains("repaired: "); });
}

static OwningOpRef<ModuleOp> importNetX(StringRef path, const LoadOptions &options, MLIRContext &context,
                                        nir::Report &report) {
  return netx::importNetX(path, {options.profile, options.dt, ""}, context, report);
}

static OwningOpRef<ModuleOp> importFile(StringRef path, const LoadOptions &options, MLIRContext &context) {
  nir::Report report(path.str());
  bool isNetX = llvm::sys::path::extension(path) == ".net";
  OwningOpRef<ModuleOp> module =
      isNetX ? importNetX(path, options, context, report) : importNIR(path, options, context, report);
  for (const std::string &message : report.warnings)
    emitWarning(UnknownLoc::get(&context), message);
  for (const std::string &message : report.errors)
    emitError(UnknownLoc::get(&context), message);
  if (!module && !isNetX && isRepairable(path, options, context))
    emitError(UnknownLoc::get(&context)) << path << ": `lle-translate --import-nir --repair` mends this";
  return module;
}

static OwningOpRef<ModuleOp> readModule(const runtime::Bytes &bytes, StringRef path, const LoadOptions &options,
                                        LoadedNetwork &loaded, MLIRContext &context) {
  StringRef extension = llvm::sys::path::extension(path);
  if (extension == ".nir" || extension == ".net")
    return importFile(path, options, context);
  if (!options.profile.empty() || options.dt) {
    emitError(UnknownLoc::get(&context)) << path
                                         << ": a profile and dt can be chosen for .nir and .net files only; this one "
                                         << "carries its own";
    return {};
  }
  if (extension == ".lle")
    return readPackagedSource(bytes, path, loaded, context);
  if (StringRef format = nameForeignFormat(bytes); !format.empty()) {
    emitError(UnknownLoc::get(&context)) << path << ": this seems to be " << format << "; networks are " << kFormats;
    return {};
  }
  OwningOpRef<ModuleOp> module = parseModule(bytes, path, context);
  if (!module && extension != ".mlir")
    emitError(UnknownLoc::get(&context)) << path << ": was read as MLIR for its name; networks are " << kFormats;
  return module;
}

FailureOr<LoadedNetwork> lle::loadNetwork(StringRef path, const LoadOptions &options, MLIRContext &context) {
  context.loadDialect<LLEDialect>();
  runtime::Result<runtime::Bytes> bytes = runtime::readFile(path.str(), kMaxFileBytes);
  if (!bytes)
    return emitError(UnknownLoc::get(&context), bytes.error().message);
  LoadedNetwork loaded;
  loaded.sourceName = llvm::sys::path::filename(path);
  loaded.sourceHash = hashBytes(*bytes);
  loaded.module = readModule(*bytes, path, options, loaded, context);
  if (!loaded.module)
    return failure();
  auto networks = llvm::to_vector(loaded.module->getOps<NetworkOp>());
  if (networks.size() != 1)
    return emitError(UnknownLoc::get(&context)) << path << ": expected one lle.network, found " << networks.size();
  loaded.network = networks.front();
  if (loaded.explain.empty())
    loaded.explain = nir::explain(loaded.network);
  return std::move(loaded);
}

FailureOr<runtime::Bytes> lle::writeSource(ModuleOp module) {
  OwningOpRef<ModuleOp> copy = module.clone();
  AttrTypeReplacer names;
  names.addReplacement([](FileLineColRange place) -> Attribute {
    auto name = StringAttr::get(place.getContext(), llvm::sys::path::filename(place.getFilename().getValue()));
    return FileLineColRange::get(name, place.getStartLine(), place.getStartColumn(), place.getEndLine(),
                                 place.getEndColumn());
  });
  names.recursivelyReplaceElementsIn(*copy, /*replaceAttrs=*/false, /*replaceLocs=*/true);
  std::string text;
  llvm::raw_string_ostream stream(text);
  BytecodeWriterConfig config("LLE");
  if (failed(writeBytecodeToFile(*copy, stream, config)))
    return module.emitError("the network cannot be written as bytecode");
  return runtime::Bytes(text.begin(), text.end());
}
