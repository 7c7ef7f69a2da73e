//===- RoundWhole.cpp - whole numbers to integers -------------------------===//
#include "targets/Native/RoundWhole.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/CodeGen/TargetLowering.h"
#include "llvm/CodeGen/TargetSubtargetInfo.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/IntrinsicInst.h"

using namespace llvm;

/// Operands are followed so far.
static constexpr unsigned kDepth = 6;

static bool isWhole(const Value *value, unsigned depth = kDepth);

static bool areWhole(User::const_op_range values, unsigned depth) {
  return depth > 0 && all_of(values, [&](const Use &use) { return isWhole(use.get(), depth - 1); });
}

/// That a float, unless it is infinite or none, has no fraction. Sums and products of such round to such.
static bool isWhole(const Value *value, unsigned depth) {
  if (auto *constant = dyn_cast<Constant>(value)) {
    auto *number =
        dyn_cast_or_null<ConstantFP>(constant->getType()->isVectorTy() ? constant->getSplatValue() : constant);
    return number && number->getValueAPF().isInteger();
  }
  if (auto *call = dyn_cast<IntrinsicInst>(value))
    switch (call->getIntrinsicID()) {
    case Intrinsic::floor:
    case Intrinsic::ceil:
    case Intrinsic::trunc:
    case Intrinsic::rint:
    case Intrinsic::nearbyint:
    case Intrinsic::roundeven:
      return true;
    case Intrinsic::fabs:
    case Intrinsic::minnum:
    case Intrinsic::maxnum:
    case Intrinsic::minimum:
    case Intrinsic::maximum:
      return areWhole(call->args(), depth);
    default:
      return false;
    }
  auto *instruction = dyn_cast<Instruction>(value);
  switch (instruction ? instruction->getOpcode() : 0) {
  case Instruction::SIToFP:
  case Instruction::UIToFP:
    return true;
  case Instruction::Select:
    return areWhole(drop_begin(instruction->operands()), depth);
  case Instruction::FAdd:
  case Instruction::FSub:
  case Instruction::FMul:
  case Instruction::FNeg:
    return areWhole(instruction->operands(), depth);
  default:
    return false;
  }
}

/// Registers hold several of these, which instructions convert: of other numbers each would be a call of a function.
static bool hasVectorsOf(const TargetLowering &lowering, const Type *type) {
  constexpr unsigned kRegisterBits = 128;
  const Type *element = type->getScalarType();
  unsigned bits = element->getScalarSizeInBits();
  MVT number = element->isIntegerTy() ? MVT::getIntegerVT(bits) : MVT::getFloatingPointVT(bits);
  return lowering.isTypeLegal(MVT::getVectorVT(number, kRegisterBits / bits));
}

void lle::roundWholeNumbers(Module &module, TargetMachine &machine) {
  if (!machine.getTargetTriple().isRISCV())
    return;
  for (Function &function : module) {
    if (function.isDeclaration())
      continue;
    const TargetLowering &lowering = *machine.getSubtargetImpl(function)->getTargetLowering();
    for (Instruction &instruction : make_early_inc_range(instructions(function))) {
      Type *type = instruction.getType();
      if (!isa<FPToSIInst>(instruction) || !type->isVectorTy() || !isWhole(instruction.getOperand(0)))
        continue;
      Value *number = instruction.getOperand(0);
      if (!hasVectorsOf(lowering, type) || !hasVectorsOf(lowering, number->getType()))
        continue;
      IRBuilder<> b(&instruction);
      instruction.replaceAllUsesWith(b.CreateIntrinsic(Intrinsic::lrint, {type, number->getType()}, {number}));
      instruction.eraseFromParent();
    }
  }
}
