//===- SpikeBits.cpp - spikes as sets of bits -----------------------------===//
#include "lowering/MaterializeState/SpikeBits.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace lle;

int64_t lle::getWordCount(int64_t bits) { return llvm::divideCeil(bits, kSpikeWordBits); }

/// Each element that is set adds its bit. LLVM 22 takes masks of MVE apart bit by bit where it does not fail to select
/// them; a sum over a vector is one instruction there.
static Value sumBits(StepBuilder &b, Value active) {
  int64_t length = cast<VectorType>(active.getType()).getNumElements();
  SmallVector<int32_t> bits;
  for (int64_t i = 0; i < length; ++i)
    bits.push_back(int32_t(uint32_t(1) << i));
  auto type = VectorType::get({length}, b.getI32Type());
  Value weights = arith::ConstantOp::create(b, DenseElementsAttr::get(type, ArrayRef<int32_t>(bits)));
  Value set = arith::SelectOp::create(b, active, weights, b.zero(type));
  return vector::ReductionOp::create(b, vector::CombiningKind::ADD, set);
}

Value lle::packMask(StepBuilder &b, Value active) {
  if (b.machine.simd == Simd::mve && cast<VectorType>(active.getType()).getNumElements() <= kSpikeWordBits)
    return sumBits(b, active);
  // A mask whose length is a power of two stays in one register; other lengths would be taken apart bit by bit.
  int64_t length = cast<VectorType>(active.getType()).getNumElements();
  int64_t bits = std::max<int64_t>(8, llvm::PowerOf2Ceil(length));
  if (bits != length)
    active = vector::InsertStridedSliceOp::create(b, active, b.zero(VectorType::get({bits}, b.getI1Type())),
                                                  ArrayRef<int64_t>{0}, ArrayRef<int64_t>{1});
  auto bitsType = b.getIntegerType(bits);
  Value word = vector::BitCastOp::create(b, VectorType::get({1}, bitsType), active);
  word = vector::ExtractOp::create(b, word, ArrayRef<int64_t>{0});
  auto maskType = b.getIntegerType(bits <= 32 ? 32 : 64);
  return bitsType == maskType ? word : arith::ExtUIOp::create(b, maskType, word).getResult();
}

Value lle::readWord(StepBuilder &b, Value bits, Value index) { return tensor::ExtractOp::create(b, bits, index); }

Value lle::readBits(StepBuilder &b, Value bits, Value base, int64_t length) {
  Value number = arith::DivUIOp::create(b, base, b.index(kSpikeWordBits));
  Value low = readWord(b, bits, number);
  if (length <= kSpikeWordBits)
    return low;
  // Two words: one of 64 bits would wait for both stores that it was written by.
  Value high = readWord(b, bits, arith::AddIOp::create(b, number, b.index(1)));
  auto wide = b.getI64Type();
  Value shift = arith::ConstantOp::create(b, b.getI64IntegerAttr(kSpikeWordBits));
  high = arith::ShLIOp::create(b, arith::ExtUIOp::create(b, wide, high), shift);
  return arith::OrIOp::create(b, high, arith::ExtUIOp::create(b, wide, low));
}
