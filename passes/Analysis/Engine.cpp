//===- Engine.cpp - what runs a network -----------------------------------===//
#include "passes/Analysis/Engine.h"
#include "dialects/LLE/LLEOps.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <map>
#include <mutex>

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

namespace {
/// Tools register before they run passes, but a plugin may be loaded at any time.
struct Factories {
  std::mutex mutex;
  std::map<std::string, EngineFactory> byName;
};
} // namespace

static Factories &getFactories() {
  static Factories factories;
  return factories;
}

void lle::registerEngine(llvm::StringRef name, EngineFactory factory) {
  Factories &factories = getFactories();
  std::lock_guard<std::mutex> lock(factories.mutex);
  factories.byName[name.str()] = factory;
}

llvm::Expected<std::unique_ptr<Engine>> lle::createRegisteredEngine(llvm::StringRef name, NetworkOp network) {
  Factories &factories = getFactories();
  EngineFactory factory = nullptr;
  {
    std::lock_guard<std::mutex> lock(factories.mutex);
    if (auto found = factories.byName.find(name.str()); found != factories.byName.end())
      factory = found->second;
    if (!factory) {
      auto names = llvm::map_range(factories.byName, [](const auto &entry) { return entry.first; });
      return llvm::createStringError("there is no engine '" + name + "'; there " +
                                     (factories.byName.empty() ? "is none" : "are: " + llvm::join(names, ", ")));
    }
  }
  return factory(network);
}
