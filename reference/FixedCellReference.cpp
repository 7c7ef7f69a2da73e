//===- FixedCellReference.cpp - layers and liquid cells in fixed point ----===//
//
// By the definitions in dialects/LLE/Quantization.td and dialects/LTC/FixedCells.td, in 64-bit integers.
//
//===----------------------------------------------------------------------===//
#include "reference/Elements.h"
#include "reference/Models.h"

#include "dialects/LLE/Quantization.h"
#include "dialects/LLE/TensorTypes.h"
#include "dialects/LTC/FixedCells.h"

using namespace mlir;
using namespace lle;
using namespace lle::ltc;

static int64_t clip(int64_t value, int64_t bits) {
  int64_t limit = int64_t(1) << (bits - 1);
  return std::clamp(value, -limit, limit - 1);
}

static int64_t bitsOf(Value value) { return cast<ShapedType>(value.getType()).getElementTypeBitWidth(); }

namespace {
/// The table of a function: node n is at (n - 256) h.
class FunctionTable {
public:
  FunctionTable(double h, double (*f)(double), double (*second)(double)) {
    for (int n = 0; n <= 512; ++n) {
      double x = (n - 256) * h;
      double node = std::floor(32768 * (f(x) - h * h / 16 * second(x)) + 0.5);
      nodes.push_back(int64_t(std::clamp(node, -32767.0, 32767.0)));
    }
  }
  int64_t operator()(int64_t z) const {
    int64_t u = z + 32768, n = u / 128, r = u % 128;
    return (nodes[n] * (128 - r) + nodes[n + 1] * r + 64) >> 7;
  }

private:
  std::vector<int64_t> nodes;
};
} // namespace

static int64_t getSigmoid(int64_t z) {
  static const FunctionTable table(
      1.0 / 16, [](double x) { return 1 / (1 + std::exp(-x)); },
      [](double x) {
        double s = 1 / (1 + std::exp(-x));
        return s * (1 - s) * (1 - 2 * s);
      });
  return table(z);
}

static int64_t getTanh(int64_t z) {
  static const FunctionTable table(
      1.0 / 32, [](double x) { return std::tanh(x); },
      [](double x) { return -2 * std::tanh(x) * (1 - std::tanh(x) * std::tanh(x)); });
  return table(z);
}

static int64_t apply(FixedFunction function, int64_t z) {
  switch (function) {
  case FixedFunction::linear:
    return z;
  case FixedFunction::relu:
    return std::max<int64_t>(z, 0);
  case FixedFunction::sigmoid:
    return getSigmoid(z);
  case FixedFunction::tanh:
    return getTanh(z);
  case FixedFunction::silu:
    return (z * getSigmoid(z) + (1 << 14)) >> 15;
  }
  llvm_unreachable("all functions are handled");
}

namespace {
/// A parameter with one element, or one for each row of a signal.
template <typename T>
struct PerRow {
  std::vector<T> values;
  int64_t row = 1; ///< Elements of the signal that share a number.

  PerRow(std::vector<T> values, ShapedType signal) : values(std::move(values)) {
    if (signal.getRank() > 0)
      row = signal.getNumElements() / signal.getDimSize(0);
  }
  T operator[](int64_t element) const { return values.size() == 1 ? values[0] : values[element / row]; }
};

/// `(x multiplier + 2^(shift - 1)) >> shift`
struct Scaling {
  PerRow<int64_t> multiplier, shift;

  template <typename Op>
  Scaling(Op op, ShapedType signal)
      : multiplier(readIntegers(op.getMultiplier()), signal), shift(readIntegers(op.getShift()), signal) {}
  int64_t operator()(int64_t element, int64_t x) const {
    return (x * multiplier[element] + (int64_t(1) << (shift[element] - 1))) >> shift[element];
  }
};

//===----------------------------------------------------------------------===//
// lle.quantize, lle.dequantize, lle.rescale, lle.fixed_affine
//===----------------------------------------------------------------------===//

template <typename T>
class QuantizeEvaluation : public StepEvaluation<T> {
public:
  QuantizeEvaluation(QuantizeOp op, double)
      : scale(readElements(op.getScale()), cast<ShapedType>(op.getType())), bits(bitsOf(op.getResult())) {}

  void emit(Operands<T> operands, States<T>, Results<T> results) const override {
    const Array<T> &x = *operands[0];
    T limit = T(int64_t(1) << (bits - 1));
    for (int64_t i = 0; i < x.size(); ++i) {
      T product = x[i] * T(1 / scale[i]);
      results[0][i] = std::isnan(product) ? -limit : std::clamp(std::nearbyint(product), -limit, limit - 1);
    }
  }

private:
  PerRow<double> scale;
  int64_t bits;
};

template <typename T>
class DequantizeEvaluation : public StepEvaluation<T> {
public:
  DequantizeEvaluation(DequantizeOp op, double) : scale(readElements(op.getScale()), cast<ShapedType>(op.getType())) {}

  void emit(Operands<T> operands, States<T>, Results<T> results) const override {
    const Array<T> &x = *operands[0];
    for (int64_t i = 0; i < x.size(); ++i)
      results[0][i] = x[i] * T(scale[i]);
  }

private:
  PerRow<double> scale;
};

template <typename T>
class RescaleEvaluation : public StepEvaluation<T> {
public:
  RescaleEvaluation(RescaleOp op, double) : scaling(op, cast<ShapedType>(op.getType())), bits(bitsOf(op.getResult())) {}

  void emit(Operands<T> operands, States<T>, Results<T> results) const override {
    const Array<T> &x = *operands[0];
    for (int64_t i = 0; i < x.size(); ++i)
      results[0][i] = T(clip(scaling(i, int64_t(x[i])), bits));
  }

private:
  Scaling scaling;
  int64_t bits;
};

template <typename T>
class FixedAffineEvaluation : public StepEvaluation<T> {
public:
  FixedAffineEvaluation(FixedAffineOp op, double)
      : weights(readIntegers(op.getWeights())), bias(readIntegers(op.getBias())),
        scaling(op, cast<ShapedType>(op.getType())), function(op.getFunction()), bits(bitsOf(op.getResult())) {}

  void emit(Operands<T> operands, States<T>, Results<T> results) const override {
    const Array<T> &x = *operands[0];
    for (size_t o = 0; o < bias.size(); ++o) {
      int64_t sum = bias[o];
      for (int64_t i = 0; i < x.size(); ++i)
        sum += weights[o * x.size() + i] * int64_t(x[i]);
      int64_t z = clip(scaling(o, sum), 16);
      results[0][o] = T(clip(apply(function, z), bits));
    }
  }

private:
  std::vector<int64_t> weights, bias;
  Scaling scaling;
  FixedFunction function;
  int64_t bits;
};

//===----------------------------------------------------------------------===//
// ltc.fixed_ltc_cell, ltc.fixed_cfc_gate
//===----------------------------------------------------------------------===//

template <typename T>
class FixedLTCEvaluation : public StepEvaluation<T> {
public:
  FixedLTCEvaluation(FixedLTCCellOp op, double)
      : units(countElements(op.getResult())), unfolds(op.getUnfolds()), capacitance(readIntegers(op.getCapacitance())),
        leak(readIntegers(op.getLeak())), drive(readIntegers(op.getDrive())),
        recurrent{units,
                  int64_t(op.getShift()),
                  readIntegers(op.getSlope()),
                  readIntegers(op.getOffset()),
                  readIntegers(op.getConductance()),
                  readIntegers(op.getCurrent())},
        sensory{countElements(op.getInput()),
                int64_t(op.getSensoryShift()),
                readIntegers(op.getSensorySlope()),
                readIntegers(op.getSensoryOffset()),
                readIntegers(op.getSensoryConductance()),
                readIntegers(op.getSensoryCurrent())} {}

  void emit(Operands<T> operands, States<T> states, Results<T> results) const override {
    results[0] = advance(*operands[0], states[0]);
  }
  void update(Operands<T> operands, MutableStates<T> states) const override {
    states[0] = advance(*operands[0], states[0]);
  }

private:
  struct Synapses {
    int64_t sources, shift;
    std::vector<int64_t> slope, offset, conductance, current;

    /// The sums of conductances and of currents of the synapses to neuron j.
    std::pair<int64_t, int64_t> sum(const Array<T> &x, int64_t j, int64_t units) const {
      int64_t g = 0, d = 0;
      for (int64_t i = 0; i < sources; ++i) {
        int64_t k = i * units + j;
        int64_t s = getSigmoid(clip((slope[k] * int64_t(x[i]) + offset[k]) >> shift, 16));
        g += conductance[k] * s;
        d += current[k] * s;
      }
      return {g, d};
    }
  };

  int64_t units, unfolds;
  std::vector<int64_t> capacitance, leak, drive;
  Synapses recurrent, sensory;

  Array<T> advance(const Array<T> &x, Array<T> v) const {
    std::vector<std::pair<int64_t, int64_t>> fromInputs;
    for (int64_t j = 0; j < units; ++j)
      fromInputs.push_back(sensory.sum(x, j, units));
    for (int64_t unfold = 0; unfold < unfolds; ++unfold) {
      Array<T> next(units);
      for (int64_t j = 0; j < units; ++j) {
        auto [conductance, current] = recurrent.sum(v, j, units);
        int64_t den = capacitance[j] + leak[j] + fromInputs[j].first + conductance;
        int64_t cur = drive[j] + fromInputs[j].second + current;
        int64_t power = 1;
        while (den * power * 2 < (int64_t(1) << 31))
          power *= 2;
        int64_t q = den * power >> 15, num = (capacitance[j] * power >> 15) * int64_t(v[j]) + cur * power;
        int64_t magnitude = std::min<int64_t>((std::abs(num) + q / 2) / q, kFixedPotentialLimit);
        next[j] = T(num < 0 ? -magnitude : magnitude);
      }
      v = next;
    }
    return v;
  }
};

template <typename T>
class FixedCfCGateEvaluation : public StepEvaluation<T> {
public:
  FixedCfCGateEvaluation(FixedCfCGateOp op, double) : mode(op.getMode()) {}

  void emit(Operands<T> operands, States<T>, Results<T> results) const override {
    for (int64_t i = 0; i < results[0].size(); ++i) {
      int64_t f1 = int64_t((*operands[0])[i]), f2 = int64_t((*operands[1])[i]), t = int64_t((*operands[2])[i]);
      int64_t h =
          mode == FixedMode::gated ? f1 + (((f2 - f1) * t + 16384) >> 15) : (f1 + ((f2 * t + 16384) >> 15) + 1) >> 1;
      results[0][i] = T(clip(h, 16));
    }
  }

private:
  FixedMode mode;
};
} // namespace

void lle::attachQuantizationReferenceModels(MLIRContext &context) {
  QuantizeOp::attachInterface<ReferenceModel<QuantizeOp, QuantizeEvaluation>>(context);
  DequantizeOp::attachInterface<ReferenceModel<DequantizeOp, DequantizeEvaluation>>(context);
  RescaleOp::attachInterface<ReferenceModel<RescaleOp, RescaleEvaluation>>(context);
  FixedAffineOp::attachInterface<ReferenceModel<FixedAffineOp, FixedAffineEvaluation>>(context);
}

void lle::attachFixedCellReferenceModels(MLIRContext &context) {
  FixedLTCCellOp::attachInterface<ReferenceModel<FixedLTCCellOp, FixedLTCEvaluation>>(context);
  FixedCfCGateOp::attachInterface<ReferenceModel<FixedCfCGateOp, FixedCfCGateEvaluation>>(context);
}
