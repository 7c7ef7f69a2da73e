//===- PolynomialMath.cpp - no calls of a math library --------------------===//
#include "lowering/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Math/Transforms/Passes.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace lle {
#define GEN_PASS_DEF_POLYNOMIALMATH
#include "lowering/Passes.h.inc"
} // namespace lle

using namespace mlir;

namespace {
struct PolynomialMath : lle::impl::PolynomialMathBase<PolynomialMath> {
  using PolynomialMathBase::PolynomialMathBase;

  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    populateMathPolynomialApproximationPatterns(patterns, [](StringRef) { return true; });
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      return signalPassFailure();

    // What an instruction or a short sequence does on every target stays; all else would be a call.
    WalkResult result = getOperation().walk([](Operation *op) {
      if (!isa<math::MathDialect>(op->getDialect()) ||
          isa<math::AbsFOp, math::FloorOp, math::CeilOp, math::SqrtOp, math::FmaOp, math::CopySignOp, math::RoundEvenOp,
              math::TruncOp, math::CountTrailingZerosOp>(op))
        return WalkResult::advance();
      op->emitOpError("has no polynomial approximation for ") << op->getResult(0).getType();
      return WalkResult::interrupt();
    });
    if (result.wasInterrupted())
      signalPassFailure();
  }
};
} // namespace
