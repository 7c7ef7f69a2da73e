//===- WidenTruncations.cpp - triples of bytes, stored whole --------------===//
#include "targets/Native/WidenTruncations.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/PatternMatch.h"

using namespace llvm;
using namespace llvm::PatternMatch;

static bool isTriple(const Instruction &instruction) {
  auto *from = match(&instruction, m_Trunc(m_Value())) ? dyn_cast<FixedVectorType>(instruction.getOperand(0)->getType())
                                                       : nullptr;
  return from && from->getNumElements() == 3 && from->getScalarSizeInBits() == 64 &&
         instruction.getType()->getScalarType()->isIntegerTy(8);
}

void lle::widenTruncations(Module &module) {
  if (!module.getTargetTriple().isAArch64())
    return;
  for (Function &function : module)
    for (Instruction &instruction : make_early_inc_range(instructions(function))) {
      if (!isTriple(instruction))
        continue;
      IRBuilder<> b(&instruction);
      Value *four = b.CreateShuffleVector(instruction.getOperand(0), {0, 1, 2, PoisonMaskElem});
      Value *bytes = b.CreateTrunc(four, FixedVectorType::get(b.getInt8Ty(), 4));
      instruction.replaceAllUsesWith(b.CreateShuffleVector(bytes, {0, 1, 2}));
      instruction.eraseFromParent();
    }
}
