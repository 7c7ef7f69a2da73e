//===- ReplayTest.cpp - imported networks do what the frameworks recorded ---------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Recordings of the NIR paper (Pedersen et al., Nature Communications 15 (2024) 8122) and of its
// networks under each framework's rule. Shared data; see test/unit/SharedData.h.
//
//===------------------------------------------------------------------------------------------===//

#include "test/unit/NIR/Replay.h"
#include "llvm/Support/MemoryBuffer.h"
#include "gtest/gtest.h"

using namespace llvm;
using namespace lle;
using namespace lle::nir::test;

//===------------------------------------------------------------------------------------------===//
// Braille: a recurrent network, one sample, spikes of the first layer
//===------------------------------------------------------------------------------------------===//

namespace {
struct Recording {
  const char *name;
  const char *network;
  const char *profile;
  /// Activity of lif1.lif, (steps, neurons); `key` of an .npz file.
  const char *activity;
  const char *key = "";
};

void PrintTo(const Recording &recording, std::ostream *os) { *os << recording.name; }

/// No recording is offset: Spyx's spikes come a step late and SpiNNaker2's synapses take a step, as
/// their profiles say.
const Recording recordings[] = {
    {"snntorch", "bias_zero", "snntorch", "paper_03_rnn/snntorch_activity_noDelay_bias_zero.npy"},
    {"snntorch_subtract", "noBias_subtract", "snntorch:reset=subtract",
     "paper_03_rnn/snntorch_activity_noDelay_noBias_subtract.npy"},
    {"norse", "bias_zero", "norse", "paper_03_rnn/norse_activity_noDelay_bias_zero.npy"},
    {"spyx", "bias_zero", "spyx", "paper_03_rnn/spyx_activity_noDelay_bias_zero.npy"},
    {"spinnaker2", "bias_zero", "spinnaker2", "paper_03_rnn/s2_activity_noDelay_bias_zero.npy"},
    {"norse_head", "bias_zero", "norse", "derived/norse_head_noDelay_bias_zero.npz", "lif1_spk"},
};

class BrailleReplay : public testing::TestWithParam<std::tuple<EngineKind, Recording>> {};
} // namespace

static const char *sample = "spiking/derived/braille_input_256x12_label1.npy";

static std::string getFile(StringRef network) { return ("braille_noDelay_" + network + ".nir").str(); }

TEST_P(BrailleReplay, NoSpikeDiffers) {
  auto [engine, recording] = GetParam();
  LLE_NEEDS_SHARED_DATA(sample);
  Golden input = Golden::read(sample);
  Golden activity = Golden::read(std::string("spiking/") + recording.activity, recording.key);
  Replay replay(engine, getFile(recording.network), recording.profile);
  replay.expose("lif1.lif");
  ASSERT_TRUE(replay.start());
  ASSERT_EQ(activity.shape.size(), 2u);
  ASSERT_EQ(activity.shape[0], 256);
  size_t differing = 0, spikes = 0;
  for (unsigned step = 0; step < 256; ++step) {
    Values expected = activity.row(step), got = replay.step(input.row(step)).back();
    ASSERT_EQ(got.size(), expected.size());
    for (size_t i = 0; i < got.size(); ++i) {
      differing += got[i] != expected[i];
      spikes += got[i] != 0;
    }
  }
  EXPECT_EQ(differing, 0u) << "of " << activity.values.size();
  EXPECT_GT(spikes, 100u);
}

INSTANTIATE_TEST_SUITE_P(Recorded, BrailleReplay,
                         testing::Combine(testing::ValuesIn(engines), testing::ValuesIn(recordings)),
                         [](const auto &info) {
                           return std::string(std::get<1>(info.param).name) + "_on_" + std::get<0>(info.param).name;
                         });

//===------------------------------------------------------------------------------------------===//
// The same with states and outputs, by snnTorch 0.7
//===------------------------------------------------------------------------------------------===//

namespace {
class BrailleTraces : public testing::TestWithParam<std::tuple<EngineKind, std::pair<const char *, const char *>>> {};
} // namespace

TEST_P(BrailleTraces, StatesFollow) {
  auto [engine, names] = GetParam();
  auto [network, profile] = names;
  LLE_NEEDS_SHARED_DATA(sample);
  Golden input = Golden::read(sample);
  std::string traces = std::string("spiking/derived/snntorch_old_noDelay_") + network + ".npz";
  Golden membrane = Golden::read(traces, "lif1_mem"), current = Golden::read(traces, "lif1_syn");
  Golden spikes = Golden::read(traces, "lif2_spk");
  Replay replay(engine, getFile(network), profile);
  ASSERT_TRUE(replay.start());
  double worst = 0;
  for (unsigned step = 0; step < 256; ++step) {
    EXPECT_EQ(replay.step(input.row(step)).front(), spikes.row(step)) << "step " << step;
    auto compare = [&](const Values &got, const Values &expected) {
      ASSERT_EQ(got.size(), expected.size());
      for (size_t i = 0; i < got.size(); ++i)
        worst = std::max(worst, std::abs(got[i] - expected[i]) / std::max(1.0, std::abs(got[i])));
    };
    compare(replay.state("lif1.lif", "v"), membrane.row(step));
    compare(replay.state("lif1.lif", "i"), current.row(step));
  }
  // The traces are of single precision: in double precision their own rounding shows.
  EXPECT_LE(worst, engine.precision == Precision::f32 ? 1e-6 : 2e-6);
}

INSTANTIATE_TEST_SUITE_P(SnnTorch, BrailleTraces,
                         testing::Combine(testing::ValuesIn(engines),
                                          testing::Values(std::pair{"bias_zero", "snntorch"},
                                                          std::pair{"noBias_subtract", "snntorch:reset=subtract"})),
                         [](const auto &info) {
                           return std::string(std::get<1>(info.param).first) + "_on_" + std::get<0>(info.param).name;
                         });

//===------------------------------------------------------------------------------------------===//
// One neuron on nine platforms
//===------------------------------------------------------------------------------------------===//

namespace {
struct Trace {
  const char *platform;
  const char *profile;
  /// What the recording shows for a potential of one in the state's unit, and for one in NIR's.
  double unit, scale;
  /// Steps by which the imported network is behind the recording.
  unsigned behind;
  /// That of the platform, and how well the potential follows in it, in the recording's unit.
  Precision precision;
  double tolerance;
};

void PrintTo(const Trace &trace, std::ostream *os) { *os << trace.platform; }

// The exact solution resets at the instant of the crossing, a step at its end.
constexpr double withinStep = 0.1 * 0.0393;

const Trace traces[] = {
    {"exact", "nir:reset=subtract", 1, 1, 0, Precision::f64, withinStep},
    {"norse", "norse", 1, 1, 0, Precision::f32, 5e-9},
    {"snntorch", "snntorch", 1, 25, 0, Precision::f32, 0},
    {"nengo", "nengo", 1 / double(0.1f), 10, 0, Precision::f64, 1e-8},
    {"sinabs", "sinabs", 1, 1, 0, Precision::f32, 2e-7},
    {"rockpool", "rockpool", 1, 1, 0, Precision::f32, 2e-7},
    {"spyx", "spyx", 1, 1, 0, Precision::f32, 1e-7},
    {"lava_cpu_float", "lava-float", 1, 1, 0, Precision::f64, 2e-7},
    // The weight of one was the integer 102 of 102.02 in the recording, in which the input's step of delay is not
    // counted.
    {"spinnaker2", "spinnaker2:weight_scale=102.02", 1 / 102.02, 25, 1, Precision::f32, 5e-7},
};

class NeuronReplay : public testing::TestWithParam<std::tuple<EngineKind, Trace>> {};
} // namespace

/// Rows of input, voltage and spike.
static std::vector<std::array<double, 3>> readCsv(const std::string &path) {
  std::vector<std::array<double, 3>> rows;
  auto buffer = MemoryBuffer::getFile(path);
  if (!buffer)
    return rows;
  for (StringRef line : split((*buffer)->getBuffer().rtrim(), '\n')) {
    std::array<double, 3> row{};
    SmallVector<StringRef> fields;
    line.trim().split(fields, ',');
    EXPECT_EQ(fields.size(), row.size());
    for (size_t i = 0; i < std::min(fields.size(), row.size()); ++i)
      EXPECT_FALSE(fields[i].getAsDouble(row[i])) << line.str();
    rows.push_back(row);
  }
  return rows;
}

TEST_P(NeuronReplay, SpikesAndPotential) {
  auto [engine, trace] = GetParam();
  std::string path = std::string("spiking/paper_01_lif/lif_") + trace.platform + ".csv";
  LLE_NEEDS_SHARED_DATA(path);
  auto rows = readCsv(lle::test::sharedData(path));
  ASSERT_EQ(rows.size(), 1000u);
  Replay replay(engine, "lif_norse.nir", trace.profile);
  ASSERT_TRUE(replay.start());
  double worst = 0;
  unsigned spikes = 0;
  for (unsigned step = 0; step < rows.size(); ++step) {
    double got = replay.step({rows[step][0]}).front()[0];
    if (step < trace.behind)
      continue;
    auto [input, voltage, spike] = rows[step - trace.behind];
    EXPECT_EQ(got, spike) << "step " << step;
    spikes += got != 0;
    worst = std::max(worst, std::abs(replay.state("1", "v")[0] * trace.unit - voltage));
  }
  EXPECT_EQ(spikes, 4u);
  double tolerance =
      engine.precision == trace.precision ? trace.tolerance : std::max(trace.tolerance, 2e-7 * trace.scale);
  EXPECT_LE(worst, tolerance);
}

INSTANTIATE_TEST_SUITE_P(SingleNeuron, NeuronReplay,
                         testing::Combine(testing::ValuesIn(engines), testing::ValuesIn(traces)), [](const auto &info) {
                           return std::string(std::get<1>(info.param).platform) + "_on_" + std::get<0>(info.param).name;
                         });

//===------------------------------------------------------------------------------------------===//
// N-MNIST: a convolutional network, ten recordings in frames of a millisecond
//===------------------------------------------------------------------------------------------===//

namespace {
struct Rule {
  const char *key;
  const char *profile;
};

void PrintTo(const Rule &rule, std::ostream *os) { *os << rule.key; }

const Rule rules[] = {
    {"zero", "snntorch"},
    {"sub", "snntorch:reset=subtract,when=same_step"},
    {"sinabs", "sinabs"},
    {"sinabs_nomin", "sinabs:v_min=none"},
};

class NMNISTReplay : public testing::TestWithParam<std::tuple<EngineKind, Rule>> {};
} // namespace

/// Events of five bytes: x, y, polarity and the time in microseconds. A frame counts the events of
/// a millisecond, (polarity, y, x).
static std::vector<Values> readFrames(const std::string &path) {
  std::vector<Values> frames;
  auto buffer = MemoryBuffer::getFile(path);
  if (!buffer)
    return frames;
  StringRef bytes = (*buffer)->getBuffer();
  auto byte = [&](size_t i) { return unsigned(uint8_t(bytes[i])); };
  auto getTime = [&](size_t i) { return (byte(i + 2) & 127) << 16 | byte(i + 3) << 8 | byte(i + 4); };
  unsigned first = ~0u;
  for (size_t i = 0; i + 5 <= bytes.size(); i += 5)
    first = std::min(first, getTime(i));
  for (size_t i = 0; i + 5 <= bytes.size(); i += 5) {
    unsigned frame = (getTime(i) - first) / 1000;
    while (frames.size() <= frame)
      frames.push_back(Values(2 * 34 * 34, 0));
    ++frames[frame][((byte(i + 2) >> 7) * 34 + byte(i + 1)) * 34 + byte(i)];
  }
  return frames;
}

TEST_P(NMNISTReplay, CountsAreEqual) {
  auto [engine, rule] = GetParam();
  LLE_NEEDS_SHARED_DATA("spiking/nmnist");
  Golden counts = Golden::read("spiking/derived/nmnist10_cnn_sinabs_ref.npz", std::string(rule.key) + "_counts");
  Replay replay(engine, "cnn_sinabs.nir", rule.profile);
  ASSERT_TRUE(replay.start());
  static const char *const all[] = {"0", "1", "2", "4", "5", "6", "7", "8", "9", "tonic_sample_4"};
  ArrayRef<const char *> samples = all;
#if LLVM_ADDRESS_SANITIZER_BUILD
  samples = samples.take_front(); // The same code runs for each, a tenth as fast.
#endif
  for (auto [index, name] : enumerate(samples)) {
    std::vector<Values> frames = readFrames(lle::test::sharedData(std::string("spiking/nmnist/") + name + ".bin"));
    ASSERT_FALSE(frames.empty());
    replay.reset();
    Values got(10, 0);
    for (const Values &frame : frames) {
      const Values &spikes = replay.step(frame).front();
      for (size_t i = 0; i < got.size(); ++i)
        got[i] += spikes[i];
    }
    EXPECT_EQ(got, counts.row(index)) << name;
  }
}

// In double precision one spike of 10,000 differs under sinabs.
INSTANTIATE_TEST_SUITE_P(Recorded, NMNISTReplay,
                         testing::Combine(testing::ValuesIn(getSinglePrecisionEngines()), testing::ValuesIn(rules)),
                         [](const auto &info) {
                           return std::string(std::get<1>(info.param).key) + "_on_" + std::get<0>(info.param).name;
                         });
