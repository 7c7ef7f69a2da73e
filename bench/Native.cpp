//===- Native.cpp - compiled networks in this process ---------------------===//
#include "bench/Native.h"
#include "targets/Native/Compile.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

#include <benchmark/benchmark.h>
#include <chrono>

using namespace mlir;
using namespace lle;
using namespace lle::bench;

FailureOr<NativeNetwork> bench::compileForThisMachine(NetworkOp network, const std::string &sourceName,
                                                      const std::string &sourceHash, const std::string &targetName) {
  Location loc = network.getLoc();
  auto start = std::chrono::steady_clock::now();
  FailureOr<Target> target = getTarget(targetName, *network.getContext());
  if (failed(target))
    return failure();
  FailureOr<CompiledNetwork> compiled = compileNetwork(network, *target);
  if (failed(compiled) || failed(addNativeVariant(*compiled, *target, *network.getContext())))
    return failure();
  double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  compiled->package.provenance.sourceName = sourceName;
  compiled->package.provenance.sourceHash = sourceHash;
  auto bytes = runtime::writePackage(compiled->package);
  if (!bytes)
    return emitError(loc, bytes.error().message);
  auto model = runtime::Model::load(bytes->data(), bytes->size(), sourceName);
  if (!model)
    return emitError(loc, model.error().message);
  NativeNetwork native;
  native.compileSeconds = seconds;
  for (size_t i = 0; i <= kBatch; ++i) {
    auto instance = model->instantiate();
    if (!instance)
      return emitError(loc, instance.error().message);
    if (i == 0)
      native.instance = std::make_unique<runtime::Instance>(std::move(*instance));
    else
      native.batch.push_back(std::move(*instance));
  }
  return std::move(native);
}

void bench::registerBatch(const std::string &name, NativeNetwork &network, const float *input, size_t outputs) {
  benchmark::RegisterBenchmark((name + "_batch").c_str(), [&network, input, outputs](benchmark::State &state) {
    std::vector<float> results(kBatch * outputs);
    for (auto _ : state)
      for (auto [sample, instance] : llvm::enumerate(network.batch)) {
        const void *in = input;
        void *out = results.data() + sample * outputs;
        instance.step(&in, &out);
      }
  });
}

void bench::printTimes(const std::string &name, const NativeNetwork &network,
                       const std::map<std::string, double> &times) {
  auto native = times.find(name + "_native"), bound = times.find(name + "_bound"), batch = times.find(name + "_batch");
  if (native == times.end())
    return;
  llvm::outs() << llvm::formatv("{0}: native {1:F3} us/step, network to code in {2:F2} s", name, native->second * 1e6,
                                network.compileSeconds);
  if (bound != times.end())
    llvm::outs() << llvm::formatv(", by hand {0:F3} us/step, ratio {1:F2}", bound->second * 1e6,
                                  native->second / bound->second);
  if (batch != times.end())
    llvm::outs() << llvm::formatv(", batch of {0}: {1:F3} us per sample and step", kBatch,
                                  batch->second * 1e6 / double(kBatch));
  llvm::outs() << " (measured, best repetition)\n";
}
