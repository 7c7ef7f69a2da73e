//===- Engine.cpp - what runs a network -----------------------------------===//
#include "passes/Analysis/Engine.h"
#include "dialects/LLE/LLEOps.h"
#include "passes/Analysis/Registry.h"

#include "llvm/ADT/STLExtras.h"

using namespace lle;

void Instance::run(size_t steps, llvm::ArrayRef<Values> inputs, std::vector<Values> &outputs) {
  std::vector<Values> in(inputs.size()), out;
  for (Values &values : outputs)
    values.clear();
  for (size_t step = 0; step < steps; ++step) {
    for (auto [frame, sequence] : llvm::zip_equal(in, inputs)) {
      llvm::ArrayRef<double> values = sequence;
      size_t elements = values.size() / steps;
      values = values.slice(step * elements, elements);
      frame.assign(values.begin(), values.end());
    }
    this->step(in, out);
    outputs.resize(out.size());
    for (auto [sequence, values] : llvm::zip_equal(outputs, out))
      llvm::append_range(sequence, values);
  }
}

/// Operations of a network that are run sooner than optimised code is made for them. Measured with examples/digits on
/// x86-64: native code that is not optimised takes 0.1 ns longer for one, and 0.4 s less to make.
static constexpr double kBriefWork = 4e9;
/// A call of exp or tanh is as many operations as its polynomial.
static constexpr double kTranscendentalWork = 20;

namespace {
struct Factory {
  EngineFactory create = nullptr, createQuickly = nullptr;
};
} // namespace

static Registry<Factory> &getEngines() {
  static Registry<Factory> engines("engine");
  return engines;
}

/// Operations of a time step at most.
static double countOperations(NetworkOp network) {
  double operations = 0;
  network.walk([&](CostOpInterface op) {
    OpCost cost = op.getCost(/*activity=*/1);
    operations += cost.macs + cost.stateUpdates + kTranscendentalWork * cost.transcendental;
  });
  return operations;
}

void lle::registerEngine(llvm::StringRef name, EngineFactory factory, EngineFactory quick) {
  getEngines().add(name, {factory, quick});
}

llvm::Expected<std::unique_ptr<Engine>> lle::createRegisteredEngine(llvm::StringRef name, NetworkOp network,
                                                                    double steps) {
  llvm::Expected<Factory> factory = getEngines().find(name);
  if (!factory)
    return factory.takeError();
  if (factory->createQuickly && steps * countOperations(network) < kBriefWork)
    return factory->createQuickly(network);
  return factory->create(network);
}
