//===- ExposeNodes.cpp - make results of nodes outputs of the network -----===//
#include "passes/Simplify/Passes.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

namespace lle {
#define GEN_PASS_DEF_EXPOSENODES
#include "passes/Simplify/Passes.h.inc"
} // namespace lle

using namespace mlir;
using namespace lle;

static StringAttr getNodeName(Operation *op) {
  return op->getNumResults() != 0 ? op->getAttrOfType<StringAttr>("name") : StringAttr();
}

SmallVector<StringAttr> lle::getNodeNames(NetworkOp network) {
  SmallVector<StringAttr> names;
  for (Operation *op : network.getTopologicalOrder())
    if (StringAttr name = getNodeName(op))
      names.push_back(name);
  return names;
}

static FailureOr<Operation *> findNode(NetworkOp network, StringRef name) {
  Operation *found = nullptr;
  for (Operation &op : network.getBody().front()) {
    StringAttr candidate = getNodeName(&op);
    if (!candidate || candidate.getValue() != name)
      continue;
    if (found)
      return network.emitError("node '") << name << "' is ambiguous: two operations have this name";
    found = &op;
  }
  if (found)
    return found;
  auto names = llvm::map_to_vector(getNodeNames(network), [](StringAttr known) { return known.getValue(); });
  return network.emitError("no node '") << name << "' in network '" << network.getName()
                                        << "'; its nodes are: " << llvm::join(names, ", ");
}

/// The name of the node, or a variation of it where another output has that name.
static std::string getFreeOutputName(NetworkOp network, StringRef node) {
  llvm::StringSet<> taken;
  for (unsigned i = 0, e = network.getNumResults(); i < e; ++i)
    taken.insert(network.getOutputName(i));
  std::string name = node.str();
  while (taken.contains(name))
    name += ".out";
  return name;
}

LogicalResult lle::exposeNodes(NetworkOp network, ArrayRef<std::string> nodes) {
  auto output = cast<OutputOp>(network.getBody().front().getTerminator());
  for (const std::string &node : nodes) {
    FailureOr<Operation *> op = findNode(network, node);
    if (failed(op))
      return failure();
    Value value = (*op)->getResult(0);
    unsigned index = network.getNumResults();
    Builder builder(network.getContext());
    auto name = builder.getNamedAttr(NetworkOp::kPortNameAttr, builder.getStringAttr(getFreeOutputName(network, node)));
    auto shown = builder.getNamedAttr(kShownNodeAttr, builder.getStringAttr(node));
    if (failed(network.insertResult(index, value.getType(), builder.getDictionaryAttr({name, shown}))))
      return failure();
    output.getValuesMutable().append(value);
  }
  return success();
}

namespace {
struct ExposeNodes : lle::impl::ExposeNodesBase<ExposeNodes> {
  using ExposeNodesBase::ExposeNodesBase;

  void runOnOperation() override {
    if (failed(exposeNodes(getOperation(), llvm::to_vector(nodes))))
      signalPassFailure();
  }
};
} // namespace
