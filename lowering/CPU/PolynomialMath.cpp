//===- PolynomialMath.cpp - no calls of a math library --------------------===//
//
// Of f32: exp(x) = 2^(x log2 e) and tanh(x) = (1 - exp(-2x)) / (1 + exp(-2x)), with 2^t as a polynomial of the fraction
// of t and its whole part in the exponent. Everything else, by MLIR's approximations.
//
//===----------------------------------------------------------------------===//
#include "lowering/LTCToLinalg/Maths.h"
#include "lowering/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Math/Transforms/Passes.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace lle {
#define GEN_PASS_DEF_POLYNOMIALMATH
#include "lowering/Passes.h.inc"
} // namespace lle

using namespace mlir;
using namespace lle;

/// Minimax polynomials of 2^f, lowest power first (relative error, found by reweighted least squares; with the
/// coefficients rounded to f32 and evaluated in f32 in parentheses). The first coefficient is one, so that 2^0 is 1,
/// tanh(0) is 0, and what is silent stays silent. f is in [-1/2, 1/2] where t is rounded to nearest, in [0, 1] where it
/// is rounded down.
static constexpr double kNearest5[] = {1.0,
                                       0.69314700365066528,
                                       0.24022242426872253,
                                       0.055507335811853409,
                                       0.0096715129911899567,
                                       0.0013264727313071489}; // 9.2e-8 (1.7e-7)
static constexpr double kNearest4[] = {1.0, 0.69312417507171631, 0.24024099111557007, 0.055906426161527634,
                                       0.0095828529447317123}; // 2.8e-6 (2.9e-6)
static constexpr double kDown5[] = {1.0,
                                    0.69315129518508911,
                                    0.24016444385051727,
                                    0.055799912661314011,
                                    0.0090170307084918022,
                                    0.0018671300495043397}; // 8.2e-8 (1.5e-7)
static constexpr double kDown4[] = {1.0, 0.69304484128952026, 0.241280198097229, 0.052242472767829895,
                                    0.013426683843135834}; // 2.9e-6 (3.0e-6)

/// 2^t saturates here: no result is infinite or needs the smallest exponent, so that 1 / (1 + 2^t) may be refined by a
/// Newton step, and exponents may be added as integers.
static constexpr double kLargestPower = 126, kSmallestPower = -125;
/// Adding 1.5 * 2^23 leaves the nearest integer in the low bits of the sum.
static constexpr double kRoundingBias = 12582912;
static constexpr int64_t kMantissaBits = 23;
/// f32 elements of one AVX-512 register.
static constexpr int64_t kWideLanes = 16;
/// Operations that follow each other are expanded side by side, as many as registers allow.
static constexpr size_t kSideBySide = 4;

namespace {
/// Values of one type that go through the same steps, so that one hides the latency of the others.
using Values = SmallVector<Value>;

class Expander {
public:
  Expander(Operation *last, Accuracy accuracy, Simd simd)
      : b(last->getLoc(), last), isFast(accuracy == Accuracy::fast), avx512(hasAVX512(simd)) {}

  /// The results of operations of one kind and type.
  Values expand(ArrayRef<Operation *> ops);

private:
  ImplicitLocOpBuilder b;
  const bool isFast, avx512;

  Value constant(Type type, double value);
  Values map(const Values &x, llvm::function_ref<Value(Value)> step) { return llvm::map_to_vector(x, step); }
  Value multiplyAdd(Value x, Value y, Value z);
  Values polynomial(const Values &x, ArrayRef<double> coefficients);
  Values clamp(const Values &t);
  Values power(const Values &t);
  Values powerWide(const Values &t);
  Values reciprocalWide(const Values &d);
  Values divide(const Values &numerators, const Values &denominators);
  Value callWide(StringRef intrinsic, ValueRange arguments);
  Value integer(Type type, int64_t value);
  bool isWide(const Values &x) {
    auto vector = dyn_cast<VectorType>(x.front().getType());
    return vector && vector.getShape() == ArrayRef<int64_t>{kWideLanes};
  }
  Values split(const Values &x);
  Values join(const Values &pieces, Type type);
};
} // namespace

Value Expander::constant(Type type, double value) {
  auto attribute = FloatAttr::get(getElementTypeOrSelf(type), value);
  if (auto vector = dyn_cast<VectorType>(type))
    return arith::ConstantOp::create(b, DenseElementsAttr::get(vector, Attribute(attribute)));
  return arith::ConstantOp::create(b, attribute);
}

Value Expander::integer(Type type, int64_t value) {
  auto attribute = IntegerAttr::get(getElementTypeOrSelf(type), value);
  if (auto vector = dyn_cast<VectorType>(type))
    return arith::ConstantOp::create(b, DenseElementsAttr::get(vector, Attribute(attribute)));
  return arith::ConstantOp::create(b, attribute);
}

/// Fused where the target can: math.fma would be a library call elsewhere.
Value Expander::multiplyAdd(Value x, Value y, Value z) {
  auto contract = arith::FastMathFlags::contract;
  return arith::AddFOp::create(b, arith::MulFOp::create(b, x, y, contract), z, contract);
}

Values Expander::polynomial(const Values &x, ArrayRef<double> coefficients) {
  Type type = x.front().getType();
  Values sums(x.size(), constant(type, coefficients.back()));
  for (double coefficient : llvm::reverse(coefficients.drop_back())) {
    Value next = constant(type, coefficient);
    for (auto [sum, value] : llvm::zip(sums, x))
      sum = multiplyAdd(sum, value, next);
  }
  return sums;
}

/// What 2^t neither overflows nor needs the smallest exponent of. NaN stays NaN.
Values Expander::clamp(const Values &given) {
  Type type = given.front().getType();
  Value largest = constant(type, kLargestPower), smallest = constant(type, kSmallestPower);
  auto clampTo = [&](arith::CmpFPredicate predicate, Value limit) {
    return [&, predicate, limit](Value value) -> Value {
      return arith::SelectOp::create(b, arith::CmpFOp::create(b, predicate, limit, value), limit, value);
    };
  };
  return map(map(given, clampTo(arith::CmpFPredicate::OLT, largest)), clampTo(arith::CmpFPredicate::OGT, smallest));
}

/// 2^t on any machine, for t that is clamped. NaN stays NaN.
Values Expander::power(const Values &t) {
  Type type = t.front().getType();
  Type bits = b.getI32Type();
  if (auto vector = dyn_cast<VectorType>(type))
    bits = vector.clone(bits);
  Value bias = constant(type, kRoundingBias);
  Values biased = map(t, [&](Value value) -> Value { return arith::AddFOp::create(b, value, bias); });
  Values fraction;
  for (auto [value, sum] : llvm::zip(t, biased))
    fraction.push_back(arith::SubFOp::create(b, value, arith::SubFOp::create(b, sum, bias)));
  Values results = polynomial(fraction, isFast ? ArrayRef<double>(kNearest4) : ArrayRef<double>(kNearest5));
  Value shift = integer(bits, kMantissaBits);
  for (auto [result, sum] : llvm::zip(results, biased)) {
    Value exponent = arith::ShLIOp::create(b, arith::BitcastOp::create(b, bits, sum), shift);
    Value scaled = arith::AddIOp::create(b, arith::BitcastOp::create(b, bits, result), exponent);
    result = arith::BitcastOp::create(b, type, scaled);
  }
  return results;
}

Value Expander::callWide(StringRef intrinsic, ValueRange arguments) {
  return LLVM::CallIntrinsicOp::create(b, VectorType::get({kWideLanes}, b.getF32Type()), b.getStringAttr(intrinsic),
                                       arguments)
      .getResult(0);
}

/// 2^t by AVX-512: one instruction takes the fraction, one scales by the whole part.
Values Expander::powerWide(const Values &given) {
  Type type = given.front().getType();
  Value none = constant(type, 0), all = integer(b.getI16Type(), -1);
  Value roundDown = integer(b.getI32Type(), 1), currentRounding = integer(b.getI32Type(), 4);
  Value largest = constant(type, kLargestPower);
  Values t = map(given, [&](Value value) -> Value {
    Value isLarge = arith::CmpFOp::create(b, arith::CmpFPredicate::OLT, largest, value);
    return arith::SelectOp::create(b, isLarge, largest, value);
  });
  Values results = map(t, [&](Value value) {
    return callWide("llvm.x86.avx512.mask.reduce.ps.512", {value, roundDown, none, all, currentRounding});
  });
  results = polynomial(results, isFast ? ArrayRef<double>(kDown4) : ArrayRef<double>(kDown5));
  for (auto [result, value] : llvm::zip(results, t))
    result = callWide("llvm.x86.avx512.mask.scalef.ps.512", {result, value, none, all, currentRounding});
  return results;
}

/// 14 bits, and a Newton step. Zero and infinity give NaN.
Values Expander::reciprocalWide(const Values &d) {
  Type type = d.front().getType();
  Value none = constant(type, 0), all = integer(b.getI16Type(), -1), one = constant(type, 1);
  Values results = map(d, [&](Value value) { return callWide("llvm.x86.avx512.rcp14.ps.512", {value, none, all}); });
  Values errors;
  for (auto [result, value] : llvm::zip(results, d))
    errors.push_back(multiplyAdd(arith::NegFOp::create(b, value), result, one));
  for (auto [result, error] : llvm::zip(results, errors))
    result = multiplyAdd(result, error, result);
  return results;
}

Values Expander::divide(const Values &numerators, const Values &denominators) {
  auto contract = arith::FastMathFlags::contract;
  if (avx512 && isWide(denominators)) {
    Values results = reciprocalWide(denominators);
    for (auto [result, numerator] : llvm::zip(results, numerators))
      if (!matchPattern(numerator, m_OneFloat()))
        result = arith::MulFOp::create(b, numerator, result, contract);
    return results;
  }
  Values results;
  for (auto [numerator, denominator] : llvm::zip(numerators, denominators))
    results.push_back(arith::DivFOp::create(b, numerator, denominator));
  return results;
}

/// Vectors of several AVX-512 registers as such registers.
Values Expander::split(const Values &x) {
  auto type = dyn_cast<VectorType>(x.front().getType());
  if (!avx512 || !type || type.getRank() != 1 || type.isScalable() || type.getNumElements() % kWideLanes != 0)
    return x;
  Values pieces;
  for (Value value : x)
    for (int64_t lane = 0; lane < type.getNumElements(); lane += kWideLanes)
      pieces.push_back(type.getNumElements() == kWideLanes
                           ? value
                           : vector::ExtractStridedSliceOp::create(b, value, lane, kWideLanes, 1).getResult());
  return pieces;
}

Values Expander::join(const Values &pieces, Type type) {
  if (pieces.front().getType() == type)
    return pieces;
  int64_t count = cast<VectorType>(type).getNumElements() / kWideLanes;
  Values results;
  for (auto [index, piece] : llvm::enumerate(pieces)) {
    if (index % count == 0)
      results.push_back(constant(type, 0));
    results.back() = vector::InsertStridedSliceOp::create(b, piece, results.back(), (index % count) * kWideLanes, 1);
  }
  return results;
}

Values Expander::expand(ArrayRef<Operation *> ops) {
  Operation *first = ops.front();
  Type type = first->getResult(0).getType();
  Values x = split(llvm::map_to_vector(ops, [](Operation *op) { return op->getOperand(0); }));
  Type piece = x.front().getType();
  if (isa<arith::DivFOp>(first)) {
    Values y = split(llvm::map_to_vector(ops, [](Operation *op) { return op->getOperand(1); }));
    return join(divide(x, y), type);
  }
  bool isTanh = isa<math::TanhOp>(first);
  if (!isa<math::Exp2Op>(first)) {
    Value factor = constant(piece, isTanh ? -2 * kLog2E : kLog2E);
    x = map(x, [&](Value value) -> Value { return arith::MulFOp::create(b, value, factor); });
  }
  bool isBounded = first->hasAttr(kBoundedAttr);
  Values results = avx512 && isWide(x) ? powerWide(x) : power(isBounded ? x : clamp(x));
  if (isTanh) {
    Value one = constant(piece, 1);
    Values numerators = map(results, [&](Value value) -> Value { return arith::SubFOp::create(b, one, value); });
    results = map(results, [&](Value value) -> Value { return arith::AddFOp::create(b, value, one); });
    results = divide(numerators, results);
  }
  return join(results, type);
}

/// Whether the operation is replaced here.
static bool isExpanded(Operation &op, bool avx512) {
  if (op.getNumResults() != 1 || !getElementTypeOrSelf(op.getResult(0).getType()).isF32())
    return false;
  auto division = dyn_cast<arith::DivFOp>(op);
  return isa<math::ExpOp, math::Exp2Op, math::TanhOp>(op) ||
         (avx512 && division && bitEnumContainsAll(division.getFastmath(), arith::FastMathFlags::arcp));
}

/// Operations of one kind and type that stand together and do not need each other's results.
static SmallVector<SmallVector<Operation *>> collectGroups(Operation *root, bool avx512) {
  SmallVector<SmallVector<Operation *>> groups;
  root->walk([&](Block *block) {
    Operation *previous = nullptr;
    for (Operation &op : *block) {
      if (!isExpanded(op, avx512)) {
        if (!op.hasTrait<OpTrait::ConstantLike>())
          previous = nullptr;
        continue;
      }
      bool joins = previous && previous->getName() == op.getName() &&
                   previous->getResult(0).getType() == op.getResult(0).getType() &&
                   previous->hasAttr(kBoundedAttr) == op.hasAttr(kBoundedAttr) && groups.back().size() < kSideBySide &&
                   llvm::none_of(
                       op.getOperands(),
                       [&](Value operand) { return llvm::is_contained(groups.back(), operand.getDefiningOp()); });
      if (!joins)
        groups.emplace_back();
      groups.back().push_back(&op);
      previous = &op;
    }
  });
  return groups;
}

namespace {
struct PolynomialMath : lle::impl::PolynomialMathBase<PolynomialMath> {
  using PolynomialMathBase::PolynomialMathBase;

  void runOnOperation() override {
    for (ArrayRef<Operation *> group : collectGroups(getOperation(), hasAVX512(simd))) {
      Values results = Expander(group.back(), accuracy, simd).expand(group);
      for (auto [op, result] : llvm::zip_equal(group, results)) {
        op->getResult(0).replaceAllUsesWith(result);
        op->erase();
      }
    }
    RewritePatternSet patterns(&getContext());
    populateMathPolynomialApproximationPatterns(patterns, [](StringRef) { return true; });
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      return signalPassFailure();

    // A target without fused multiply-add would call a library for it.
    getOperation().walk([](math::FmaOp fma) {
      ImplicitLocOpBuilder b(fma.getLoc(), fma);
      auto contract = arith::FastMathFlags::contract;
      Value product = arith::MulFOp::create(b, fma.getA(), fma.getB(), contract);
      fma.replaceAllUsesWith(arith::AddFOp::create(b, product, fma.getC(), contract).getResult());
      fma.erase();
    });

    // What an instruction or a short sequence does on every target stays; all else would be a call.
    WalkResult result = getOperation().walk([](Operation *op) {
      if (!isa<math::MathDialect>(op->getDialect()) ||
          isa<math::AbsFOp, math::FloorOp, math::CeilOp, math::SqrtOp, math::CopySignOp, math::RoundEvenOp,
              math::TruncOp, math::CountLeadingZerosOp, math::CountTrailingZerosOp, math::CtPopOp>(op))
        return WalkResult::advance();
      op->emitOpError("has no polynomial approximation for ") << op->getResult(0).getType();
      return WalkResult::interrupt();
    });
    if (result.wasInterrupted())
      signalPassFailure();
  }
};
} // namespace
