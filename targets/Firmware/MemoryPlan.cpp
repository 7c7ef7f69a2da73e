//===- MemoryPlan.cpp - where a program lies on a board -------------------===//
#include "targets/Firmware/MemoryPlan.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace lle;

static constexpr unsigned kQuantisedBits = 8;

MemoryPlan lle::planMemories(const MemoryUse &use, const Target &target) {
  MemoryPlan plan;
  plan.stackBytes = llvm::alignTo(use.stack, 16) + kProgramStackBytes;
  plan.codeBytes = use.total.code + use.total.parameters + kProgramCodeBytes;
  plan.variableBytes = use.ports + plan.stackBytes + kProgramRamBytes;
  plan.stateBytes = use.arena;
  llvm::SmallDenseMap<const Memory *, uint64_t> used;
  auto place = [&](Memory::Kind kind, uint64_t bytes) -> const Memory * {
    for (const Memory &memory : target.memories)
      if (memory.kind == kind && memory.bytes >= used[&memory] + bytes) {
        used[&memory] += bytes;
        return &memory;
      }
    return nullptr;
  };
  plan.code = place(getCodeKind(target), plan.codeBytes);
  plan.variables = place(Memory::Ram, plan.variableBytes);
  plan.state = place(Memory::Ram, plan.stateBytes);
  return plan;
}

Memory::Kind lle::getCodeKind(const Target &target) {
  return target.getMemory(Memory::Flash) ? Memory::Flash : Memory::Ram;
}

static uint64_t getLargest(const Target &target, Memory::Kind kind) {
  uint64_t most = 0;
  for (const Memory &memory : target.memories)
    if (memory.kind == kind)
      most = std::max(most, memory.bytes);
  return most;
}

/// Nodes that take something, the greediest first.
static std::vector<const NodeMemory *> sortNodes(const MemoryUse &use, function_ref<uint64_t(const NodeMemory &)> get) {
  std::vector<const NodeMemory *> order;
  for (const NodeMemory &node : use.nodes)
    if (!node.name.empty() && get(node) != 0)
      order.push_back(&node);
  // Nodes lie in an array: of equal ones the first comes first.
  llvm::sort(order, [&](const NodeMemory *a, const NodeMemory *b) {
    return std::make_pair(get(*b), a) < std::make_pair(get(*a), b);
  });
  return order;
}

namespace {
/// Proposals until enough bytes are saved.
class Remedies {
public:
  explicit Remedies(uint64_t excess) : excess(excess) {}

  bool isEnough() const { return saved >= excess; }
  uint64_t getMissing() const { return isEnough() ? 0 : excess - saved; }
  void propose(const Twine &what, uint64_t bytes) {
    saved += bytes;
    sentences.push_back(llvm::formatv("{0}: {1} bytes less", what.str(), bytes).str());
  }
  std::vector<std::string> sentences;

private:
  const uint64_t excess;
  uint64_t saved = 0;
};
} // namespace

/// Too much code: weights of 8 bits, then fewer of them.
static std::vector<std::string> saveCode(const MemoryPlan &plan, const MemoryUse &use, const Target &target) {
  Memory::Kind kind = getCodeKind(target);
  Remedies remedies(plan.codeBytes - getLargest(target, kind));
  auto getGain = [](const NodeMemory &node) -> uint64_t {
    return node.weightBits > kQuantisedBits ? node.weights * (node.weightBits - kQuantisedBits) / 8 : 0;
  };
  uint64_t quantised = use.total.parameters;
  for (const NodeMemory *node : sortNodes(use, getGain)) {
    if (remedies.isEnough())
      break;
    remedies.propose(llvm::formatv("quantise the {0} weights of '{1}' from {2} bits to {3}", node->weights, node->name,
                                   node->weightBits, kQuantisedBits),
                     getGain(*node));
    quantised -= std::min(quantised, getGain(*node));
  }
  if (uint64_t missing = remedies.getMissing(); missing != 0 && quantised >= missing)
    remedies.propose(llvm::formatv("prune {0:P0} of the weights that are left", double(missing) / double(quantised)),
                     missing);
  if (!remedies.isEnough())
    remedies.sentences.push_back(llvm::formatv("or move to a target with {0} bytes of {1}: code alone takes {2}",
                                               plan.codeBytes, kind == Memory::Flash ? "flash" : "RAM",
                                               use.total.code));
  return remedies.sentences;
}

/// Too much for RAM: what of the states and buffers is how large.
static std::vector<std::string> saveRam(const MemoryPlan &plan, const MemoryUse &use, const Target &target) {
  uint64_t excess = plan.variableBytes + plan.stateBytes;
  for (const Memory &memory : target.memories) {
    uint64_t needed = plan.stateBytes + (&memory == plan.variables || !plan.variables ? plan.variableBytes : 0) +
                      (&memory == plan.code ? plan.codeBytes : 0);
    if (memory.kind == Memory::Ram)
      excess = std::min(excess, needed - std::min(needed, memory.bytes));
  }
  Remedies remedies(excess);
  for (const NodeMemory *node : sortNodes(use, [](const NodeMemory &node) { return node.states; })) {
    if (remedies.isEnough())
      break;
    // States of one byte are as short as they get.
    remedies.propose(
        llvm::formatv("quantise the states of '{0}', {1} bytes, to half their width", node->name, node->states),
        node->states / 2);
  }
  for (const NodeMemory *node : sortNodes(use, [](const NodeMemory &node) { return node.scratch; })) {
    if (remedies.isEnough())
      break;
    remedies.propose(
        llvm::formatv("prune channels of '{0}', whose buffers take {1} bytes, by half", node->name, node->scratch),
        node->scratch / 2);
  }
  remedies.sentences.push_back(
      llvm::formatv("or move to a target with {0} bytes of RAM in one piece", plan.stateBytes + plan.variableBytes));
  return remedies.sentences;
}

std::vector<std::string> lle::findRemedies(const MemoryPlan &plan, const MemoryUse &use, const Target &target) {
  std::vector<std::string> remedies;
  if (!plan.code)
    remedies = saveCode(plan, use, target);
  if (!plan.variables || !plan.state)
    llvm::append_range(remedies, saveRam(plan, use, target));
  return remedies;
}
