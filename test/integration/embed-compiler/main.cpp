#include "dialects/LLE/LLEOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"

int main() {
  mlir::DialectRegistry registry;
  registry.insert<lle::LLEDialect>();
  mlir::MLIRContext context(registry);
  auto module = mlir::parseSourceString<mlir::ModuleOp>(R"(
    lle.network @relay(%x: tensor<3xf32>) -> tensor<3xf32> attributes {dt = 1.000000e-03 : f64} {
      %y = lle.delay "hold" %x {initial = 0.000000e+00 : f64, steps = dense<1> : tensor<3xi64>} : tensor<3xf32>
      lle.output %y : tensor<3xf32>
    })",
                                                        &context);
  mlir::PassManager passes(&context);
  passes.addPass(mlir::createCanonicalizerPass());
  return !module || failed(passes.run(*module));
}
