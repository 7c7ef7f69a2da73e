//===- RandomLayers.cpp - random layers, encoders and decoders ------------===//
#include "test/fuzz/RandomLayers.h"

#include "dialects/LLE/Layers.h"
#include "dialects/Spk/Coding.h"
#include "test/fuzz/MakeElements.h"

using namespace mlir;
using namespace lle;
using namespace lle::fuzz;

namespace {
class LayerBuilder {
public:
  LayerBuilder(const LayerContext &context, LayerSignal input)
      : context(context), random(context.random), builder(context.builder), loc(builder.getUnknownLoc()), input(input),
        type(cast<RankedTensorType>(input.value.getType())), shape(type.getShape()), element(type.getElementType()) {}

  std::optional<LayerSignal> build();

private:
  const LayerContext &context;
  RandomNumbers &random;
  OpBuilder &builder;
  Location loc;
  LayerSignal input;
  RankedTensorType type;
  ArrayRef<int64_t> shape;
  Type element;

  bool isInteger() const { return isa<IntegerType>(element); }
  bool isBinary() const { return element.isInteger(1); }
  IntegerType getCounts(std::initializer_list<unsigned> widths = {8u, 16u, 32u}) {
    return IntegerType::get(builder.getContext(), random.pick(widths), IntegerType::Signed);
  }
  StringAttr maybeName() { return random.chance(0.5) ? builder.getStringAttr(context.makeName()) : StringAttr(); }
  StringAttr name() { return builder.getStringAttr(context.makeName()); }
  FloatAttr real(double value) { return builder.getF64FloatAttr(value); }
  /// Real sums of more than two in a row leave the grid of dyadic numbers.
  bool canSum(unsigned sums) const { return !random.isDyadic() || sums < 2; }
  /// Encoders round what they are given to the nearest spike: in networks of real numbers it must be exact.
  bool isExact() const { return random.isDyadic() || isa<BlockArgument>(input.value); }
  std::optional<LayerSignal> pickOther(llvm::function_ref<bool(RankedTensorType)> fits);

  std::optional<LayerSignal> addMaxPool();
  std::optional<LayerSignal> addBatchNorm();
  std::optional<LayerSignal> addProduct();
  std::optional<LayerSignal> addResidual();
  std::optional<LayerSignal> addLogic();
  std::optional<LayerSignal> addReduce();
  std::optional<LayerSignal> addBroadcast();
  std::optional<LayerSignal> addReshape();
  std::optional<LayerSignal> addMatMul();
  std::optional<LayerSignal> addAttention();
  std::optional<LayerSignal> addEncoder();
  std::optional<LayerSignal> addDecoder();
};
} // namespace

std::optional<LayerSignal> LayerBuilder::pickOther(llvm::function_ref<bool(RankedTensorType)> fits) {
  SmallVector<LayerSignal> others{input};
  for (const LayerSignal &signal : context.signals)
    if (fits(cast<RankedTensorType>(signal.value.getType())))
      others.push_back(signal);
  return random.pick(others);
}

std::optional<LayerSignal> LayerBuilder::addMaxPool() {
  if (shape.size() != 3)
    return {};
  SmallVector<int64_t> kernel, stride, padding, result{shape[0]};
  for (unsigned dim = 0; dim < 2; ++dim) {
    kernel.push_back(random.range(1, 4));
    stride.push_back(random.range(1, 3));
    padding.push_back(random.range(0, kernel.back() / 2));
    result.push_back(
        getWindowedLength(shape[dim + 1], {padding.back(), padding.back()}, kernel.back(), stride.back(), 1));
  }
  if (llvm::is_contained(result, 0))
    return {};
  Value largest =
      MaxPool2dOp::create(builder, loc, type.clone(result), input.value, kernel, stride, padding, maybeName());
  return LayerSignal{largest, input.sums};
}

std::optional<LayerSignal> LayerBuilder::addBatchNorm() {
  if (shape.empty() || !canSum(input.sums))
    return {};
  int64_t dim = random.pick<int64_t>({0, int64_t(shape.size()) - 1, random.range(0, shape.size() - 1)});
  bool dyadic = random.isDyadic();
  // Dyadic numbers stay so if the deviation is a power of two.
  double epsilon = dyadic ? random.pick({0.0, 0x1p-4}) : random.pick({0.0, 1e-5, 1e-3});
  auto make = [&](llvm::function_ref<double()> draw) -> ElementsAttr {
    Type kind = random.pick({Type(builder.getF32Type()), Type(builder.getF64Type())});
    SmallVector<double> values(random.chance(0.2) ? 1 : shape[dim]);
    std::generate(values.begin(), values.end(), draw);
    return makeElements(RankedTensorType::get({shape[dim]}, kind), values);
  };
  ElementsAttr mean = make([&] { return random.number(-1, 1, 1); });
  ElementsAttr variance = make([&] { return dyadic ? random.pick({0.25, 1.0, 4.0}) - epsilon : random.real(0.2, 3); });
  ElementsAttr scale, shift;
  if (random.chance(0.7))
    scale = make([&] { return random.number(-1, 2, 1); });
  if (random.chance(0.7))
    shift = make([&] { return random.number(-1, 1, 2); });
  auto result = RankedTensorType::get(shape, context.realType);
  Value norm = BatchNormOp::create(builder, loc, result, input.value, mean, variance, scale, shift, real(epsilon),
                                   builder.getI64IntegerAttr(dim), maybeName());
  return LayerSignal{norm, input.sums + 1};
}

std::optional<LayerSignal> LayerBuilder::addProduct() {
  auto sameShape = [&](RankedTensorType other) { return other.getShape() == shape; };
  SmallVector<Value> factors{input.value};
  unsigned sums = input.sums;
  for (unsigned factor = 1, e = random.range(2, 3); factor < e; ++factor) {
    LayerSignal other = *pickOther(sameShape);
    factors.push_back(other.value);
    sums += other.sums + 1;
  }
  bool integers =
      llvm::all_of(factors, [](Value factor) { return isa<IntegerType>(getElementTypeOrSelf(factor.getType())); });
  if (!integers && !canSum(sums))
    return {};
  Type result = integers && random.chance(0.6) ? Type(getCounts()) : context.realType;
  Value product = MulOp::create(builder, loc, RankedTensorType::get(shape, result), factors);
  return LayerSignal{product, std::min(sums, context.noSums)};
}

/// A sum of spikes that stays whole.
std::optional<LayerSignal> LayerBuilder::addResidual() {
  if (!isInteger())
    return {};
  auto fits = [&](RankedTensorType other) {
    return other.getShape() == shape && isa<IntegerType>(other.getElementType());
  };
  SmallVector<Value> terms{input.value, pickOther(fits)->value};
  Value sum = AddOp::create(builder, loc, RankedTensorType::get(shape, getCounts()), terms);
  return LayerSignal{sum, input.sums};
}

std::optional<LayerSignal> LayerBuilder::addLogic() {
  if (!isBinary())
    return {};
  Value other = pickOther([&](RankedTensorType other) { return other == type; })->value;
  switch (random.below(3)) {
  case 0:
    return LayerSignal{AndOp::create(builder, loc, type, input.value, other)};
  case 1:
    return LayerSignal{OrOp::create(builder, loc, type, input.value, other)};
  default:
    return LayerSignal{NotOp::create(builder, loc, type, input.value)};
  }
}

std::optional<LayerSignal> LayerBuilder::addReduce() {
  if (shape.empty() || !canSum(input.sums))
    return {};
  int64_t dim = random.range(0, shape.size() - 1), length = shape[dim];
  SmallVector<int64_t> rest(shape);
  rest.erase(rest.begin() + dim);
  Reduction reduction = random.pick({Reduction::sum, Reduction::sum, Reduction::mean, Reduction::max});
  Type result = context.realType;
  unsigned sums = input.sums + 1;
  if (reduction == Reduction::max) {
    result = element;
    sums = input.sums;
  } else if (reduction == Reduction::sum && isInteger() && random.chance(0.6)) {
    result = getCounts();
  } else if (reduction == Reduction::mean && !llvm::isPowerOf2_64(length)) {
    sums = context.noSums;
  }
  Value reduced = ReduceOp::create(builder, loc, RankedTensorType::get(rest, result), input.value, reduction,
                                   builder.getI64IntegerAttr(dim), maybeName());
  return LayerSignal{reduced, sums};
}

std::optional<LayerSignal> LayerBuilder::addBroadcast() {
  int64_t length = random.range(1, 5);
  if (shape.size() > 3 || type.getNumElements() * length > kMaxElements)
    return {};
  int64_t dim = random.range(0, shape.size());
  SmallVector<int64_t> result(shape);
  result.insert(result.begin() + dim, length);
  Value repeated =
      BroadcastOp::create(builder, loc, type.clone(result), input.value, builder.getI64IntegerAttr(dim), maybeName());
  return LayerSignal{repeated, input.sums};
}

/// Prime factors of the number of elements, dealt out to dimensions.
std::optional<LayerSignal> LayerBuilder::addReshape() {
  SmallVector<int64_t> result(random.range(1, 4), 1);
  int64_t rest = type.getNumElements();
  for (int64_t factor = 2; rest > 1;) {
    if (rest % factor) {
      ++factor;
      continue;
    }
    random.pick(result) *= factor;
    rest /= factor;
  }
  Value reshaped = ReshapeOp::create(builder, loc, type.clone(result), input.value, maybeName());
  return LayerSignal{reshaped, input.sums};
}

std::optional<LayerSignal> LayerBuilder::addMatMul() {
  int64_t rank = shape.size();
  if (rank < 2)
    return {};
  LayerSignal other = *pickOther([&](RankedTensorType other) { return other.getShape() == shape; });
  Type otherElement = getElementTypeOrSelf(other.value.getType());
  unsigned sums = input.sums + other.sums + 1;
  auto mayCount = [](Type type) { return isa<IntegerType>(type) && type.getIntOrFloatBitWidth() <= 16; };
  bool integers = mayCount(element) && mayCount(otherElement);
  if (!integers && !canSum(sums))
    return {};
  // a bT or aT b, each with an operand turned before or not.
  bool inner = random.chance(0.5), turnA = random.chance(0.3), turnB = random.chance(0.3);
  int64_t rows = inner ? shape[rank - 1] : shape[rank - 2];
  SmallVector<int64_t> result(shape), order = llvm::to_vector(llvm::seq<int64_t>(0, rank));
  result[rank - 1] = result[rank - 2] = rows;
  if (RankedTensorType::get(result, element).getNumElements() > kMaxElements)
    return {};
  std::swap(order[rank - 1], order[rank - 2]);
  auto turn = [&](Value value) -> Value {
    auto from = cast<RankedTensorType>(value.getType());
    SmallVector<int64_t> turned(from.getShape());
    std::swap(turned[rank - 1], turned[rank - 2]);
    return TransposeOp::create(builder, loc, from.clone(turned), value, builder.getDenseI64ArrayAttr(order),
                               StringAttr());
  };
  Value a = turnA ? turn(input.value) : input.value, b = turnB ? turn(other.value) : other.value;
  auto flag = [&](bool set) { return set ? builder.getUnitAttr() : UnitAttr(); };
  Type kind = integers && random.chance(0.6) ? Type(getCounts()) : context.realType;
  Value product = MatMulOp::create(builder, loc, RankedTensorType::get(result, kind), a, b, flag(inner != turnA),
                                   flag(inner == turnB), maybeName());
  return LayerSignal{product, std::min(sums, context.noSums)};
}

/// Of any spikes, made a matrix.
std::optional<LayerSignal> LayerBuilder::addAttention() {
  int64_t count = type.getNumElements();
  if (!isBinary() || count == 1)
    return {};
  int64_t channels = random.divisor(count), heads = random.divisor(channels);
  SmallVector<int64_t> matrix{channels, count / channels};
  auto toMatrix = [&](LayerSignal signal) -> Value {
    return ReshapeOp::create(builder, loc, RankedTensorType::get(matrix, element), signal.value, StringAttr());
  };
  auto fits = [&](RankedTensorType other) {
    return other.getElementType() == element && other.getNumElements() == count;
  };
  Value query = toMatrix(input), key = toMatrix(*pickOther(fits)), value = toMatrix(*pickOther(fits));
  double scale = random.isDyadic() ? random.pick({0.125, 1.0, -2.0}) : random.real(0.05, 1);
  Value y = spk::SelfAttentionOp::create(builder, loc, RankedTensorType::get(matrix, context.realType), query, key,
                                         value, builder.getI64IntegerAttr(heads), real(scale), maybeName());
  return LayerSignal{y, 2};
}

std::optional<LayerSignal> LayerBuilder::addEncoder() {
  if (isInteger() || !isExact())
    return {};
  auto spikes = type.clone(builder.getI1Type());
  auto flag = [&] { return random.chance(0.5) ? builder.getUnitAttr() : UnitAttr(); };
  switch (random.below(3)) {
  case 0:
    return LayerSignal{spk::EncodeRateOp::create(
        builder, loc, spikes, name(), input.value, real(random.pick({0.25, 0.5, -0.25})),
        real(random.pick({0.0, 0.125, 0.25})), builder.getI64IntegerAttr(random.below(1000)))};
  case 1: {
    int64_t steps = random.range(1, 12);
    return LayerSignal{spk::EncodeLatencyOp::create(
        builder, loc, spikes, name(), input.value, builder.getI64IntegerAttr(steps),
        builder.getI64IntegerAttr(random.chance(0.5) ? 0 : random.range(0, steps - 1)), real(random.real(0.01, 0.4)),
        real(random.real(0.5, 8)), real(1e-7), flag(), flag(), flag())};
  }
  default: {
    Type result = random.chance(0.5) ? Type(builder.getI1Type()) : Type(getCounts({8u}));
    return LayerSignal{spk::EncodeDeltaOp::create(builder, loc, type.clone(result), name(), input.value,
                                                  real(random.number(0.25, 1, 2)), flag())};
  }
  }
}

std::optional<LayerSignal> LayerBuilder::addDecoder() {
  Type number = random.chance(0.5) ? context.realType : Type(getCounts({32u}));
  bool isReal = isa<FloatType>(number);
  if (shape.size() == 1 && canSum(input.sums) && random.chance(0.4)) {
    SmallVector<int64_t> groups;
    for (int64_t count = 1; count <= shape[0]; ++count)
      if (shape[0] % count == 0)
        groups.push_back(count);
    int64_t count = random.pick(groups);
    bool mean = random.chance(0.5);
    Value sum = spk::DecodePopulationOp::create(builder, loc, RankedTensorType::get({count}, context.realType),
                                                input.value, mean ? builder.getUnitAttr() : UnitAttr(), maybeName());
    return LayerSignal{sum, mean && !llvm::isPowerOf2_64(shape[0] / count) ? context.noSums : input.sums + 1};
  }
  if (!isInteger()) {
    auto readout = spk::Readout(random.below(spk::getMaxEnumValForReadout() + 1));
    // A quotient in another precision than the network's is no number of the reference.
    if (element != context.realType && readout == spk::Readout::mean)
      readout = spk::Readout::max;
    return LayerSignal{spk::DecodeMembraneOp::create(builder, loc, type, readout, name(), input.value), context.noSums};
  }
  if (random.chance(0.5))
    return LayerSignal{spk::DecodeSpikeCountOp::create(builder, loc, type.clone(number), name(), input.value),
                       isReal ? context.noSums : input.sums};
  return LayerSignal{spk::DecodeFirstSpikeOp::create(builder, loc, type.clone(number), name(), input.value,
                                                     builder.getI64IntegerAttr(random.range(-2, 30))),
                     isReal ? context.noSums : input.sums};
}

std::optional<LayerSignal> LayerBuilder::build() {
  using Add = std::optional<LayerSignal> (LayerBuilder::*)();
  static constexpr Add kLayers[] = {
      &LayerBuilder::addMaxPool,   &LayerBuilder::addBatchNorm, &LayerBuilder::addBatchNorm, &LayerBuilder::addProduct,
      &LayerBuilder::addResidual,  &LayerBuilder::addLogic,     &LayerBuilder::addReduce,    &LayerBuilder::addReduce,
      &LayerBuilder::addBroadcast, &LayerBuilder::addReshape,   &LayerBuilder::addMatMul,    &LayerBuilder::addMatMul,
      &LayerBuilder::addAttention, &LayerBuilder::addAttention, &LayerBuilder::addEncoder,   &LayerBuilder::addEncoder,
      &LayerBuilder::addDecoder,   &LayerBuilder::addDecoder};
  return (this->*random.pick(kLayers))();
}

std::optional<LayerSignal> lle::fuzz::addRandomLayer(const LayerContext &context, LayerSignal input) {
  return LayerBuilder(context, input).build();
}
