//===- ActivityTest.cpp - what a network's signals and states were --------===//
#include "passes/Analysis/Activity.h"
#include "dialects/Spk/SpkOps.h"
#include "passes/Analysis/Metric.h"
#include "reference/Interpreter.h"
#include "reference/ReferenceOpInterface.h"

#include "mlir/Parser/Parser.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace mlir;
using namespace lle;

namespace {
/// One input of two elements: sample k is k + 1 and -(k + 1) / 4 in every step, but nothing in step 0.
class Ramps final : public Dataset {
public:
  explicit Ramps(int64_t steps = 3, double first = 0) : steps(steps), first(first) {}
  std::string getName() const override { return "ramps"; }
  int64_t getSamples() const override { return 5; }
  int64_t getSteps(int64_t) const override { return steps; }
  llvm::Error getStep(int64_t sample, int64_t step, std::vector<Values> &inputs) const override {
    if (sample == failing)
      return llvm::createStringError("sample 3 cannot be read");
    double value = double(sample + 1);
    inputs = {step == 0 ? Values{first, 0} : Values{value, -value / 4}};
    return llvm::Error::success();
  }
  int64_t failing = -1;

private:
  int64_t steps;
  double first;
};

/// The integrator adds up its input; a sum of 8 is a spike.
constexpr const char *kNetwork = R"(
  lle.network @net(%x: tensor<2xf32>) -> tensor<2xi1> attributes {dt = 1.0 : f64 STEPS} {
    %w = lle.weight dense<[[2.0, 0.0], [0.0, 4.0]]> : tensor<2x2xf32>
    %y = lle.linear %x, %w : (tensor<2xf32>, tensor<2x2xf32>) -> tensor<2xf32>
    %s = spk.integrator "sum" %y dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
      {v_init = dense<0.0> : tensor<2xf32>} : tensor<2xf32>
    %z = spk.threshold %s ge dense<8.0> : tensor<2xf32> : tensor<2xf32> -> tensor<2xi1>
    lle.output %z : tensor<2xi1>
  })";

class ActivityTest : public testing::Test {
protected:
  ActivityTest() : context(MLIRContext::Threading::ENABLED) {
    DialectRegistry registry;
    registerReferenceModels(registry);
    context.appendDialectRegistry(registry);
    context.loadDialect<LLEDialect, spk::SpkDialect>();
    registerReferenceEngines();
  }

  NetworkOp parse(StringRef steps = "") {
    std::string text = kNetwork;
    text.replace(text.find("STEPS"), 5, steps.str());
    module = parseSourceString<ModuleOp>(text, &context);
    EXPECT_TRUE(bool(module));
    return *module->getOps<NetworkOp>().begin();
  }
  Operation *find(StringRef name) {
    Operation *found = nullptr;
    module->walk([&](Operation *op) { found = op->getName().getStringRef() == name ? op : found; });
    return found;
  }

  ActivityRequest getRequest(ActivityScope scope) { return {"reference", 0, scope}; }

  MLIRContext context;
  OwningOpRef<ModuleOp> module;
};
} // namespace

TEST_F(ActivityTest, LooksAtSpikesOnly) {
  Activity activity = llvm::cantFail(measureActivity(parse(), Ramps(), getRequest(ActivityScope::Spikes)));
  EXPECT_EQ(activity.samples, 5);
  EXPECT_EQ(activity.steps, 15);
  ASSERT_EQ(activity.signals.size(), 2u); // What the synapse reads, and spikes.
  EXPECT_TRUE(activity.states.empty());
  EXPECT_EQ(activity.find(find("lle.linear")->getResult(0)), nullptr);
  // Two of three steps are not zero.
  const SignalRange *input = activity.find(find("lle.linear")->getOperand(0));
  ASSERT_NE(input, nullptr);
  EXPECT_EQ(input->elements, 30);
  EXPECT_EQ(input->getActivity(), 20.0 / 30);
  // The first sum is 2 (k + 1), then twice that: k = 3 and 4 fire twice, k = 1 and 2 once. The other one falls.
  const SignalRange *spikes = activity.find(find("spk.threshold")->getResult(0));
  ASSERT_NE(spikes, nullptr);
  EXPECT_EQ(spikes->getMeanMagnitude(), 6.0 / 30);
}

// A sum first reaches 8 in steps 4, 2, 2, 1 and 1, of which samples see no more. With states they come one by one.
TEST_F(ActivityTest, EndsWithDecidedSamples) {
  for (ActivityScope scope : {ActivityScope::Spikes, ActivityScope::States}) {
    NetworkOp network = parse();
    network.setResultAttr(0, kExitMarginAttr, Builder(&context).getF64FloatAttr(1));
    Activity activity = llvm::cantFail(measureActivity(network, Ramps(5), getRequest(scope)));
    EXPECT_TRUE(activity.endsEarly);
    EXPECT_EQ(activity.steps, 5 + 3 + 3 + 2 + 2);
    EXPECT_EQ(activity.find(find("lle.linear")->getOperand(0))->elements, 2 * 15);
    EXPECT_EQ(activity.find(find("spk.threshold")->getResult(0))->sum, 5);
    if (scope == ActivityScope::States)
      EXPECT_EQ(activity.findState(find("spk.integrator"), "v")->elements, 2 * 15);
  }
}

TEST_F(ActivityTest, GivesRangesOfNodesAndStates) {
  NetworkOp network = parse();
  Activity activity = llvm::cantFail(measureActivity(network, Ramps(), getRequest(ActivityScope::States)));
  const SignalRange *input = activity.find(network.getBody().getArgument(0));
  ASSERT_NE(input, nullptr);
  EXPECT_EQ(input->min, -1.25);
  EXPECT_EQ(input->max, 5);
  const SignalRange *current = activity.find(find("lle.linear")->getResult(0));
  ASSERT_NE(current, nullptr);
  EXPECT_EQ(current->min, -5);
  EXPECT_EQ(current->max, 10);
  EXPECT_EQ(current->getMeanMagnitude(), (2 + 1) * 15 * 2 / 30.0);
  const SignalRange *potential = activity.findState(find("spk.integrator"), "v");
  ASSERT_NE(potential, nullptr);
  EXPECT_EQ(potential->elements, 30);
  EXPECT_EQ(potential->min, -10);
  EXPECT_EQ(potential->max, 20);
  EXPECT_EQ(activity.findState(find("spk.integrator"), "w"), nullptr);
}

TEST_F(ActivityTest, EndsASampleAfterTheStepsOfTheNetwork) {
  Activity activity =
      llvm::cantFail(measureActivity(parse(", steps = 2 : i64"), Ramps(), getRequest(ActivityScope::States)));
  EXPECT_EQ(activity.steps, 10);
  EXPECT_EQ(activity.findState(find("spk.integrator"), "v")->max, 10);
}

TEST_F(ActivityTest, TellsWhatIsNoNumber) {
  NetworkOp network = parse();
  Activity activity =
      llvm::cantFail(measureActivity(network, Ramps(3, std::nan("")), getRequest(ActivityScope::Nodes)));
  const SignalRange *input = activity.find(network.getBody().getArgument(0));
  EXPECT_EQ(input->undefined, 5);
  EXPECT_EQ(input->max, 5);
  EXPECT_EQ(activity.states.size(), 0u);
}

TEST_F(ActivityTest, DoesNotDependOnThreads) {
  NetworkOp network = parse();
  auto measure = [&] {
    Activity activity = llvm::cantFail(measureActivity(network, Ramps(7, 0.1), getRequest(ActivityScope::Nodes)));
    return activity.find(find("spk.integrator")->getResult(0))->sum;
  };
  double many = measure();
  context.disableMultithreading();
  EXPECT_EQ(many, measure());
}

TEST_F(ActivityTest, ReportsWhatCannotBeRead) {
  Ramps data;
  data.failing = 3;
  auto activity = measureActivity(parse(), data, getRequest(ActivityScope::Spikes));
  ASSERT_FALSE(bool(activity));
  EXPECT_EQ(llvm::toString(activity.takeError()), "sample 3 cannot be read");
}
