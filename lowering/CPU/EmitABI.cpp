//===- EmitABI.cpp - the C functions of a compiled network ----------------===//
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
    this->name = name;
  }

  void emitStep(int64_t stateBytes) {
    LLVM::LLVMFuncOp wrapper = createWrapper({pointer, pointer, pointer});
    Value arena = wrapper.getArgument(0);
    int64_t input = 0, output = 0;
    SmallVector<Value> arguments;
    for (unsigned i = 0, e = target.getNumArguments(); i < e; ++i) {
      // No two of inputs, outputs, states and scratch overlap: the ABI says so.
      target.setArgAttr(i, LLVM::LLVMDialect::getNoAliasAttrName(), builder.getUnitAttr());
      StringRef kind = target.getArgAttrOfType<StringAttr>(i, kKindAttr).getValue();
      if (kind == "input")
        arguments.push_back(loadPointer(wrapper.getArgument(1), input++));
      else if (kind == "output")
        arguments.push_back(loadPointer(wrapper.getArgument(2), output++));
      else if (kind == "state")
        arguments.push_back(offset(arena, target.getArgAttrOfType<IntegerAttr>(i, kOffsetAttr).getInt()));
      else
        arguments.push_back(offset(arena, stateBytes));
    }
    finish(arguments);
    moveInterface(wrapper);
  }

  /// `offsets`: where the states are that the init function sets, in its order.
  void emitInit(ArrayRef<int64_t> offsets) {
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
    for (StringRef name : {kNetworkAttr, kStateBytesAttr, kScratchBytesAttr}) {
      wrapper->setAttr(name, target->getAttr(name));
      target->removeAttr(name);
    }
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
      ABIBuilder(init, network + "_init").emitInit(offsets);
      ABIBuilder(step, network + "_step").emitStep(stateBytes.getInt());
    }
  }
};
} // namespace
