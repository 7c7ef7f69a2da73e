//===- HostIntrinsics.cpp - named instructions in portable terms ----------===//
#include "targets/Estimate/HostIntrinsics.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/TargetParser/Host.h"

using namespace llvm;
using namespace lle;

using Builder = Value *(*)(IRBuilder<> & b, ArrayRef<Value *> operands);

static Type *getVector(IRBuilder<> &b, unsigned count, unsigned bits) {
  return FixedVectorType::get(b.getIntNTy(bits), count);
}

/// Two sums of 16 bits, which wrap.
static Value *addHalves(IRBuilder<> &b, ArrayRef<Value *> operands) {
  Type *halves = getVector(b, 2, 16);
  Value *sum = b.CreateAdd(b.CreateBitCast(operands[0], halves), b.CreateBitCast(operands[1], halves));
  return b.CreateBitCast(sum, b.getInt32Ty());
}

/// Bytes 0 and 2 with their signs, as halves.
static Value *extendBytes(IRBuilder<> &b, Value *word) {
  Value *bytes = b.CreateShuffleVector(b.CreateBitCast(word, getVector(b, 4, 8)), {0, 2});
  return b.CreateSExt(bytes, getVector(b, 2, 16));
}

static Value *extendBytes(IRBuilder<> &b, ArrayRef<Value *> operands) {
  return b.CreateBitCast(extendBytes(b, operands[0]), b.getInt32Ty());
}

static Value *addExtendedBytes(IRBuilder<> &b, ArrayRef<Value *> operands) {
  Value *sum = b.CreateAdd(b.CreateBitCast(operands[0], getVector(b, 2, 16)), extendBytes(b, operands[1]));
  return b.CreateBitCast(sum, b.getInt32Ty());
}

/// Arm Architecture Reference Manual, Armv7-M, chapter A7.7.
static Builder findBuilder(StringRef name) {
  static const StringMap<Builder> table{
      {"llvm.arm.sadd16", addHalves},
      {"llvm.arm.sxtb16", extendBytes},
      {"llvm.arm.sxtab16", addExtendedBytes},
  };
  return table.lookup(name);
}

/// Those of this machine are run as they are.
static bool isOfProcessor(const IntrinsicInst &intrinsic) {
  return Intrinsic::isTargetIntrinsic(intrinsic.getIntrinsicID());
}

Error lle::replaceIntrinsics(Module &module) {
  SmallVector<IntrinsicInst *> intrinsics;
  for (Function &function : module)
    for (Instruction &instruction : instructions(function))
      if (auto *intrinsic = dyn_cast<IntrinsicInst>(&instruction); intrinsic && isOfProcessor(*intrinsic))
        intrinsics.push_back(intrinsic);
  for (IntrinsicInst *intrinsic : intrinsics) {
    StringRef name = intrinsic->getCalledFunction()->getName();
    Builder build = findBuilder(name);
    if (!build)
      return createStringError("this machine cannot run '" + name + "'");
    IRBuilder<> b(intrinsic);
    SmallVector<Value *> operands(intrinsic->args());
    intrinsic->replaceAllUsesWith(build(b, operands));
    intrinsic->eraseFromParent();
  }
  return Error::success();
}
