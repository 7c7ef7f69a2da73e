//===- SpikingChainTest.cpp - what is trained is what runs ------------------===//
#include "passes/Pruning/SpikingChain.h"
#include "dialects/Spk/SpkOps.h"
#include "passes/Analysis/Engine.h"
#include "reference/Interpreter.h"
#include "reference/ReferenceOpInterface.h"

#include "mlir/Parser/Parser.h"

#include <gtest/gtest.h>

#include <random>

using namespace mlir;
using namespace lle;

namespace {
class SpikingChainTest : public testing::Test {
protected:
  SpikingChainTest() {
    DialectRegistry registry;
    registry.insert<LLEDialect, spk::SpkDialect>();
    registerReferenceModels(registry);
    context.appendDialectRegistry(registry);
    context.loadAllAvailableDialects();
  }

  /// The spike counts of the interpreter and of the chain, after the same random inputs.
  void compare(StringRef text, int64_t inputs, int most) {
    module = parseSourceString<ModuleOp>(text, &context);
    ASSERT_TRUE(module);
    NetworkOp network = *module->getOps<NetworkOp>().begin();
    std::unique_ptr<Engine> engine = createReferenceEngine(network, Precision::f64);
    ASSERT_TRUE(engine);
    SpikingChain chain(network, /*trainsBiases=*/true);
    chain.round();
    for (int trial = 0; trial < 20; ++trial) {
      std::unique_ptr<Instance> instance = engine->instantiate();
      SpikeSequence sequence;
      sequence.steps = 64;
      std::vector<Values> outputs;
      Values counts;
      for (uint32_t step = 0; step < 64; ++step) {
        Values given(inputs, 0);
        for (uint32_t input = 0; input < inputs; ++input)
          if (int value = int(random() % 3) == 0 ? int(random() % unsigned(most)) + 1 : 0) {
            given[input] = value;
            sequence.events.push_back({step, input, float(value)});
          }
        instance->step(given, outputs);
        counts.resize(outputs.front().size(), 0);
        for (auto [count, spike] : llvm::zip_equal(counts, outputs.front()))
          count += spike;
      }
      Eigen::VectorXf got = chain.run(sequence);
      for (auto [n, count] : llvm::enumerate(counts))
        EXPECT_EQ(got[int64_t(n)], float(count)) << "neuron " << n << " of trial " << trial;
    }
  }

  MLIRContext context;
  OwningOpRef<ModuleOp> module;
  std::mt19937 random{1};
};
} // namespace

// The second neuron gets to its threshold and not above it, which a quotient of floats would not see; a bias shifted to
// the right is rounded down.
TEST_F(SpikingChainTest, CountsAsTheIntegers) {
  compare(R"(
  lle.network @net(%x: tensor<3xi1>) -> tensor<2xi1> attributes {dt = 1.0 : f64} {
    %w1 = lle.weight dense<[[2, 24, 7], [12, 14, 1], [-9, 30, 5], [1, 50, -3]]> : tensor<4x3xsi8>
    %c1 = lle.linear %x, %w1 : (tensor<3xi1>, tensor<4x3xsi8>) -> tensor<4xsi32>
    %z1 = spk.fixed_cuba_lif "hidden" %c1 loihi {du = dense<[4095, 4095, 2047, 400]> : tensor<4xi32>,
      dv = dense<[0, 0, 128, 1000]> : tensor<4xi32>, v_threshold = dense<[26, 26, 30, 51]> : tensor<4xi32>,
      bias_mant = dense<[0, 0, -5, 3]> : tensor<4xi32>, bias_exp = dense<[0, 0, -1, 4]> : tensor<4xi32>}
      : tensor<4xsi32> -> tensor<4xi1>
    %w2 = lle.weight dense<[[10, -20, 33, 7], [5, 5, -5, 5]]> : tensor<2x4xsi8>
    %c2 = lle.linear %z1, %w2 : (tensor<4xi1>, tensor<2x4xsi8>) -> tensor<2xsi32>
    %z2 = spk.fixed_cuba_lif "out" %c2 loihi {du = dense<1023> : tensor<2xi32>, dv = dense<64> : tensor<2xi32>,
      v_threshold = dense<[17, 10]> : tensor<2xi32>} : tensor<2xsi32> -> tensor<2xi1>
    lle.output %z2 : tensor<2xi1>
  })",
          3, 1);
}

// Currents wrap at 24 bits, and potentials stop there.
TEST_F(SpikingChainTest, WrapsAndClips) {
  compare(R"(
  lle.network @net(%x: tensor<2xsi8>) -> tensor<2xi1> attributes {dt = 1.0 : f64} {
    %w = lle.weight dense<[[127, -128], [-128, -100]]> : tensor<2x2xsi8>
    %c = lle.linear %x, %w : (tensor<2xsi8>, tensor<2x2xsi8>) -> tensor<2xsi32>
    %z = spk.fixed_cuba_lif "out" %c loihi {du = dense<-1> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>,
      v_threshold = dense<100> : tensor<2xi32>, weight_exp = 3 : i64} : tensor<2xsi32> -> tensor<2xi1>
    lle.output %z : tensor<2xi1>
  })",
          2, 120);
}
