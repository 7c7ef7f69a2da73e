//===- Mapping.cpp - quality and time of partitions and placements --------===//
//
// Partitions a spiking network into cores and places them on a mesh. Prints packets (spikes times cores, other than the
// source's, that they reach), remote events (spikes times synapses between cores: what an edge cut counts), hops, wall
// and processor time, and peak memory. Partitions of other programs are judged in the same way.
//
//===----------------------------------------------------------------------===//
#include "bench/SpikingNets.h"
#include "passes/Placement/JointRefinement.h"
#include "passes/Placement/Partitioner.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Support/raw_ostream.h"

#include <chrono>
#include <cmath>
#include <ctime>
#include <sys/resource.h>

using namespace lle;
namespace cl = llvm::cl;

namespace {
cl::opt<std::string> network(cl::Positional, cl::desc("conv | ring | large | FILE.hgr"), cl::Required);
cl::opt<uint32_t> neurons("neurons", cl::init(1000000), cl::desc("Neurons of the network `large`"));
cl::opt<uint64_t> seed("seed", cl::init(1), cl::desc("Of the network and of the search"));
cl::opt<uint32_t> perCore("per-core", cl::init(1024), cl::desc("Neurons of a core at most"));
cl::opt<uint32_t> cores("cores", cl::init(UINT32_MAX), cl::desc("Cores at most"));
cl::opt<uint32_t> width("width", cl::init(0), cl::desc("Columns of the mesh; 0: as square as the parts need"));
cl::opt<uint32_t> height("height", cl::init(0), cl::desc("Rows of the mesh"));
cl::opt<unsigned> effort("effort", cl::init(PartitionOptions().effort), cl::desc("Of the partitioner"));
cl::opt<unsigned> placeEffort("place-effort", cl::init(PlacementOptions().effort), cl::desc("Of the placer"));
cl::opt<double> balance("balance", cl::init(0),
                        cl::desc("Share by which packets may grow for less work on the busiest core"));
cl::opt<double> links("links", cl::init(PlacementOptions().linkWeight),
                      cl::desc("Hops that a spike on the busiest link counts for"));
cl::opt<bool> joint("joint", cl::desc("Then move neurons between cores with places"));
cl::opt<unsigned> threads("workers", cl::init(0), cl::desc("Threads; 0: what the machine has"));
cl::opt<std::string> partition("partition",
                               cl::desc("Judge this partition (a part per line, as gpmetis writes) instead"));
cl::opt<std::string> graphFile("write-graph", cl::desc("Write the network as a METIS graph and end"));
cl::opt<bool> json("json", cl::desc("Print JSON"));

/// Wall and processor time since it was made, in seconds.
class Stopwatch {
public:
  double wall() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - wallStart).count(); }
  double processor() const { return double(clock() - processorStart) / CLOCKS_PER_SEC; }

private:
  std::chrono::steady_clock::time_point wallStart = std::chrono::steady_clock::now();
  clock_t processorStart = clock();
};
} // namespace

static llvm::Expected<Hypergraph> loadNetwork() {
  if (network == "conv")
    return bench::makeConvNetwork(seed);
  if (network == "ring")
    return bench::makeRingNetwork(seed);
  if (network == "large")
    return bench::makeLargeNetwork(neurons, seed).graph;
  return bench::readHypergraph(network);
}

static llvm::Expected<CorePartition> readPartition(const Hypergraph &graph) {
  auto buffer = llvm::MemoryBuffer::getFile(partition);
  if (!buffer)
    return llvm::createStringError(buffer.getError(), "%s: cannot be read", partition.c_str());
  CorePartition result;
  llvm::StringRef text = (*buffer)->getBuffer();
  for (uint32_t part; !(text = text.ltrim()).consumeInteger(10, part);) {
    result.part.push_back(part);
    result.parts = std::max(result.parts, part + 1);
  }
  if (result.part.size() != graph.vertices)
    return llvm::createStringError(std::errc::invalid_argument, "%s: %zu parts for %u neurons", partition.c_str(),
                                   result.part.size(), graph.vertices);
  result.packets = countPackets(graph, result.part);
  return result;
}

static llvm::Error run() {
  llvm::Expected<Hypergraph> graph = loadNetwork();
  if (!graph)
    return graph.takeError();
  if (!graphFile.empty())
    return bench::writeGraph(*graph, graphFile);
  // Cores filled one after the other.
  std::vector<uint32_t> order(graph->vertices);
  for (uint32_t vertex = 0; vertex < graph->vertices; ++vertex)
    order[vertex] = vertex / perCore;
  llvm::json::Object report{{"network", network.getValue()},
                            {"neurons", graph->vertices},
                            {"synapses", int64_t(graph->pins.size())},
                            {"packets in order", int64_t(countPackets(*graph, order))}};

  PartitionOptions options;
  options.limits.additive = {{"neurons", perCore}};
  options.maxParts = cores;
  options.seed = seed;
  options.threads = threads;
  options.effort = effort;
  Stopwatch partitionTime;
  llvm::Expected<CorePartition> parts = partition.empty() ? partitionNetwork(*graph, options) : readPartition(*graph);
  if (!parts)
    return parts.takeError();
  if (balance > 0) {
    std::vector<uint32_t> operations(graph->vertices, 0);
    for (size_t net = 0; net < graph->nets(); ++net)
      for (uint32_t target : graph->targets(net))
        operations[target] += graph->rate[net];
    graph->addResource(operations);
    options.limits.additive.push_back({"operations", countMost(*graph, parts->part)});
    report["packets before"] = int64_t(parts->packets);
    report["most operations before"] = int64_t(options.limits.additive.back().limit);
    *parts = balancePartition(*graph, options, balance, std::move(*parts));
    report["most operations"] = int64_t(options.limits.additive.back().limit = countMost(*graph, parts->part));
  }
  report["partition wall s"] = partitionTime.wall();
  report["partition processor s"] = partitionTime.processor();
  report["parts"] = parts->parts;
  std::vector<uint32_t> size(parts->parts);
  for (uint32_t part : parts->part)
    ++size[part];
  report["largest part"] = *llvm::max_element(size);
  report["packets"] = int64_t(parts->packets);
  report["remote events"] = int64_t(countRemoteEvents(*graph, parts->part));

  Mesh mesh;
  mesh.width = width ? width : uint32_t(std::ceil(std::sqrt(parts->parts)));
  mesh.height = height ? height : (parts->parts + mesh.width - 1) / mesh.width;
  PlacementOptions placement;
  placement.seed = seed;
  placement.threads = threads;
  placement.effort = placeEffort;
  placement.linkWeight = links;
  Stopwatch placeTime;
  Traffic traffic(*graph, parts->part, parts->parts);
  llvm::Expected<std::vector<uint32_t>> position = placeParts(traffic, mesh, placement);
  if (!position)
    return position.takeError();
  report["placement wall s"] = placeTime.wall();
  report["placement processor s"] = placeTime.processor();
  PlacementCost cost = costOfPlacement(traffic, mesh, *position);
  if (joint) {
    Stopwatch jointTime;
    refineJointly(*graph, options.limits, mesh, *position, placement, parts->part);
    report["joint wall s"] = jointTime.wall();
    report["joint processor s"] = jointTime.processor();
    report["multicast hops before"] = int64_t(cost.hops);
    report["packets after"] = int64_t(countPackets(*graph, parts->part));
    cost = costOfPlacement(Traffic(*graph, parts->part, parts->parts), mesh, *position);
  }
  report["mesh"] = std::to_string(mesh.width) + "x" + std::to_string(mesh.height);
  report["multicast hops"] = int64_t(cost.hops);
  report["unicast hops"] = int64_t(cost.unicastHops);
  report["busiest link"] = int64_t(cost.maxLinkLoad);
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  report["peak memory MiB"] = int64_t(usage.ru_maxrss / 1024);

  llvm::json::Value value(std::move(report));
  if (json) {
    llvm::outs() << llvm::formatv("{0:2}\n", value);
    return llvm::Error::success();
  }
  for (auto &[key, entry] : *value.getAsObject())
    llvm::outs() << llvm::formatv("{0,-24} {1}\n", llvm::StringRef(key), entry);
  return llvm::Error::success();
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  cl::ParseCommandLineOptions(argc, argv, "Quality and time of partitions and placements of spiking networks\n");
  if (llvm::Error error = run()) {
    llvm::WithColor::error() << llvm::toString(std::move(error)) << "\n";
    return 1;
  }
  return 0;
}
