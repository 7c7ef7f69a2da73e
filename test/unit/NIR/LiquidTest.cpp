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

static const std::string folder = "liquid/golden/", trained = "liquid/trained/";

namespace {
/// A state dictionary of the folder, written by the Python exporter; removed at the end of the program.
class ExportedNetwork {
public:
  ExportedNetwork(const std::string &folder, StringRef name) {
    if (sys::fs::createTemporaryFile("lle-liquid", "nir", path))
      return;
    remover.setFile(path);
    std::string state = lle::test::sharedData(folder + name.str() + ".npz");
    std::string config = lle::test::sharedData(folder + "index.json");
    StringRef args[] = {LLE_PYTHON, "-m", "lle.export_ncps", state, "--config", config, "--name", name, "-o", path};
    ::setenv("PYTHONPATH", LLE_PYTHON_PATH, 1);
    ::setenv("PYTHONDONTWRITEBYTECODE", "1", 1);
    isWritten = sys::ExecuteAndWait(LLE_PYTHON, args) == 0;
  }

  SmallString<128> path;
  bool isWritten = false;

private:
  FileRemover remover;
};
} // namespace

/// Each is exported once, for all engines; empty where that failed.
static std::string getNetwork(const std::string &folder, const std::string &name) {
  static std::map<std::string, ExportedNetwork> networks;
  const ExportedNetwork &network = networks.try_emplace(folder + name, folder, name).first->second;
  return network.isWritten ? std::string(network.path) : "";
}

TEST_P(LiquidReplay, FollowsTheRecording) {
  auto &[engine, recording] = GetParam();
  std::string file = folder + recording.name + ".npz";
  LLE_NEEDS_SHARED_DATA(file);
  Replay replay(engine, getNetwork(folder, recording.name), {});
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

//===------------------------------------------------------------------------------------------===//
// Trained networks, with the linear layer behind them
//===------------------------------------------------------------------------------------------===//

namespace {
class TrainedReplay : public testing::TestWithParam<std::tuple<EngineKind, const char *, const char *>> {};
} // namespace

TEST_P(TrainedReplay, GivesTheLogits) {
  auto &[engine, task, model] = GetParam();
  std::string name = std::string(task) + "_" + model, file = trained + name + ".npz";
  LLE_NEEDS_SHARED_DATA(file);
  Replay replay(engine, getNetwork(trained, name), {});
  ASSERT_TRUE(replay.start());

  Golden x = Golden::read(file, "test_x"), logits = Golden::read(file, "logits");
  ASSERT_EQ(x.shape.size(), 3u);
  size_t steps = x.shape[1], width = x.shape[2], outputs = logits.shape.back();
  double worst = 0, largest = 0;
  for (size_t sample : {0, 1, 2, 3}) {
    replay.reset();
    for (size_t at = sample * steps; at < (sample + 1) * steps; ++at) {
      const Values &got = replay.step(ArrayRef(x.values).slice(at * width, width).vec()).front();
      ASSERT_EQ(got.size(), outputs);
      for (size_t i = 0; i < outputs; ++i) {
        worst = std::max(worst, std::abs(got[i] - logits.values[at * outputs + i]));
        largest = std::max(largest, std::abs(logits.values[at * outputs + i]));
      }
    }
  }
  // The logits are of single precision themselves.
  EXPECT_LE(worst, 1e-5 * std::max(largest, 1.0));
}

INSTANTIATE_TEST_SUITE_P(Ncps, TrainedReplay,
                         testing::Combine(testing::ValuesIn(engines),
                                          testing::Values("occupancy", "gesture", "cheetah"),
                                          testing::Values("ltc32", "ltc_ncp32", "cfc32", "cfc_ncp32")),
                         [](const auto &info) {
                           return std::string(std::get<1>(info.param)) + "_" + std::get<2>(info.param) + "_on_" +
                                  std::get<0>(info.param).name;
                         });
