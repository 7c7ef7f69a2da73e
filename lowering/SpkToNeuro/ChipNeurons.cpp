//===- ChipNeurons.cpp - neurons as a chip computes them ------------------===//
#include "lowering/SpkToNeuro/ChipNeurons.h"
#include "dialects/LLE/TensorTypes.h"
#include "dialects/Neuro/SynapseRows.h"
#include "dialects/Spk/FixedPoint.h"
#include "dialects/Spk/SpkOps.h"
#include "passes/Analysis/Activity.h"
#include "passes/Simplify/Weights.h"

#include "llvm/ADT/StringSwitch.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace lle;
using namespace lle::neuro;

std::optional<CoreArithmetic> lle::parseCoreArithmetic(StringRef name) {
  return llvm::StringSwitch<std::optional<CoreArithmetic>>(name)
      .Case("loihi", CoreArithmetic::loihi)
      .Case("spinnaker2", CoreArithmetic::spinnaker2)
      .Default(std::nullopt);
}

bool lle::isPopulation(Operation *op, CoreArithmetic arithmetic) {
  return arithmetic == CoreArithmetic::loihi
             ? isa<spk::FixedCubaLIFOp, spk::FixedCubaLIOp>(op)
             : isa<spk::LIFOp, spk::CubaLIFOp, spk::LIOp, spk::CubaLIOp, spk::IntegratorOp>(op);
}

InFlightDiagnostic lle::refuseNeuron(Operation *neuron) {
  return neuron->emitOpError("is no neuron that the chip computes; the profiles loihi and spinnaker2 make neurons of "
                             "their chips");
}

bool lle::isReadout(Operation *op) { return isa<spk::FixedCubaLIOp, spk::LIOp, spk::CubaLIOp, spk::IntegratorOp>(op); }

namespace {
/// Parameters of a population, each an array of its shape.
class ParameterList {
public:
  ParameterList(Operation *op, StringAttr name) : op(op), name(name) {}

  template <typename T>
  void add(StringRef parameter, ArrayRef<T> values) {
    StringAttr key = StringAttr::get(op->getContext(), parameter);
    parameters.emplace_back(key, makeArray<T>(op->getContext(), name.getValue() + "/" + parameter, values,
                                              getTensorType(op->getResult(0)).getShape()));
  }
  DictionaryAttr get() const { return DictionaryAttr::get(op->getContext(), parameters); }

private:
  Operation *op;
  StringAttr name;
  SmallVector<NamedAttribute> parameters;
};
} // namespace

/// Integers of a parameter of the dialect spk, which keeps any width.
static std::vector<int32_t> readIntegerParameter(ElementsAttr elements) {
  std::vector<int32_t> values;
  for (const APInt &value : elements.getValues<APInt>())
    values.push_back(int32_t(value.getSExtValue()));
  return values;
}

/// Refuses what registers of Loihi's neurons do not hold: 12 bits of a decay, 17 of a threshold's mantissa, and of a
/// bias 12 bits and a sign, shifted by up to 7. As on Loihi 1 (nengo-loihi, discretize.py).
static LogicalResult checkRegister(Operation *op, StringAttr layer, StringRef name, ArrayRef<int32_t> values) {
  constexpr int32_t kMaxDecay = (1 << 12) - 1, kMaxThreshold = (1 << 17) - 1, kMaxMantissa = (1 << 12) - 1;
  constexpr int kMaxExponent = 7;
  for (int32_t value : values) {
    auto refuse = [&](const Twine &range, StringRef remedy) {
      return op->emitOpError("layer '") << layer.getValue() << "': " << name << " is " << value
                                        << ", a register of Loihi holds " << range << ": " << remedy;
    };
    if (name == "bias") {
      const uint32_t magnitude = std::abs(value);
      const int shift = magnitude ? std::min(llvm::countr_zero(magnitude), kMaxExponent) : 0;
      if (magnitude >> shift > uint32_t(kMaxMantissa))
        return refuse("12 bits and a sign, times 1 to 128", "round the bias, or scale the layer down");
      continue;
    }
    const int32_t most = name == "v_threshold" ? kMaxThreshold : kMaxDecay;
    if (value < 0 || value > most)
      return refuse("0 to " + Twine(most), name == "v_threshold" ? "scale weights and thresholds down"
                                                                 : "choose a longer or shorter time constant");
  }
  return success();
}

template <typename FixedOp>
static FailureOr<PopulationOp> createFixedPopulation(OpBuilder &builder, FixedOp op, StringAttr name, int64_t start) {
  constexpr bool isSpiking = std::is_same_v<FixedOp, spk::FixedCubaLIFOp>;
  ParameterList parameters(op, name);
  bool fits = true;
  auto add = [&](StringRef parameter, ArrayRef<int32_t> values) {
    fits = fits && succeeded(checkRegister(op, name, parameter, values));
    parameters.add(parameter, values);
  };
  add("du", readIntegerParameter(op.getDuAttr()));
  add("dv", readIntegerParameter(op.getDvAttr()));
  if constexpr (isSpiking)
    add("v_threshold", readIntegerParameter(op.getVThresholdAttr()));
  if (op.getBiasMantAttr()) {
    std::vector<int32_t> mantissas = readIntegerParameter(op.getBiasMantAttr()), bias;
    for (auto [mantissa, exponent] : llvm::zip(mantissas, readIntegerParameter(op.getBiasExpAttr())))
      bias.push_back(int32_t(*spk::getLoihiBias(mantissa, exponent)));
    add("bias", bias);
  }
  if (!fits)
    return failure();
  return PopulationOp::create(builder, op.getLoc(), name, isSpiking ? Model::cuba_lif : Model::cuba_li,
                              builder.getI64IntegerAttr(start), parameters.get(), op.getWeightExpAttr(),
                              op.getResetIntervalAttr(), op.getResetOffsetAttr(), /*subtract=*/UnitAttr(),
                              op->template getAttrOfType<FloatAttr>(kRateAttr), /*cores=*/ElementsAttr(),
                              TypeAttr::get(op.getType()), /*sym_visibility=*/StringAttr());
}

namespace {
template <typename RealOp>
constexpr bool hasThreshold = std::is_same_v<RealOp, spk::LIFOp> || std::is_same_v<RealOp, spk::CubaLIFOp>;
template <typename RealOp>
constexpr bool hasCurrent = std::is_same_v<RealOp, spk::CubaLIFOp> || std::is_same_v<RealOp, spk::CubaLIOp>;
template <typename RealOp>
constexpr bool isPerfect = std::is_same_v<RealOp, spk::IntegratorOp>;
} // namespace

/// A perfect integrator keeps all of its membrane.
template <typename RealOp>
static ElementsAttr getMembraneDecay(RealOp op) {
  if constexpr (isPerfect<RealOp>)
    return DenseElementsAttr::get(
        RankedTensorType::get(getTensorType(op.getResult()).getShape(), Float32Type::get(op.getContext())), 1.0f);
  else if constexpr (hasCurrent<RealOp>)
    return op.getDecayMemAttr();
  else
    return op.getDecayAttr();
}

template <typename RealOp>
static bool decaysAndThenAdds(RealOp op) {
  spk::DynamicsAttr dynamics = op.getDynamics();
  if constexpr (hasCurrent<RealOp>)
    if (op.getILeakAttr())
      return false;
  return (isPerfect<RealOp> || dynamics.getIntegrator() == spk::Integrator::discrete) &&
         dynamics.getOrder() == spk::Order::decay_first && dynamics.getGain() == spk::Gain::unit &&
         dynamics.getScale() == spk::Scale::membrane;
}

template <typename RealOp>
static bool resetsAboveThreshold(RealOp op) {
  spk::FiringAttr firing = op.getFiring();
  return firing.getCompare() == spk::Compare::gt && firing.getReset() != spk::Reset::none &&
         firing.getWhen() == spk::When::same_step && firing.getEmit() == spk::Emit::updated &&
         firing.getScope() == spk::Scope::membrane && firing.getMaxSpikes() == 1 && !op.getVMinAttr();
}

template <typename RealOp>
static FailureOr<PopulationOp> createRealPopulation(OpBuilder &builder, RealOp op, StringAttr name, int64_t start) {
  auto refuse = [&](const Twine &what) {
    return op.emitOpError(what) << "; --profile=spinnaker2 makes neurons that the chip computes";
  };
  if (!decaysAndThenAdds(op))
    return refuse("is updated in another way than the chip's neurons, which decay and then add");
  bool subtracts = false;
  if constexpr (hasThreshold<RealOp>) {
    if (!resetsAboveThreshold(op))
      return refuse("fires in another way than the chip's neurons, which reset the membrane once it is above the "
                    "threshold");
    subtracts = op.getFiring().getReset() == spk::Reset::subtract;
  }
  ParameterList parameters(op, name);
  auto add = [&](StringRef parameter, ElementsAttr elements, bool isOptional) {
    std::optional<std::vector<double>> values = elements ? readNumbers(elements) : std::nullopt;
    if (!values)
      return success(isOptional && !elements);
    std::vector<float> rounded(values->begin(), values->end());
    if (!isOptional || llvm::any_of(rounded, [](float value) { return value != 0; }))
      parameters.add<float>(parameter, rounded);
    return success();
  };
  LogicalResult added = add("decay_v", getMembraneDecay(op), false);
  if constexpr (hasCurrent<RealOp>)
    added = failed(added) ? added : add("decay_i", op.getDecaySynAttr(), true);
  if constexpr (!isPerfect<RealOp>)
    added = failed(added) ? added : add("bias", op.getBiasAttr(), true);
  if constexpr (hasThreshold<RealOp>) {
    added = failed(added) ? added : add("v_threshold", op.getVThresholdAttr(), false);
    if (!subtracts)
      added = failed(added) ? added : add("v_reset", op.getVResetAttr(), true);
  }
  if (failed(added))
    return refuse("has parameters that are not constant");
  if (std::optional<std::vector<double>> initial = readNumbers(op.getVInitAttr());
      !initial || llvm::any_of(*initial, [](double value) { return value != 0; }))
    return refuse("does not start at 0");
  return PopulationOp::create(builder, op.getLoc(), name, hasThreshold<RealOp> ? Model::cuba_lif : Model::cuba_li,
                              builder.getI64IntegerAttr(start), parameters.get(), /*weight_exp=*/IntegerAttr(),
                              /*reset_interval=*/IntegerAttr(),
                              /*reset_offset=*/IntegerAttr(), subtracts ? builder.getUnitAttr() : UnitAttr(),
                              op->template getAttrOfType<FloatAttr>(kRateAttr), /*cores=*/ElementsAttr(),
                              TypeAttr::get(op.getResult().getType()), /*sym_visibility=*/StringAttr());
}

FailureOr<PopulationOp> lle::createPopulation(OpBuilder &builder, Operation *op, StringAttr name, int64_t start) {
  return llvm::TypeSwitch<Operation *, FailureOr<PopulationOp>>(op)
      .Case<spk::FixedCubaLIFOp, spk::FixedCubaLIOp>(
          [&](auto fixed) { return createFixedPopulation(builder, fixed, name, start); })
      .Case<spk::LIFOp, spk::CubaLIFOp, spk::LIOp, spk::CubaLIOp, spk::IntegratorOp>(
          [&](auto real) { return createRealPopulation(builder, real, name, start); });
}

PopulationOp lle::createClock(OpBuilder &builder, Location loc, StringAttr name, CoreArithmetic arithmetic,
                              int64_t start) {
  // Its bias is above its threshold, so that its membrane is 0 in each step.
  SmallVector<NamedAttribute> parameters;
  auto add = [&](StringRef parameter, auto value) {
    using T = decltype(value);
    parameters.push_back(builder.getNamedAttr(parameter, makeArray<T>(builder.getContext(), parameter, value, {1})));
  };
  if (arithmetic == CoreArithmetic::loihi) {
    add("bias", int32_t(1));
    add("du", int32_t(4095));
    add("dv", int32_t(0));
    add("v_threshold", int32_t(0));
  } else {
    add("bias", 1.0f);
    add("decay_v", 0.0f);
    add("v_threshold", 0.5f);
  }
  return PopulationOp::create(builder, loc, name, Model::cuba_lif, builder.getI64IntegerAttr(start),
                              builder.getDictionaryAttr(parameters), /*weight_exp=*/IntegerAttr(),
                              /*reset_interval=*/IntegerAttr(), /*reset_offset=*/IntegerAttr(),
                              /*subtract=*/UnitAttr(), builder.getF64FloatAttr(1), /*cores=*/ElementsAttr(),
                              TypeAttr::get(RankedTensorType::get({1}, builder.getI1Type())),
                              /*sym_visibility=*/StringAttr());
}
