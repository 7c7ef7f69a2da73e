//===- HostVectors.cpp - vectors of a processor's own length --------------===//
#include "targets/Estimate/HostVectors.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Module.h"
#include "llvm/TargetParser/RISCVTargetParser.h"

using namespace llvm;

unsigned lle::getVectorScale(const Function &function) {
  unsigned bits = 0; // the width of the target's registers, as its file has it
  if (!function.getParent()->getTargetTriple().isRISCV() ||
      function.getFnAttribute("prefer-vector-width").getValueAsString().getAsInteger(10, bits))
    return 0;
  return bits / RISCV::RVVBitsPerBlock;
}

uint64_t lle::getMostLanes(const IntrinsicInst &length) {
  uint64_t lanes = cast<ConstantInt>(length.getArgOperand(1))->getZExtValue();
  bool isScalable = cast<ConstantInt>(length.getArgOperand(2))->isOne();
  return isScalable ? lanes * getVectorScale(*length.getFunction()) : lanes;
}

static Type *fixType(Type *type, unsigned scale) {
  auto *vector = dyn_cast<ScalableVectorType>(type);
  return vector ? FixedVectorType::get(vector->getElementType(), vector->getMinNumElements() * scale) : type;
}

/// Null for a constant that is not the same in all lanes.
static Constant *fixConstant(Constant *constant, unsigned scale) {
  Type *type = fixType(constant->getType(), scale);
  if (isa<PoisonValue>(constant))
    return PoisonValue::get(type);
  Constant *element = constant->getSplatValue();
  return element ? ConstantVector::getSplat(cast<FixedVectorType>(type)->getElementCount(), element) : nullptr;
}

/// The numbers of lanes.
static Constant *getLanes(IRBuilder<> &b, FixedVectorType *type) {
  SmallVector<Constant *> lanes;
  for (unsigned lane = 0; lane < type->getNumElements(); ++lane)
    lanes.push_back(ConstantInt::get(type->getElementType(), lane));
  return ConstantVector::get(lanes);
}

/// Which lanes are accessed: those below the length, of the mask.
static Value *getMask(IRBuilder<> &b, VPIntrinsic &access) {
  Value *mask = access.getMaskParam(), *length = access.getVectorLengthParam();
  auto *type = FixedVectorType::get(length->getType(), cast<FixedVectorType>(mask->getType())->getNumElements());
  return b.CreateAnd(mask, b.CreateICmpULT(getLanes(b, type), b.CreateVectorSplat(type->getNumElements(), length)));
}

/// What gives the same as the intrinsic, whose operands have fixed lengths by now; null where that is the intrinsic,
/// and where there is nothing.
static Value *replace(IRBuilder<> &b, IntrinsicInst &call, unsigned scale) {
  auto *access = dyn_cast<VPIntrinsic>(&call);
  Value *pointer = access ? access->getMemoryPointerParam() : nullptr;
  Align alignment = access ? access->getPointerAlignment().valueOrOne() : Align();
  switch (call.getIntrinsicID()) {
  case Intrinsic::experimental_get_vector_length: {
    Value *left = call.getArgOperand(0);
    auto *most = ConstantInt::get(left->getType(), lle::getMostLanes(call));
    return b.CreateZExtOrTrunc(b.CreateBinaryIntrinsic(Intrinsic::umin, left, most), call.getType());
  }
  case Intrinsic::vscale:
    return ConstantInt::get(call.getType(), scale);
  case Intrinsic::stepvector:
    return getLanes(b, cast<FixedVectorType>(call.getType()));
  case Intrinsic::vp_load:
    return b.CreateMaskedLoad(call.getType(), pointer, alignment, getMask(b, *access));
  case Intrinsic::vp_store:
    return b.CreateMaskedStore(access->getMemoryDataParam(), pointer, alignment, getMask(b, *access));
  case Intrinsic::vp_gather:
    return b.CreateMaskedGather(call.getType(), pointer, alignment, getMask(b, *access));
  case Intrinsic::vp_scatter:
    return b.CreateMaskedScatter(access->getMemoryDataParam(), pointer, alignment, getMask(b, *access));
  case Intrinsic::experimental_vp_strided_load: {
    Value *stride = call.getArgOperand(1);
    auto *type = FixedVectorType::get(stride->getType(), cast<FixedVectorType>(call.getType())->getNumElements());
    Value *offsets = b.CreateMul(getLanes(b, type), b.CreateVectorSplat(type->getNumElements(), stride));
    return b.CreateMaskedGather(call.getType(), b.CreatePtrAdd(pointer, offsets), alignment, getMask(b, *access));
  }
  default: // element by element, or a reduction
    if (access || none_of(call.getFunctionType()->subtypes(), [](const Type *type) { return type->isScalableTy(); }))
      return nullptr;
    return b.CreateIntrinsic(call.getType(), call.getIntrinsicID(), SmallVector<Value *>(call.args()));
  }
}

Error lle::fixVectorLengths(Function &function) {
  unsigned scale = getVectorScale(function);
  auto refuse = [](const Instruction &instruction) {
    std::string text;
    raw_string_ostream(text) << instruction;
    return createStringError("this machine cannot run '" + StringRef(text).trim() + "'");
  };
  auto isScalable = [](const Value *value) { return value->getType()->isScalableTy(); };
  SmallVector<IntrinsicInst *> calls;
  for (Instruction &instruction : instructions(function)) {
    if (auto *call = dyn_cast<IntrinsicInst>(&instruction))
      calls.push_back(call);
    bool isVector = isScalable(&instruction) || any_of(instruction.operand_values(), isScalable);
    if (!isVector)
      continue;
    if (scale == 0 || instruction.getType()->isStructTy())
      return refuse(instruction);
    for (Use &use : instruction.operands())
      if (auto *constant = dyn_cast<Constant>(use); constant && isScalable(constant)) {
        Constant *fixed = fixConstant(constant, scale);
        if (!fixed)
          return refuse(instruction);
        use.set(fixed);
      }
    instruction.mutateType(fixType(instruction.getType(), scale));
    // All lanes are the first one: there is no other shuffle of a length that is not known.
    if (auto *shuffle = dyn_cast<ShuffleVectorInst>(&instruction))
      shuffle->setShuffleMask(SmallVector<int>(cast<FixedVectorType>(shuffle->getType())->getNumElements(), 0));
  }
  for (IntrinsicInst *call : calls) {
    IRBuilder<> b(call);
    if (Value *value = replace(b, *call, scale)) {
      call->replaceAllUsesWith(value);
      call->eraseFromParent();
    } else if (isa<VPIntrinsic>(call)) {
      return refuse(*call);
    }
  }
  return Error::success();
}
