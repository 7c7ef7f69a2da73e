//===- lle-report-map.cpp - what a core map takes of its chip -------------===//
#include "runtime/coremap/CoreMapFile.h"
#include "targets/CoreMaps/NetworkExport.h"
#include "targets/CoreMaps/SanaFe.h"
#include "tools/common/EmulatorEngine.h"
#include "tools/common/Flags.h"
#include "tools/common/Run.h"
#include "tools/lle-report-map/Elements.h"

#include "llvm/Support/FormatVariadic.h"

using namespace lle;
namespace cl = llvm::cl;

static constexpr const char *kOverview = R"(how full the cores of a map are, core by core, and where its packets go

  lle-report-map digits.lle
  lle-report-map digits.lle --format=svg -o digits.svg
  lle-report-map digits.lle --input=images.npy --format=svg -o digits.svg
  lle-report-map digits.lle --sana-fe=digits
  lle-report-map digits.lle --elements=digits

What the cores hold is counted from the map, and compared with the limits of the chip that it was made for. The exit
status is 0 if the map fits, and 1 if it does not; then the report says which layer and core, and what to do. Limits that
no one has published are marked as assumed. Packets and rates are estimates, marked so; with --input the emulator runs
the map, and what it counts takes their place.
)";

namespace {
enum class Format { Text, JSON, SVG, Network };

cl::OptionCategory category("Options of lle-report-map");
cl::opt<std::string> model(cl::Positional, cl::Required, cl::desc("MAP.lle"), cl::cat(category));
cl::opt<std::string> output("o", cl::init("-"), cl::desc("File to write (default: standard output)"),
                            cl::value_desc("FILE"), cl::cat(category));
cl::opt<std::string> target("target", cl::desc("The map of this chip (default: the first)"), cl::value_desc("NAME"),
                            cl::cat(category));
cl::opt<Format>
    format("format", cl::init(Format::Text), cl::desc("What to write:"),
           cl::values(clEnumValN(Format::Text, "text", "a table (default)"),
                      clEnumValN(Format::JSON, "json", "the same for programs"),
                      clEnumValN(Format::SVG, "svg", "cores on the die, darker the fuller, and links"),
                      clEnumValN(Format::Network, "network", "JSON of populations, their cores, and all connections")),
           cl::cat(category));
cl::opt<double> tick("tick-ms", cl::init(1), cl::desc("Length of a tick, for power (default: 1)"), cl::cat(category));
cl::opt<double> rate("rate", cl::init(0.1), cl::desc("Share of sources that spike in a tick, for power (default: 0.1)"),
                     cl::cat(category));
InputFlags inputs(category, "input",
                  "Run the map on input sequences in the emulator, as lle-run does, and report that");
cl::opt<std::string> steps("steps", cl::desc("Steps to run of each sample of --input, or 'model'"), cl::value_desc("N"),
                           cl::cat(category));
cl::opt<std::string> sanaFe("sana-fe",
                            cl::desc("Also write PREFIX.arch.yaml and PREFIX.net.yaml for the simulator SANA-FE"),
                            cl::value_desc("PREFIX"), cl::cat(category));
cl::opt<std::string> elements("elements",
                              cl::desc("Also write, for each processing element of SpiNNaker2, core-N.bin, what its "
                                       "memory is loaded with, core-N.mlir, what it computes as a network, and "
                                       "core-N.o, code of that for its Cortex-M4F, which must fit its memory"),
                              cl::value_desc("FOLDER"), cl::cat(category));
} // namespace

static std::string formatReport(const runtime::CoreMap &map, const MapReport &report) {
  switch (format) {
  case Format::Text:
    return formatMap(map, report);
  case Format::JSON:
    return llvm::formatv("{0:2}\n", llvm::json::Value(formatMapAsJSON(map, report)));
  case Format::SVG:
    return formatMapAsSVG(map, report);
  case Format::Network:
    return llvm::formatv("{0}\n", llvm::json::Value(exportNetwork(map)));
  }
  llvm_unreachable("all formats are handled");
}

/// What the emulator counts of the input of the command line.
static llvm::Expected<runtime::Activity> emulate(runtime::CoreMap map, const runtime::Package &package) {
  llvm::Expected<InputOptions> options = inputs.get();
  if (!options)
    return options.takeError();
  options->steps = steps;
  auto sequences = Sequences::read(*options, {package.inputs, package.steps, package.dt, package.downsampling});
  if (!sequences)
    return sequences.takeError();
  runtime::Result<runtime::Emulator> emulator = runtime::Emulator::create(std::move(map), model);
  if (!emulator)
    return toError(emulator.error());
  auto engine = std::make_unique<EmulatorEngine>(std::move(*emulator));
  const EmulatorEngine &chip = *engine;
  OpenedModel opened{model, package, "emulator", std::move(engine), &chip, {}};
  llvm::Expected<RunResult> result = runModel(opened, *sequences, {});
  if (!result)
    return result.takeError();
  return chip.getActivity();
}

static int run(Tool &tool) {
  if (!(tick > 0) || !(rate >= 0 && rate <= 1))
    return tool.fail("--tick-ms is above 0, and --rate from 0 to 1");
  const bool hasInput = !inputs.inputs.empty();
  if (hasInput && rate.getNumOccurrences() != 0)
    return tool.fail("--rate is an estimate, and --input measures: give one of them");
  if (!hasInput && steps.getNumOccurrences() != 0)
    return tool.fail("--steps needs --input");
  runtime::Result<runtime::Package> package = runtime::readPackage(model);
  if (!package)
    return tool.fail(package.error().message);
  runtime::Result<runtime::CoreMap> map = runtime::readCoreMap(*package, model, target);
  if (!map)
    return tool.fail(map.error().message);
  runtime::Result<MapReport> report = reportMap(*map, tick / 1e3, rate);
  if (!report)
    return tool.fail(model + ": " + report.error().message);
  if (hasInput) {
    llvm::Expected<runtime::Activity> activity = emulate(*map, *package);
    if (!activity)
      return tool.fail(activity.takeError());
    addActivity(*map, std::move(*activity), *report);
  }
  if (!elements.empty() && failed(writeElements(tool, model, *map, package->dt, elements, *report)))
    return kUserError;
  if (llvm::Error error = writeOutput(output, formatReport(*map, *report)))
    return tool.fail(std::move(error));
  if (!sanaFe.empty()) {
    runtime::Result<SanaFeFiles> files = exportSanaFe(*map, {});
    if (!files)
      return tool.fail(model + ": " + files.error().message);
    for (auto [suffix, text] : {std::pair(".arch.yaml", files->architecture), std::pair(".net.yaml", files->network)})
      if (llvm::Error error = writeOutput(sanaFe + suffix, text))
        return tool.fail(std::move(error));
  }
  return report->violations.empty() ? kFine : kUserError;
}

int main(int argc, char **argv) {
  Tool tool(argc, argv, category, kOverview);
  return run(tool);
}
