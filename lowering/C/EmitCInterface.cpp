//===- EmitCInterface.cpp - the C functions of a network, in C ------------===//
#include "dialects/LLE/LLEOps.h"
#include "lowering/C/Passes.h"
#include "lowering/C/Statements.h"
#include "lowering/Interface.h"

namespace lle {
#define GEN_PASS_DEF_EMITCINTERFACE
#include "lowering/C/Passes.h.inc"
} // namespace lle

using namespace mlir;
using namespace lle;
using lle::c::Statements;

static constexpr StringLiteral kTypes = R"(
#include <float.h>
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
)";

/// What would change results is an error, not a surprise.
static constexpr StringLiteral kChecks = R"(
#if defined(__FAST_MATH__)
#error "compile without -ffast-math: results would differ from those of the network"
#endif
#if (FLT_EVAL_METHOD == 1) || (FLT_EVAL_METHOD == 2)
#error "float must be computed as float: on x86 compile with -msse2 -mfpmath=sse"
#endif
#if (FLT_RADIX != 2) || (FLT_MANT_DIG != 24)
#error "float must be IEEE 754 binary32"
#endif
#if ((-1) >> 1) != (-1)
#error "a shift of a negative number to the right must keep its sign"
#endif

/* A product and a sum are rounded one by one. Each is a statement of its own, which is enough for most compilers. */
#if defined(__clang__)
#pragma STDC FP_CONTRACT OFF
#elif defined(__GNUC__)
#pragma GCC optimize("fp-contract=off")
#endif
)";

namespace {
/// Makes the functions of one network.
class Wrapper {
public:
  Wrapper(emitc::FuncOp step, emitc::FuncOp init, StringRef network)
      : step(step), init(init), network(network), s(step.getContext()) {
    s.loc = step.getLoc();
    s.b.setInsertionPointToEnd(step->getBlock());
    inputsType = opaque("const void *const *const");
    outputsType = opaque("void *const *const");
    arenaType = opaque("void *const");
    bytesType = opaque("uint8_t *const");
  }

  void emitInit();
  void emitStep();
  void emitRun();

private:
  emitc::FuncOp step, init;
  StringRef network;
  Statements s;
  Type inputsType, outputsType, arenaType, bytesType;

  Type opaque(const Twine &text) { return emitc::OpaqueType::get(step.getContext(), text.str()); }
  StringRef getKind(unsigned argument) { return step.getArgAttrOfType<StringAttr>(argument, kKindAttr).getValue(); }
  int64_t getStateBytes() { return step->getAttrOfType<IntegerAttr>(kStateBytesAttr).getInt(); }

  ValueRange begin(StringRef name, ArrayRef<Type> arguments) {
    s.b.setInsertionPointToEnd(step->getBlock());
    auto function =
        emitc::FuncOp::create(s.b, s.loc, (network + "_arena_" + name).str(), s.b.getFunctionType(arguments, {}));
    s.b.setInsertionPointToStart(function.addEntryBlock());
    return function.getArguments();
  }
  /// Opaque: the qualifiers of pointers are part of their types, and a parameter has others than its argument.
  void call(emitc::FuncOp kernel, ValueRange arguments) {
    emitc::CallOpaqueOp::create(s.b, s.loc, TypeRange(), kernel.getName(), arguments);
  }
  void finish(ValueRange parameters) {
    // In front of the statements, once it is known which are used.
    {
      OpBuilder::InsertionGuard guard(s.b);
      s.b.setInsertionPointToStart(s.b.getInsertionBlock());
      for (Value parameter : parameters)
        if (parameter.use_empty())
          emitc::VerbatimOp::create(s.b, s.loc, "(void){};", parameter);
    }
    emitc::ReturnOp::create(s.b, s.loc, Value());
  }

  /// The argument type of a kernel, as a local pointer has it.
  Type getLocal(Type argument) {
    StringRef text = cast<emitc::OpaqueType>(argument).getValue();
    return opaque(text.substr(0, text.rfind('*') + 1) + "const");
  }
  Value getPlace(Value bytes, int64_t offset, Type type) {
    Value place = s.size(offset);
    return s.expression(type, {bytes, place}, Type(), [&](ArrayRef<Value> v) {
      return s.cast(type, s.cast(arenaType, s.make<emitc::AddOp>(bytesType, {v[0], v[1]})));
    });
  }
  Value getBytes(Value arena) { return emitc::CastOp::create(s.b, s.loc, bytesType, arena); }
  /// The arguments of the step: pointers from the tables, and places in the arena.
  SmallVector<Value> getArguments(Value arena, Value inputs, Value outputs);
};
} // namespace

SmallVector<Value> Wrapper::getArguments(Value arena, Value inputs, Value outputs) {
  SmallVector<Value> arguments;
  int64_t input = 0, output = 0;
  Value bytes;
  for (unsigned i = 0, e = step.getNumArguments(); i < e; ++i) {
    StringRef kind = getKind(i);
    Type type = getLocal(step.getArgumentTypes()[i]);
    if (kind == "input" || kind == "output") {
      bool isInput = kind == "input";
      Value place = s.size(isInput ? input++ : output++);
      Value entry = emitc::SubscriptOp::create(
          s.b, s.loc, emitc::LValueType::get(opaque(isInput ? "const void *const" : "void *const")),
          isInput ? inputs : outputs, ValueRange(place));
      arguments.push_back(emitc::CastOp::create(s.b, s.loc, type, s.load(entry)));
      continue;
    }
    if (!bytes)
      bytes = getBytes(arena);
    auto offset = step.getArgAttrOfType<IntegerAttr>(i, kOffsetAttr);
    arguments.push_back(getPlace(bytes, offset ? offset.getInt() : getStateBytes(), type));
  }
  return arguments;
}

void Wrapper::emitInit() {
  ValueRange parameters = begin("init", {arenaType});
  SmallVector<Value> arguments;
  unsigned argument = 0;
  Value bytes;
  for (unsigned i = 0, e = step.getNumArguments(); i < e; ++i)
    if (auto offset = step.getArgAttrOfType<IntegerAttr>(i, kOffsetAttr)) {
      if (!bytes)
        bytes = getBytes(parameters[0]);
      arguments.push_back(getPlace(bytes, offset.getInt(), getLocal(init.getArgumentTypes()[argument++])));
    }
  if (arguments.empty())
    init.erase();
  else
    call(init, arguments);
  finish(parameters);
}

void Wrapper::emitStep() {
  ValueRange parameters = begin("step", {arenaType, inputsType, outputsType});
  call(step, getArguments(parameters[0], parameters[1], parameters[2]));
  finish(parameters);
  // What the arguments were is a fact of the function that users see.
  auto function = cast<emitc::FuncOp>(s.b.getInsertionBlock()->getParentOp());
  SmallVector<Attribute> interface;
  for (unsigned i = 0, e = step.getNumArguments(); i < e; ++i)
    interface.push_back(step.getArgAttrDict(i));
  function->setAttr(kInterfaceAttr, s.b.getArrayAttr(interface));
  for (StringRef name : {kNetworkAttr, kAlignmentAttr, kStateBytesAttr, kScratchBytesAttr})
    if (Attribute attribute = step->getAttr(name))
      function->setAttr(name, attribute);
}

/// Steps 0 to `steps`; what is read and written moves by the size of its port from step to step.
void Wrapper::emitRun() {
  ValueRange parameters = begin("run", {arenaType, opaque("const size_t"), inputsType, outputsType});
  SmallVector<Value> arguments = getArguments(parameters[0], parameters[2], parameters[3]);
  Value steps = emitc::CastOp::create(s.b, s.loc, s.getSize(), parameters[1]);
  auto loop = emitc::ForOp::create(s.b, s.loc, s.size(0), steps, s.size(1));
  {
    OpBuilder::InsertionGuard guard(s.b);
    s.b.setInsertionPoint(loop.getBody()->getTerminator());
    for (auto [i, argument] : llvm::enumerate(arguments)) {
      if (getKind(i) != "input" && getKind(i) != "output")
        continue;
      auto type = cast<RankedTensorType>(step.getArgAttrOfType<TypeAttr>(i, kTypeAttr).getValue());
      Value elements = s.size(type.getNumElements());
      Value place = s.expression(s.getSize(), {loop.getInductionVar(), elements}, s.getSize(),
                                 [&](ArrayRef<Value> v) { return s.make<emitc::MulOp>(s.getSize(), {v[0], v[1]}); });
      argument = s.make<emitc::AddOp>(argument.getType(), {argument, place});
    }
    call(step, arguments);
  }
  finish(parameters);
}

namespace {
struct EmitCInterface : lle::impl::EmitCInterfaceBase<EmitCInterface> {
  using EmitCInterfaceBase::EmitCInterfaceBase;

  void runOnOperation() override {
    ModuleOp module = getOperation();
    SmallVector<emitc::FuncOp> steps;
    for (auto function : module.getOps<emitc::FuncOp>())
      if (function->hasAttr(kNetworkAttr))
        steps.push_back(function);
    std::string name = header;
    for (emitc::FuncOp step : steps) {
      std::string network = step->getAttrOfType<StringAttr>(kNetworkAttr).str();
      auto init = module.lookupSymbol<emitc::FuncOp>(network + "_init_kernel");
      if (!init || !step->hasAttr(kStateBytesAttr)) {
        step.emitOpError("is not the step of a materialised network");
        return signalPassFailure();
      }
      Wrapper wrapper(step, init, network);
      wrapper.emitInit();
      wrapper.emitStep();
      wrapper.emitRun();
      for (StringRef attribute : {kNetworkAttr, kAlignmentAttr, kStateBytesAttr, kScratchBytesAttr})
        step->removeAttr(attribute);
      if (name.empty())
        name = network + ".h";
    }
    OpBuilder b = OpBuilder::atBlockBegin(module.getBody());
    std::string text = name.empty() ? "" : "#include \"" + name + "\"\n";
    text += (kTypes + kChecks + "\n" + c::writeHelpers(module)).str();
    emitc::VerbatimOp::create(b, module.getLoc(), StringRef(text).rtrim('\n'));
  }
};
} // namespace
