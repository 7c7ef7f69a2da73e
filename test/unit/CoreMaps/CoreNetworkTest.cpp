//===- CoreNetworkTest.cpp - what one core computes, as a network ---------===//

#include "targets/CoreMaps/CoreNetwork.h"
#include "runtime/coremap/Routing.h"
#include "gmock/gmock.h"

using namespace lle;
using namespace lle::runtime;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

namespace {

/// A host with x of three neurons; core 0 has neurons 0 and 2 of 'a', in two pieces, core 1 neuron 1. Both synapses of
/// the second input end in neuron 2, after a tick.
CoreMap makePieces() {
  CoreMap map;
  map.target = "spinnaker2";
  map.arithmetic = ChipArithmetic::SpiNNaker2;
  map.populations.push_back({"x", NeuronModel::Input, {3}, {}});
  map.populations.push_back(
      {"a", NeuronModel::CubaLIF, {3}, {{"decay_v", {}, {0.5f, 0.25f, 0.125f}}, {"v_threshold", {}, {7}}}});
  map.cores.resize(3);
  map.cores[0].neurons = {{1, 0, 1}, {1, 2, 1}};
  map.cores[0].rows = {{0, 0, 2, false}};
  map.cores[0].weights = {100, 99};
  map.cores[0].offsets = {0, 0};
  map.cores[0].inAxons = {{0, 1}};
  map.cores[1].neurons = {{1, 1, 1}};
  map.cores[1].slot = 1;
  for (CoreContents &core : map.cores)
    core.outBegin.assign(core.neurons.size() + 1, 0);
  map.cores[2].isHost = true;
  map.cores[2].neurons = {{0, 0, 3}};
  map.cores[2].outBegin = {0, 0, 1, 1};
  map.cores[2].outAxons = {{0, 0}};
  map.inputs = {{"x", 0}};
  map.outputs = {{"y", 1}};
  return map;
}

std::string write(const CoreMap &map, uint32_t core) {
  Result<std::string> text = writeCoreNetwork(map, core, 1e-3);
  return text ? *text : text.error().message;
}

} // namespace

// The window is the second neuron of x, one tick late; 199 needs 16 bits, low byte first.
TEST(CoreNetwork, Pieces) {
  CoreMap map = makePieces();
  std::string text = write(map, 0);
  EXPECT_THAT(text,
              HasSubstr("lle.network @core_0(%port0: tensor<3xsi16> {lle.name = \"x\"}) -> (tensor<1xi1> {lle.name = "
                        "\"a.0\"}, tensor<1xi1> {lle.name = \"a.2\"})"));
  EXPECT_THAT(text, HasSubstr("lle.slice %port0 {offset = 1 : i64} : (tensor<3xsi16>) -> tensor<1xsi16>"));
  EXPECT_THAT(text, HasSubstr("steps = dense<1> : tensor<1xi64>"));
  EXPECT_THAT(text, HasSubstr("lle.weight dense<\"0xC700\"> : tensor<1x1xi16> as "
                              "tensor<1x1x!quant.uniform<i16:f32, 1.000000e+00>>"));
  EXPECT_THAT(text, HasSubstr("{decay = dense<[1.250000000e-01]> : tensor<1xf32>"));
  // Keys instead of axons, and a population that starts when the spike is there.
  ASSERT_TRUE(bool(assignKeys(map)));
  EXPECT_EQ(write(map, 0), text);
  map.populations[1].start = 1;
  EXPECT_THAT(write(map, 0), AllOf(HasSubstr("lle.linear"), Not(HasSubstr("lle.delay"))));
  EXPECT_THAT(write(map, 1), AllOf(HasSubstr("@core_1() -> (tensor<1xi1> {lle.name = \"a\"})"),
                                   HasSubstr("lle.weight dense<0.0> : tensor<1xf32>")));
}

TEST(CoreNetwork, Refusals) {
  CoreMap map = makePieces();
  EXPECT_EQ(write(map, 2), "core 2: is the host");
  map.populations[1].resetInterval = 4;
  EXPECT_EQ(write(map, 0), "core 0: 'a' is reset by interval");
  map = makePieces();
  map.cores[0].weights = {INT16_MAX, 1};
  EXPECT_EQ(write(map, 0), "core 0: synapses between two neurons add up to more than 16 bits");
  map.arithmetic = ChipArithmetic::Loihi;
  EXPECT_EQ(write(map, 0), "core 0: cores of spinnaker2 are no processors");
}
