//===- FixedLiquid.cpp - liquid cells from floats to fixed point ----------===//
//
// Symbols are those of the descriptions in LTCOps.td and FixedCells.td. Everything is folded in double precision, and
// rounded once.
//
//===----------------------------------------------------------------------===//
#include "passes/Precision/FixedLiquid.h"
#include "dialects/LTC/FixedCells.h"
#include "passes/Precision/CellParameters.h"

#include <cmath>

using namespace mlir;
using namespace lle;
using namespace lle::ltc;

Attribute lle::makeScale(OpBuilder &builder, ArrayRef<double> units) {
  if (llvm::all_equal(units))
    units = units.take_front();
  auto type = RankedTensorType::get({int64_t(units.size())}, builder.getF64Type());
  return DenseElementsAttr::get(type, units);
}

FixedValue lle::slice(OpBuilder &builder, Location loc, const FixedValue &value, int64_t offset, int64_t count) {
  if (count == value.size())
    return value;
  auto part = [&](const Numbers &numbers) {
    return Numbers(numbers.begin() + offset, numbers.begin() + offset + count);
  };
  Value elements = SliceOp::create(builder, loc, getFixedType(builder, count), value.value,
                                   builder.getI64IntegerAttr(offset), StringAttr());
  return {elements, part(value.unit), part(value.offset), part(value.magnitude)};
}

//===----------------------------------------------------------------------===//
// ltc.ltc_cell
//===----------------------------------------------------------------------===//

namespace {
struct RealSynapses : LTCSynapses {
  Numbers unit, offset; ///< A source is `unit q + offset`,
  Numbers magnitude;    ///< and `unit q` is at most this.
};

struct FixedSynapses {
  int64_t shift = 0;
  std::vector<int64_t> slope, offset, conductance, current;
};
} // namespace

/// Slopes and offsets in the largest scale that fits: the argument of the sigmoid is
/// `2^kSigmoidBits sigma (unit q + offset - mu)`. A slope is rounded, so the offset is chosen for the sum to be exact
/// where the sigmoid is steepest, at mu, or at the end of the range that is nearest to it.
static void quantizeSlopes(const RealSynapses &real, const FixedOptions &options, FixedSynapses &fixed) {
  int64_t count = real.sources * real.targets, most = options.getLargestSlope();
  auto exists = [&](int64_t k) { return fixed.conductance[k] != 0; };
  double steepest = 0;
  for (int64_t k = 0; k < count; ++k)
    if (exists(k))
      steepest = std::max(steepest, std::abs(real.sigma[k] * real.unit[k / real.targets]));
  auto quantize = [&](int64_t shift) {
    double one = std::ldexp(1.0, kSigmoidBits + int(shift));
    for (int64_t k = 0; k < count; ++k) {
      fixed.slope[k] = fixed.offset[k] = 0;
      if (!exists(k))
        continue;
      int64_t source = k / real.targets;
      double unit = real.unit[source], middle = real.mu[k] - real.offset[source];
      // Beyond the largest slope a sigmoid is a step within a few units.
      fixed.slope[k] = std::clamp(roundHalfUp(std::clamp(one * real.sigma[k] * unit, -1e9, 1e9)), -most, most);
      double exact = std::clamp(middle, -real.magnitude[source], real.magnitude[source]);
      double at = unit == 0 ? 0 : exact / unit,
             offset = one * real.sigma[k] * (exact - middle) - double(fixed.slope[k]) * at;
      // The shift rounds down.
      offset += shift > 0 ? std::ldexp(1.0, int(shift) - 1) : 0;
      double largest = double(INT32_MAX - (std::abs(fixed.slope[k]) << 15));
      // A sum beyond 16 bits for all sources may be cut: it stays beyond.
      double reach = std::ldexp(double(std::abs(fixed.slope[k])), 15),
             needed = std::ldexp(1.0, 15 + int(shift)) + reach;
      if (std::abs(offset) > largest && largest < needed && shift > 0)
        return false;
      fixed.offset[k] = roundHalfUp(std::clamp(offset, -largest, largest));
    }
    return true;
  };
  int64_t shift = 15;
  if (steepest > 0)
    shift = int64_t(std::floor(std::log2(double(most) / steepest))) - kSigmoidBits;
  fixed.shift = std::clamp<int64_t>(shift, 0, 15);
  while (!quantize(fixed.shift))
    --fixed.shift;
}

FailureOr<FixedValue> lle::addFixedLTC(OpBuilder &builder, LTCCellOp cell, const FixedValue &input,
                                       const FixedOptions &options) {
  if (cell.getHidden() || cell.getElapsedTime())
    return cell.emitOpError("has no form in fixed point: its ")
           << (cell.getHidden() ? "state" : "elapsed time") << " is an operand";
  SmallVector<MaybeBounds> bounds = cell.getStateBounds(SmallVector<MaybeBounds>(cell->getNumOperands()));
  if (cell.getSolver() != Solver::fused || !bounds.front())
    return cell.emitOpError("has no form in fixed point: its potentials have no limits that its weights prove");
  RealSynapses recurrent{readSynapses(cell, false), {}, {}, {}}, sensory{readSynapses(cell, true), {}, {}, {}};
  int64_t units = recurrent.targets;

  FixedValue potentials;
  for (const Limits &limits : *bounds.front()) {
    double range = std::max(std::abs(limits.lower), std::abs(limits.upper));
    potentials.unit.push_back((range > 0 ? range : 1) / double(kFixedPotentialLimit));
    potentials.magnitude.push_back(range > 0 ? range : 1);
    potentials.offset.push_back(0);
  }
  recurrent.unit = potentials.unit;
  recurrent.magnitude = potentials.magnitude;
  recurrent.offset.assign(units, 0);
  Numbers inputW = readParameter(cell.getInputWAttr(), input.size(), 1),
          inputB = readParameter(cell.getInputBAttr(), input.size(), 0);
  for (int64_t i = 0; i < input.size(); ++i) {
    sensory.unit.push_back(inputW[i] * input.unit[i]);
    sensory.offset.push_back(inputW[i] * input.offset[i] + inputB[i]);
    sensory.magnitude.push_back(std::abs(sensory.unit.back()) * 32768);
  }

  Numbers gleak = readParameter(cell.getGleak()), vleak = readParameter(cell.getVleak()),
          cm = readParameter(cell.getCm());
  double h = cell.getElapsed().convertToDouble() / double(cell.getUnfolds()),
         epsilon = cell.getEpsilon().convertToDouble();
  FixedSynapses fromNeurons, fromInputs;
  std::pair<const RealSynapses &, FixedSynapses &> sides[] = {{recurrent, fromNeurons}, {sensory, fromInputs}};
  for (auto [real, fixed] : sides)
    for (std::vector<int64_t> *table : {&fixed.slope, &fixed.offset, &fixed.conductance, &fixed.current})
      table->assign(real.w.size(), 0);
  std::vector<int64_t> capacitance, leak, drive;
  for (int64_t j = 0; j < units; ++j) {
    double own = makePositive(cell.getPositivity(), cm[j]) / h, leaks = makePositive(cell.getPositivity(), gleak[j]),
           largest = 0, sum = own + leaks + epsilon;
    for (auto [real, fixed] : sides)
      for (int64_t i = 0; i < real.sources; ++i) {
        largest = std::max(largest, real.w[i * units + j]);
        sum += real.w[i * units + j];
      }
    // Each rounded number may be a half too large.
    double rows = double(recurrent.sources + sensory.sources) / 2 + 2;
    double unit = std::max(largest / double(options.getLargestWeight()), sum / (65535 - rows));
    if (unit == 0)
      unit = 1; // nothing moves this neuron
    double range = potentials.unit[j] * 32768;
    for (auto [real, fixed] : sides)
      for (int64_t k = j; k < real.sources * units; k += units) {
        fixed.conductance[k] = roundHalfUp(real.w[k] / unit);
        fixed.current[k] = std::clamp(roundHalfUp(real.w[k] * real.erev[k] / range / unit), -fixed.conductance[k],
                                      fixed.conductance[k]);
      }
    capacitance.push_back(roundHalfUp(std::ldexp(own / unit, kFractionBits)));
    int64_t leaking = roundHalfUp(std::ldexp((leaks + epsilon) / unit, kFractionBits));
    leak.push_back(capacitance.back() == 0 ? std::max<int64_t>(leaking, 1) : leaking);
    drive.push_back(
        std::clamp(roundHalfUp(std::ldexp(leaks * vleak[j] / range / unit, kFractionBits)), -leak.back(), leak.back()));
  }
  for (auto [real, fixed] : sides)
    quantizeSlopes(real, options, fixed);

  auto integers = [&](ArrayRef<int64_t> shape, const std::vector<int64_t> &values, unsigned bits) {
    return makeIntegers(builder, shape, values, bits);
  };
  SmallVector<int64_t> square{units, units}, wide{input.size(), units};
  auto fixedCell = FixedLTCCellOp::create(
      builder, cell.getLoc(), getFixedType(builder, units), cell.getNameAttr(), input.value, cell.getUnfoldsAttr(),
      integers({units}, capacitance, 32), integers({units}, leak, 32), integers({units}, drive, 32),
      builder.getI64IntegerAttr(fromNeurons.shift), integers(square, fromNeurons.slope, options.slopeBits),
      integers(square, fromNeurons.offset, 32), integers(square, fromNeurons.conductance, options.weightBits),
      integers(square, fromNeurons.current, options.weightBits), builder.getI64IntegerAttr(fromInputs.shift),
      integers(wide, fromInputs.slope, options.slopeBits), integers(wide, fromInputs.offset, 32),
      integers(wide, fromInputs.conductance, options.weightBits),
      integers(wide, fromInputs.current, options.weightBits));
  fixedCell->setAttr(kScaleAttr, makeScale(builder, potentials.unit));
  potentials.value = fixedCell.getResult();
  return potentials;
}

FixedValue lle::addFixedOutput(OpBuilder &builder, LTCCellOp cell, const FixedValue &potentials) {
  int64_t motor = cast<RankedTensorType>(cell.getOutput().getType()).getNumElements();
  FixedValue output = slice(builder, cell.getLoc(), potentials, 0, motor);
  Numbers w = readParameter(cell.getOutputWAttr(), motor, 1), b = readParameter(cell.getOutputBAttr(), motor, 0);
  for (int64_t j = 0; j < motor; ++j) {
    output.unit[j] *= w[j];
    output.offset[j] = w[j] * output.offset[j] + b[j];
    output.magnitude[j] = std::abs(w[j]) * output.magnitude[j] + std::abs(b[j]);
  }
  return output;
}

//===----------------------------------------------------------------------===//
// ltc.cfc_cell
//===----------------------------------------------------------------------===//

FailureOr<FixedValue> lle::addFixedCfC(OpBuilder &builder, CfCCellOp cell, const FixedValue &input,
                                       const FixedOptions &options) {
  Location loc = cell.getLoc();
  auto refuse = [&](const Twine &why) -> LogicalResult {
    return cell.emitOpError("has no form in fixed point: ") << why;
  };
  if (cell.getHidden() || cell.getElapsedTime())
    return refuse(cell.getHidden() ? "its state is an operand" : "its elapsed time is an operand");
  if (cell.getMode() == Mode::pure)
    return refuse("its mode is pure");
  Activation head = *cell.getHeadActivation();
  ArrayAttr layers = cell.getBackboneWeightsAttr();
  bool hasBackbone = layers && !layers.empty();
  for (Activation function : {head, hasBackbone ? *cell.getActivation() : Activation::tanh})
    if (!isFixedFunction(function))
      return refuse("it uses " + stringifyEnum(function));

  int64_t units = cast<RankedTensorType>(cell.getType()).getNumElements();
  std::string name = cell.getName().str();
  SmallVector<std::string> names; // outlive the layers that name them
  auto readLayer = [&](Attribute weights, Attribute bias, StringRef part) {
    names.push_back(name + "." + part.str());
    return RealLayer{readParameter(cast<ElementsAttr>(weights)), readParameter(cast<ElementsAttr>(bias)), names.back()};
  };
  SmallVector<RealLayer> backbone;
  names.reserve(8 + (layers ? layers.size() : 0));
  if (hasBackbone)
    for (auto [i, layer] : llvm::enumerate(llvm::zip_equal(layers, cell.getBackboneBiasesAttr())))
      backbone.push_back(readLayer(std::get<0>(layer), std::get<1>(layer), "backbone." + std::to_string(i)));
  RealLayer first = readLayer(cell.getFf1Weight(), cell.getFf1Bias(), "ff1"),
            second = readLayer(cell.getFf2WeightAttr(), cell.getFf2BiasAttr(), "ff2"),
            gate = readLayer(cell.getTimeBWeightAttr(), cell.getTimeBBiasAttr(), "gate"),
            rate = readLayer(cell.getTimeAWeightAttr(), cell.getTimeABiasAttr(), "rate");
  first.weights = readMasked(cell, cell.getFf1Weight());
  second.weights = readMasked(cell, cell.getFf2WeightAttr());
  // A constant elapsed time makes one layer of two.
  double time = cell.getElapsed().convertToDouble() * (*cell.getGateSign() == GateSign::plus ? 1 : -1);
  for (auto [weight, slope] : llvm::zip_equal(gate.weights, rate.weights))
    weight += time * slope;
  for (auto [bias, slope] : llvm::zip_equal(gate.bias, rate.bias))
    bias += time * slope;

  // What the heads may give, and so the unit of the state, must be known before the layers that read the state.
  FixedValue probe; // as large as what the heads read
  std::optional<double> limit = getLargestResult(head);
  Numbers heads(units, limit.value_or(0));
  if (!limit) {
    std::optional<double> before = hasBackbone ? getLargestResult(*cell.getActivation()) : std::nullopt;
    if (!before)
      return refuse("nothing limits its state: neither the heads nor the last layer before them");
    int64_t width = int64_t(first.weights.size()) / units;
    probe.unit.assign(width, 0);
    probe.magnitude.assign(width, *before);
    for (auto [largest, a, b] : llvm::zip_equal(heads, getLargestSums(probe, first), getLargestSums(probe, second)))
      largest = std::max({a, b, 1e-30});
  }
  bool isGated = cell.getMode() == Mode::gated;

  RankedTensorType type = getFixedType(builder, units);
  auto start = WeightOp::create(builder, loc, type,
                                DenseElementsAttr::get(type, builder.getIntegerAttr(type.getElementType(), 0)));
  auto steps = DenseElementsAttr::get(type.clone(builder.getI64Type()), builder.getI64IntegerAttr(1));
  auto delay = DelayOp::create(builder, loc, type, cell.getNameAttr(), start, steps, builder.getF64FloatAttr(0));
  FixedValue state;
  state.value = delay.getResult();
  state.offset.assign(units, 0);
  for (double largest : heads) {
    // As addFixedLayer chooses units.
    double unit = !limit || head == Activation::relu || head == Activation::linear ? largest / INT16_MAX
                  : head == Activation::silu ? std::ldexp(1.0, -kSigmoidBits)
                                             : largest * std::ldexp(1.0, -kFractionBits);
    state.unit.push_back(isGated ? unit : 2 * unit);
    state.magnitude.push_back(isGated ? largest : 2 * largest);
  }

  FixedValue z = concatenate(builder, loc, {input, state});
  for (const RealLayer &layer : backbone)
    z = addFixedLayer(builder, loc, z, layer, *cell.getActivation(), options);
  FixedValue f1 = addFixedLayer(builder, loc, z, first, head, options, heads),
             f2 = addFixedLayer(builder, loc, z, second, head, options, heads),
             t = addFixedLayer(builder, loc, z, gate, Activation::sigmoid, options);
  Value next = FixedCfCGateOp::create(builder, loc, type, isGated ? FixedMode::gated : FixedMode::no_gate, f1.value,
                                      f2.value, t.value);
  delay.getInputMutable().assign(next);
  delay->setAttr(kScaleAttr, makeScale(builder, state.unit));
  start.erase();
  FixedValue result = state;
  result.value = next;
  return result;
}
