//===- LLEReference.cpp - synapses, delays and operations on signals ------===//
#include "dialects/LLE/Activations.h"
#include "reference/Elements.h"
#include "reference/Models.h"

#include "dialects/LLE/LLEOps.h"
#include "dialects/LLE/TensorTypes.h"

#include "mlir/Dialect/Quant/IR/QuantTypes.h"

#include <numeric>

using namespace mlir;
using namespace lle;

static ArrayRef<int64_t> shapeOf(Value value) { return cast<ShapedType>(value.getType()).getShape(); }

static int64_t product(ArrayRef<int64_t> shape) {
  return std::accumulate(shape.begin(), shape.end(), int64_t(1), std::multiplies<>());
}

/// Views of an array as matrices, row-major as tensors are.
template <typename T>
using Plane = Eigen::Map<Eigen::Array<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>;
template <typename T>
using ConstPlane = Eigen::Map<const Eigen::Array<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>;

//===----------------------------------------------------------------------===//
// Integers
//===----------------------------------------------------------------------===//

/// Integers modulo 2^32: unsigned arithmetic wraps as two's complement does.
using Residues = Array<uint32_t>;

template <typename T>
static Residues toResidues(const Array<T> &numbers) {
  return numbers.unaryExpr([](T value) { return uint32_t(int64_t(value)); });
}

/// The numbers from -2^31 to 2^31 - 1.
template <typename T>
static Array<T> toNumbers(const Residues &residues) {
  return residues.unaryExpr([](uint32_t value) { return T(int32_t(value)); });
}

/// The scales of quantised weights: one for all outputs, or one for each. None for other weights.
static std::vector<double> getScales(Value weights) {
  Type element = getElementTypeOrSelf(weights.getType());
  if (auto perTensor = dyn_cast<quant::UniformQuantizedType>(element))
    return {perTensor.getScale()};
  if (auto perAxis = dyn_cast<quant::UniformQuantizedPerAxisType>(element))
    return perAxis.getScales();
  return {};
}

namespace {

//===----------------------------------------------------------------------===//
// lle.weight, lle.add, lle.scale, lle.flatten
//===----------------------------------------------------------------------===//

template <typename T>
class WeightEvaluation : public StepEvaluation<T> {
public:
  WeightEvaluation(WeightOp op, double) {
    std::vector<double> elements = readElements(op.getValue());
    value = Eigen::Map<Array<double>>(elements.data(), elements.size()).template cast<T>();
  }
  void emit(Operands<T>, States<T>, Results<T> results) const override { results[0] = value; }

private:
  Array<T> value;
};

template <typename T>
class AddEvaluation : public StepEvaluation<T> {
public:
  AddEvaluation(AddOp op, double) : integers(isInteger(op.getResult())) {
    unsigned width = op.getType().getElementTypeBitWidth();
    if (integers && width < 32)
      largest = std::ldexp(1.0, int(width) - 1) - 1;
  }
  void emit(Operands<T> operands, States<T>, Results<T> results) const override {
    if (largest != 0) {
      // Whole numbers: double precision adds them exactly.
      Array<double> sum = operands[0]->template cast<double>();
      for (const Array<T> *operand : operands.drop_front())
        sum += operand->template cast<double>();
      results[0] = sum.max(-largest - 1).min(largest).template cast<T>();
      return;
    }
    if (integers) {
      Residues sum = toResidues(*operands[0]);
      for (const Array<T> *operand : operands.drop_front())
        sum += toResidues(*operand);
      results[0] = toNumbers<T>(sum);
      return;
    }
    results[0] = *operands[0];
    for (const Array<T> *operand : operands.drop_front())
      results[0] += *operand;
  }

private:
  bool integers;
  double largest = 0; ///< Of a result that is clipped.
};

template <typename T>
class ScaleEvaluation : public StepEvaluation<T> {
public:
  ScaleEvaluation(ScaleOp, double) {}
  void emit(Operands<T> operands, States<T>, Results<T> results) const override {
    results[0] = *operands[1] * *operands[0];
  }
};

template <typename T>
class FlattenEvaluation : public StepEvaluation<T> {
public:
  FlattenEvaluation(FlattenOp, double) {}
  void emit(Operands<T> operands, States<T>, Results<T> results) const override { results[0] = *operands[0]; }
};

//===----------------------------------------------------------------------===//
// lle.activation, lle.concat, lle.slice, lle.transpose
//===----------------------------------------------------------------------===//

template <typename T>
class ActivationEvaluation : public StepEvaluation<T> {
public:
  ActivationEvaluation(ActivationOp op, double) : function(op.getFunction()) {}
  void emit(Operands<T> operands, States<T>, Results<T> results) const override {
    results[0] = operands[0]->unaryExpr([&](T x) { return activate(function, x); });
  }

private:
  Activation function;
};

/// Along the first dimension of row-major arrays, joining and cutting is what it is for vectors.
template <typename T>
class ConcatEvaluation : public StepEvaluation<T> {
public:
  ConcatEvaluation(ConcatOp, double) {}
  void emit(Operands<T> operands, States<T>, Results<T> results) const override {
    int64_t offset = 0;
    for (const Array<T> *operand : operands) {
      results[0].segment(offset, operand->size()) = *operand;
      offset += operand->size();
    }
  }
};

template <typename T>
class SliceEvaluation : public StepEvaluation<T> {
public:
  SliceEvaluation(SliceOp op, double) : offset(op.getOffset() * product(shapeOf(op.getInput()).drop_front())) {}
  void emit(Operands<T> operands, States<T>, Results<T> results) const override {
    results[0] = operands[0]->segment(offset, results[0].size());
  }

private:
  int64_t offset;
};

template <typename T>
class TransposeEvaluation : public StepEvaluation<T> {
public:
  TransposeEvaluation(TransposeOp op, double) : places(product(shapeOf(op.getResult()))) {
    ArrayRef<int64_t> input = shapeOf(op.getInput()), result = shapeOf(op.getResult());
    for (auto [linear, place] : llvm::enumerate(places)) {
      int64_t rest = linear;
      place = 0;
      for (int64_t dim = int64_t(result.size()) - 1; dim >= 0; --dim) {
        place += rest % result[dim] * product(input.drop_front(op.getPermutation()[dim] + 1));
        rest /= result[dim];
      }
    }
  }
  void emit(Operands<T> operands, States<T>, Results<T> results) const override { results[0] = (*operands[0])(places); }

private:
  std::vector<int64_t> places; ///< For each element of the result, where it is in the input.
};

//===----------------------------------------------------------------------===//
// lle.delay
//===----------------------------------------------------------------------===//

template <typename T>
class DelayEvaluation : public StepEvaluation<T> {
public:
  DelayEvaluation(DelayOp op, double) {
    for (double delay : readElements(op.getSteps()))
      steps.push_back(int64_t(delay));
    depth = *std::max_element(steps.begin(), steps.end());
  }

  void emit(Operands<T> operands, States<T> states, Results<T> results) const override {
    if (states.size() == 1) {
      results[0] = states[0];
      return;
    }
    for (auto [element, delay] : llvm::enumerate(steps))
      results[0][element] =
          delay == 0 ? (*operands[0])[element] : states[0][slot(states, delay) * int64_t(steps.size()) + element];
  }

  void update(Operands<T> operands, MutableStates<T> states) const override {
    if (states.size() == 1)
      states[0] = *operands[0];
    if (states.size() <= 1)
      return;
    states[0].segment(slot(states, depth) * steps.size(), steps.size()) = *operands[0];
    states[1][0] = T((int64_t(states[1][0]) + 1) % depth);
  }

private:
  /// The slot of the ring that was written `delay` steps ago; that of `depth` steps ago is the one
  /// written next.
  int64_t slot(States<T> states, int64_t delay) const { return (int64_t(states[1][0]) + depth - delay) % depth; }

  std::vector<int64_t> steps;
  int64_t depth;
};

//===----------------------------------------------------------------------===//
// lle.linear, lle.affine
//===----------------------------------------------------------------------===//

template <typename T>
class LinearEvaluation : public StepEvaluation<T> {
public:
  template <typename LinearOp>
  LinearEvaluation(LinearOp op, double) {
    ArrayRef<int64_t> weights = shapeOf(op.getWeights());
    inputs = weights.back();
    outputs = weights.drop_back().back();
    matrices = product(weights.drop_back(2));
    rows = product(shapeOf(op.getInput()).drop_back());
    scales = getScales(op.getWeights());
    integers = isInteger(op.getResult());
  }

  void emit(Operands<T> operands, States<T>, Results<T> results) const override {
    if (integers || !scales.empty())
      return emitIntegers(operands, results);
    for (int64_t row = 0; row < rows; ++row) {
      int64_t matrix = row % matrices;
      ConstPlane<T> weights(operands[1]->data() + matrix * outputs * inputs, outputs, inputs);
      auto x = operands[0]->segment(row * inputs, inputs);
      auto y = results[0].segment(row * outputs, outputs);
      // Column by column: each output sums its products in the order of the inputs.
      y.setZero();
      for (int64_t i = 0; i < inputs; ++i)
        y += weights.col(i) * x[i];
      if (operands.size() == 3)
        y += operands[2]->segment(matrix * outputs, outputs);
    }
  }

private:
  int64_t inputs, outputs, matrices, rows;
  std::vector<double> scales;
  bool integers; ///< The result.

  void emitIntegers(Operands<T> operands, Results<T> results) const {
    Residues x = toResidues(*operands[0]), w = toResidues(*operands[1]);
    for (int64_t row = 0; row < rows; ++row)
      for (int64_t o = 0; o < outputs; ++o) {
        int64_t output = row % matrices * outputs + o;
        uint32_t sum = 0;
        for (int64_t i = 0; i < inputs; ++i)
          sum += w[output * inputs + i] * x[row * inputs + i];
        T bias = operands.size() == 3 ? (*operands[2])[output] : T(0);
        T &y = results[0][row * outputs + o];
        if (integers)
          y = T(int32_t(sum + uint32_t(int64_t(bias))));
        else
          y = T(int32_t(sum)) * T(scales[scales.size() == 1 ? 0 : o]) + bias;
      }
  }
};

//===----------------------------------------------------------------------===//
// lle.conv1d, lle.conv2d, lle.sum_pool2d, lle.avg_pool2d
//===----------------------------------------------------------------------===//

/// One spatial dimension over which a window moves.
struct WindowDim {
  int64_t length, results, kernel, stride, padding, dilation;

  /// The results that element `k` of the window gives something to (elsewhere it lies on the
  /// padding), and what it reads for them.
  struct Span {
    Eigen::ArithmeticSequence<int64_t, int64_t, int64_t> results, inputs;
  };
  Span getSpan(int64_t k) const {
    int64_t offset = k * dilation - padding, first = 0, end = results;
    while (first < end && first * stride + offset < 0)
      ++first;
    while (end > first && (end - 1) * stride + offset >= length)
      --end;
    return {{first, end - first, 1}, {first * stride + offset, end - first, stride}};
  }
};

/// The spatial dimensions as (height, width); a one-dimensional window is one row high.
struct Window {
  WindowDim height{1, 1, 1, 1, 0, 1}, width{};

  int64_t getInputs() const { return height.length * width.length; }
  int64_t getResults() const { return height.results * width.results; }

  /// results += factor * inputs for element (row, column) of the window, on one channel.
  template <typename T>
  void accumulate(const T *inputs, T factor, int64_t row, int64_t column, T *results) const {
    ConstPlane<T> x(inputs, height.length, width.length);
    Plane<T> y(results, height.results, width.results);
    WindowDim::Span rows = height.getSpan(row), columns = width.getSpan(column);
    y(rows.results, columns.results) += factor * x(rows.inputs, columns.inputs);
  }
};

template <typename T>
class ConvEvaluation : public StepEvaluation<T> {
public:
  template <typename ConvOp>
  ConvEvaluation(ConvOp op, double) {
    ArrayRef<int64_t> input = shapeOf(op.getInput()), weights = shapeOf(op.getWeights()),
                      result = shapeOf(op.getResult());
    auto getDim = [&](unsigned dim) {
      WindowDim window{input[dim + 1],       result[dim + 1], weights[dim + 2], op.getStride()[dim], 0,
                       op.getDilation()[dim]};
      if (auto padding = dyn_cast<DenseI64ArrayAttr>(op.getPadding()))
        window.padding = padding[dim];
      else if (cast<StringAttr>(op.getPadding()).getValue() == "same")
        window.padding = window.dilation * (window.kernel - 1) / 2; // the smaller half before
      return window;
    };
    if (input.size() == 3)
      window.height = getDim(0);
    window.width = getDim(input.size() - 2);
    outputs = weights[0];
    groupInputs = weights[1];
    groupOutputs = outputs / int64_t(op.getGroups());
    scales = getScales(op.getWeights());
    integers = isInteger(op.getResult());
  }

  void emit(Operands<T> operands, States<T>, Results<T> results) const override {
    if (!integers && scales.empty()) {
      correlate(*operands[0], *operands[1], results[0]);
      for (int64_t o = 0; o < outputs; ++o)
        results[0].segment(o * window.getResults(), window.getResults()) += (*operands[2])[o];
      return;
    }
    Residues sums(results[0].size());
    correlate(toResidues(*operands[0]), toResidues(*operands[1]), sums);
    for (int64_t o = 0; o < outputs; ++o) {
      auto image = sums.segment(o * window.getResults(), window.getResults());
      T bias = (*operands[2])[o];
      if (integers) {
        image += uint32_t(int64_t(bias));
        results[0].segment(o * window.getResults(), window.getResults()) = toNumbers<T>(image);
      } else {
        T scale(scales[scales.size() == 1 ? 0 : o]);
        results[0].segment(o * window.getResults(), window.getResults()) = toNumbers<T>(image) * scale + bias;
      }
    }
  }

private:
  Window window;
  int64_t outputs, groupInputs, groupOutputs;
  std::vector<double> scales;
  bool integers; ///< The result.

  /// The sums of products, in the numbers that are given.
  template <typename U>
  void correlate(const Array<U> &inputs, const Array<U> &weights, Array<U> &sums) const {
    const U *weight = weights.data();
    sums.setZero();
    for (int64_t o = 0; o < outputs; ++o) {
      U *y = sums.data() + o * window.getResults();
      const U *x = inputs.data() + o / groupOutputs * groupInputs * window.getInputs();
      for (int64_t c = 0; c < groupInputs; ++c, x += window.getInputs())
        for (int64_t row = 0; row < window.height.kernel; ++row)
          for (int64_t column = 0; column < window.width.kernel; ++column)
            window.accumulate(x, *weight++, row, column, y);
    }
  }
};

template <typename T>
class PoolEvaluation : public StepEvaluation<T> {
public:
  template <typename PoolOp>
  PoolEvaluation(PoolOp op, double) {
    ArrayRef<int64_t> input = shapeOf(op.getInput()), result = shapeOf(op.getResult());
    auto getDim = [&](unsigned dim) {
      return WindowDim{input[dim + 1],      result[dim + 1],      op.getKernel()[dim],
                       op.getStride()[dim], op.getPadding()[dim], 1};
    };
    window.height = getDim(0);
    window.width = getDim(1);
    channels = input[0];
    divisor = std::is_same_v<PoolOp, AvgPool2dOp> ? T(op.getKernel()[0] * op.getKernel()[1]) : T(1);
    integers = isInteger(op.getResult());
  }

  void emit(Operands<T> operands, States<T>, Results<T> results) const override {
    if (integers) {
      Residues sums(results[0].size());
      addUp(toResidues(*operands[0]), sums);
      results[0] = toNumbers<T>(sums);
      return;
    }
    addUp(*operands[0], results[0]);
    results[0] /= divisor;
  }

private:
  Window window;
  int64_t channels;
  T divisor;
  bool integers; ///< The result.

  template <typename U>
  void addUp(const Array<U> &inputs, Array<U> &sums) const {
    sums.setZero();
    for (int64_t c = 0; c < channels; ++c)
      for (int64_t row = 0; row < window.height.kernel; ++row)
        for (int64_t column = 0; column < window.width.kernel; ++column)
          window.accumulate(inputs.data() + c * window.getInputs(), U(1), row, column,
                            sums.data() + c * window.getResults());
  }
};
} // namespace

void lle::attachLLEReferenceModels(MLIRContext &context) {
  WeightOp::attachInterface<ReferenceModel<WeightOp, WeightEvaluation>>(context);
  AddOp::attachInterface<ReferenceModel<AddOp, AddEvaluation>>(context);
  ScaleOp::attachInterface<ReferenceModel<ScaleOp, ScaleEvaluation>>(context);
  FlattenOp::attachInterface<ReferenceModel<FlattenOp, FlattenEvaluation>>(context);
  ActivationOp::attachInterface<ReferenceModel<ActivationOp, ActivationEvaluation>>(context);
  ConcatOp::attachInterface<ReferenceModel<ConcatOp, ConcatEvaluation>>(context);
  SliceOp::attachInterface<ReferenceModel<SliceOp, SliceEvaluation>>(context);
  TransposeOp::attachInterface<ReferenceModel<TransposeOp, TransposeEvaluation>>(context);
  DelayOp::attachInterface<ReferenceModel<DelayOp, DelayEvaluation>>(context);
  LinearOp::attachInterface<ReferenceModel<LinearOp, LinearEvaluation>>(context);
  AffineOp::attachInterface<ReferenceModel<AffineOp, LinearEvaluation>>(context);
  Conv1dOp::attachInterface<ReferenceModel<Conv1dOp, ConvEvaluation>>(context);
  Conv2dOp::attachInterface<ReferenceModel<Conv2dOp, ConvEvaluation>>(context);
  SumPool2dOp::attachInterface<ReferenceModel<SumPool2dOp, PoolEvaluation>>(context);
  AvgPool2dOp::attachInterface<ReferenceModel<AvgPool2dOp, PoolEvaluation>>(context);
  attachLayerReferenceModels(context);
  attachQuantizationReferenceModels(context);
}
