//===- Network.cpp - lle.network: parsing, verification, order ------------===//
#include "dialects/LLE/Downsampling.h"
#include "dialects/LLE/StoredStates.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Interfaces/FunctionImplementation.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SCCIterator.h"

using namespace mlir;
using namespace lle;

ParseResult NetworkOp::parse(OpAsmParser &parser, OperationState &result) {
  auto buildType = [](Builder &builder, ArrayRef<Type> inputs, ArrayRef<Type> results,
                      function_interface_impl::VariadicFlag,
                      std::string &) { return builder.getFunctionType(inputs, results); };
  return function_interface_impl::parseFunctionOp(parser, result, /*allowVariadic=*/false,
                                                  getFunctionTypeAttrName(result.name), buildType,
                                                  getArgAttrsAttrName(result.name), getResAttrsAttrName(result.name));
}

void NetworkOp::print(OpAsmPrinter &printer) {
  function_interface_impl::printFunctionOp(printer, *this, /*isVariadic=*/false, getFunctionTypeAttrName(),
                                           getArgAttrsAttrName(), getResAttrsAttrName());
}

void NetworkOp::build(OpBuilder &builder, OperationState &state, StringRef name, FunctionType type, double dt) {
  state.addAttribute(getSymNameAttrName(state.name), builder.getStringAttr(name));
  state.addAttribute(getFunctionTypeAttrName(state.name), TypeAttr::get(type));
  state.addAttribute(getDtAttrName(state.name), builder.getF64FloatAttr(dt));
  Block &body = state.addRegion()->emplaceBlock();
  for (Type input : type.getInputs())
    body.addArgument(input, state.location);
}

RegionKind NetworkOp::getRegionKind(unsigned) { return RegionKind::Graph; }

static std::string getPortName(Attribute name, StringRef fallback, unsigned index) {
  if (auto string = dyn_cast_or_null<StringAttr>(name))
    return string.str();
  return (fallback + Twine(index)).str();
}

std::string NetworkOp::getInputName(unsigned index) {
  return getPortName(getArgAttr(index, kPortNameAttr), "input", index);
}

std::string NetworkOp::getOutputName(unsigned index) {
  return getPortName(getResultAttr(index, kPortNameAttr), "output", index);
}

bool NetworkOp::emitsLast(unsigned index) {
  auto emit = getResultAttrOfType<StringAttr>(index, kEmitAttr);
  return emit && emit.getValue() == "last";
}

//===----------------------------------------------------------------------===//
// Dependences within a step
//===----------------------------------------------------------------------===//

/// True if some result of `op` depends on operand `index` within the step.
static bool isCombinationalOperand(Operation *op, unsigned index) {
  auto stateful = dyn_cast<StatefulOpInterface>(op);
  if (!stateful)
    return true;
  for (unsigned result = 0, e = op->getNumResults(); result != e; ++result)
    if (stateful.isCombinational(index, result))
      return true;
  return false;
}

/// The operations whose results `op` needs within the step.
static SmallVector<Operation *> getStepDependences(Operation *op) {
  SmallVector<Operation *> dependences;
  for (OpOperand &operand : op->getOpOperands())
    if (Operation *producer = operand.get().getDefiningOp())
      if (isCombinationalOperand(op, operand.getOperandNumber()))
        dependences.push_back(producer);
  return dependences;
}

namespace {
/// Depth-first search over the dependences within a step. Either finds an order, or a cycle.
class StepOrder {
public:
  explicit StepOrder(Block &body) {
    for (Operation &op : body)
      if (cycle.empty())
        visit(&op);
  }
  SmallVector<Operation *> order;
  SmallVector<Operation *> cycle;

private:
  struct Frame {
    Operation *op;
    SmallVector<Operation *> dependences;
    unsigned next = 0;
  };
  enum class Mark { unseen, open, done };
  llvm::DenseMap<Operation *, Mark> marks;

  /// Iterative: networks may be thousands of layers deep.
  void visit(Operation *root) {
    if (marks.lookup(root) != Mark::unseen)
      return;
    SmallVector<Frame> stack;
    marks[root] = Mark::open;
    stack.push_back({root, getStepDependences(root)});
    while (!stack.empty()) {
      Frame &frame = stack.back();
      if (frame.next == frame.dependences.size()) {
        marks[frame.op] = Mark::done;
        order.push_back(frame.op);
        stack.pop_back();
        continue;
      }
      Operation *dependence = frame.dependences[frame.next++];
      Mark mark = marks.lookup(dependence);
      if (mark == Mark::done)
        continue;
      if (mark == Mark::open) {
        // From `dependence` on, in the direction in which values flow: down the stack.
        cycle.push_back(dependence);
        for (Frame &f : llvm::reverse(stack)) {
          if (f.op == dependence)
            break;
          cycle.push_back(f.op);
        }
        return;
      }
      marks[dependence] = Mark::open;
      stack.push_back({dependence, getStepDependences(dependence)});
    }
  }
};
} // namespace

SmallVector<Operation *> NetworkOp::getTopologicalOrder() {
  StepOrder order(getBody().front());
  assert(order.cycle.empty() && "the network has a cycle without delay");
  return std::move(order.order);
}

//===----------------------------------------------------------------------===//
// Verification
//===----------------------------------------------------------------------===//

static bool isSignalType(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (!tensor || !tensor.hasStaticShape() || tensor.getNumElements() == 0)
    return false;
  Type element = tensor.getElementType();
  if (element.isF32() || element.isF64() || element.isSignlessInteger(1))
    return true;
  return element.isSignedInteger(8) || element.isSignedInteger(16) || element.isSignedInteger(32);
}

/// Packages and C code carry names of at most so many bytes.
static constexpr size_t kMaxNameBytes = 1024;

/// Why a node cannot have the name, or null. Names of ports may be such that no port of a user has.
static const char *getComplaint(StringRef name) {
  if (name.empty())
    return "is empty";
  if (name.size() > kMaxNameBytes)
    return "has more than 1024 bytes";
  bool isPrinted = llvm::none_of(name, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
  return isPrinted ? nullptr : "has a control character";
}

LogicalResult NetworkOp::verify() {
  double dt = getDt().convertToDouble();
  if (!(dt > 0) || !std::isfinite(dt))
    return emitOpError("[C5] dt must be positive and finite, got ") << dt;
  if (std::optional<uint64_t> steps = getSteps(); steps && int64_t(*steps) <= 0)
    return emitOpError("[C5] steps must be positive, got ") << int64_t(*steps);
  for (auto [index, type] : llvm::enumerate(getArgumentTypes()))
    if (!isSignalType(type))
      return emitOpError("[C6] argument ") << index << " is not a signal: " << type;
  for (auto [index, type] : llvm::enumerate(getResultTypes()))
    if (!isSignalType(type))
      return emitOpError("[C6] result ") << index << " is not a signal: " << type;
  for (unsigned index = 0, count = getNumArguments(); index < count; ++index)
    if (getArgAttr(index, kEmitAttr))
      return emitOpError("[C7] argument ") << index << " has " << kEmitAttr << ", which is for results";
  for (unsigned index = 0, count = getNumResults(); index < count; ++index)
    if (Attribute emit = getResultAttr(index, kEmitAttr); emit && !emitsLast(index))
      return emitOpError("[C7] result ") << index << " has " << kEmitAttr << " = " << emit << ", expected \"last\"";
  return verifyDownsampling(*this);
}

/// What a person calls the operation: the node's name, else the operation's.
static std::string getDisplayName(Operation *op) {
  if (auto name = op->getAttrOfType<StringAttr>("name"))
    return ("'" + name.getValue() + "'").str();
  return op->getName().getStringRef().str();
}

LogicalResult NetworkOp::verifyRegions() {
  Block &body = getBody().front();
  llvm::StringMap<Operation *> names;
  for (Operation &op : body) {
    StringRef dialect = op.getName().getDialectNamespace();
    if (dialect != "lle" && dialect != "ltc" && dialect != "spk")
      return op.emitOpError("[C1] is not allowed in a network");
    if (failed(verifyStateTypes(&op)))
      return failure();
    if (auto name = op.getAttrOfType<StringAttr>("name"))
      if (const char *complaint = getComplaint(name))
        return op.emitOpError("[C9] the name ") << complaint;
    if (auto stateful = dyn_cast<StatefulOpInterface>(op)) {
      StringRef name = stateful.getStateName();
      auto [entry, isNew] = names.try_emplace(name, &op);
      if (!isNew) {
        InFlightDiagnostic diagnostic = op.emitOpError("[C3] state name '") << name << "' is used twice";
        diagnostic.attachNote(entry->second->getLoc()) << "the other operation is here";
        return diagnostic;
      }
    }
  }

  auto output = cast<OutputOp>(body.getTerminator());
  if (output.getOperandTypes() != TypeRange(getResultTypes()))
    return output.emitOpError("[C2] gives (")
           << output.getOperandTypes() << "), but the network's results are (" << getResultTypes() << ")";

  StepOrder order(body);
  if (order.cycle.empty())
    return success();
  std::string path;
  for (Operation *op : order.cycle)
    path += getDisplayName(op) + " -> ";
  path += getDisplayName(order.cycle.front());
  InFlightDiagnostic diagnostic = emitOpError("[C4] cycle without delay: ") << path;
  for (Operation *op : order.cycle)
    diagnostic.attachNote(op->getLoc()) << getDisplayName(op) << " is part of the cycle";
  return diagnostic;
}
