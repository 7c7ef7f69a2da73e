//===- CodeGen.cpp - the LLVM dialect to machine code ---------------------===//
#include "targets/Native/CodeGen.h"
#include "targets/Native/ExpandRoots.h"
#include "targets/Native/ExpandRounding.h"
#include "targets/Native/FenceConversions.h"
#include "targets/Native/Helpers.h"
#include "targets/Native/RoundWhole.h"
#include "targets/Native/StackUse.h"
#include "targets/Native/WidenConversions.h"
#include "targets/Native/WidenTruncations.h"

#include "mlir/ExecutionEngine/OptUtils.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "llvm/Analysis/TargetTransformInfo.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Object/ObjectFile.h"
#include "llvm/Support/SwapByteOrder.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Transforms/Utils/Cloning.h"
#include "llvm/Transforms/Utils/LowerMemIntrinsics.h"

using namespace mlir;
using namespace lle;

/// Shorter copies of constant size become plain loads and stores on every target.
static constexpr uint64_t kInlineCopyBytes = 64;

static std::unique_ptr<llvm::TargetMachine> createTargetMachine(const Target &target, unsigned level,
                                                                std::string &error) {
  static const bool initialized = [] {
    llvm::InitializeAllTargetInfos();
    llvm::InitializeAllTargets();
    llvm::InitializeAllTargetMCs();
    llvm::InitializeAllAsmPrinters();
    return true;
  }();
  (void)initialized;
  llvm::Triple triple(llvm::Triple::normalize(target.triple)); // "thumbv7em-none-eabihf" has an environment
  const llvm::Target *backend = llvm::TargetRegistry::lookupTarget(triple, error);
  if (!backend)
    return nullptr;
  llvm::TargetOptions options;
  options.MCOptions.ABIName = target.abi;
  // A linker can leave out a function that nobody calls, and place one apart, for instance in fast memory.
  options.FunctionSections = true;
  options.EmitStackSizeSection = true; // not part of a program's memory
  // Bare metal has no dynamic linker, and tables of addresses would be writable.
  llvm::Reloc::Model relocation = target.isBareMetal() ? llvm::Reloc::Static : llvm::Reloc::PIC_;
  std::unique_ptr<llvm::TargetMachine> machine(backend->createTargetMachine(
      triple, target.cpu, target.features, options, relocation, std::nullopt, *llvm::CodeGenOpt::getLevel(int(level))));
  if (machine && !machine->getMCSubtargetInfo()->isCPUStringValid(target.cpu)) {
    error = "LLVM knows no CPU '" + target.cpu + "' of " + triple.getArchName().str();
    return nullptr;
  }
  return machine;
}

MachineFacts lle::getMachineFacts(const Target &target) {
  MachineFacts facts;
  std::string error;
  std::unique_ptr<llvm::TargetMachine> machine = createTargetMachine(target, /*level=*/0, error);
  if (!machine)
    return facts;
  facts.addressBits = machine->getPointerSizeInBits(/*AS=*/0);
  const llvm::MCSubtargetInfo &subtarget = *machine->getMCSubtargetInfo();
  const llvm::Triple &triple = machine->getTargetTriple();
  // The code generator knows the instructions, and a host is asked for them before it loads the code.
  auto has = [&](StringRef feature) {
    return llvm::is_contained(target.requiredFeatures, feature) && subtarget.checkFeatures(("+" + feature).str());
  };
  if (triple.isX86()) {
    facts.simd = getX86Simd(has);
  } else if (triple.isAArch64()) {
    facts.simd = getAArch64Simd(has);
  } else if (triple.isThumb() && subtarget.checkFeatures("+mclass")) {
    // What the file of the target says of its vectors counts: without them, MVE is not used by name either.
    if (target.lanes > 1 && subtarget.checkFeatures("+mve.fp"))
      facts.simd = Simd::mve;
    else if (target.lanes == 1 && subtarget.checkFeatures("+dsp"))
      facts.simd = Simd::dsp;
  }
  return facts;
}

static void setAttributes(llvm::Module &module, const Target &target) {
  for (llvm::Function &function : module) {
    if (function.isDeclaration())
      continue;
    function.addFnAttr("target-cpu", target.cpu);
    function.addFnAttr("target-features", target.features);
    function.addFnAttr("prefer-vector-width", std::to_string(target.lanes * 32));
    // Loops stay loops: the code may run where there is no memset to call.
    function.addFnAttr("no-builtins");
    function.addFnAttr(llvm::Attribute::NoUnwind);
  }
}

/// Turns every intrinsic of memory that could become a call into a loop.
static void expandMemoryIntrinsics(llvm::Module &module, llvm::TargetMachine &machine) {
  for (llvm::Function &function : module) {
    SmallVector<llvm::MemIntrinsic *> intrinsics;
    for (llvm::Instruction &instruction : llvm::instructions(function))
      if (auto *intrinsic = dyn_cast<llvm::MemIntrinsic>(&instruction)) {
        auto *length = dyn_cast<llvm::ConstantInt>(intrinsic->getLength());
        if (!length || length->getZExtValue() > kInlineCopyBytes)
          intrinsics.push_back(intrinsic);
      }
    if (intrinsics.empty())
      continue;
    llvm::TargetTransformInfo info = machine.getTargetTransformInfo(function);
    for (llvm::MemIntrinsic *intrinsic : intrinsics) {
      bool expanded = true;
      if (auto *copy = dyn_cast<llvm::MemCpyInst>(intrinsic))
        llvm::expandMemCpyAsLoop(copy, info);
      else if (auto *move = dyn_cast<llvm::MemMoveInst>(intrinsic))
        expanded = llvm::expandMemMoveAsLoop(move, info);
      else
        llvm::expandMemSetAsLoop(cast<llvm::MemSetInst>(intrinsic));
      if (expanded)
        intrinsic->eraseFromParent();
    }
  }
}

FailureOr<NativeCode> NativeCode::generate(ModuleOp source, StringRef name, const Target &target, unsigned level) {
  MLIRContext &context = *source.getContext();
  auto fail = [&](const Twine &reason) { return source.emitError("target '") << target.name << "': " << reason; };
  if (target.isServedByC)
    return fail("LLVM makes no usable code for this processor; --emit=c writes C for the compiler of its vendor");
  NativeCode code(context);
  std::string error;
  code.machine = createTargetMachine(target, level, error);
  if (!code.machine)
    return fail(error);

  DialectRegistry registry;
  registerBuiltinDialectTranslation(registry);
  registerLLVMDialectTranslation(registry);
  context.appendDialectRegistry(registry);
  code.module = translateModuleToLLVMIR(source, *code.context, name);
  if (!code.module)
    return fail("the code could not be translated to LLVM IR");
  code.module->setSourceFileName(name);
  code.module->setTargetTriple(code.machine->getTargetTriple());
  code.module->setDataLayout(code.machine->createDataLayout());
  setAttributes(*code.module, target);
  expandMemoryIntrinsics(*code.module, *code.machine);
  expandRounding(*code.module, *code.machine);
  expandRoots(*code.module, *code.machine);
  if (llvm::Error failure = makeOptimizingTransformer(level, 0, code.machine.get())(code.module.get()))
    return fail(llvm::toString(std::move(failure)));
  // The optimiser may have merged stores into longer ones.
  expandMemoryIntrinsics(*code.module, *code.machine);
  widenConversions(*code.module, *code.machine); // the optimiser would narrow them again
  fenceConversions(*code.module, *code.machine);
  widenTruncations(*code.module);
  roundWholeNumbers(*code.module, *code.machine);
  return std::move(code);
}

std::string NativeCode::getLLVMIR() const {
  std::string text;
  llvm::raw_string_ostream(text) << *module;
  return text;
}

/// Appends the bytes of an array of numbers, or of an array of such arrays; false if it is something else.
static bool appendBytes(const llvm::Constant *constant, std::string &bytes) {
  if (auto *data = dyn_cast<llvm::ConstantDataSequential>(constant)) {
    bytes += data->getRawDataValues();
    return true;
  }
  auto *array = dyn_cast<llvm::ConstantArray>(constant);
  return array && llvm::all_of(array->operands(), [&](const llvm::Use &element) {
           return appendBytes(cast<llvm::Constant>(element), bytes);
         });
}

/// Makes bytes of large tables, which the assembler takes at once where it would take numbers one by one: tens of
/// millions of weights would be tens of seconds.
static void makeBytesOfTables(llvm::Module &module) {
  constexpr uint64_t kLargeTable = 4096;
  const llvm::DataLayout &layout = module.getDataLayout();
  if (layout.isLittleEndian() != llvm::sys::IsLittleEndianHost)
    return;
  for (llvm::GlobalVariable &table : llvm::make_early_inc_range(module.globals())) {
    if (!table.isConstant() || !table.hasLocalLinkage() || !table.hasInitializer() ||
        layout.getTypeAllocSize(table.getValueType()) < kLargeTable)
      continue;
    std::string bytes;
    if (!appendBytes(table.getInitializer(), bytes) || bytes.size() != layout.getTypeAllocSize(table.getValueType()))
      continue;
    llvm::Align alignment = layout.getValueOrABITypeAlignment(table.getAlign(), table.getValueType());
    auto *data = llvm::ConstantDataArray::getString(module.getContext(), bytes, /*AddNull=*/false);
    auto *copy =
        new llvm::GlobalVariable(module, data->getType(), /*isConstant=*/true, table.getLinkage(), data, "", &table);
    copy->copyAttributesFrom(&table);
    copy->setAlignment(alignment);
    copy->takeName(&table);
    table.replaceAllUsesWith(copy);
    table.eraseFromParent();
  }
}

std::string NativeCode::emit(llvm::CodeGenFileType type) const {
  std::unique_ptr<llvm::Module> copy = llvm::CloneModule(*module); // code generation changes what it reads
  if (type == llvm::CodeGenFileType::ObjectFile)
    makeBytesOfTables(*copy);
  SmallVector<char> bytes;
  llvm::raw_svector_ostream stream(bytes);
  llvm::legacy::PassManager passes;
  if (machine->addPassesToEmitFile(passes, stream, nullptr, type))
    llvm_unreachable("every target of LLE has an assembler");
  passes.run(*copy);
  return std::string(bytes.begin(), bytes.end());
}

std::string NativeCode::emitAssembly() const { return emit(llvm::CodeGenFileType::AssemblyFile); }

static llvm::Expected<std::unique_ptr<llvm::object::ObjectFile>> parseObject(StringRef object) {
  return llvm::object::ObjectFile::createObjectFile(llvm::MemoryBufferRef(object, "object"));
}

FailureOr<std::vector<std::string>> lle::getUndefinedSymbols(StringRef object, MLIRContext &context) {
  auto file = parseObject(object);
  if (!file)
    return emitError(UnknownLoc::get(&context), llvm::toString(file.takeError()));
  std::vector<std::string> names;
  for (const llvm::object::SymbolRef &symbol : (*file)->symbols()) {
    llvm::Expected<uint32_t> flags = symbol.getFlags();
    llvm::Expected<StringRef> name = symbol.getName();
    if (!flags || !name)
      return emitError(UnknownLoc::get(&context),
                       llvm::toString(llvm::joinErrors(flags.takeError(), name.takeError())));
    if ((*flags & llvm::object::SymbolRef::SF_Undefined) && !name->empty())
      names.push_back(name->str());
  }
  return names;
}

FailureOr<std::string> NativeCode::emitObject() const {
  std::string object = emit(llvm::CodeGenFileType::ObjectFile);
  FailureOr<std::vector<std::string>> undefined = getUndefinedSymbols(object, *errors);
  if (failed(undefined))
    return failure();
  for (const std::string &name : *undefined)
    if (!isCompilerHelper(machine->getTargetTriple(), name))
      return emitError(UnknownLoc::get(errors))
             << "the generated code needs the symbol '" << name << "', which no runtime provides";
  return object;
}

FailureOr<uint64_t> NativeCode::getStackBytes(StringRef object) const {
  auto file = parseObject(object);
  llvm::Expected<uint64_t> bytes = file ? getStackUse(**file, *module) : file.takeError();
  if (!bytes)
    return emitError(UnknownLoc::get(errors), llvm::toString(bytes.takeError()));
  return *bytes;
}

FailureOr<SectionSizes> lle::getSectionSizes(StringRef object, MLIRContext &context) {
  auto file = parseObject(object);
  if (!file)
    return emitError(UnknownLoc::get(&context), llvm::toString(file.takeError()));
  SectionSizes sizes;
  for (const llvm::object::SectionRef &section : (*file)->sections()) {
    if (section.isText())
      sizes.code += section.getSize();
    else if (section.isData() && !section.isDebugSection())
      sizes.constants += section.getSize();
  }
  return sizes;
}
