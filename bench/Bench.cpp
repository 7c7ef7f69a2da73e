//===- Bench.cpp - native code beside code by people ----------------------===//
//
// For each network of the NIR paper: the time of one step of LLE's native code and of plain loops over the same weights
// (PlainLoops.h), on one recording, in one run, and their ratio. Both must give the same spikes, or there is no figure.
// LTC and CfC cells, and inferences of spiking networks, are compared with code by hand.
//
//===----------------------------------------------------------------------===//
#include "bench/CfC.h"
#include "bench/LTC.h"
#include "bench/Native.h"
#include "bench/Networks.h"
#include "bench/Spiking.h"
#include "frontends/Load.h"
#include "lowering/Pipelines.h"

#include "mlir/IR/Diagnostics.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Support/raw_ostream.h"

#include <benchmark/benchmark.h>
#include <chrono>
#include <map>

using namespace mlir;
using namespace lle;
using namespace lle::bench;

namespace {
struct Subject {
  std::string name, file, profile;
  double dt;
  Recording (*read)(const std::string &);
  std::unique_ptr<PlainNetwork> (*makePlain)(NetworkOp);
};

/// One network, compiled and transcribed.
struct Pair {
  std::string name;
  Recording recording;
  size_t outputs;
  std::unique_ptr<PlainNetwork> plain;
  std::unique_ptr<runtime::Instance> native;
  double compileSeconds;

  void stepNative(size_t t, uint8_t *spikes) {
    const void *input = recording.values.data() + t * recording.frameSize;
    void *output = spikes;
    native->step(&input, &output);
  }
};

/// Prints as usual and keeps the best processor time of each benchmark for the ratios: what else runs on the machine
/// does not count.
class RatioReporter : public benchmark::ConsoleReporter {
public:
  void ReportRuns(const std::vector<Run> &runs) override {
    for (const Run &run : runs)
      if (run.run_type == Run::RT_Iteration) {
        double seconds = run.cpu_accumulated_time / double(run.iterations);
        auto [best, isNew] = times.try_emplace(run.run_name.function_name, seconds);
        best->second = std::min(best->second, seconds);
      }
    ConsoleReporter::ReportRuns(runs);
  }
  std::map<std::string, double> times;
};
} // namespace

static const Subject kSubjects[] = {
    {"braille", "braille_noDelay_bias_zero.nir", "snntorch", 1e-4, readBraille, makePlainBraille},
    {"nmnist", "cnn_sinabs.nir", "snntorch", 1, readNMNIST, makePlainNMNIST},
};

static FailureOr<Pair> prepare(const Subject &subject, const std::string &data, MLIRContext &context) {
  Location loc = UnknownLoc::get(&context);
  Pair pair;
  pair.name = subject.name;
  pair.recording = subject.read(data);
  if (pair.recording.values.empty())
    return emitError(loc, "the recording for '" + subject.name + "' is not in " + data);
  auto start = std::chrono::steady_clock::now();
  FailureOr<LoadedNetwork> loaded =
      loadNetwork(data + "/spiking/nir_files/" + subject.file, {subject.profile, subject.dt}, context);
  if (failed(loaded))
    return failure();
  double loadSeconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  FailureOr<NativeNetwork> native = compileForThisMachine(loaded->network, loaded->sourceName, loaded->sourceHash);
  if (failed(native))
    return failure();
  pair.compileSeconds = loadSeconds + native->compileSeconds;
  pair.native = std::move(native->instance);
  pair.plain = subject.makePlain(loaded->network);
  pair.outputs = cast<RankedTensorType>(loaded->network.getResultTypes().front()).getNumElements();

  std::vector<uint8_t> spikes(pair.outputs);
  pair.plain->reset();
  for (size_t t = 0; t < pair.recording.getSteps(); ++t) {
    const uint8_t *expected = pair.plain->step(pair.recording.values.data() + t * pair.recording.frameSize);
    pair.stepNative(t, spikes.data());
    if (memcmp(expected, spikes.data(), pair.outputs) != 0)
      return emitError(loc, "'" + subject.name + "': native code and plain loops differ in step " + Twine(t));
  }
  return std::move(pair);
}

/// Runs the whole recording; the time that is reported is that of one step.
template <typename Reset, typename Step>
static void runRecording(benchmark::State &state, size_t steps, Reset reset, Step step) {
  size_t t = 0;
  reset();
  for (auto _ : state) {
    step(t);
    if (++t == steps) {
      t = 0;
      reset();
    }
  }
}

int main(int argc, char **argv) {
  benchmark::Initialize(&argc, argv);
  llvm::InitializeNativeTarget();
  llvm::InitializeNativeTargetAsmPrinter();
  std::string data = llvm::sys::Process::GetEnv("LLE_TEST_DATA").value_or(LLE_TEST_DATA);
  DialectRegistry registry;
  registerLoweringDialects(registry);
  MLIRContext context(registry);

  std::vector<Pair> pairs;
  for (const Subject &subject : kSubjects) {
    FailureOr<Pair> pair = prepare(subject, data, context);
    if (failed(pair))
      return 1;
    pairs.push_back(std::move(*pair));
  }
  std::string bounds = llvm::sys::Process::GetEnv("LLE_BOUNDS").value_or(data + "/../bounds/models");
  FailureOr<std::vector<CfCPair>> cfc = prepareCfC(bounds, context);
  if (failed(cfc))
    return 1;
  FailureOr<std::vector<LTCPair>> ltc = prepareLTC(bounds, data, context);
  if (failed(ltc))
    return 1;
  FailureOr<std::vector<SpikingPair>> spiking = prepareSpiking(bounds, data, context);
  if (failed(spiking))
    return 1;
  registerCfC(*cfc);
  registerLTC(*ltc);
  registerSpiking(*spiking);
  for (Pair &pair : pairs) {
    size_t steps = pair.recording.getSteps();
    std::vector<uint8_t> spikes(pair.outputs);
    benchmark::RegisterBenchmark((pair.name + "_native").c_str(), [&pair, steps,
                                                                   spikes](benchmark::State &state) mutable {
      runRecording(state, steps, [&] { pair.native->reset(); }, [&](size_t t) { pair.stepNative(t, spikes.data()); });
    });
    benchmark::RegisterBenchmark((pair.name + "_plain").c_str(), [&pair, steps](benchmark::State &state) {
      runRecording(
          state, steps, [&] { pair.plain->reset(); },
          [&](size_t t) {
            benchmark::DoNotOptimize(pair.plain->step(pair.recording.values.data() + t * pair.recording.frameSize));
          });
    });
  }
  RatioReporter reporter;
  benchmark::RunSpecifiedBenchmarks(&reporter);
  for (const Pair &pair : pairs) {
    auto native = reporter.times.find(pair.name + "_native"), plain = reporter.times.find(pair.name + "_plain");
    if (native == reporter.times.end() || plain == reporter.times.end())
      continue;
    llvm::outs() << llvm::formatv(
        "{0}: native {1:F3} us/step, plain loops {2:F3} us/step, {3:F2} times as fast; file to "
        "code in {4:F2} s (measured, best repetition)\n",
        pair.name, native->second * 1e6, plain->second * 1e6, plain->second / native->second, pair.compileSeconds);
  }
  for (const CfCPair &cell : *cfc)
    printTimes(cell.name, cell.native, reporter.times);
  for (const LTCPair &cell : *ltc)
    printTimes(cell.name, cell.native, reporter.times);
  for (const SpikingPair &pair : *spiking)
    printInferences(pair, reporter.times);
  return 0;
}
