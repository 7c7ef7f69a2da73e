//===- CompareKernels.cpp - event-driven code beside dense code -----------===//
#include "lowering/JIT/JIT.h"
#include "passes/Analysis/SynapseCost.h"
#include "test/fuzz/Trial.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace lle;
using namespace lle::fuzz;

namespace {
/// A copy of a network in which all synapses have one kernel.
struct KernelEngine {
  KernelEngine(NetworkOp network, StringRef kernel) : module(cloneWithOutputs(network, {})) {
    auto copy = *module->getOps<NetworkOp>().begin();
    copy.walk([&](SynapseOpInterface synapse) {
      synapse->setAttr(kSynapseAttr, StringAttr::get(copy.getContext(), kernel));
    });
    auto created = createNativeEngine(copy);
    if (created)
      engine = std::move(*created);
    else
      error = llvm::toString(created.takeError());
  }
  OwningOpRef<ModuleOp> module;
  std::unique_ptr<Engine> engine;
  std::string error;
};
} // namespace

Verdict lle::fuzz::compareKernels(NetworkOp network, const Stimulus &stimulus) {
  KernelEngine event(network, "event"), dense(network, "dense");
  for (const KernelEngine *engine : {&event, &dense})
    if (!engine->error.empty())
      return {false, false, engine->error};
  std::unique_ptr<Instance> events = event.engine->instantiate(), elements = dense.engine->instantiate();
  std::vector<Values> got, expected;
  for (auto [step, inputs] : llvm::enumerate(stimulus)) {
    events->step(inputs, got);
    elements->step(inputs, expected);
    for (size_t output = 0; output < got.size(); ++output)
      for (auto [index, numbers] : llvm::enumerate(llvm::zip_equal(got[output], expected[output]))) {
        auto [a, b] = numbers;
        if (a != b && !(std::isnan(a) && std::isnan(b)))
          return {false, false,
                  llvm::formatv("step {0}, output {1}, element {2}: {3} by event, {4} by element", step, output, index,
                                llvm::format("%.17g", a), llvm::format("%.17g", b))};
      }
  }
  return {};
}
