//===- Recordings.cpp - the reference replays what frameworks recorded ----===//
//
// The NIR paper (Pedersen et al., Nature Communications 15 (2024) 8122) recorded one neuron,
// lif_norse.nir, on eleven platforms. Each line below is what makes the same NIR node behave as on
// that platform.
//
//===----------------------------------------------------------------------===//
#include "dialects/LTC/LTCOps.h"
#include "dialects/Spk/SpkOps.h"
#include "reference/Interpreter.h"
#include "reference/ReferenceOpInterface.h"
#include "test/unit/SharedData.h"

#include "mlir/Parser/Parser.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MemoryBuffer.h"

#include "gtest/gtest.h"

using namespace mlir;
using namespace lle;

namespace {
struct Recording {
  const char *platform;
  const char *dynamics;
  const char *firing;
  const char *attributes;  ///< Those of the neuron that are not common to all.
  const char *spikes;      ///< Element type of the spikes.
  const char *inputWeight; ///< The synapse before the neuron.
  bool delayedInput;       ///< The input arrives one step late.
  double unit;             ///< The membrane potential of the NIR node where the recording says one.
  Precision precision;     ///< That of the platform.
  double tolerance;        ///< Of the recorded voltage, in that precision.
};

/// Of the membrane potential of the NIR node, in the other precision.
constexpr double kOtherTolerance = 2e-7;

void PrintTo(const Recording &recording, std::ostream *os) { *os << recording.platform; }

constexpr const char *kZero = "compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, "
                              "max_spikes = 1";
constexpr const char *kSubtract = "compare = gt, reset = subtract, when = same_step, emit = updated, "
                                  "scope = membrane, max_spikes = 1";
constexpr const char *kManySpikes = "compare = ge, reset = subtract, when = same_step, emit = updated, "
                                    "scope = membrane, max_spikes = 32767";
constexpr const char *kHeld = "compare = gt, reset = subtract, when = next_after, emit = held, scope = membrane, "
                              "max_spikes = 1";
constexpr const char *kExact = "integrator = exact, order = decay_first, gain = continuous, scale = membrane";
constexpr const char *kEuler = "integrator = euler, order = decay_first, gain = continuous, scale = membrane";
constexpr const char *kEulerUnit = "integrator = euler, order = decay_first, gain = unit, scale = membrane";
constexpr const char *kDecayInput = "integrator = decay_euler, order = decay_first, gain = unit, scale = input";
constexpr const char *kDecayStep = "integrator = decay_euler, order = decay_first, gain = per_step, scale = membrane";
constexpr const char *kDecayExp = "integrator = decay_exp, order = decay_first, gain = unit, scale = membrane";
constexpr const char *kReset = "v_reset = dense<0.0> : tensor<1xf32>,";

// The exact solution resets at the instant of the crossing, a step at its end: what is subtracted
// has not yet decayed. The difference is at most threshold (1 - exp(-dt / tau)).
constexpr double kWithinStep = 0.1 * 0.0393;

const Recording kRecordings[] = {
    {"exact", kExact, kSubtract, "", "i1", "1.0", false, 1, Precision::f64, kWithinStep},
    {"norse", kEulerUnit, kZero, kReset, "i1", "1.0", false, 1, Precision::f32, 5e-9},
    {"snntorch", kDecayInput, kZero, kReset, "i1", "1.0", false, 0.04, Precision::f32, 0},
    {"nengo", kExact, kZero, kReset, "i1", "1.0", false, 0.1f, Precision::f64, 1e-8},
    {"sinabs", kDecayExp, kManySpikes, "", "si16", "1.0", false, 1, Precision::f32, 2e-7},
    {"rockpool", kDecayExp, kManySpikes, "", "si16", "0.04", false, 1, Precision::f32, 2e-7},
    {"spyx", kDecayStep, kHeld, "", "i1", "1.0", false, 1, Precision::f32, 1e-7},
    {"lava_cpu_float", kEuler, kZero, kReset, "i1", "1.0", true, 1, Precision::f64, 1e-6},
    // The chip's weight is the integer 102 instead of 102.02.
    {"spinnaker2", kDecayInput, kZero, kReset, "i1", "0.99980396", false, 0.04, Precision::f32, 1e-3},
};

std::string getNetwork(const Recording &recording) {
  const char *delay = "%d = lle.delay \"late\" %i {initial = 0.0 : f64, steps = dense<1> : tensor<1xi64>} : "
                      "tensor<1xf32>\n";
  return llvm::formatv(R"(
lle.network @lif(%x: tensor<1xf32>) -> tensor<1x{0}> attributes {{dt = 1.0e-4 : f64} {{
  %w = lle.weight dense<{1}> : tensor<1x1xf32>
  %i = lle.linear %x, %w : (tensor<1xf32>, tensor<1x1xf32>) -> tensor<1xf32>
  {2}%z = spk.lif "lif" %{3} dynamics<{4}> firing<{5}>
    {{r = dense<1.0> : tensor<1xf32>, tau = dense<2.5e-3> : tensor<1xf32>, {6}
     v_init = dense<0.0> : tensor<1xf32>, v_leak = dense<0.0> : tensor<1xf32>,
     v_threshold = dense<0.1> : tensor<1xf32>} : tensor<1xf32> -> tensor<1x{0}>
  lle.output %z : tensor<1x{0}>
})",
                       recording.spikes, recording.inputWeight, recording.delayedInput ? delay : "",
                       recording.delayedInput ? "d" : "i", recording.dynamics, recording.firing, recording.attributes)
      .str();
}

/// Rows of numbers between commas.
std::vector<std::vector<double>> readCsv(const std::string &path) {
  std::vector<std::vector<double>> rows;
  auto buffer = llvm::MemoryBuffer::getFile(path);
  if (!buffer)
    return rows;
  for (StringRef line : llvm::split((*buffer)->getBuffer().rtrim(), '\n')) {
    rows.emplace_back();
    for (StringRef field : llvm::split(line.trim(), ','))
      if (double value; !field.getAsDouble(value))
        rows.back().push_back(value);
  }
  return rows;
}

class Recordings : public testing::TestWithParam<Recording> {
protected:
  void replay(Precision precision) {
    const Recording &recording = GetParam();
    DialectRegistry registry;
    registry.insert<LLEDialect, ltc::LTCDialect, spk::SpkDialect>();
    registerReferenceModels(registry);
    MLIRContext context(registry);
    OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(getNetwork(recording), &context);
    ASSERT_TRUE(module);
    auto engine = createReferenceEngine(*module->getOps<NetworkOp>().begin(), precision);
    ASSERT_TRUE(engine);
    auto instance = engine->instantiate();

    auto rows = readCsv(lle::test::sharedData(getPath(recording)));
    ASSERT_EQ(rows.size(), 1000u);
    // With scale input the state is in the unit in which it was recorded.
    double stateUnit = recording.dynamics == kDecayInput ? 1 : recording.unit;
    double worst = 0, worstBeforeSpikes = 0;
    bool hasFired = false;
    for (auto [step, row] : llvm::enumerate(rows)) {
      ASSERT_EQ(row.size(), 3u);
      std::vector<Values> outputs;
      instance->step({Values{row[0]}}, outputs);
      EXPECT_EQ(outputs[0][0], row[2]) << "spike of step " << step;
      auto voltage = instance->readState("lif", "v");
      ASSERT_TRUE(bool(voltage));
      double difference = std::abs((*voltage)[0] / stateUnit - row[1]);
      hasFired |= row[2] != 0;
      worst = std::max(worst, difference);
      if (!hasFired)
        worstBeforeSpikes = std::max(worstBeforeSpikes, difference);
    }
    EXPECT_TRUE(hasFired);
    if (precision == recording.precision)
      EXPECT_LE(worst, recording.tolerance);
    else
      EXPECT_LE(worst * recording.unit, std::max(kOtherTolerance, recording.tolerance));
    EXPECT_LE(worstBeforeSpikes * recording.unit, kOtherTolerance);
  }

  static std::string getPath(const Recording &recording) {
    return std::string("spiking/paper_01_lif/lif_") + recording.platform + ".csv";
  }
};

TEST_P(Recordings, SinglePrecision) {
  LLE_NEEDS_SHARED_DATA(getPath(GetParam()));
  replay(Precision::f32);
}

TEST_P(Recordings, DoublePrecision) {
  LLE_NEEDS_SHARED_DATA(getPath(GetParam()));
  replay(Precision::f64);
}

INSTANTIATE_TEST_SUITE_P(SingleNeuron, Recordings, testing::ValuesIn(kRecordings),
                         [](const auto &info) { return std::string(info.param.platform); });
} // namespace
