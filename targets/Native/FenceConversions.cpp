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

static bool isScaling(const Value *value) {
  auto *operation = dyn_cast<BinaryOperator>(value);
  return operation && is_contained({Instruction::FMul, Instruction::FDiv, Instruction::FAdd}, operation->getOpcode());
}

static void fence(Use &use, Instruction *before) {
  IRBuilder<> b(before);
  use.set(b.CreateArithmeticFence(use.get(), use->getType()));
}

void lle::fenceConversions(Module &module, TargetMachine &machine) {
  for (Function &function : module) {
    if (function.isDeclaration() || !machine.getTargetTriple().isThumb() ||
        !machine.getSubtargetImpl(function)->getTargetLowering()->isTypeLegal(MVT::v4f32))
      continue;
    for (Instruction &instruction : make_early_inc_range(instructions(function))) {
      if (isScaling(&instruction))
        for (Use &operand : instruction.operands())
          if (isa<SIToFPInst, UIToFPInst>(operand) && operand->getType()->isVectorTy())
            fence(operand, &instruction);
      if (makesIntegers(instruction) && isScaling(instruction.getOperand(0)))
        fence(instruction.getOperandUse(0), &instruction);
    }
  }
}
