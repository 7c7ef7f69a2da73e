//===- JIT.cpp - networks as native code in this process ------------------===//
#include "lowering/JIT/JIT.h"
#include "lowering/Interface.h"
#include "lowering/Pipelines.h"

#include "mlir/ExecutionEngine/OptUtils.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "llvm/ExecutionEngine/Orc/LLJIT.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/Allocator.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Target/TargetMachine.h"
#include "llvm/TargetParser/Host.h"

#include <chrono>

using namespace mlir;
using namespace lle;

VectorShape lle::getVectorShape(const llvm::StringMap<bool> &features) {
  auto has = [&](StringRef feature) { return features.lookup(feature); };
  if (has("neon"))
    return {4, 32, getAArch64Simd(has)};
  if (!has("sse2"))
    return {4, 16};
  Simd simd = getX86Simd(has);
  if (has("avx512f") && has("avx512vl"))
    return {16, 32, simd};
  return {has("avx") ? 8 : 4, 16, simd};
}

namespace {
using InitFunction = void (*)(void *);
using StepFunction = void (*)(void *, const void *const *, void *const *);
using RunFunction = void (*)(void *, size_t, const void *const *, void *const *);

/// Elements of a stored type as doubles.
void load(Type element, const char *from, MutableArrayRef<double> values);
void store(Type element, ArrayRef<double> values, char *to);

class NativeEngine : public Engine {
public:
  NativeEngine(std::unique_ptr<llvm::orc::LLJIT> jit, ModelInterface interface, InitFunction init, StepFunction step,
               RunFunction run)
      : jit(std::move(jit)), interface(std::move(interface)), init(init), step(step), run(run) {}
  std::unique_ptr<Instance> instantiate() override;

  std::unique_ptr<llvm::orc::LLJIT> jit; ///< Owns the code.
  const ModelInterface interface;
  const InitFunction init;
  const StepFunction step;
  const RunFunction run;
};

class NativeInstance : public Instance {
public:
  explicit NativeInstance(const NativeEngine &engine)
      : engine(engine), arena(static_cast<char *>(llvm::allocate_buffer(getArenaBytes(), kWidestAlignment))) {
    for (const PortInterface &port : engine.interface.inputs)
      inputBuffers.emplace_back(getBytes(port.type));
    for (const PortInterface &port : engine.interface.outputs)
      outputBuffers.emplace_back(getBytes(port.type));
    for (auto &buffer : inputBuffers)
      inputs.push_back(buffer.data());
    for (auto &buffer : outputBuffers)
      outputs.push_back(buffer.data());
    reset();
  }
  ~NativeInstance() override { llvm::deallocate_buffer(arena, getArenaBytes(), kWidestAlignment); }

  void reset() override {
    engine.init(arena);
    seconds = 0;
  }

  void step(ArrayRef<Values> values, std::vector<Values> &results) override {
    for (auto [port, value, buffer] : llvm::zip_equal(engine.interface.inputs, values, inputBuffers))
      store(port.type.getElementType(), value, buffer.data());
    auto start = std::chrono::steady_clock::now();
    engine.step(arena, inputs.data(), outputs.data());
    seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    results.resize(outputBuffers.size());
    for (auto [port, buffer, result] : llvm::zip_equal(engine.interface.outputs, outputBuffers, results)) {
      result.resize(port.type.getNumElements());
      load(port.type.getElementType(), buffer.data(), result);
    }
  }

  void run(size_t steps, ArrayRef<Values> values, std::vector<Values> &results) override {
    std::vector<std::vector<char>> in, out;
    SmallVector<const void *> from;
    SmallVector<void *> to;
    for (auto [port, value] : llvm::zip_equal(engine.interface.inputs, values)) {
      store(port.type.getElementType(), value, in.emplace_back(steps * getBytes(port.type)).data());
      from.push_back(in.back().data());
    }
    for (const PortInterface &port : engine.interface.outputs)
      to.push_back(out.emplace_back(steps * getBytes(port.type)).data());
    auto start = std::chrono::steady_clock::now();
    engine.run(arena, steps, from.data(), to.data());
    seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    results.resize(out.size());
    for (auto [port, buffer, result] : llvm::zip_equal(engine.interface.outputs, out, results)) {
      result.resize(steps * port.type.getNumElements());
      load(port.type.getElementType(), buffer.data(), result);
    }
  }

  llvm::Expected<Values> readState(StringRef node, StringRef state) override;
  llvm::Error writeState(StringRef node, StringRef state, ArrayRef<double> values) override;
  double getStepSeconds() const override { return seconds; }

private:
  const NativeEngine &engine;
  char *arena;
  std::vector<std::vector<char>> inputBuffers, outputBuffers;
  SmallVector<const void *> inputs;
  SmallVector<void *> outputs;
  double seconds = 0;

  size_t getArenaBytes() const { return std::max<int64_t>(engine.interface.arenaBytes, kWidestAlignment); }
  static size_t getBytes(RankedTensorType type) { return getStorageBytes(type); }
  const StateInterface *find(StringRef node, StringRef state) const {
    for (const StateInterface &candidate : engine.interface.states)
      if (candidate.node == node && candidate.state == state)
        return &candidate;
    return nullptr;
  }
};
} // namespace

template <typename T>
static void loadAs(const char *from, MutableArrayRef<double> values) {
  for (size_t i = 0; i < values.size(); ++i) {
    T element;
    memcpy(&element, from + i * sizeof(T), sizeof(T));
    values[i] = static_cast<double>(element);
  }
}

template <typename T>
static void storeAs(ArrayRef<double> values, char *to) {
  for (size_t i = 0; i < values.size(); ++i) {
    T element = static_cast<T>(values[i]);
    memcpy(to + i * sizeof(T), &element, sizeof(T));
  }
}

namespace {
void load(Type element, const char *from, MutableArrayRef<double> values) {
  switch (getStoredElementType(element).getIntOrFloatBitWidth()) {
  case 8:
    return loadAs<int8_t>(from, values);
  case 16:
    return loadAs<int16_t>(from, values);
  case 32:
    return isa<FloatType>(element) ? loadAs<float>(from, values) : loadAs<int32_t>(from, values);
  default:
    return loadAs<double>(from, values);
  }
}

void store(Type element, ArrayRef<double> values, char *to) {
  switch (getStoredElementType(element).getIntOrFloatBitWidth()) {
  case 8:
    return storeAs<int8_t>(values, to);
  case 16:
    return storeAs<int16_t>(values, to);
  case 32:
    return isa<FloatType>(element) ? storeAs<float>(values, to) : storeAs<int32_t>(values, to);
  default:
    return storeAs<double>(values, to);
  }
}
} // namespace

llvm::Expected<Values> NativeInstance::readState(StringRef node, StringRef state) {
  const StateInterface *slot = find(node, state);
  if (!slot)
    return llvm::createStringError("there is no state '" + node + ":" + state + "'");
  Values stored(slot->type.getNumElements());
  load(slot->type.getElementType(), arena + slot->offset, stored);
  // To logical order: the inverse of the stored order of dimensions.
  SmallVector<int64_t> shape, inverse(slot->order.size());
  for (auto [position, dim] : llvm::enumerate(slot->order)) {
    shape.push_back(slot->type.getDimSize(dim));
    inverse[dim] = position;
  }
  SmallVector<double> logical = permuteElements(stored, shape, inverse);
  return Values(logical.begin(), logical.end());
}

llvm::Error NativeInstance::writeState(StringRef node, StringRef state, ArrayRef<double> values) {
  const StateInterface *slot = find(node, state);
  if (!slot)
    return llvm::createStringError("there is no state '" + node + ":" + state + "'");
  if (int64_t(values.size()) != slot->type.getNumElements())
    return llvm::createStringError("state '" + node + ":" + state + "' has " + Twine(slot->type.getNumElements()) +
                                   " elements, got " + Twine(values.size()));
  store(slot->type.getElementType(), permuteElements(values, slot->type.getShape(), slot->order), arena + slot->offset);
  return llvm::Error::success();
}

std::unique_ptr<Instance> NativeEngine::instantiate() { return std::make_unique<NativeInstance>(*this); }

VectorShape lle::getHostVectorShape() { return getVectorShape(llvm::sys::getHostCPUFeatures()); }

llvm::Expected<std::unique_ptr<Engine>> lle::createNativeEngine(NetworkOp network, unsigned optimize,
                                                                VectorShape machine, bool verify) {
  static const bool initialized = [] {
    llvm::InitializeNativeTarget();
    llvm::InitializeNativeTargetAsmPrinter();
    return true;
  }();
  (void)initialized;

  MLIRContext *context = network.getContext();
  DialectRegistry registry;
  registerBuiltinDialectTranslation(registry);
  registerLLVMDialectTranslation(registry);
  context->appendDialectRegistry(registry);

  OwningOpRef<ModuleOp> module = ModuleOp::create(network.getLoc());
  module->getBody()->push_back(network->clone());
  PassManager pm(context);
  pm.enableVerifier(verify);
  CPUPipelineOptions options;
  options.lanes = machine.lanes;
  options.registers = machine.registers;
  options.simd = machine.simd;
  buildCPUPipeline(pm, options);
  if (failed(pm.run(*module)))
    return llvm::createStringError("network '" + network.getName() + "' could not be lowered to native code");
  std::vector<ModelInterface> interfaces = getModelInterfaces(*module);

  auto llvmContext = std::make_unique<llvm::LLVMContext>();
  std::unique_ptr<llvm::Module> llvmModule = translateModuleToLLVMIR(*module, *llvmContext);
  if (!llvmModule)
    return llvm::createStringError("network '" + network.getName() + "' could not be translated to LLVM IR");

  auto builder = llvm::orc::JITTargetMachineBuilder::detectHost();
  if (!builder)
    return builder.takeError();
  builder->setCodeGenOptLevel(*llvm::CodeGenOpt::getLevel(int(optimize)));
  auto machineOrError = builder->createTargetMachine();
  if (!machineOrError)
    return machineOrError.takeError();
  llvmModule->setDataLayout((*machineOrError)->createDataLayout());
  llvmModule->setTargetTriple((*machineOrError)->getTargetTriple());
  if (llvm::Error error = makeOptimizingTransformer(optimize, 0, machineOrError->get())(llvmModule.get()))
    return std::move(error);

  // Code that calls a function finds none of this process, so that every test of it is one that it needs none.
  auto jit = llvm::orc::LLJITBuilder()
                 .setJITTargetMachineBuilder(*builder)
                 .setPlatformSetUp(llvm::orc::setUpInactivePlatform)
                 .setLinkProcessSymbolsByDefault(false)
                 .create();
  if (!jit)
    return jit.takeError();
  if (llvm::Error error =
          (*jit)->addIRModule(llvm::orc::ThreadSafeModule(std::move(llvmModule), std::move(llvmContext))))
    return std::move(error);
  std::string name = network.getName().str();
  auto init = (*jit)->lookup(name + "_arena_init"), step = (*jit)->lookup(name + "_arena_step"),
       run = (*jit)->lookup(name + "_arena_run");
  if (!init)
    return init.takeError();
  if (!step)
    return step.takeError();
  if (!run)
    return run.takeError();
  return std::make_unique<NativeEngine>(std::move(*jit), std::move(interfaces.front()), init->toPtr<InitFunction>(),
                                        step->toPtr<StepFunction>(), run->toPtr<RunFunction>());
}

llvm::Expected<std::unique_ptr<Engine>> lle::createNativeEngine(NetworkOp network) {
  return createNativeEngine(network, /*optimize=*/3);
}

/// To check what each pass makes is 40 % of their time.
static llvm::Expected<std::unique_ptr<Engine>> createQuickNativeEngine(NetworkOp network) {
  return createNativeEngine(network, /*optimize=*/0, getHostVectorShape(), /*verify=*/false);
}

void lle::registerNativeEngine() { registerEngine("native", createNativeEngine, createQuickNativeEngine); }
