//===- JIT.cpp - networks as native code in this process ------------------===//
#include "lowering/JIT/JIT.h"
#include "lowering/JIT/CodePool.h"
#include "lowering/Pipelines.h"

#include "mlir/ExecutionEngine/OptUtils.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Export.h"
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
/// Elements of a stored type as doubles.
void load(Type element, const char *from, MutableArrayRef<double> values);
void store(Type element, ArrayRef<double> values, char *to);

class NativeEngine : public Engine {
public:
  /// With a pool, the code goes back there under the text.
  explicit NativeEngine(std::unique_ptr<CompiledCode> code, CodePool *pool = nullptr, std::string text = "")
      : code(std::move(code)), pool(pool), text(std::move(text)) {}
  ~NativeEngine() override {
    if (pool)
      pool->give(std::move(text), std::move(code));
  }
  std::unique_ptr<Instance> instantiate() override;

  std::unique_ptr<CompiledCode> code;

private:
  CodePool *pool;
  std::string text;
};

class NativeInstance : public Instance {
public:
  explicit NativeInstance(const CompiledCode &code)
      : code(code), arena(static_cast<char *>(llvm::allocate_buffer(getArenaBytes(), kWidestAlignment))) {
    for (const PortInterface &port : code.interface.inputs)
      inputBuffers.emplace_back(getBytes(port.type));
    for (const PortInterface &port : code.interface.outputs)
      outputBuffers.emplace_back(getBytes(port.type));
    for (auto &buffer : inputBuffers)
      inputs.push_back(buffer.data());
    for (auto &buffer : outputBuffers)
      outputs.push_back(buffer.data());
    reset();
  }
  ~NativeInstance() override { llvm::deallocate_buffer(arena, getArenaBytes(), kWidestAlignment); }

  void reset() override {
    code.init(arena);
    seconds = 0;
  }

  void step(ArrayRef<Values> values, std::vector<Values> &results) override {
    for (auto [port, value, buffer] : llvm::zip_equal(code.interface.inputs, values, inputBuffers))
      store(port.type.getElementType(), value, buffer.data());
    auto start = std::chrono::steady_clock::now();
    code.step(arena, inputs.data(), outputs.data());
    seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    results.resize(outputBuffers.size());
    for (auto [port, buffer, result] : llvm::zip_equal(code.interface.outputs, outputBuffers, results)) {
      result.resize(port.type.getNumElements());
      load(port.type.getElementType(), buffer.data(), result);
    }
  }

  void run(size_t steps, ArrayRef<Values> values, std::vector<Values> &results) override {
    std::vector<std::vector<char>> in, out;
    SmallVector<const void *> from;
    SmallVector<void *> to;
    for (auto [port, value] : llvm::zip_equal(code.interface.inputs, values)) {
      store(port.type.getElementType(), value, in.emplace_back(steps * getBytes(port.type)).data());
      from.push_back(in.back().data());
    }
    for (const PortInterface &port : code.interface.outputs)
      to.push_back(out.emplace_back(steps * getBytes(port.type)).data());
    auto start = std::chrono::steady_clock::now();
    code.run(arena, steps, from.data(), to.data());
    seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    results.resize(out.size());
    for (auto [port, buffer, result] : llvm::zip_equal(code.interface.outputs, out, results)) {
      result.resize(steps * port.type.getNumElements());
      load(port.type.getElementType(), buffer.data(), result);
    }
  }

  llvm::Expected<Values> readState(StringRef node, StringRef state) override;
  llvm::Error writeState(StringRef node, StringRef state, ArrayRef<double> values) override;
  double getStepSeconds() const override { return seconds; }

private:
  const CompiledCode &code;
  char *arena;
  std::vector<std::vector<char>> inputBuffers, outputBuffers;
  SmallVector<const void *> inputs;
  SmallVector<void *> outputs;
  double seconds = 0;

  size_t getArenaBytes() const { return std::max<int64_t>(code.interface.arenaBytes, kWidestAlignment); }
  static size_t getBytes(RankedTensorType type) { return getStorageBytes(type); }
  const StateInterface *find(StringRef node, StringRef state) const {
    for (const StateInterface &candidate : code.interface.states)
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

std::unique_ptr<Instance> NativeEngine::instantiate() { return std::make_unique<NativeInstance>(*code); }

VectorShape lle::getHostVectorShape() { return getVectorShape(llvm::sys::getHostCPUFeatures()); }

/// A copy of the network in a module of its own, in a context that can translate it.
static OwningOpRef<ModuleOp> prepare(NetworkOp network) {
  static const bool initialized = [] {
    llvm::InitializeNativeTarget();
    llvm::InitializeNativeTargetAsmPrinter();
    return true;
  }();
  (void)initialized;

  DialectRegistry registry;
  registerBuiltinDialectTranslation(registry);
  registerLLVMDialectTranslation(registry);
  network.getContext()->appendDialectRegistry(registry);

  OwningOpRef<ModuleOp> module = ModuleOp::create(network.getLoc());
  module->getBody()->push_back(network->clone());
  return module;
}

/// Runs the pipelines that `build` adds.
static llvm::Error lower(ModuleOp module, StringRef network, VectorShape machine, bool verify,
                         llvm::function_ref<void(OpPassManager &, const CPUPipelineOptions &)> build) {
  PassManager pm(module.getContext());
  pm.enableVerifier(verify);
  CPUPipelineOptions options;
  options.lanes = machine.lanes;
  options.registers = machine.registers;
  options.simd = machine.simd;
  build(pm, options);
  if (failed(pm.run(module)))
    return llvm::createStringError("network '" + network + "' could not be lowered to native code");
  return llvm::Error::success();
}

/// Code of a module that went through `lle-cpu`.
static llvm::Expected<std::unique_ptr<CompiledCode>> generateCode(ModuleOp module, StringRef network,
                                                                  unsigned optimize) {
  auto code = std::make_unique<CompiledCode>();
  code->interface = getModelInterfaces(module).front();
  auto llvmContext = std::make_unique<llvm::LLVMContext>();
  std::unique_ptr<llvm::Module> llvmModule = translateModuleToLLVMIR(module, *llvmContext);
  if (!llvmModule)
    return llvm::createStringError("network '" + network + "' could not be translated to LLVM IR");

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
  code->jit = std::move(*jit);
  if (llvm::Error error =
          code->jit->addIRModule(llvm::orc::ThreadSafeModule(std::move(llvmModule), std::move(llvmContext))))
    return std::move(error);
  auto find = [&](auto &function, StringRef name) -> llvm::Error {
    auto address = code->jit->lookup((network + name).str());
    if (!address)
      return address.takeError();
    function = address->template toPtr<std::decay_t<decltype(function)>>();
    return llvm::Error::success();
  };
  if (llvm::Error error = find(code->init, "_arena_init"))
    return std::move(error);
  if (llvm::Error error = find(code->step, "_arena_step"))
    return std::move(error);
  if (llvm::Error error = find(code->run, "_arena_run"))
    return std::move(error);
  return std::move(code);
}

llvm::Expected<std::unique_ptr<Engine>> lle::createNativeEngine(NetworkOp network, unsigned optimize,
                                                                VectorShape machine) {
  const StringRef name = network.getName();
  OwningOpRef<ModuleOp> module = prepare(network);
  if (llvm::Error error = lower(*module, name, machine, /*verify=*/true, buildCPUPipeline))
    return std::move(error);
  llvm::Expected<std::unique_ptr<CompiledCode>> code = generateCode(*module, name, optimize);
  if (!code)
    return code.takeError();
  return std::make_unique<NativeEngine>(std::move(*code));
}

llvm::Expected<std::unique_ptr<Engine>> lle::createNativeEngine(NetworkOp network) {
  return createNativeEngine(network, /*optimize=*/3);
}

static std::string getText(ModuleOp module) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  module.print(stream, OpPrintingFlags().useLocalScope().assumeVerified());
  return text;
}

llvm::Expected<std::unique_ptr<Engine>> lle::createQuickNativeEngine(NetworkOp network) {
  constexpr bool kVerify = false; // to check what each pass makes is 40 % of their time
  const StringRef name = network.getName();
  const VectorShape machine = getHostVectorShape();
  OwningOpRef<ModuleOp> module = prepare(network);
  if (llvm::Error error = lower(*module, name, machine, kVerify, buildMaterializePipeline))
    return std::move(error);
  std::vector<Table> tables = outlineTables(*module);
  std::string text = getText(*module);
  CodePool &pool = CodePool::get(*network.getContext());
  std::unique_ptr<CompiledCode> code = pool.take(text);
  if (!code) {
    auto buildRest = [](OpPassManager &pm, const CPUPipelineOptions &options) {
      buildTensorsPipeline(pm, options);
      buildBufferizePipeline(pm);
      buildToLLVMPipeline(pm);
    };
    if (llvm::Error error = lower(*module, name, machine, kVerify, buildRest))
      return std::move(error);
    llvm::Expected<std::unique_ptr<CompiledCode>> generated = generateCode(*module, name, /*optimize=*/0);
    if (!generated)
      return generated.takeError();
    code = std::move(*generated);
  }
  if (llvm::Error error = code->fill(tables))
    return std::move(error);
  return std::make_unique<NativeEngine>(std::move(code), &pool, std::move(text));
}

void lle::registerNativeEngine() { registerEngine("native", createNativeEngine, createQuickNativeEngine); }
