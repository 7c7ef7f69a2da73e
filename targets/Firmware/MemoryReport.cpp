//===- MemoryReport.cpp - what a network takes, for people ----------------===//
#include "targets/Firmware/MemoryReport.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace lle;

namespace {
/// What one memory of a board holds.
struct Holding {
  const Memory *memory;
  uint64_t used = 0;
  std::string what;
};
} // namespace

static std::vector<Holding> listHoldings(const MemoryPlan &plan, const Target &target) {
  std::vector<Holding> holdings;
  for (const Memory &memory : target.memories) {
    Holding holding{&memory, 0, ""};
    auto add = [&](const Memory *place, uint64_t bytes, StringRef what) {
      if (place != &memory)
        return;
      holding.used += bytes;
      holding.what += (holding.what.empty() ? "" : ", ") + what.str();
    };
    add(plan.code, plan.codeBytes, "code and parameters");
    add(plan.variables, plan.variableBytes, "stack and variables");
    add(plan.state, plan.stateBytes, "states and scratch");
    holdings.push_back(std::move(holding));
  }
  return holdings;
}

std::string lle::describeShortage(const MemoryPlan &plan, const Target &target) {
  std::string text;
  llvm::raw_string_ostream os(text);
  auto list = [&](Memory::Kind kind) {
    llvm::ListSeparator comma;
    os << " (";
    for (const Memory &memory : target.memories)
      if (memory.kind == kind)
        os << comma << memory.name << ": " << memory.bytes;
    os << ')';
  };
  llvm::ListSeparator also("; ");
  if (!plan.code) {
    Memory::Kind kind = getCodeKind(target);
    os << also << "code and parameters take " << plan.codeBytes << " bytes, for which no "
       << (kind == Memory::Flash ? "flash" : "RAM") << " has room";
    list(kind);
  }
  if (!plan.variables) {
    os << also << "stack and variables take " << plan.variableBytes << " bytes, for which no RAM has room";
    list(Memory::Ram);
  }
  if (!plan.state) {
    os << also << "states and scratch take " << plan.stateBytes << " bytes, for which no RAM has room";
    if (plan.variables)
      os << " besides the stack and variables in " << plan.variables->name;
    list(Memory::Ram);
  }
  return text;
}

static void printRow(raw_ostream &os, const NodeMemory &node, size_t nameWidth, size_t operationWidth) {
  os << llvm::left_justify(node.name.empty() ? StringRef("shared") : StringRef(node.name), unsigned(nameWidth)) << "  "
     << llvm::left_justify(node.operation, unsigned(operationWidth));
  for (uint64_t bytes : {node.parameters, node.states, node.scratch, node.code})
    os << llvm::right_justify(std::to_string(bytes), 12);
  os << '\n';
}

std::string lle::formatMemory(StringRef network, const MemoryUse &use, const Target &target) {
  std::string text;
  llvm::raw_string_ostream os(text);
  size_t nameWidth = 6, operationWidth = 9;
  for (const NodeMemory &node : use.nodes) {
    nameWidth = std::max(nameWidth, node.name.size());
    operationWidth = std::max(operationWidth, node.operation.size());
  }
  os << "network " << network << " on " << target.name << ", in bytes\n\n"
     << llvm::left_justify("node", unsigned(nameWidth)) << "  "
     << llvm::left_justify("operation", unsigned(operationWidth))
     << "  parameters      states     scratch        code\n";
  for (const NodeMemory &node : use.nodes)
    printRow(os, node, nameWidth, operationWidth);
  NodeMemory total = use.total;
  total.name = "total";
  printRow(os, total, nameWidth, operationWidth);
  os << "\nBuffers that are not needed at the same time share memory; the total has what the arena holds.\n"
     << "stack " << use.stack << " at most, inputs and outputs of a step " << use.ports << "\n";
  if (target.memories.empty())
    return text;
  MemoryPlan plan = planMemories(use, target);
  os << "With main.c and start-up code, of at most " << kProgramCodeBytes << " bytes of code, " << kProgramRamBytes
     << " of variables and " << kProgramStackBytes << " of stack:\n\n";
  for (const Holding &holding : listHoldings(plan, target))
    os << llvm::formatv("{0,-12} {1,-5} {2,10} of {3,10} {4,7:P1}  {5}\n", holding.memory->name,
                        holding.memory->kind == Memory::Flash ? "flash" : "ram", holding.used, holding.memory->bytes,
                        double(holding.used) / double(holding.memory->bytes), holding.what);
  if (plan.fits()) {
    os << "\nIt fits.\n";
    return text;
  }
  os << "\nIt does not fit: " << describeShortage(plan, target) << "\n";
  for (const std::string &remedy : findRemedies(plan, use, target))
    os << "- " << remedy << "\n";
  return text;
}

static llvm::json::Object makeEntry(uint64_t bytes) {
  return llvm::json::Object{{"value", int64_t(bytes)}, {"unit", "bytes"}, {"provenance", "derived"}};
}

static llvm::json::Object makeNode(const NodeMemory &node) {
  return llvm::json::Object{{"name", node.name.empty() ? "shared" : node.name},
                            {"operation", node.operation},
                            {"parameters", makeEntry(node.parameters)},
                            {"states", makeEntry(node.states)},
                            {"scratch", makeEntry(node.scratch)},
                            {"code", makeEntry(node.code)}};
}

llvm::json::Object lle::formatMemoryAsJSON(const MemoryUse &use, const Target &target) {
  llvm::json::Array nodes, memories;
  for (const NodeMemory &node : use.nodes)
    nodes.push_back(makeNode(node));
  NodeMemory total = use.total;
  total.name = "total";
  llvm::json::Object root{{"target", target.name},         {"nodes", std::move(nodes)},
                          {"total", makeNode(total)},      {"arena", makeEntry(use.arena)},
                          {"stack", makeEntry(use.stack)}, {"ports", makeEntry(use.ports)}};
  if (target.memories.empty())
    return root;
  MemoryPlan plan = planMemories(use, target);
  for (const Holding &holding : listHoldings(plan, target))
    memories.push_back(llvm::json::Object{{"name", holding.memory->name},
                                          {"kind", holding.memory->kind == Memory::Flash ? "flash" : "ram"},
                                          {"bytes", int64_t(holding.memory->bytes)},
                                          {"used", makeEntry(holding.used)},
                                          {"holds", holding.what}});
  root["memories"] = std::move(memories);
  root["fits"] = plan.fits();
  if (!plan.fits()) {
    root["shortage"] = describeShortage(plan, target);
    root["remedies"] = llvm::json::Array(findRemedies(plan, use, target));
  }
  return root;
}
