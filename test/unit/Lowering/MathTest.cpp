//===- MathTest.cpp - the accuracy of exp, tanh and what is made of them --===//
//
// Functions are compiled for this machine and swept over all arguments that matter, beside libm in double precision.
//
//===----------------------------------------------------------------------===//
#include "lowering/LTCToLinalg/Maths.h"
#include "lowering/Pipelines.h"

#include "mlir/Conversion/FuncToLLVM/ConvertFuncToLLVMPass.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/ExecutionEngine/ExecutionEngine.h"
#include "mlir/ExecutionEngine/OptUtils.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/TargetParser/Host.h"

#include "gtest/gtest.h"
#include <cmath>
#include <limits>

using namespace mlir;
using namespace lle;

namespace {
constexpr int64_t kLanes = 16;
constexpr float kInfinity = std::numeric_limits<float>::infinity();

using Function = Value (*)(Maths &, Value);
using Compiled = void (*)(const float *, float *);

struct Case {
  bool avx512;
  Accuracy accuracy;
};

bool hasAVX512() {
  llvm::StringMap<bool> features = llvm::sys::getHostCPUFeatures();
  return features.lookup("avx512f") && features.lookup("avx512dq");
}

class MathTest : public testing::TestWithParam<Case> {
protected:
  void SetUp() override {
    if (GetParam().avx512 && !hasAVX512())
      GTEST_SKIP() << "this machine has no AVX-512";
    llvm::InitializeNativeTarget();
    llvm::InitializeNativeTargetAsmPrinter();
  }

  /// The function on a vector, as a function of two pointers.
  Compiled compile(Function function) {
    DialectRegistry registry;
    registerLoweringDialects(registry);
    registerBuiltinDialectTranslation(registry);
    registerLLVMDialectTranslation(registry);
    context = std::make_unique<MLIRContext>(registry);
    context->loadAllAvailableDialects();
    ImplicitLocOpBuilder b(UnknownLoc::get(context.get()), context.get());
    OwningOpRef<ModuleOp> module = ModuleOp::create(b.getLoc());
    b.setInsertionPointToEnd(module->getBody());
    auto buffer = MemRefType::get({kLanes}, b.getF32Type());
    auto vector = VectorType::get({kLanes}, b.getF32Type());
    auto f = func::FuncOp::create(b, "f", b.getFunctionType({buffer, buffer}, {}));
    b.setInsertionPointToEnd(f.addEntryBlock());
    Value zero = arith::ConstantIndexOp::create(b, 0);
    Maths maths(b);
    Value x = vector::LoadOp::create(b, vector, f.getArgument(0), zero);
    vector::StoreOp::create(b, function(maths, x), f.getArgument(1), zero);
    func::ReturnOp::create(b);

    PassManager pm(context.get());
    PolynomialMathOptions options;
    options.accuracy = GetParam().accuracy;
    options.simd = GetParam().avx512 ? Simd::avx512 : Simd::none;
    pm.addNestedPass<func::FuncOp>(createPolynomialMath(options));
    buildToLLVMPipeline(pm);
    if (failed(pm.run(*module)))
      return nullptr;
    ExecutionEngineOptions engineOptions;
    auto transformer = makeOptimizingTransformer(3, 0, nullptr);
    engineOptions.transformer = transformer;
    auto created = ExecutionEngine::create(*module, engineOptions);
    if (!created) {
      ADD_FAILURE() << llvm::toString(created.takeError());
      return nullptr;
    }
    engine = std::move(*created);
    auto address = engine->lookup("f");
    if (!address) {
      ADD_FAILURE() << llvm::toString(address.takeError());
      return nullptr;
    }
    return reinterpret_cast<Compiled>(*address);
  }

  static float call(Compiled f, float x) {
    float given[kLanes], results[kLanes];
    std::fill(std::begin(given), std::end(given), x);
    f(given, results);
    return results[0];
  }

  /// The greatest error on [low, high].
  static double sweep(Compiled f, double (*exact)(double), double low, double high) {
    constexpr int64_t kSteps = 4'000'000;
    double greatest = 0;
    float given[kLanes], results[kLanes];
    for (int64_t step = 0; step < kSteps; step += kLanes) {
      for (int64_t lane = 0; lane < kLanes; ++lane)
        given[lane] = float(low + (high - low) * double(step + lane) / double(kSteps - 1));
      f(given, results);
      for (int64_t lane = 0; lane < kLanes; ++lane) {
        double error = std::abs(double(results[lane]) - exact(given[lane]));
        if (!(error <= greatest)) // NaN counts
          greatest = error;
      }
    }
    return greatest;
  }

  double getBound() { return GetParam().accuracy == Accuracy::fast ? 1e-5 : 2e-7; }

  std::unique_ptr<MLIRContext> context;
  std::unique_ptr<ExecutionEngine> engine;
};
} // namespace

static double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

TEST_P(MathTest, Sigmoid) {
  Compiled f = compile([](Maths &maths, Value x) { return maths.sigmoid(x); });
  ASSERT_TRUE(f);
  double error = std::max(sweep(f, sigmoid, -100, 100), sweep(f, sigmoid, -2, 2));
  EXPECT_LE(error, getBound());
  RecordProperty("error", llvm::formatv("{0:e}", error).str());
  for (float x : {500.0f, 1e30f, kInfinity, std::numeric_limits<float>::max()}) {
    EXPECT_EQ(call(f, x), 1.0f) << x;
    EXPECT_NEAR(call(f, -x), 0.0f, 1e-37) << x;
  }
  for (float x : {0.0f, -0.0f, 1e-42f, -1e-42f, std::numeric_limits<float>::min()})
    EXPECT_NEAR(call(f, x), 0.5f, getBound()) << x;
  EXPECT_EQ(call(f, 0), 0.5f);
  EXPECT_TRUE(std::isnan(call(f, std::nanf(""))));
}

TEST_P(MathTest, Tanh) {
  Compiled f = compile([](Maths &maths, Value x) { return maths.tanh(x); });
  ASSERT_TRUE(f);
  double error = std::max(sweep(f, std::tanh, -100, 100), sweep(f, std::tanh, -2, 2));
  EXPECT_LE(error, getBound());
  RecordProperty("error", llvm::formatv("{0:e}", error).str());
  for (float x : {500.0f, 1e30f, kInfinity}) {
    EXPECT_NEAR(call(f, x), 1.0f, getBound()) << x;
    EXPECT_NEAR(call(f, -x), -1.0f, getBound()) << x;
  }
  for (float x : {0.0f, -0.0f, 1e-42f, -1e-42f})
    EXPECT_NEAR(call(f, x), 0.0f, getBound()) << x;
  EXPECT_EQ(call(f, 0), 0.0f); // what is silent stays silent
  EXPECT_TRUE(std::isnan(call(f, std::nanf(""))));
}

TEST_P(MathTest, ExpOfNegative) {
  Compiled f = compile([](Maths &maths, Value x) { return maths.exp(x); });
  ASSERT_TRUE(f);
  double error = std::max(sweep(f, std::exp, -100, 0), sweep(f, std::exp, -2, 0));
  EXPECT_LE(error, getBound());
  RecordProperty("error", llvm::formatv("{0:e}", error).str());
  for (float x : {-500.0f, -1e30f, -kInfinity})
    EXPECT_NEAR(call(f, x), 0.0f, 1e-37) << x;
  EXPECT_EQ(call(f, 0), 1.0f);
  EXPECT_NEAR(call(f, 500.0f), std::ldexp(1.0f, 126), std::ldexp(1.0f, 110)); // saturates
}

/// Softplus, silu and gelu are not bounded: their error is relative to 1 or the argument, whichever is greater.
TEST_P(MathTest, Activations) {
  struct {
    Function function;
    double (*exact)(double);
  } functions[] = {
      {[](Maths &m, Value x) { return m.activate(Activation::softplus, x); },
       [](double x) { return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x))); }},
      {[](Maths &m, Value x) { return m.activate(Activation::silu, x); }, [](double x) { return x * sigmoid(x); }},
      {[](Maths &m, Value x) { return m.activate(Activation::gelu, x); },
       [](double x) { return x / 2 * (1 + std::erf(x * M_SQRT1_2)); }},
      {[](Maths &m, Value x) { return m.activate(Activation::lecun_tanh, x); },
       [](double x) { return 1.7159 * std::tanh(0.666 * x); }}};
  for (auto [function, exact] : functions) {
    Compiled f = compile(function);
    ASSERT_TRUE(f);
    EXPECT_LE(sweep(f, exact, -8, 8), 16 * getBound());
    EXPECT_NEAR(call(f, 500.0f), exact(500), 500 * getBound());
    EXPECT_NEAR(call(f, -500.0f), exact(-500), 2 * getBound());
  }
}

INSTANTIATE_TEST_SUITE_P(Targets, MathTest,
                         testing::Values(Case{false, Accuracy::standard}, Case{false, Accuracy::fast},
                                         Case{true, Accuracy::standard}, Case{true, Accuracy::fast}),
                         [](const testing::TestParamInfo<Case> &info) {
                           return std::string(info.param.avx512 ? "AVX512" : "Portable") +
                                  (info.param.accuracy == Accuracy::fast ? "Fast" : "Default");
                         });
