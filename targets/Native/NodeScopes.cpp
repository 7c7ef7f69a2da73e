//===- NodeScopes.cpp - which node an instruction belongs to --------------===//
#include "targets/Native/NodeScopes.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/BinaryFormat/Dwarf.h"

using namespace mlir;
using namespace lle;

/// Marks the locations that nameNodeLocations makes; importers name theirs as they like.
static constexpr StringLiteral kPrefix = "lle.node:";

std::string lle::getNodeLabel(Operation *node) {
  if (auto stateful = dyn_cast<StatefulOpInterface>(node))
    if (StringAttr name = stateful.getStateName())
      return name.str();
  if (auto name = node->getAttrOfType<StringAttr>("name"))
    return name.str();
  unsigned number = std::distance(node->getBlock()->begin(), node->getIterator());
  return node->getName().stripDialect().str() + "#" + std::to_string(number);
}

void lle::nameNodeLocations(NetworkOp network) {
  MLIRContext *context = network.getContext();
  // Line 1 is the step itself.
  for (auto [index, op] : llvm::enumerate(network.getBody().front()))
    op.setLoc(NameLoc::get(StringAttr::get(context, kPrefix + getNodeLabel(&op)),
                           FileLineColLoc::get(context, network.getName(), unsigned(index) + 2, 1)));
  // What is done for no node in particular.
  network->setLoc(UnknownLoc::get(context));
}

namespace {
class ScopeBuilder {
public:
  ScopeBuilder(ModuleOp module, StringRef network)
      : context(module.getContext()), file(LLVM::DIFileAttr::get(context, network, ".")),
        unit(LLVM::DICompileUnitAttr::get(makeId(), llvm::dwarf::DW_LANG_C99, file, StringAttr::get(context, "LLE"),
                                          /*isOptimized=*/true, LLVM::DIEmissionKind::LineTablesOnly)) {}

  void addScopes(LLVM::LLVMFuncOp function);

private:
  MLIRContext *context;
  LLVM::DIFileAttr file;
  LLVM::DICompileUnitAttr unit;
  llvm::DenseMap<Attribute, LLVM::DISubprogramAttr> nodes;

  DistinctAttr makeId() { return DistinctAttr::create(UnitAttr::get(context)); }
  LLVM::DISubprogramAttr makeFunction(StringRef name, unsigned line) {
    auto text = StringAttr::get(context, name);
    auto type = LLVM::DISubroutineTypeAttr::get(context, {});
    auto flags = LLVM::DISubprogramFlags::Definition | LLVM::DISubprogramFlags::Optimized;
    return LLVM::DISubprogramAttr::get(context, makeId(), unit, file, text, text, file, line, line, flags, type, {},
                                       {});
  }
  /// Nodes have a line each, in their order. There is no such text; what counts is the name.
  LLVM::DISubprogramAttr getNode(NameLoc location) {
    LLVM::DISubprogramAttr &node = nodes[location];
    if (!node)
      node = makeFunction(location.getName().getValue().drop_front(kPrefix.size()),
                          cast<FileLineColLoc>(location.getChildLoc()).getLine());
    return node;
  }
  Location locate(LLVM::DISubprogramAttr function) {
    return FusedLocWith<LLVM::DISubprogramAttr>::get(
        {FileLineColLoc::get(context, file.getName().getValue(), function.getLine(), 1)}, function, context);
  }
};
} // namespace

/// The node that all named parts of the location name; null where there is none, or several.
static NameLoc findNode(Location location) {
  NameLoc node;
  bool isShared = false;
  location->walk([&](Location part) {
    auto named = dyn_cast<NameLoc>(part);
    if (!named || !named.getName().getValue().starts_with(kPrefix))
      return WalkResult::advance();
    isShared |= node && node != named;
    node = named;
    return WalkResult::advance();
  });
  return isShared ? NameLoc() : node;
}

StringRef lle::findNodeLabel(Location location) {
  NameLoc node = findNode(location);
  return node ? node.getName().getValue().drop_front(kPrefix.size()) : "";
}

void ScopeBuilder::addScopes(LLVM::LLVMFuncOp function) {
  Location own = locate(makeFunction(function.getName(), 1));
  function.walk([&](Operation *op) {
    NameLoc node = op == function ? NameLoc() : findNode(op->getLoc());
    op->setLoc(node ? Location(CallSiteLoc::get(locate(getNode(node)), own)) : own);
  });
  for (Block &block : function.getBody())
    for (BlockArgument argument : block.getArguments())
      argument.setLoc(own);
}

void lle::addNodeScopes(ModuleOp module, StringRef network) {
  ScopeBuilder builder(module, network);
  for (auto function : module.getOps<LLVM::LLVMFuncOp>())
    if (!function.isExternal())
      builder.addScopes(function);
}
