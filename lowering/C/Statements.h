//===- Statements.h - statements of C in the emitc dialect ------*- C++ -*-===//
//
// Integers without a sign are intN_t, as upstream's conversions have them; an index is size_t, a bf16 is a uint16_t of
// its bits. What must wrap is computed in unsigned types.
//
//===----------------------------------------------------------------------===//
#ifndef LLE_LOWERING_C_STATEMENTS_H
#define LLE_LOWERING_C_STATEMENTS_H

#include "mlir/Dialect/EmitC/IR/EmitC.h"
#include "mlir/IR/Builders.h"

#include <string>

namespace lle::c {

/// The C type of values of that type; null where there is none.
mlir::Type getCType(mlir::Type type);
/// As it is written in C: "float".
std::string getTypeName(mlir::Type cType);

/// The number as C writes it, exactly, in the type of the attribute.
std::string writeNumber(mlir::TypedAttr value);
std::string writeInteger(const llvm::APInt &value, mlir::Type cType);

/// Appends statements at the insertion point of `b`.
class Statements {
public:
  explicit Statements(mlir::MLIRContext *context) : b(context), loc(b.getUnknownLoc()) {}

  mlir::OpBuilder b;
  mlir::Location loc;

  mlir::Type getBool() { return b.getI1Type(); }
  mlir::Type getSize() { return mlir::emitc::SizeTType::get(b.getContext()); }
  mlir::Type getUnsigned(unsigned bits) { return b.getIntegerType(bits, /*isSigned=*/false); }

  /// A constant, written where it is used.
  mlir::Value literal(mlir::Type cType, const llvm::Twine &text);
  mlir::Value integer(mlir::Type cType, const llvm::APInt &value);
  mlir::Value size(int64_t value) { return integer(getSize(), llvm::APInt(64, value, /*isSigned=*/true)); }
  mlir::Value constant(mlir::TypedAttr value);
  /// The value of an integer constant.
  std::optional<llvm::APInt> getInteger(mlir::Value value);

  using Body = llvm::function_ref<mlir::Value(llvm::ArrayRef<mlir::Value>)>;
  /// One statement for the operations that `body` makes: `T v = ...;`. Operands are first cast to `as`; a constant is
  /// written in that type. Without `as` they stay as they are.
  mlir::Value expression(mlir::Type result, mlir::ValueRange operands, mlir::Type as, Body body);

  /// The call of a helper function (Helpers.h).
  mlir::Value call(mlir::Type result, llvm::StringRef helper, mlir::ValueRange operands);

  mlir::Value variable(mlir::Type cType);
  void assign(mlir::Value variable, mlir::Value value);
  mlir::Value load(mlir::Value variable);

  /// Creates an operation with operands of one type, within an expression or as a statement.
  template <typename Op>
  mlir::Value make(mlir::Type result, mlir::ValueRange operands) {
    return Op::create(b, loc, mlir::TypeRange(result), operands).getResult();
  }
  mlir::Value compare(mlir::emitc::CmpPredicate predicate, mlir::Value x, mlir::Value y) {
    return mlir::emitc::CmpOp::create(b, loc, getBool(), predicate, x, y);
  }
  mlir::Value cast(mlir::Type type, mlir::Value value) {
    return value.getType() == type ? value : mlir::emitc::CastOp::create(b, loc, type, value).getResult();
  }

private:
  llvm::DenseMap<mlir::Value, llvm::APInt> integers; ///< The constants among literals.
};

/// An operation of `arith` or of `math` on converted operands. Failure where it has no form in C; nothing is reported.
mlir::FailureOr<mlir::Value> convertArithmetic(Statements &statements, mlir::Operation &op, mlir::ValueRange operands);

/// A comparison, to be made within an expression whose operands have the type `getCompareType`; null if there is none.
mlir::Type getCompareType(Statements &statements, mlir::Operation &op);
mlir::Value makeCompare(Statements &statements, mlir::Operation &op, mlir::Value x, mlir::Value y);

/// The helper functions that are called in the module, as text.
std::string writeHelpers(mlir::ModuleOp module);

} // namespace lle::c

#endif
