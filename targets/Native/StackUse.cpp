//===- StackUse.cpp - how much stack code needs ---------------------------===//
#include "targets/Native/StackUse.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/Object/ELFObjectFile.h"
#include "llvm/Support/DataExtractor.h"

using namespace llvm;
using namespace lle;

namespace {
/// Frames by the name of their function.
using Frames = StringMap<uint64_t>;

/// Where a function begins: its section, and the offset there.
using Place = std::pair<uint64_t, uint64_t>;
} // namespace

/// Thumb marks the addresses of functions with a lowest bit that is no part of them.
static uint64_t getCodeOffset(const object::ObjectFile &object, uint64_t address) {
  Triple::ArchType arch = object.getArch();
  return arch == Triple::thumb || arch == Triple::arm ? address & ~uint64_t(1) : address;
}

static Expected<DenseMap<Place, StringRef>> findFunctions(const object::ObjectFile &object) {
  DenseMap<Place, StringRef> functions;
  for (const object::SymbolRef &symbol : object.symbols()) {
    Expected<object::SymbolRef::Type> type = symbol.getType();
    if (!type)
      return type.takeError();
    if (*type != object::SymbolRef::ST_Function)
      continue;
    Expected<object::section_iterator> section = symbol.getSection();
    Expected<uint64_t> value = symbol.getValue();
    Expected<StringRef> name = symbol.getName();
    if (!section || !value || !name)
      return joinErrors(joinErrors(section.takeError(), value.takeError()), name.takeError());
    if (*section != object.section_end())
      functions[{(*section)->getIndex(), getCodeOffset(object, *value)}] = *name;
  }
  return functions;
}

/// Reads one section `.stack_sizes`: for each function its address, which a relocation fills in, and a LEB128.
static Error readFrames(const object::ObjectFile &object, const object::SectionRef &section,
                        const object::SectionRef &relocations, const DenseMap<Place, StringRef> &functions,
                        Frames &frames) {
  Expected<StringRef> contents = section.getContents();
  if (!contents)
    return contents.takeError();
  DataExtractor data(*contents, object.isLittleEndian(), object.getBytesInAddress());
  for (const object::ELFRelocationRef relocation : relocations.relocations()) {
    DataExtractor::Cursor cursor(relocation.getOffset());
    uint64_t inPlace = data.getUnsigned(cursor, object.getBytesInAddress());
    uint64_t bytes = data.getULEB128(cursor);
    if (!cursor)
      return cursor.takeError();
    Expected<int64_t> addend = relocation.getAddend();
    if (!addend) { // the relocation has none: it is in place
      consumeError(addend.takeError());
      addend = int64_t(inPlace);
    }
    if (relocation.getSymbol() == object.symbol_end())
      continue;
    Expected<object::section_iterator> target = relocation.getSymbol()->getSection();
    Expected<uint64_t> value = relocation.getSymbol()->getValue();
    if (!target || !value)
      return joinErrors(target.takeError(), value.takeError());
    auto function = functions.find({(*target)->getIndex(), getCodeOffset(object, *value + uint64_t(*addend))});
    if (function != functions.end())
      frames[function->second] = bytes;
  }
  return Error::success();
}

namespace {
/// Sums the frames along calls.
class CallDepth {
public:
  CallDepth(const Frames &frames, uint64_t callBytes) : frames(frames), callBytes(callBytes) {}

  Expected<uint64_t> measure(const Function &function) {
    auto [known, isNew] = depths.try_emplace(&function);
    if (!isNew) {
      if (known->second)
        return *known->second;
      return createStringError("function '" + function.getName() + "' calls itself: its stack has no bound");
    }
    auto frame = frames.find(function.getName());
    if (frame == frames.end())
      return createStringError("the frame of function '" + function.getName() + "' has no fixed size");
    uint64_t below = 0;
    for (const Instruction &instruction : instructions(function)) {
      auto *call = dyn_cast<CallBase>(&instruction);
      if (call && call->isInlineAsm()) // ours is empty, and only hides a number from LLVM
        continue;
      const Function *callee = call ? call->getCalledFunction() : nullptr;
      if (call && !callee)
        return createStringError("function '" + function.getName() + "' calls what is known when it runs only");
      if (!callee || callee->isDeclaration())
        continue;
      Expected<uint64_t> depth = measure(*callee);
      if (!depth)
        return depth.takeError();
      below = std::max(below, *depth);
    }
    uint64_t depth = callBytes + frame->second + below;
    depths[&function] = depth;
    return depth;
  }

private:
  const Frames &frames;
  const uint64_t callBytes;
  DenseMap<const Function *, std::optional<uint64_t>> depths; ///< Nothing while a function is being measured.
};
} // namespace

Expected<uint64_t> lle::getStackUse(const object::ObjectFile &object, const Module &module) {
  Expected<DenseMap<Place, StringRef>> functions = findFunctions(object);
  if (!functions)
    return functions.takeError();
  Frames frames;
  for (const object::SectionRef &section : object.sections()) {
    Expected<object::section_iterator> relocated = section.getRelocatedSection();
    if (!relocated)
      return relocated.takeError();
    if (*relocated == object.section_end())
      continue;
    Expected<StringRef> name = (*relocated)->getName();
    if (!name)
      return name.takeError();
    if (*name == ".stack_sizes")
      if (Error error = readFrames(object, **relocated, section, *functions, frames))
        return std::move(error);
  }
  // An x86 call itself pushes the address that it returns to; elsewhere the function keeps it in its frame.
  bool callPushes = Triple(module.getTargetTriple()).isX86();
  CallDepth depth(frames, callPushes ? object.getBytesInAddress() : 0);
  uint64_t most = 0;
  for (const Function &function : module) {
    if (function.isDeclaration() || function.hasLocalLinkage())
      continue;
    Expected<uint64_t> bytes = depth.measure(function);
    if (!bytes)
      return bytes.takeError();
    most = std::max(most, *bytes);
  }
  return most;
}
