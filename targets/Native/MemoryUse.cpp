//===- MemoryUse.cpp - what each node takes of a machine's memory ---------===//
#include "targets/Native/MemoryUse.h"
#include "targets/Native/NodeScopes.h"

#include "llvm/DebugInfo/DWARF/DWARFContext.h"
#include "llvm/IR/DebugInfo.h"
#include "llvm/IR/Instructions.h"
#include "llvm/Object/ObjectFile.h"

using namespace mlir;
using namespace lle;

static uint64_t countPortBytes(ArrayRef<runtime::Port> ports) {
  uint64_t bytes = 0;
  for (const runtime::Port &port : ports)
    bytes += *runtime::tensorBytes(port.shape, port.element);
  return bytes;
}

static FailureOr<MemoryUse> measureTotals(const CompiledNetwork &network, StringRef object, MLIRContext &context) {
  FailureOr<SectionSizes> sizes = getSectionSizes(object, context);
  FailureOr<uint64_t> stack = network.code.getStackBytes(object);
  if (failed(sizes) || failed(stack))
    return failure();
  const runtime::Package &package = network.package;
  MemoryUse use;
  use.total.code = sizes->code;
  use.total.parameters = sizes->constants;
  use.total.states = package.stateBytes;
  use.total.scratch = package.arenaBytes - package.stateBytes;
  use.arena = package.arenaBytes;
  use.stack = *stack;
  use.ports = countPortBytes(package.inputs) + countPortBytes(package.outputs);
  return use;
}

FailureOr<MemoryUse> lle::measureMemory(const CompiledNetwork &network, MLIRContext &context) {
  FailureOr<std::string> object = network.code.emitObject();
  if (failed(object))
    return failure();
  return measureTotals(network, *object, context);
}

namespace {
/// Distributes what a program consists of among the nodes that it came from.
class NodeLedger {
public:
  explicit NodeLedger(NetworkOp network);

  /// The node of that label, else what is shared.
  NodeMemory &get(StringRef label) {
    auto found = indices.find(label);
    return found == indices.end() ? nodes.back() : nodes[found->second];
  }
  void addStates(const runtime::Package &package);
  void addConstants(const llvm::Module &module);
  void addCode(StringRef object, const llvm::Module &module);
  /// What the total has beyond the nodes, pools of numbers and padding, is shared.
  std::vector<NodeMemory> take(const NodeMemory &total);

private:
  std::vector<NodeMemory> nodes; ///< The last one is what is shared.
  llvm::StringMap<size_t> indices;
};
} // namespace

NodeLedger::NodeLedger(NetworkOp network) {
  for (Operation &op : network.getBody().front().without_terminator()) {
    if (isa<WeightOp>(op))
      continue;
    NodeMemory node;
    node.name = getNodeLabel(&op);
    node.operation = op.getName().getStringRef();
    for (Value operand : op.getOperands())
      if (auto weight = operand.getDefiningOp<WeightOp>()) {
        auto type = cast<RankedTensorType>(weight.getType());
        node.weights += type.getNumElements();
        // Quantised numbers are stored as what they are quantised to.
        node.weightBits = std::max(node.weightBits, weight.getValue().getElementType().getIntOrFloatBitWidth());
      }
    indices[node.name] = nodes.size();
    nodes.push_back(std::move(node));
  }
  nodes.emplace_back();
}

void NodeLedger::addStates(const runtime::Package &package) {
  for (const runtime::State &state : package.states)
    get(state.node).states += state.bytes;
}

/// The node of an instruction: its innermost scope, unless that is the step itself.
static StringRef findNode(const llvm::Instruction &instruction) {
  const llvm::DebugLoc &location = instruction.getDebugLoc();
  return location && location->getInlinedAt() ? location->getScope()->getSubprogram()->getName() : "";
}

/// Labels of the nodes whose instructions use the constant, be it through expressions of constants.
static void collectUsers(const llvm::Value *constant, llvm::SmallSetVector<StringRef, 2> &labels) {
  for (const llvm::User *user : constant->users()) {
    if (auto *instruction = dyn_cast<llvm::Instruction>(user))
      labels.insert(findNode(*instruction));
    else
      collectUsers(user, labels);
  }
}

void NodeLedger::addConstants(const llvm::Module &module) {
  for (const llvm::GlobalVariable &constant : module.globals()) {
    llvm::SmallSetVector<StringRef, 2> labels;
    collectUsers(&constant, labels);
    get(labels.size() == 1 ? labels.front() : "").parameters +=
        module.getDataLayout().getTypeAllocSize(constant.getValueType());
  }
}

/// By the table of lines, in which each node is a line.
void NodeLedger::addCode(StringRef object, const llvm::Module &module) {
  llvm::DebugInfoFinder finder;
  finder.processModule(module);
  llvm::DenseMap<unsigned, StringRef> labels;
  for (const llvm::DISubprogram *scope : finder.subprograms())
    if (indices.contains(scope->getName()))
      labels[scope->getLine()] = scope->getName();
  auto file = llvm::object::ObjectFile::createObjectFile(llvm::MemoryBufferRef(object, "object"));
  if (!file)
    return llvm::consumeError(file.takeError()); // it was read before
  auto context = llvm::DWARFContext::create(**file);
  for (const auto &unit : context->compile_units()) {
    const llvm::DWARFDebugLine::LineTable *table = context->getLineTableForUnit(unit.get());
    for (size_t row = 0; table && row + 1 < table->Rows.size(); ++row)
      if (!table->Rows[row].EndSequence)
        get(labels.lookup(table->Rows[row].Line)).code +=
            table->Rows[row + 1].Address.Address - table->Rows[row].Address.Address;
  }
}

std::vector<NodeMemory> NodeLedger::take(const NodeMemory &total) {
  uint64_t parameters = 0, code = 0;
  for (const NodeMemory &node : nodes) {
    parameters += node.parameters;
    code += node.code;
  }
  nodes.back().parameters += total.parameters - std::min(total.parameters, parameters);
  nodes.back().code += total.code - std::min(total.code, code);
  llvm::erase_if(nodes,
                 [](const NodeMemory &node) { return node.parameters + node.states + node.scratch + node.code == 0; });
  return std::move(nodes);
}

FailureOr<MemoryUse> lle::measureNodes(NetworkOp network, const CompiledNetwork &compiled) {
  FailureOr<std::string> object = compiled.code.emitObject();
  if (failed(object))
    return failure();
  FailureOr<MemoryUse> use = measureTotals(compiled, *object, *network.getContext());
  if (failed(use))
    return failure();
  NodeLedger ledger(network);
  ledger.addStates(compiled.package);
  ledger.addConstants(compiled.code.getModule());
  ledger.addCode(*object, compiled.code.getModule());
  for (const ScratchBuffer &buffer : compiled.scratch)
    ledger.get(buffer.node).scratch += buffer.bytes;
  use->nodes = ledger.take(use->total);
  return use;
}

FailureOr<MemoryUse> lle::measureNodes(NetworkOp network, const Target &target, CompileOptions options) {
  options.nodeScopes = true;
  FailureOr<CompiledNetwork> compiled = compileNetwork(network, target, options);
  if (failed(compiled))
    return failure();
  return measureNodes(network, *compiled);
}
