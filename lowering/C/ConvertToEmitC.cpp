//===- ConvertToEmitC.cpp - functions on buffers to C ---------------------===//
//
// One walk over each function. Upstream's conversions are not used: they have no form for views of an arena, for the
// bits of a float and for minima, their buffers are arrays that cannot point into another one, and their arithmetic on
// short integers draws warnings of C compilers.
//
//===----------------------------------------------------------------------===//
#include "lowering/C/Passes.h"
#include "lowering/C/Statements.h"
#include "lowering/Interface.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/UB/IR/UBOps.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/TypeSwitch.h"

namespace lle {
#define GEN_PASS_DEF_CONVERTTOEMITC
#include "lowering/C/Passes.h.inc"
} // namespace lle

using namespace mlir;
using namespace lle;
using lle::c::Statements;

/// Columns that a table of numbers is broken at.
static constexpr size_t kTableColumns = 118;

namespace {
class FunctionConverter {
public:
  FunctionConverter(func::FuncOp source, const llvm::StringMap<std::string> &tables)
      : source(source), tables(tables), s(source.getContext()) {}

  LogicalResult convert();

private:
  func::FuncOp source;
  const llvm::StringMap<std::string> &tables; ///< Names in C of the constants.
  Statements s;
  llvm::DenseMap<Value, Value> values; ///< Of the function, and in C.

  Value get(Value value) { return values.lookup(value); }
  SmallVector<Value> get(ValueRange range) {
    return llvm::map_to_vector(range, [&](Value value) { return get(value); });
  }

  LogicalResult convertBlock(Block &block);
  LogicalResult convert(Operation &op);

  // Buffers
  FailureOr<Type> getPointerType(MemRefType type, bool isConst, StringRef qualifier);
  LogicalResult convertGetGlobal(memref::GetGlobalOp op);
  LogicalResult convertView(memref::ViewOp op);
  LogicalResult convertSubView(memref::SubViewOp op);
  LogicalResult convertLoad(memref::LoadOp op);
  LogicalResult convertStore(memref::StoreOp op);
  FailureOr<Value> getElement(Operation *op, Value buffer, ValueRange indices);
  Value getOffset(ArrayRef<OpFoldResult> indices, ArrayRef<int64_t> strides);

  // Control flow
  LogicalResult convertFor(scf::ForOp op);
  LogicalResult convertIf(scf::IfOp op);
  LogicalResult convertWhile(scf::WhileOp op);
  FailureOr<bool> convertSimpleWhile(scf::WhileOp op, ArrayRef<Value> variables);
  FailureOr<SmallVector<Value>> makeVariables(Operation *op, TypeRange types);
  void assign(ArrayRef<Value> variables, ValueRange results);
  /// Copies of variables, so that an assignment to one does not change what was read before it.
  void read(ArrayRef<Value> variables, ValueRange into);
};
} // namespace

static bool isConst(Value pointer) {
  if (isa<emitc::ArrayType>(pointer.getType()))
    return true; // only tables are arrays
  return cast<emitc::OpaqueType>(pointer.getType()).getValue().starts_with("const ");
}

FailureOr<Type> FunctionConverter::getPointerType(MemRefType type, bool isConst, StringRef qualifier) {
  Type element = c::getCType(type.getElementType());
  if (!element || element.isInteger(1) || !type.hasStaticShape())
    return failure();
  std::string text = (isConst ? "const " : "") + c::getTypeName(element) + " *" + qualifier.str();
  return Type(emitc::OpaqueType::get(source.getContext(), text));
}

LogicalResult FunctionConverter::convertGetGlobal(memref::GetGlobalOp op) {
  Type element = c::getCType(op.getType().getElementType());
  auto found = tables.find(op.getName());
  if (!element || found == tables.end())
    return op.emitOpError("has no form in C");
  auto type = emitc::ArrayType::get(std::max<int64_t>(op.getType().getNumElements(), 1), element);
  values[op.getResult()] = emitc::GetGlobalOp::create(s.b, s.loc, type, found->second);
  return success();
}

LogicalResult FunctionConverter::convertView(memref::ViewOp op) {
  Value base = get(op.getSource());
  FailureOr<Type> type = getPointerType(op.getType(), isConst(base), "const");
  if (failed(type))
    return op.emitOpError("has no form in C: it makes ") << op.getType();
  auto memory = emitc::OpaqueType::get(op.getContext(), isConst(base) ? "const void *const" : "void *const");
  Value place = get(op.getByteShift());
  // By way of void *: the arena is aligned, but a compiler sees bytes.
  values[op.getResult()] = s.expression(*type, {base, place}, Type(), [&](ArrayRef<Value> v) {
    return s.cast(*type, s.cast(memory, s.make<emitc::AddOp>(v[0].getType(), {v[0], v[1]})));
  });
  return success();
}

/// The sum of indices times strides.
Value FunctionConverter::getOffset(ArrayRef<OpFoldResult> indices, ArrayRef<int64_t> strides) {
  int64_t fixed = 0;
  SmallVector<Value> leaves;
  SmallVector<int64_t> factors;
  for (auto [index, stride] : llvm::zip_equal(indices, strides)) {
    std::optional<int64_t> number = getConstantIntValue(index);
    if (auto value = dyn_cast<Value>(index); !number && value)
      if (auto known = s.getInteger(get(value)))
        number = known->getSExtValue();
    if (number) {
      fixed += *number * stride;
      continue;
    }
    leaves.push_back(get(cast<Value>(index)));
    factors.push_back(stride);
  }
  if (leaves.empty())
    return s.size(fixed);
  if (leaves.size() == 1 && fixed == 0 && factors.front() == 1)
    return leaves.front();
  size_t terms = leaves.size();
  for (int64_t factor : factors)
    if (factor != 1)
      leaves.push_back(s.size(factor));
  if (fixed != 0)
    leaves.push_back(s.size(std::abs(fixed)));
  Type size = s.getSize();
  return s.expression(size, leaves, size, [&](ArrayRef<Value> v) {
    Value sum;
    size_t nextFactor = terms;
    for (size_t i = 0; i < terms; ++i) {
      Value term = factors[i] == 1 ? v[i] : s.make<emitc::MulOp>(size, {v[i], v[nextFactor++]});
      sum = sum ? s.make<emitc::AddOp>(size, {sum, term}) : term;
    }
    if (fixed > 0)
      sum = s.make<emitc::AddOp>(size, {sum, v.back()});
    else if (fixed < 0)
      sum = s.make<emitc::SubOp>(size, {sum, v.back()});
    return sum;
  });
}

LogicalResult FunctionConverter::convertSubView(memref::SubViewOp op) {
  SmallVector<int64_t> strides;
  int64_t offset;
  Value base = get(op.getSource());
  FailureOr<Type> type = getPointerType(op.getType(), isConst(base), "const");
  if (failed(type) || failed(op.getSourceType().getStridesAndOffset(strides, offset)) ||
      llvm::is_contained(strides, ShapedType::kDynamic))
    return op.emitOpError("has no form in C: it makes ") << op.getType();
  Value place = getOffset(op.getMixedOffsets(), strides);
  if (auto number = s.getInteger(place); number && number->isZero()) {
    values[op.getResult()] = base;
    return success();
  }
  values[op.getResult()] = s.make<emitc::AddOp>(*type, {base, place});
  return success();
}

/// The lvalue of an element.
FailureOr<Value> FunctionConverter::getElement(Operation *op, Value buffer, ValueRange indices) {
  auto type = cast<MemRefType>(buffer.getType());
  SmallVector<int64_t> strides;
  int64_t offset;
  Type element = c::getCType(type.getElementType());
  if (!element || failed(type.getStridesAndOffset(strides, offset)) ||
      llvm::is_contained(strides, ShapedType::kDynamic))
    return op->emitOpError("has no form in C: it accesses ") << type;
  Value place = getOffset(getAsOpFoldResult(indices), strides);
  return emitc::SubscriptOp::create(s.b, s.loc, emitc::LValueType::get(element), get(buffer), ValueRange(place))
      .getResult();
}

LogicalResult FunctionConverter::convertLoad(memref::LoadOp op) {
  FailureOr<Value> element = getElement(op, op.getMemRef(), op.getIndices());
  if (failed(element))
    return failure();
  values[op.getResult()] = s.load(*element);
  return success();
}

LogicalResult FunctionConverter::convertStore(memref::StoreOp op) {
  FailureOr<Value> element = getElement(op, op.getMemRef(), op.getIndices());
  if (failed(element))
    return failure();
  s.assign(*element, get(op.getValueToStore()));
  return success();
}

FailureOr<SmallVector<Value>> FunctionConverter::makeVariables(Operation *op, TypeRange types) {
  SmallVector<Value> variables;
  for (Type type : types) {
    Type cType = c::getCType(type);
    if (!cType)
      return op->emitOpError("has no form in C: it carries ") << type;
    variables.push_back(s.variable(cType));
  }
  return variables;
}

void FunctionConverter::assign(ArrayRef<Value> variables, ValueRange results) {
  for (auto [variable, result] : llvm::zip_equal(variables, results))
    s.assign(variable, get(result));
}

void FunctionConverter::read(ArrayRef<Value> variables, ValueRange into) {
  for (auto [variable, value] : llvm::zip_equal(variables, into))
    if (!value.use_empty())
      values[value] = s.load(variable);
}

LogicalResult FunctionConverter::convertFor(scf::ForOp op) {
  FailureOr<SmallVector<Value>> variables = makeVariables(op, op.getResultTypes());
  Type type = c::getCType(op.getInductionVar().getType());
  if (failed(variables) || !type)
    return failure();
  assign(*variables, op.getInitArgs());
  auto loop = emitc::ForOp::create(s.b, s.loc, get(op.getLowerBound()), get(op.getUpperBound()), get(op.getStep()));
  {
    OpBuilder::InsertionGuard guard(s.b);
    s.b.setInsertionPoint(loop.getBody()->getTerminator());
    values[op.getInductionVar()] = loop.getInductionVar();
    read(*variables, op.getRegionIterArgs());
    if (failed(convertBlock(*op.getBody())))
      return failure();
    assign(*variables, op.getYieldedValues());
  }
  read(*variables, op.getResults());
  return success();
}

LogicalResult FunctionConverter::convertIf(scf::IfOp op) {
  FailureOr<SmallVector<Value>> variables = makeVariables(op, op.getResultTypes());
  if (failed(variables))
    return failure();
  bool hasElse = !op.getElseRegion().empty();
  auto choice = emitc::IfOp::create(s.b, s.loc, get(op.getCondition()), /*addThenBlock=*/true, hasElse);
  auto convertBranch = [&](Region &from, Region &to) {
    OpBuilder::InsertionGuard guard(s.b);
    s.b.setInsertionPointToEnd(&to.front());
    if (failed(convertBlock(from.front())))
      return failure();
    assign(*variables, from.front().getTerminator()->getOperands());
    emitc::YieldOp::create(s.b, s.loc, Value());
    return success();
  };
  if (failed(convertBranch(op.getThenRegion(), choice.getThenRegion())) ||
      (hasElse && failed(convertBranch(op.getElseRegion(), choice.getElseRegion()))))
    return failure();
  read(*variables, op.getResults());
  return success();
}

/// A loop that compares a number that it carries with another: `if (c) do { ... } while (c)`. False if it is another.
FailureOr<bool> FunctionConverter::convertSimpleWhile(scf::WhileOp op, ArrayRef<Value> variables) {
  Block &before = op.getBefore().front();
  scf::ConditionOp condition = op.getConditionOp();
  Operation *compare = condition.getCondition().getDefiningOp();
  Type as = compare && isa<arith::CmpIOp, arith::CmpFOp>(compare) ? c::getCompareType(s, *compare) : Type();
  if (!as || compare->getBlock() != &before || !llvm::hasNItems(before, 2) ||
      !llvm::equal(condition.getArgs(), before.getArguments()))
    return false;
  // Each time from the variables.
  auto makeCondition = [&] {
    SmallVector<Value> operands;
    for (Value operand : compare->getOperands()) {
      auto argument = dyn_cast<BlockArgument>(operand);
      operands.push_back(argument && argument.getOwner() == &before ? variables[argument.getArgNumber()]
                                                                    : get(operand));
    }
    return s.expression(s.getBool(), operands, Type(), [&](ArrayRef<Value> v) {
      auto value = [&](Value leaf) { return s.cast(as, isa<emitc::LValueType>(leaf.getType()) ? s.load(leaf) : leaf); };
      return c::makeCompare(s, *compare, value(v[0]), value(v[1]));
    });
  };
  auto choice = emitc::IfOp::create(s.b, s.loc, makeCondition(), /*addThenBlock=*/true, /*addElseBlock=*/false);
  OpBuilder::InsertionGuard guard(s.b);
  s.b.setInsertionPointToEnd(&choice.getThenRegion().front());
  auto loop = emitc::DoOp::create(s.b, s.loc);
  emitc::YieldOp::create(s.b, s.loc, Value());
  s.b.createBlock(&loop.getBodyRegion());
  Block &after = op.getAfter().front();
  read(variables, after.getArguments());
  if (failed(convertBlock(after)))
    return failure();
  assign(variables, op.getYieldOp().getOperands());
  s.b.createBlock(&loop.getConditionRegion());
  emitc::YieldOp::create(s.b, s.loc, makeCondition());
  return true;
}

LogicalResult FunctionConverter::convertWhile(scf::WhileOp op) {
  FailureOr<SmallVector<Value>> variables = makeVariables(op, op.getInits().getTypes());
  if (failed(variables))
    return failure();
  assign(*variables, op.getInits());
  FailureOr<bool> isSimple = convertSimpleWhile(op, *variables);
  if (failed(isSimple))
    return failure();
  if (*isSimple) {
    read(*variables, op.getResults());
    return success();
  }

  // do { condition; if (it holds) body } while (it holds)
  FailureOr<SmallVector<Value>> results = makeVariables(op, op.getResultTypes());
  if (failed(results))
    return failure();
  Value goesOn = s.variable(s.getBool());
  auto loop = emitc::DoOp::create(s.b, s.loc);
  {
    OpBuilder::InsertionGuard guard(s.b);
    s.b.createBlock(&loop.getBodyRegion());
    Block &before = op.getBefore().front(), &after = op.getAfter().front();
    read(*variables, before.getArguments());
    if (failed(convertBlock(before)))
      return failure();
    scf::ConditionOp condition = op.getConditionOp();
    assign(*results, condition.getArgs());
    s.assign(goesOn, get(condition.getCondition()));
    for (auto [argument, value] : llvm::zip_equal(after.getArguments(), condition.getArgs()))
      values[argument] = get(value);
    auto choice = emitc::IfOp::create(s.b, s.loc, get(condition.getCondition()), true, false);
    OpBuilder::InsertionGuard inner(s.b);
    s.b.setInsertionPointToEnd(&choice.getThenRegion().front());
    if (failed(convertBlock(after)))
      return failure();
    assign(*variables, op.getYieldOp().getOperands());
    emitc::YieldOp::create(s.b, s.loc, Value());
    s.b.createBlock(&loop.getConditionRegion());
    Value again = s.expression(s.getBool(), goesOn, Type(), [&](ArrayRef<Value> v) { return s.load(v[0]); });
    emitc::YieldOp::create(s.b, s.loc, again);
  }
  read(*results, op.getResults());
  return success();
}

LogicalResult FunctionConverter::convert(Operation &op) {
  s.loc = op.getLoc();
  return llvm::TypeSwitch<Operation *, LogicalResult>(&op)
      .Case<scf::YieldOp, scf::ConditionOp>([](auto) { return success(); }) // their parents assign
      .Case([&](func::ReturnOp terminator) -> LogicalResult {
        if (terminator.getNumOperands() > 0)
          return op.emitOpError("has no form in C: results must be stored in arguments");
        emitc::ReturnOp::create(s.b, s.loc, Value());
        return success();
      })
      .Case([&](arith::ConstantOp constant) -> LogicalResult {
        if (!c::getCType(constant.getType()))
          return op.emitOpError("has no form in C: ") << constant.getType();
        values[constant.getResult()] = s.constant(constant.getValue());
        return success();
      })
      .Case([&](ub::PoisonOp poison) -> LogicalResult {
        Type type = c::getCType(poison.getType());
        if (!type)
          return op.emitOpError("has no form in C: ") << poison.getType();
        values[poison.getResult()] = s.literal(type, type.isInteger(1) ? "false" : "0");
        return success();
      })
      .Case([&](memref::GetGlobalOp global) { return convertGetGlobal(global); })
      .Case([&](memref::ViewOp view) { return convertView(view); })
      .Case([&](memref::SubViewOp view) { return convertSubView(view); })
      .Case<memref::CollapseShapeOp, memref::ExpandShapeOp, memref::CastOp>([&](auto view) {
        values[view->getResult(0)] = get(view->getOperand(0));
        return success();
      })
      .Case([&](memref::LoadOp load) { return convertLoad(load); })
      .Case([&](memref::StoreOp store) { return convertStore(store); })
      .Case([&](memref::AssumeAlignmentOp assume) {
        values[assume.getResult()] = get(assume.getMemref());
        return success();
      })
      .Case([&](LLVM::ExpectOp expectation) { // C has no word for it
        values[expectation.getRes()] = get(expectation.getVal());
        return success();
      })
      .Case([&](scf::ForOp loop) { return convertFor(loop); })
      .Case([&](scf::IfOp choice) { return convertIf(choice); })
      .Case([&](scf::WhileOp loop) { return convertWhile(loop); })
      .Default([&](Operation *) -> LogicalResult {
        SmallVector<Value> operands = get(op.getOperands());
        FailureOr<Value> result = failure();
        if (op.getNumResults() == 1 && op.getNumRegions() == 0 &&
            llvm::all_of(operands, [](Value v) { return bool(v); }))
          result = c::convertArithmetic(s, op, operands);
        if (failed(result))
          return op.emitOpError("has no form in C");
        values[op.getResult(0)] = *result;
        return success();
      });
}

LogicalResult FunctionConverter::convertBlock(Block &block) {
  for (Operation &op : block)
    if (failed(convert(op)))
      return failure();
  return success();
}

/// A variable that nothing reads would be a warning of the C compiler.
static void eraseUnused(emitc::FuncOp function) {
  SmallVector<Operation *> values;
  function.walk([&](Operation *op) {
    if (isa<emitc::LoadOp, emitc::SubscriptOp, emitc::ExpressionOp, emitc::ConditionalOp, emitc::AddOp>(op) &&
        !op->getParentOfType<emitc::ExpressionOp>())
      values.push_back(op);
  });
  for (Operation *op : llvm::reverse(values))
    if (op->use_empty())
      op->erase();
}

LogicalResult FunctionConverter::convert() {
  SmallVector<Type> types;
  SmallVector<DictionaryAttr> attributes;
  for (auto [i, type] : llvm::enumerate(source.getArgumentTypes())) {
    auto kind = source.getArgAttrOfType<StringAttr>(i, kKindAttr);
    auto memref = dyn_cast<MemRefType>(type);
    FailureOr<Type> pointer = failure();
    // No two of inputs, outputs, states and scratch overlap: the ABI says so.
    if (memref && memref.getLayout().isIdentity())
      pointer = getPointerType(memref, kind && kind.getValue() == "input", "restrict");
    if (failed(pointer))
      return source.emitOpError("has no form in C: argument ") << i << " is " << type;
    types.push_back(*pointer);
    attributes.push_back(source.getArgAttrDict(i));
  }
  if (!source.getBody().hasOneBlock() || source.getNumResults() > 0)
    return source.emitOpError("has no form in C: it needs one block and no results");

  s.b.setInsertionPoint(source);
  s.loc = source.getLoc();
  SmallVector<NamedAttribute> kept{s.b.getNamedAttr("specifiers", s.b.getStrArrayAttr({"static"}))};
  for (StringRef name : {kNetworkAttr, kAlignmentAttr, kStateBytesAttr, kScratchBytesAttr})
    if (Attribute value = source->getAttr(name))
      kept.push_back(s.b.getNamedAttr(name, value));
  auto function = emitc::FuncOp::create(s.b, s.loc, (source.getName() + "_kernel").str(),
                                        s.b.getFunctionType(types, {}), kept, attributes);
  Block *body = function.addEntryBlock();
  s.b.setInsertionPointToStart(body);
  for (auto [argument, pointer] : llvm::zip_equal(source.getArguments(), body->getArguments()))
    values[argument] = pointer;
  if (failed(convertBlock(source.getBody().front())))
    return failure();
  eraseUnused(function);
  s.b.setInsertionPointToStart(body);
  for (Value pointer : body->getArguments())
    if (pointer.use_empty())
      emitc::VerbatimOp::create(s.b, source.getLoc(), "(void){};", ValueRange(pointer));
  source.erase();
  return success();
}

/// All elements, in lines of readable length.
static std::string writeTable(DenseElementsAttr values) {
  std::string text = "{";
  size_t column = kTableColumns;
  auto append = [&](const std::string &number) {
    if (column + number.size() + 2 > kTableColumns) {
      text += "\n  ";
      column = 2;
    } else {
      text += ' ';
      ++column;
    }
    text += number + ",";
    column += number.size() + 1;
  };
  Type type = values.getElementType();
  if (auto floatType = dyn_cast<FloatType>(type))
    for (const APFloat &number : values.getValues<APFloat>())
      append(c::writeNumber(FloatAttr::get(floatType, number)));
  else
    for (const APInt &number : values.getValues<APInt>())
      append(c::writeInteger(number, c::getCType(type)));
  if (values.empty())
    append("0");
  text.back() = '\n'; // the last comma
  return text + "}";
}

namespace {
struct ConvertToEmitC : lle::impl::ConvertToEmitCBase<ConvertToEmitC> {
  using ConvertToEmitCBase::ConvertToEmitCBase;

  void runOnOperation() override {
    llvm::StringMap<std::string> tables;
    if (failed(convertTables(tables)))
      return signalPassFailure();
    for (auto function : llvm::make_early_inc_range(getOperation().getOps<func::FuncOp>()))
      if (failed(FunctionConverter(function, tables).convert()))
        return signalPassFailure();
    for (auto global : llvm::make_early_inc_range(getOperation().getOps<memref::GlobalOp>()))
      global.erase();
  }

private:
  /// Makes arrays of the constants that are used, named in their order.
  LogicalResult convertTables(llvm::StringMap<std::string> &tables) {
    llvm::StringSet<llvm::MallocAllocator> used;
    getOperation().walk([&](memref::GetGlobalOp op) { used.insert(op.getName()); });
    std::string prefix = "lle";
    for (auto function : getOperation().getOps<func::FuncOp>())
      if (auto network = function->getAttrOfType<StringAttr>(kNetworkAttr))
        prefix = network.str();
    OpBuilder b(&getContext());
    for (auto global : getOperation().getOps<memref::GlobalOp>()) {
      if (!used.contains(global.getName()))
        continue;
      auto values = dyn_cast_or_null<DenseElementsAttr>(global.getInitialValue().value_or(Attribute()));
      Type element = c::getCType(global.getType().getElementType());
      if (!values || !global.getConstant() || !element || element.isInteger(1))
        return global.emitOpError("has no form in C: it needs to be constant, of numbers");
      std::string name = prefix + "_table" + std::to_string(tables.size());
      tables[global.getName()] = name;
      auto type = emitc::ArrayType::get(std::max<int64_t>(values.getNumElements(), 1), element);
      b.setInsertionPoint(global);
      emitc::GlobalOp::create(b, global.getLoc(), name, type, emitc::OpaqueAttr::get(&getContext(), writeTable(values)),
                              /*extern_specifier=*/false, /*static_specifier=*/true, /*const_specifier=*/true);
    }
    return success();
  }
};
} // namespace
