//===- Tables.cpp - constants that are filled in after compilation --------===//
#include "lowering/JIT/Tables.h"
#include "lowering/Interface.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

using namespace mlir;
using namespace lle;

/// The value of a constant whose bytes lie in memory as they do in the attribute; null if it is no such tensor. Numbers
/// of less than a byte are packed in attributes.
static DenseElementsAttr getTable(arith::ConstantOp constant) {
  auto type = dyn_cast<RankedTensorType>(constant.getType());
  auto values = dyn_cast<DenseElementsAttr>(constant.getValue());
  return type && values && !values.isSplat() && type.getElementTypeBitWidth() % 8 == 0 ? values : DenseElementsAttr();
}

std::vector<Table> lle::outlineTables(ModuleOp module) {
  std::vector<Table> tables;
  OpBuilder globals = OpBuilder::atBlockBegin(module.getBody());
  module.walk([&](arith::ConstantOp constant) {
    DenseElementsAttr values = getTable(constant);
    if (!values)
      return;
    Location loc = constant.getLoc();
    auto tensor = cast<RankedTensorType>(constant.getType());
    auto type = MemRefType::get(tensor.getShape(), tensor.getElementType());
    std::string symbol = "table_" + std::to_string(tables.size());
    memref::GlobalOp::create(globals, loc, symbol, /*sym_visibility=*/nullptr, type, globals.getUnitAttr(),
                             /*constant=*/false, globals.getI64IntegerAttr(kWidestAlignment));
    OpBuilder b(constant);
    Value memory = memref::GetGlobalOp::create(b, loc, type, symbol);
    constant.replaceAllUsesWith(
        bufferization::ToTensorOp::create(b, loc, tensor, memory, /*restrict=*/true).getResult());
    ArrayRef<char> bytes = values.getRawData();
    tables.push_back({std::move(symbol), {bytes.begin(), bytes.end()}});
    constant.erase();
  });
  return tables;
}
