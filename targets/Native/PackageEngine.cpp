//===- PackageEngine.cpp - packages as engines ----------------------------===//
#include "targets/Native/PackageEngine.h"
#include "targets/Native/Elements.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorHandling.h"

#include <chrono>

using namespace lle;
using llvm::ArrayRef;
using llvm::StringRef;

static llvm::Error toError(const runtime::Error &error) { return llvm::createStringError(error.message); }

namespace {
class PackageInstance final : public Instance {
public:
  explicit PackageInstance(runtime::Instance instance) : instance(std::move(instance)) {
    const lle_program &program = this->instance.model().program();
    for (const lle_port &port : ArrayRef(program.inputs, program.num_inputs))
      inputBytes.emplace_back(port.bytes);
    for (const lle_port &port : ArrayRef(program.outputs, program.num_outputs))
      outputBytes.emplace_back(port.bytes);
    for (const runtime::Bytes &bytes : inputBytes)
      inputs.push_back(bytes.data());
    for (runtime::Bytes &bytes : outputBytes)
      outputs.push_back(bytes.data());
  }

  void reset() override {
    instance.reset();
    seconds = 0;
  }

  void step(ArrayRef<Values> values, std::vector<Values> &results) override {
    const runtime::Package &package = instance.model().package();
    for (auto [port, value, bytes] : llvm::zip_equal(package.inputs, values, inputBytes))
      storeElements(value, port.element, bytes);
    auto start = std::chrono::steady_clock::now();
    instance.step(inputs.data(), outputs.data());
    seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    results.resize(outputBytes.size());
    for (auto [port, result, bytes] : llvm::zip_equal(package.outputs, results, outputBytes))
      loadElements(bytes, port.element, result);
  }

  void run(size_t steps, ArrayRef<Values> values, std::vector<Values> &results) override {
    const runtime::Package &package = instance.model().package();
    std::vector<runtime::Bytes> in, out;
    std::vector<const void *> from;
    std::vector<void *> to;
    for (auto [port, value, bytes] : llvm::zip_equal(package.inputs, values, inputBytes)) {
      storeElements(value, port.element, in.emplace_back(steps * bytes.size()));
      from.push_back(in.back().data());
    }
    for (const runtime::Bytes &bytes : outputBytes)
      to.push_back(out.emplace_back(steps * bytes.size()).data());
    auto start = std::chrono::steady_clock::now();
    instance.run(steps, from.data(), to.data());
    seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    results.resize(out.size());
    for (auto [port, result, bytes] : llvm::zip_equal(package.outputs, results, out))
      loadElements(bytes, port.element, result);
  }

  llvm::Expected<Values> readState(StringRef node, StringRef state) override {
    runtime::Result<runtime::Bytes> bytes = instance.readState(node.str(), state.str());
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
    if (runtime::Status status = instance.writeState(node.str(), state.str(), bytes); !status)
      return toError(status.error());
    return llvm::Error::success();
  }

  double getStepSeconds() const override { return seconds; }

private:
  /// The element of a state; of an unknown one, whatever does not matter.
  lle_element findElement(StringRef node, StringRef state) const {
    const lle_state *found = lle_find_state(&instance.model().program(), node.str().c_str(), state.str().c_str());
    return found ? found->element : lle_element(LLE_F32);
  }

  runtime::Instance instance;
  std::vector<runtime::Bytes> inputBytes, outputBytes;
  std::vector<const void *> inputs;
  std::vector<void *> outputs;
  double seconds = 0;
};

class PackageEngine final : public Engine {
public:
  explicit PackageEngine(runtime::Model model) : model(std::move(model)) {}

  std::unique_ptr<Instance> instantiate() override {
    runtime::Result<runtime::Instance> instance = model.instantiate();
    if (!instance)
      llvm::report_fatal_error(llvm::StringRef(instance.error().message), /*gen_crash_diag=*/false);
    return std::make_unique<PackageInstance>(std::move(*instance));
  }

private:
  runtime::Model model;
};
} // namespace

std::unique_ptr<Engine> lle::createPackageEngine(runtime::Model model) {
  return std::make_unique<PackageEngine>(std::move(model));
}
