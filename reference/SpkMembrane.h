//===- SpkMembrane.h - what neuron models have in common --------*- C++ -*-===//
#ifndef LLE_REFERENCE_SPKMEMBRANE_H
#define LLE_REFERENCE_SPKMEMBRANE_H

#include "reference/Elements.h"
#include "reference/Models.h"

#include "dialects/Spk/SpkOps.h"

namespace lle::spk {

/// One number for each neuron, in the precision in which coefficients are computed.
using Coefficient = Array<double>;

inline Coefficient readParameter(mlir::ElementsAttr parameter) {
  std::vector<double> elements = readElements(parameter);
  return Eigen::Map<Coefficient>(elements.data(), elements.size());
}

/// A parameter that may be absent: then `otherwise` for each neuron of `op`.
inline Coefficient readParameter(mlir::Operation *op, mlir::ElementsAttr parameter, double otherwise) {
  if (parameter)
    return readParameter(parameter);
  return Coefficient::Constant(mlir::cast<mlir::ShapedType>(op->getResult(0).getType()).getNumElements(), otherwise);
}

/// The library's exp for each element: Eigen's own differs in the last place.
inline Coefficient preciseExp(const Coefficient &x) {
  return x.unaryExpr([](double value) { return std::exp(value); });
}

/// What the membrane potential is divided by: with scale input, what one step of the equation adds
/// for an input of one.
template <typename Op>
Coefficient getUnit(Op op, double dt) {
  if (op.getDynamics().getScale() == Scale::membrane)
    return readParameter(op, {}, 1);
  Coefficient r = readParameter(op.getRAttr());
  if constexpr (std::is_same_v<Op, IntegratorOp> || std::is_same_v<Op, IFOp>)
    return r * dt;
  else if constexpr (std::is_same_v<Op, CubaLIOp> || std::is_same_v<Op, CubaLIFOp>)
    return readParameter(op.getWInAttr()) * (dt / readParameter(op.getTauSynAttr())) * r *
           (dt / readParameter(op.getTauMemAttr()));
  else
    return r * (dt / readParameter(op.getTauAttr()));
}

//===----------------------------------------------------------------------===//
// Dynamics: the update of the states by the input
//===----------------------------------------------------------------------===//

/// Advances the states of a population by one step. Symbols are those of the descriptions in
/// SpkOps.td.
template <typename T>
class Dynamics {
public:
  virtual ~Dynamics() = default;
  virtual void advance(MutableStates<T> states, const Array<T> &x) const = 0;
};

/// v of spk.integrator, spk.if, spk.li and spk.lif. Neurons without leak are those that decay by a
/// factor of one.
template <typename T>
class MembraneDynamics : public Dynamics<T> {
public:
  template <typename Op>
  MembraneDynamics(Op op, double dt)
      : integrator(op.getDynamics().getIntegrator()), order(op.getDynamics().getOrder()) {
    Gain gain = op.getDynamics().getGain();
    auto set = [](Array<T> &coefficient, const Coefficient &value) { coefficient = value.cast<T>(); };
    if constexpr (std::is_same_v<Op, IntegratorOp> || std::is_same_v<Op, IFOp>) {
      integrator = Integrator::discrete;
      set(decay, readParameter(op, {}, 1));
      set(k, gain == Gain::per_step ? Coefficient(readParameter(op.getRAttr()) * dt) : readParameter(op, {}, 1));
      set(offset, readParameter(op, {}, 0));
    } else if (integrator == Integrator::discrete) {
      set(decay, readParameter(op.getDecayAttr()));
      set(k, readParameter(op, {}, 1));
      set(offset, readParameter(op, op.getBiasAttr(), 0));
    } else {
      Coefficient a = dt / readParameter(op.getTauAttr()), r = readParameter(op.getRAttr());
      Coefficient leak = readParameter(op.getVLeakAttr()) / getUnit(op, dt);
      bool isEuler = integrator == Integrator::euler || integrator == Integrator::decay_euler;
      Coefficient b = isEuler ? Coefficient(1 - a) : preciseExp(-a);
      set(rate, a);
      set(decay, b);
      set(rest, leak);
      set(k, gain == Gain::unit ? readParameter(op, {}, 1) : gain == Gain::continuous ? r : Coefficient(r * a));
      set(offset, (1 - b) * leak);
    }
  }

  void advance(MutableStates<T> states, const Array<T> &x) const override {
    Array<T> &v = states[0];
    switch (integrator) {
    case Integrator::euler:
      v = v + rate * ((rest - v) + k * x);
      return;
    case Integrator::exact:
    case Integrator::hold: {
      Array<T> w = rest + k * x;
      v = w + (v - w) * decay;
      return;
    }
    case Integrator::decay_euler:
    case Integrator::decay_exp:
    case Integrator::discrete:
      if (order == Order::decay_first)
        v = decay * v + k * x + offset;
      else
        v = decay * (v + k * x) + offset;
      return;
    }
  }

private:
  Integrator integrator;
  Order order;
  Array<T> rate, decay, rest, k, offset;
};

/// 1 where `v` is above the threshold, else 0.
template <typename T>
Array<T> compareWithThreshold(Compare compare, const Array<T> &v, const Array<T> &threshold) {
  if (compare == Compare::gt)
    return (v > threshold).template cast<T>();
  return (v >= threshold).template cast<T>();
}

//===----------------------------------------------------------------------===//
// Populations
//===----------------------------------------------------------------------===//

/// A population whose result is computed with its next states.
template <typename T>
class PopulationEvaluation : public StepEvaluation<T> {
public:
  void emit(Operands<T> operands, States<T> states, Results<T> results) const override {
    llvm::SmallVector<Array<T>> next(states);
    results[0] = step(operands, next);
  }
  void update(Operands<T> operands, MutableStates<T> states) const override { step(operands, states); }

protected:
  /// Advances the states and gives the result.
  virtual Array<T> step(Operands<T> operands, MutableStates<T> states) const = 0;
};

} // namespace lle::spk

#endif
