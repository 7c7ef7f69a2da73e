//===- FixedAffine.cpp - native code of layers in fixed point -------------===//
//
// Sums are those of DotProducts.h. What follows them is done for as many outputs at once as a vector register has
// lanes, where there are vectors.
//
//===----------------------------------------------------------------------===//
#include "lowering/LLEToLinalg/DotProducts.h"
#include "lowering/LLEToLinalg/Integers.h"
#include "lowering/LLEToLinalg/Layers.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace lle;

namespace {
/// How `(sum multiplier + 2^(shift - 1)) >> shift` is computed. A sum that is rounded half up by a shift of `t + 1` is
/// `((sum >> t) + 1) >> 1`, which cannot overflow.
enum class Scaling {
  shift, ///< Of sums: multipliers are 1.
  high,  ///< Of the high 32 bits of products: shifts are 33 or more, or can be made so.
  full   ///< In 64 bits.
};

class FixedAffineLowering {
public:
  FixedAffineLowering(StepBuilder &b, FixedAffineOp op);
  Value build(Value input);

private:
  StepBuilder &b;
  int64_t outputs, lanes;
  unsigned resultBits;
  std::vector<int64_t> weights, bias, multiplier, shift;
  IntegerMatrix matrix;
  FixedFunctionCode function;
  Scaling scaling = Scaling::shift;

  void chooseScaling();
  /// A table of one number for each output, or the number that all have.
  struct Each {
    Value table, scalar;
  };
  Each makeEach(std::vector<int64_t> values, unsigned bits);
  /// Those of the outputs of a vector, or of one output.
  Integer read(StepBuilder &b, const Each &each, Value place, unsigned bits);
  Integer read(StepBuilder &b, Value tensor, Value place) const {
    return lanes == 1 ? readInteger(b, tensor, place) : readIntegers(b, tensor, place, lanes);
  }
  Integer scale(StepBuilder &b, Integer sum, const Each &multipliers, const Each &shifts, Value place);
};
} // namespace

FixedAffineLowering::FixedAffineLowering(StepBuilder &b, FixedAffineOp op)
    : b(b), outputs(cast<RankedTensorType>(op.getType()).getNumElements()), lanes(b.machine.lanes),
      resultBits(cast<RankedTensorType>(op.getType()).getElementTypeBitWidth()),
      weights(readIntegerElements(op.getWeights())), bias(readIntegerElements(op.getBias())),
      multiplier(readIntegerElements(op.getMultiplier())), shift(readIntegerElements(op.getShift())),
      matrix{outputs,
             int64_t(weights.size()) / outputs,
             weights,
             bias,
             op.getWeights().getElementType().getIntOrFloatBitWidth(),
             cast<RankedTensorType>(op.getInput().getType()).getElementTypeBitWidth()},
      function(b, op.getFunction()) {
  auto repeat = [&](std::vector<int64_t> &values) {
    if (values.size() == 1)
      values.resize(outputs, values.front());
  };
  repeat(multiplier);
  repeat(shift);
  chooseScaling();
}

void FixedAffineLowering::chooseScaling() {
  if (llvm::all_of(multiplier, [](int64_t m) { return m == 1; })) {
    for (int64_t &bits : shift)
      bits = std::min<int64_t>(bits - 1, 31); // a sum has no more
    return;
  }
  std::vector<int64_t> factors, bits;
  for (auto [m, s] : llvm::zip_equal(multiplier, shift)) {
    int64_t more = std::max<int64_t>(0, 33 - s);
    factors.push_back(m << more);
    bits.push_back(s + more - 33);
  }
  scaling = llvm::all_of(factors, [](int64_t m) { return m <= INT32_MAX; }) ? Scaling::high : Scaling::full;
  if (scaling == Scaling::high) {
    multiplier = factors;
    shift = bits;
  }
}

FixedAffineLowering::Each FixedAffineLowering::makeEach(std::vector<int64_t> values, unsigned bits) {
  if (llvm::all_equal(values))
    return {{}, arith::ConstantOp::create(b, b.getIntegerAttr(b.getIntegerType(bits), values.front()))};
  values.resize(llvm::alignTo(outputs, lanes), values.back());
  return {integerTable(b, values, bits), {}};
}

Integer FixedAffineLowering::read(StepBuilder &b, const Each &each, Value place, unsigned bits) {
  if (each.scalar) {
    Integer number = Integer{&b, each.scalar}.withWidth(bits);
    return lanes == 1 ? number : broadcast(number, lanes);
  }
  return read(b, each.table, place).withWidth(bits);
}

Integer FixedAffineLowering::scale(StepBuilder &b, Integer sum, const Each &multipliers, const Each &shifts,
                                   Value place) {
  if (scaling == Scaling::full)
    return scaleInteger(sum, read(b, multipliers, place, 64), read(b, shifts, place, 64)).withWidth(32);
  if (scaling == Scaling::high)
    sum = ((sum.withWidth(64) * read(b, multipliers, place, 64)) >> 32).withWidth(32);
  return clip(((sum >> read(b, shifts, place, 32)) + 1) >> 1, 16);
}

Value FixedAffineLowering::build(Value input) {
  Value sums = multiplyIntegers(b, matrix, input);
  Each multipliers = makeEach(multiplier, 32), shifts = makeEach(shift, 8);
  int64_t length = llvm::alignTo(outputs, lanes);
  Value results = tensor::EmptyOp::create(b, ArrayRef<int64_t>{length}, b.getIntegerType(resultBits));
  results =
      buildLoop(b, length / lanes, results, [&](StepBuilder &b, Value index, ValueRange carried) -> SmallVector<Value> {
        Value place = arith::MulIOp::create(b, index, b.index(lanes));
        Integer y = function(scale(b, read(b, sums, place), multipliers, shifts, place));
        if (resultBits < 16) // of which functions leave no more
          y = clip(y, resultBits);
        if (lanes == 1)
          return {writeInteger(y, carried.front(), place)};
        Value stored = y.withWidth(resultBits).value;
        return {vector::TransferWriteOp::create(b, stored, carried.front(), place, ArrayRef<bool>{true}).getResult()};
      }).front();
  if (length == outputs)
    return results;
  return tensor::ExtractSliceOp::create(b, results, ArrayRef<OpFoldResult>{b.getIndexAttr(0)},
                                        ArrayRef<OpFoldResult>{b.getIndexAttr(outputs)},
                                        ArrayRef<OpFoldResult>{b.getIndexAttr(1)});
}

namespace {
struct FixedAffineModel : StepLoweringOpInterface::ExternalModel<FixedAffineModel, FixedAffineOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value>,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &) const {
    results.push_back({FixedAffineLowering(b, cast<FixedAffineOp>(op)).build(inputs[0].value)});
    return success();
  }
};
} // namespace

void lle::attachFixedAffineLowering(MLIRContext *context) {
  FixedAffineOp::attachInterface<FixedAffineModel>(*context);
}
