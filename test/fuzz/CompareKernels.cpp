//===- CompareKernels.cpp - event-driven code beside dense code -----------===//
#include "dialects/LTC/LTCOps.h"
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
    if (!form.compiler.empty())
      return createCEngine(chosen, form.compiler, {"-O1"});
    // What tuning passes run.
    if (form.optimize == 0 && !form.machine)
      return createQuickNativeEngine(chosen);
    return lle::createNativeEngine(chosen, form.optimize, form.machine.value_or(getHostVectorShape()));
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

/// Multiplications and additions of a recurrent cell may be fused, and LLVM decides that for each program anew: behind
/// cells the last bits are those of the program, whatever its kernels.
static bool isSameNumber(double a, double b, bool mayFuse) {
  static constexpr double kFused = 1e-5;
  return a == b || (std::isnan(a) && std::isnan(b)) ||
         (mayFuse && std::abs(a - b) <= kFused * std::max({std::abs(a), std::abs(b), 1.0}));
}

Verdict lle::fuzz::compareKernels(NetworkOp network, const Stimulus &stimulus) {
  bool mayFuse =
      llvm::any_of(network.getBody().front(), [](Operation &op) { return isa<ltc::LTCDialect>(op.getDialect()); });
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
        if (!isSameNumber(a, b, mayFuse))
          return {false, false,
                  llvm::formatv("step {0}, output {1}, element {2}: {3} by event, {4} by element", step, output, index,
                                llvm::format("%.17g", a), llvm::format("%.17g", b))};
      }
  }
  return {};
}
