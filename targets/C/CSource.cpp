//===- CSource.cpp - networks as portable C -------------------------------===//
#include "targets/C/CSource.h"
#include "lowering/C/Passes.h"
#include "lowering/Interface.h"
#include "lowering/Pipelines.h"
#include "targets/Native/Describe.h"

#include "mlir/Dialect/EmitC/IR/EmitC.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Target/Cpp/CppEmitter.h"

#include <chrono>

using namespace mlir;
using namespace lle;

/// Sums that are kept in variables at once, where the target has vectors and does not say how many scalars it has.
static constexpr int64_t kScalarRegisters = 16;

FailureOr<CSource> lle::compileToC(NetworkOp network, const Target &target, const CompileOptions &compile,
                                   StringRef header) {
  if (failed(checkFunctionName(network)))
    return failure();
  OwningOpRef<ModuleOp> module = ModuleOp::create(network.getLoc());
  module->getBody()->push_back(network->clone());

  PassManager pm(network.getContext());
  CPUPipelineOptions options;
  options.lanes = 1;
  options.alignment = getArenaAlignment(1);
  options.registers = target.lanes == 1 ? target.registers : kScalarRegisters;
  options.accuracy = compile.accuracy;
  buildToTensorsPipeline(pm, options);
  buildBufferizePipeline(pm);
  buildToEmitCPipeline(pm, header);
  auto start = std::chrono::steady_clock::now();
  if (failed(runWithSettings(pm, *module, compile.settings)))
    return failure();
  std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;

  CSource source{describeNetwork(network, getModelInterfaces(*module).front()), {}, seconds.count()};
  llvm::raw_string_ostream pipeline(source.package.provenance.pipeline);
  pipeline << "lle-to-tensors";
  options.print(pipeline);
  pipeline << " lle-bufferize lle-to-emitc";
  for (const PassSetting &setting : compile.settings)
    pipeline << " " << setting.str();
  source.package.provenance.toolVersion = "LLE " LLE_VERSION;
  llvm::raw_string_ostream text(source.text);
  text << "/* Network " << network.getName() << ", written by LLE " << LLE_VERSION << ". C99, no library. */\n";
  if (failed(emitc::translateToCpp(*module, text)))
    return failure();
  return source;
}
