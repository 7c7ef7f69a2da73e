//===- JITTest.cpp - code that is made once for many networks -------------===//
#include "lowering/JIT/JIT.h"
#include "lowering/JIT/CodePool.h"
#include "lowering/Pipelines.h"

#include "mlir/Parser/Parser.h"
#include "llvm/ADT/StringExtras.h"

#include <gtest/gtest.h>
#include <random>

using namespace mlir;
using namespace lle;

namespace {
class JIT : public testing::Test {
protected:
  JIT() : registry(getRegistry()), context(registry) { context.loadAllAvailableDialects(); }

  NetworkOp parse(const std::string &text) {
    modules.push_back(parseSourceString<ModuleOp>(text, &context));
    return *modules.back()->getOps<NetworkOp>().begin();
  }

  /// What a network makes of 20 steps of random spikes, by code that may be shared and by code of its own.
  void expectSameNumbers(NetworkOp network, size_t inputs) {
    auto quick = createQuickNativeEngine(network), own = createNativeEngine(network, /*optimize=*/3);
    ASSERT_TRUE(bool(quick) && bool(own));
    std::mt19937 random(3);
    std::unique_ptr<Instance> a = (*quick)->instantiate(), b = (*own)->instantiate();
    std::vector<Values> got, expected;
    for (int step = 0; step < 20; ++step) {
      Values frame(inputs);
      for (double &value : frame)
        value = random() % 4 != 0;
      a->step({frame}, got);
      b->step({frame}, expected);
      EXPECT_EQ(got, expected);
    }
  }

  int64_t countCompilations() { return CodePool::get(context).getMisses(); }

private:
  static DialectRegistry getRegistry() {
    DialectRegistry registry;
    registerLoweringDialects(registry);
    return registry;
  }
  DialectRegistry registry;
  MLIRContext context;
  std::vector<OwningOpRef<ModuleOp>> modules;
};
} // namespace

/// Random numbers of a tensor, as text: real ones, or integers up to `largest`.
static std::string makeNumbers(unsigned seed, int64_t rows, int64_t columns, int largest = 0) {
  std::mt19937 random(seed);
  std::string text;
  llvm::raw_string_ostream os(text);
  for (int64_t row = 0; row < rows; ++row) {
    os << (row ? ", [" : "dense<[[");
    for (int64_t column = 0; column < columns; ++column) {
      os << (column ? ", " : "");
      if (largest)
        os << int(random() % unsigned(largest)) + 1;
      else
        os << llvm::format("%.6f", double(random() % 2001) / 1000 - 1);
    }
    os << "]";
  }
  os << "]> : tensor<" << rows << "x" << columns << (largest ? "xsi8>" : "xf32>");
  return text;
}

static std::string makeSpiking(unsigned seed, StringRef threshold = "dense<[0.5, 1.0, 1.5]> : tensor<3xf32>") {
  return ("lle.network @net(%x: tensor<5xi1>) -> (tensor<3xi1>, tensor<3xf32>) attributes {dt = 1.0 : f64} {\n"
          "  %w = lle.weight " +
          makeNumbers(seed, 3, 5) +
          "\n  %i = lle.linear %x, %w : (tensor<5xi1>, tensor<3x5xf32>) -> tensor<3xf32>\n"
          "  %s = spk.lif \"lif\" %i dynamics<integrator = discrete, order = decay_first, gain = unit, scale = "
          "membrane>\n"
          "    firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = "
          "1>\n"
          "    {decay = dense<0.5> : tensor<3xf32>, v_init = dense<0.0> : tensor<3xf32>, v_reset = dense<0.0> : "
          "tensor<3xf32>, "
          "v_threshold = " +
          threshold +
          "} : tensor<3xf32> -> tensor<3xi1>\n"
          "  lle.output %s, %i : tensor<3xi1>, tensor<3xf32>\n}")
      .str();
}

/// 600 inputs of 8-bit weights: their sums may fit 16 bits or not.
static std::string makeIntegers(unsigned seed, int largest) {
  return "lle.network @net(%x: tensor<600xi1>) -> tensor<8xsi32> attributes {dt = 1.0 : f64} {\n  %w = lle.weight " +
         makeNumbers(seed, 8, 600, largest) +
         "\n  %i = lle.linear %x, %w : (tensor<600xi1>, tensor<8x600xsi8>) -> tensor<8xsi32>\n"
         "  lle.output %i : tensor<8xsi32>\n}";
}

TEST_F(JIT, OtherWeightsAndThresholdsNeedNoOtherCode) {
  NetworkOp first = parse(makeSpiking(1)), second = parse(makeSpiking(2)),
            third = parse(makeSpiking(2, "dense<[0.25, 2.0, 0.75]> : tensor<3xf32>"));
  for (NetworkOp network : {first, second, third, first})
    expectSameNumbers(network, 5);
  EXPECT_EQ(countCompilations(), 1);
}

TEST_F(JIT, CodeInUseIsNotTaken) {
  NetworkOp first = parse(makeSpiking(1)), second = parse(makeSpiking(2));
  {
    auto inUse = createQuickNativeEngine(first);
    ASSERT_TRUE(bool(inUse));
    expectSameNumbers(second, 5);
    EXPECT_EQ(countCompilations(), 2);
    auto own = createNativeEngine(first);
    ASSERT_TRUE(bool(own));
    std::vector<Values> got, expected;
    (*inUse)->instantiate()->step({{1, 0, 1, 1, 0}}, got);
    (*own)->instantiate()->step({{1, 0, 1, 1, 0}}, expected);
    EXPECT_EQ(got, expected);
  }
  expectSameNumbers(second, 5);
  EXPECT_EQ(countCompilations(), 2);
}

TEST_F(JIT, CodeThatWasChosenByValuesIsNotShared) {
  expectSameNumbers(parse(makeIntegers(1, 40)), 600);
  expectSameNumbers(parse(makeIntegers(2, 2)), 600);
  EXPECT_EQ(countCompilations(), 1);
  expectSameNumbers(parse(makeIntegers(3, 127)), 600);
  EXPECT_EQ(countCompilations(), 2);
}
