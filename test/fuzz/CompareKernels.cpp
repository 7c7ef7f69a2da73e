//===- CompareKernels.cpp - event-driven code beside dense code -----------===//
#include "lowering/JIT/JIT.h"
#include "passes/Analysis/SynapseCost.h"
#include "targets/C/CEngine.h"
#include "test/fuzz/Trial.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace lle;
using namespace lle::fuzz;

llvm::Expected<std::unique_ptr<Engine>> lle::fuzz::createNativeEngine(NetworkOp network, const NativeForm &form) {
  auto create = [&](NetworkOp chosen) {
    return form.compiler.empty()
               ? lle::createNativeEngine(chosen, form.optimize, form.machine.value_or(getHostVectorShape()))
               : createCEngine(chosen, form.compiler, {"-O1"});
  };
  if (form.kernel.empty())
    return create(network);
  OwningOpRef<ModuleOp> module = cloneWithOutputs(network, {});
  auto copy = *module->getOps<NetworkOp>().begin();
  copy.walk([&](SynapseOpInterface synapse) {
    synapse->setAttr(kSynapseAttr, StringAttr::get(copy.getContext(), form.kernel));
  });
  return create(copy);
}

Verdict lle::fuzz::compareKernels(NetworkOp network, const Stimulus &stimulus) {
  std::unique_ptr<Engine> engines[2];
  for (auto [engine, kernel] : llvm::zip_equal(engines, ArrayRef<StringRef>{"event", "dense"})) {
    auto created = createNativeEngine(network, NativeForm{3, kernel, {}, {}});
    if (!created)
      return {false, false, llvm::toString(created.takeError())};
    engine = std::move(*created);
  }
  std::unique_ptr<Instance> events = engines[0]->instantiate(), elements = engines[1]->instantiate();
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
