//===- MachineCode.cpp - the instructions of emitted code -----------------===//
#include "targets/Estimate/MachineCode.h"
#include "targets/Native/NodeScopes.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/CodeGen/AsmPrinter.h"
#include "llvm/CodeGen/AsmPrinterHandler.h"
#include "llvm/CodeGen/MachineFunction.h"
#include "llvm/CodeGen/MachineModuleInfo.h"
#include "llvm/CodeGen/Passes.h"
#include "llvm/CodeGen/TargetPassConfig.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/MC/MCContext.h"
#include "llvm/MC/MCInstrInfo.h"
#include "llvm/MC/MCStreamer.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Transforms/Utils/Cloning.h"

using namespace llvm;
using namespace lle;

const MachineProcedure *MachineCode::find(StringRef name) const {
  auto found = llvm::find_if(procedures, [&](const MachineProcedure &procedure) { return procedure.name == name; });
  return found == procedures.end() ? nullptr : &*found;
}

std::unique_ptr<Module> lle::nameBlocks(const Module &module) {
  std::unique_ptr<Module> copy = CloneModule(module);
  unsigned number = 0;
  for (Function &function : *copy)
    for (BasicBlock &block : function)
      block.setName("lle." + Twine(number++));
  return copy;
}

namespace {
/// What the printer of code is at, and where its instructions go.
class Recorder {
public:
  MachineCode code;
  Recorder() { code.labels.emplace_back(); }

  void beginFunction(const MachineFunction &function);
  void beginInstruction(const MachineInstr &instruction);
  void add(const MCInst &instruction);
  void addPadding(unsigned most);

private:
  DenseMap<const MachineBasicBlock *, unsigned> places;
  DenseMap<const MachineInstr *, unsigned> jumps; ///< Those that are blocks of their own.
  const MachineBasicBlock *parent = nullptr;
  MapVector<StringRef, unsigned> labels;
  MachineBlock *block = nullptr;
  unsigned label = 0;

  unsigned getLabel(const DebugLoc &location);
};

/// Is told which instruction of the function is printed.
class Listener : public AsmPrinterHandler {
public:
  explicit Listener(Recorder &recorder) : recorder(recorder) {}
  void endModule() override {}
  void beginFunction(const MachineFunction *function) override { recorder.beginFunction(*function); }
  void endFunction(const MachineFunction *) override {}
  void beginInstruction(const MachineInstr *instruction) override { recorder.beginInstruction(*instruction); }

private:
  Recorder &recorder;
};

/// Takes what is printed.
class RecordingStreamer : public MCStreamer {
public:
  RecordingStreamer(MCContext &context, const MCInstrInfo &info, Recorder &recorder)
      : MCStreamer(context), info(info), recorder(recorder) {}
  void emitInstruction(const MCInst &instruction, const MCSubtargetInfo &subtarget) override;
  void emitCodeAlignment(Align alignment, const MCSubtargetInfo *subtarget, unsigned mostBytes) override;
  bool hasRawTextSupport() const override { return true; }
  void emitRawTextImpl(StringRef) override {}
  bool emitSymbolAttribute(MCSymbol *, MCSymbolAttr) override { return true; }
  void emitCommonSymbol(MCSymbol *, uint64_t, Align) override {}

private:
  const MCInstrInfo &info;
  Recorder &recorder;
};
} // namespace

/// The block that a branch names, or null.
static const MachineBasicBlock *getTarget(const MachineInstr &branch) {
  auto target = find_if(branch.operands(), [](const MachineOperand &operand) { return operand.isMBB(); });
  return target == branch.operands_end() ? nullptr : target->getMBB();
}

/// The jump that ends a block behind a branch, and is executed where that is not taken; or null.
static const MachineInstr *findJump(const MachineBasicBlock &block) {
  auto last = block.getLastNonDebugInstr();
  bool isJump = last != block.end() && last->isUnconditionalBranch() && getTarget(*last);
  return isJump && last != block.getFirstTerminator() ? &*last : nullptr;
}

void Recorder::beginFunction(const MachineFunction &function) {
  MachineProcedure &procedure = code.procedures.emplace_back();
  procedure.name = function.getName();
  block = nullptr;
  parent = nullptr;
  places.clear();
  jumps.clear();
  for (const MachineBasicBlock &source : function)
    places[&source] = unsigned(places.size());
  for (const MachineBasicBlock &source : function) {
    MachineBlock &target = procedure.blocks.emplace_back();
    if (const BasicBlock *origin = source.getBasicBlock())
      target.source = origin->getName();
    for (const MachineBasicBlock *successor : source.successors())
      target.successors.push_back(places.lookup(successor));
    target.fallsThrough = llvm::is_contained(target.successors, unsigned(procedure.blocks.size())) &&
                          (source.empty() || !source.back().isBarrier());
  }
  // A return that is taken or not leaves by a block of its own.
  for (const MachineBasicBlock &source : function)
    if (!source.succ_empty() && any_of(source.terminators(), [](const MachineInstr &end) { return end.isReturn(); })) {
      procedure.blocks[places.lookup(&source)].successors.push_back(unsigned(procedure.blocks.size()));
      procedure.blocks.emplace_back();
    }
  for (const MachineBasicBlock &source : function) {
    const MachineInstr *jump = findJump(source);
    if (!jump)
      continue;
    unsigned place = jumps[jump] = unsigned(procedure.blocks.size()), target = places.lookup(getTarget(*jump));
    bool isBranchedTo = any_of(source.terminators(), [&](const MachineInstr &branch) {
      return &branch != jump && getTarget(branch) == getTarget(*jump);
    });
    procedure.blocks.emplace_back().successors.push_back(target);
    auto &successors = procedure.blocks[places.lookup(&source)].successors;
    if (!isBranchedTo)
      llvm::erase(successors, target);
    successors.push_back(place);
  }
}

/// Before a block that is aligned: control comes through only from the block before it.
void Recorder::addPadding(unsigned most) {
  if (block && block->fallsThrough)
    block->padding += most;
}

void RecordingStreamer::emitInstruction(const MCInst &instruction, const MCSubtargetInfo &subtarget) {
  recorder.add(instruction);
  // A call on RISC-V is one until it is encoded: AUIPC and JALR.
  if (subtarget.getTargetTriple().isRISCV() && info.get(instruction.getOpcode()).getSize() == 8)
    recorder.add(instruction);
}

void RecordingStreamer::emitCodeAlignment(Align alignment, const MCSubtargetInfo *subtarget, unsigned mostBytes) {
  const Triple &triple = subtarget->getTargetTriple();
  // Of what padding consists: instructions of 2 bytes where there are such, else of 4; of up to 8 on x86.
  bool hasShort = triple.isThumb() || (triple.isRISCV() && subtarget->checkFeatures("+c"));
  uint64_t bytes = alignment.value() - 1, each = triple.isX86() ? 8 : hasShort ? 2 : 4;
  if (mostBytes != 0)
    bytes = std::min<uint64_t>(bytes, mostBytes);
  recorder.addPadding(unsigned(triple.isX86() ? divideCeil(bytes, each) : bytes / each));
}

unsigned Recorder::getLabel(const DebugLoc &location) {
  if (!location || !location->getInlinedAt())
    return 0;
  auto [found, isNew] = labels.try_emplace(location->getScope()->getSubprogram()->getName(), code.labels.size());
  if (isNew)
    code.labels.push_back(found->first.str());
  return found->second;
}

void Recorder::beginInstruction(const MachineInstr &instruction) {
  // What has no location belongs to what is before it, as in tables of lines.
  if (instruction.getDebugLoc() || parent != instruction.getParent())
    label = getLabel(instruction.getDebugLoc());
  parent = instruction.getParent();
  auto jump = jumps.find(&instruction);
  block = &code.procedures.back().blocks[jump == jumps.end() ? places.lookup(parent) : jump->second];
  if (!instruction.isCall())
    return;
  for (const MachineOperand &operand : instruction.operands()) {
    if (operand.isSymbol())
      block->calls.emplace_back(label, operand.getSymbolName());
    else if (operand.isGlobal())
      block->calls.emplace_back(label, operand.getGlobal()->getName().str());
  }
}

void Recorder::add(const MCInst &instruction) {
  if (!block)
    return;
  MCInst &kept = block->instructions.emplace_back(instruction);
  for (MCOperand &operand : kept)
    if (operand.isExpr()) // of addresses, which end with code generation
      operand = MCOperand::createImm(0);
  auto share = llvm::find_if(block->nodes, [&](const auto &node) { return node.first == label; });
  if (share == block->nodes.end())
    block->nodes.push_back({label, 1});
  else
    ++share->second;
}

MachineCode lle::generateMachineCode(Module &module, TargetMachine &machine) {
  Recorder recorder;
  legacy::PassManager passes;
  TargetPassConfig *config = machine.createPassConfig(passes);
  auto *info = new MachineModuleInfoWrapperPass(&machine);
  passes.add(config);
  passes.add(info);
  bool isUnsupported = config->addISelPasses();
  assert(!isUnsupported && "every target of LLE selects instructions");
  (void)isUnsupported;
  config->addMachinePasses();
  config->setInitialized();
  auto streamer = std::make_unique<RecordingStreamer>(info->getMMI().getContext(), *machine.getMCInstrInfo(), recorder);
  machine.getTarget().createNullTargetStreamer(*streamer);
  AsmPrinter *printer = machine.getTarget().createAsmPrinter(machine, std::move(streamer));
  printer->addAsmPrinterHandler(std::make_unique<Listener>(recorder));
  passes.add(printer);
  passes.add(createFreeMachineFunctionPass());
  passes.run(module);
  return std::move(recorder.code);
}
