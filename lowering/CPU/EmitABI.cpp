//===- EmitABI.cpp - the C functions of a compiled network ----------------===//
#include "dialects/LLE/LLEOps.h"
#include "lowering/Interface.h"
#include "lowering/Passes.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "llvm/Support/MathExtras.h"

namespace lle {
#define GEN_PASS_DEF_EMITABI
#include "lowering/Passes.h.inc"
} // namespace lle

using namespace mlir;
using namespace lle;

namespace {
class ABIBuilder {
public:
  ABIBuilder(LLVM::LLVMFuncOp target, StringRef name) : target(target), builder(target), loc(target.getLoc()) {
    pointer = LLVM::LLVMPointerType::get(target.getContext());
    target.setLinkage(LLVM::Linkage::Internal);
    setBareMachine(target);
    target.setName((name + ".memrefs").str());
  }

  /// The step function `stepName`, and `runName`, which calls it in a loop.
  void emitStepAndRun(StringRef stepName, StringRef runName, int64_t stateBytes) {
    // No two of inputs, outputs, states and scratch overlap: the ABI says so.
    for (unsigned i = 0, e = target.getNumArguments(); i < e; ++i)
      target.setArgAttr(i, LLVM::LLVMDialect::getNoAliasAttrName(), builder.getUnitAttr());
    name = runName;
    emitRun(stateBytes);
    name = stepName;
    builder.setInsertionPoint(target);
    LLVM::LLVMFuncOp step = createWrapper({pointer, pointer, pointer});
    finish(getArguments(step.getArgument(0), step.getArgument(1), step.getArgument(2), stateBytes));
    moveInterface(step);
  }

  /// The function `initName`. `offsets`: where the states are that the init function sets, in its order.
  void emitInit(StringRef initName, ArrayRef<int64_t> offsets) {
    name = initName;
    LLVM::LLVMFuncOp wrapper = createWrapper({pointer});
    SmallVector<Value> arguments;
    for (int64_t state : offsets)
      arguments.push_back(offset(wrapper.getArgument(0), state));
    finish(arguments);
  }

private:
  LLVM::LLVMFuncOp target;
  OpBuilder builder;
  Location loc;
  Type pointer;
  std::string name;

  /// Calls the step for steps 0 to `steps`. What is read and written moves by the size of its port from step to step.
  void emitRun(int64_t stateBytes) {
    Type size = builder.getIntegerType(DataLayout::closest(target).getTypeSizeInBits(pointer));
    LLVM::LLVMFuncOp wrapper = createWrapper({pointer, size, pointer, pointer});
    Value arena = wrapper.getArgument(0), steps = wrapper.getArgument(1);
    SmallVector<Value> first = getArguments(arena, wrapper.getArgument(2), wrapper.getArgument(3), stateBytes);
    auto constant = [&](int64_t value) -> Value {
      return LLVM::ConstantOp::create(builder, loc, builder.getIntegerAttr(size, value));
    };
    // Carried from step to step: the steps that remain, and the pointers of ports.
    SmallVector<Value> carried{steps};
    SmallVector<unsigned> moving;
    for (unsigned i = 0, e = target.getNumArguments(); i < e; ++i)
      if (isPort(i)) {
        moving.push_back(i);
        carried.push_back(first[i]);
      }
    Value zero = constant(0), one = constant(1);
    SmallVector<Type> types = llvm::to_vector(ValueRange(carried).getTypes());
    SmallVector<Location> locations(types.size(), loc);
    Region &body = wrapper.getBody();
    Block *header = builder.createBlock(&body, body.end(), types, locations);
    Block *step = builder.createBlock(&body, body.end());
    Block *exit = builder.createBlock(&body, body.end());
    builder.setInsertionPointToEnd(&body.front());
    LLVM::BrOp::create(builder, loc, carried, header);

    builder.setInsertionPointToEnd(header);
    Value more = LLVM::ICmpOp::create(builder, loc, LLVM::ICmpPredicate::ne, header->getArgument(0), zero);
    LLVM::CondBrOp::create(builder, loc, more, step, exit);

    builder.setInsertionPointToEnd(step);
    SmallVector<Value> arguments = first, next{LLVM::SubOp::create(builder, loc, header->getArgument(0), one)};
    for (auto [position, i] : llvm::enumerate(moving)) {
      arguments[i] = header->getArgument(unsigned(position) + 1);
      auto type = cast<RankedTensorType>(target.getArgAttrOfType<TypeAttr>(i, kTypeAttr).getValue());
      next.push_back(offset(arguments[i], getStorageBytes(type)));
    }
    LLVM::CallOp::create(builder, loc, target, arguments);
    LLVM::BrOp::create(builder, loc, next, header);

    builder.setInsertionPointToEnd(exit);
    LLVM::ReturnOp::create(builder, loc, ValueRange());
  }

  StringRef getKind(unsigned argument) { return target.getArgAttrOfType<StringAttr>(argument, kKindAttr).getValue(); }
  bool isPort(unsigned argument) { return getKind(argument) == "input" || getKind(argument) == "output"; }

  /// The arguments of the step: pointers from the tables `inputs` and `outputs`, and places in the arena.
  SmallVector<Value> getArguments(Value arena, Value inputs, Value outputs, int64_t stateBytes) {
    int64_t input = 0, output = 0;
    SmallVector<Value> arguments;
    for (unsigned i = 0, e = target.getNumArguments(); i < e; ++i) {
      StringRef kind = getKind(i);
      if (kind == "input")
        arguments.push_back(loadPointer(inputs, input++));
      else if (kind == "output")
        arguments.push_back(loadPointer(outputs, output++));
      else if (kind == "state")
        arguments.push_back(offset(arena, target.getArgAttrOfType<IntegerAttr>(i, kOffsetAttr).getInt()));
      else
        arguments.push_back(offset(arena, stateBytes));
    }
    return arguments;
  }

  LLVM::LLVMFuncOp createWrapper(ArrayRef<Type> arguments) {
    auto type = LLVM::LLVMFunctionType::get(LLVM::LLVMVoidType::get(builder.getContext()), arguments);
    auto wrapper = LLVM::LLVMFuncOp::create(builder, loc, name, type);
    setBareMachine(wrapper);
    builder.setInsertionPointToStart(wrapper.addEntryBlock(builder));
    return wrapper;
  }
  /// There is no C library to call: LLVM must not make a memset of a loop.
  void setBareMachine(LLVM::LLVMFuncOp function) {
    function.setPassthroughAttr(builder.getStrArrayAttr({"no-builtins", "nounwind"}));
  }
  Value offset(Value base, int64_t bytes) {
    return LLVM::GEPOp::create(builder, loc, pointer, builder.getI8Type(), base,
                               ArrayRef<LLVM::GEPArg>{static_cast<int32_t>(bytes)});
  }
  Value loadPointer(Value table, int64_t index) {
    Value place =
        LLVM::GEPOp::create(builder, loc, pointer, pointer, table, ArrayRef<LLVM::GEPArg>{static_cast<int32_t>(index)});
    return LLVM::LoadOp::create(builder, loc, pointer, place);
  }
  /// What the arguments were is a fact of the function that users see; the internal one needs it no more.
  void moveInterface(LLVM::LLVMFuncOp wrapper) {
    SmallVector<Attribute> interface;
    for (unsigned i = 0, e = target.getNumArguments(); i < e; ++i) {
      SmallVector<NamedAttribute> kept, moved;
      for (NamedAttribute attribute : target.getArgAttrDict(i))
        (attribute.getName().strref().starts_with("lle.") ? moved : kept).push_back(attribute);
      interface.push_back(builder.getDictionaryAttr(moved));
      target.setArgAttrs(i, kept);
    }
    wrapper->setAttr(kInterfaceAttr, builder.getArrayAttr(interface));
    for (StringRef name : {kNetworkAttr, kAlignmentAttr, kStateBytesAttr, kScratchBytesAttr})
      if (Attribute attribute = target->removeAttr(name))
        wrapper->setAttr(name, attribute);
  }
  void finish(ArrayRef<Value> arguments) {
    LLVM::CallOp::create(builder, loc, target, arguments);
    LLVM::ReturnOp::create(builder, loc, ValueRange());
  }
};

struct EmitABI : lle::impl::EmitABIBase<EmitABI> {
  using EmitABIBase::EmitABIBase;

  void runOnOperation() override {
    SmallVector<LLVM::LLVMFuncOp> steps;
    for (auto function : getOperation().getOps<LLVM::LLVMFuncOp>())
      if (function->hasAttr(kNetworkAttr))
        steps.push_back(function);
    for (LLVM::LLVMFuncOp step : steps) {
      std::string network = step->getAttrOfType<StringAttr>(kNetworkAttr).str();
      auto init = getOperation().lookupSymbol<LLVM::LLVMFuncOp>(network + "_init");
      auto stateBytes = step->getAttrOfType<IntegerAttr>(kStateBytesAttr);
      if (!init || !stateBytes) {
        step.emitOpError("is not the step of a materialised network");
        return signalPassFailure();
      }
      SmallVector<int64_t> offsets;
      for (unsigned i = 0, e = step.getNumArguments(); i < e; ++i)
        if (auto offset = step.getArgAttrOfType<IntegerAttr>(i, kOffsetAttr))
          offsets.push_back(offset.getInt());
      // The plain names are left to the typed functions of the C header.
      std::string prefix = network + "_arena_";
      ABIBuilder(init, network + "_init").emitInit(prefix + "init", offsets);
      ABIBuilder(step, network + "_step").emitStepAndRun(prefix + "step", prefix + "run", stateBytes.getInt());
    }
  }
};
} // namespace
