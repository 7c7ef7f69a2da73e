//===- Suggestions.cpp - what would make a network cheaper ----------------===//
#include "targets/Estimate/Suggestions.h"
#include "passes/Analysis/SynapseCost.h"
#include "targets/Native/NodeScopes.h"

#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace lle;

/// What gains less is not worth a sentence.
static constexpr double kLeastShare = 0.02;
/// Synapses that are compiled again with their other kernel: those that take the most.
static constexpr unsigned kMostKernels = 2;
static constexpr unsigned kQuantisedBits = 8;

namespace {
class Adviser {
public:
  Adviser(NetworkOp network, const Estimate &estimate, const MemoryUse &memory, const SuggestionRequest &request)
      : network(network), estimate(estimate), memory(memory), request(request) {}

  std::vector<Suggestion> advise();

private:
  NetworkOp network;
  const Estimate &estimate;
  const MemoryUse &memory;
  const SuggestionRequest &request;
  std::vector<Suggestion> suggestions;

  void propose(StringRef node, const Twine &lever, double gain, StringRef unit, double total, const Twine &basis);
  void proposeKernels();
  void proposeAccuracy();
  void proposeActivity();
  void proposeIntegers();
  void proposeBytes();
  std::optional<double> estimateAgain(NetworkOp changed, const CompileOptions &options);
};
} // namespace

void Adviser::propose(StringRef node, const Twine &lever, double gain, StringRef unit, double total,
                      const Twine &basis) {
  if (gain >= kLeastShare * total && gain > 0)
    suggestions.push_back({node.str(), lever.str(), gain, unit.str(), gain / total, basis.str()});
}

/// The instructions of a mean step of a variant.
std::optional<double> Adviser::estimateAgain(NetworkOp changed, const CompileOptions &options) {
  FailureOr<CompiledNetwork> compiled = compileNetwork(changed, request.target, options);
  if (failed(compiled))
    return std::nullopt;
  Estimate again = estimateWork(changed, *compiled, {request.target, request.data, /*measuresCycles=*/false});
  return again.hasProfile ? std::optional(again.total.mean.instructions) : std::nullopt;
}

void Adviser::proposeKernels() {
  SmallVector<const NodeWork *> order;
  for (const NodeWork &node : estimate.nodes)
    if (node.mean.instructions >= kLeastShare * estimate.total.mean.instructions)
      order.push_back(&node);
  // Nodes lie in an array: of equal ones the first comes first.
  llvm::sort(order, [](const NodeWork *a, const NodeWork *b) {
    return std::make_pair(b->mean.instructions, a) < std::make_pair(a->mean.instructions, b);
  });
  unsigned tried = 0;
  for (const NodeWork *node : order) {
    if (tried == kMostKernels)
      return;
    OwningOpRef<NetworkOp> changed = cast<NetworkOp>(network->clone());
    for (auto synapse : changed->getBody().getOps<SynapseOpInterface>()) {
      auto kernel = synapse->getAttrOfType<StringAttr>(kSynapseAttr);
      if (!kernel || getNodeLabel(synapse) != node->name)
        continue;
      ++tried;
      StringRef other = kernel.getValue() == "event" ? "dense" : "event";
      synapse->setAttr(kSynapseAttr, StringAttr::get(network.getContext(), other));
      if (std::optional<double> total = estimateAgain(*changed, request.options))
        propose(node->name, "visit its inputs by the kernel '" + other + "' (lle.synapse)",
                estimate.total.mean.instructions - *total, "instructions", estimate.total.mean.instructions,
                "compiled and estimated so");
      break;
    }
  }
}

void Adviser::proposeAccuracy() {
  if (request.options.accuracy == Accuracy::fast)
    return;
  CompileOptions fast = request.options;
  fast.accuracy = Accuracy::fast;
  if (std::optional<double> total = estimateAgain(network, fast))
    propose("", "exp, tanh and the like to within 1e-5 (--approx=fast)", estimate.total.mean.instructions - *total,
            "instructions", estimate.total.mean.instructions, "compiled and estimated so");
}

/// What a node does beyond its shortest path is work on events: half of them are half of it.
void Adviser::proposeActivity() {
  for (const NodeWork &node : estimate.nodes)
    if (!node.name.empty())
      propose(node.name, "half as many events at its input (higher thresholds, sparser coding)",
              (node.mean.instructions - node.least.instructions) / 2, "instructions", estimate.total.mean.instructions,
              llvm::formatv("half of {0:F0} instructions beyond the {1:F0} of a silent step",
                            node.mean.instructions - node.least.instructions, node.least.instructions)
                  .str());
}

/// Functions for floats are called where the processor has no instructions for them.
void Adviser::proposeIntegers() {
  double calls = 0;
  for (const HelperCalls &helper : estimate.helpers)
    calls += helper.calls;
  // A call, and at the least the return.
  propose("", "integers in place of floats (lle-to-fixed-point): the processor has no instructions for them", 2 * calls,
          "instructions", estimate.total.mean.instructions,
          llvm::formatv("at the least: {0:F0} calls of functions in a step, and their returns", calls).str());
}

void Adviser::proposeBytes() {
  for (const NodeMemory &node : memory.nodes) {
    if (node.weightBits <= kQuantisedBits)
      continue;
    double saved = double(node.weights) * (node.weightBits - kQuantisedBits) / 8;
    propose(node.name, "weights of 8 bits (quantised types, or lle-to-fixed-point)", saved, "bytes",
            double(memory.total.parameters + memory.total.code),
            llvm::formatv("{0} weights of {1} bits", node.weights, node.weightBits).str());
  }
}

std::vector<Suggestion> Adviser::advise() {
  if (estimate.hasProfile) {
    proposeKernels();
    proposeAccuracy();
    proposeActivity();
    proposeIntegers();
  }
  proposeBytes();
  llvm::sort(suggestions, [](const Suggestion &a, const Suggestion &b) {
    auto getKey = [](const Suggestion &suggestion) {
      return std::make_tuple(suggestion.unit == "bytes", -suggestion.gain, suggestion.node, suggestion.lever);
    };
    return getKey(a) < getKey(b);
  });
  return std::move(suggestions);
}

std::vector<Suggestion> lle::suggest(NetworkOp network, const Estimate &estimate, const MemoryUse &memory,
                                     const SuggestionRequest &request) {
  return Adviser(network, estimate, memory, request).advise();
}
