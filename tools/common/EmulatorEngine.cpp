//===- EmulatorEngine.cpp - core maps as engines --------------------------===//
#include "tools/common/EmulatorEngine.h"
#include "targets/Native/Elements.h"

#include "llvm/ADT/STLExtras.h"

#include <chrono>
#include <thread>

using namespace lle;
using llvm::ArrayRef;
using llvm::StringRef;

static llvm::Error toError(const runtime::Error &error) { return llvm::createStringError(error.message); }

/// Below this many synapses a step is over before threads have met.
static constexpr size_t kSynapsesPerThread = 1 << 20;

static unsigned getThreads(const runtime::CoreMap &map) {
  size_t synapses = 0;
  for (const runtime::CoreContents &core : map.cores)
    synapses += core.weights.size();
  return unsigned(
      std::clamp<size_t>(synapses / kSynapsesPerThread, 1, std::max(std::thread::hardware_concurrency(), 1u)));
}

namespace {
class EmulatorInstance final : public Instance {
public:
  EmulatorInstance(const runtime::Emulator &emulator, EmulatorEngine &engine)
      : engine(engine), emulation(emulator.start(getThreads(emulator.map()))) {
    for (const runtime::CorePort &port : emulator.map().outputs) {
      const runtime::CorePopulation &population = emulator.map().populations[port.population];
      bool isLoihi = emulator.map().arithmetic == runtime::ChipArithmetic::Loihi;
      lle_element element = !port.isMembrane ? LLE_I8 : isLoihi ? LLE_I32 : LLE_F32;
      outputs.push_back({element, *runtime::tensorBytes(population.shape, element)});
    }
  }
  ~EmulatorInstance() override { engine.addActivity(emulation.activity()); }

  void reset() override {
    emulation.reset();
    seconds = 0;
  }
  void step(ArrayRef<Values> values, std::vector<Values> &results) override { run(1, values, results); }

  void run(size_t steps, ArrayRef<Values> values, std::vector<Values> &results) override {
    std::vector<std::vector<int32_t>> in;
    std::vector<const int32_t *> from;
    for (const Values &value : values)
      from.push_back(in.emplace_back(value.begin(), value.end()).data());
    std::vector<runtime::Bytes> out;
    std::vector<void *> to;
    for (const Output &output : outputs)
      to.push_back(out.emplace_back(steps * output.bytes).data());
    auto start = std::chrono::steady_clock::now();
    emulation.run(steps, from.data(), to.data());
    seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    results.resize(out.size());
    for (auto [output, bytes, result] : llvm::zip_equal(outputs, out, results))
      loadElements(bytes, output.element, result);
  }

  double getStepSeconds() const override { return seconds; }

  llvm::Expected<Values> readState(StringRef node, StringRef state) override {
    runtime::Result<runtime::Bytes> bytes = emulation.readState(node.str(), state.str());
    if (!bytes)
      return toError(bytes.error());
    Values values;
    loadElements(*bytes, findElement(node, state), values);
    return values;
  }

  llvm::Error writeState(StringRef node, StringRef state, ArrayRef<double> values) override {
    lle_element element = findElement(node, state);
    runtime::Bytes bytes(values.size() * lle_element_bytes(element));
    if (!bytes.empty())
      storeElements(values, element, bytes);
    if (runtime::Status status = emulation.writeState(node.str(), state.str(), bytes); !status)
      return toError(status.error());
    return llvm::Error::success();
  }

private:
  struct Output {
    lle_element element;
    size_t bytes;
  };
  /// The element of a state; of an unknown one, whatever does not matter.
  lle_element findElement(StringRef node, StringRef state) const {
    for (const runtime::State &candidate : emulation.emulator().states())
      if (candidate.node == node && candidate.name == state)
        return candidate.element;
    return LLE_I32;
  }

  EmulatorEngine &engine;
  runtime::Emulation emulation;
  std::vector<Output> outputs;
  double seconds = 0;
};
} // namespace

std::unique_ptr<Instance> EmulatorEngine::instantiate() { return std::make_unique<EmulatorInstance>(emulator, *this); }
