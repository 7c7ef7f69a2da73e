//===- LayersReference.cpp - layers that are not spiking ------------------===//
#include "reference/Elements.h"
#include "reference/Models.h"

#include "dialects/LLE/Layers.h"

#include <numeric>

using namespace mlir;
using namespace lle;

static ArrayRef<int64_t> shapeOf(Value value) { return cast<ShapedType>(value.getType()).getShape(); }

static int64_t product(ArrayRef<int64_t> shape) {
  return std::accumulate(shape.begin(), shape.end(), int64_t(1), std::multiplies<>());
}

namespace {

/// What a whole number becomes that is stored in a result: clipped to 8 or 16 bits, or its residue of 32.
class Rounding {
public:
  explicit Rounding(Value result) {
    auto element = dyn_cast<IntegerType>(cast<ShapedType>(result.getType()).getElementType());
    if (element && !element.isInteger(1))
      largest = int64_t(APInt::getSignedMaxValue(element.getWidth()).getSExtValue());
  }
  /// Whether sums are of whole numbers.
  bool isInteger() const { return largest != 0; }
  int64_t store(int64_t value) const {
    if (largest == std::numeric_limits<int32_t>::max())
      return int32_t(uint32_t(value));
    return std::clamp(value, -largest - 1, largest);
  }

private:
  int64_t largest = 0;
};

/// A dimension of a row-major array: element (o, i, n) is at (o * length + i) * inner + n.
struct Along {
  int64_t outer, length, inner;
  Along(ArrayRef<int64_t> shape, int64_t dim)
      : outer(product(shape.take_front(dim))), length(shape[dim]), inner(product(shape.drop_front(dim + 1))) {}
};

//===----------------------------------------------------------------------===//
// lle.max_pool2d, lle.batch_norm
//===----------------------------------------------------------------------===//

template <typename T>
class MaxPoolEvaluation : public StepEvaluation<T> {
public:
  MaxPoolEvaluation(MaxPool2dOp op, double) : input(shapeOf(op.getInput())), result(shapeOf(op.getResult())) {
    kernel.assign(op.getKernel().begin(), op.getKernel().end());
    stride.assign(op.getStride().begin(), op.getStride().end());
    padding.assign(op.getPadding().begin(), op.getPadding().end());
  }
  void emit(Operands<T> operands, States<T>, Results<T> results) const override {
    int64_t place = 0;
    for (int64_t c = 0; c < result[0]; ++c)
      for (int64_t y = 0; y < result[1]; ++y)
        for (int64_t x = 0; x < result[2]; ++x)
          results[0][place++] = getLargest(*operands[0], c, y * stride[0] - padding[0], x * stride[1] - padding[1]);
  }

private:
  T getLargest(const Array<T> &elements, int64_t c, int64_t top, int64_t left) const {
    T largest = -std::numeric_limits<T>::infinity();
    for (int64_t y = std::max<int64_t>(top, 0); y < std::min(top + kernel[0], input[1]); ++y)
      for (int64_t x = std::max<int64_t>(left, 0); x < std::min(left + kernel[1], input[2]); ++x)
        largest = std::max(largest, elements[(c * input[1] + y) * input[2] + x]);
    return largest;
  }
  SmallVector<int64_t> input, result, kernel, stride, padding;
};

template <typename T>
class BatchNormEvaluation : public StepEvaluation<T> {
public:
  BatchNormEvaluation(BatchNormOp op, double) : along(shapeOf(op.getInput()), op.getChannelDim()) {
    std::vector<double> mean = readElements(op.getMean()), variance = readElements(op.getVariance());
    std::vector<double> scale(mean.size(), 1.0), shift(mean.size(), 0.0);
    if (op.getScaleAttr())
      scale = readElements(op.getScaleAttr());
    if (op.getShiftAttr())
      shift = readElements(op.getShiftAttr());
    double epsilon = op.getEpsilon().convertToDouble();
    for (size_t c = 0; c < mean.size(); ++c) {
      double a = scale[c] / std::sqrt(variance[c] + epsilon);
      factor.push_back(T(a));
      offset.push_back(T(shift[c] - a * mean[c]));
    }
  }
  void emit(Operands<T> operands, States<T>, Results<T> results) const override {
    for (int64_t n = 0, e = operands[0]->size(); n < e; ++n) {
      int64_t c = n / along.inner % along.length;
      results[0][n] = factor[c] * (*operands[0])[n] + offset[c];
    }
  }

private:
  Along along;
  std::vector<T> factor, offset;
};

//===----------------------------------------------------------------------===//
// lle.mul, lle.and, lle.or, lle.not
//===----------------------------------------------------------------------===//

template <typename T>
class MulEvaluation : public StepEvaluation<T> {
public:
  MulEvaluation(MulOp op, double) : rounding(op.getResult()) {}
  void emit(Operands<T> operands, States<T>, Results<T> results) const override {
    results[0] = *operands[0];
    for (const Array<T> *operand : operands.drop_front()) {
      if (!rounding.isInteger()) {
        results[0] *= *operand;
        continue;
      }
      for (int64_t n = 0; n < operand->size(); ++n)
        results[0][n] = T(rounding.store(int64_t(results[0][n]) * int64_t((*operand)[n])));
    }
  }

private:
  Rounding rounding;
};

template <typename T>
class AndEvaluation : public StepEvaluation<T> {
public:
  AndEvaluation(AndOp, double) {}
  void emit(Operands<T> operands, States<T>, Results<T> results) const override {
    results[0] = operands[0]->min(*operands[1]);
  }
};

template <typename T>
class OrEvaluation : public StepEvaluation<T> {
public:
  OrEvaluation(OrOp, double) {}
  void emit(Operands<T> operands, States<T>, Results<T> results) const override {
    results[0] = operands[0]->max(*operands[1]);
  }
};

template <typename T>
class NotEvaluation : public StepEvaluation<T> {
public:
  NotEvaluation(NotOp, double) {}
  void emit(Operands<T> operands, States<T>, Results<T> results) const override { results[0] = T(1) - *operands[0]; }
};

//===----------------------------------------------------------------------===//
// lle.reduce, lle.broadcast, lle.reshape
//===----------------------------------------------------------------------===//

template <typename T>
class ReduceEvaluation : public StepEvaluation<T> {
public:
  ReduceEvaluation(ReduceOp op, double)
      : along(shapeOf(op.getInput()), op.getDim()), reduction(op.getReduction()), rounding(op.getResult()) {}
  void emit(Operands<T> operands, States<T>, Results<T> results) const override {
    for (int64_t outer = 0; outer < along.outer; ++outer)
      for (int64_t inner = 0; inner < along.inner; ++inner) {
        auto get = [&](int64_t i) { return (*operands[0])[(outer * along.length + i) * along.inner + inner]; };
        results[0][outer * along.inner + inner] = reduce(get);
      }
  }

private:
  template <typename Get>
  T reduce(Get get) const {
    if (reduction == Reduction::sum && rounding.isInteger()) {
      int64_t sum = 0;
      for (int64_t i = 0; i < along.length; ++i)
        sum += int64_t(get(i));
      return T(rounding.store(sum));
    }
    T value = get(0);
    for (int64_t i = 1; i < along.length; ++i)
      value = reduction == Reduction::max ? std::max(value, get(i)) : value + get(i);
    return reduction == Reduction::mean ? value / T(along.length) : value;
  }

  Along along;
  Reduction reduction;
  Rounding rounding;
};

template <typename T>
class BroadcastEvaluation : public StepEvaluation<T> {
public:
  BroadcastEvaluation(BroadcastOp op, double) : along(shapeOf(op.getResult()), op.getDim()) {}
  void emit(Operands<T> operands, States<T>, Results<T> results) const override {
    for (int64_t n = 0, e = results[0].size(); n < e; ++n)
      results[0][n] = (*operands[0])[n / (along.length * along.inner) * along.inner + n % along.inner];
  }

private:
  Along along;
};

template <typename T>
class ReshapeEvaluation : public StepEvaluation<T> {
public:
  ReshapeEvaluation(ReshapeOp, double) {}
  void emit(Operands<T> operands, States<T>, Results<T> results) const override { results[0] = *operands[0]; }
};

//===----------------------------------------------------------------------===//
// lle.matmul
//===----------------------------------------------------------------------===//

template <typename T>
class MatMulEvaluation : public StepEvaluation<T> {
public:
  MatMulEvaluation(MatMulOp op, double)
      : transposeA(op.getTransposeA()), transposeB(op.getTransposeB()), rounding(op.getResult()) {
    ArrayRef<int64_t> a = shapeOf(op.getLhs()), result = shapeOf(op.getResult());
    batch = product(result.drop_back(2));
    rows = result.drop_back().back();
    columns = result.back();
    inner = transposeA ? a.drop_back().back() : a.back();
  }
  void emit(Operands<T> operands, States<T>, Results<T> results) const override {
    int64_t place = 0;
    for (int64_t matrix = 0; matrix < batch; ++matrix) {
      const T *a = operands[0]->data() + matrix * rows * inner, *b = operands[1]->data() + matrix * inner * columns;
      for (int64_t m = 0; m < rows; ++m)
        for (int64_t n = 0; n < columns; ++n)
          results[0][place++] =
              rounding.isInteger() ? T(rounding.store(multiply<int64_t>(a, b, m, n))) : multiply<T>(a, b, m, n);
    }
  }

private:
  template <typename Sum>
  Sum multiply(const T *a, const T *b, int64_t m, int64_t n) const {
    Sum sum = 0;
    for (int64_t k = 0; k < inner; ++k)
      sum += Sum(transposeA ? a[k * rows + m] : a[m * inner + k]) *
             Sum(transposeB ? b[n * inner + k] : b[k * columns + n]);
    return sum;
  }

  bool transposeA, transposeB;
  Rounding rounding;
  int64_t batch, rows, columns, inner;
};
} // namespace

void lle::attachLayerReferenceModels(MLIRContext &context) {
  MaxPool2dOp::attachInterface<ReferenceModel<MaxPool2dOp, MaxPoolEvaluation>>(context);
  BatchNormOp::attachInterface<ReferenceModel<BatchNormOp, BatchNormEvaluation>>(context);
  MulOp::attachInterface<ReferenceModel<MulOp, MulEvaluation>>(context);
  AndOp::attachInterface<ReferenceModel<AndOp, AndEvaluation>>(context);
  OrOp::attachInterface<ReferenceModel<OrOp, OrEvaluation>>(context);
  NotOp::attachInterface<ReferenceModel<NotOp, NotEvaluation>>(context);
  ReduceOp::attachInterface<ReferenceModel<ReduceOp, ReduceEvaluation>>(context);
  BroadcastOp::attachInterface<ReferenceModel<BroadcastOp, BroadcastEvaluation>>(context);
  ReshapeOp::attachInterface<ReferenceModel<ReshapeOp, ReshapeEvaluation>>(context);
  MatMulOp::attachInterface<ReferenceModel<MatMulOp, MatMulEvaluation>>(context);
}
