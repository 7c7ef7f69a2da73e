//===- RandomQuantized.cpp - random layers and cells in fixed point -------===//
#include "test/fuzz/RandomQuantized.h"

#include "dialects/LLE/Quantization.h"
#include "dialects/LTC/FixedCells.h"
#include "test/fuzz/MakeElements.h"

using namespace mlir;
using namespace lle;
using namespace lle::fuzz;
using namespace lle::ltc;

namespace {
class QuantizedBuilder {
public:
  QuantizedBuilder(const LayerContext &context) : context(context), random(context.random), builder(context.builder) {}

  Value build(Value input);

private:
  const LayerContext &context;
  RandomNumbers &random;
  OpBuilder &builder;
  Location loc = builder.getUnknownLoc();

  static RankedTensorType typeOf(Value value) { return cast<RankedTensorType>(value.getType()); }
  static int64_t lengthOf(Value value) { return typeOf(value).getNumElements(); }
  RankedTensorType getFixed(ArrayRef<int64_t> shape, unsigned bits) {
    return RankedTensorType::get(shape, builder.getIntegerType(bits, /*isSigned=*/true));
  }

  ElementsAttr makeIntegers(ArrayRef<int64_t> shape, unsigned bits, llvm::function_ref<int64_t()> draw) {
    auto type = RankedTensorType::get(shape, builder.getIntegerType(bits));
    SmallVector<double> values(type.getNumElements());
    std::generate(values.begin(), values.end(), [&] { return double(draw()); });
    return makeElements(type, values);
  }
  /// One number, or one for each of `count`.
  ElementsAttr makeEach(int64_t count, unsigned bits, llvm::function_ref<int64_t()> draw) {
    return makeIntegers({random.chance(0.4) ? 1 : count}, bits, draw);
  }
  ElementsAttr makeScale(RankedTensorType signal, int least, int most);
  Value addRescale(Value x);
  Value addAffine(Value x);
  Value addGate(Value x);
  Value addLTC(Value x);
  void addSynapses(NamedAttrList &attributes, StringRef prefix, int64_t sources, unsigned sourceBits,
                   MutableArrayRef<int64_t> sums);
};
} // namespace

ElementsAttr QuantizedBuilder::makeScale(RankedTensorType signal, int least, int most) {
  int64_t rows = signal.getRank() == 0 ? 1 : signal.getDimSize(0);
  SmallVector<double> values(random.chance(0.5) ? 1 : rows);
  for (double &value : values)
    value = std::ldexp(1.0, int(random.range(least, most)));
  return makeElements(RankedTensorType::get({int64_t(values.size())}, builder.getF64Type()), values);
}

/// Of any rank.
Value QuantizedBuilder::addRescale(Value x) {
  RankedTensorType type = typeOf(x);
  int64_t rows = type.getRank() == 0 ? 1 : type.getDimSize(0);
  ElementsAttr multiplier = makeEach(rows, 32, [&]() -> int64_t {
    return random.chance(0.2) ? random.pick<int64_t>({1, 512, INT32_MAX}) : random.range(1 << 30, INT32_MAX);
  });
  ElementsAttr shift = makeEach(
      rows, 8, [&]() -> int64_t { return random.chance(0.1) ? random.pick<int64_t>({1, 62}) : random.range(27, 34); });
  return RescaleOp::create(builder, loc, getFixed(type.getShape(), random.pick({8u, 16u})), x, multiplier, shift);
}

Value QuantizedBuilder::addAffine(Value x) {
  int64_t inputs = lengthOf(x), outputs = random.length();
  unsigned inputBits = typeOf(x).getElementTypeBitWidth(), weightBits = random.pick({8u, 16u});
  auto function = FixedFunction(random.below(getMaxEnumValForFixedFunction() + 1));
  bool isPlain = function == FixedFunction::linear || function == FixedFunction::relu;
  // As large as sums may become.
  int64_t room = INT32_MAX / inputs >> (inputBits - 1);
  int64_t most = std::min<int64_t>(weightBits == 8 ? 127 : 32767, room * 9 / 10);
  ElementsAttr weights = makeIntegers({outputs, inputs}, weightBits, [&] { return random.range(-most, most); });
  int64_t bias = INT32_MAX - inputs * (most << (inputBits - 1));
  bias = random.chance(0.2) ? bias : std::min<int64_t>(bias, 1 << 20);
  ElementsAttr offsets = makeIntegers({outputs}, 32, [&] { return random.range(-bias, bias); });
  bool shifts = random.chance(0.3);
  int sum = int(std::log2(double(inputs) * double(most) + 1)) + int(inputBits) - 1;
  ElementsAttr multiplier = shifts ? makeIntegers({1}, 32, [] { return 1; })
                                   : makeEach(outputs, 32, [&] { return random.range(1 << 30, INT32_MAX); });
  // Most sums become about 16 bits, so that functions are met everywhere and sometimes clipped.
  int shift = sum - 16 + (shifts ? 0 : 31);
  ElementsAttr shiftBits = makeEach(outputs, 8, [&] {
    return std::clamp<int64_t>(random.chance(0.05) ? random.pick<int64_t>({1, 62}) : random.range(shift - 2, shift + 1),
                               1, 62);
  });
  StringAttr name = random.chance(0.5) ? builder.getStringAttr(context.makeName()) : StringAttr();
  return FixedAffineOp::create(builder, loc, getFixed({outputs}, isPlain && random.chance(0.4) ? 8 : 16), x, function,
                               weights, offsets, multiplier, shiftBits, name);
}

/// Heads of one layer, whose parts have equal lengths.
Value QuantizedBuilder::addGate(Value x) {
  int64_t length = std::max<int64_t>(1, lengthOf(x) / 3);
  auto part = [&](int64_t index) -> Value {
    int64_t offset = std::min(index * length, lengthOf(x) - length);
    return SliceOp::create(builder, loc, typeOf(x).clone(ArrayRef<int64_t>{length}), x,
                           builder.getI64IntegerAttr(offset), StringAttr());
  };
  auto mode = FixedMode(random.below(getMaxEnumValForFixedMode() + 1));
  return FixedCfCGateOp::create(builder, loc, typeOf(x).clone(ArrayRef<int64_t>{length}), mode, part(0), part(1),
                                part(2));
}

void QuantizedBuilder::addSynapses(NamedAttrList &attributes, StringRef prefix, int64_t sources, unsigned sourceBits,
                                   MutableArrayRef<int64_t> sums) {
  int64_t targets = sums.size(), count = sources * targets;
  SmallVector<int64_t> shape{sources, targets};
  unsigned bits = random.pick({8u, 16u}), slopeBits = random.pick({8u, 16u});
  double density = random.pick({0.0, 0.2, 0.7, 1.0});
  // Two kinds of synapses and other terms share 2^16.
  int64_t most = std::min<int64_t>(bits == 8 ? 127 : 32767, 20000 / sources);
  std::vector<int64_t> conductance(count), current(count);
  for (int64_t k = 0; k < count; ++k) {
    if (!random.chance(density))
      continue;
    conductance[k] = random.range(1, most);
    current[k] =
        random.chance(0.2) ? random.pick({-1, 1}) * conductance[k] : random.range(-conductance[k], conductance[k]);
    sums[k % targets] += conductance[k];
  }
  auto add = [&](StringRef name, ElementsAttr elements) { attributes.set((prefix + name).str(), elements); };
  auto next = [](const std::vector<int64_t> &values) {
    return [&values, place = size_t(0)]() mutable { return values[place++]; };
  };
  auto nextConductance = next(conductance), nextCurrent = next(current);
  add("conductance", makeIntegers(shape, bits, nextConductance));
  add("current", makeIntegers(shape, bits, nextCurrent));
  int64_t steepest = slopeBits == 8 ? 127 : 32767;
  add("slope", makeIntegers(shape, slopeBits, [&] { return random.range(-steepest, steepest); }));
  // The middle of the sigmoid is in the range of the source, most often.
  int64_t reach = steepest << (sourceBits - 1), room = INT32_MAX - reach;
  add("offset", makeIntegers(shape, 32, [&] {
        return random.chance(0.05) ? random.pick({-room, room}) : random.range(-reach / 2, reach / 2);
      }));
  int64_t shift = int64_t(std::log2(double(reach))) - 15 + random.range(-1, 1);
  attributes.set((prefix + "shift").str(), builder.getI64IntegerAttr(std::clamp<int64_t>(shift, 0, 30)));
}

Value QuantizedBuilder::addLTC(Value x) {
  int64_t units = random.length();
  NamedAttrList attributes;
  attributes.set("name", builder.getStringAttr(context.makeName()));
  attributes.set("unfolds", builder.getI64IntegerAttr(random.range(1, 4)));
  std::vector<int64_t> sums(units), leaks;
  addSynapses(attributes, "", units, 16, sums);
  addSynapses(attributes, "sensory_", lengthOf(x), typeOf(x).getElementTypeBitWidth(), sums);
  size_t neuron = 0;
  attributes.set("leak", makeIntegers({units}, 32, [&] {
                   // Small ones leave the denominator to the synapses.
                   int64_t room = INT32_MAX - (sums[neuron++] << kFractionBits);
                   leaks.push_back(random.chance(0.2) ? random.range(1, 100) : random.range(1, room / 2));
                   return leaks.back();
                 }));
  neuron = 0;
  attributes.set("capacitance", makeIntegers({units}, 32, [&] {
                   int64_t room = INT32_MAX - (sums[neuron] << kFractionBits) - leaks[neuron];
                   ++neuron;
                   return random.chance(0.2) ? random.pick<int64_t>({0, room}) : random.range(0, room / 4);
                 }));
  neuron = 0;
  attributes.set("drive", makeIntegers({units}, 32, [&] {
                   int64_t leak = leaks[neuron++];
                   return random.range(-leak, leak);
                 }));
  OperationState state(loc, FixedLTCCellOp::getOperationName());
  state.addOperands(x);
  state.addTypes(getFixed({units}, 16));
  state.addAttributes(attributes);
  return builder.create(state)->getResult(0);
}

Value QuantizedBuilder::build(Value input) {
  Value x = input;
  if (isa<FloatType>(typeOf(x).getElementType()))
    x = QuantizeOp::create(builder, loc, getFixed(typeOf(x).getShape(), random.pick({8u, 16u})), x,
                           makeScale(typeOf(x), -15, -5));
  for (unsigned part = 0, parts = random.range(1, 4); part < parts; ++part) {
    if (typeOf(x).getRank() != 1) {
      x = addRescale(x);
      continue;
    }
    switch (random.below(6)) {
    case 0:
      x = addRescale(x);
      break;
    case 1:
      if (typeOf(x).getElementTypeBitWidth() == 16) {
        x = addGate(x);
        break;
      }
      [[fallthrough]];
    case 2:
    case 3:
      x = addAffine(x);
      break;
    default:
      x = addLTC(x);
    }
  }
  RankedTensorType type = typeOf(x);
  int least = type.getElementTypeBitWidth() == 8 ? -7 : -15;
  return DequantizeOp::create(builder, loc, type.clone(context.realType), x, makeScale(type, least, least + 1));
}

LayerSignal lle::fuzz::addRandomQuantized(const LayerContext &context, Value input) {
  return {QuantizedBuilder(context).build(input), context.noSums};
}

//===----------------------------------------------------------------------===//
// Coverage
//===----------------------------------------------------------------------===//

bool lle::fuzz::isQuantized(OperationName name) {
  static const StringRef kOperations[] = {QuantizeOp::getOperationName(),     DequantizeOp::getOperationName(),
                                          RescaleOp::getOperationName(),      FixedAffineOp::getOperationName(),
                                          FixedLTCCellOp::getOperationName(), FixedCfCGateOp::getOperationName()};
  return llvm::is_contained(kOperations, name.getStringRef());
}

static std::string toString(Type type) {
  std::string text;
  llvm::raw_string_ostream(text) << type;
  return text;
}

void lle::fuzz::collectQuantized(Operation *op, std::set<Feature> &features) {
  auto add = [&](const Twine &fact) { features.insert({op->getName().getStringRef().str(), fact.str()}); };
  add("on " + toString(getElementTypeOrSelf(op->getOperand(0).getType())));
  add("gives " + toString(getElementTypeOrSelf(op->getResult(0).getType())));
  for (StringRef name : {"scale", "multiplier", "shift"})
    if (auto elements = op->getAttrOfType<ElementsAttr>(name))
      add(name + (elements.getNumElements() == 1 ? " one" : " each"));
  for (StringRef name : {"weights", "slope", "conductance", "sensory_slope", "sensory_conductance"})
    if (auto elements = op->getAttrOfType<ElementsAttr>(name))
      add(name + " " + toString(elements.getElementType()));
  for (StringRef name : {"conductance", "sensory_conductance"})
    if (auto elements = op->getAttrOfType<ElementsAttr>(name)) {
      auto isThere = [](const APInt &value) { return !value.isZero(); };
      int64_t there = llvm::count_if(elements.getValues<APInt>(), isThere);
      add(name + (there == 0 ? " nowhere" : there == elements.getNumElements() ? " everywhere" : " somewhere"));
    }
  if (auto affine = dyn_cast<FixedAffineOp>(op)) {
    add("function " + stringifyEnum(affine.getFunction()));
    bool shifts = llvm::all_of(readIntegerElements(affine.getMultiplier()), [](int64_t m) { return m == 1; });
    add(shifts ? "only shifts" : "multiplies");
  } else if (auto gate = dyn_cast<FixedCfCGateOp>(op)) {
    add("mode " + stringifyEnum(gate.getMode()));
  } else if (auto cell = dyn_cast<FixedLTCCellOp>(op)) {
    add(cell.getUnfolds() == 1 ? "unfolds one" : "unfolds several");
  }
}

void lle::fuzz::expectQuantized(OperationName name, std::set<Feature> &features) {
  StringRef op = name.getStringRef();
  auto expect = [&](StringRef what, std::initializer_list<StringRef> facts) {
    for (StringRef fact : facts)
      features.insert({op.str(), (what + fact).str()});
  };
  if (op == QuantizeOp::getOperationName() || op == DequantizeOp::getOperationName()) {
    bool isFirst = op == QuantizeOp::getOperationName();
    expect(isFirst ? "on " : "gives ", {"f32", "f64"});
    expect(isFirst ? "gives " : "on ", {"si8", "si16"});
    expect("scale", {" one", " each"});
  } else if (op == RescaleOp::getOperationName() || op == FixedAffineOp::getOperationName()) {
    expect("on ", {"si8", "si16"});
    expect("gives ", {"si8", "si16"});
    expect("multiplier", {" one", " each"});
    expect("shift", {" one", " each"});
  }
  if (op == FixedAffineOp::getOperationName()) {
    expect("weights ", {"i8", "i16"});
    expect("", {"only shifts", "multiplies"});
    for (unsigned function = 0; function <= getMaxEnumValForFixedFunction(); ++function)
      expect("function ", {stringifyEnum(FixedFunction(function))});
  } else if (op == FixedCfCGateOp::getOperationName()) {
    for (unsigned mode = 0; mode <= getMaxEnumValForFixedMode(); ++mode)
      expect("mode ", {stringifyEnum(FixedMode(mode))});
  } else if (op == FixedLTCCellOp::getOperationName()) {
    expect("on ", {"si8", "si16"});
    expect("unfolds ", {"one", "several"});
    for (StringRef table : {"slope ", "conductance ", "sensory_slope ", "sensory_conductance "})
      expect(table, {"i8", "i16"});
    for (StringRef table : {"conductance ", "sensory_conductance "})
      expect(table, {"nowhere", "somewhere", "everywhere"});
  }
}
