//===- SpikeEdge.cpp - the N-MNIST model of SpikeEdge ---------------------===//
#include "bench/SpikeEdge.h"
#include "bench/SpikingBuilder.h"
#include "runtime/host/Events.h"

#include "mlir/IR/Diagnostics.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace lle;
using namespace lle::bench;

static constexpr size_t kSide = 34, kBins = 50, kOutputs = 10;
static constexpr StringLiteral kLayers[] = {"0.weight", "0.bias", "3.weight", "3.bias", "7.weight", "7.bias"};

/// The numbers of nested lists, first to last.
static void appendNumbers(const llvm::json::Value &value, std::vector<float> &numbers) {
  if (const llvm::json::Array *list = value.getAsArray())
    for (const llvm::json::Value &element : *list)
      appendNumbers(element, numbers);
  else if (std::optional<double> number = value.getAsNumber())
    numbers.push_back(float(*number));
}

static FailureOr<SpikingWeights> readWeights(const std::string &path, Location loc) {
  auto file = llvm::MemoryBuffer::getFile(path);
  if (!file)
    return emitError(loc, "cannot read " + path);
  auto parsed = llvm::json::parse((*file)->getBuffer());
  if (!parsed)
    return emitError(loc, path + ": " + llvm::toString(parsed.takeError()));
  SpikingWeights weights;
  for (StringRef layer : kLayers) {
    const llvm::json::Object *state = parsed->getAsObject();
    const llvm::json::Value *values = state ? state->get(layer) : nullptr;
    if (!values)
      return emitError(loc, path + " has no '" + layer + "'");
    appendNumbers(*values, weights.emplace_back());
  }
  return weights;
}

/// The counts of the outputs for one recording, from a text of blocks "nmnist 7", "COUNTS 4 0 1 ...".
static std::vector<uint32_t> readCounts(const std::string &path, StringRef recording) {
  std::vector<uint32_t> counts;
  auto file = llvm::MemoryBuffer::getFile(path);
  if (!file)
    return counts;
  StringRef line = (*file)->getBuffer().split(("nmnist " + recording + "\n").str()).second.split("COUNTS ").second;
  SmallVector<StringRef> words;
  line.take_until([](char c) { return c == '\n'; }).split(words, ' ', -1, /*KeepEmpty=*/false);
  for (StringRef word : words)
    if (uint32_t count; !word.getAsInteger(10, count))
      counts.push_back(count);
  return counts;
}

static FailureOr<std::vector<float>> readFrames(const std::string &path, Location loc) {
  auto events = runtime::readEvents(path);
  if (!events)
    return emitError(loc, events.error().message);
  runtime::Binning binning;
  binning.channels = 2;
  binning.height = binning.width = kSide;
  binning.bins = kBins;
  auto steps = runtime::binEvents(*events, binning, path);
  if (!steps)
    return emitError(loc, steps.error().message);
  std::vector<float> frames(kBins * 2 * kSide * kSide);
  size_t event = 0;
  for (size_t step = 0; step < kBins; ++step)
    for (; event < steps->ends[step]; ++event)
      frames[step * 2 * kSide * kSide + steps->positions[event]] += 1;
  return frames;
}

static OwningOpRef<ModuleOp> build(MLIRContext &context, const SpikingWeights &w) {
  constexpr float kDecay = 0.5f;
  NetworkBuilder b(context, "spikeedge", {2, kSide, kSide}, kOutputs, /*spikesIn=*/false);
  Value map = b.getInput();
  for (size_t layer : {0, 2})
    map = b.neuron(b.maxPool(b.conv2d(map, w[layer], w[layer + 1], /*kernel=*/5, /*stride=*/1, /*padding=*/0)),
                   kLeakyThreshold, kDecay);
  return b.finish(b.neuron(b.affine(b.flatten(map), w[4], w[5]), kLeakyThreshold, kDecay));
}

FailureOr<std::optional<SpikingPair>> bench::prepareSpikeEdge(const std::string &data, MLIRContext &context) {
  std::string folder = data + "/spiking/snn_generator";
  Location loc = NameLoc::get(StringAttr::get(&context, "spikeedge"));
  std::vector<uint32_t> expected = readCounts(folder + "/ref_nmnist.txt", "7");
  if (expected.empty()) {
    llvm::outs() << "spikeedge: skipped, it is not in " << folder << " (LLE_TEST_DATA)\n";
    return std::optional<SpikingPair>();
  }
  if (expected.size() != kOutputs)
    return emitError(loc, "ref_nmnist.txt has ") << expected.size() << " counts of recording 7, expected " << kOutputs;
  FailureOr<SpikingWeights> weights = readWeights(folder + "/snn_nmnist_weights_bs_32.json", loc);
  if (failed(weights))
    return failure();
  static constexpr size_t kSizes[] = {12 * 2 * 25, 12, 32 * 12 * 25, 32, 10 * 800, 10};
  for (auto [layer, size, values] : llvm::zip_equal(kLayers, kSizes, *weights))
    if (values.size() != size)
      return emitError(loc, "'") << layer << "' has " << values.size() << " numbers, expected " << size;
  FailureOr<std::vector<float>> frames = readFrames(data + "/spiking/nmnist/7.bin", loc);
  if (failed(frames))
    return failure();
  SpikingPair pair;
  pair.name = "spikeedge";
  pair.steps = kBins;
  pair.outputs = kOutputs;
  pair.frameBytes = 2 * kSide * kSide * sizeof(float);
  pair.frames.resize(kBins * pair.frameBytes);
  memcpy(pair.frames.data(), frames->data(), pair.frames.size());
  pair.weights = std::move(*weights);
  if (auto bound = makeSpikeEdgeBound(pair.weights))
    pair.bounds.push_back({"bound", std::move(bound)});
  OwningOpRef<ModuleOp> module = build(context, pair.weights);
  FailureOr<NativeNetwork> native =
      compileForThisMachine(*module->getOps<NetworkOp>().begin(), pair.name, /*sourceHash=*/"");
  if (failed(native))
    return failure();
  pair.native = std::move(*native);
  pair.note = "its own C runtime is said to take 95,000 us, on another machine";
  if (failed(checkPair(loc, pair, expected)))
    return failure();
  return std::optional<SpikingPair>(std::move(pair));
}
