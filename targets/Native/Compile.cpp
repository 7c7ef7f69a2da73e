//===- Compile.cpp - networks to packages of native code ------------------===//
#include "targets/Native/Compile.h"
#include "lowering/Interface.h"
#include "lowering/Pipelines.h"
#include "targets/Native/Describe.h"
#include "targets/Native/Link.h"
#include "targets/Native/NodeScopes.h"

#include "mlir/Dialect/DLTI/DLTI.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/MathExtras.h"

#include <chrono>

using namespace mlir;
using namespace lle;

using Clock = std::chrono::steady_clock;

static double getSecondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

static bool isCIdentifier(StringRef name) {
  return !name.empty() && !llvm::isDigit(name.front()) &&
         llvm::all_of(name, [](char c) { return llvm::isAlnum(c) || c == '_'; });
}

/// Indices are as wide as addresses: on a machine of 32 bits, wider ones would be sums in pairs of registers.
static void setAddressBits(ModuleOp module, unsigned bits) {
  module.getContext()->loadDialect<DLTIDialect, LLVM::LLVMDialect>();
  Builder builder(module.getContext());
  auto pointer = LLVM::LLVMPointerType::get(module.getContext());
  auto sizes = VectorType::get({3}, builder.getI64Type()); // size, ABI alignment, preferred alignment
  auto layout = DenseElementsAttr::get(sizes, builder.getI64IntegerAttr(bits));
  DataLayoutEntryInterface entries[] = {
      DataLayoutEntryAttr::get(builder.getIndexType(), builder.getI64IntegerAttr(bits)),
      DataLayoutEntryAttr::get(pointer, layout)};
  module->setAttr(DLTIDialect::kDataLayoutAttrName, DataLayoutSpecAttr::get(module.getContext(), entries));
}

LogicalResult lle::checkFunctionName(NetworkOp network) {
  StringRef name = network.getName();
  if (isCIdentifier(name))
    return success();
  return network.emitError("network '") << name << "' needs a name that is a C identifier, to name its functions";
}

namespace {
/// Notes what the arena holds, before its buffers become addresses.
struct RecordScratch : PassWrapper<RecordScratch, OperationPass<func::FuncOp>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(RecordScratch)
  explicit RecordScratch(std::vector<ScratchBuffer> &buffers) : buffers(buffers) {}

  void runOnOperation() override {
    if (!getOperation()->hasAttr(kNetworkAttr))
      return;
    getOperation().walk([&](memref::ViewOp view) {
      llvm::APInt offset;
      if (matchPattern(view.getByteShift(), m_ConstantInt(&offset)))
        buffers.push_back({findNodeLabel(view.getLoc()).str(), offset.getZExtValue(), getBytes(view.getType())});
    });
  }
  static uint64_t getBytes(MemRefType type) {
    return uint64_t(type.getNumElements()) * llvm::divideCeil(type.getElementTypeBitWidth(), 8);
  }

  std::vector<ScratchBuffer> &buffers;
};
} // namespace

FailureOr<CompiledNetwork> lle::compileNetwork(NetworkOp network, const Target &target, const CompileOptions &compile) {
  StringRef name = network.getName();
  if (failed(checkFunctionName(network)))
    return failure();
  OwningOpRef<ModuleOp> module = ModuleOp::create(network.getLoc());
  auto copy = cast<NetworkOp>(network->clone());
  module->getBody()->push_back(copy);
  if (compile.nodeScopes)
    nameNodeLocations(copy);

  PassManager pm(network.getContext());
  CPUPipelineOptions options;
  options.lanes = target.lanes;
  options.registers = target.registers;
  options.alignment = getArenaAlignment(target.lanes);
  MachineFacts machine = getMachineFacts(target);
  options.simd = machine.simd;
  setAddressBits(*module, machine.addressBits);
  options.accuracy = compile.accuracy;
  std::vector<ScratchBuffer> scratch;
  buildToTensorsPipeline(pm, options);
  buildBufferizePipeline(pm);
  if (compile.nodeScopes)
    pm.addNestedPass<func::FuncOp>(std::make_unique<RecordScratch>(scratch));
  buildToLLVMPipeline(pm);
  auto start = Clock::now();
  if (failed(runWithSettings(pm, *module, compile.settings)))
    return failure();
  double lowerSeconds = getSecondsSince(start);

  runtime::Package package = describeNetwork(network, getModelInterfaces(*module).front());
  llvm::raw_string_ostream pipeline(package.provenance.pipeline);
  pipeline << "lle-cpu";
  options.print(pipeline);
  for (const PassSetting &setting : compile.settings)
    pipeline << " " << setting.str();
  if (compile.optimize != 3)
    pipeline << " -O" << compile.optimize;
  package.provenance.toolVersion = "LLE " LLE_VERSION ", LLVM " LLVM_VERSION_STRING;

  if (compile.nodeScopes)
    addNodeScopes(*module, name);
  start = Clock::now();
  FailureOr<NativeCode> code = NativeCode::generate(*module, name, target, compile.optimize);
  if (failed(code))
    return failure();
  return CompiledNetwork{std::move(package), std::move(*code), std::move(scratch), lowerSeconds,
                         getSecondsSince(start)};
}

void lle::addVariant(runtime::Package &package, const Target &target, StringRef sharedObject) {
  runtime::Variant variant;
  variant.target = target.name;
  variant.triple = target.triple;
  variant.requiredFeatures = target.requiredFeatures;
  variant.initSymbol = package.name + "_arena_init";
  variant.stepSymbol = package.name + "_arena_step";
  variant.runSymbol = package.name + "_arena_run";
  variant.code.assign(sharedObject.begin(), sharedObject.end());
  package.variants.push_back(std::move(variant));
}

LogicalResult lle::addNativeVariant(CompiledNetwork &network, const Target &target, MLIRContext &context) {
  if (target.isBareMetal())
    return emitError(UnknownLoc::get(&context)) << "target '" << target.name
                                                << "' has no operating system that could load a package; --emit=object "
                                                   "and --emit=library link into a program";
  FailureOr<std::string> object = network.code.emitObject();
  if (failed(object))
    return failure();
  FailureOr<SectionSizes> sizes = getSectionSizes(*object, context);
  FailureOr<std::string> shared = linkSharedObject(*object, context);
  if (failed(sizes) || failed(shared))
    return failure();
  runtime::Package &package = network.package;
  addVariant(package, target, *shared);
  auto addBytes = [&](const char *name, uint64_t bytes, const char *source) {
    package.metrics.push_back({name, double(bytes), "bytes", runtime::Evidence::Derived, source});
  };
  addBytes("code", sizes->code, "size of the machine code in the object");
  addBytes("constants", sizes->constants, "size of the constant data in the object");
  return success();
}
