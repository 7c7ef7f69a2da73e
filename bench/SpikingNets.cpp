//===- SpikingNets.cpp - networks to map on cores -------------------------===//
#include "bench/SpikingNets.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>
#include <map>
#include <random>

using namespace lle;

/// Adds the net of `source`; targets are sorted and made unique.
static void addNet(Hypergraph &graph, uint32_t source, std::vector<uint32_t> &targets) {
  llvm::sort(targets);
  targets.erase(llvm::unique(targets), targets.end());
  llvm::append_range(graph.pins, targets);
  graph.netBegin.push_back(graph.pins.size());
  graph.source.push_back(source);
}

/// Rates are log-normal: 10 exp(N(0, 1)) spikes, at least one.
static void addRatesAndDemand(Hypergraph &graph, std::mt19937_64 &random) {
  std::lognormal_distribution<double> rate(0, 1);
  for (size_t net = 0; net < graph.nets(); ++net)
    graph.rate.push_back(std::max(1l, std::lround(10 * rate(random))));
  graph.demand.assign(graph.vertices, 1);
}

namespace {
struct Image {
  uint32_t side, channels, first; ///< Neurons are numbered by row, column, channel.
};
} // namespace

/// 3x3 convolution whose stride is the ratio of the sides.
static void addConvolution(Hypergraph &graph, const Image &from, const Image &to) {
  std::vector<uint32_t> targets;
  int32_t stride = from.side / to.side, side = from.side;
  for (int32_t y = 0; y < side; ++y)
    for (int32_t x = 0; x < side; ++x)
      for (uint32_t channel = 0; channel < from.channels; ++channel) {
        targets.clear();
        for (int32_t nearY = std::max(0, y - 1); nearY <= std::min(side - 1, y + 1); ++nearY)
          for (int32_t nearX = std::max(0, x - 1); nearX <= std::min(side - 1, x + 1); ++nearX)
            for (uint32_t target = 0; target < to.channels; ++target)
              targets.push_back(to.first + (nearY / stride * to.side + nearX / stride) * to.channels + target);
        addNet(graph, from.first + (y * side + x) * from.channels + channel, targets);
      }
}

static void addRing(Hypergraph &graph, uint32_t first, uint32_t neurons, unsigned local, unsigned anywhere,
                    std::mt19937_64 &random) {
  std::normal_distribution<double> distance(0, 400);
  std::uniform_int_distribution<uint32_t> any(0, neurons - 1);
  std::vector<uint32_t> targets;
  for (uint32_t neuron = 0; neuron < neurons; ++neuron) {
    targets.clear();
    auto add = [&](int64_t target) {
      target = (target % neurons + neurons) % neurons;
      if (target != neuron)
        targets.push_back(first + target);
    };
    for (unsigned i = 0; i < local; ++i)
      add(neuron + std::lround(distance(random)));
    for (unsigned i = 0; i < anywhere; ++i)
      add(any(random));
    addNet(graph, first + neuron, targets);
  }
}

static void addImages(Hypergraph &graph, llvm::MutableArrayRef<Image> images) {
  for (Image &image : images) {
    image.first = graph.vertices;
    graph.vertices += image.side * image.side * image.channels;
  }
  for (size_t layer = 0; layer + 1 < images.size(); ++layer)
    addConvolution(graph, images[layer], images[layer + 1]);
}

Hypergraph bench::makeConvNetwork(uint64_t seed) {
  Hypergraph graph;
  std::mt19937_64 random(seed);
  Image images[] = {{64, 4, 0}, {64, 8, 0}, {32, 16, 0}, {16, 32, 0}};
  addImages(graph, images);
  addRatesAndDemand(graph, random);
  return graph;
}

Hypergraph bench::makeRingNetwork(uint64_t seed) {
  Hypergraph graph;
  std::mt19937_64 random(seed);
  graph.vertices = 20000;
  addRing(graph, 0, graph.vertices, 70, 30, random);
  addRatesAndDemand(graph, random);
  return graph;
}

bench::LargeNetwork bench::makeLargeNetwork(uint32_t neurons, uint64_t seed) {
  constexpr uint32_t kLayers = 8;
  LargeNetwork network;
  Hypergraph &graph = network.graph;
  std::mt19937_64 random(seed);
  uint32_t side = std::max(2l, std::lround(std::sqrt(neurons / 2.0 / (kLayers * kLargeChannels))));
  std::vector<Image> images(kLayers, Image{side, kLargeChannels, 0});
  addImages(graph, images);
  for (const Image &image : images)
    network.populations.push_back(image.first);
  uint32_t first = graph.vertices, rest = std::max(neurons, first + 2) - first;
  graph.vertices += rest;
  addRing(graph, first, rest, 78, 6, random);
  addRatesAndDemand(graph, random);
  network.populations.insert(network.populations.end(), {first, graph.vertices});
  return network;
}

llvm::Expected<Hypergraph> bench::readHypergraph(const std::string &path) {
  auto buffer = llvm::MemoryBuffer::getFile(path);
  if (!buffer)
    return llvm::createStringError(buffer.getError(), "%s: cannot be read", path.c_str());
  auto fail = [&](const char *message) {
    return llvm::createStringError(std::errc::invalid_argument, "%s: %s", path.c_str(), message);
  };
  llvm::StringRef text = (*buffer)->getBuffer();
  auto takeNumber = [](llvm::StringRef &line, uint64_t &number) {
    line = line.ltrim(' ');
    return !line.consumeInteger(10, number);
  };
  llvm::StringRef line;
  std::tie(line, text) = text.split('\n');
  uint64_t nets, vertices, format, number;
  if (!takeNumber(line, nets) || !takeNumber(line, vertices) || !takeNumber(line, format) || format != 1)
    return fail("not an hMETIS file with weights of nets (format 1)");
  Hypergraph graph;
  graph.vertices = vertices;
  for (uint64_t net = 0; net < nets; ++net) {
    std::tie(line, text) = text.split('\n');
    if (!takeNumber(line, number))
      return fail("a net lacks a weight");
    graph.rate.push_back(number);
    if (!takeNumber(line, number))
      return fail("a net lacks a source");
    graph.source.push_back(number - 1);
    while (takeNumber(line, number))
      graph.pins.push_back(number - 1);
    graph.netBegin.push_back(graph.pins.size());
  }
  graph.demand.assign(graph.vertices, 1);
  if (llvm::Error error = graph.verify())
    return error;
  return graph;
}

llvm::Error bench::writeGraph(const Hypergraph &graph, const std::string &path) {
  std::vector<std::map<uint32_t, uint64_t>> weight(graph.vertices);
  for (size_t net = 0; net < graph.nets(); ++net)
    for (uint32_t target : graph.targets(net))
      if (target != graph.source[net]) {
        weight[graph.source[net]][target] += graph.rate[net];
        weight[target][graph.source[net]] += graph.rate[net];
      }
  size_t ends = 0;
  for (const auto &neighbours : weight)
    ends += neighbours.size();
  std::error_code code;
  llvm::raw_fd_ostream out(path, code);
  if (code)
    return llvm::createStringError(code, "%s: cannot be written", path.c_str());
  out << graph.vertices << " " << ends / 2 << " 001\n";
  for (const auto &neighbours : weight) {
    for (auto [neighbour, spikes] : neighbours)
      out << neighbour + 1 << " " << spikes << " ";
    out << "\n";
  }
  return llvm::Error::success();
}
