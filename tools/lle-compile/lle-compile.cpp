//===- lle-compile.cpp - networks to packages, objects and libraries ------===//
#include "dialects/LLE/Downsampling.h"
#include "passes/Analysis/Activity.h"
#include "passes/Simplify/Passes.h"
#include "targets/C/CSource.h"
#include "targets/Firmware/Firmware.h"
#include "targets/Native/Describe.h"
#include "targets/Native/Header.h"
#include "targets/Native/Link.h"
#include "targets/Neuromorphic/MapNetwork.h"
#include "tools/common/Flags.h"
#include "tools/common/Reproducer.h"
#include "tools/common/Tool.h"
#include "tools/lle-compile/Report.h"

#include "llvm/Support/Path.h"

using namespace mlir;
using namespace lle;
namespace cl = llvm::cl;

static constexpr const char *kOverview =
    R"(compile a spiking network to native code, or to the cores of a neuromorphic chip

  lle-compile digits.nir --profile=norse --target=native -o digits.lle
  lle-compile digits.mlir --target=x86-64-v3 --emit=library -o libdigits.a   # and libdigits.h
  lle-compile digits.mlir --emit=c -o digits.c                              # and digits.h
  lle-compile digits.mlir --emit=asm -o -
  lle-compile mnist.net --profile=loihi:latency=none --target=loihi2 -o mnist.lle   # a core map
  lle-compile digits.mlir --activity-data=x.npy --report=r.json -o digits.lle

INPUT is a .nir file, MLIR text or bytecode, or a .lle package, whose source is compiled anew. A plain .nir file does
not say how its framework steps a neuron: --profile does (nir, snntorch, norse, sinabs, ...). A .lle package runs with
lle-run, or in a program that links LLE's runtime; an object or a library needs no runtime and no C library.

A synapse visits all elements of its input, or those that are not zero. Which is cheaper depends on how many they are:
--activity-data has the compiler run the network on samples and count; the package keeps what it counted.
)";

namespace {
enum class Emit { Package, Object, Library, C, Header, Firmware, Assembly, LLVMIR, MLIR };

cl::OptionCategory category("Options of lle-compile");
cl::opt<std::string> input(cl::Positional, cl::Required, cl::desc("INPUT"), cl::cat(category));
cl::opt<std::string> output("o", cl::Required, cl::desc("File to write; - is standard output"), cl::value_desc("FILE"),
                            cl::cat(category));
cl::opt<std::string> targetName("target", cl::init("native"), cl::desc("Machine to compile for (default: this one)"),
                                cl::value_desc("NAME"), cl::cat(category));
cl::opt<Emit>
    emitKind("emit", cl::init(Emit::Package), cl::desc("What to write"), cl::cat(category),
             cl::values(clEnumValN(Emit::Package, "lle", "a package with code, interface and source (default)"),
                        clEnumValN(Emit::Object, "object", "a relocatable object"),
                        clEnumValN(Emit::Library, "library", "a static library, and its C header beside it"),
                        clEnumValN(Emit::C, "c", "portable C99 without vectors, and its header beside it"),
                        clEnumValN(Emit::Header, "header", "the C header"),
                        clEnumValN(Emit::Firmware, "firmware", "a folder that builds into a program of the target"),
                        clEnumValN(Emit::Assembly, "asm", "assembly text"),
                        clEnumValN(Emit::LLVMIR, "llvm-ir", "optimised LLVM IR, as text"),
                        clEnumValN(Emit::MLIR, "mlir",
                                   "the network as MLIR, with the nodes of --keep exposed; for a chip, its map")));
cl::opt<Accuracy> approx("approx", cl::init(Accuracy::standard),
                         cl::desc("Absolute error allowed to exp, tanh and the like"), cl::cat(category),
                         cl::values(clEnumValN(Accuracy::standard, "default", "2e-7"),
                                    clEnumValN(Accuracy::fast, "fast", "1e-5")));
cl::opt<unsigned> optimize("O", cl::Prefix, cl::init(3), cl::desc("LLVM's optimisation level, 0 to 3 (default)"),
                           cl::value_desc("N"), cl::cat(category));
cl::opt<bool> nodeScopes("g", cl::desc("Say in debug information which node an instruction belongs to"),
                         cl::cat(category));
cl::list<std::string> settings("set",
                               cl::desc("Set an option of a pass of the pipeline; `lle-opt --help` has them all"),
                               cl::value_desc("PASS.OPTION=VALUE"), cl::cat(category));
LoadFlags load(category);
cl::list<std::string> keep("keep", cl::desc("Show the result of a node as an output, so that it can be probed"),
                           cl::value_desc("NODE"), cl::cat(category));
InputFlags activity(category, "activity-data",
                    "Samples to measure the network's activity on: an array, NIRData, or "
                    "recordings of events");
cl::opt<SynapseChoice> synapse("synapse", cl::init(SynapseChoice::Auto),
                               cl::desc("Which elements of its input a synapse visits"), cl::cat(category),
                               cl::values(clEnumValN(SynapseChoice::Auto, "auto",
                                                     "those that make it cheaper, for each synapse (default)"),
                                          clEnumValN(SynapseChoice::Dense, "dense", "all"),
                                          clEnumValN(SynapseChoice::Event, "event", "those that are not zero")));
cl::opt<std::string>
    report("report", cl::desc("Write what each node costs on the target, and decisions, as JSON; - prints a table"),
           cl::value_desc("FILE"), cl::cat(category));
} // namespace

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

static llvm::Expected<CompileOptions> getCompileOptions() {
  CompileOptions options;
  options.accuracy = approx;
  options.optimize = optimize;
  options.nodeScopes = nodeScopes;
  if (optimize > 3)
    return llvm::createStringError("-O: there are levels 0 to 3, got " + llvm::Twine(optimize));
  for (const std::string &text : settings) {
    llvm::Expected<PassSetting> setting = PassSetting::parse(text);
    if (!setting)
      return setting.takeError();
    options.settings.push_back(*setting);
  }
  return options;
}

/// Beside the library, and named as what `-l` links: model.h of libmodel.a.
static std::string getHeaderPath() {
  SmallString<128> path = llvm::sys::path::parent_path(output);
  StringRef name = llvm::sys::path::stem(output);
  if (name != "lib")
    name.consume_front("lib");
  llvm::sys::path::append(path, name + ".h");
  return path.str().str();
}

/// The contents of the output. A library also writes its header.
static FailureOr<std::string> emitCode(Tool &tool, NetworkOp source, CompiledNetwork &network, const Target &target) {
  switch (emitKind) {
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
    if (failed(header) || emitKind == Emit::Header)
      return header;
    if (llvm::Error error = writeOutput(getHeaderPath(), *header)) {
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

/// Writes the output: a file, or a folder.
static int writeCode(Tool &tool, NetworkOp source, const CompileOptions &options, CompiledNetwork &network,
                     const Target &target) {
  if (emitKind == Emit::Firmware) {
    auto files = makeFirmware(source, options, network, target);
    if (failed(files))
      return kUserError;
    llvm::Error error = writeFolder(output, *files);
    return error ? tool.fail(std::move(error)) : kFine;
  }
  FailureOr<std::string> contents = emitCode(tool, source, network, target);
  if (failed(contents))
    return kUserError;
  llvm::Error error = writeOutput(output, *contents);
  return error ? tool.fail(std::move(error)) : kFine;
}

/// Writes a C file, and its header beside it unless it goes to standard output.
static int writeC(Tool &tool, NetworkOp network, const Target &target, const CompileOptions &options) {
  std::string header = getHeaderPath();
  bool isFile = output != "-";
  FailureOr<CSource> source = compileToC(network, target, options,
                                         isFile ? llvm::sys::path::filename(header) : (network.getName() + ".h").str());
  if (failed(source))
    return kUserError;
  tool.showProgress("writing " + output);
  if (isFile)
    if (llvm::Error error = writeOutput(header, writeHeader(source->package, "any C99 compiler")))
      return tool.fail(std::move(error));
  llvm::Error error = writeOutput(output, source->text);
  return error ? tool.fail(std::move(error)) : kFine;
}

/// The data of --activity-data; null where there is none.
static llvm::Expected<std::unique_ptr<Dataset>> readActivityData(NetworkOp network) {
  llvm::Expected<InputOptions> options = activity.get();
  if (!options)
    return options.takeError();
  if (options->arguments.empty() && !options->timespans.empty())
    return llvm::createStringError("--timespans is for --activity-data");
  if (options->arguments.empty())
    return nullptr;
  std::vector<runtime::Port> ports = describeInputs(network);
  llvm::Expected<Sequences> sequences =
      Sequences::read(*options, {ports, int64_t(network.getSteps().value_or(0)), network.getDt().convertToDouble(),
                                 getDownsampling(network)});
  if (!sequences)
    return sequences.takeError();
  std::vector<std::string> files;
  for (StringRef argument : options->arguments)
    files.push_back(argument.substr(argument.find('=') == StringRef::npos ? 0 : argument.find('=') + 1).str());
  return std::make_unique<SequenceData>(std::move(*sequences), getFileNames(files));
}

/// A table for people on standard output, JSON in a file.
static int writeReport(Tool &tool, const CompiledNetwork &network, const Target &target, const CompileOptions &options,
                       NetworkOp source, ArrayRef<SynapseDecision> decisions, const Dataset *data) {
  tool.showProgress("estimating for " + target.name);
  FailureOr<NetworkCosts> costs = measureCosts(source, target, options, data);
  if (failed(costs))
    return kUserError;
  llvm::Error error = writeOutput(report, report == "-" ? formatCosts(*costs, target)
                                                        : formatReport(network, target, source, decisions, *costs));
  return error ? tool.fail(std::move(error)) : kFine;
}

/// The network's text, with resources: the operator << leaves them out.
static int writeMLIR(Tool &tool, ModuleOp module) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  module->print(stream);
  llvm::Error error = writeOutput(output, text);
  return error ? tool.fail(std::move(error)) : kFine;
}

static void addOrigin(runtime::Package &package, runtime::Bytes source, const LoadedNetwork &loaded) {
  package.source = std::move(source);
  package.explain = loaded.explain;
  package.provenance.sourceName = loaded.sourceName;
  package.provenance.sourceHash = loaded.sourceHash;
}

/// For a chip of cores: a package with a core map, or that map as MLIR.
static int writeMap(Tool &tool, const LoadedNetwork &loaded, runtime::Bytes source, const Target &target,
                    const CompileOptions &options) {
  if (emitKind != Emit::Package && emitKind != Emit::MLIR)
    return tool.fail("there is no code for the target '" + target.name +
                     "', which is a neuromorphic chip: --emit is lle, a package with a core map, or mlir" +
                     (target.arithmetic == "spinnaker2"
                          ? "; lle-report-map --elements makes networks of its processors, "
                            "for which there is code"
                          : ""));
  if (!report.empty())
    return tool.fail("--report is about machine code, which the target '" + target.name + "' has none of");
  tool.showProgress("mapping to " + target.name);
  FailureOr<OwningOpRef<ModuleOp>> mapped = mapNetwork(loaded.network, target, options.settings);
  if (failed(mapped))
    return kUserError;
  if (emitKind == Emit::MLIR)
    return writeMLIR(tool, **mapped);
  FailureOr<runtime::Package> package = packMap(loaded.network, **mapped, target, options.settings);
  if (failed(package))
    return kUserError;
  addOrigin(*package, std::move(source), loaded);
  tool.showProgress("writing " + output);
  runtime::Result<runtime::Bytes> bytes = runtime::writePackage(*package);
  if (!bytes)
    return tool.fail(bytes.error().message);
  llvm::Error error = writeOutput(output, StringRef(reinterpret_cast<const char *>(bytes->data()), bytes->size()));
  return error ? tool.fail(std::move(error)) : kFine;
}

static int run(Tool &tool) {
  llvm::Expected<CompileOptions> options = getCompileOptions();
  if (!options)
    return tool.fail(options.takeError());
  if (emitKind == Emit::C && !report.empty())
    return tool.fail("--report is about machine code, and --emit=c writes none");
  tool.showProgress("reading " + input);
  FailureOr<LoadedNetwork> loaded = loadNetwork(input, load.get(), tool.getContext());
  if (failed(loaded))
    return kUserError;
  keepReproducer(*loaded->module);
  tool.showProgress("measuring " + input);
  auto data = readActivityData(loaded->network);
  if (!data)
    return tool.fail(data.takeError());
  if (*data) {
    llvm::Expected<Activity> activity = measureActivity(loaded->network, **data, {});
    if (!activity)
      return tool.fail(activity.takeError());
    writeActivity(loaded->network, *activity);
  }
  FailureOr<runtime::Bytes> source = writeSource(*loaded->module);
  if (failed(source) || failed(exposeNodes(loaded->network, keep)))
    return kUserError;
  FailureOr<Target> target = getTarget(targetName, tool.getContext());
  if (failed(target))
    return kUserError;
  if (!target->arithmetic.empty())
    return writeMap(tool, *loaded, std::move(*source), *target, *options);
  if (emitKind == Emit::MLIR)
    return writeMLIR(tool, *loaded->module);
  if (failed(checkHasCode(*target, tool.getContext())))
    return kUserError;
  SynapseRequest request;
  request.kernel = synapse;
  request.lanes = emitKind == Emit::C ? 1 : target->lanes;
  request.costs = target->synapseCosts;
  auto decisions = chooseSynapses(loaded->network, request);
  if (failed(decisions))
    return kUserError;
  tool.showProgress("compiling for " + target->name);
  if (emitKind == Emit::C)
    return writeC(tool, loaded->network, *target, *options);
  FailureOr<CompiledNetwork> network = compileNetwork(loaded->network, *target, *options);
  if (failed(network))
    return kUserError;
  addOrigin(network->package, std::move(*source), *loaded);
  tool.showProgress("writing " + output);
  if (int status = writeCode(tool, loaded->network, *options, *network, *target); status != kFine)
    return status;
  if (!report.empty())
    return writeReport(tool, *network, *target, *options, loaded->network, *decisions, data->get());
  return kFine;
}

int main(int argc, char **argv) {
  Tool tool(argc, argv, category, kOverview);
  int status = run(tool);
  tool.showProgress("");
  return status;
}
