//===- Spiking.cpp - spiking networks beside code by hand -----------------===//
//
// Files: NAME_wI.bin, float32 weights of layer I, [output][input] (convolutions [output][input][ky][kx]); NAME_x.bin,
// uint8 spikes of all steps; NAME_y.bin, float32 spike count of each output.
//
//===----------------------------------------------------------------------===//
#include "bench/Spiking.h"
#include "bench/Networks.h"
#include "bench/SpikeEdge.h"
#include "bench/SpikingBuilder.h"
#include "frontends/Load.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Diagnostics.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <random>

using namespace mlir;
using namespace lle;
using namespace lle::bench;

namespace {
/// A network of the folder of bounds. With int8 storage it has its spikes from plain loops, else from a file.
struct Subject {
  StringRef name, files;
  size_t layers, inputs, outputs;
  Storage storage;
  OwningOpRef<ModuleOp> (*build)(MLIRContext &, StringRef name, const SpikingWeights &, Storage);
};
} // namespace

static OwningOpRef<ModuleOp> buildMLP(MLIRContext &context, StringRef name, const SpikingWeights &w, Storage storage) {
  NetworkBuilder b(context, name, {784}, 10);
  return b.finish(b.neuron(b.linear(b.neuron(b.linear(b.getInput(), w[0], storage)), w[1])));
}

static OwningOpRef<ModuleOp> buildRecurrent(MLIRContext &context, StringRef name, const SpikingWeights &w,
                                            Storage storage) {
  NetworkBuilder b(context, name, {700}, 20);
  DelayOp before = b.delay(256);
  Value hidden = b.neuron(b.add(b.linear(b.getInput(), w[0], storage), b.linear(before, w[1], storage)));
  before.getInputMutable().assign(hidden);
  return b.finish(b.neuron(b.linear(hidden, w[2])));
}

static OwningOpRef<ModuleOp> buildConvolutional(MLIRContext &context, StringRef name, const SpikingWeights &w,
                                                Storage) {
  NetworkBuilder b(context, name, {2, 34, 34}, 10);
  Value map = b.neuron(b.conv2d(b.getInput(), w[0], 16, /*kernel=*/5, /*stride=*/2, /*padding=*/1));
  map = b.sumPool(b.neuron(b.conv2d(map, w[1], 16, 3, 1, 1)));
  map = b.sumPool(b.neuron(b.conv2d(map, w[2], 8, 3, 1, 1)));
  return b.finish(b.neuron(b.linear(b.neuron(b.linear(b.flatten(map), w[3])), w[4])));
}

static const Subject kSubjects[] = {
    {"snn_mlp", "snn_mlp", 2, 784, 10, Storage::f32, buildMLP},
    {"snn_mlp_int8", "snn_mlp", 2, 784, 10, Storage::int8, buildMLP},
    {"snn_shd", "snn_shd", 3, 700, 20, Storage::f32, buildRecurrent},
    {"snn_shd_int8", "snn_shd", 3, 700, 20, Storage::int8, buildRecurrent},
    {"snn_cnn", "snn_cnn", 5, 2312, 10, Storage::f32, buildConvolutional},
};

std::vector<uint32_t> SpikingPair::infer(const std::vector<uint8_t> &frames, std::vector<uint8_t> &spikes) {
  spikes.resize(steps * outputs);
  const void *input = frames.data();
  void *output = spikes.data();
  native.instance->reset();
  native.instance->run(steps, &input, &output);
  std::vector<uint32_t> counts(outputs);
  for (size_t t = 0; t < steps; ++t)
    for (size_t o = 0; o < outputs; ++o)
      counts[o] += spikes[t * outputs + o];
  return counts;
}

/// All numbers of a file; none if it cannot be read.
template <typename T>
static std::vector<T> readNumbers(const std::string &path) {
  std::vector<T> values;
  if (auto file = llvm::MemoryBuffer::getFile(path)) {
    values.resize((*file)->getBufferSize() / sizeof(T));
    memcpy(values.data(), (*file)->getBufferStart(), values.size() * sizeof(T));
  }
  return values;
}

/// Fails unless the counts are the expected ones, number by number.
static LogicalResult checkCounts(Location loc, StringRef who, ArrayRef<uint32_t> counts, ArrayRef<uint32_t> expected) {
  for (auto [output, pair] : llvm::enumerate(llvm::zip_equal(counts, expected)))
    if (auto [count, other] = pair; count != other)
      return emitError(loc, who + " counts ") << count << " spikes of output " << output << ", expected " << other;
  return success();
}

LogicalResult bench::checkPair(Location loc, SpikingPair &pair, ArrayRef<uint32_t> expected) {
  std::vector<uint8_t> spikes;
  if (failed(checkCounts(loc, "native code", pair.infer(pair.frames, spikes), expected)))
    return failure();
  for (NamedBound &named : pair.bounds) {
    std::vector<uint32_t> counts(pair.outputs);
    named.bound->infer(pair.frames.data(), pair.steps, counts.data());
    if (failed(checkCounts(loc, named.name, counts, expected)))
      return failure();
  }
  return success();
}

/// Membranes of one layer, by plain loops.
static void stepPlain(std::vector<float> &v, const std::vector<float> &current, std::vector<uint8_t> &spikes) {
  for (size_t n = 0; n < v.size(); ++n) {
    float potential = v[n] * kLeakyDecay + current[n];
    spikes[n] = potential >= kLeakyThreshold;
    v[n] = spikes[n] ? potential - kLeakyThreshold : potential;
  }
}

/// What a fully connected network with int8 weights in all layers but the last counts, by plain loops.
static std::vector<uint32_t> inferQuantized(const SpikingPair &pair) {
  bool recurrent = pair.weights.size() == 3;
  size_t hidden = pair.weights.back().size() / pair.outputs;
  QuantizedLayer input = quantize(pair.weights[0]), feedback = quantize(pair.weights[1]);
  std::vector<float> v(hidden), vOut(pair.outputs), current(hidden), out(pair.outputs);
  std::vector<uint8_t> spikes(hidden), outSpikes(pair.outputs);
  std::vector<uint32_t> counts(pair.outputs);
  auto sum = [](const QuantizedLayer &layer, const uint8_t *x, size_t size, size_t n) {
    int32_t total = 0;
    for (size_t i = 0; i < size; ++i)
      total += x[i] ? layer.weights[n * size + i] : 0;
    return float(total) * layer.scale;
  };
  for (size_t t = 0; t < pair.steps; ++t) {
    for (size_t n = 0; n < hidden; ++n) {
      current[n] = sum(input, pair.frames.data() + t * pair.frameBytes, pair.frameBytes, n);
      if (recurrent)
        current[n] += sum(feedback, spikes.data(), hidden, n);
    }
    stepPlain(v, current, spikes);
    for (size_t o = 0; o < pair.outputs; ++o) {
      out[o] = 0;
      for (size_t n = 0; n < hidden; ++n)
        out[o] += spikes[n] ? pair.weights.back()[o * hidden + n] : 0;
    }
    stepPlain(vOut, out, outSpikes);
    for (size_t o = 0; o < pair.outputs; ++o)
      counts[o] += outSpikes[o];
  }
  return counts;
}

static void addBounds(SpikingPair &pair, const Subject &subject) {
  auto add = [&](StringRef name, std::unique_ptr<SpikingBound> bound) {
    if (bound)
      pair.bounds.push_back({name.str(), std::move(bound)});
  };
  if (subject.files == "snn_mlp") {
    add("bound", makeMLPBound(pair.weights, subject.storage));
  } else if (subject.files == "snn_shd") {
    add("bound", makeRecurrentBound(pair.weights, subject.storage));
  } else {
    add("bound", makeConvBound(pair.weights, ConvNeurons::leaky, /*dense=*/false));
    add("bound_mixed", makeConvBound(pair.weights, ConvNeurons::leaky, /*dense=*/true));
  }
}

/// Null without its files.
static FailureOr<std::optional<SpikingPair>> prepare(const Subject &subject, const std::string &folder,
                                                     MLIRContext &context) {
  std::string path = (folder + "/" + subject.files).str();
  Location loc = NameLoc::get(StringAttr::get(&context, subject.name));
  SpikingPair pair;
  pair.name = subject.name.str();
  for (size_t layer = 0; layer < subject.layers; ++layer)
    pair.weights.push_back(readNumbers<float>(path + "_w" + std::to_string(layer) + ".bin"));
  pair.frames = readNumbers<uint8_t>(path + "_x.bin");
  std::vector<float> counts = readNumbers<float>(path + "_y.bin");
  if (pair.frames.empty()) {
    llvm::outs() << subject.name << ": skipped, it is not in " << folder << " (LLE_BOUNDS)\n";
    return std::optional<SpikingPair>();
  }
  pair.frameBytes = subject.inputs;
  pair.steps = pair.frames.size() / subject.inputs;
  pair.outputs = subject.outputs;
  if (llvm::any_of(pair.weights, [](auto &weights) { return weights.empty(); }) || counts.size() != pair.outputs ||
      pair.frames.size() % subject.inputs != 0)
    return emitError(loc, "its files in " + folder + " are damaged");
  addBounds(pair, subject);
  OwningOpRef<ModuleOp> module = subject.build(context, subject.name, pair.weights, subject.storage);
  FailureOr<NativeNetwork> native =
      compileForThisMachine(*module->getOps<NetworkOp>().begin(), pair.name, /*sourceHash=*/"");
  if (failed(native))
    return failure();
  pair.native = std::move(*native);
  std::vector<uint32_t> expected(counts.begin(), counts.end());
  if (subject.storage == Storage::int8)
    expected = inferQuantized(pair);
  if (failed(checkPair(loc, pair, expected)))
    return failure();
  return std::optional<SpikingPair>(std::move(pair));
}

/// cnn_sinabs.nir on a recording, with the weights as imported.
static FailureOr<SpikingPair> prepareSinabs(const std::string &data, MLIRContext &context) {
  Location loc = NameLoc::get(StringAttr::get(&context, "cnn_sinabs"));
  Recording recording = readNMNIST(data);
  if (recording.values.empty())
    return emitError(loc, "its recording is not in " + data);
  FailureOr<LoadedNetwork> loaded =
      loadNetwork(data + "/spiking/nir_files/cnn_sinabs.nir", {"snntorch", /*dt=*/1.0}, context);
  if (failed(loaded))
    return failure();
  FailureOr<NativeNetwork> native = compileForThisMachine(loaded->network, loaded->sourceName, loaded->sourceHash);
  if (failed(native))
    return failure();
  SpikingPair pair;
  pair.name = "cnn_sinabs";
  pair.native = std::move(*native);
  pair.outputs = 10;
  pair.frameBytes = recording.frameSize * sizeof(float);
  pair.steps = recording.getSteps();
  pair.frames.resize(pair.steps * pair.frameBytes);
  memcpy(pair.frames.data(), recording.values.data(), pair.frames.size());
  pair.weights = getSynapticWeights(loaded->network);
  if (auto bound = makeConvBound(pair.weights, ConvNeurons::integrator, /*dense=*/false))
    pair.bounds.push_back({"bound", std::move(bound)});
  // There is no file of counts: the plain loops say what is right.
  std::unique_ptr<PlainNetwork> plain = makePlainNMNIST(loaded->network);
  std::vector<uint32_t> expected(pair.outputs);
  plain->reset();
  for (size_t t = 0; t < pair.steps; ++t) {
    const uint8_t *spikes = plain->step(recording.values.data() + t * recording.frameSize);
    for (size_t o = 0; o < pair.outputs; ++o)
      expected[o] += spikes[o];
  }
  if (failed(checkPair(loc, pair, expected)))
    return failure();
  return std::move(pair);
}

FailureOr<std::vector<SpikingPair>> bench::prepareSpiking(const std::string &bounds, const std::string &data,
                                                          MLIRContext &context) {
  std::vector<SpikingPair> pairs;
  for (const Subject &subject : kSubjects) {
    FailureOr<std::optional<SpikingPair>> pair = prepare(subject, bounds, context);
    if (failed(pair))
      return failure();
    if (*pair)
      pairs.push_back(std::move(**pair));
  }
  FailureOr<SpikingPair> sinabs = prepareSinabs(data, context);
  if (failed(sinabs))
    return failure();
  pairs.push_back(std::move(*sinabs));
  FailureOr<std::optional<SpikingPair>> edge = prepareSpikeEdge(data, context);
  if (failed(edge))
    return failure();
  if (*edge)
    pairs.push_back(std::move(**edge));
  return std::move(pairs);
}

/// So many samples that their bytes fill 4 MiB: of fewer, a processor learns the branches.
static std::vector<std::vector<uint8_t>> makeSamples(const SpikingPair &pair) {
  constexpr size_t kBytes = size_t(1) << 22, kElement = sizeof(float); // or four bytes
  std::mt19937 random(1);
  std::uniform_int_distribution<size_t> draw(0, pair.frameBytes / kElement - 1);
  std::vector<std::vector<uint8_t>> samples(llvm::divideCeil(kBytes, pair.frames.size()), pair.frames);
  for (std::vector<uint8_t> &sample : samples)
    for (auto frame = sample.begin(); frame != sample.end(); frame += ptrdiff_t(pair.frameBytes))
      std::rotate(frame, frame + ptrdiff_t(draw(random) * kElement), frame + ptrdiff_t(pair.frameBytes));
  return samples;
}

void bench::registerSpiking(std::vector<SpikingPair> &pairs) {
  for (SpikingPair &pair : pairs) {
    benchmark::RegisterBenchmark((pair.name + "_native").c_str(), [&pair](benchmark::State &state) {
      std::vector<std::vector<uint8_t>> samples = makeSamples(pair);
      std::vector<uint8_t> spikes;
      size_t next = 0;
      for (auto _ : state)
        benchmark::DoNotOptimize(pair.infer(samples[next++ % samples.size()], spikes));
    });
    for (NamedBound &named : pair.bounds)
      benchmark::RegisterBenchmark((pair.name + "_" + named.name).c_str(), [&pair, &named](benchmark::State &state) {
        std::vector<std::vector<uint8_t>> samples = makeSamples(pair);
        std::vector<uint32_t> counts(pair.outputs);
        size_t next = 0;
        for (auto _ : state) {
          named.bound->infer(samples[next++ % samples.size()].data(), pair.steps, counts.data());
          benchmark::DoNotOptimize(counts.data());
          benchmark::ClobberMemory();
        }
      });
  }
}

void bench::printInferences(const SpikingPair &pair, const std::map<std::string, double> &times) {
  auto native = times.find(pair.name + "_native");
  if (native == times.end())
    return;
  llvm::outs() << llvm::formatv("{0}: {1} steps, native {2:F2} us/inference, network to code in {3:F2} s", pair.name,
                                pair.steps, native->second * 1e6, pair.native.compileSeconds);
  for (const NamedBound &named : pair.bounds)
    if (auto time = times.find(pair.name + "_" + named.name); time != times.end())
      llvm::outs() << llvm::formatv(", by hand ({0}) {1:F2} us/inference, ratio {2:F2}", named.name, time->second * 1e6,
                                    native->second / time->second);
  llvm::outs() << " (measured, best repetition)" << (pair.note.empty() ? "" : "; " + pair.note) << "\n";
}
