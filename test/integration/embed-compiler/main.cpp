#include "lowering/Pipelines.h"
#include "mlir/Parser/Parser.h"
#include "targets/Native/Compile.h"

// Parses a network, compiles it for this machine and emits an object file.
int main() {
  mlir::DialectRegistry registry;
  lle::registerLoweringDialects(registry);
  mlir::MLIRContext context(registry);
  auto module = mlir::parseSourceString<mlir::ModuleOp>(R"(
    lle.network @relay(%x: tensor<3xf32>) -> tensor<3xf32> attributes {dt = 1.000000e-03 : f64} {
      %y = lle.delay "hold" %x {initial = 0.000000e+00 : f64, steps = dense<1> : tensor<3xi64>} : tensor<3xf32>
      lle.output %y : tensor<3xf32>
    })",
                                                        &context);
  mlir::FailureOr<lle::Target> target = lle::getTarget("native", context);
  if (!module || failed(target))
    return 1;
  auto network = *module->getOps<lle::NetworkOp>().begin();
  mlir::FailureOr<lle::CompiledNetwork> compiled = lle::compileNetwork(network, *target);
  if (failed(compiled))
    return 1;
  mlir::FailureOr<std::string> object = compiled->code.emitObject();
  return failed(object) || object->find("relay_step") == std::string::npos;
}
