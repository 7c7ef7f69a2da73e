//===- lle-translate.cpp - networks from and to files of other tools ------===//
//
// A .nir or .net file is HDF5, which is read and written by path: there is no standard input for it.
//
//===----------------------------------------------------------------------===//
#include "frontends/NIR/Explain.h"
#include "frontends/NIR/Export.h"
#include "frontends/NIR/Import.h"
#include "frontends/NIR/Profiles.h"
#include "frontends/NIR/Write.h"
#include "frontends/NetX/Export.h"
#include "frontends/NetX/Import.h"
#include "frontends/NetX/Quantise.h"
#include "tools/common/Version.h"
#include "tools/lle-translate/Data.h"

#include "mlir/IR/AsmState.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/WithColor.h"

using namespace mlir;
namespace cl = llvm::cl;

static cl::OptionCategory category("lle-translate options");

static cl::opt<std::string> input(cl::Positional, cl::Required, cl::desc("FILE"), cl::cat(category));
static cl::opt<std::string> output("o", cl::init("-"), cl::value_desc("file"),
                                   cl::desc("where the result goes ('-': standard output)"), cl::cat(category));
static cl::opt<bool> importNIR("import-nir", cl::desc("read a .nir file, write a network"), cl::cat(category));
static cl::opt<bool> exportNIR("export-nir", cl::desc("read a network, write a .nir file (needs -o)"),
                               cl::cat(category));
static cl::opt<bool> importNetX("import-netx", cl::desc("read a NetX (.net) file of lava-dl, write a network"),
                                cl::cat(category));
static cl::opt<bool> exportNetX("export-netx", cl::desc("read a network, write a NetX file (needs -o)"),
                                cl::cat(category));
static cl::opt<std::string> profile("profile", cl::value_desc("name[:key=value,...]"),
                                    cl::desc("how the network's framework runs it, see below"), cl::cat(category));
static cl::opt<double> dt("dt", cl::value_desc("seconds"), cl::desc("length of a time step"), cl::cat(category));
static cl::opt<std::string> name("name", cl::value_desc("symbol"),
                                 cl::desc("name of the network (the file's, if not given)"), cl::cat(category));
static cl::opt<bool> repair("repair", cl::desc("mend what a malformed file leaves no doubt about, and say how"),
                            cl::cat(category));

static cl::opt<bool> explain("explain",
                             cl::desc("print what became of each node's parameters; the network goes to -o, if given"),
                             cl::cat(category));

static cl::opt<bool> nirData("nir-data",
                             cl::desc("read a NIRData file, list it or write one recording as .npy; read a .npy file "
                                      "(samples, steps, features...), write NIRData"),
                             cl::cat(category));
static cl::opt<std::string> node("node", cl::value_desc("name"), cl::desc("--nir-data: node of the recording"),
                                 cl::cat(category));
static cl::opt<std::string> observable("observable", cl::value_desc("name"),
                                       cl::desc("--nir-data: which recording of the node (written: spikes)"),
                                       cl::cat(category));
static cl::opt<bool> asEvents("as-events", cl::desc("--nir-data: write what is not 0 as events, not on a grid of time"),
                              cl::cat(category));

static llvm::raw_ostream &complain() { return llvm::WithColor::error(llvm::errs(), "lle-translate"); }

static void print(const lle::nir::Report &report) {
  for (const std::string &message : report.remarks)
    llvm::WithColor::remark(llvm::errs(), "lle-translate") << message << "\n";
  for (const std::string &message : report.warnings)
    llvm::WithColor::warning(llvm::errs(), "lle-translate") << message << "\n";
  for (const std::string &message : report.errors)
    complain() << message << "\n";
}

/// Nobody sees half a file: it gets its name when it is complete.
static bool writeModule(ModuleOp module) {
  llvm::Error error = llvm::writeToOutput(output, [&](llvm::raw_ostream &os) {
    module.print(os);
    return llvm::Error::success();
  });
  if (!error)
    return true;
  complain() << output << ": " << llvm::toString(std::move(error)) << "\n";
  return false;
}

template <typename Options>
static Options makeImportOptions() {
  Options options;
  options.profile = profile;
  if (dt.getNumOccurrences())
    options.dt = dt;
  options.name = name;
  return options;
}

static OwningOpRef<ModuleOp> import(MLIRContext &context, lle::nir::Report &report) {
  if (importNetX)
    return lle::netx::importNetX(input, makeImportOptions<lle::netx::ImportOptions>(), context, report);
  auto options = makeImportOptions<lle::nir::ImportOptions>();
  options.repair = repair;
  if (lle::netx::isProfile(profile))
    return lle::netx::importQuantisedNIR(input, options, context, report);
  return lle::nir::importNIRFile(input, options, context, report);
}

static bool runImport() {
  MLIRContext context;
  lle::nir::Report report(input);
  OwningOpRef<ModuleOp> module = import(context, report);
  print(report);
  if (!module)
    return false;
  if (explain)
    llvm::outs() << lle::nir::explain(*module->getOps<lle::NetworkOp>().begin());
  return (explain && !output.getNumOccurrences()) || writeModule(*module);
}

static llvm::Error write(const lle::nir::Graph &graph) { return lle::nir::writeGraph(graph, output); }
static llvm::Error write(const lle::netx::Network &network) { return lle::netx::writeNetX(network, output); }

template <typename Exported>
static bool writeExported(const FailureOr<Exported> &exported) {
  if (failed(exported))
    return false;
  llvm::Error error = write(*exported);
  if (!error)
    return true;
  complain() << llvm::toString(std::move(error)) << "\n";
  return false;
}

static bool runExport() {
  if (output == "-") {
    complain() << (exportNIR ? "--export-nir" : "--export-netx")
               << " needs -o FILE: HDF5 is not written to standard output\n";
    return false;
  }
  DialectRegistry registry;
  lle::nir::registerImportDialects(registry);
  MLIRContext context(registry);
  // An operation may hold megabytes of weights.
  context.printOpOnDiagnostic(false);
  llvm::SourceMgr sources;
  SourceMgrDiagnosticHandler diagnostics(sources, &context, llvm::errs());
  OwningOpRef<ModuleOp> module = parseSourceFile<ModuleOp>(input, sources, &context);
  if (!module)
    return false;
  auto networks = llvm::to_vector(module->getOps<lle::NetworkOp>());
  if (networks.size() != 1) {
    complain() << input << ": expected one lle.network, found " << networks.size() << "\n";
    return false;
  }
  if (exportNIR)
    return writeExported(lle::nir::exportNIR(networks.front()));
  return writeExported(lle::netx::exportNetX(networks.front()));
}

static llvm::Error runNIRData() {
  lle::DataOptions options{input, output, node, observable, std::nullopt, asEvents};
  if (dt.getNumOccurrences())
    options.dt = dt;
  return lle::convertData(options);
}

/// What the command line asks for; false, with a message, where it is not one thing.
static bool checkAction() {
  static constexpr llvm::StringLiteral choices = "--import-nir, --export-nir, --import-netx, --export-netx";
  unsigned actions = importNIR + exportNIR + importNetX + exportNetX + nirData;
  if (actions == 1)
    return true;
  if (actions == 0)
    complain() << "nothing to do: give " << choices << " or --nir-data\n";
  else
    complain() << choices << " and --nir-data exclude each other\n";
  return false;
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  lle::setVersionPrinter();
  registerAsmPrinterCLOptions();
  std::string profiles = "\n" + lle::nir::describeProfiles() + lle::netx::describeProfile();
  cl::extrahelp help(profiles);
  cl::HideUnrelatedOptions(category);
  cl::ParseCommandLineOptions(argc, argv, "translates networks from and to the formats of other tools\n");
  if (!checkAction())
    return 1;
  if (!nirData)
    return (importNIR || importNetX ? runImport() : runExport()) ? 0 : 1;
  if (llvm::Error error = runNIRData()) {
    complain() << llvm::toString(std::move(error)) << "\n";
    return 1;
  }
  return 0;
}
