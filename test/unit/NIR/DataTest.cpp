//===- DataTest.cpp - recordings written, read, damaged and put on a grid ---------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//

#include "frontends/NIR/Data.h"
#include "frontends/NIR/Handle.h"
#include "frontends/NIR/Write.h"
#include "test/unit/NIR/TestGraphs.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "gmock/gmock.h"
#include <cstdlib>
#include <random>

using namespace llvm;
using namespace lle::nir;
using testing::ElementsAre;
using testing::HasSubstr;

// The tests are not next to the decoder.
static const int decoderIsNamed = setenv("LLE_NIR_DECODE", LLE_NIR_DECODE_DEFAULT, /*overwrite=*/0);

namespace {
/// A folder of its own for each test.
class NIRData : public testing::Test {
protected:
  void SetUp() override {
    ASSERT_EQ(decoderIsNamed, 0);
    ASSERT_FALSE(sys::fs::createUniqueDirectory("lle-nir-data", folder));
    path = (folder + "/d.nir").str();
  }
  void TearDown() override { ASSERT_FALSE(sys::fs::remove_directories(folder)); }

  std::vector<Observable> read() {
    Report report("d.nir");
    std::optional<std::vector<Observable>> observables = readData(path, report);
    errors = join(report.errors, "\n");
    EXPECT_EQ(bool(observables), errors.empty());
    return observables ? std::move(*observables) : std::vector<Observable>();
  }
  /// Writes what the writer does not check, and says why the reader refuses it.
  std::string refusal(const Observable &observable) {
    EXPECT_EQ(toString(writeData(observable, path)), "");
    read();
    return errors;
  }
  template <typename Change>
  void edit(Change change) {
    Handle file(H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT), H5Fclose);
    ASSERT_GE(file, 0);
    change(file);
  }

  SmallString<128> folder;
  std::string path, errors;
};
} // namespace

static Observable makeGrid(std::string node = "in", std::string name = "spikes") {
  Observable grid;
  grid.node = std::move(node);
  grid.name = std::move(name);
  grid.samples = 2;
  grid.neurons = 3;
  grid.dt = 1e-3;
  grid.data = Array::f32({2, 2, 3}, {0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0});
  return grid;
}

static Observable makeEvents() {
  Observable events;
  events.node = "sub/lif";
  events.name = "spikes";
  events.kind = ObservableKind::Event;
  events.samples = 2;
  events.neurons = 3;
  double none = std::numeric_limits<double>::infinity();
  events.idx = Array::of<int64_t>({2, 4}, {0, 2, 2, 1, 1, -1, -1, -1});
  events.time = Array::f64({2, 4}, {0, 0.0011, 0.0019, 0.004, 0.0021, none, none, none});
  events.tMax = 0.004;
  return events;
}

static Observable makeValued() {
  Observable events = makeEvents();
  events.name = "current";
  events.kind = ObservableKind::ValuedEvent;
  events.value = Array::f32({2, 4}, {0.5, 1, -2, 4, 8, 0, 0, 0});
  return events;
}

static void expectEqual(const Observable &a, const Observable &b) {
  EXPECT_EQ(a.node, b.node);
  EXPECT_EQ(a.name, b.name);
  EXPECT_EQ(a.kind, b.kind);
  EXPECT_EQ(a.samples, b.samples);
  EXPECT_EQ(a.neurons, b.neurons);
  EXPECT_EQ(a.dt, b.dt);
  EXPECT_EQ(a.tMax, b.tMax);
  for (auto part : {&Observable::data, &Observable::idx, &Observable::time, &Observable::value})
    EXPECT_EQ(a.*part, b.*part);
}

static std::vector<float> getNumbers(const Observable &grid) {
  std::vector<float> values(grid.data.size());
  for (size_t i = 0; i < values.size(); ++i)
    values[i] = grid.data.number(i);
  return values;
}

TEST_F(NIRData, RoundTrip) {
  std::vector<Observable> all{makeGrid(), makeGrid("in", "v"), makeEvents(), makeValued(), makeGrid("sub/deep/x")};
  ASSERT_EQ(toString(writeData(all, path)), "");
  std::string bytes = (*MemoryBuffer::getFile(path))->getBuffer().str();
  std::vector<Observable> back = read();
  ASSERT_EQ(back.size(), all.size()) << errors;
  for (const Observable &expected : all) {
    auto at = find_if(back, [&](const Observable &o) { return o.node == expected.node && o.name == expected.name; });
    ASSERT_NE(at, back.end());
    expectEqual(*at, expected);
  }
  ASSERT_EQ(toString(writeData(all, path)), "");
  EXPECT_EQ((*MemoryBuffer::getFile(path))->getBuffer(), bytes);
  EXPECT_EQ(toString(writeData({makeGrid(), makeGrid()}, path)), path + ": node 'in', 'spikes' would be written twice");
}

TEST_F(NIRData, NetworksAndRecordingsAreToldApart) {
  ASSERT_EQ(toString(writeData(makeGrid(), path)), "");
  Report report("d.nir");
  EXPECT_FALSE(readGraph(path, report));
  EXPECT_EQ(join(report.errors, "\n"), "d.nir: this is a NIRData file, of recordings; it holds no network");
  ASSERT_EQ(toString(writeGraph(lle::nir::test::recurrent(), path)), "");
  read();
  EXPECT_EQ(errors, "d.nir: this is a network, not a NIRData file of recordings");
}

TEST_F(NIRData, EventsOnAGrid) {
  Expected<Observable> grid = toTimeGrid(makeEvents(), 1e-3, EventMerge::Count);
  ASSERT_TRUE(bool(grid));
  EXPECT_EQ(grid->data.getShape(), ArrayRef<int64_t>({2, 4, 3}));
  // 0.001999... is in step 1, what comes at t_max in the last step.
  EXPECT_THAT(getNumbers(*grid), ElementsAre(1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 1, 0, //
                                             0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0));
  grid = toTimeGrid(makeEvents(), 1e-3, EventMerge::Binary);
  ASSERT_TRUE(bool(grid));
  EXPECT_EQ(getNumbers(*grid)[5], 1);
  grid = toTimeGrid(makeValued(), 2e-3, EventMerge::Count);
  ASSERT_TRUE(bool(grid));
  // The last of two values of one neuron and step.
  EXPECT_THAT(getNumbers(*grid), ElementsAre(0.5, 0, -2, 0, 4, 0, 0, 0, 0, 0, 8, 0));
}

/// As nir's own conversion, each event of step k at k dt comes back in step k, whatever k dt is rounded to.
TEST_F(NIRData, MultiplesOfTheStepKeepTheirStep) {
  for (double dt : {1e-4, 1e-3, 0.1, 0.7, 1.0 / 3}) {
    Observable grid = makeGrid();
    grid.samples = 1;
    grid.neurons = 1;
    grid.dt = dt;
    grid.data = Array::full<float>({1, 2000, 1}, 1);
    Observable events = toEvents(grid);
    EXPECT_EQ(events.kind, ObservableKind::Event);
    Expected<Observable> back = toTimeGrid(events, dt, EventMerge::Count);
    ASSERT_TRUE(bool(back));
    EXPECT_EQ(back->data, grid.data) << dt;
  }
  Observable graded = makeGrid();
  graded.data = Array::f32({2, 2, 3}, {0, 3, 0, 0, 0, -1, 1, 0, 0, 0, 0, 0});
  Observable events = toEvents(graded);
  EXPECT_EQ(events.kind, ObservableKind::ValuedEvent);
  Expected<Observable> back = toTimeGrid(events, graded.dt, EventMerge::Count);
  ASSERT_TRUE(bool(back));
  EXPECT_EQ(back->data, graded.data);
}

TEST_F(NIRData, GridsThatDoNotFit) {
  auto refuse = [](Observable observable, double dt) {
    return toString(toTimeGrid(observable, dt, EventMerge::Count).takeError());
  };
  EXPECT_EQ(refuse(makeGrid(), 1e-4), "node 'in', 'spikes' has steps of 0.001 s, not of 0.0001 s");
  EXPECT_EQ(refuse(makeEvents(), 0.1), "node 'sub/lif', 'spikes' lasts 0.004 s, less than a step of 0.1 s");
  EXPECT_EQ(refuse(makeEvents(), 1e-12),
            "node 'sub/lif', 'spikes' lasts 0.004 s: on a grid of 1e-12 s it is larger than 2 GiB");
}

TEST_F(NIRData, ContradictionsAreRefused) {
  Observable events = makeEvents();
  events.neurons = 2;
  EXPECT_EQ(refusal(events),
            "d.nir: node 'sub/lif', 'spikes': event 1 is of a neuron that does not exist: there are 2");
  events = makeEvents();
  events.tMax = 0.001;
  EXPECT_EQ(refusal(events), "d.nir: node 'sub/lif', 'spikes': event 1 is at 0.0011 s, outside 0 to t_max, 0.001 s");
  events.tMax = -1;
  EXPECT_EQ(refusal(events), "d.nir: node 'sub/lif', 'spikes': 't_max' is -1, expected a number above 0");
  events = makeEvents();
  events.time = Array::full<double>({2, 3}, 0);
  EXPECT_EQ(refusal(events),
            "d.nir: node 'sub/lif', 'spikes': idx, time and value differ in shape: [2, 4], [2, 3], [2, 3]");
  events = makeEvents();
  events.idx = Array::full<float>({2, 4}, 0);
  EXPECT_EQ(refusal(events), "d.nir: node 'sub/lif', 'spikes': 'idx' is an array of f32, expected integers");
  events = makeEvents();
  events.time = Array::full<double>({2, 4}, NAN);
  EXPECT_THAT(refusal(events), HasSubstr("event 0 is at nan s"));
  Observable grid = makeGrid();
  grid.dt = 0;
  EXPECT_EQ(refusal(grid), "d.nir: node 'in', 'spikes': 'dt' is 0, expected a number above 0");
  grid = makeGrid();
  grid.data = Array::f32({2}, {0, 1});
  EXPECT_EQ(refusal(grid), "d.nir: node 'in', 'spikes': 'data' is missing, or is no array of numbers of rank 3");
}

TEST_F(NIRData, WhatIsNoRecordingIsRefused) {
  auto rename = [](hid_t object, const char *type) {
    H5Adelete(object, "__type__");
    Handle text(H5Tcopy(H5T_C_S1), H5Tclose);
    H5Tset_size(text, 32);
    Handle space(H5Screate(H5S_SCALAR), H5Sclose);
    Handle attribute(H5Acreate2(object, "__type__", text, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose);
    char bytes[32] = {};
    strncpy(bytes, type, sizeof(bytes) - 1);
    ASSERT_GE(H5Awrite(attribute, text, bytes), 0);
  };
  auto refusalAt = [&](const char *object, const char *type) {
    EXPECT_EQ(toString(writeData(makeGrid(), path)), "");
    edit([&](hid_t file) { rename(Handle(H5Oopen(file, object, H5P_DEFAULT), H5Oclose), type); });
    read();
    return errors;
  };
  EXPECT_EQ(refusalAt("/", "Other"), "d.nir: the file has type 'Other', expected 'NIRGraphData'");
  EXPECT_EQ(refusalAt("/nodes/in", "Other"),
            "d.nir: '/nodes/in' has type 'Other', expected 'NIRNodeData' or 'NIRGraphData'");
  EXPECT_EQ(refusalAt("/nodes/in/observables/spikes", "Other"),
            "d.nir: node 'in', 'spikes': has type 'Other', expected TimeGriddedData, EventData or ValuedEventData");
  // A string of fixed length is as good.
  EXPECT_EQ(refusalAt("/nodes/in/observables/spikes", "TimeGriddedData"), "");
  auto refusalWithout = [&](auto change) {
    EXPECT_EQ(toString(writeData(makeGrid(), path)), "");
    edit(change);
    read();
    return errors;
  };
  EXPECT_EQ(refusalWithout([](hid_t file) { H5Adelete(Handle(H5Gopen2(file, "/nodes/in", 0), H5Gclose), "__type__"); }),
            "d.nir: group '/nodes/in' has no attribute '__type__'");
  EXPECT_EQ(refusalWithout([](hid_t file) { H5Ldelete(file, "/nodes", 0); }), "d.nir: '/nodes' is missing");
  EXPECT_EQ(refusalWithout([](hid_t file) { H5Ldelete(file, "/nodes/in", 0); }), "d.nir: the file holds no recording");
}

TEST_F(NIRData, DamagedFilesAreAnswered) {
  ASSERT_EQ(toString(writeData({makeGrid(), makeEvents(), makeValued()}, path)), "");
  std::string good = (*MemoryBuffer::getFile(path))->getBuffer().str();
  std::mt19937 random(1);
  unsigned refused = 0;
  for (unsigned round = 0; round < 40; ++round) {
    std::string bytes = good;
    for (unsigned flip = 0; flip < 6; ++flip)
      bytes[random() % bytes.size()] ^= 1 << random() % 8;
    if (round % 4 == 0)
      bytes.resize(random() % bytes.size());
    {
      std::error_code error;
      raw_fd_ostream os(path, error);
      os << bytes;
    }
    for (const Observable &observable : read())
      EXPECT_GT(observable.neurons, 0);
    refused += !errors.empty();
    if (!errors.empty())
      EXPECT_TRUE(StringRef(errors).starts_with("d.nir: "));
  }
  EXPECT_GE(refused, 10u);
}
