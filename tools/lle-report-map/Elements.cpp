//===- Elements.cpp - code of processing elements -------------------------===//
#include "tools/lle-report-map/Elements.h"
#include "frontends/Load.h"
#include "runtime/coremap/Image.h"
#include "targets/CoreMaps/CoreNetwork.h"
#include "targets/Native/MemoryUse.h"

#include "llvm/Support/FileSystem.h"

using namespace mlir;
using namespace lle;

/// A board of the same processor.
static constexpr const char *kElementTarget = "mps2-an386";

static LogicalResult fail(Tool &tool, const Twine &message) {
  tool.fail(message);
  return failure();
}

static LogicalResult writeFile(Tool &tool, const std::string &path, StringRef contents) {
  llvm::Error error = writeOutput(path, contents);
  return error ? fail(tool, llvm::toString(std::move(error))) : success();
}

/// Adds to the report what the code of the network in `path`.mlir takes, and writes it where there is room.
static LogicalResult writeElementCode(Tool &tool, const runtime::CoreMap &map, uint32_t core, const std::string &path,
                                      const Target &target, MapReport &report) {
  FailureOr<LoadedNetwork> loaded = loadNetwork(path + ".mlir", {}, tool.getContext());
  if (failed(loaded))
    return failure();
  FailureOr<CompiledNetwork> compiled = compileNetwork(loaded->network, target);
  if (failed(compiled))
    return failure();
  FailureOr<MemoryUse> use = measureMemory(*compiled, tool.getContext());
  FailureOr<std::string> object = compiled->code.emitObject();
  if (failed(use) || failed(object))
    return failure();
  ElementProgram &program = report.programs[core];
  program = {use->total.code + use->total.parameters, use->arena + use->ports + use->stack};
  auto violation = runtime::checkProgram(map, core, program.codeBytes + program.dataBytes);
  if (!violation)
    return writeFile(tool, path + ".o", *object);
  report.violations.push_back(std::move(*violation));
  return success();
}

LogicalResult lle::writeElements(Tool &tool, const std::string &input, const runtime::CoreMap &map, double dt,
                                 const std::string &folder, MapReport &report) {
  FailureOr<Target> target = getTarget(kElementTarget, tool.getContext());
  if (failed(target) || failed(checkHasCode(*target, tool.getContext())))
    return failure();
  if (std::error_code code = llvm::sys::fs::create_directories(folder))
    return fail(tool, folder + ": " + code.message());
  report.programs.resize(map.cores.size());
  for (uint32_t core = 0; core < map.cores.size(); ++core) {
    if (map.cores[core].isHost)
      continue;
    tool.showProgress("core " + std::to_string(core) + " of " + std::to_string(map.cores.size()));
    runtime::Result<runtime::Bytes> image = runtime::writeCoreImage(map, core);
    if (!image)
      return fail(tool, input + ": " + image.error().message);
    runtime::Result<std::string> network = writeCoreNetwork(map, core, dt);
    if (!network)
      return fail(tool, input + ": " + network.error().message);
    std::string path = folder + "/core-" + std::to_string(core);
    StringRef bytes(reinterpret_cast<const char *>(image->data()), image->size());
    if (failed(writeFile(tool, path + ".bin", bytes)) || failed(writeFile(tool, path + ".mlir", *network)) ||
        failed(writeElementCode(tool, map, core, path, *target, report)))
      return failure();
  }
  tool.showProgress("");
  return success();
}
