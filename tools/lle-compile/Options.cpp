//===- Options.cpp - the command line of lle-compile ----------------------===//
#include "tools/lle-compile/Options.h"
#include "tools/common/Flags.h"
#include "tools/common/Tool.h"

using namespace lle;
using namespace lle::compile;
namespace cl = llvm::cl;

const char *const compile::overview =
    R"(compile a liquid or spiking network to native code, or to the cores of a neuromorphic chip

  lle-compile digits.nir --profile=norse --target=native -o digits.lle
  lle-compile digits.mlir --target=x86-64-v3 --emit=library -o libdigits.a   # and libdigits.h
  lle-compile digits.mlir --emit=c -o digits.c                              # and digits.h
  lle-compile digits.mlir --emit=asm -o -
  lle-compile mnist.net --profile=loihi:latency=none --target=loihi2 -o mnist.lle   # a core map
  lle-compile digits.mlir --activity-data=x.npy --report=r.json -o digits.lle

INPUT is a .nir or .net file, MLIR text or bytecode, or a .lle package, whose source is compiled anew. A plain .nir file
does not say how its framework steps a neuron: --profile does (nir, snntorch, norse, sinabs, ...). A .lle package runs
with lle-run, or in a program that links LLE's runtime; an object or a library needs no runtime and no C library.

A synapse visits all elements of its input, or those that are not zero. Which is cheaper depends on how many they are:
--activity-data has the compiler run the network on samples and count; the package keeps what it counted.
)";

cl::OptionCategory compile::category("Options of lle-compile");

namespace {
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
cl::opt<bool> insertDelays("insert-delays",
                           cl::desc("For a chip: give loops the delays that they lack, which makes another network"),
                           cl::cat(category));
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
  if (insertDelays)
    options.settings.push_back({"spk-to-neuro", "insert-delays", "true"});
  return options;
}

llvm::Expected<Options> compile::getOptions() {
  llvm::Expected<CompileOptions> code = getCompileOptions();
  if (!code)
    return code.takeError();
  if (emitKind == Emit::C && !report.empty())
    return llvm::createStringError("--report is about machine code, and --emit=c writes none");
  llvm::Expected<InputOptions> data = activity.get();
  if (!data)
    return data.takeError();
  if (data->arguments.empty() && !data->timespans.empty())
    return llvm::createStringError("--timespans is for --activity-data");
  for (llvm::StringRef path : {llvm::StringRef(output), llvm::StringRef(report)})
    if (llvm::Error error = checkOutput(path, input))
      return std::move(error);
  return Options{input, output,  targetName, emitKind, *code, load.get(), std::vector<std::string>(keep),
                 *data, synapse, report};
}
