//===- lle-report-memory.cpp - whether a network fits a board -------------===//
#include "targets/Firmware/MemoryReport.h"
#include "tools/common/Flags.h"
#include "tools/common/Reproducer.h"
#include "tools/common/Tool.h"

#include "passes/Analysis/SynapseChoice.h"

using namespace lle;
namespace cl = llvm::cl;

static constexpr const char *kOverview = R"(what a network takes of a board's memory, node by node

  lle-report-memory digits.nir --profile=norse --target=stm32h743
  lle-report-memory digits.mlir --target=nrf52840 --json -o memory.json

The network is compiled for the target, and the bytes of the program are counted: parameters as they are packed, states,
scratch buffers, code of each node, and the stack. They are compared with the memories that the target's description
names. The exit status is 0 if the network fits, and 1 if it does not; then the report says what to quantise, prune or
move.
)";

namespace {
cl::OptionCategory category("Options of lle-report-memory");
cl::opt<std::string> input(cl::Positional, cl::Required, cl::desc("INPUT"), cl::cat(category));
cl::opt<std::string> output("o", cl::init("-"), cl::desc("File to write (default: standard output)"),
                            cl::value_desc("FILE"), cl::cat(category));
cl::opt<std::string> targetName("target", cl::Required, cl::desc("Board"), cl::value_desc("NAME"), cl::cat(category));
cl::opt<bool> json("json", cl::desc("Write JSON"), cl::cat(category));
LoadFlags load(category);
} // namespace

static int run(Tool &tool) {
  auto target = getTarget(targetName, tool.getContext());
  if (failed(target) || failed(checkHasCode(*target, tool.getContext())))
    return kUserError;
  auto loaded = loadNetwork(input, load.get(), tool.getContext());
  if (failed(loaded))
    return kUserError;
  keepReproducer(*loaded->module);
  SynapseRequest request;
  request.lanes = target->lanes;
  request.costs = target->synapseCosts;
  if (failed(chooseSynapses(loaded->network, request)))
    return kUserError;
  tool.showProgress("compiling for " + target->name);
  auto use = measureNodes(loaded->network, *target);
  if (failed(use))
    return kUserError;
  std::string name = loaded->network.getName().str(), text;
  if (json) {
    llvm::json::Object report = formatMemoryAsJSON(*use, *target);
    report["network"] = name;
    text = llvm::formatv("{0:2}\n", llvm::json::Value(std::move(report)));
  } else {
    text = formatMemory(name, *use, *target);
  }
  if (llvm::Error error = writeOutput(output, text))
    return tool.fail(std::move(error));
  return target->memories.empty() || planMemories(*use, *target).fits() ? kFine : kUserError;
}

int main(int argc, char **argv) {
  Tool tool(argc, argv, category, kOverview);
  int status = run(tool);
  tool.showProgress("");
  return status;
}
