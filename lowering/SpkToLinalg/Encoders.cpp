//===- Encoders.cpp - spikes from values ----------------------------------===//
#include "dialects/Spk/Coding.h"
#include "lowering/SpkToLinalg/Coding.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace lle;
using namespace lle::spk;

Value spk::readCounter(StepBuilder &b, Value state) { return tensor::ExtractOp::create(b, state, b.index(0)); }

Value spk::writeCounter(StepBuilder &b, Value state, Value count) {
  return tensor::InsertOp::create(b, count, state, b.index(0));
}

static Value number(StepBuilder &b, int64_t value) {
  return arith::ConstantOp::create(b, b.getI32IntegerAttr(int32_t(value)));
}

Value spk::countUpTo(StepBuilder &b, Value count, int64_t last) {
  return arith::MinSIOp::create(b, arith::AddIOp::create(b, count, number(b, 1)), number(b, last));
}

static Value emptyFlat(StepBuilder &b, RankedTensorType stored) {
  return tensor::EmptyOp::create(b, ArrayRef<int64_t>{stored.getNumElements()}, stored.getElementType());
}

//===----------------------------------------------------------------------===//
// spk.encode.rate
//===----------------------------------------------------------------------===//

/// Threefry-2x32-20: the first word. The key is known now, the counter in the code.
static Value threefry(StepBuilder &b, uint64_t key, Value counter0, Value counter1) {
  static constexpr int kRotations[2][4] = {{13, 15, 26, 6}, {17, 29, 16, 24}};
  static constexpr uint32_t kParity = 0x1BD11BDA;
  uint32_t keys[3] = {uint32_t(key), uint32_t(key >> 32), 0};
  keys[2] = kParity ^ keys[0] ^ keys[1];
  auto add = [&](Value x, Value y) -> Value { return arith::AddIOp::create(b, x, y); };
  Value x0 = add(counter0, number(b, keys[0])), x1 = add(counter1, number(b, keys[1]));
  for (uint32_t group = 1; group <= 5; ++group) {
    for (int rotation : kRotations[(group - 1) % 2]) {
      x0 = add(x0, x1);
      Value high = arith::ShLIOp::create(b, x1, number(b, rotation));
      Value low = arith::ShRUIOp::create(b, x1, number(b, 32 - rotation));
      x1 = arith::XOrIOp::create(b, arith::OrIOp::create(b, high, low), x0);
    }
    x0 = add(x0, number(b, keys[group % 3]));
    x1 = add(x1, number(b, keys[(group + 1) % 3] + group));
  }
  return x0;
}

namespace {
struct RateModel : StepLoweringOpInterface::ExternalModel<RateModel, EncodeRateOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value> states,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &newStates) const {
    auto rate = cast<EncodeRateOp>(op);
    // Elements count in their logical order.
    Value input = b.flatten(b.toChannelsFirst(inputs[0]).value);
    RankedTensorType stored = getStoredType(rate.getType(), /*channelsLast=*/false);
    Type element = getElementTypeOrSelf(input.getType());
    Value step = readCounter(b, states[0]);
    SmallVector<Value> next =
        b.elementwise(input, emptyFlat(b, stored), [&](OpBuilder &builder, Location loc, ValueRange arguments) {
          StepBuilder body(loc, builder, b.dt, b.machine);
          Value place = linalg::IndexOp::create(body, 0);
          place = arith::IndexCastOp::create(body, body.getI32Type(), place);
          Value word = threefry(body, rate.getKey(), place, step);
          // 24 bits are exact in single precision.
          word = arith::ShRUIOp::create(body, word, number(body, 8));
          Value u = arith::SIToFPOp::create(body, element, word);
          u = arith::MulFOp::create(body, u, body.floatConstant(element, 0x1p-24));
          Value p = arith::MulFOp::create(body, body.floatConstant(element, rate.getGain().convertToDouble()),
                                          arguments.front());
          p = arith::AddFOp::create(body, p, body.floatConstant(element, rate.getOffset().convertToDouble()));
          Value fires = arith::CmpFOp::create(body, arith::CmpFPredicate::OLT, u, p);
          return SmallVector<Value>{arith::ExtUIOp::create(body, stored.getElementType(), fires)};
        });
    results.push_back({b.unflatten(next.front(), stored), /*channelsLast=*/false, /*sparse=*/true});
    Value count = arith::AddIOp::create(b, step, number(b, 1));
    newStates.push_back(writeCounter(b, states[0], arith::AndIOp::create(b, count, number(b, kMaxSteps - 1))));
    return success();
  }
};
} // namespace

//===----------------------------------------------------------------------===//
// spk.encode.latency
//===----------------------------------------------------------------------===//

namespace {
/// Logarithmic times fall with the input, so each step has an interval of inputs that fire in it: above the bound at
/// its own place and not above the one before. Bounds are known at compile time; no logarithm is computed in a step.
class LatencyBounds {
public:
  explicit LatencyBounds(EncodeLatencyOp op)
      : steps(op.getSteps()), first(op.getFirst()), threshold(op.getThreshold().convertToDouble()),
        tau(op.getTau().convertToDouble()), epsilon(op.getEpsilon().convertToDouble()), normalize(op.getNormalize()) {}

  /// The bound before step 0, those of all steps, and one that no input is above, for the time after the last step.
  SmallVector<double> get(const llvm::fltSemantics &semantics) const {
    double infinity = std::numeric_limits<double>::infinity();
    SmallVector<double> bounds{roundDown(getInput(-0.5), semantics)};
    double last = getTime(threshold + epsilon);
    for (int64_t step = 0; step < steps; ++step) {
      double end = double(step) + 0.5;
      // The smallest inputs have the same time; a whole number of steps and a half is rounded to the even one.
      bool isLast = last < end || (last == end && step % 2 == 0);
      bounds.push_back(isLast ? -infinity : roundDown(getInput(end), semantics));
    }
    bounds.push_back(infinity);
    return bounds;
  }

private:
  int64_t steps, first;
  double threshold, tau, epsilon;
  bool normalize;

  double getShift() const { return first > 0 ? double(first) - charge(1) : 0; }
  double charge(double x) const { return -tau * std::log1p(-threshold / x); }
  /// One unit of time before normalisation, in the time of the result.
  double getStretch() const {
    if (!normalize)
      return 1;
    return double(steps - 1 - first) / (charge(threshold + epsilon) + getShift() - double(first));
  }
  double getTime(double x) const {
    double time = charge(x) + getShift();
    return normalize ? (time - double(first)) * getStretch() + double(first) : time;
  }
  /// The input whose time this is.
  double getInput(double time) const {
    if (normalize)
      time = (time - double(first)) / getStretch() + double(first);
    double charging = time - getShift();
    if (charging <= 0)
      return std::numeric_limits<double>::infinity();
    return -threshold / std::expm1(-charging / tau);
  }
  /// For numbers x of a lower precision, x > bound and x > the rounded bound are the same.
  static double roundDown(double bound, const llvm::fltSemantics &semantics) {
    APFloat value(bound);
    bool losesInfo;
    value.convert(semantics, APFloat::rmTowardNegative, &losesInfo);
    value.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven, &losesInfo);
    return value.convertToDouble();
  }
};

struct LatencyModel : StepLoweringOpInterface::ExternalModel<LatencyModel, EncodeLatencyOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value> states,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &newStates) const {
    auto latency = cast<EncodeLatencyOp>(op);
    bool channelsLast = inputs[0].channelsLast;
    RankedTensorType stored = getStoredType(latency.getType(), channelsLast);
    auto element = cast<FloatType>(getElementTypeOrSelf(inputs[0].value.getType()));
    Value step = readCounter(b, states[0]);
    auto fires =
        latency.getLinear() ? getLinearTest(b, latency, step, element) : getLogarithmicTest(b, latency, step, element);
    SmallVector<Value> next =
        b.elementwise(b.flatten(inputs[0].value), emptyFlat(b, stored),
                      [&](OpBuilder &builder, Location loc, ValueRange arguments) -> SmallVector<Value> {
                        StepBuilder body(loc, builder, b.dt, b.machine);
                        Value x = arguments.front(), fired = fires(body, x);
                        if (latency.getClip()) {
                          Value threshold = body.floatConstant(element, latency.getThreshold().convertToDouble());
                          Value above = arith::CmpFOp::create(body, arith::CmpFPredicate::OGE, x, threshold);
                          fired = arith::AndIOp::create(body, fired, above);
                        }
                        return {arith::ExtUIOp::create(body, stored.getElementType(), fired)};
                      });
    results.push_back({b.unflatten(next.front(), stored), channelsLast, /*sparse=*/true});
    newStates.push_back(writeCounter(b, states[0], countUpTo(b, step, latency.getSteps())));
    return success();
  }

private:
  using Test = std::function<Value(StepBuilder &, Value x)>;

  static Test getLinearTest(StepBuilder &b, EncodeLatencyOp op, Value step, FloatType element) {
    double rate =
        op.getNormalize() ? double(int64_t(op.getSteps()) - 1 - int64_t(op.getFirst())) : op.getTau().convertToDouble();
    double latest = -rate * (op.getThreshold().convertToDouble() - 1), first = double(int64_t(op.getFirst()));
    // Behind the last step there is no spike: no time is negative.
    Value inside = arith::CmpIOp::create(b, arith::CmpIPredicate::slt, step, number(b, op.getSteps()));
    Value now =
        arith::SelectOp::create(b, inside, arith::SIToFPOp::create(b, element, step), b.floatConstant(element, -1));
    return [=](StepBuilder &b, Value x) -> Value {
      // Selections keep what is not a number, which equals no step.
      auto atMost = [&](Value value, double limit) -> Value {
        Value bound = b.floatConstant(element, limit);
        Value above = arith::CmpFOp::create(b, arith::CmpFPredicate::OGT, value, bound);
        return arith::SelectOp::create(b, above, bound, value);
      };
      Value distance = arith::SubFOp::create(b, atMost(x, 1), b.floatConstant(element, 1));
      Value time = arith::MulFOp::create(b, b.floatConstant(element, -rate), distance);
      time = arith::AddFOp::create(b, atMost(time, latest), b.floatConstant(element, first));
      time = math::RoundEvenOp::create(b, time);
      return arith::CmpFOp::create(b, arith::CmpFPredicate::OEQ, time, now);
    };
  }

  static Test getLogarithmicTest(StepBuilder &b, EncodeLatencyOp op, Value step, FloatType element) {
    SmallVector<double> bounds = LatencyBounds(op).get(element.getFloatSemantics());
    Value table = b.constantTensor(RankedTensorType::get({int64_t(bounds.size())}, element), bounds);
    Value place = arith::IndexCastOp::create(b, b.getIndexType(), step);
    Value before = tensor::ExtractOp::create(b, table, place);
    Value next = arith::AddIOp::create(b, place, b.index(1));
    Value here = tensor::ExtractOp::create(b, table, next);
    return [=](StepBuilder &b, Value x) -> Value {
      Value isAbove = arith::CmpFOp::create(b, arith::CmpFPredicate::OGT, x, here);
      Value isBelow = arith::CmpFOp::create(b, arith::CmpFPredicate::OLE, x, before);
      return arith::AndIOp::create(b, isAbove, isBelow);
    };
  }
};
} // namespace

//===----------------------------------------------------------------------===//
// spk.encode.delta
//===----------------------------------------------------------------------===//

namespace {
struct DeltaModel : StepLoweringOpInterface::ExternalModel<DeltaModel, EncodeDeltaOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value> states,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &newStates) const {
    auto delta = cast<EncodeDeltaOp>(op);
    StepSignal input = b.toChannelsLast(inputs[0]);
    bool isMap = delta.getType().getRank() == 3;
    RankedTensorType stored = getStoredType(delta.getType(), isMap);
    auto state = cast<RankedTensorType>(states[0].getType());
    Type element = state.getElementType();
    double threshold = delta.getThreshold().convertToDouble();
    bool isSigned = delta.getType().getElementType().isSignedInteger();
    SmallVector<Value> next =
        b.elementwise(b.flatten(input.value), {b.flatten(states[0]), emptyFlat(b, stored)},
                      [&](OpBuilder &builder, Location loc, ValueRange arguments) {
                        StepBuilder body(loc, builder, b.dt, b.machine);
                        Value x = arguments[0], difference = arith::SubFOp::create(body, x, arguments[1]);
                        auto compare = [&](arith::CmpFPredicate predicate, double bound) -> Value {
                          Value holds =
                              arith::CmpFOp::create(body, predicate, difference, body.floatConstant(element, bound));
                          return arith::ExtUIOp::create(body, stored.getElementType(), holds);
                        };
                        Value spikes = compare(arith::CmpFPredicate::OGE, threshold);
                        if (isSigned)
                          spikes = arith::SubIOp::create(body, spikes, compare(arith::CmpFPredicate::OLE, -threshold));
                        return SmallVector<Value>{x, spikes};
                      });
    newStates.push_back(b.unflatten(next[0], state));
    results.push_back({b.unflatten(next[1], stored), isMap, /*sparse=*/true});
    return success();
  }
};
} // namespace

void spk::attachEncoderLowerings(MLIRContext *context) {
  EncodeRateOp::attachInterface<RateModel>(*context);
  EncodeLatencyOp::attachInterface<LatencyModel>(*context);
  EncodeDeltaOp::attachInterface<DeltaModel>(*context);
}
