//===- FenceConversions.cpp - scales apart from conversions ---------------===//
#include "targets/Native/FenceConversions.h"

#include "llvm/CodeGen/TargetLowering.h"
#include "llvm/CodeGen/TargetSubtargetInfo.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/IntrinsicInst.h"

using namespace llvm;

/// Of vectors, from numbers to integers: also where the result saturates.
static bool makesIntegers(const Instruction &instruction) {
  if (!instruction.getType()->isVectorTy())
    return false;
  if (auto *call = dyn_cast<IntrinsicInst>(&instruction))
    return call->getIntrinsicID() == Intrinsic::fptosi_sat || call->getIntrinsicID() == Intrinsic::fptoui_sat;
  return isa<FPToSIInst, FPToUIInst>(instruction);
}

static bool makesNumbers(const Instruction &instruction) {
  return isa<SIToFPInst, UIToFPInst>(instruction) && instruction.getType()->isVectorTy();
}

void lle::fenceConversions(Module &module, TargetMachine &machine) {
  for (Function &function : module) {
    if (function.isDeclaration() || !machine.getTargetTriple().isThumb() ||
        !machine.getSubtargetImpl(function)->getTargetLowering()->isTypeLegal(MVT::v4f32))
      continue;
    for (Instruction &instruction : make_early_inc_range(instructions(function))) {
      if (makesIntegers(instruction)) {
        IRBuilder<> b(&instruction);
        Value *number = instruction.getOperand(0);
        instruction.setOperand(0, b.CreateArithmeticFence(number, number->getType()));
      } else if (makesNumbers(instruction)) {
        IRBuilder<> b(instruction.getNextNode());
        Value *fenced = b.CreateArithmeticFence(&instruction, instruction.getType());
        instruction.replaceUsesWithIf(fenced, [&](Use &use) { return use.getUser() != fenced; });
      }
    }
  }
}
