//===- StoreResults.cpp - results go where the caller wants them ----------===//
#include "lowering/Interface.h"
#include "lowering/Passes.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Interfaces/ViewLikeInterface.h"

namespace lle {
#define GEN_PASS_DEF_STORERESULTS
#include "lowering/Passes.h.inc"
} // namespace lle

using namespace mlir;
using namespace lle;

/// The buffer that a value is a view of.
static Value getBase(Value value) {
  while (auto view = value.getDefiningOp<ViewLikeOpInterface>())
    value = view.getViewSource();
  return value;
}

static func::ReturnOp getTerminator(func::FuncOp function) {
  return cast<func::ReturnOp>(function.getBody().front().getTerminator());
}

/// Results that fill a buffer of their own are written to the output instead, which overlaps nothing that is read.
static void writeToOutputs(func::FuncOp function, ArrayRef<int64_t> destinations) {
  for (auto [result, index] : llvm::zip_equal(getTerminator(function).getOperands(), destinations)) {
    auto kind = function.getArgAttrOfType<StringAttr>(index, kKindAttr);
    BlockArgument output = function.getArgument(index);
    auto alloc = result.getDefiningOp<memref::AllocOp>();
    if (!kind || kind.getValue() != "output" || !alloc || alloc.getType() != output.getType())
      continue;
    alloc.replaceAllUsesWith(Value(output));
    alloc.erase();
  }
}

namespace {
struct StoreResults : lle::impl::StoreResultsBase<StoreResults> {
  using StoreResultsBase::StoreResultsBase;

  void runOnOperation() override {
    func::FuncOp function = getOperation();
    auto destinations = function->getAttrOfType<DenseI64ArrayAttr>(kDestinationsAttr);
    if (!destinations)
      return;
    if (function->removeAttr(kUsesOutputsAttr))
      writeToOutputs(function, destinations);
    func::ReturnOp terminator = getTerminator(function);
    OpBuilder builder(terminator);
    Location loc = terminator.getLoc();

    // What a store overwrites is read before the first store: one state may be the old value of another one.
    llvm::DenseSet<Value> overwritten;
    for (auto [result, index] : llvm::zip_equal(terminator.getOperands(), destinations.asArrayRef()))
      if (getBase(result) != function.getArgument(index))
        overwritten.insert(function.getArgument(index));
    SmallVector<std::pair<Value, Value>> stores;
    for (auto [result, index] : llvm::zip_equal(terminator.getOperands(), destinations.asArrayRef())) {
      Value destination = function.getArgument(index), base = getBase(result);
      if (base == destination)
        continue;
      Value source = result;
      bool isStable = base.getDefiningOp<memref::AllocOp>() || base.getDefiningOp<memref::GetGlobalOp>() ||
                      (isa<BlockArgument>(base) && !overwritten.contains(base));
      if (!isStable) {
        source = memref::AllocOp::create(builder, loc, cast<MemRefType>(destination.getType()));
        memref::CopyOp::create(builder, loc, result, source);
      }
      stores.emplace_back(source, destination);
    }
    for (auto [source, destination] : stores)
      memref::CopyOp::create(builder, loc, source, destination);

    terminator->setOperands({});
    function.setFunctionType(builder.getFunctionType(function.getArgumentTypes(), {}));
    function->removeAttr(kDestinationsAttr);
  }
};
} // namespace
