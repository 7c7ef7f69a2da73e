//===- BlockCycles.cpp - cycles by LLVM's scheduling models ---------------===//
#include "targets/Estimate/BlockCycles.h"

#include "llvm/MC/MCInstrAnalysis.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/MCA/Context.h"
#include "llvm/MCA/CustomBehaviour.h"
#include "llvm/MCA/InstrBuilder.h"
#include "llvm/MCA/Pipeline.h"
#include "llvm/MCA/SourceMgr.h"

using namespace llvm;
using namespace lle;

/// Enough to fill a pipeline, few enough for long blocks.
static constexpr size_t kSimulatedInstructions = 2000;
static constexpr unsigned kMostIterations = 100;

BlockCycles::BlockCycles(const TargetMachine &machine) : machine(machine), subtarget(*machine.getMCSubtargetInfo()) {}

bool BlockCycles::hasModel() const { return subtarget.getSchedModel().hasInstrSchedModel(); }

double BlockCycles::measure(ArrayRef<MCInst> block) {
  if (!hasModel() || block.empty())
    return double(block.size());
  const MCInstrInfo &information = *machine.getMCInstrInfo();
  const MCRegisterInfo &registers = *machine.getMCRegisterInfo();
  std::unique_ptr<MCInstrAnalysis> analysis(machine.getTarget().createMCInstrAnalysis(&information));
  mca::InstrumentManager instruments(subtarget, information);
  mca::InstrBuilder builder(subtarget, information, registers, analysis.get(), instruments, /*CallLatency=*/1);
  std::vector<std::unique_ptr<mca::Instruction>> sequence;
  unsigned apart = 0;
  for (const MCInst &instruction : block) {
    const MCInstrDesc &kind = information.get(instruction.getOpcode());
    if (kind.isCall() || kind.isReturn()) { // a slot, like other branches
      ++apart;
      continue;
    }
    auto simulated = builder.createInstruction(instruction, {});
    if (simulated) {
      sequence.push_back(std::move(*simulated));
      continue;
    }
    consumeError(simulated.takeError());
    ++apart;
    ++unmodelled;
  }
  if (sequence.empty())
    return apart;
  unsigned iterations = unsigned(std::clamp<size_t>(kSimulatedInstructions / sequence.size(), 2, kMostIterations));
  mca::CircularSourceMgr source(sequence, iterations);
  mca::CustomBehaviour behaviour(subtarget, source, information);
  mca::Context context(registers, subtarget);
  mca::PipelineOptions options(/*UOPQSize=*/0, /*DecThr=*/0, /*DW=*/0, /*RFS=*/0, /*LQS=*/0, /*SQS=*/0,
                               /*NoAlias=*/true);
  Expected<unsigned> cycles = context.createDefaultPipeline(options, source, behaviour)->run();
  if (!cycles) {
    consumeError(cycles.takeError());
    unmodelled += sequence.size();
    return double(block.size());
  }
  return double(*cycles) / iterations + apart;
}
