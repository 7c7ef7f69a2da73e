//===- Emulator.cpp - synaptic operations of the emulator a second --------===//
//
// Core maps with random weights: a classifier of the shape of lava-dl's MNIST network, 784-128-64-10 on three cores, at
// the rate of its inputs (13 %), and recurrent layers of many cores, dense and sparse, at 10 %. Thresholds make
// hidden neurons fire about as often. Arguments: threads.
//
//     lle-bench-emulator MAP.lle NATIVE.lle INPUT.npy
//
// instead compares the step of a map with that of native code of the same network, on samples of spikes (samples,
// steps,
// ...): both get each sample in turn, again and again, and the best time of each sample counts. Their spikes must
// agree.
//
//===----------------------------------------------------------------------===//
#include "runtime/emulator/Emulator.h"
#include "runtime/coremap/CoreMapFile.h"
#include "runtime/host/Model.h"
#include "runtime/host/Npy.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

#include <benchmark/benchmark.h>
#include <chrono>
#include <random>

using namespace lle::runtime;

namespace {
/// All neurons of a layer reach all of the next one, which is divided over cores.
class LayerMap {
public:
  explicit LayerMap(uint32_t seed) : random(seed) { map.target = "bench"; }

  uint32_t addLayer(uint32_t neurons, uint32_t cores, int32_t threshold) {
    uint32_t index = uint32_t(map.populations.size());
    CorePopulation population;
    population.name = "p" + std::to_string(index);
    population.shape = {neurons};
    population.start = index;
    population.model = index == 0 ? NeuronModel::Input : NeuronModel::CubaLIF;
    if (index != 0)
      population.parameters = {{"du", {2048}, {}}, {"dv", {256}, {}}, {"v_threshold", {threshold}, {}}};
    map.populations.push_back(population);
    for (uint32_t i = 0; i < cores; ++i) {
      CoreContents core;
      core.isHost = index == 0;
      core.neurons = {{index, neurons / cores * i, neurons / cores}};
      core.outBegin.assign(neurons / cores + 1, 0);
      if (index != 0) {
        core.x = placed % map.gridWidth;
        core.y = placed / map.gridWidth % map.gridHeight;
        core.slot = placed++ / (map.gridWidth * map.gridHeight);
      }
      map.cores.push_back(std::move(core));
    }
    return index;
  }

  /// `synapses` of each source in each core of the target; all neurons of the core: a dense row.
  void connect(uint32_t from, uint32_t to, uint32_t synapses) {
    std::vector<uint32_t> sources, targets;
    for (uint32_t i = 0; i < map.cores.size(); ++i)
      for (auto [population, list] : {std::pair(from, &sources), std::pair(to, &targets)})
        if (map.cores[i].neurons.front().population == population)
          list->push_back(i);
    for (uint32_t source : sources) {
      CoreContents &core = map.cores[source];
      for (uint32_t n = 0; n < core.neurons.front().count; ++n) {
        for (uint32_t target : targets)
          core.outAxons.push_back({target, addRow(map.cores[target], synapses)});
        core.outBegin[n + 1] = uint32_t(core.outAxons.size());
      }
    }
  }

  CoreMap finish() {
    map.inputs = {{"x", 0, false}};
    map.outputs = {{"y", uint32_t(map.populations.size() - 1), false}};
    return std::move(map);
  }

private:
  uint32_t addRow(CoreContents &core, uint32_t synapses) {
    uint32_t size = core.neurons.front().count;
    core.inAxons.push_back({uint32_t(core.rows.size()), 0});
    core.rows.push_back(
        {uint32_t(core.weights.size()), uint32_t(core.offsets.size()), synapses, synapses == size, 1, UINT32_MAX});
    for (uint32_t i = 0; i < synapses; ++i) {
      core.weights.push_back(int16_t(random() % 200) - 90);
      if (synapses != size)
        core.offsets.push_back(uint16_t(random() % size));
    }
    return uint32_t(core.rows.size() - 1);
  }

  std::mt19937 random;
  CoreMap map;
  uint32_t placed = 0;
};
} // namespace

static CoreMap makeClassifier() {
  LayerMap layers(1);
  layers.addLayer(784, 1, 0);
  layers.connect(0, layers.addLayer(128, 1, 6000), 128);
  layers.connect(1, layers.addLayer(64, 1, 2000), 64);
  layers.connect(2, layers.addLayer(10, 1, 1000), 10);
  return layers.finish();
}

/// 4,096 inputs and 4,096 neurons on 32 cores: 16 M synapses, or an eighth of them.
static CoreMap makeLayer(bool isDense) {
  LayerMap layers(2);
  layers.addLayer(4096, 1, 0);
  layers.connect(0, layers.addLayer(4096, 32, 20000), isDense ? 128 : 16);
  return layers.finish();
}

static void runEmulator(benchmark::State &state, CoreMap map, double rate) {
  constexpr size_t kSteps = 32;
  std::mt19937 random(3);
  std::bernoulli_distribution fires(rate);
  Result<Bytes> bytes = writeCoreMap(map);
  if (!bytes)
    return state.SkipWithError(bytes.error().message.c_str());
  std::vector<int32_t> input(kSteps * countNeurons(map.populations.front()));
  for (int32_t &x : input)
    x = fires(random);
  std::vector<uint8_t> output(kSteps * countNeurons(map.populations.back()));
  Result<Emulator> emulator = Emulator::create(std::move(map), "bench");
  if (!emulator)
    return state.SkipWithError(emulator.error().message.c_str());
  Emulation emulation = emulator->start(unsigned(state.range(0)));
  for (auto _ : state) {
    emulation.reset();
    const int32_t *from = input.data();
    void *to = output.data();
    emulation.run(kSteps, &from, &to);
  }
  Activity activity = emulation.activity();
  CoreActivity total = activity.total();
  using benchmark::Counter;
  state.counters["synops/s"] = Counter(double(total.synapticOperations), Counter::kIsRate);
  state.counters["updates/s"] = Counter(double(total.neuronUpdates), Counter::kIsRate);
  state.counters["synops/step"] = double(total.synapticOperations) / double(activity.steps);
  state.counters["steps/s"] = Counter(double(activity.steps), Counter::kIsRate);
}

static void classifier(benchmark::State &state) { runEmulator(state, makeClassifier(), 0.066); }
static void denseLayer(benchmark::State &state) { runEmulator(state, makeLayer(true), 0.1); }
static void sparseLayer(benchmark::State &state) { runEmulator(state, makeLayer(false), 0.1); }
BENCHMARK(classifier)->Arg(1)->Arg(2)->UseRealTime();
BENCHMARK(denseLayer)->Arg(1)->Arg(2)->UseRealTime();
BENCHMARK(sparseLayer)->Arg(1)->Arg(2)->UseRealTime();

static constexpr int kRepetitions = 50;

template <typename Call>
static double measureSeconds(Call call) {
  auto start = std::chrono::steady_clock::now();
  call();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// One input and one output of spikes.
static Status compareWithNative(const std::string &mapFile, const std::string &nativeFile,
                                const std::string &inputFile) {
  Result<Package> package = readPackage(mapFile);
  if (!package)
    return package.error();
  Result<CoreMap> map = readCoreMap(*package, mapFile);
  if (!map)
    return map.error();
  Result<Emulator> emulator = Emulator::create(std::move(*map), mapFile);
  if (!emulator)
    return emulator.error();
  Result<Model> model = Model::load(nativeFile);
  if (!model)
    return model.error();
  Result<Instance> native = model->instantiate();
  if (!native)
    return native.error();
  Result<Array> input = readNpy(inputFile);
  if (!input)
    return input.error();
  const Port &in = model->package().inputs.front(), &out = model->package().outputs.front();
  Result<Array> payloads = convertArray(*input, DType::I32, inputFile);
  Result<Array> values = convertArray(*input, dtypeOf(in.element), inputFile);
  const uint64_t inBytes = *tensorBytes(in.shape, in.element), outBytes = *tensorBytes(out.shape, out.element);
  if (!payloads || !values || input->shape.size() < 2 ||
      values->data.size() != uint64_t(input->shape[0] * input->shape[1]) * inBytes)
    return makeError(inputFile, ": expected samples, steps and the shape of ", in.name);

  const size_t samples = size_t(input->shape[0]), steps = size_t(input->shape[1]);
  const size_t payloadsOfSample = payloads->data.size() / sizeof(int32_t) / samples;
  Emulation emulation = emulator->start();
  Bytes spikes(steps * outBytes), expected(steps * outBytes);
  double emulated = 0, compiled = 0;
  for (size_t sample = 0; sample < samples; ++sample) {
    const auto *from = reinterpret_cast<const int32_t *>(payloads->data.data()) + sample * payloadsOfSample;
    const void *bytes = values->data.data() + sample * steps * inBytes;
    void *to = spikes.data(), *expectedTo = expected.data();
    double bestEmulated = HUGE_VAL, bestCompiled = HUGE_VAL;
    for (int repetition = 0; repetition < kRepetitions; ++repetition) {
      bestEmulated = std::min(bestEmulated, measureSeconds([&] {
                                emulation.reset();
                                emulation.run(steps, &from, &to);
                              }));
      bestCompiled = std::min(bestCompiled, measureSeconds([&] {
                                native->reset();
                                native->run(steps, &bytes, &expectedTo);
                              }));
      if (spikes != expected)
        return makeError(mapFile, ": its spikes are not those of ", nativeFile, " in sample ", sample);
    }
    emulated += bestEmulated;
    compiled += bestCompiled;
  }
  const double allSteps = double(samples * steps);
  CoreActivity total = emulation.activity().total();
  llvm::outs() << llvm::format("emulator %.3f us/step, native %.3f us/step, ratio %.2f; %.1f G synaptic operations/s\n",
                               emulated / allSteps * 1e6, compiled / allSteps * 1e6, emulated / compiled,
                               double(total.synapticOperations) / kRepetitions / emulated * 1e-9);
  return {};
}

int main(int argc, char **argv) {
  benchmark::Initialize(&argc, argv);
  if (argc == 1)
    return benchmark::RunSpecifiedBenchmarks() == 0;
  if (argc != 4) {
    llvm::errs() << "usage: lle-bench-emulator [MAP.lle NATIVE.lle INPUT.npy]\n";
    return 1;
  }
  Status status = compareWithNative(argv[1], argv[2], argv[3]);
  if (!status)
    llvm::errs() << status.error().message << '\n';
  return !status;
}
