//===- NetworkExportTest.cpp - core maps as populations and projections ---===//

#include "targets/CoreMaps/NetworkExport.h"
#include "runtime/coremap/Layout.h"
#include "runtime/coremap/Routing.h"
#include "test/unit/CoreMap/RandomCoreMap.h"
#include "gmock/gmock.h"

using namespace lle;
using namespace lle::runtime;

// A host with x; on core 0 both neurons of 'a', of which the second sends to the first, by a sparse row with a delay.
TEST(NetworkExport, Fields) {
  CoreMap map;
  map.target = "loihi2";
  map.populations.push_back({"x", NeuronModel::Input, {1}, {}});
  map.populations.push_back({"a", NeuronModel::CubaLIF, {1, 2}, {{"du", {4095}, {}}, {"dv", {1, 2}, {}}}});
  map.populations[1].start = 1;
  map.cores.resize(2);
  map.cores[0].x = 3;
  map.cores[0].neurons = {{1, 0, 2}};
  map.cores[0].rows = {{0, 0, 2, true}, {2, 0, 1, false, 2}};
  map.cores[0].weights = {5, 0, -7};
  map.cores[0].offsets = {0};
  map.cores[0].inAxons = {{0, 0}, {1, 0}};
  map.cores[0].outBegin = {0, 0, 1};
  map.cores[0].outAxons = {{0, 1}};
  map.cores[1].isHost = true;
  map.cores[1].neurons = {{0, 0, 1}};
  map.cores[1].outBegin = {0, 1};
  map.cores[1].outAxons = {{0, 0}};
  map.inputs = {{"x", 0}};
  map.outputs = {{"y", 1}};
  llvm::Expected<llvm::json::Value> expected = llvm::json::parse(R"({"target": "loihi2",
    "populations": [
      {"name": "x", "model": "input", "shape": [1], "size": 1, "parameters": {}, "reset": "zero", "weight_exponent": 0,
       "start": 0, "reset_interval": 0, "reset_offset": 0,
       "cores": [{"core": 1, "chip": 0, "first": 0, "count": 1}]},
      {"name": "a", "model": "cuba_lif", "shape": [1, 2], "size": 2, "parameters": {"du": 4095, "dv": [1, 2]},
       "reset": "zero", "weight_exponent": 0, "start": 1, "reset_interval": 0, "reset_offset": 0,
       "cores": [{"core": 0, "chip": 0, "x": 3, "y": 0, "slot": 0, "first": 0, "count": 2}]}],
    "projections": [{"pre": "x", "post": "a", "connections": [[0, 0, 5, 1]]},
                    {"pre": "a", "post": "a", "connections": [[1, 0, -7, 2]]}],
    "inputs": [{"name": "x", "population": "x"}],
    "outputs": [{"name": "y", "population": "a", "kind": "spikes"}]})");
  ASSERT_TRUE(bool(expected));
  EXPECT_EQ(llvm::json::Value(exportNetwork(map)), *expected);
}

// Neither compressed rows nor keys change what is connected.
TEST(NetworkExport, RandomMapsStayWhatTheyAre) {
  std::mt19937 random(8);
  for (unsigned i = 0; i < 40; ++i) {
    CoreMap map = makeRandomMap(random, ChipArithmetic::SpiNNaker2);
    llvm::json::Value network = exportNetwork(map);
    layOutMemory(map);
    EXPECT_EQ(llvm::json::Value(exportNetwork(map)), network);
    ASSERT_TRUE(bool(assignKeys(map)));
    EXPECT_EQ(llvm::json::Value(exportNetwork(map)), network);
  }
}
