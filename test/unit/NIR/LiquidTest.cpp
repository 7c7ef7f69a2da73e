//===- LiquidTest.cpp - networks of ncps, exported and imported, do what ncps did --------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Recorded outputs of ncps 1.0.1 with its state dictionaries (shared data; see test/unit/SharedData.h), written as .nir
// files by python/lle.
//
//===------------------------------------------------------------------------------------------===//

#include "test/unit/NIR/Replay.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/Program.h"
#include "gtest/gtest.h"

using namespace llvm;
using namespace lle;
using namespace lle::nir;
using namespace lle::nir::test;

namespace {
struct Recording {
  const char *name;
  /// What the state is made of, in the order of ncps: nodes and the names of their states.
  std::vector<std::pair<std::string, std::string>> states;
  bool lastOnly = false;
};

void PrintTo(const Recording &recording, std::ostream *os) { *os << recording.name; }

using States = std::vector<std::pair<std::string, std::string>>;
const States ltc{{"rnn", "v"}}, cfc{{"rnn", "h"}};
const States wired{{"rnn.layer_0", "h"}, {"rnn.layer_1", "h"}, {"rnn.layer_2", "h"}};
const States mixed{{"rnn.memory", "value"}, {"rnn.lstm", "c"}};

const Recording recordings[] = {
    {"ltc_fc16_softplus", ltc},
    {"ltc_fc16_softplus_irregular", ltc},
    {"ltc_autoncp32_4", ltc},
    {"ltc_ncp_lanekeeping", ltc},
    {"ltc_fc32_unfold3_linear", ltc},
    {"ltc_fc16_nomap_lastonly", ltc, /*lastOnly=*/true},
    {"cfc32_default", cfc},
    {"cfc32_default_irregular", cfc},
    {"cfc32_no_gate", cfc},
    {"cfc32_no_gate_irregular", cfc},
    {"cfc32_pure", cfc},
    {"cfc24_bb2_silu", cfc},
    {"cfc24_bb2_relu", cfc},
    {"cfc24_bb2_tanh", cfc},
    {"cfc24_nobackbone", cfc},
    {"cfc_wired_autoncp28_4", wired},
    {"cfc_wired_ncp_pure", wired},
    {"cfc_wired_autoncp28_4_mixed", mixed},
};

class LiquidReplay : public testing::TestWithParam<std::tuple<EngineKind, Recording>> {};
} // namespace

static const char *folder = "liquid/golden/";

/// Runs the Python exporter on one of the recordings.
static bool exportRecording(StringRef name, StringRef output) {
  std::string state = lle::test::sharedData(folder + name.str() + ".npz");
  std::string config = lle::test::sharedData(std::string(folder) + "index.json");
  StringRef args[] = {LLE_PYTHON, "-m", "lle.export_ncps", state, "--config", config, "--name", name, "-o", output};
  ::setenv("PYTHONPATH", LLE_PYTHON_PATH, 1);
  ::setenv("PYTHONDONTWRITEBYTECODE", "1", 1);
  return sys::ExecuteAndWait(LLE_PYTHON, args) == 0;
}

TEST_P(LiquidReplay, FollowsTheRecording) {
  auto &[engine, recording] = GetParam();
  std::string file = folder + std::string(recording.name) + ".npz";
  LLE_NEEDS_SHARED_DATA(file);
  SmallString<128> network;
  ASSERT_FALSE(sys::fs::createTemporaryFile("lle-liquid", "nir", network));
  FileRemover remover(network);
  ASSERT_TRUE(exportRecording(recording.name, network));
  Replay replay(engine, std::string(network), {});
  ASSERT_TRUE(replay.start());

  Golden x = Golden::read(file, "x"), y = Golden::read(file, "y64"), hn = Golden::read(file, "hn64");
  bool isIrregular = StringRef(recording.name).ends_with("irregular");
  Golden timespans = isIrregular ? Golden::read(file, "timespans") : Golden();
  ASSERT_EQ(x.shape.size(), 3u);
  size_t samples = x.shape[0], steps = x.shape[1], width = x.shape[2], outputs = y.shape.back();
  double worst = 0, worstState = 0;
  auto compare = [](ArrayRef<double> got, ArrayRef<double> expected, double &worst) {
    ASSERT_EQ(got.size(), expected.size());
    for (size_t i = 0; i < got.size(); ++i)
      worst = std::max(worst, std::abs(got[i] - expected[i]));
  };
  for (size_t sample = 0; sample < samples; ++sample) {
    replay.reset();
    for (size_t step = 0; step < steps; ++step) {
      size_t at = sample * steps + step;
      std::vector<Values> inputs{ArrayRef(x.values).slice(at * width, width).vec()};
      if (isIrregular)
        inputs.push_back({timespans.values[at]});
      const Values &got = replay.step(inputs).front();
      if (!recording.lastOnly)
        compare(got, ArrayRef(y.values).slice(at * outputs, outputs), worst);
      else if (step + 1 == steps)
        compare(got, y.row(sample), worst);
    }
    Values state;
    for (const auto &[node, name] : recording.states)
      append_range(state, replay.state(node, name));
    compare(state, hn.row(sample), worstState);
  }
  // ncps in single precision is off by up to 7e-7 itself.
  double tolerance = engine.precision == Precision::f64 ? 1e-12 : 2e-6;
  EXPECT_LE(worst, tolerance);
  EXPECT_LE(worstState, tolerance);
}

INSTANTIATE_TEST_SUITE_P(Ncps, LiquidReplay,
                         testing::Combine(testing::ValuesIn(engines), testing::ValuesIn(recordings)),
                         [](const auto &info) {
                           return std::string(std::get<1>(info.param).name) + "_on_" + std::get<0>(info.param).name;
                         });
