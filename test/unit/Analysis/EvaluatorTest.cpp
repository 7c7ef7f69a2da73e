//===- EvaluatorTest.cpp - when candidates are given up -------------------===//
#include "passes/Analysis/Evaluator.h"
#include "dialects/LLE/LLEOps.h"

#include "mlir/Parser/Parser.h"

#include <gtest/gtest.h>

#include <atomic>

using namespace mlir;
using namespace lle;

namespace {
std::atomic<int> compiled, run;

/// Gives its input, with both elements changed over in the fraction `wrong` of the samples.
class FakeInstance final : public Instance {
public:
  explicit FakeInstance(double wrong) : wrong(wrong) {}
  void reset() override { ++::run; }
  void step(ArrayRef<Values> inputs, std::vector<Values> &outputs) override {
    Values values = inputs[0];
    if (values[2] < wrong)
      std::swap(values[0], values[1]);
    outputs = {values};
  }
  llvm::Expected<Values> readState(StringRef, StringRef) override { return llvm::createStringError("no state"); }
  llvm::Error writeState(StringRef, StringRef, ArrayRef<double>) override {
    return llvm::createStringError("no state");
  }

private:
  double wrong;
};

class FakeEngine final : public Engine {
public:
  explicit FakeEngine(double wrong) : wrong(wrong) {}
  std::unique_ptr<Instance> instantiate() override { return std::make_unique<FakeInstance>(wrong); }

private:
  double wrong;
};

llvm::Expected<std::unique_ptr<Engine>> createFake(NetworkOp network) {
  ++compiled;
  return std::make_unique<FakeEngine>(network->getAttrOfType<FloatAttr>("test.wrong").getValueAsDouble());
}

/// Sample k is two random numbers, and k / samples.
class Numbers final : public Dataset {
public:
  static constexpr int64_t kSamples = 4096, kSteps = 3;
  std::string getName() const override { return "numbers"; }
  int64_t getSamples() const override { return kSamples; }
  int64_t getSteps(int64_t) const override { return kSteps; }
  llvm::Error getStep(int64_t sample, int64_t, std::vector<Values> &inputs) const override {
    double class1 = double(sample * 7919 % 5 < 2);
    inputs = {{1 - class1, class1, double(sample) / kSamples}};
    return llvm::Error::success();
  }
};

class EvaluatorTest : public testing::Test {
protected:
  EvaluatorTest() : context(MLIRContext::Threading::ENABLED) {
    context.loadDialect<LLEDialect>();
    registerEngine("fake", createFake);
    compiled = run = 0;
  }

  NetworkOp parse(double wrong, StringRef attributes = "") {
    std::string text = ("lle.network @net(%x: tensor<3xf32>) -> (tensor<3xf32> {lle.emit = \"last\"}) attributes {dt = "
                        "1.0 : f64, test.wrong = " +
                        Twine(std::to_string(wrong)) + " : f64" + attributes + "} { lle.output %x : tensor<3xf32> }")
                           .str();
    modules.push_back(parseSourceString<ModuleOp>(text, &context));
    return *modules.back()->getOps<NetworkOp>().begin();
  }

  std::unique_ptr<Evaluator> create(uint64_t seed = 0, double heldOut = 0) {
    EvaluatorOptions options;
    options.heldOut = heldOut;
    options.engine = "fake";
    options.seed = seed;
    auto evaluator = Evaluator::create(parse(0), std::make_unique<Numbers>(), options);
    EXPECT_TRUE(bool(evaluator)) << llvm::toString(evaluator.takeError());
    compiled = run = 0;
    return std::move(*evaluator);
  }

  MLIRContext context;
  std::vector<OwningOpRef<ModuleOp>> modules;
};
} // namespace

TEST_F(EvaluatorTest, RunsAllSamplesOfAGoodCandidate) {
  auto evaluator = create();
  Evaluation evaluation = llvm::cantFail(evaluator->evaluate(parse(0.25), 0.7));
  EXPECT_EQ(evaluation.metric, 0.75);
  EXPECT_EQ(evaluation.samples, Numbers::kSamples);
  EXPECT_TRUE(evaluation.isGoodEnough);
  EXPECT_EQ(run, Numbers::kSamples);
}

// Serfling's margin at 64 of 4,096 samples is 0.26 where 6 looks share an error of 0.001: 0 + 0.26 < 0.9.
TEST_F(EvaluatorTest, GivesUpAHopelessCandidateAtTheFirstLook) {
  auto evaluator = create();
  Evaluation evaluation = llvm::cantFail(evaluator->evaluate(parse(1), 0.9));
  EXPECT_EQ(evaluation.samples, 64);
  EXPECT_FALSE(evaluation.isGoodEnough);
}

// 0.5 is 0.1 below; the margin is that small at 512 samples.
TEST_F(EvaluatorTest, LooksLongerWhereItIsCloser) {
  auto evaluator = create();
  Evaluation evaluation = llvm::cantFail(evaluator->evaluate(parse(0.5), 0.6));
  EXPECT_GT(evaluation.samples, 64);
  EXPECT_LT(evaluation.samples, Numbers::kSamples);
  EXPECT_FALSE(evaluation.isGoodEnough);
}

TEST_F(EvaluatorTest, KeepsWhatItMeasured) {
  auto evaluator = create();
  llvm::cantFail(evaluator->evaluate(parse(1), 0.9));
  EXPECT_EQ(run, 64);
  Evaluation whole = llvm::cantFail(evaluator->evaluate(parse(1)));
  EXPECT_EQ(whole.samples, Numbers::kSamples);
  EXPECT_EQ(whole.metric, 0);
  EXPECT_EQ(run, Numbers::kSamples); // Not the 64 again.
  llvm::cantFail(evaluator->evaluate(parse(1), 0.1));
  EXPECT_EQ(run, Numbers::kSamples);
  EXPECT_EQ(compiled, 1);
}

TEST_F(EvaluatorTest, DoesNotCompileAgainForOtherSteps) {
  auto evaluator = create();
  llvm::cantFail(evaluator->evaluate(parse(0.5)));
  llvm::cantFail(evaluator->evaluate(parse(0.5, ", steps = 2 : i64")));
  EXPECT_EQ(compiled, 1);
  EXPECT_EQ(run, 2 * Numbers::kSamples);
}

TEST_F(EvaluatorTest, DoesNotDependOnThreads) {
  Evaluation many = llvm::cantFail(create(7)->evaluate(parse(0.5), 0.55));
  context.disableMultithreading();
  Evaluation one = llvm::cantFail(create(7)->evaluate(parse(0.5), 0.55));
  EXPECT_EQ(many.metric, one.metric);
  EXPECT_EQ(many.samples, one.samples);
  Evaluation other = llvm::cantFail(create(8)->evaluate(parse(0.5), 0.55));
  EXPECT_NE(other.metric, one.metric); // Other samples came first.
}

TEST_F(EvaluatorTest, ScoresEveryLength) {
  std::vector<double> metrics = llvm::cantFail(create()->evaluateEachLength(parse(0.25)));
  EXPECT_EQ(metrics, std::vector<double>({0.75, 0.75, 0.75}));
}

// A quarter of the samples is wrong, and both parts have some of them; nobody but runSamples sees the held-out ones.
TEST_F(EvaluatorTest, HoldsSamplesOut) {
  auto evaluator = create(0, 0.25);
  EXPECT_EQ(evaluator->getSamples(), Numbers::kSamples * 3 / 4);
  EXPECT_EQ(evaluator->getHeldOutSamples(), Numbers::kSamples / 4);
  NetworkOp candidate = parse(0.25, ", steps = 2 : i64");
  SampleRun chosen = llvm::cantFail(evaluator->runSamples(candidate));
  SampleRun unseen = llvm::cantFail(evaluator->runSamples(candidate, Part::HeldOut));
  EXPECT_EQ(run, Numbers::kSamples);
  EXPECT_EQ(chosen.steps, 2.0 * double(evaluator->getSamples()));
  Score first, second;
  for (const Score &score : chosen.scores)
    first += score;
  for (const Score &score : unseen.scores)
    second += score;
  EXPECT_EQ(first.items, double(evaluator->getSamples()));
  EXPECT_EQ(first.right + second.right, 0.75 * Numbers::kSamples);
  EXPECT_GT(second.right, 0.5 * second.items);
  EXPECT_LT(second.right, second.items);
  EXPECT_EQ(llvm::cantFail(evaluator->evaluate(candidate)).metric, first.right / first.items);
}

TEST_F(EvaluatorTest, MeasuresTheActivityOfItsSamples) {
  EvaluatorOptions options;
  options.engine = "fake";
  options.samples = 1024;
  auto evaluator = llvm::cantFail(Evaluator::create(parse(0), std::make_unique<Numbers>(), options));
  NetworkOp candidate = parse(0, ", steps = 2 : i64");
  Activity activity = llvm::cantFail(evaluator->measureActivity(candidate, ActivityScope::Nodes));
  EXPECT_EQ(activity.samples, 1024);
  EXPECT_EQ(activity.steps, 2 * 1024);
  const SignalRange *input = activity.find(candidate.getBody().getArgument(0));
  ASSERT_NE(input, nullptr);
  EXPECT_EQ(input->min, 0);
  EXPECT_EQ(input->max, 1); // The class; the number of the last sample that is run is 1023 / 4096.
  EXPECT_EQ(input->sum, 2 * (1024 + 1023 * 1024 / 2 / 4096.0));
}
