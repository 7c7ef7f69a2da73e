//===- WidenConversions.cpp - pairs of numbers as full registers ----------===//
#include "targets/Native/WidenConversions.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/CodeGen/TargetLowering.h"
#include "llvm/CodeGen/TargetSubtargetInfo.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"

using namespace llvm;

/// A conversion of two elements, of f32 and integers of at most 32 bits.
static bool isPair(const CastInst &cast) {
  if (!isa<FPToSIInst, FPToUIInst, SIToFPInst, UIToFPInst>(cast))
    return false;
  auto *vector = dyn_cast<FixedVectorType>(cast.getType());
  if (!vector || vector->getNumElements() != 2)
    return false;
  Type *from = cast.getSrcTy()->getScalarType(), *to = cast.getDestTy()->getScalarType();
  Type *integer = from->isIntegerTy() ? from : to, *number = from->isIntegerTy() ? to : from;
  return integer->getIntegerBitWidth() <= 32 && number->isFloatTy();
}

static Value *widen(IRBuilder<> &b, CastInst &cast) {
  Value *source = cast.getOperand(0);
  Type *from = FixedVectorType::get(b.getInt32Ty(), 4), *number = FixedVectorType::get(b.getFloatTy(), 4);
  Value *four = b.CreateShuffleVector(source, {0, 1, 0, 1});
  Value *result;
  if (cast.getSrcTy()->isIntOrIntVectorTy()) {
    Value *integers = isa<SIToFPInst>(cast) ? b.CreateSExt(four, from) : b.CreateZExt(four, from);
    result = isa<SIToFPInst>(cast) ? b.CreateSIToFP(integers, number) : b.CreateUIToFP(integers, number);
  } else {
    result = isa<FPToSIInst>(cast) ? b.CreateFPToSI(four, from) : b.CreateFPToUI(four, from);
    result = b.CreateTrunc(result, FixedVectorType::get(cast.getDestTy()->getScalarType(), 4));
  }
  return b.CreateShuffleVector(result, {0, 1});
}

void lle::widenConversions(Module &module, TargetMachine &machine) {
  for (Function &function : module) {
    if (function.isDeclaration())
      continue;
    const TargetLowering &lowering = *machine.getSubtargetImpl(function)->getTargetLowering();
    if (lowering.getTypeAction(module.getContext(), MVT::v2i32) != TargetLowering::TypePromoteInteger ||
        !lowering.isTypeLegal(MVT::v4i32) || !lowering.isTypeLegal(MVT::v4f32))
      continue;
    SmallVector<CastInst *> pairs;
    for (Instruction &instruction : instructions(function))
      if (auto *cast = dyn_cast<CastInst>(&instruction); cast && isPair(*cast))
        pairs.push_back(cast);
    for (CastInst *cast : pairs) {
      IRBuilder<> b(cast);
      cast->replaceAllUsesWith(widen(b, *cast));
      cast->eraseFromParent();
    }
  }
}
