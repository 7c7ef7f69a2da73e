//===- CellMomentsTest.cpp - derivatives of cells beside differences ------===//
#include "passes/Precision/CellMoments.h"
#include "dialects/LTC/LTCOps.h"
#include "passes/Simplify/Weights.h"
#include "reference/Interpreter.h"
#include "reference/ReferenceOpInterface.h"

#include "mlir/Parser/Parser.h"
#include "llvm/Support/FormatVariadic.h"

#include <gtest/gtest.h>

using namespace mlir;
using namespace lle;

/// One neuron, so that what comes back to it comes through its own state alone.
static constexpr const char *kLTC = R"(
lle.network @net(%x: tensor<2xf64>) -> tensor<1xf64> attributes {{dt = 1.0 : f64} {{
  %y, %v = ltc.ltc_cell "c" %x {{solver = #ltc.solver<{0}>, positivity = #ltc.positivity<{1}>, unfolds = 3 : i64,
    epsilon = 1.0e-8 : f64, elapsed = 0.5 : f64, gleak = dense<0.3> : tensor<1xf64>, vleak = dense<0.4> : tensor<1xf64>,
    cm = dense<0.5> : tensor<1xf64>, sigma = dense<3.0> : tensor<1x1xf64>, mu = dense<0.2> : tensor<1x1xf64>,
    w = dense<0.7> : tensor<1x1xf64>, erev = dense<-0.9> : tensor<1x1xf64>,
    sensory_sigma = dense<[[2.0], [4.0]]> : tensor<2x1xf64>, sensory_mu = dense<[[0.3], [0.6]]> : tensor<2x1xf64>,
    sensory_w = dense<[[0.4], [0.8]]> : tensor<2x1xf64>, sensory_erev = dense<[[1.0], [-0.7]]> : tensor<2x1xf64>,
    input_w = dense<[1.5, -0.5]> : tensor<2xf64>, input_b = dense<[0.1, 0.2]> : tensor<2xf64>}
    : (tensor<2xf64>) -> (tensor<1xf64>, tensor<1xf64>)
  lle.output %v : tensor<1xf64>
})";

/// One step from a state of zero.
static constexpr const char *kCfC = R"(
lle.network @net(%x: tensor<2xf64>) -> tensor<2xf64> attributes {{dt = 1.0 : f64} {{
  %h = ltc.cfc_cell "c" %x {{mode = #ltc.mode<{0}>, elapsed = 0.7 : f64, {1}
    mask = dense<[[1, 0, 1], [-1, 1, -1]]> : tensor<2x3xi8>, mask_kind = #ltc.mask_kind<signed>,
    activation = #lle.activation<silu>,
    backbone_weights = [dense<[[0.3, 0.5, -0.2, 0.1], [0.7, -0.4, 0.2, 0.3], [-0.6, 0.1, 0.4, 0.2]]> : tensor<3x4xf64>],
    backbone_biases = [dense<[0.2, -0.1, 0.3]> : tensor<3xf64>],
    ff1_weight = dense<[[0.4, 0.0, -0.9], [0.8, 0.6, 0.1]]> : tensor<2x3xf64>, ff1_bias = dense<0.1> : tensor<2xf64>}
    : (tensor<2xf64>) -> tensor<2xf64>
  lle.output %h : tensor<2xf64>
})";
static constexpr const char *kGate = R"(gate_sign = #ltc.gate_sign<minus>, head_activation = #lle.activation<tanh>,
    ff2_weight = dense<[[0.3, 0.0, 0.5], [-0.2, 0.9, 0.4]]> : tensor<2x3xf64>, ff2_bias = dense<-0.2> : tensor<2xf64>,
    time_a_weight = dense<[[0.5, 0.1, 0.2], [0.3, -0.6, 0.8]]> : tensor<2x3xf64>,
    time_a_bias = dense<0.3> : tensor<2xf64>,
    time_b_weight = dense<[[-0.4, 0.7, 0.6], [0.2, 0.5, -0.3]]> : tensor<2x3xf64>,
    time_b_bias = dense<0.2> : tensor<2xf64>,)";

namespace {
class CellMomentsTest : public testing::Test {
protected:
  CellMomentsTest() {
    DialectRegistry registry;
    registry.insert<LLEDialect, ltc::LTCDialect>();
    registerReferenceModels(registry);
    context.appendDialectRegistry(registry);
  }

  /// The states in all steps of all samples, which are as long as each other.
  std::vector<Values> run(NetworkOp network, int64_t steps) {
    auto engine = createReferenceEngine(network, Precision::f64);
    auto instance = engine->instantiate();
    std::vector<Values> states, outputs;
    for (int64_t sample = 0; sample < kSamples; ++sample) {
      instance->reset();
      for (int64_t step = 0; step < steps; ++step) {
        instance->step({getInput(sample, step)}, outputs);
        states.push_back(outputs[0]);
      }
    }
    return states;
  }

  /// Compares the moments of matrices with those of differences of states.
  void check(const std::string &text, int64_t steps, ArrayRef<StringRef> matrices) {
    OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(text, &context);
    ASSERT_TRUE(module);
    NetworkOp network = *module->getOps<NetworkOp>().begin();
    Operation *cell = &network.getBody().front().front();
    std::unique_ptr<CellMoments> moments = CellMoments::create(cell, double(kSamples * steps));
    std::vector<Values> states = run(network, steps);
    for (int64_t sample = 0; sample < kSamples; ++sample) {
      Values inputs, own;
      for (int64_t step = 0; step < steps; ++step) {
        llvm::append_range(inputs, getInput(sample, step));
        llvm::append_range(own, states[sample * steps + step]);
      }
      moments->add(sample, steps, {ArrayRef(inputs), ArrayRef(own)});
    }
    for (StringRef name : matrices) {
      auto elements = cell->getAttrOfType<ElementsAttr>(name);
      ShapedType type = elements.getShapedType();
      std::vector<double> numbers = *readNumbers(elements);
      bool isLTC = isa<ltc::LTCCellOp>(cell);
      int64_t rows = type.getDimSize(isLTC ? 1 : 0), inputs = type.getDimSize(isLTC ? 0 : 1);
      std::vector<std::vector<double>> found = moments->get(name, -1);
      ASSERT_EQ(int64_t(found.size()), rows) << name.str();
      for (int64_t row = 0; row < rows; ++row) {
        std::vector<double> wanted(inputs * inputs);
        std::vector<std::vector<double>> slopes;
        for (int64_t i = 0; i < inputs; ++i) {
          constexpr double kStep = 1e-6;
          int64_t place = isLTC ? i * rows + row : row * inputs + i;
          std::vector<Values> moved[2];
          for (int side : {0, 1}) {
            std::vector<double> other = numbers;
            other[place] += side ? kStep : -kStep;
            cell->setAttr(name, makeElements(type, other));
            moved[side] = run(network, steps);
          }
          slopes.emplace_back();
          for (auto [below, above] : llvm::zip_equal(moved[0], moved[1]))
            slopes.back().push_back((above[row] - below[row]) / (2 * kStep));
        }
        cell->setAttr(name, elements);
        for (int64_t i = 0; i < inputs; ++i)
          for (int64_t j = 0; j < inputs; ++j) {
            double sum = 0;
            for (auto [a, b] : llvm::zip_equal(slopes[i], slopes[j]))
              sum += a * b;
            EXPECT_NEAR(found[row][i * inputs + j], sum, 1e-6 * std::max(1.0, std::abs(sum)))
                << name.str() << " row " << row << ": " << i << ", " << j;
          }
      }
    }
  }

  static constexpr int64_t kSamples = 3;
  static Values getInput(int64_t sample, int64_t step) {
    return {0.3 * double(sample) - 0.2 * double(step), 0.5 - 0.4 * double(sample) + 0.7 * double(step)};
  }

  MLIRContext context;
};
} // namespace

TEST_F(CellMomentsTest, FollowPotentialsThroughAllSteps) {
  for (const char *solver : {"fused", "euler"})
    for (const char *positivity : {"clip", "softplus"})
      check(llvm::formatv(kLTC, solver, positivity), 4,
            {"w", "erev", "sigma", "mu", "sensory_w", "sensory_erev", "sensory_sigma", "sensory_mu"});
}

TEST_F(CellMomentsTest, AreOfTheHeadsOfAClosedFormCell) {
  for (const char *mode : {"default", "no_gate"})
    check(llvm::formatv(kCfC, mode, kGate), 1, {"ff1_weight", "ff2_weight", "time_a_weight", "time_b_weight"});
  check(llvm::formatv(kCfC, "pure", "w_tau = dense<0.3> : tensor<2xf64>, a = dense<1.2> : tensor<2xf64>,"), 1,
        {"ff1_weight"});
}

TEST_F(CellMomentsTest, LeaveOutWhatIsNoNumber) {
  OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(llvm::formatv(kLTC, "fused", "clip").str(), &context);
  Operation *cell = &(*module->getOps<NetworkOp>().begin()).getBody().front().front();
  std::unique_ptr<CellMoments> moments = CellMoments::create(cell, 2);
  double nan = std::numeric_limits<double>::quiet_NaN();
  const Values broken{nan, 0.5}, whole{0.2, 0.5}, state{0.1};
  moments->add(0, 1, {ArrayRef(broken), ArrayRef(state)});
  moments->add(1, 1, {ArrayRef(whole), ArrayRef(state)});
  const std::vector<std::vector<double>> found = moments->get("sensory_w", -1);
  for (double number : found[0])
    EXPECT_TRUE(std::isfinite(number) && number != 0);
}
