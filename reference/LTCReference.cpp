//===- LTCReference.cpp - the definition of recurrent cells, executed -----===//
//
// Symbols are those of the descriptions in LTCOps.td.
//
//===----------------------------------------------------------------------===//
#include "dialects/LLE/Activations.h"
#include "dialects/LLE/TensorTypes.h"
#include "dialects/LTC/LTCOps.h"
#include "reference/Elements.h"
#include "reference/Models.h"

using namespace mlir;
using namespace lle;
using namespace lle::ltc;

using Coefficient = Array<double>;

static Coefficient readParameter(Attribute parameter) {
  std::vector<double> elements = readElements(cast<ElementsAttr>(parameter));
  return Eigen::Map<Coefficient>(elements.data(), elements.size());
}

/// A parameter that may be absent: then `otherwise` everywhere.
static Coefficient readParameter(Attribute parameter, int64_t count, double otherwise) {
  return parameter ? readParameter(parameter) : Coefficient::Constant(count, otherwise);
}

namespace {

/// `y = W c + b`, summed in the order of the columns, the bias last.
template <typename T>
struct Layer {
  Array<T> weight, bias;

  Layer() = default;
  Layer(const Coefficient &weight, const Coefficient &bias) : weight(weight.cast<T>()), bias(bias.cast<T>()) {}

  Array<T> operator()(const Array<T> &input) const {
    Array<T> result(bias.size());
    for (int64_t row = 0; row < bias.size(); ++row) {
      T sum(0);
      for (int64_t column = 0; column < input.size(); ++column)
        sum += weight[row * input.size() + column] * input[column];
      result[row] = sum + bias[row];
    }
    return result;
  }
};

/// The operands of a cell. `hidden` is the first state where the operand is absent.
struct CellOperands {
  bool hasElapsed = false, hasHidden = false;
  double elapsed = 0;

  template <typename CellOp>
  explicit CellOperands(CellOp op) : hasHidden(bool(op.getHidden())) {
    if constexpr (!std::is_same_v<CellOp, LSTMCellOp> && !std::is_same_v<CellOp, GRUCellOp>) {
      hasElapsed = bool(op.getElapsedTime());
      elapsed = op.getElapsed().convertToDouble();
    }
  }

  template <typename T>
  const Array<T> &getHidden(Operands<T> operands, States<T> states) const {
    return hasHidden ? *operands.back() : states[0];
  }
  template <typename T>
  T getElapsed(Operands<T> operands) const {
    return hasElapsed ? T(elapsed) + (*operands[1])[0] : T(elapsed);
  }
};

/// A cell whose next state is a function of its operands and of one state.
template <typename T>
class CellEvaluation : public StepEvaluation<T> {
public:
  template <typename CellOp>
  explicit CellEvaluation(CellOp op) : given(op) {}

  void update(Operands<T> operands, MutableStates<T> states) const override {
    if (!given.hasHidden)
      states[0] = advance(*operands[0], given.getHidden<T>(operands, states), given.getElapsed<T>(operands));
  }

protected:
  virtual Array<T> advance(const Array<T> &x, const Array<T> &state, T elapsed) const = 0;

  Array<T> getNext(Operands<T> operands, States<T> states) const {
    return advance(*operands[0], given.getHidden<T>(operands, states), given.getElapsed<T>(operands));
  }

  CellOperands given;
};

/// A cell that gives its new state.
template <typename T>
class StateCellEvaluation : public CellEvaluation<T> {
public:
  using CellEvaluation<T>::CellEvaluation;
  void emit(Operands<T> operands, States<T> states, Results<T> results) const override {
    results[0] = this->getNext(operands, states);
  }
};

//===----------------------------------------------------------------------===//
// ltc.ltc_cell
//===----------------------------------------------------------------------===//

template <typename T>
class LTCEvaluation : public CellEvaluation<T> {
public:
  LTCEvaluation(LTCCellOp op, double) : CellEvaluation<T>(op), solver(op.getSolver()), unfolds(op.getUnfolds()) {
    units = countElements(op.getState());
    inputs = countElements(op.getInput());
    int64_t motor = countElements(op.getOutput());
    bool isSoft = op.getPositivity() == Positivity::softplus;
    auto positive = [&](ElementsAttr parameter) -> Coefficient {
      Coefficient values = readParameter(parameter);
      if (isSoft)
        values = values.unaryExpr([](double x) { return activate(Activation::softplus, x); });
      return values;
    };
    auto set = [](Array<T> &coefficient, const Coefficient &value) { coefficient = value.cast<T>(); };
    auto mask = [](ElementsAttr attribute, int64_t count) -> Coefficient {
      return readParameter(attribute, count, 1).abs();
    };
    set(gleak, positive(op.getGleak()));
    set(vleak, readParameter(op.getVleak()));
    cm = positive(op.getCm());
    set(recurrent.sigma, readParameter(op.getSigma()));
    set(recurrent.mu, readParameter(op.getMu()));
    set(recurrent.w, positive(op.getW()) * mask(op.getMaskAttr(), units * units));
    set(recurrent.erev, readParameter(op.getErev()));
    set(sensory.sigma, readParameter(op.getSensorySigma()));
    set(sensory.mu, readParameter(op.getSensoryMu()));
    set(sensory.w, positive(op.getSensoryW()) * mask(op.getSensoryMaskAttr(), inputs * units));
    set(sensory.erev, readParameter(op.getSensoryErev()));
    set(inputW, readParameter(op.getInputWAttr(), inputs, 1));
    set(inputB, readParameter(op.getInputBAttr(), inputs, 0));
    set(outputW, readParameter(op.getOutputWAttr(), motor, 1));
    set(outputB, readParameter(op.getOutputBAttr(), motor, 0));
    epsilon = T(op.getEpsilon().convertToDouble());
  }

  void emit(Operands<T> operands, States<T> states, Results<T> results) const override {
    results[1] = this->getNext(operands, states);
    results[0] = outputW * results[1].head(outputW.size()) + outputB;
  }

protected:
  Array<T> advance(const Array<T> &x, const Array<T> &state, T elapsed) const override {
    Array<T> v = state;
    Sums s = sensory.sum(inputW * x + inputB, units);
    // With a constant elapsed time the capacitance per share of it is a coefficient.
    Array<T> conductance = this->given.hasElapsed ? Array<T>(cm.cast<T>() / (elapsed / T(unfolds)))
                                                  : Array<T>((cm / (this->given.elapsed / unfolds)).template cast<T>());
    T h = elapsed / T(unfolds);
    for (int64_t unfold = 0; unfold < unfolds; ++unfold) {
      switch (solver) {
      case ltc::Solver::fused: {
        Sums r = recurrent.sum(v, units);
        v = (conductance * v + gleak * vleak + r.current + s.current) /
            (conductance + gleak + r.conductance + s.conductance + epsilon);
        break;
      }
      case ltc::Solver::euler:
        v = v + h * getSlope(v, s);
        break;
      case ltc::Solver::rk4: {
        Array<T> k1 = getSlope(v, s);
        Array<T> k2 = getSlope(v + h / T(2) * k1, s);
        Array<T> k3 = getSlope(v + h / T(2) * k2, s);
        Array<T> k4 = getSlope(v + h * k3, s);
        v = v + h / T(6) * (k1 + T(2) * k2 + T(2) * k3 + k4);
        break;
      }
      }
    }
    return v;
  }

private:
  /// For each target: the sum of conductances, and of conductances times reversal potentials.
  struct Sums {
    Array<T> conductance, current;
  };

  struct Synapses {
    Array<T> sigma, mu, w, erev; ///< [source, target], the mask applied to w.

    Sums sum(const Array<T> &sources, int64_t targets) const {
      Sums sums{Array<T>::Zero(targets), Array<T>::Zero(targets)};
      for (int64_t i = 0; i < sources.size(); ++i)
        for (int64_t j = 0; j < targets; ++j) {
          int64_t k = i * targets + j;
          T conductance = w[k] * logistic(sigma[k] * (sources[i] - mu[k]));
          sums.conductance[j] += conductance;
          sums.current[j] += conductance * erev[k];
        }
      return sums;
    }
  };

  /// f(v), with sum (A (erev - v)) taken as sum (A erev) - v sum A.
  Array<T> getSlope(const Array<T> &v, const Sums &s) const {
    Sums r = recurrent.sum(v, units);
    return (gleak * (vleak - v) + (r.current - v * r.conductance) + (s.current - v * s.conductance)) / cm.cast<T>();
  }

  ltc::Solver solver;
  int64_t unfolds, units, inputs;
  T epsilon;
  Coefficient cm;
  Array<T> gleak, vleak, inputW, inputB, outputW, outputB;
  Synapses recurrent, sensory;
};

//===----------------------------------------------------------------------===//
// ltc.cfc_cell
//===----------------------------------------------------------------------===//

template <typename T>
class CfCEvaluation : public StateCellEvaluation<T> {
public:
  CfCEvaluation(CfCCellOp op, double) : StateCellEvaluation<T>(op), mode(op.getMode()) {
    if (op.getActivation())
      activation = *op.getActivation();
    if (op.getHeadActivation())
      headActivation = *op.getHeadActivation();
    if (op.getBackboneWeights())
      for (auto [weight, bias] : llvm::zip(*op.getBackboneWeights(), *op.getBackboneBiases()))
        backbone.emplace_back(readParameter(weight), readParameter(bias));
    Coefficient mask = readParameter(op.getMaskAttr(), op.getFf1Weight().getNumElements(), 1);
    if (op.getMaskKind() == MaskKind::absolute)
      mask = mask.abs();
    ff1 = Layer<T>(readParameter(op.getFf1Weight()) * mask, readParameter(op.getFf1Bias()));
    if (mode == Mode::pure) {
      wTau = readParameter(op.getWTauAttr()).cast<T>();
      a = readParameter(op.getAAttr()).cast<T>();
      return;
    }
    ff2 = Layer<T>(readParameter(op.getFf2WeightAttr()) * mask, readParameter(op.getFf2BiasAttr()));
    double sign = *op.getGateSign() == GateSign::plus ? 1 : -1;
    timeA = Layer<T>(sign * readParameter(op.getTimeAWeightAttr()), sign * readParameter(op.getTimeABiasAttr()));
    timeB = Layer<T>(readParameter(op.getTimeBWeightAttr()), readParameter(op.getTimeBBiasAttr()));
  }

protected:
  Array<T> advance(const Array<T> &x, const Array<T> &state, T elapsed) const override {
    Array<T> z(x.size() + state.size());
    z << x, state;
    for (const Layer<T> &layer : backbone)
      z = layer(z).unaryExpr([&](T value) { return activate(activation, value); });
    Array<T> f1 = ff1(z);
    if (mode == Mode::pure)
      return a - a * (-elapsed * (wTau.abs() + f1.abs())).unaryExpr([](T value) { return std::exp(value); }) * f1;
    auto head = [&](T value) { return activate(headActivation, value); };
    f1 = f1.unaryExpr(head).eval();
    Array<T> f2 = ff2(z).unaryExpr(head);
    Array<T> t = (timeA(z) * elapsed + timeB(z)).unaryExpr([](T value) { return logistic(value); });
    return mode == Mode::gated ? Array<T>(f1 * (T(1) - t) + t * f2) : Array<T>(f1 + t * f2);
  }

private:
  Mode mode;
  Activation activation = Activation::linear, headActivation = Activation::linear;
  std::vector<Layer<T>> backbone;
  Layer<T> ff1, ff2, timeA, timeB;
  Array<T> wTau, a;
};

//===----------------------------------------------------------------------===//
// ltc.lstm_cell, ltc.gru_cell, ltc.ctrnn_cell
//===----------------------------------------------------------------------===//

template <typename T>
class LSTMEvaluation : public StepEvaluation<T> {
public:
  LSTMEvaluation(LSTMCellOp op, double) : given(op), units(countElements(op.getResult())) {
    Coefficient bias = readParameter(op.getBias());
    in = Layer<T>(readParameter(op.getWIn()), bias);
    rec = Layer<T>(readParameter(op.getWRec()), Coefficient::Zero(bias.size()));
  }

  void emit(Operands<T> operands, States<T> states, Results<T> results) const override {
    results[0] = advance(operands, states).first;
  }
  void update(Operands<T> operands, MutableStates<T> states) const override {
    auto [h, c] = advance(operands, states);
    states.back() = c;
    if (!given.hasHidden)
      states.front() = h;
  }

private:
  std::pair<Array<T>, Array<T>> advance(Operands<T> operands, States<T> states) const {
    Array<T> z = in(*operands[0]) + rec(given.getHidden<T>(operands, states));
    auto gate = [&](int64_t index) -> Array<T> {
      return z.segment(index * units, units).unaryExpr([](T value) { return logistic(value); });
    };
    Array<T> candidate = z.segment(2 * units, units).unaryExpr([](T value) { return std::tanh(value); });
    Array<T> c = gate(1) * states.back() + gate(0) * candidate;
    Array<T> h = gate(3) * c.unaryExpr([](T value) { return std::tanh(value); });
    return {h, c};
  }

  CellOperands given;
  int64_t units;
  Layer<T> in, rec;
};

template <typename T>
class GRUEvaluation : public StateCellEvaluation<T> {
public:
  GRUEvaluation(GRUCellOp op, double)
      : StateCellEvaluation<T>(op), reset(op.getReset()), units(countElements(op.getResult())) {
    in = Layer<T>(readParameter(op.getWIn()), readParameter(op.getBiasIn()));
    Coefficient weight = readParameter(op.getWRec()), bias = readParameter(op.getBiasRec());
    gates = Layer<T>(weight.head(2 * units * units), bias.head(2 * units));
    candidate = Layer<T>(weight.tail(units * units), bias.tail(units));
  }

protected:
  Array<T> advance(const Array<T> &x, const Array<T> &h, T) const override {
    Array<T> fromInput = in(x);
    Array<T> g = (fromInput.head(2 * units) + gates(h)).unaryExpr([](T value) { return logistic(value); });
    Array<T> r = g.head(units), z = g.tail(units);
    Array<T> fromState = reset == ltc::Reset::after ? Array<T>(r * candidate(h)) : candidate(r * h);
    Array<T> n = (fromInput.tail(units) + fromState).unaryExpr([](T value) { return std::tanh(value); });
    return (T(1) - z) * n + z * h;
  }

private:
  ltc::Reset reset;
  int64_t units;
  Layer<T> in, gates, candidate;
};

template <typename T>
class CTRNNEvaluation : public StateCellEvaluation<T> {
public:
  CTRNNEvaluation(CTRNNCellOp op, double)
      : StateCellEvaluation<T>(op), activation(op.getActivation()), unfolds(op.getUnfolds()),
        tau(readParameter(op.getTau()).cast<T>()) {
    Coefficient bias = readParameter(op.getBias());
    in = Layer<T>(readParameter(op.getWIn()), bias);
    rec = Layer<T>(readParameter(op.getWRec()), Coefficient::Zero(bias.size()));
  }

protected:
  Array<T> advance(const Array<T> &x, const Array<T> &state, T elapsed) const override {
    Array<T> v = state, fromInput = in(x);
    T h = elapsed / T(unfolds);
    for (int64_t unfold = 0; unfold < unfolds; ++unfold) {
      Array<T> drive = (fromInput + rec(v)).unaryExpr([&](T value) { return activate(activation, value); });
      v = v + h * (drive - v / tau);
    }
    return v;
  }

private:
  Activation activation;
  int64_t unfolds;
  Array<T> tau;
  Layer<T> in, rec;
};
} // namespace

void lle::attachLTCReferenceModels(MLIRContext &context) {
  LTCCellOp::attachInterface<ReferenceModel<LTCCellOp, LTCEvaluation>>(context);
  CfCCellOp::attachInterface<ReferenceModel<CfCCellOp, CfCEvaluation>>(context);
  LSTMCellOp::attachInterface<ReferenceModel<LSTMCellOp, LSTMEvaluation>>(context);
  GRUCellOp::attachInterface<ReferenceModel<GRUCellOp, GRUEvaluation>>(context);
  CTRNNCellOp::attachInterface<ReferenceModel<CTRNNCellOp, CTRNNEvaluation>>(context);
  attachFixedCellReferenceModels(context);
}
