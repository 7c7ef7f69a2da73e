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

static Registry<EngineFactory> &getEngines() {
  static Registry<EngineFactory> engines("engine");
  return engines;
}

void lle::registerEngine(llvm::StringRef name, EngineFactory factory) { getEngines().add(name, factory); }

llvm::Expected<std::unique_ptr<Engine>> lle::createRegisteredEngine(llvm::StringRef name, NetworkOp network) {
  llvm::Expected<EngineFactory> factory = getEngines().find(name);
  if (!factory)
    return factory.takeError();
  return (*factory)(network);
}
