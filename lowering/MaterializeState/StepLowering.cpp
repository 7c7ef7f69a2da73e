//===- StepLowering.cpp - building the code of one step -------------------===//
#include "lowering/MaterializeState/StepLowering.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/AsmState.h"
#include "mlir/IR/DialectResourceBlobManager.h"

using namespace mlir;
using namespace lle;

static constexpr int64_t kChannelsFirst[] = {2, 0, 1};

Type lle::getStoredElementType(Type element) {
  auto integer = dyn_cast<IntegerType>(element);
  return integer ? IntegerType::get(element.getContext(), std::max(8u, integer.getWidth())) : element;
}

static SmallVector<int64_t> permuteShape(ArrayRef<int64_t> shape, ArrayRef<int64_t> order) {
  return llvm::map_to_vector(order, [&](int64_t dim) { return shape[dim]; });
}

RankedTensorType lle::getStoredType(RankedTensorType logical, bool channelsLast) {
  SmallVector<int64_t> shape(logical.getShape());
  if (channelsLast && logical.getRank() == 3)
    shape = permuteShape(shape, kChannelsLast);
  return RankedTensorType::get(shape, getStoredElementType(logical.getElementType()));
}

SmallVector<int64_t> lle::getStoredOrder(RankedTensorType state, RankedTensorType signal) {
  SmallVector<int64_t> order = llvm::to_vector(llvm::seq<int64_t>(0, state.getRank()));
  if (signal.getRank() != 3 || state.getRank() < 3 || state.getShape().take_back(3) != signal.getShape())
    return order;
  int64_t base = state.getRank() - 3;
  for (unsigned i = 0; i < 3; ++i)
    order[base + i] = base + kChannelsLast[i];
  return order;
}

SmallVector<double> lle::permuteElements(ArrayRef<double> elements, ArrayRef<int64_t> shape, ArrayRef<int64_t> order) {
  if (elements.size() <= 1 || llvm::is_sorted(order))
    return SmallVector<double>(elements);
  SmallVector<int64_t> stored = permuteShape(shape, order), strides(shape.size(), 1), index(shape.size(), 0);
  for (int64_t dim = int64_t(shape.size()) - 2; dim >= 0; --dim)
    strides[dim] = strides[dim + 1] * shape[dim + 1];
  SmallVector<double> result;
  result.reserve(elements.size());
  for (size_t count = 0; count < elements.size(); ++count) {
    int64_t offset = 0;
    for (size_t dim = 0; dim < order.size(); ++dim)
      offset += index[dim] * strides[order[dim]];
    result.push_back(elements[offset]);
    for (int64_t dim = int64_t(order.size()) - 1; dim >= 0 && ++index[dim] == stored[dim]; --dim)
      index[dim] = 0;
  }
  return result;
}

Value StepBuilder::index(int64_t value) { return arith::ConstantIndexOp::create(*this, value); }

Value StepBuilder::constantTensor(RankedTensorType type, ArrayRef<double> elements) {
  Type element = type.getElementType();
  DenseElementsAttr attribute;
  if (element.isF64()) {
    attribute = DenseElementsAttr::get(type, elements);
  } else if (element.isF32()) {
    SmallVector<float> rounded(elements.begin(), elements.end());
    attribute = DenseElementsAttr::get(type, ArrayRef<float>(rounded));
  } else if (auto shortFloat = dyn_cast<FloatType>(element)) {
    SmallVector<APFloat> rounded;
    for (double value : elements) {
      bool losesInfo;
      rounded.emplace_back(value);
      rounded.back().convert(shortFloat.getFloatSemantics(), APFloat::rmNearestTiesToEven, &losesInfo);
    }
    attribute = DenseElementsAttr::get(type, rounded);
  } else {
    SmallVector<APInt> integers;
    for (double value : elements)
      integers.emplace_back(element.getIntOrFloatBitWidth(), int64_t(value), /*isSigned=*/true);
    attribute = DenseElementsAttr::get(type, integers);
  }
  return arith::ConstantOp::create(*this, attribute);
}

Value StepBuilder::zero(Type type) { return arith::ConstantOp::create(*this, getZeroAttr(type)); }

Value StepBuilder::floatConstant(Type type, double value) {
  return arith::ConstantOp::create(*this, FloatAttr::get(type, value));
}

Value StepBuilder::transpose(Value tensor, ArrayRef<int64_t> order) {
  auto type = cast<RankedTensorType>(tensor.getType());
  Value empty = tensor::EmptyOp::create(*this, permuteShape(type.getShape(), order), type.getElementType());
  return linalg::TransposeOp::create(*this, tensor, empty, order)->getResult(0);
}

StepSignal StepBuilder::toChannelsLast(StepSignal signal) {
  if (signal.channelsLast || cast<RankedTensorType>(signal.value.getType()).getRank() != 3)
    return signal;
  auto type = cast<RankedTensorType>(signal.value.getType());
  if (type.getDimSize(0) == 1)
    return {unflatten(flatten(signal.value), getStoredType(type, /*channelsLast=*/true)), /*channelsLast=*/true,
            signal.sparse};
  if (type.getDimSize(0) == 2)
    return {interleave(signal.value), /*channelsLast=*/true, signal.sparse};
  return {transpose(signal.value, kChannelsLast), /*channelsLast=*/true, signal.sparse};
}

/// Two planes, such as the polarities of an event camera, by vectors: a transposition would move single elements.
Value StepBuilder::interleave(Value planes) {
  auto type = cast<RankedTensorType>(planes.getType());
  Type element = type.getElementType();
  int64_t pixels = type.getNumElements() / 2;
  // A machine of one lane has no register for two f64.
  int64_t length = std::max<int64_t>(machine.lanes * 32 / element.getIntOrFloatBitWidth(), 1);
  Value flat = flatten(planes);
  Value result = tensor::EmptyOp::create(*this, ArrayRef<int64_t>{2 * pixels}, element);
  auto move = [&](StepBuilder &b, Value pixel, int64_t count, Value target) -> Value {
    auto read = [&](Value place) -> Value {
      return vector::TransferReadOp::create(b, VectorType::get({count}, element), flat, place, std::nullopt,
                                            ArrayRef<bool>{true});
    };
    Value first = read(pixel), second = read(arith::AddIOp::create(b, pixel, b.index(pixels)));
    Value both = vector::InterleaveOp::create(b, first, second);
    Value place = arith::MulIOp::create(b, pixel, b.index(2));
    return vector::TransferWriteOp::create(b, both, target, place, ArrayRef<bool>{true}).getResult();
  };
  int64_t whole = pixels / length * length;
  if (whole != 0) {
    auto loop = scf::ForOp::create(*this, index(0), index(whole), index(length), result);
    StepBuilder inner(getLoc(), OpBuilder::atBlockBegin(loop.getBody()), dt, machine);
    scf::YieldOp::create(inner, move(inner, loop.getInductionVar(), length, loop.getRegionIterArgs().front()));
    result = loop.getResult(0);
  }
  if (whole != pixels)
    result = move(*this, index(whole), pixels - whole, result);
  return unflatten(result, getStoredType(type, /*channelsLast=*/true));
}

StepSignal StepBuilder::toChannelsFirst(StepSignal signal) {
  if (!signal.channelsLast || !signal.value || cast<RankedTensorType>(signal.value.getType()).getRank() != 3)
    return signal;
  return {transpose(signal.value, kChannelsFirst), /*channelsLast=*/false, signal.sparse};
}

static SmallVector<ReassociationIndices> allDimensions(int64_t rank) {
  return {llvm::to_vector<2>(llvm::seq<int64_t>(0, rank))};
}

Value StepBuilder::flatten(Value tensor) {
  auto type = cast<RankedTensorType>(tensor.getType());
  if (type.getRank() == 1)
    return tensor;
  auto flat = RankedTensorType::get({type.getNumElements()}, type.getElementType());
  if (type.getRank() == 0)
    return tensor::ExpandShapeOp::create(*this, flat, tensor, ArrayRef<ReassociationIndices>{});
  return tensor::CollapseShapeOp::create(*this, flat, tensor, allDimensions(type.getRank()));
}

Value StepBuilder::unflatten(Value tensor, RankedTensorType type) {
  type = type.clone(getElementTypeOrSelf(tensor.getType()));
  if (type.getRank() == 1)
    return tensor;
  if (type.getRank() == 0)
    return tensor::CollapseShapeOp::create(*this, type, tensor, ArrayRef<ReassociationIndices>{});
  return tensor::ExpandShapeOp::create(*this, type, tensor, allDimensions(type.getRank()));
}

Value StepBuilder::toFloat(Value stored, Type type) {
  if (auto vector = dyn_cast<VectorType>(stored.getType()))
    type = vector.clone(type);
  if (stored.getType() == type)
    return stored;
  Type element = getElementTypeOrSelf(stored.getType());
  if (isa<IntegerType>(element))
    return arith::SIToFPOp::create(*this, type, stored);
  if (element.getIntOrFloatBitWidth() < getElementTypeOrSelf(type).getIntOrFloatBitWidth())
    return arith::ExtFOp::create(*this, type, stored);
  return arith::TruncFOp::create(*this, type, stored);
}

// Without a call of a library on any target: the sum with 1.5 2^p has the integer in its low bits, where p is the
// number of bits of a fraction.
Value StepBuilder::roundToInteger(Value x, IntegerType result) {
  bool isDouble = x.getType().isF64();
  double magic = std::ldexp(1.5, isDouble ? 52 : 23);
  Value sum = arith::AddFOp::create(*this, x, floatConstant(x.getType(), magic));
  Value bits = arith::BitcastOp::create(*this, getIntegerType(isDouble ? 64 : 32), sum);
  return arith::TruncIOp::create(*this, result, bits);
}

Value StepBuilder::loadState(quant::UniformQuantizedType type, Value stored) {
  Type real = type.getExpressedType();
  Value number = toFloat(stored, real);
  if (type.getZeroPoint() != 0)
    number = arith::SubFOp::create(*this, number, floatConstant(real, double(type.getZeroPoint())));
  return arith::MulFOp::create(*this, number, floatConstant(real, type.getScale()));
}

Value StepBuilder::storeState(quant::UniformQuantizedType type, Value x) {
  Type real = type.getExpressedType();
  auto stored = getIntegerType(type.getStorageTypeIntegralWidth());
  Value low = floatConstant(real, double(type.getStorageTypeMin() - type.getZeroPoint())),
        high = floatConstant(real, double(type.getStorageTypeMax() - type.getZeroPoint()));
  x = arith::MulFOp::create(*this, x, floatConstant(real, 1 / type.getScale()));
  // A comparison with a NaN is false.
  x = arith::SelectOp::create(*this, arith::CmpFOp::create(*this, arith::CmpFPredicate::OGE, x, low), x, low);
  x = arith::SelectOp::create(*this, arith::CmpFOp::create(*this, arith::CmpFPredicate::OLE, x, high), x, high);
  Value number = roundToInteger(x, stored);
  if (type.getZeroPoint() == 0)
    return number;
  Value zero = arith::ConstantOp::create(*this, getIntegerAttr(stored, type.getZeroPoint()));
  return arith::AddIOp::create(*this, number, zero);
}

SmallVector<Value> StepBuilder::elementwise(ValueRange inputs, ValueRange outputs,
                                            function_ref<SmallVector<Value>(OpBuilder &, Location, ValueRange)> body) {
  int64_t rank = cast<RankedTensorType>(outputs.front().getType()).getRank();
  SmallVector<AffineMap> maps(inputs.size() + outputs.size(), getMultiDimIdentityMap(rank));
  SmallVector<utils::IteratorType> iterators(rank, utils::IteratorType::parallel);
  auto generic = linalg::GenericOp::create(*this, TypeRange(outputs), inputs, outputs, maps, iterators,
                                           [&](OpBuilder &builder, Location loc, ValueRange arguments) {
                                             linalg::YieldOp::create(builder, loc, body(builder, loc, arguments));
                                           });
  return SmallVector<Value>(generic.getResults());
}

FeatureMap lle::getFeatureMap(const StepSignal &signal) {
  ArrayRef<int64_t> shape = cast<RankedTensorType>(signal.value.getType()).getShape();
  if (signal.channelsLast)
    return {shape[2], shape[0], shape[1]};
  return {shape[0], shape[1], shape[2]};
}

#include "lowering/MaterializeState/StepLoweringOpInterface.cpp.inc"
