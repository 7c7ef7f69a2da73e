//===- ExpandRounding.cpp - no calls of floorf and the like ---------------===//
#include "targets/Native/ExpandRounding.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/CodeGen/TargetLowering.h"
#include "llvm/CodeGen/TargetSubtargetInfo.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"

#include <optional>

using namespace llvm;

/// How code generation calls the operation of the intrinsic; none for others.
static std::optional<ISD::NodeType> getRounding(Intrinsic::ID intrinsic) {
  switch (intrinsic) {
  case Intrinsic::floor:
    return ISD::FFLOOR;
  case Intrinsic::ceil:
    return ISD::FCEIL;
  case Intrinsic::trunc:
    return ISD::FTRUNC;
  case Intrinsic::rint:
    return ISD::FRINT;
  case Intrinsic::nearbyint:
    return ISD::FNEARBYINT;
  case Intrinsic::roundeven:
    return ISD::FROUNDEVEN;
  default:
    return std::nullopt;
  }
}

/// The nearest integer, ties to even: what is smaller than 2^23 (of doubles, 2^52) loses its fraction in a sum with it,
/// what is not has none. The sign is that of x, so that -0.3 gives -0.
static Value *roundToEven(IRBuilder<> &b, Value *x) {
  Value *magnitude = b.CreateUnaryIntrinsic(Intrinsic::fabs, x);
  Value *large = ConstantFP::get(x->getType(), x->getType()->getScalarType()->isFloatTy() ? 0x1p23 : 0x1p52);
  Value *whole = b.CreateFSub(b.CreateFAdd(magnitude, large), large);
  Value *hasFraction = b.CreateFCmpOLT(magnitude, large);
  return b.CreateSelect(hasFraction, b.CreateBinaryIntrinsic(Intrinsic::copysign, whole, x), x);
}

/// The integer next to x in the direction of `step`, -1 or 1.
static Value *roundTowards(IRBuilder<> &b, Value *x, double step) {
  Value *nearest = roundToEven(b, x);
  Value *isBehind = step < 0 ? b.CreateFCmpOGT(nearest, x) : b.CreateFCmpOLT(nearest, x);
  Value *next = b.CreateFAdd(nearest, ConstantFP::get(x->getType(), step));
  return b.CreateBinaryIntrinsic(Intrinsic::copysign, b.CreateSelect(isBehind, next, nearest), x);
}

static Value *expand(IRBuilder<> &b, ISD::NodeType rounding, Value *x) {
  switch (rounding) {
  case ISD::FFLOOR:
    return roundTowards(b, x, -1);
  case ISD::FCEIL:
    return roundTowards(b, x, 1);
  case ISD::FTRUNC:
    return b.CreateBinaryIntrinsic(Intrinsic::copysign, roundTowards(b, b.CreateUnaryIntrinsic(Intrinsic::fabs, x), -1),
                                   x);
  default: // the rounding mode is always to nearest, ties to even
    return roundToEven(b, x);
  }
}

void lle::expandRounding(Module &module, TargetMachine &machine) {
  for (Function &function : module) {
    if (function.isDeclaration())
      continue;
    const TargetLowering &lowering = *machine.getSubtargetImpl(function)->getTargetLowering();
    SmallVector<std::pair<IntrinsicInst *, ISD::NodeType>> calls;
    for (Instruction &instruction : instructions(function))
      if (auto *call = dyn_cast<IntrinsicInst>(&instruction)) {
        std::optional<ISD::NodeType> rounding = getRounding(call->getIntrinsicID());
        if (rounding && !lowering.isOperationLegalOrCustom(*rounding, MVT::getVT(call->getType()->getScalarType())))
          calls.push_back({call, *rounding});
      }
    for (auto [call, rounding] : calls) {
      IRBuilder<> b(call);
      Value *expanded = expand(b, rounding, call->getArgOperand(0));
      call->replaceAllUsesWith(expanded);
      call->eraseFromParent();
    }
  }
}
