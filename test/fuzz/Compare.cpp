//===- Compare.cpp - the native engine beside the reference ---------------===//
#include "dialects/LTC/LTCOps.h"
#include "dialects/Spk/SpkModels.h"
#include "reference/Elements.h"
#include "reference/Interpreter.h"
#include "test/fuzz/MakeElements.h"
#include "test/fuzz/RandomFixed.h"
#include "test/fuzz/Trial.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace lle;
using namespace lle::fuzz;

namespace {
/// A state of the network.
struct StateKey {
  std::string node, state;
};

/// Both engines, at the same step.
struct Pair {
  std::unique_ptr<Engine> reference, native;
  std::vector<StateKey> states;
  std::string error;
};
} // namespace

/// The reference alone.
static Pair createReference(NetworkOp network, Precision precision) {
  Pair engines;
  engines.reference = createReferenceEngine(network, precision);
  if (!engines.reference)
    engines.error = "no reference engine";
  for (Operation &op : network.getBody().front())
    if (auto stateful = dyn_cast<StatefulOpInterface>(&op))
      for (const StateDescriptor &state : stateful.getStates())
        engines.states.push_back({stateful.getStateName().str(), state.name.str()});
  return engines;
}

static Pair createEngines(NetworkOp network, Precision precision, const NativeForm &form) {
  Pair engines = createReference(network, precision);
  auto native = createNativeEngine(network, form);
  if (native)
    engines.native = std::move(*native);
  else
    engines.error = llvm::toString(native.takeError());
  return engines;
}

static bool isSame(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

/// Seventeen digits: doubles that differ read differently.
static std::string format(double value) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%.17g", value);
  return text;
}

/// Describes the first element for which `holds` is false.
static std::string findDifference(const Values &native, const Values &reference,
                                  llvm::function_ref<bool(double, double)> holds) {
  if (native.size() != reference.size())
    return llvm::formatv("{0} elements, expected {1}", native.size(), reference.size());
  for (size_t i = 0; i < native.size(); ++i)
    if (!holds(native[i], reference[i]))
      return llvm::formatv("element {0} of {1} is {2}, expected {3}", i, native.size(), format(native[i]),
                           format(reference[i]));
  return {};
}

/// Compares all states; empty if they agree.
static std::string compareStates(const Pair &engines, Instance &native, Instance &reference,
                                 llvm::function_ref<bool(double, double)> holds) {
  for (const StateKey &key : engines.states) {
    llvm::Expected<Values> got = native.readState(key.node, key.state);
    llvm::Expected<Values> expected = reference.readState(key.node, key.state);
    std::string difference;
    if (got && expected)
      difference = findDifference(*got, *expected, holds);
    else
      difference = llvm::toString(llvm::joinErrors(got.takeError(), expected.takeError()));
    if (!difference.empty())
      return llvm::formatv("state {0}:{1}: {2}", key.node, key.state, difference);
  }
  return {};
}

static std::string copyStates(const Pair &engines, Instance &from, Instance &to) {
  for (const StateKey &key : engines.states) {
    llvm::Expected<Values> values = from.readState(key.node, key.state);
    if (!values)
      return llvm::toString(values.takeError());
    if (llvm::Error error = to.writeState(key.node, key.state, *values))
      return llvm::toString(std::move(error));
  }
  return {};
}

/// One call for all steps must give the numbers of as many steps, bit for bit, and leave the same states.
static std::string compareRunWithSteps(const Pair &engines, const Stimulus &stimulus) {
  std::unique_ptr<Instance> stepped = engines.native->instantiate(), whole = engines.native->instantiate();
  std::vector<Values> sequences(stimulus.front().size()), outputs, expected, got;
  for (const std::vector<Values> &inputs : stimulus) {
    stepped->step(inputs, outputs);
    expected.resize(outputs.size());
    for (auto [all, values] : llvm::zip_equal(expected, outputs))
      llvm::append_range(all, values);
    for (auto [sequence, values] : llvm::zip_equal(sequences, inputs))
      llvm::append_range(sequence, values);
  }
  whole->run(stimulus.size(), sequences, got);
  for (auto [index, output] : llvm::enumerate(got)) {
    std::string difference = findDifference(output, expected[index], isSame);
    if (!difference.empty())
      return llvm::formatv("all steps in one call, output {0}: {1}", index, difference);
  }
  std::string difference = compareStates(engines, *whole, *stepped, isSame);
  return difference.empty() ? difference : "all steps in one call, " + difference;
}

Precision lle::fuzz::getPrecision(NetworkOp network) {
  auto isSingle = [](Value value) {
    return !value.getDefiningOp<WeightOp>() && getElementTypeOrSelf(value.getType()).isF32();
  };
  for (Operation &op : network.getBody().front())
    if (llvm::any_of(op.getOperands(), isSingle) || llvm::any_of(op.getResults(), isSingle))
      return Precision::f32;
  return Precision::f64;
}

/// Advances by a step; describes the first output that is not what is expected.
static std::string compareStep(Instance &instance, size_t step, const std::vector<Values> &inputs,
                               const std::vector<Values> &expected, std::vector<Values> &got) {
  instance.step(inputs, got);
  for (auto [index, output] : llvm::enumerate(got)) {
    std::string difference = findDifference(output, expected[index], isSame);
    if (!difference.empty())
      return llvm::formatv("step {0}, output {1}: {2}", step, index, difference);
  }
  return {};
}

Verdict lle::fuzz::compareExactly(NetworkOp network, const Stimulus &stimulus, const NativeForm &form) {
  Pair engines = createEngines(network, getPrecision(network), form);
  if (!engines.error.empty())
    return {false, false, engines.error};
  if (std::string difference = compareRunWithSteps(engines, stimulus); !difference.empty())
    return {false, false, difference};
  std::unique_ptr<Instance> reference = engines.reference->instantiate(), native = engines.native->instantiate(),
                            resumed;
  std::vector<Values> expected, got;
  for (auto [step, inputs] : llvm::enumerate(stimulus)) {
    if (step == stimulus.size() / 2) {
      resumed = engines.native->instantiate();
      std::string error = copyStates(engines, *reference, *resumed);
      if (!error.empty())
        return {false, false, error};
    }
    reference->step(inputs, expected);
    std::string difference = compareStep(*native, step, inputs, expected, got);
    if (difference.empty() && resumed) {
      difference = compareStep(*resumed, step, inputs, expected, got);
      if (!difference.empty())
        difference = "after moving the states, " + difference;
    }
    if (!difference.empty())
      return {false, false, difference};
  }
  std::string difference = compareStates(engines, *native, *reference, isSame);
  return {difference.empty(), false, difference};
}

Verdict lle::fuzz::compareOutputsExactly(NetworkOp network, const Stimulus &stimulus, Instance &candidate) {
  Pair engines = createReference(network, getPrecision(network));
  if (!engines.error.empty())
    return {false, false, engines.error};
  std::unique_ptr<Instance> reference = engines.reference->instantiate();
  std::vector<Values> expected, got;
  for (auto [step, inputs] : llvm::enumerate(stimulus)) {
    reference->step(inputs, expected);
    std::string difference = compareStep(candidate, step, inputs, expected, got);
    if (!difference.empty())
      return {false, false, difference};
  }
  return {};
}

namespace {
/// Tells whether a spike that differs is near the threshold: the reference gives the native spikes of a population if
/// its threshold is moved a little up or down.
class FlipJudge {
public:
  FlipJudge(NetworkOp network, double factor) : module(cloneWithOutputs(network, {})) {
    auto copy = *module->getOps<NetworkOp>().begin();
    copy.walk([&](NeuronOpInterface neuron) {
      if (isFixedNeuron(neuron->getName())) // whose sums are exact
        return;
      // All that membranes are compared with, and the unit in which they are rounded.
      for (StringRef name : {"v_threshold", "v_low", "step"}) {
        auto threshold = neuron->getAttrOfType<ElementsAttr>(name);
        if (!threshold)
          continue;
        std::vector<double> values = readElements(threshold);
        for (double &value : values)
          value *= factor;
        auto type = RankedTensorType::get(threshold.getShapedType().getShape(), Float64Type::get(copy.getContext()));
        neuron->setAttr(name, makeElements(type, values));
      }
    });
    engine = createReferenceEngine(copy, Precision::f64);
  }
  std::unique_ptr<Instance> instantiate() { return engine->instantiate(); }

private:
  OwningOpRef<ModuleOp> module;
  std::unique_ptr<Engine> engine;
};
} // namespace

/// The outputs that are spikes of real numbers.
static SmallVector<bool> findGradedOutputs(NetworkOp network) {
  auto output = cast<OutputOp>(network.getBody().front().getTerminator());
  return llvm::map_to_vector(output.getValues(), [](Value value) {
    auto neuron = value.getDefiningOp<NeuronOpInterface>();
    return neuron && neuron.emitsSpikes() && isa<FloatType>(getElementTypeOrSelf(value.getType()));
  });
}

/// The resonators that fire where their imaginary part passes zero, which no threshold moves: whether it is near zero.
class ZeroCrossings {
public:
  explicit ZeroCrossings(NetworkOp network) {
    auto output = cast<OutputOp>(network.getBody().front().getTerminator());
    for (Value value : output.getValues()) {
      auto resonator = value.getDefiningOp<spk::RFOp>();
      bool isPhase = resonator && resonator.getResonator() == spk::Resonator::phase;
      names.push_back(isPhase ? resonator.getName().str() : "");
    }
  }
  /// Before and after a step of the reference.
  void record(Instance &reference) {
    before = std::move(after);
    after.assign(names.size(), {});
    for (auto [name, values] : llvm::zip_equal(names, after))
      if (!name.empty())
        values = llvm::cantFail(reference.readState(name, "im"));
  }
  bool isNear(unsigned output, size_t element) const {
    return !names[output].empty() && (std::abs(before[output][element]) < kCellFlipTolerance ||
                                      std::abs(after[output][element]) < kCellFlipTolerance);
  }

private:
  std::vector<std::string> names;
  std::vector<Values> before, after;
};

static SmallVector<bool> findSpikeOutputs(NetworkOp network) {
  return llvm::map_to_vector(network.getResultTypes(),
                             [](Type type) { return isSpikeElement(cast<RankedTensorType>(type).getElementType()); });
}

namespace {
/// The largest magnitude of each output so far: cancellation leaves errors of that scale.
class Scales {
public:
  explicit Scales(size_t outputs) : scales(outputs, 1e-3) {}
  double add(unsigned output, const Values &values) {
    for (double value : values)
      scales[output] = std::max(scales[output], std::abs(value));
    return scales[output];
  }

private:
  std::vector<double> scales;
};
} // namespace

bool lle::fuzz::hasCells(NetworkOp network) {
  return llvm::any_of(network.getBody().front(),
                      [](Operation &op) { return isa<ltc::LTCDialect>(op.getDialect()) || isa<spk::OdeNeuronOp>(op); });
}

/// Compares an engine with the f64 reference, `margin` times as strictly as the tolerances are. A margin above one
/// leaves no room for what is no number.
static Verdict compareWithReference(NetworkOp network, const Stimulus &stimulus, const Pair &engines,
                                    Instance &candidate, double margin) {
  std::unique_ptr<Instance> reference = engines.reference->instantiate();
  double flipTolerance = (hasCells(network) ? kCellFlipTolerance : kFlipTolerance) / std::min(margin, 2.0);
  FlipJudge lower(network, 1 - flipTolerance), higher(network, 1 + flipTolerance);
  std::unique_ptr<Instance> low = lower.instantiate(), high = higher.instantiate();
  SmallVector<bool> isSpike = findSpikeOutputs(network), isGraded = findGradedOutputs(network);
  Scales scales(isSpike.size());
  ZeroCrossings crossings(network);
  crossings.record(*reference);
  std::vector<Values> expected, got, lowOutputs, highOutputs;
  for (auto [step, inputs] : llvm::enumerate(stimulus)) {
    for (Instance *judge : {low.get(), high.get()})
      if (std::string error = copyStates(engines, *reference, *judge); !error.empty())
        return {false, false, error};
    reference->step(inputs, expected);
    crossings.record(*reference);
    candidate.step(inputs, got);
    low->step(inputs, lowOutputs);
    high->step(inputs, highOutputs);
    bool flipped = false;
    for (unsigned output = 0; output < isSpike.size(); ++output) {
      if (!isSpike[output] && !isGraded[output])
        continue;
      double tolerance = isGraded[output] ? kValueTolerance / margin * scales.add(output, expected[output]) : 0;
      for (size_t i = 0; i < expected[output].size(); ++i) {
        double value = got[output][i];
        auto isLike = [&](double other) { return value == other || std::abs(value - other) <= tolerance; };
        if (isLike(expected[output][i]))
          continue;
        if (!isLike(lowOutputs[output][i]) && !isLike(highOutputs[output][i]) && !crossings.isNear(output, i) &&
            !flipped)
          return {false, true,
                  llvm::formatv("step {0}, output {1}: element {2} is {3}, expected {4}, not near the threshold", step,
                                output, i, value, expected[output][i])};
        flipped = true;
      }
    }
    if (flipped)
      return {true, true, llvm::formatv("flip at step {0}", step)};
    for (unsigned output = 0; output < isSpike.size(); ++output) {
      if (isSpike[output])
        continue;
      double tolerance = kValueTolerance / margin * scales.add(output, expected[output]);
      std::string difference = findDifference(got[output], expected[output], [&](double a, double b) {
        return (margin <= 1 && isSame(a, b)) || std::abs(a - b) <= tolerance;
      });
      if (!difference.empty())
        return {false, false, llvm::formatv("step {0}, output {1}: {2}", step, output, difference)};
    }
  }
  return {};
}

/// The numbers of an attribute, each moved by a rounding, up and down in turn.
static Attribute moveByRounding(Attribute attribute) {
  if (auto array = dyn_cast_or_null<ArrayAttr>(attribute))
    return ArrayAttr::get(array.getContext(), llvm::map_to_vector(array, moveByRounding));
  auto elements = dyn_cast_or_null<ElementsAttr>(attribute);
  if (!elements || !isa<FloatType>(elements.getElementType()))
    return attribute;
  std::vector<double> values = readElements(elements);
  double direction = 1;
  for (double &value : values)
    value *= 1 + (direction = -direction) * kRounding;
  Type real = Float64Type::get(attribute.getContext());
  return makeElements(RankedTensorType::get(elements.getShapedType().getShape(), real), values);
}

/// The f64 reference of a network whose recurrent cells have other last bits. Sums of a cell have no defined order, so
/// where large terms cancel, the f32 reference may be right by luck, but not this one too.
static std::unique_ptr<Engine> createMovedReference(NetworkOp network) {
  OwningOpRef<ModuleOp> module = cloneWithOutputs(network, {});
  auto copy = *module->getOps<NetworkOp>().begin();
  for (Operation &op : copy.getBody().front())
    if (isa<ltc::LTCDialect>(op.getDialect()))
      for (NamedAttribute attribute : op.getAttrs())
        op.setAttr(attribute.getName(), moveByRounding(attribute.getValue()));
  return createReferenceEngine(copy, Precision::f64);
}

bool lle::fuzz::isWellConditioned(NetworkOp network, const Stimulus &stimulus) {
  Pair engines = createReference(network, Precision::f64);
  std::unique_ptr<Engine> roundedEngine = createReferenceEngine(network, Precision::f32);
  auto staysWith = [&](Engine &engine) {
    std::unique_ptr<Instance> candidate = engine.instantiate();
    return compareWithReference(network, stimulus, engines, *candidate, kConditionMargin).agrees;
  };
  return staysWith(*roundedEngine) && (!hasCells(network) || staysWith(*createMovedReference(network)));
}

Verdict lle::fuzz::compareClosely(NetworkOp network, const Stimulus &stimulus, const NativeForm &form) {
  Pair engines = createEngines(network, Precision::f64, form);
  if (!engines.error.empty())
    return {false, false, engines.error};
  if (std::string difference = compareRunWithSteps(engines, stimulus); !difference.empty())
    return {false, false, difference};
  std::unique_ptr<Instance> native = engines.native->instantiate();
  return compareWithReference(network, stimulus, engines, *native, /*margin=*/1);
}

Verdict lle::fuzz::compareOutputsClosely(NetworkOp network, const Stimulus &stimulus, Instance &candidate) {
  Pair engines = createReference(network, Precision::f64);
  if (!engines.error.empty())
    return {false, false, engines.error};
  return compareWithReference(network, stimulus, engines, candidate, /*margin=*/1);
}
