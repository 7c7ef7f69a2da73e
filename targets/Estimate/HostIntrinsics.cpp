//===- HostIntrinsics.cpp - named instructions in portable terms ----------===//
#include "targets/Estimate/HostIntrinsics.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/PatternMatch.h"
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

/// Products of numbers with signs, in 32 bits.
static Value *multiply(IRBuilder<> &b, Value *x, Value *y) {
  Type *wide = getVector(b, cast<FixedVectorType>(x->getType())->getNumElements(), 32);
  return b.CreateMul(b.CreateSExt(x, wide), b.CreateSExt(y, wide));
}

/// The sums of `size` neighbours each.
static Value *addNeighbours(IRBuilder<> &b, Value *numbers, int size) {
  int groups = int(cast<FixedVectorType>(numbers->getType())->getNumElements()) / size;
  Value *sum = nullptr;
  for (int k = 0; k < size; ++k) {
    SmallVector<int> places;
    for (int group = 0; group < groups; ++group)
      places.push_back(group * size + k);
    Value *each = b.CreateShuffleVector(numbers, places);
    sum = sum ? b.CreateAdd(sum, each) : each;
  }
  return sum;
}

/// Two products of halves, and the third operand; the sum wraps.
static Value *addPairOfProducts(IRBuilder<> &b, ArrayRef<Value *> operands) {
  Type *halves = getVector(b, 2, 16);
  Value *products = multiply(b, b.CreateBitCast(operands[0], halves), b.CreateBitCast(operands[1], halves));
  return b.CreateAdd(b.CreateAddReduce(products), operands[2]);
}

/// With its flags (no sign, subtract, exchange) at 0.
static Value *addAllProducts(IRBuilder<> &b, ArrayRef<Value *> operands) {
  assert(all_of(operands.take_front(3), [](Value *flag) { return match(flag, PatternMatch::m_Zero()); }));
  return b.CreateAdd(operands[3], b.CreateAddReduce(multiply(b, operands[4], operands[5])));
}

static Value *addFourProducts(IRBuilder<> &b, ArrayRef<Value *> operands) {
  return b.CreateAdd(operands[0], addNeighbours(b, multiply(b, operands[1], operands[2]), 4));
}

/// The sums of products of each of two rows of eight with each of two others.
static Value *multiplyMatrices(IRBuilder<> &b, ArrayRef<Value *> operands) {
  SmallVector<int> first, second;
  for (int i = 0; i < 2; ++i)
    for (int j = 0; j < 2; ++j)
      for (int k = 0; k < 8; ++k) {
        first.push_back(8 * i + k);
        second.push_back(8 * j + k);
      }
  Value *products = multiply(b, b.CreateShuffleVector(operands[1], first), b.CreateShuffleVector(operands[2], second));
  return b.CreateAdd(operands[0], addNeighbours(b, products, 8));
}

/// The upper halves of doubled products, rounded. Those of the least number with itself saturate.
static Value *multiplyHigh(IRBuilder<> &b, ArrayRef<Value *> operands) {
  Value *products = multiply(b, operands[0], operands[1]);
  Type *type = products->getType();
  Value *rounded = b.CreateAShr(b.CreateAdd(products, ConstantInt::get(type, 1 << 14)), uint64_t(15));
  Value *most = ConstantInt::get(type, INT16_MAX);
  return b.CreateTrunc(b.CreateBinaryIntrinsic(Intrinsic::smin, rounded, most), operands[0]->getType());
}

/// Bytes of the registers; where a number is past the last of them, those of `others`.
static Value *selectBytes(IRBuilder<> &b, ArrayRef<Value *> registers, Value *numbers, Value *others) {
  constexpr unsigned kBytes = 16;
  Value *result = others;
  for (unsigned lane = 0; lane < kBytes; ++lane) {
    Value *number = b.CreateExtractElement(numbers, lane), *byte = b.CreateExtractElement(others, lane);
    for (auto [index, some] : enumerate(registers)) {
      Value *offset = b.CreateSub(number, b.getInt8(uint8_t(index * kBytes)));
      Value *isHere = b.CreateICmpULT(offset, b.getInt8(kBytes));
      byte = b.CreateSelect(isHere, b.CreateExtractElement(some, b.CreateAnd(offset, kBytes - 1)), byte);
    }
    result = b.CreateInsertElement(result, byte, lane);
  }
  return result;
}

static Value *selectBytesOrZero(IRBuilder<> &b, ArrayRef<Value *> operands) {
  return selectBytes(b, operands.drop_back(), operands.back(), Constant::getNullValue(operands.back()->getType()));
}

static Value *selectBytesOrKeep(IRBuilder<> &b, ArrayRef<Value *> operands) {
  return selectBytes(b, operands.drop_front().drop_back(), operands.back(), operands.front());
}

/// Arm Architecture Reference Manual, Armv7-M, chapter A7.7; Armv8-M, chapter C2.4 (VMLADAVA); Armv8-A, chapter C7.2
/// (SDOT, SMMLA, SQRDMULH, TBL, TBX).
static Builder findBuilder(StringRef name) {
  static const StringMap<Builder> table{
      {"llvm.aarch64.neon.sdot.v4i32.v16i8", addFourProducts},
      {"llvm.aarch64.neon.smmla.v4i32.v16i8", multiplyMatrices},
      {"llvm.aarch64.neon.sqrdmulh.v4i16", multiplyHigh},
      {"llvm.aarch64.neon.sqrdmulh.v8i16", multiplyHigh},
      {"llvm.aarch64.neon.tbl1.v16i8", selectBytesOrZero},
      {"llvm.aarch64.neon.tbl2.v16i8", selectBytesOrZero},
      {"llvm.aarch64.neon.tbl3.v16i8", selectBytesOrZero},
      {"llvm.aarch64.neon.tbl4.v16i8", selectBytesOrZero},
      {"llvm.aarch64.neon.tbx1.v16i8", selectBytesOrKeep},
      {"llvm.aarch64.neon.tbx2.v16i8", selectBytesOrKeep},
      {"llvm.aarch64.neon.tbx3.v16i8", selectBytesOrKeep},
      {"llvm.aarch64.neon.tbx4.v16i8", selectBytesOrKeep},
      {"llvm.arm.mve.vmldava.v16i8", addAllProducts},
      {"llvm.arm.mve.vmldava.v8i16", addAllProducts},
      {"llvm.arm.sadd16", addHalves},
      {"llvm.arm.smlad", addPairOfProducts},
      {"llvm.arm.sxtb16", extendBytes},
      {"llvm.arm.sxtab16", addExtendedBytes},
  };
  return table.lookup(name);
}

/// Those of vectors with a length are generic in name: LLVM 22 fails to select code for some of them on other
/// processors.
static bool isOfProcessor(const IntrinsicInst &intrinsic) {
  return Intrinsic::isTargetIntrinsic(intrinsic.getIntrinsicID()) || isa<VPIntrinsic>(intrinsic);
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
