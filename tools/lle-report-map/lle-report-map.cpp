//===- lle-report-map.cpp - what a core map takes of its chip -------------===//
#include "runtime/coremap/CoreMapFile.h"
#include "runtime/coremap/Image.h"
#include "targets/CoreMaps/CoreNetwork.h"
#include "targets/CoreMaps/MapReport.h"
#include "targets/CoreMaps/NetworkExport.h"
#include "targets/CoreMaps/SanaFe.h"
#include "tools/common/Tool.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"

using namespace lle;
namespace cl = llvm::cl;

static constexpr const char *kOverview = R"(how full the cores of a map are, core by core, and where its packets go

  lle-report-map digits.lle
  lle-report-map digits.lle --format=svg -o digits.svg
  lle-report-map digits.lle --sana-fe=digits
  lle-report-map digits.lle --elements=digits    # then: lle-compile digits/core-3.mlir --target=mps2-an386 --emit=object

What the cores hold is counted from the map, and compared with the limits of the chip that it was made for. The exit
status is 0 if the map fits, and 1 if it does not; then the report says which layer and core, and what to do. Limits that
no one has published are marked as assumed.
)";

namespace {
enum class Format { Text, JSON, SVG, Network };

cl::OptionCategory category("Options of lle-report-map");
cl::opt<std::string> input(cl::Positional, cl::Required, cl::desc("MAP.lle"), cl::cat(category));
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
cl::opt<std::string> sanaFe("sana-fe",
                            cl::desc("Also write PREFIX.arch.yaml and PREFIX.net.yaml for the simulator SANA-FE"),
                            cl::value_desc("PREFIX"), cl::cat(category));
cl::opt<std::string> elements("elements",
                              cl::desc("Also write, for each processing element of SpiNNaker2, core-N.bin, what its "
                                       "memory is loaded with, and core-N.mlir, what it computes as a network"),
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

/// The first error ends it.
static llvm::Error writeElements(const runtime::CoreMap &map, double dt) {
  if (std::error_code code = llvm::sys::fs::create_directories(elements))
    return llvm::createStringError(code, elements + ": " + code.message());
  for (uint32_t core = 0; core < map.cores.size(); ++core) {
    if (map.cores[core].isHost)
      continue;
    runtime::Result<runtime::Bytes> image = runtime::writeCoreImage(map, core);
    if (!image)
      return llvm::createStringError(input + ": " + image.error().message);
    runtime::Result<std::string> network = writeCoreNetwork(map, core, dt);
    if (!network)
      return llvm::createStringError(input + ": " + network.error().message);
    std::string name = elements + "/core-" + std::to_string(core);
    llvm::StringRef bytes(reinterpret_cast<const char *>(image->data()), image->size());
    if (llvm::Error error = writeOutput(name + ".bin", bytes))
      return error;
    if (llvm::Error error = writeOutput(name + ".mlir", *network))
      return error;
  }
  return llvm::Error::success();
}

static int run(Tool &tool) {
  if (!(tick > 0) || !(rate >= 0 && rate <= 1))
    return tool.fail("--tick-ms is above 0, and --rate from 0 to 1");
  runtime::Result<runtime::Package> package = runtime::readPackage(input);
  if (!package)
    return tool.fail(package.error().message);
  runtime::Result<runtime::CoreMap> map = runtime::readCoreMap(*package, input, target);
  if (!map)
    return tool.fail(map.error().message);
  runtime::Result<MapReport> report = reportMap(*map, tick / 1e3, rate);
  if (!report)
    return tool.fail(input + ": " + report.error().message);
  if (llvm::Error error = writeOutput(output, formatReport(*map, *report)))
    return tool.fail(std::move(error));
  if (!sanaFe.empty()) {
    runtime::Result<SanaFeFiles> files = exportSanaFe(*map, {});
    if (!files)
      return tool.fail(input + ": " + files.error().message);
    for (auto [suffix, text] : {std::pair(".arch.yaml", files->architecture), std::pair(".net.yaml", files->network)})
      if (llvm::Error error = writeOutput(sanaFe + suffix, text))
        return tool.fail(std::move(error));
  }
  if (!elements.empty())
    if (llvm::Error error = writeElements(*map, package->dt))
      return tool.fail(std::move(error));
  return report->violations.empty() ? kFine : kUserError;
}

int main(int argc, char **argv) {
  Tool tool(argc, argv, category, kOverview);
  return run(tool);
}
