//===- CellsTest.cpp - recurrent cells beside other formulas --------------===//
//
// The numbers of the tests "Transcription" come from this program, which writes the formulas of the papers with NumPy:
//
//   import numpy as np
//   def fill(s, *shape): return np.sin(s + 0.7 * np.arange(np.prod(shape))).reshape(shape)
//   def sigmoid(x): return 1 / (1 + np.exp(-x))
//   def softplus(x): return np.log1p(np.exp(x))
//   I, H = 2, 3
//   xs = [fill(t, I) for t in range(3)]
//   def run(step, *state):
//     for x in xs: state = step(x, *state)
//     return [repr(float(v)) for s in state for v in s]
//   def lstm(x, h, c):
//     i, f, g, o = np.split(fill(1, 4 * H, I) @ x + fill(2, 4 * H, H) @ h + fill(3, 4 * H), 4)
//     c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
//     return sigmoid(o) * np.tanh(c), c
//   def gru(x, h, after):
//     shapes = ((1, (3 * H, I)), (2, (3 * H, H)), (3, (3 * H,)), (4, (3 * H,)))
//     wi, wr, bi, br = (np.split(fill(s, *d), 3) for s, d in shapes)
//     r, z = (sigmoid(wi[k] @ x + bi[k] + wr[k] @ h + br[k]) for k in (0, 1))
//     n = np.tanh(wi[2] @ x + bi[2] + (r * (wr[2] @ h + br[2]) if after else wr[2] @ (r * h) + br[2]))
//     return ((1 - z) * n + z * h,)
//   def ctrnn(x, v):
//     for _ in range(3):
//       v = v + 0.6 / 3 * (np.tanh(fill(1, H, I) @ x + fill(2, H, H) @ v + fill(3, H)) - v / (1.5 + fill(4, H)))
//     return (v,)
//   def ltc(x, v):
//     u = fill(1, I) * x + fill(2, I)
//     def synapses(source, s, mask):
//       n = (len(source), H)
//       a = softplus(fill(s, *n)) * abs(mask) * sigmoid(fill(s + 1, *n) * (source[:, None] - fill(s + 2, *n)))
//       return a.sum(0), (a * fill(s + 3, *n)).sum(0)
//     s, se = synapses(u, 10, np.ones((I, H)))
//     for _ in range(4):
//       a, ae = synapses(v, 20, np.array([[1, 0, -1], [0, 1, 1], [1, 1, 0]]))
//       cm = softplus(fill(3, H)) / (0.8 / 4)
//       g = softplus(fill(4, H))
//       v = (cm * v + g * fill(5, H) + ae + se) / (cm + g + a + s + 1e-3)
//     return (v,)
//   def cfc(x, h, mode, sign, mask):
//     act = lambda z: 1.7159 * np.tanh(0.666 * z)
//     z = act(fill(1, 4, I + H) @ np.concatenate([x, h]) + fill(2, 4))
//     f1, f2, a, b = (fill(s, H, 4) * m @ z + fill(s + 1, H) for s, m in ((3, mask), (5, mask), (7, 1), (9, 1)))
//     if mode == "pure": return (fill(12, H) - fill(12, H) * np.exp(-0.8 * (abs(fill(11, H)) + abs(f1))) * f1,)
//     t = sigmoid(sign * a * 0.8 + b)
//     f1, f2 = np.tanh(f1), np.tanh(f2)
//     return (f1 * (1 - t) + t * f2 if mode == "default" else f1 + t * f2,)
//   zero = np.zeros(H)
//   mask = np.array([[1, 0, -1, 1], [0, 1, 1, -1], [1, -1, 0, 1]])
//   for name, values in {"lstm": run(lstm, zero, zero),
//       "gru after": run(lambda x, h: gru(x, h, True), zero), "gru before": run(lambda x, h: gru(x, h, False), zero),
//       "ctrnn": run(ctrnn, zero), "ltc": run(ltc, zero),
//       "cfc default": run(lambda x, h: cfc(x, h, "default", 1, abs(mask)), zero),
//       "cfc no_gate": run(lambda x, h: cfc(x, h, "no_gate", -1, mask), zero),
//       "cfc pure": run(lambda x, h: cfc(x, h, "pure", 0, 1), zero)}.items():
//     print(name, *values)
//
//===----------------------------------------------------------------------===//
#include "dialects/LTC/LTCOps.h"
#include "reference/Interpreter.h"
#include "reference/ReferenceOpInterface.h"

#include "mlir/Parser/Parser.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

#include <gmock/gmock.h>

using namespace mlir;
using namespace lle;
using testing::DoubleNear;
using testing::Pointwise;

namespace {
/// sin(s + 0.7 k) for k from 0 on, each times `factor` plus `offset`.
Values fill(double s, int64_t count, double factor = 1, double offset = 0) {
  Values values;
  for (int64_t k = 0; k < count; ++k)
    values.push_back(offset + factor * std::sin(s + 0.7 * double(k)));
  return values;
}

/// A parameter of a cell: `name = dense<...> : tensor<...>`.
std::string set(StringRef name, ArrayRef<int64_t> shape, const Values &values) {
  StringRef bytes(reinterpret_cast<const char *>(values.data()), values.size() * sizeof(double));
  std::string dimensions;
  for (int64_t length : shape)
    dimensions += std::to_string(length) + "x";
  return llvm::formatv("{0} = dense<\"0x{1}\"> : tensor<{2}f64>", name, llvm::toHex(bytes), dimensions);
}
std::string set(StringRef name, ArrayRef<int64_t> shape, double s) {
  int64_t count = 1;
  for (int64_t length : shape)
    count *= length;
  return set(name, shape, fill(s, count));
}

class CellsTest : public testing::Test {
protected:
  CellsTest() {
    DialectRegistry registry;
    registry.insert<LLEDialect, ltc::LTCDialect>();
    registerReferenceModels(registry);
    context.appendDialectRegistry(registry);
  }

  /// Runs a network of one cell that reads two numbers, with these attributes, and gives what it gives at the end.
  /// `type` is that of the operands behind the input and of the results.
  Values run(StringRef mnemonic, ArrayRef<std::string> attributes, ArrayRef<std::vector<Values>> steps,
             StringRef results = "tensor<3xf64>") {
    bool hasTime = steps.front().size() > 1, hasState = results.contains(',');
    std::string text = llvm::formatv(
        "lle.network @net(%x: tensor<2xf64>{0}) -> tensor<3xf64> attributes {{dt = 1.0 : f64} {{\n"
        "  {1} = ltc.{2} \"cell\" %x {3} {{{4}} : (tensor<2xf64>{5}) -> {6}\n"
        "  lle.output %h : tensor<3xf64>\n}",
        hasTime ? ", %t: tensor<1xf64>" : "", hasState ? "%y, %h" : "%h", mnemonic, hasTime ? "elapsed %t" : "",
        llvm::join(attributes, ", "), hasTime ? ", tensor<1xf64>" : "", results);
    OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(text, &context);
    if (!module) {
      ADD_FAILURE() << "does not parse: " << text;
      return {};
    }
    auto engine = createReferenceEngine(*module->getOps<NetworkOp>().begin(), Precision::f64);
    auto instance = engine->instantiate();
    std::vector<Values> outputs;
    for (const std::vector<Values> &inputs : steps)
      instance->step(inputs, outputs);
    return outputs[0];
  }

  MLIRContext context;
};

const std::vector<std::vector<Values>> kSteps = {{fill(0, 2)}, {fill(1, 2)}, {fill(2, 2)}};
constexpr const char *kBoth = "(tensor<3xf64>, tensor<3xf64>)";

TEST_F(CellsTest, TranscriptionLSTM) {
  Values h = run("lstm_cell", {set("w_in", {12, 2}, 1), set("w_rec", {12, 3}, 2), set("bias", {12}, 3)}, kSteps);
  EXPECT_THAT(h, Pointwise(DoubleNear(1e-14), {0.431849465766945, -0.14527851638682027, 0.02109386434033419}));
}

TEST_F(CellsTest, TranscriptionGRU) {
  std::vector<std::string> attributes = {"reset = #ltc.reset<after>", set("w_in", {9, 2}, 1), set("w_rec", {9, 3}, 2),
                                         set("bias_in", {9}, 3), set("bias_rec", {9}, 4)};
  EXPECT_THAT(run("gru_cell", attributes, kSteps),
              Pointwise(DoubleNear(1e-14), {0.9238387009834093, -0.21465518174519654, 0.1831362600350191}));
  attributes[0] = "reset = #ltc.reset<before>";
  EXPECT_THAT(run("gru_cell", attributes, kSteps),
              Pointwise(DoubleNear(1e-14), {0.9539568340977483, -0.22699463710928056, 0.14974798642453746}));
}

std::vector<std::string> getCTRNN(int64_t unfolds, double elapsed) {
  return {"activation = #lle.activation<tanh>",
          llvm::formatv("unfolds = {0} : i64", unfolds),
          llvm::formatv("elapsed = {0:f17} : f64", elapsed),
          set("w_in", {3, 2}, 1),
          set("w_rec", {3, 3}, 2),
          set("bias", {3}, 3),
          set("tau", {3}, fill(4, 3, 1, 1.5))};
}

TEST_F(CellsTest, TranscriptionCTRNN) {
  EXPECT_THAT(run("ctrnn_cell", getCTRNN(3, 0.6), kSteps),
              Pointwise(DoubleNear(1e-14), {0.6623513189224284, 0.01606069439797867, -0.6777215520180341}));
}

TEST_F(CellsTest, TranscriptionLTC) {
  Values v = run("ltc_cell",
                 {"solver = #ltc.solver<fused>", "positivity = #ltc.positivity<softplus>", "unfolds = 4 : i64",
                  "epsilon = 1.0e-3 : f64", "elapsed = 0.8 : f64", set("input_w", {2}, 1), set("input_b", {2}, 2),
                  set("cm", {3}, 3), set("gleak", {3}, 4), set("vleak", {3}, 5), set("sensory_w", {2, 3}, 10),
                  set("sensory_sigma", {2, 3}, 11), set("sensory_mu", {2, 3}, 12), set("sensory_erev", {2, 3}, 13),
                  set("w", {3, 3}, 20), set("sigma", {3, 3}, 21), set("mu", {3, 3}, 22), set("erev", {3, 3}, 23),
                  "mask = dense<[[1, 0, -1], [0, 1, 1], [1, 1, 0]]> : tensor<3x3xi8>"},
                 kSteps, kBoth);
  EXPECT_THAT(v, Pointwise(DoubleNear(1e-14), {-0.3573691327004659, 0.02020548414850159, -0.24874115526591523}));
}

TEST_F(CellsTest, TranscriptionCfC) {
  std::vector<std::string> common = {"elapsed = 0.8 : f64",
                                     "activation = #lle.activation<lecun_tanh>",
                                     "backbone_weights = [" + StringRef(set("x", {4, 5}, 1)).drop_front(4).str() + "]",
                                     "backbone_biases = [" + StringRef(set("x", {4}, 2)).drop_front(4).str() + "]",
                                     set("ff1_weight", {3, 4}, 3),
                                     set("ff1_bias", {3}, 4)};
  std::vector<std::string> gated = common;
  for (const std::string &attribute :
       {set("ff2_weight", {3, 4}, 5), set("ff2_bias", {3}, 6), set("time_a_weight", {3, 4}, 7),
        set("time_a_bias", {3}, 8), set("time_b_weight", {3, 4}, 9), set("time_b_bias", {3}, 10),
        std::string("head_activation = #lle.activation<tanh>"),
        std::string("mask = dense<[[1, 0, -1, 1], [0, 1, 1, -1], [1, -1, 0, 1]]> : tensor<3x4xi8>")})
    gated.push_back(attribute);
  std::vector<std::string> absolute = gated, reversed = gated, pure = common;
  llvm::append_values(absolute, "mode = #ltc.mode<default>", "gate_sign = #ltc.gate_sign<plus>",
                      "mask_kind = #ltc.mask_kind<absolute>");
  EXPECT_THAT(run("cfc_cell", absolute, kSteps),
              Pointwise(DoubleNear(1e-14), {-0.8759328256982539, -0.7764134786815898, 0.32593027138360475}));
  llvm::append_values(reversed, "mode = #ltc.mode<no_gate>", "gate_sign = #ltc.gate_sign<minus>",
                      "mask_kind = #ltc.mask_kind<signed>");
  EXPECT_THAT(run("cfc_cell", reversed, kSteps),
              Pointwise(DoubleNear(1e-14), {0.2310139146982207, 0.1709506011452299, 0.16775727766432458}));
  llvm::append_values(pure, "mode = #ltc.mode<pure>", set("w_tau", {3}, 11), set("a", {3}, 12));
  EXPECT_THAT(run("cfc_cell", pure, kSteps),
              Pointwise(DoubleNear(1e-14), {-0.47967769493924267, 0.15720030159949772, 0.44448344894524683}));
}

/// A cell whose right-hand side is smooth: sigmoids of slope 1, conductances near 1.
std::vector<std::string> getSmoothLTC(StringRef solver, int64_t unfolds, double elapsed) {
  return {llvm::formatv("solver = #ltc.solver<{0}>", solver),
          llvm::formatv("unfolds = {0} : i64", unfolds),
          llvm::formatv("elapsed = {0:f17} : f64", elapsed),
          "positivity = #ltc.positivity<clip>",
          "epsilon = 0.0 : f64",
          set("cm", {3}, fill(1, 3, 0.2, 1)),
          set("gleak", {3}, fill(2, 3, 0.3, 0.5)),
          set("vleak", {3}, 3),
          set("sensory_w", {2, 3}, fill(4, 6, 0.2, 0.5)),
          set("sensory_sigma", {2, 3}, 5),
          set("sensory_mu", {2, 3}, 6),
          set("sensory_erev", {2, 3}, 7),
          set("w", {3, 3}, fill(8, 9, 0.3, 0.5)),
          set("sigma", {3, 3}, fill(9, 9, 1, 1.5)),
          set("mu", {3, 3}, 10),
          set("erev", {3, 3}, 11)};
}

double getDistance(const Values &a, const Values &b) {
  double distance = 0;
  for (auto [x, y] : llvm::zip_equal(a, b))
    distance = std::max(distance, std::abs(x - y));
  return distance;
}

// All solvers solve the membrane equation; the error of each falls with the power of the time of an unfold that its
// order is.
TEST_F(CellsTest, SolversConverge) {
  auto solve = [&](StringRef solver, int64_t unfolds) {
    return run("ltc_cell", getSmoothLTC(solver, unfolds, 2), {{fill(0, 2)}}, kBoth);
  };
  Values exact = solve("rk4", 2048);
  struct {
    const char *solver;
    int64_t unfolds;
    double order;
  } cases[] = {{"euler", 64, 1}, {"fused", 256, 1}, {"rk4", 16, 4}};
  for (auto [solver, unfolds, order] : cases) {
    double error = getDistance(solve(solver, unfolds), exact), half = getDistance(solve(solver, 2 * unfolds), exact);
    EXPECT_GT(half, 1e-10) << solver; // otherwise rounding would be measured
    EXPECT_NEAR(std::log2(error / half), order, 0.15) << solver;
  }
}

// With the input held, a step is two steps of half its time and half its unfolds, for solvers that know only the state.
TEST_F(CellsTest, TimeIsAdditive) {
  for (StringRef solver : {"fused", "euler", "rk4"}) {
    Values whole = run("ltc_cell", getSmoothLTC(solver, 6, 1.5), {{fill(0, 2)}}, kBoth);
    Values halves = run("ltc_cell", getSmoothLTC(solver, 3, 0.75), {{fill(0, 2)}, {fill(0, 2)}}, kBoth);
    EXPECT_LE(getDistance(whole, halves), 1e-15) << solver.str();
  }
  Values whole = run("ctrnn_cell", getCTRNN(6, 1.5), {{fill(0, 2)}});
  Values halves = run("ctrnn_cell", getCTRNN(3, 0.75), {{fill(0, 2)}, {fill(0, 2)}});
  EXPECT_LE(getDistance(whole, halves), 1e-15);
}

// Irregular times: what the operand gives is added to the attribute, step by step.
TEST_F(CellsTest, TimeOperandIsAdded) {
  for (StringRef solver : {"fused", "euler", "rk4"}) {
    Values constant = run("ltc_cell", getSmoothLTC(solver, 4, 0.5), {{fill(0, 2)}, {fill(1, 2)}}, kBoth);
    Values given = run("ltc_cell", getSmoothLTC(solver, 4, 0.0), {{fill(0, 2), {0.5}}, {fill(1, 2), {0.5}}}, kBoth);
    Values irregular =
        run("ltc_cell", getSmoothLTC(solver, 4, 0.25), {{fill(0, 2), {0.25}}, {fill(1, 2), {1.0}}}, kBoth);
    EXPECT_LE(getDistance(constant, given), 1e-15) << solver.str();
    EXPECT_GT(getDistance(constant, irregular), 1e-3) << solver.str();
  }
}
} // namespace
