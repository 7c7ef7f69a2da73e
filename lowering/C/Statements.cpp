//===- Statements.cpp - statements of C in the emitc dialect --------------===//
#include "lowering/C/Statements.h"

#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace lle::c;
using llvm::APInt;

Type lle::c::getCType(Type type) {
  if (type.isIndex())
    return emitc::SizeTType::get(type.getContext());
  if (type.isBF16())
    return IntegerType::get(type.getContext(), 16, IntegerType::Unsigned);
  if (type.isInteger(1) || type.isInteger(8) || type.isInteger(16) || type.isInteger(32) || type.isInteger(64) ||
      type.isF32() || type.isF64())
    return type;
  return Type();
}

std::string lle::c::getTypeName(Type type) {
  if (auto integer = dyn_cast<IntegerType>(type))
    return integer.getWidth() == 1
               ? "bool"
               : ((integer.isUnsigned() ? "uint" : "int") + llvm::Twine(integer.getWidth()) + "_t").str();
  if (auto opaque = dyn_cast<emitc::OpaqueType>(type))
    return opaque.getValue().str();
  return type.isF32() ? "float" : type.isF64() ? "double" : "size_t";
}

/// The fewest digits that are read as the same number.
template <typename T>
static std::string writeShortest(T value, int mostDigits, T (*parse)(const char *, char **)) {
  char text[64];
  for (int digits = 1; digits <= mostDigits; ++digits) {
    std::snprintf(text, sizeof(text), "%.*g", digits, double(value));
    if (parse(text, nullptr) == value)
      break;
  }
  std::string written = text;
  if (written.find_first_of(".e") == std::string::npos)
    written += ".0";
  return written;
}

static std::string writeFloat(const llvm::APFloat &value, Type type) {
  if (type.isBF16())
    return std::to_string(value.bitcastToAPInt().getZExtValue()) + "U";
  std::string suffix = type.isF32() ? "F" : "";
  // Neither has a name without a header of the C library.
  if (value.isNaN())
    return "(0.0" + suffix + " / 0.0" + suffix + ")";
  if (value.isInfinity())
    return (value.isNegative() ? "(-1.0" : "(1.0") + suffix + " / 0.0" + suffix + ")";
  std::string text = type.isF32() ? writeShortest(value.convertToFloat(), 9, std::strtof)
                                  : writeShortest(value.convertToDouble(), 17, std::strtod);
  return value.isNegative() ? "(" + text + suffix + ")" : text + suffix;
}

std::string lle::c::writeInteger(const APInt &value, Type type) {
  auto integer = dyn_cast<IntegerType>(type);
  if (integer && integer.getWidth() == 1)
    return value.isZero() ? "false" : "true";
  SmallString<32> text;
  if (!integer || integer.isUnsigned()) {
    APInt bits = integer ? value.zextOrTrunc(integer.getWidth()) : value;
    if (!integer && value.isNegative()) // size_t may have 32 bits: its greatest number has a name
      return ("(SIZE_MAX - " + llvm::Twine((~value).getZExtValue()) + "U)").str();
    bits.toStringUnsigned(text);
    return (text + (bits.isIntN(32) ? "U" : "ULL")).str();
  }
  APInt number = value.sextOrTrunc(integer.getWidth());
  bool isLong = integer.getWidth() == 64;
  if (number.isMinSignedValue() && integer.getWidth() >= 32) // its magnitude has no type
    return isLong ? "(-9223372036854775807LL - 1LL)" : "(-2147483647 - 1)";
  number.toStringSigned(text);
  std::string written = (text + (isLong ? "LL" : "")).str();
  return number.isNegative() ? "(" + written + ")" : written;
}

std::string lle::c::writeNumber(TypedAttr value) {
  if (auto number = dyn_cast<FloatAttr>(value))
    return writeFloat(number.getValue(), number.getType());
  return writeInteger(cast<IntegerAttr>(value).getValue(), getCType(value.getType()));
}

Value Statements::literal(Type type, const llvm::Twine &text) {
  return emitc::LiteralOp::create(b, loc, type, b.getStringAttr(text));
}

Value Statements::integer(Type type, const APInt &value) {
  Value constant = literal(type, writeInteger(value, type));
  integers[constant] = value;
  return constant;
}

Value Statements::constant(TypedAttr value) {
  Type type = getCType(value.getType());
  if (auto number = dyn_cast<IntegerAttr>(value))
    return integer(type, number.getValue());
  return literal(type, writeNumber(value));
}

std::optional<APInt> Statements::getInteger(Value value) {
  auto found = integers.find(value);
  return found == integers.end() ? std::nullopt : std::optional<APInt>(found->second);
}

Value Statements::expression(Type result, ValueRange operands, Type as, Body body) {
  // Each once: the text of an expression names its arguments as its operands.
  llvm::SetVector<Value> leaves;
  SmallVector<unsigned> places;
  for (Value operand : operands) {
    std::optional<APInt> number = getInteger(operand);
    bool isNewType = as && operand.getType() != as && isa<IntegerType, emitc::SizeTType>(as);
    Value leaf = number && isNewType ? integer(as, *number) : operand;
    leaves.insert(leaf);
    places.push_back(std::distance(leaves.begin(), llvm::find(leaves, leaf)));
  }
  auto statement = emitc::ExpressionOp::create(b, loc, result, leaves.getArrayRef());
  OpBuilder::InsertionGuard guard(b);
  Block &block = statement.createBody();
  b.setInsertionPointToEnd(&block);
  SmallVector<Value> values;
  for (unsigned place : places)
    values.push_back(as ? cast(as, block.getArgument(place)) : block.getArgument(place));
  Value root = cast(result, body(values));
  emitc::YieldOp::create(b, loc, root);
  return statement.getResult();
}

Value Statements::call(Type result, StringRef helper, ValueRange operands) {
  return emitc::CallOpaqueOp::create(b, loc, TypeRange(result), helper, operands).getResult(0);
}

Value Statements::variable(Type type) {
  return emitc::VariableOp::create(b, loc, emitc::LValueType::get(type), emitc::OpaqueAttr::get(b.getContext(), ""));
}

void Statements::assign(Value variable, Value value) { emitc::AssignOp::create(b, loc, variable, value); }

Value Statements::load(Value variable) {
  return emitc::LoadOp::create(b, loc, llvm::cast<emitc::LValueType>(variable.getType()).getValueType(), variable);
}
