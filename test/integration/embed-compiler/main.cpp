#include "lowering/Interface.h"
#include "lowering/Pipelines.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "targets/Native/CodeGen.h"
#include <fstream>
#include <iostream>

// Compiles the network NETWORK.mlir to the object NETWORK.o for this machine, and says how large an arena it needs.
int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  lle::registerLoweringDialects(registry);
  mlir::MLIRContext context(registry);
  auto module = mlir::parseSourceFile<mlir::ModuleOp>(argv[1], &context);
  auto target = lle::getTarget("native", context);
  if (!module || failed(target))
    return 1;
  lle::CPUPipelineOptions options;
  options.lanes = target->lanes, options.registers = target->registers;
  mlir::PassManager passes(&context);
  lle::buildCPUPipeline(passes, options);
  if (failed(passes.run(*module)))
    return 1;
  auto code = lle::NativeCode::generate(*module, "network", *target);
  if (failed(code))
    return 1;
  auto object = code->emitObject();
  if (failed(object))
    return 1;
  std::ofstream(argv[2], std::ios::binary) << *object;
  std::cout << "enum { ARENA_BYTES = " << lle::getModelInterfaces(*module).front().arenaBytes << " };\n";
}
