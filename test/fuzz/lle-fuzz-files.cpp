//===- lle-fuzz-files.cpp - damaged networks, packages and recordings -----===//
#include "dialects/Neuro/NeuroOps.h"
#include "frontends/NIR/Import.h"
#include "frontends/NIR/Read.h"
#include "frontends/NIR/Write.h"
#include "frontends/NetX/Export.h"
#include "frontends/NetX/Import.h"
#include "lowering/Pipelines.h"
#include "runtime/coremap/Capacity.h"
#include "runtime/coremap/CoreMapFile.h"
#include "runtime/emulator/Emulator.h"
#include "runtime/host/Events.h"
#include "targets/Native/Compile.h"
#include "targets/Neuromorphic/MapNetwork.h"
#include "test/fuzz/Damage.h"
#include "test/fuzz/RandomChip.h"
#include "test/fuzz/RandomGraph.h"
#include "test/fuzz/RandomLiquid.h"
#include "test/fuzz/RandomNetX.h"
#include "test/fuzz/Workers.h"

#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include <sys/time.h>

using namespace mlir;
using namespace lle;
using namespace lle::fuzz;

static llvm::cl::OptionCategory category("lle-fuzz-files options");
static llvm::cl::opt<uint64_t>
    count("count", llvm::cl::desc("files; even seeds make .nir files, odd ones packages, core maps and recordings"),
          llvm::cl::init(1000), llvm::cl::cat(category));
static llvm::cl::opt<uint64_t> seed("seed", llvm::cl::desc("seed of the first file; the next has the next seed"),
                                    llvm::cl::init(1), llvm::cl::cat(category));
static llvm::cl::opt<uint64_t>
    stride("stride",
           llvm::cl::desc("from a seed to the next: with 2 and an even seed all are .nir files, with 4 and "
                          "seed 1 packages"),
           llvm::cl::init(1), llvm::cl::cat(category));
static llvm::cl::opt<unsigned> jobs("jobs", llvm::cl::desc("processes"), llvm::cl::init(2), llvm::cl::cat(category));
static llvm::cl::opt<std::string> work("work",
                                       llvm::cl::desc("folder for the files; one that fails a test stays there "
                                                      "(default: a new one in the temporary folder)"),
                                       llvm::cl::value_desc("DIR"), llvm::cl::cat(category));
static llvm::cl::opt<bool> verbose("verbose", llvm::cl::desc("print what became of each file"),
                                   llvm::cl::cat(category));

/// Seconds that one file may take, the decoder's own limit of half a minute included; and the number of files from
/// which on all kinds must have been both refused and loaded.
static constexpr unsigned kTimeout = 90;
static constexpr uint64_t kEnough = 100;
static constexpr unsigned kPackages = 4;
static constexpr uint64_t kLiquidGraphs = 30;
static constexpr const char *kDigits = LLE_FUZZ_EXAMPLES "/digits/digits.nir";

namespace {
/// What files are made from.
struct Bases {
  std::string digitsBytes;
  nir::Graph digits;
  std::vector<runtime::Bytes> packages, maps;
};
} // namespace

/// Ends the process after that much processor time. The alarm of the trial is cancelled by the one that limits the
/// decoder.
static void limitTime(unsigned seconds) {
  itimerval limit{};
  limit.it_value.tv_sec = seconds;
  setitimer(ITIMER_VIRTUAL, &limit, nullptr);
}

static std::string readBytes(StringRef path) {
  auto file = llvm::MemoryBuffer::getFile(path, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  return file ? (*file)->getBuffer().str() : std::string();
}

static OwningOpRef<ModuleOp> import(nir::Graph graph, MLIRContext &context, StringRef profile, std::optional<double> dt,
                                    nir::Report &report) {
  nir::ImportOptions options;
  options.profile = profile.str();
  options.dt = dt;
  return nir::importNIR(graph, "base.nir", options, context, report);
}

/// Packages of small networks with native code.
static std::vector<runtime::Bytes> makePackages(MLIRContext &context) {
  std::vector<runtime::Bytes> packages;
  FailureOr<Target> target = getTarget("native", context);
  if (failed(target))
    return packages;
  for (uint64_t number = 1; packages.size() < kPackages; ++number) {
    RandomGraph random = makeRandomGraph(number, NumberClass::real);
    nir::Report report("base.nir");
    OwningOpRef<ModuleOp> module = import(std::move(random.graph), context, random.profile, random.dt, report);
    if (!module)
      continue;
    FailureOr<CompiledNetwork> network = compileNetwork(*module->getOps<NetworkOp>().begin(), *target);
    if (failed(network) || failed(addNativeVariant(*network, *target, context)))
      return {};
    network->package.provenance.sourceName = "base.nir";
    network->package.explain = "a random network";
    auto bytes = runtime::writePackage(network->package);
    if (!bytes || !runtime::readPackage(bytes->data(), bytes->size(), "base.lle"))
      return {};
    packages.push_back(std::move(*bytes));
  }
  return packages;
}

/// Packages of networks on a chip's cores, Loihi 2's and SpiNNaker2's in turn.
static std::vector<runtime::Bytes> makeMaps(MLIRContext &context) {
  std::vector<runtime::Bytes> packages;
  for (uint64_t number = 1; packages.size() < kPackages && number < 100; ++number) {
    bool isLoihi = packages.size() % 2 == 0;
    auto module = parseSourceString<ModuleOp>(makeRandomChipNetwork(number, isLoihi), ParserConfig(&context));
    FailureOr<Target> target = getTarget(isLoihi ? "loihi2" : "spinnaker2", context);
    if (!module || failed(target))
      return {};
    // What does not fit the chip is another number's.
    ScopedDiagnosticHandler handler(&context, [](Diagnostic &) {});
    PassSetting few{"neuro-partition", "neurons", "6"};
    auto network = *module->getOps<NetworkOp>().begin();
    FailureOr<OwningOpRef<ModuleOp>> mapped = mapNetwork(network, *target, few);
    if (failed(mapped))
      continue;
    FailureOr<runtime::Package> package = packMap(network, **mapped, *target, few);
    if (failed(package))
      continue;
    package->provenance.sourceName = "base.mlir";
    auto bytes = runtime::writePackage(*package);
    if (!bytes)
      return {};
    packages.push_back(std::move(*bytes));
  }
  return packages;
}

/// False, with a message, where what must be fine is not: then refusals of damaged files would mean nothing.
static bool makeBases(MLIRContext &context, Bases &bases) {
  nir::Report report(kDigits);
  std::optional<nir::Graph> digits = nir::readGraph(kDigits, report);
  if (!digits || !import(digits->clone(), context, "", std::nullopt, report)) {
    llvm::errs() << "lle-fuzz-files: " << kDigits << " cannot be imported\n"
                 << llvm::toString(report.takeError()) << "\n";
    return false;
  }
  for (uint64_t number = 1; number <= kLiquidGraphs; ++number) {
    Random random(number);
    if (import(makeLiquidGraph(context, random), context, "", std::nullopt, report))
      continue;
    llvm::errs() << "lle-fuzz-files: the liquid graph of seed " << number << " cannot be imported\n"
                 << llvm::toString(report.takeError()) << "\n";
    return false;
  }
  bases.digits = std::move(*digits);
  bases.digitsBytes = readBytes(kDigits);
  bases.packages = makePackages(context);
  bases.maps = makeMaps(context);
  bool hasBoth = !bases.packages.empty() && !bases.maps.empty();
  if (!hasBoth)
    llvm::errs() << "lle-fuzz-files: no package can be made\n";
  return hasBoth;
}

static void writeBytes(StringRef path, StringRef bytes) {
  if (auto status = runtime::writeFile(path.str(), bytes.data(), bytes.size()); !status)
    llvm::report_fatal_error(StringRef(status.error().message), /*gen_crash_diag=*/false);
}

/// Chooses how to import, and writes a file whose bytes or whose graph is damaged; an error where no file can hold the
/// damaged graph.
static llvm::Error writeNIR(MLIRContext &context, const Bases &bases, StringRef path, Random &random,
                            nir::ImportOptions &options) {
  bool useDigits = random.chance(0.2), inGraph = random.chance(0.5);
  nir::Graph graph;
  if (useDigits) {
    graph = bases.digits.clone();
  } else if (random.chance(0.4)) {
    graph = makeLiquidGraph(context, random);
  } else {
    RandomGraph made = makeRandomGraph(random.below(uint64_t(1) << 32), NumberClass::real);
    graph = std::move(made.graph);
    options.profile = made.profile;
    options.dt = made.dt;
  }
  if (random.chance(0.2)) {
    options.profile = random.pick({"norse", "snntorch", "sinabs", "nir", "spinnaker2", "norse:reset=subtract", "none"});
    options.dt = random.pick({1e-3, 1e-4, 1.0, 0.0, -1.0});
  }
  options.repair = random.chance(0.25);
  if (inGraph)
    damageGraph(graph, random);
  if (llvm::Error error = nir::writeGraph(graph, path))
    return error;
  if (inGraph && random.chance(0.9))
    return llvm::Error::success();
  std::string bytes = useDigits && !inGraph ? bases.digitsBytes : readBytes(path);
  damageBytes(bytes, random);
  writeBytes(path, bytes);
  return llvm::Error::success();
}

/// Errors that say that the decoder did not end by itself.
static bool saysDecoderDied(StringRef errors) {
  for (StringRef sign :
       {"decoder died", "decoder was stopped", "decoder failed with exit status", "Sanitizer", "runtime error:"})
    if (errors.contains(sign))
      return true;
  return false;
}

static std::string tryNIR(MLIRContext &context, const Bases &bases, StringRef path, Random &random) {
  nir::ImportOptions options;
  if (llvm::Error error = writeNIR(context, bases, path, random, options))
    return "unwritable " + llvm::toString(std::move(error));
  nir::Report report(path.str());
  OwningOpRef<ModuleOp> module = nir::importNIRFile(path, options, context, report);
  if (module)
    return report.failed()              ? "fault loaded in spite of errors"
           : succeeded(verify(*module)) ? "loaded"
                                        : "fault loaded, but does not verify";
  if (!report.failed())
    return "fault refused without an error";
  std::string errors = llvm::toString(report.takeError());
  return (saysDecoderDied(errors) ? "died " : "refused ") + errors;
}

/// A NetX file that may be damaged; what was loaded is written, and loads again.
static std::string tryNetX(MLIRContext &context, StringRef path, Random &random) {
  netx::Network network = makeNetX(random);
  bool inLayers = random.chance(0.4), inBytes = !inLayers && random.chance(0.6);
  if (inLayers)
    damageNetX(network, random);
  if (llvm::Error error = netx::writeNetX(network, path))
    return "unwritable " + llvm::toString(std::move(error));
  if (inBytes) {
    std::string bytes = readBytes(path);
    damageBytes(bytes, random);
    writeBytes(path, bytes);
  }
  netx::ImportOptions options;
  options.profile = random.pick(
      {"loihi", "loihi", "loihi:latency=none", "loihi:reset_interval=8,reset_offset=3", "loihi:reset_offset=1"});
  nir::Report report(path.str());
  OwningOpRef<ModuleOp> module = netx::importNetX(path, options, context, report);
  if (!module) {
    std::string errors = llvm::toString(report.takeError());
    bool isFine = !inLayers && !inBytes && options.profile != "loihi:reset_offset=1";
    return errors.empty() ? "fault refused without an error"
           : isFine       ? "fault an undamaged file was refused: " + errors
                          : (saysDecoderDied(errors) ? "died " : "refused ") + errors;
  }
  if (report.failed() || failed(verify(*module)))
    return "fault loaded in spite of errors, or does not verify";
  FailureOr<netx::Network> again = netx::exportNetX(*module->getOps<NetworkOp>().begin());
  if (failed(again))
    return "fault loaded, but cannot be exported";
  if (llvm::Error error = netx::writeNetX(*again, path))
    return "fault loaded, but cannot be written: " + llvm::toString(std::move(error));
  return netx::importNetX(path, options, context, report) ? "loaded" : "fault the exported file was refused";
}

static std::string tryPackage(const Bases &bases, StringRef path, Random &random) {
  runtime::Bytes bytes = random.pick(bases.packages);
  damagePackage(bytes, random);
  if (auto status = runtime::writeFile(path.str(), bytes.data(), bytes.size()); !status)
    return "fault " + status.error().message;
  auto package = runtime::readPackage(path.str());
  if (!package)
    return "refused " + package.error().message;
  // What was accepted must be as good as what the compiler makes.
  auto again = runtime::writePackage(*package);
  return again ? "loaded" : "fault loaded, but cannot be written: " + again.error().message;
}

/// Changes the core map of a package and gives the package the hash of that.
static llvm::Error damageMap(runtime::Bytes &file, Random &random) {
  auto package = runtime::readPackage(file.data(), file.size(), "base.lle");
  runtime::Bytes &code = package->variants.front().code;
  std::string bytes(code.begin(), code.end());
  damageBytes(bytes, random);
  code.assign(bytes.begin(), bytes.end());
  auto written = runtime::writePackage(*package);
  if (!written)
    return llvm::createStringError(written.error().message);
  file = std::move(*written);
  return llvm::Error::success();
}

/// Runs a map that was accepted for a few steps.
static std::string runMap(runtime::CoreMap map, StringRef path) {
  runtime::checkCapacity(map); // whatever it says
  std::vector<std::vector<int32_t>> inputs;
  std::vector<std::vector<uint8_t>> outputs;
  std::vector<const int32_t *> from;
  std::vector<void *> to;
  static constexpr size_t kSteps = 3;
  for (const runtime::CorePort &port : map.inputs)
    from.push_back(inputs.emplace_back(kSteps * runtime::countNeurons(map.populations[port.population]), 1).data());
  for (const runtime::CorePort &port : map.outputs)
    to.push_back(outputs.emplace_back(kSteps * 4 * runtime::countNeurons(map.populations[port.population])).data());
  auto emulator = runtime::Emulator::create(std::move(map), path.str());
  if (!emulator)
    return "refused " + emulator.error().message;
  emulator->start().run(kSteps, from.data(), to.data());
  return "loaded";
}

static std::string tryMap(const Bases &bases, StringRef path, Random &random) {
  runtime::Bytes bytes = random.pick(bases.maps);
  if (random.chance(0.2))
    damagePackage(bytes, random);
  else if (llvm::Error error = damageMap(bytes, random))
    return "unwritable " + llvm::toString(std::move(error));
  if (auto status = runtime::writeFile(path.str(), bytes.data(), bytes.size()); !status)
    return "fault " + status.error().message;
  auto package = runtime::readPackage(path.str());
  if (!package)
    return "refused " + package.error().message;
  auto map = runtime::readCoreMap(*package, path.str());
  if (!map)
    return "refused " + map.error().message;
  auto again = runtime::writeCoreMap(*map);
  return again ? runMap(std::move(*map), path) : "fault loaded, but cannot be written: " + again.error().message;
}

static nir::Observable makeObservable(Random &random, unsigned index) {
  nir::Observable grid;
  grid.node = random.pick<std::string>({"input", "lif", "sub/lif"});
  grid.name = "o" + std::to_string(index);
  grid.samples = random.range(0, 3);
  grid.neurons = random.range(1, 8);
  grid.dt = random.pick({1e-3, 1e-4, 1.0, 0.7});
  nir::Shape shape{grid.samples, random.range(1, 20), grid.neurons};
  std::vector<float> values(shape[0] * shape[1] * shape[2]);
  bool isBinary = random.chance(0.5);
  for (float &value : values)
    value = !random.chance(0.3) ? 0 : isBinary ? 1 : float(random.real(-2, 2));
  grid.data = nir::Array::f32(shape, values);
  return random.chance(0.4) ? grid : nir::toEvents(grid);
}

static std::string tryData(StringRef path, Random &random) {
  std::vector<nir::Observable> observables;
  for (unsigned count = unsigned(random.range(1, 3)); observables.size() < count;)
    observables.push_back(makeObservable(random, unsigned(observables.size())));
  bool inBytes = random.chance(0.4);
  if (!inBytes)
    damageData(observables, random);
  if (llvm::Error error = nir::writeData(observables, path))
    return "unwritable " + llvm::toString(std::move(error));
  if (inBytes) {
    std::string bytes = readBytes(path);
    damageBytes(bytes, random);
    writeBytes(path, bytes);
  }
  nir::Report report(path.str());
  std::optional<std::vector<nir::Observable>> back = nir::readData(path, report);
  if (!back) {
    std::string errors = llvm::toString(report.takeError());
    return errors.empty() ? "fault refused without an error"
                          : (saysDecoderDied(errors) ? "died " : "refused ") + errors;
  }
  // What was accepted can be put on a grid, or that is refused, and it can be written.
  for (const nir::Observable &one : *back) {
    bool isGrid = one.kind == nir::ObservableKind::TimeGridded;
    auto grid = nir::toTimeGrid(one, isGrid ? one.dt : one.tMax / double(random.range(1, 30)), nir::EventMerge::Count);
    if (!grid)
      llvm::consumeError(grid.takeError());
    else if (grid->data.size() != size_t(grid->samples * grid->neurons * grid->data.getShape()[1]))
      return "fault the grid has another size than its shape";
  }
  if (llvm::Error error = nir::writeData(*back, path))
    return "fault loaded, but cannot be written: " + llvm::toString(std::move(error));
  return "loaded";
}

static std::string tryEvents(StringRef path, Random &random) {
  std::string bytes;
  uint32_t time = uint32_t(random.below(1 << 20));
  for (int64_t events = random.range(1, 300); events > 0; --events) {
    time += uint32_t(random.below(2000));
    for (uint64_t byte : {random.below(34), random.chance(0.01) ? 240 : random.below(34),
                          random.below(2) << 7 | (time >> 16 & 127), uint64_t(time >> 8), uint64_t(time)})
      bytes += char(byte);
  }
  if (random.chance(0.8))
    damageBytes(bytes, random);
  writeBytes(path, bytes);
  auto events = runtime::readEvents(path.str());
  if (!events)
    return "refused " + events.error().message;
  bool isBinned = random.chance(0.5);
  runtime::Binning binning{random.range(1, 2), 34, 34, isBinned ? 1 + random.below(5000) : 0,
                           isBinned ? 0 : random.range(1, 500)};
  auto frames = runtime::binEvents(*events, binning, path.str());
  if (!frames)
    return "refused " + frames.error().message;
  bool isInside = llvm::all_of(frames->positions, [&](uint32_t at) { return at < binning.channels * 34 * 34; });
  return isInside && frames->ends.back() == events->size() ? "loaded" : "fault events are lost or outside";
}

namespace {
enum class Kind { NIR, Package, Map, Data, Events, NetX };
constexpr const char *kSuffixes[] = {"nir", "lle", "map.lle", "h5", "bin", "net"};
} // namespace

static Kind getKind(uint64_t number) {
  return number % 2 == 0    ? Kind::NIR
         : number % 8 == 1  ? Kind::Package
         : number % 8 == 5  ? Kind::Map
         : number % 8 == 3  ? Kind::Data
         : number % 16 == 7 ? Kind::Events
                            : Kind::NetX;
}

/// A trial for the parent: one line. The file stays where it fails.
static std::string tryFile(MLIRContext &context, const Bases &bases, uint64_t number) {
  std::string diagnostics;
  ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) { diagnostics += ": " + diagnostic.str(); });
  limitTime(kTimeout);
  Random random(number);
  SmallString<128> path(work);
  Kind kind = getKind(number);
  llvm::sys::path::append(path, llvm::formatv("{0}.{1}", number, kSuffixes[unsigned(kind)]).str());
  std::string line = kind == Kind::NIR       ? tryNIR(context, bases, path, random)
                     : kind == Kind::Package ? tryPackage(bases, path, random)
                     : kind == Kind::Map     ? tryMap(bases, path, random)
                     : kind == Kind::Data    ? tryData(path, random)
                     : kind == Kind::Events  ? tryEvents(path, random)
                                             : tryNetX(context, path, random);
  limitTime(0);
  if (!StringRef(line).starts_with("fault"))
    llvm::sys::fs::remove(path);
  std::replace(line.begin(), line.end(), '\n', ' ');
  return line + diagnostics.substr(0, diagnostics.find('\n')) + "\n";
}

static int runFiles(MLIRContext &context, const Bases &bases) {
  std::map<std::string, uint64_t> results[std::size(kSuffixes)];
  auto report = [&](uint64_t index, StringRef line) {
    StringRef kind = line.split(' ').first;
    ++results[unsigned(getKind(seed + index * stride))][kind.str()];
    if (verbose || kind == "crash" || kind == "fault")
      llvm::outs() << "seed " << seed + index * stride << ": " << line << "\n";
  };
  if (!runTrials(
          count, jobs, kTimeout, [&](uint64_t index) { return tryFile(context, bases, seed + index * stride); },
          report)) {
    llvm::errs() << "lle-fuzz-files: processes cannot be made\n";
    return 2;
  }
  bool fine = true;
  for (auto [suffix, of] : llvm::zip_equal(kSuffixes, results)) {
    if (of.empty())
      continue; // no file of this kind was among them
    llvm::outs() << llvm::formatv(".{0}: {1} refused, {2} loaded, {3} ended the decoder, {4} not writable, {5} wrong, "
                                  "{6} crash\n",
                                  suffix, of["refused"], of["loaded"], of["died"], of["unwritable"], of["fault"],
                                  of["crash"]);
    fine = fine && of["fault"] == 0 && of["crash"] == 0;
    if (count >= kEnough && (of["refused"] == 0 || of["loaded"] == 0)) {
      llvm::outs() << "some should have been refused and some loaded\n";
      fine = false;
    }
  }
  return fine ? 0 : 1;
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  llvm::cl::HideUnrelatedOptions(category);
  llvm::cl::ParseCommandLineOptions(
      argc, argv, "reads damaged .nir and .net files, .lle packages, core maps and recordings (.h5, .bin)\n");

  DialectRegistry registry;
  registerLoweringDialects(registry);
  nir::registerImportDialects(registry);
  registry.insert<neuro::NeuroDialect>();
  registerTargetChips();
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  context.loadAllAvailableDialects();
  Bases bases;
  if (!makeBases(context, bases))
    return 2;

  bool ownFolder = work.empty();
  SmallString<128> folder(work);
  if (std::error_code error = ownFolder ? llvm::sys::fs::createUniqueDirectory("lle-fuzz-files", folder)
                                        : llvm::sys::fs::create_directories(folder)) {
    llvm::errs() << "lle-fuzz-files: no folder for the files: " << error.message() << "\n";
    return 2;
  }
  work = folder.str().str();
  int status = runFiles(context, bases);
  if (status == 0 && ownFolder)
    llvm::sys::fs::remove_directories(folder);
  else if (status != 0)
    llvm::outs() << "the files are in " << work << "\n";
  return status;
}
