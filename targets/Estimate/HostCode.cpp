//===- HostCode.cpp - code of another machine run on this one -------------===//
#include "targets/Estimate/HostCode.h"
#include "runtime/host/CpuFeatures.h"
#include "targets/Estimate/HostIntrinsics.h"
#include "targets/Estimate/HostVectors.h"
#include "targets/Native/Elements.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Analysis/AssumptionCache.h"
#include "llvm/Analysis/LoopInfo.h"
#include "llvm/Bitcode/BitcodeReader.h"
#include "llvm/Bitcode/BitcodeWriter.h"
#include "llvm/ExecutionEngine/Orc/LLJIT.h"
#include "llvm/IR/DebugInfo.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Verifier.h"
#include "llvm/Support/Allocator.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Transforms/Utils/LoopSimplify.h"

#include <map>

using namespace llvm;
using namespace lle;

static constexpr StringLiteral kCounters = "lle.counters", kPointers = "lle.pointers";

/// In a context of its own, as the JIT wants it.
static Expected<std::unique_ptr<Module>> copyModule(const Module &module, LLVMContext &context) {
  SmallVector<char> bitcode;
  raw_svector_ostream stream(bitcode);
  WriteBitcodeToFile(module, stream);
  return parseBitcodeFile(MemoryBufferRef(StringRef(bitcode.data(), bitcode.size()), "network"), context);
}

/// Code generation gives loops blocks of their own to be entered and left by, and so does this, under the same names.
static void simplifyLoops(Function &function) {
  DominatorTree dominators(function);
  LoopInfo info(dominators);
  AssumptionCache assumptions(function);
  for (Loop *loop : SmallVector<Loop *>(info.begin(), info.end()))
    simplifyLoop(loop, &dominators, &info, /*SE=*/nullptr, &assumptions, /*MSSAU=*/nullptr, /*PreserveLCSSA=*/false);
}

static Error makeHostModule(Module &module, const TargetMachine &host) {
  bool isOwnKind = Triple(module.getTargetTriple()).getArch() == host.getTargetTriple().getArch();
  bool hasFeatures = true;
  for (Function &function : module) {
    if (isOwnKind && !function.isDeclaration()) {
      SmallVector<StringRef> features;
      function.getFnAttribute("target-features").getValueAsString().split(features, ',', -1, false);
      for (StringRef feature : features)
        hasFeatures &= !feature.consume_front("+") || runtime::checkCpuFeatures({feature.str()});
    }
    if (Error error = fixVectorLengths(function))
      return error;
    if (!function.isDeclaration())
      simplifyLoops(function);
    for (StringRef attribute : {"target-cpu", "target-features", "prefer-vector-width"})
      function.removeFnAttr(attribute);
  }
  StripDebugInfo(module);
  module.setTargetTriple(host.getTargetTriple());
  module.setDataLayout(host.createDataLayout());
  return isOwnKind && hasFeatures ? Error::success() : replaceIntrinsics(module);
}

/// Addresses of another width lie in memory in one place only, the tables of the step's ports. There they become
/// numbers, of a table of this machine's addresses.
static Error numberPointers(Module &module) {
  SmallVector<LoadInst *> loads;
  for (Function &function : module)
    for (Instruction &instruction : instructions(function)) {
      if (auto *load = dyn_cast<LoadInst>(&instruction); load && load->getType()->isPtrOrPtrVectorTy()) {
        if (load->getType()->isVectorTy())
          return createStringError("addresses are loaded as vectors");
        loads.push_back(load);
      }
      auto *store = dyn_cast<StoreInst>(&instruction);
      if (isa<IntToPtrInst>(instruction) || (store && store->getValueOperand()->getType()->isPtrOrPtrVectorTy()))
        return createStringError("addresses are computed or kept in memory");
    }
  auto *pointer = PointerType::getUnqual(module.getContext());
  auto *table = new GlobalVariable(module, pointer, /*isConstant=*/true, GlobalValue::ExternalLinkage,
                                   /*Initializer=*/nullptr, kPointers);
  for (LoadInst *load : loads) {
    IRBuilder<> b(load);
    Value *number = b.CreateZExt(b.CreateLoad(b.getInt32Ty(), load->getPointerOperand()), b.getInt64Ty());
    Value *place = b.CreateGEP(pointer, b.CreateLoad(pointer, table), number);
    load->replaceAllUsesWith(b.CreateLoad(pointer, place));
    load->eraseFromParent();
  }
  return Error::success();
}

namespace {
/// What one of the numbers counts that the code keeps.
struct Counter {
  std::string block;
  std::optional<FloatWork> zeros; ///< Operands that are 0; none: executions.
  unsigned operations = 1;        ///< That it counts in one execution, at most.
};
} // namespace

/// None for other instructions.
static std::optional<FloatWork> getFloatWork(const Instruction &instruction) {
  switch (instruction.getOpcode()) {
  case Instruction::FMul:
    return FloatWork::Product;
  case Instruction::FAdd:
  case Instruction::FSub:
    return FloatWork::Sum;
  case Instruction::FDiv:
    return FloatWork::Quotient;
  case Instruction::SIToFP:
  case Instruction::UIToFP:
    return FloatWork::Conversion;
  default:
    return std::nullopt;
  }
}

/// A function is called for each number of a vector.
static unsigned countLanes(const Instruction &operation) {
  auto *vector = dyn_cast<FixedVectorType>(operation.getType());
  return vector ? vector->getNumElements() : 1;
}

/// How many of its numbers have an operand that is 0.
static Value *countZeros(IRBuilder<> &b, Instruction &operation, FloatWork work) {
  auto isZero = [&](Value *value) -> Value * {
    Value *zero = Constant::getNullValue(value->getType());
    return value->getType()->isFPOrFPVectorTy() ? b.CreateFCmpOEQ(value, zero) : b.CreateICmpEQ(value, zero);
  };
  Value *zeros = isZero(operation.getOperand(0));
  if (work == FloatWork::Product || work == FloatWork::Sum)
    zeros = b.CreateOr(zeros, isZero(operation.getOperand(1)));
  Value *numbers = b.CreateZExt(zeros, zeros->getType()->getWithNewBitWidth(64));
  return numbers->getType()->isVectorTy() ? b.CreateAddReduce(numbers) : numbers;
}

static std::vector<Counter> addCounters(Module &module, bool countsZeros) {
  std::vector<Counter> added;
  auto *pointer = PointerType::getUnqual(module.getContext());
  auto *counters = new GlobalVariable(module, pointer, /*isConstant=*/true, GlobalValue::ExternalLinkage,
                                      /*Initializer=*/nullptr, kCounters);
  auto count = [&](IRBuilder<> &b, Value *times) {
    Value *place = b.CreateConstGEP1_64(b.getInt64Ty(), b.CreateLoad(pointer, counters), added.size());
    b.CreateStore(b.CreateAdd(b.CreateLoad(b.getInt64Ty(), place), times), place);
  };
  for (Function &function : module)
    for (BasicBlock &block : function) {
      std::map<FloatWork, SmallVector<Instruction *>> operations;
      if (countsZeros)
        for (Instruction &instruction : block)
          if (std::optional<FloatWork> work = getFloatWork(instruction))
            operations[*work].push_back(&instruction);
      IRBuilder<> b(&block, block.getFirstInsertionPt());
      count(b, b.getInt64(1));
      added.push_back({block.getName().str(), std::nullopt});
      for (const auto &[work, instructions] : operations) {
        unsigned numbers = 0;
        for (Instruction *instruction : instructions) {
          b.SetInsertPoint(instruction);
          count(b, countZeros(b, *instruction, work));
          numbers += countLanes(*instruction);
        }
        added.push_back({block.getName().str(), work, numbers});
      }
    }
  return added;
}

namespace {
/// The functions of a network that counts, with buffers for its ports.
class HostNetwork {
public:
  HostNetwork(const runtime::Package &network, bool numbersPointers);
  ~HostNetwork() { deallocate_buffer(arena, bytes, alignment); }

  Error link(std::unique_ptr<Module> module, std::unique_ptr<LLVMContext> context,
             orc::JITTargetMachineBuilder machine);
  void init();
  void step(ArrayRef<Values> values);

  std::vector<Counter> counters;
  std::vector<uint64_t> counts;

private:
  const runtime::Package &network;
  size_t bytes, alignment;
  void *arena;
  std::vector<runtime::Bytes> inputs, outputs;
  /// What the step takes: addresses, or numbers of them.
  std::vector<uint64_t> inputTable, outputTable;
  std::vector<void *> pointers;
  // What the code reads: it knows these variables.
  void **pointerTable = nullptr;
  uint64_t *counterTable = nullptr;
  std::unique_ptr<orc::LLJIT> jit;
  void (*initFunction)(void *) = nullptr;
  void (*stepFunction)(void *, const void *, const void *) = nullptr;
};
} // namespace

HostNetwork::HostNetwork(const runtime::Package &network, bool numbersPointers)
    : network(network), bytes(std::max<size_t>(network.arenaBytes, 1)), alignment(network.arenaAlignment),
      arena(allocate_buffer(bytes, alignment)) {
  auto addPorts = [&](ArrayRef<runtime::Port> ports, std::vector<runtime::Bytes> &buffers,
                      std::vector<uint64_t> &table) {
    for (const runtime::Port &port : ports)
      buffers.emplace_back(*runtime::tensorBytes(port.shape, port.element));
    table.resize(ports.size() + 1);
    for (auto [index, buffer] : llvm::enumerate(buffers)) {
      if (numbersPointers)
        reinterpret_cast<uint32_t *>(table.data())[index] = uint32_t(pointers.size());
      else
        table[index] = reinterpret_cast<uintptr_t>(buffer.data());
      pointers.push_back(buffer.data());
    }
  };
  addPorts(network.inputs, inputs, inputTable);
  addPorts(network.outputs, outputs, outputTable);
  pointerTable = pointers.data();
}

Error HostNetwork::link(std::unique_ptr<Module> module, std::unique_ptr<LLVMContext> context,
                        orc::JITTargetMachineBuilder machine) {
  counts.resize(counters.size());
  counterTable = counts.data();
  machine.setCodeGenOptLevel(CodeGenOptLevel::Less);
  auto built = orc::LLJITBuilder().setJITTargetMachineBuilder(std::move(machine)).create();
  if (!built)
    return built.takeError();
  jit = std::move(*built);
  auto define = [&](StringRef name, void *variable) {
    return orc::SymbolMap::value_type{jit->mangleAndIntern(name),
                                      {orc::ExecutorAddr::fromPtr(variable), JITSymbolFlags::Exported}};
  };
  if (Error error = jit->getMainJITDylib().define(
          orc::absoluteSymbols({define(kCounters, &counterTable), define(kPointers, &pointerTable)})))
    return error;
  if (Error error = jit->addIRModule(orc::ThreadSafeModule(std::move(module), std::move(context))))
    return error;
  auto init = jit->lookup(network.name + "_arena_init"), step = jit->lookup(network.name + "_arena_step");
  if (!init || !step)
    return joinErrors(init.takeError(), step.takeError());
  initFunction = init->toPtr<void (*)(void *)>();
  stepFunction = step->toPtr<void (*)(void *, const void *, const void *)>();
  return Error::success();
}

/// Is no part of a step, and not counted.
void HostNetwork::init() {
  std::vector<uint64_t> before = counts;
  initFunction(arena);
  llvm::copy(before, counts.begin());
}

void HostNetwork::step(ArrayRef<Values> values) {
  for (auto [port, value, buffer] : llvm::zip_equal(network.inputs, values, inputs))
    storeElements(value, port.element, buffer);
  stepFunction(arena, inputTable.data(), outputTable.data());
}

static Expected<std::unique_ptr<HostNetwork>> makeNetwork(const Module &source, const runtime::Package &network,
                                                          bool countsZeros) {
  static const bool initialized = [] {
    InitializeNativeTarget();
    InitializeNativeTargetAsmPrinter();
    return true;
  }();
  (void)initialized;
  auto machine = orc::JITTargetMachineBuilder::detectHost();
  if (!machine)
    return machine.takeError();
  auto host = machine->createTargetMachine();
  if (!host)
    return host.takeError();
  auto context = std::make_unique<LLVMContext>();
  auto module = copyModule(source, *context);
  if (!module)
    return module.takeError();
  bool numbersPointers = source.getDataLayout().getPointerSize() == 4 && sizeof(void *) != 4;
  if (Error error = makeHostModule(**module, **host))
    return std::move(error);
  if (numbersPointers)
    if (Error error = numberPointers(**module))
      return std::move(error);
  auto result = std::make_unique<HostNetwork>(network, numbersPointers);
  result->counters = addCounters(**module, countsZeros);
  std::string fault;
  raw_string_ostream stream(fault);
  if (verifyModule(**module, &stream))
    return createStringError("the code cannot be moved to this machine: " + fault);
  if (Error error = result->link(std::move(*module), std::move(context), std::move(*machine)))
    return std::move(error);
  return std::move(result);
}

Expected<BlockProfile> lle::profileBlocks(const Module &module, const runtime::Package &network, const Dataset &data,
                                          bool countsZeros) {
  auto host = makeNetwork(module, network, countsZeros);
  if (!host)
    return host.takeError();
  BlockProfile profile;
  profile.dataset = data.getName();
  profile.samples = data.getSamples();
  std::vector<Values> values;
  for (int64_t sample = 0; sample < data.getSamples(); ++sample) {
    (*host)->init();
    for (int64_t step = 0; step < data.getSteps(sample); ++step, ++profile.steps) {
      if (Error error = data.getStep(sample, step, values))
        return std::move(error);
      (*host)->step(values);
    }
  }
  if (profile.steps == 0)
    return createStringError("there is no step in " + data.getName());
  for (auto [counter, count] : llvm::zip_equal((*host)->counters, (*host)->counts)) {
    // The executions of a block come before its zeros.
    if (!counter.zeros)
      profile.counts[counter.block] = count;
    else if (count != 0)
      profile.zeros[counter.block][unsigned(*counter.zeros)] =
          double(count) / (double(profile.counts[counter.block]) * counter.operations);
  }
  return profile;
}
