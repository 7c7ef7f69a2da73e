//===- CostModelTest.cpp - work times figures ------------------------------===//
#include "passes/Analysis/CostModel.h"
#include "dialects/Spk/SpkOps.h"

#include "mlir/Parser/Parser.h"

#include <gtest/gtest.h>

using namespace mlir;
using namespace lle;

namespace {
CostFigure figure(double value, double low, double high, StringRef provenance = "published") {
  return {"x", value, low, high, provenance.str(), "a test"};
}

/// 8 multiply-accumulates, of which 2 are caused by inputs; 2 neurons with one state; 100 steps.
constexpr const char *kNetwork = R"(
  lle.network @net(%x: tensor<4xi1>) -> tensor<2xf32> attributes {dt = 1.0 : f64, steps = 100 : i64} {
    %w = lle.weight dense<[[2.0, 0.0, 1.0, 1.0], [0.0, 4.0, 1.0, 1.0]]> : tensor<2x4xf32>
    %y = lle.linear %x, %w {lle.activity = 0.25 : f64} : (tensor<4xi1>, tensor<2x4xf32>) -> tensor<2xf32>
    %s = spk.integrator "sum" %y dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
      {v_init = dense<0.0> : tensor<2xf32>} : tensor<2xf32>
    lle.output %s : tensor<2xf32>
  })";

class CostModelTest : public testing::Test {
protected:
  CostModelTest() {
    context.loadDialect<LLEDialect, spk::SpkDialect>();
    module = parseSourceString<ModuleOp>(kNetwork, &context);
    network = *module->getOps<NetworkOp>().begin();
    device.name = "device";
  }

  static std::optional<CostFigure> &at(UnitFigures &figures, WorkUnit unit) { return figures[unsigned(unit)]; }

  /// 3 cycles a multiply-accumulate, 5 to 20 cycles a neuron.
  void makeProcessor() {
    at(device.cycles, WorkUnit::Mac) = figure(3, 3, 3);
    at(device.cycles, WorkUnit::NeuronUpdate) = figure(10, 5, 20);
    at(device.cycles, WorkUnit::Step) = figure(6, 6, 6);
    device.clockHz = 1e6;
    device.memoryFactor = figure(1.5, 1, 2);
    device.energyPerCycle = figure(100, 100, 100);
  }

  NetworkCost getCost() { return llvm::cantFail(createAnalyticCostModel(device)->getCost(network)); }

  MLIRContext context;
  OwningOpRef<ModuleOp> module;
  NetworkOp network;
  DeviceCosts device;
};
} // namespace

TEST_F(CostModelTest, ChargesAProcessorInCycles) {
  makeProcessor();
  NetworkCost cost = getCost();
  ASSERT_EQ(cost.operations.size(), 2u);
  EXPECT_EQ(cost.operations[0].cycles->value, 24);
  EXPECT_EQ(cost.operations[1].cycles->value, 20);
  EXPECT_EQ(cost.operations[1].cycles->low, 10);
  EXPECT_EQ(cost.operations[1].cycles->high, 40);
  EXPECT_EQ(cost.steps, 100);
  // 24 + 20 + 6 cycles of a microsecond, with the factor of memory, in 100 steps.
  EXPECT_DOUBLE_EQ(cost.ms->value, 50 * 1.5 * 100 / 1e3);
  EXPECT_DOUBLE_EQ(cost.ms->low, 40 * 1.0 * 100 / 1e3);
  EXPECT_DOUBLE_EQ(cost.ms->high, 70 * 2.0 * 100 / 1e3);
  EXPECT_DOUBLE_EQ(cost.mJ->value, 50 * 1.5 * 100 * 100e-9);
  EXPECT_EQ(cost.mJ->getProvenance(), "derived");
  EXPECT_EQ(cost.flashBytes.value, 32);
  EXPECT_EQ(cost.ramBytes.value, 8 + 8);
}

TEST_F(CostModelTest, BytesThatTheNearestCacheDoesNotHoldTakeCycles) {
  makeProcessor();
  // Of the synapse an input of 4 bytes, weights of 32, of which a quarter is touched in a step, and a result of 8; of
  // the neurons this, a state of 8 and a result of 8. Together 60.
  device.farByte = figure(2, 1, 4);
  device.nearBytes = figure(60, 60, 60);
  EXPECT_EQ(getCost().operations[1].cycles->value, 20);
  EXPECT_EQ(getCost().operations[1].farBytes, 0);
  device.nearBytes = figure(30, 30, 30);
  NetworkCost cost = getCost();
  EXPECT_EQ(cost.operations[0].farBytes, 4 + 8 + 8);
  EXPECT_EQ(cost.operations[0].cycles->value, 2 * 20);
  EXPECT_EQ(cost.operations[1].farBytes, 8 + 8 + 8);
  EXPECT_EQ(cost.operations[1].cycles->value, 2 * 24);
  EXPECT_EQ(cost.operations[1].cycles->low, 24);
  EXPECT_EQ(cost.operations[1].cycles->high, 4 * 24);
  // The dense kernel touches all weights.
  auto synapse = *network.getBody().front().getOps<SynapseOpInterface>().begin();
  synapse->setAttr(kSynapseAttr, StringAttr::get(&context, "dense"));
  EXPECT_EQ(getCost().operations[0].farBytes, 4 + 32 + 8);
  synapse->removeAttr(kSynapseAttr);
  // Half of the lines are lost.
  device.nearBytes = figure(40, 40, 40);
  EXPECT_EQ(getCost().operations[1].cycles->value, (20 + 2 * 24) / 2.0);
  // It takes no longer than it does without where there is more to do.
  device.farByte = figure(0.5, 0.5, 0.5);
  EXPECT_EQ(getCost().operations[0].cycles->value, 24);
}

TEST_F(CostModelTest, AnAssumedFigureMakesWhatRestsOnItAssumed) {
  makeProcessor();
  device.energyPerCycle = figure(100, 100, 100, "assumed");
  NetworkCost cost = getCost();
  EXPECT_EQ(cost.ms->getProvenance(), "derived");
  EXPECT_EQ(cost.mJ->getProvenance(), "assumed");
}

TEST_F(CostModelTest, KernelsOfSynapsesAreTheMeasuredOnes) {
  makeProcessor();
  device.synapses = SynapseCosts();
  device.lanes = {16, 16};
  auto synapse = *network.getBody().front().getOps<SynapseOpInterface>().begin();
  SynapseWork work = getSynapseWork(synapse, 16);
  double dense = device.synapses->getDenseCycles(work), event = device.synapses->getEventCycles(work, 0.25);
  EXPECT_EQ(getCost().operations[0].cycles->value, std::min(dense, event));
  for (auto [kernel, cycles] : {std::pair("dense", dense), {"event", event}}) {
    synapse->setAttr(kSynapseAttr, StringAttr::get(&context, kernel));
    EXPECT_EQ(getCost().operations[0].cycles->value, cycles);
  }
}

TEST_F(CostModelTest, WithoutAFigureThereIsNoTotal) {
  makeProcessor();
  at(device.cycles, WorkUnit::NeuronUpdate).reset();
  NetworkCost cost = getCost();
  EXPECT_TRUE(cost.operations[0].cycles.has_value());
  EXPECT_FALSE(cost.operations[1].cycles.has_value());
  EXPECT_FALSE(cost.ms.has_value());
  EXPECT_FALSE(cost.mJ.has_value());
  ASSERT_FALSE(cost.notes.empty());
  EXPECT_EQ(cost.notes[0], "'device' has no figure of a 'neuron_update', which 'sum' needs");
}

TEST_F(CostModelTest, ThereIsNoTimeWithoutAClock) {
  makeProcessor();
  device.clockHz = 0;
  NetworkCost cost = getCost();
  EXPECT_FALSE(cost.ms.has_value());
  EXPECT_TRUE(cost.mJ.has_value());
}

TEST_F(CostModelTest, ChargesAChipByEventsAndCores) {
  device.isNeuromorphic = true;
  at(device.pj, WorkUnit::SynapticOperation) = figure(10, 10, 10);
  at(device.pj, WorkUnit::NeuronUpdate) = figure(80, 50, 80);
  at(device.ns, WorkUnit::SynapticOperation) = figure(4, 4, 4);
  at(device.ns, WorkUnit::NeuronUpdate) = figure(20, 20, 20);
  at(device.ns, WorkUnit::Step) = figure(100, 100, 100);
  device.coreNeurons = 2;
  // Of 8 weights 2 are zero, which a chip does not store, and a quarter of the inputs is active.
  NetworkCost cost = getCost();
  EXPECT_DOUBLE_EQ(cost.mJ->value, (1.5 * 10 + 2 * 80) * 100 * 1e-9);
  EXPECT_DOUBLE_EQ(cost.mJ->low, (1.5 * 10 + 2 * 50) * 100 * 1e-9);
  // One after the other; at least, the neurons alone.
  EXPECT_DOUBLE_EQ(cost.ms->value, (1.5 * 4 + 2 * 20 + 100) * 100 * 1e-6);
  EXPECT_DOUBLE_EQ(cost.ms->low, (2 * 20 + 100) * 100 * 1e-6);
  device.coreNeurons = 1; // two cores share the work
  EXPECT_DOUBLE_EQ(getCost().ms->value, (1.5 * 4 / 2 + 20 + 100) * 100 * 1e-6);
}

TEST_F(CostModelTest, TellsWhichModelsThereAre) {
  registerCostModel("test", [](StringRef name, MLIRContext &) -> llvm::Expected<std::unique_ptr<CostModel>> {
    DeviceCosts costs;
    costs.name = name.str();
    return createAnalyticCostModel(costs);
  });
  auto model = createRegisteredCostModel("oracle", "device", context);
  ASSERT_FALSE(bool(model));
  EXPECT_EQ(llvm::toString(model.takeError()), "there is no cost model 'oracle'; there are: test");
  EXPECT_TRUE(bool(createRegisteredCostModel("test", "device", context)));
}
