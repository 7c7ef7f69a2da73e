//===- CellMoments.cpp - what matrices of cells do on data ----------------===//
//
// Symbols are those of the descriptions in LTCOps.td. The derivatives follow a unit's own state from step to step, and
// leave out what comes back through other units.
//
//===----------------------------------------------------------------------===//
#include "passes/Precision/CellMoments.h"
#include "dialects/LLE/Activations.h"
#include "passes/Precision/CellParameters.h"
#include "passes/Precision/OuterProducts.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace lle;
using namespace lle::ltc;

using Numbers = std::vector<double>;

/// Observations that are taken, spread over the data, and numbers that matrices of all rows may have together.
static constexpr double kMostObservations = 16384;
static constexpr int64_t kMostNumbers = int64_t(1) << 24;
/// Observations of a row that are added up at once.
static constexpr int64_t kBlock = 64;

CellMoments::~CellMoments() = default;

CellMoments::CellMoments(Operation *cell) {
  auto add = [&](auto op, Value state, Value hidden) {
    isHeldOutside = bool(hidden);
    signals = {op.getInput(), hidden ? hidden : state};
  };
  llvm::TypeSwitch<Operation *>(cell)
      .Case([&](LTCCellOp op) { add(op, op.getState(), op.getHidden()); })
      .Case<CfCCellOp, LSTMCellOp, GRUCellOp, CTRNNCellOp>([&](auto op) { add(op, op.getResult(), op.getHidden()); });
  llvm::TypeSwitch<Operation *>(cell).Case<LTCCellOp, CfCCellOp, CTRNNCellOp>([&](auto op) {
    if (op.getElapsedTime())
      signals.push_back(op.getElapsedTime());
  });
}

void CellMoments::add(int64_t sample, int64_t steps, SignalSteps values) {
  size_t inputs = values[0].size() / steps, units = values[1].size() / steps;
  bool isFirst = sample != lastSample;
  lastSample = sample;
  for (int64_t step = 0; step < steps; ++step) {
    ArrayRef<double> state = values[1].slice(step * units, units);
    if (isFirst)
      before.assign(units, 0);
    observe({values[0].slice(step * inputs, inputs), isHeldOutside ? state : ArrayRef(before),
             values.size() > 2 ? values[2][step] : 0, isFirst});
    before.assign(state.begin(), state.end());
    isFirst = false;
  }
}

//===----------------------------------------------------------------------===//
// ltc.ltc_cell
//===----------------------------------------------------------------------===//

namespace {
class LTCMoments : public CellMoments {
public:
  /// See createForSynapses where `areJoint`.
  LTCMoments(LTCCellOp cell, double share, bool areJoint = false) : CellMoments(cell), cell(cell), share(share) {
    for (bool isSensory : {false, true}) {
      Side &side = sides[isSensory];
      static_cast<LTCSynapses &>(side) = readSynapses(cell, isSensory);
      side.softness = readParameter(cell->getAttrOfType<ElementsAttr>((side.prefix + "w").str()));
      for (double &w : side.softness) // P'(w)
        w = !areJoint && cell.getPositivity() == Positivity::softplus ? logistic(w) : 1;
      side.activity.resize(side.w.size());
      for (auto &[name, traces, sums] : side.parts) {
        traces.assign(side.w.size(), 0);
        if (!areJoint && side.targets * side.sources * side.sources <= kMostNumbers)
          sums.assign(side.targets, OuterProducts(side.sources, kBlock));
      }
    }
    for (double number : readParameter(cell.getCm()))
      cm.push_back(makePositive(cell.getPositivity(), number));
    for (double number : readParameter(cell.getGleak()))
      gleak.push_back(makePositive(cell.getPositivity(), number));
    vleak = readParameter(cell.getVleak());
    leakTraces.assign(2 * vleak.size(), 0);
    const int64_t all = sides[0].sources + sides[1].sources + 2;
    if (areJoint && sides[0].targets * all * all <= kMostNumbers)
      joint.assign(sides[0].targets, OuterProducts(all, kBlock));
    int64_t inputs = sides[1].sources;
    inputW = readParameter(cell.getInputWAttr(), inputs, 1);
    inputB = readParameter(cell.getInputBAttr(), inputs, 0);
  }

  std::vector<Numbers> get(StringRef attribute, int64_t) override {
    std::vector<Numbers> matrices;
    for (OuterProducts &sum : joint)
      matrices.push_back(sum.get());
    bool isSensory = attribute.consume_front("sensory_");
    for (auto &[name, traces, sums] : sides[isSensory].parts)
      if (name == attribute)
        for (OuterProducts &sum : sums)
          matrices.push_back(sum.get());
    return matrices;
  }

private:
  struct Part {
    StringRef name;
    Numbers traces; ///< The derivatives: [target][source].
    std::vector<OuterProducts> sums;
  };
  struct Side : LTCSynapses {
    Numbers softness, activity; ///< [source][target]; the activity is `s`.
    Part parts[4] = {{"w", {}, {}}, {"erev", {}, {}}, {"sigma", {}, {}}, {"mu", {}, {}}};
  };

  void observe(const Step &step) override {
    Numbers v(step.state.begin(), step.state.end()), u;
    for (auto [x, w, b] : llvm::zip_equal(step.input, inputW, inputB))
      u.push_back(w * x + b);
    double h = (cell.getElapsed().convertToDouble() + step.elapsed) / double(cell.getUnfolds());
    if (!(h > 0))
      return; // Nothing moves.
    if (step.isFirst) {
      for (Side &side : sides)
        for (Part &part : side.parts)
          llvm::fill(part.traces, 0);
      llvm::fill(leakTraces, 0);
    }
    for (uint64_t unfold = 0; unfold < cell.getUnfolds(); ++unfold)
      v = unfoldOnce(v, u, h);
    if (!share.takesNext())
      return;
    for (Side &side : sides)
      for (Part &part : side.parts)
        for (auto [target, sum] : llvm::enumerate(part.sums)) {
          llvm::copy(ArrayRef(part.traces).slice(target * side.sources, side.sources), sum.getNext());
          sum.add();
        }
    for (auto [target, sum] : llvm::enumerate(joint)) {
      double *next = sum.getNext();
      for (const Side &side : sides)
        next = llvm::copy(ArrayRef(side.parts[0].traces).slice(target * side.sources, side.sources), next);
      llvm::copy(ArrayRef(leakTraces).slice(2 * target, 2), next);
      sum.add();
    }
  }

  /// The potentials after a part of the step; traces follow. Runge-Kutta's are followed as Euler's.
  Numbers unfoldOnce(const Numbers &v, const Numbers &u, double h) {
    Numbers next(v.size());
    const bool isFused = cell.getSolver() == Solver::fused;
    const double epsilon = cell.getEpsilon().convertToDouble();
    for (Side &side : sides)
      for (size_t k = 0; k < side.w.size(); ++k) {
        double source = (&side == &sides[1] ? u : v)[k / side.targets];
        side.activity[k] = side.mask[k] == 0 ? 0 : logistic(side.sigma[k] * (source - side.mu[k]));
      }
    for (size_t j = 0; j < v.size(); ++j) {
      double conductance = gleak[j], current = gleak[j] * vleak[j];
      for (const Side &side : sides)
        for (size_t k = j; k < side.w.size(); k += side.targets) {
          double a = side.w[k] * side.activity[k];
          conductance += a;
          current += a * side.erev[k];
        }
      const double capacity = cm[j] / h, whole = capacity + conductance + epsilon;
      next[j] = isFused ? (capacity * v[j] + current) / whole : v[j] + (current - conductance * v[j]) / capacity;
      // v' moves by `gain` times what a current becomes more, and a conductance is one of `erev - pulled`.
      const double gain = 1 / (isFused ? whole : capacity), pulled = isFused ? next[j] : v[j];
      double kept = isFused ? capacity / whole : 1 - conductance / capacity;
      if (const Side &own = sides[0]; true) {
        size_t k = j * v.size() + j;
        double slope = own.w[k] * own.activity[k] * (1 - own.activity[k]) * own.sigma[k];
        kept += gain * slope * (own.erev[k] - pulled);
      }
      leakTraces[2 * j] = kept * leakTraces[2 * j] - gain * pulled;
      leakTraces[2 * j + 1] = kept * leakTraces[2 * j + 1] + gain;
      for (Side &side : sides)
        for (int64_t i = 0; i < side.sources; ++i) {
          const size_t k = i * side.targets + j, place = j * side.sources + i;
          if (side.mask[k] == 0)
            continue;
          const double source = (&side == &sides[1] ? u : v)[i], s = side.activity[k],
                       drive = gain * (side.erev[k] - pulled), slope = drive * side.w[k] * s * (1 - s);
          const double moves[] = {drive * side.softness[k] * s, gain * side.w[k] * s, slope * (source - side.mu[k]),
                                  -slope * side.sigma[k]};
          for (auto [part, move] : llvm::zip_equal(side.parts, moves))
            part.traces[place] = kept * part.traces[place] + move;
        }
    }
    return next;
  }

  LTCCellOp cell;
  EvenShare share;
  Side sides[2]; ///< From neurons, and from inputs.
  Numbers cm, gleak, vleak, inputW, inputB;
  Numbers leakTraces; ///< Of each neuron two: by its leak, and by leak times resting potential.
  std::vector<OuterProducts> joint;
};
} // namespace

//===----------------------------------------------------------------------===//
// Cells of layers
//===----------------------------------------------------------------------===//

namespace {
/// A matrix of a layer. A unit's state moves by a factor times what the row's sum moves.
struct Layer {
  StringRef attribute;
  int64_t index, rows, inputs;
  std::vector<OuterProducts> sums;

  Layer(StringRef attribute, int64_t index, ElementsAttr weights, bool hasFactors)
      : attribute(attribute), index(index), rows(weights.getShapedType().getDimSize(0)),
        inputs(weights.getShapedType().getDimSize(1)) {
    hasFactors &= rows * inputs * inputs <= kMostNumbers; // else all rows are as alike as those of other layers
    sums.assign(hasFactors ? rows : 1, OuterProducts(inputs, kBlock));
  }

  /// `signs` are those of a mask, of all weights, or none.
  void add(ArrayRef<double> z, ArrayRef<double> factors = {}, ArrayRef<double> signs = {}) {
    for (auto [row, sum] : llvm::enumerate(sums)) {
      double *observation = sum.getNext();
      for (int64_t i = 0; i < inputs; ++i) {
        observation[i] = z[i];
        if (sums.size() > 1)
          observation[i] *= factors[row] * (signs.empty() ? 1 : signs[row * inputs + i]);
      }
      sum.add();
    }
  }
};

class LayeredMoments : public CellMoments {
public:
  LayeredMoments(Operation *cell, double share) : CellMoments(cell), share(share) {}

  std::vector<Numbers> get(StringRef attribute, int64_t index) override {
    std::vector<Numbers> matrices;
    for (Layer &layer : layers)
      if (layer.attribute == attribute && layer.index == index)
        for (OuterProducts &sum : layer.sums)
          matrices.push_back(sum.get());
    return matrices;
  }

protected:
  EvenShare share;
  std::vector<Layer> layers;
};

/// Of LSTM, GRU and CT-RNN cells: what the matrices are multiplied with.
class RecurrentMoments : public LayeredMoments {
public:
  template <typename CellOp>
  RecurrentMoments(CellOp cell, double share) : LayeredMoments(cell, share) {
    layers.emplace_back("w_in", -1, cell.getWIn(), false);
    layers.emplace_back("w_rec", -1, cell.getWRec(), false);
  }

private:
  void observe(const Step &step) override {
    if (!share.takesNext())
      return;
    layers[0].add(step.input);
    layers[1].add(step.state);
  }
};

/// `W z + b` in double precision.
struct Sums {
  Eigen::MatrixXd weights;
  Eigen::VectorXd bias;

  Sums() = default;
  Sums(const Numbers &numbers, ElementsAttr offset) {
    Numbers b = readParameter(offset);
    bias = Eigen::Map<const Eigen::VectorXd>(b.data(), int64_t(b.size()));
    weights = Eigen::Map<const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>(
        numbers.data(), bias.size(), int64_t(numbers.size()) / bias.size());
  }
  Eigen::VectorXd get(const Eigen::VectorXd &z) const { return weights * z + bias; }
};

class CfCMoments : public LayeredMoments {
public:
  CfCMoments(CfCCellOp cell, double share) : LayeredMoments(cell, share), cell(cell) {
    if (ArrayAttr weights = cell.getBackboneWeightsAttr())
      for (auto [index, each, bias] : llvm::enumerate(weights, cell.getBackboneBiasesAttr())) {
        auto matrix = cast<ElementsAttr>(each);
        layers.emplace_back("backbone_weights", int64_t(index), matrix, false);
        backbone.emplace_back(readParameter(matrix), cast<ElementsAttr>(bias));
      }
    auto addHead = [&](Sums &sums, StringRef name, ElementsAttr weights, ElementsAttr bias) {
      layers.emplace_back(name, -1, weights, true);
      sums = Sums(name.starts_with("ff") ? readMasked(cell, weights) : readParameter(weights), bias);
    };
    addHead(first, "ff1_weight", cell.getFf1Weight(), cell.getFf1Bias());
    signs = readParameter(cell.getMaskAttr());
    if (cell.getMaskKind() != MaskKind::signed_)
      for (double &sign : signs)
        sign = std::abs(sign);
    if (cell.getMode() == Mode::pure) {
      wTau = readParameter(cell.getWTauAttr());
      a = readParameter(cell.getAAttr());
      return;
    }
    addHead(second, "ff2_weight", cell.getFf2WeightAttr(), cell.getFf2BiasAttr());
    addHead(rate, "time_a_weight", cell.getTimeAWeightAttr(), cell.getTimeABiasAttr());
    addHead(gate, "time_b_weight", cell.getTimeBWeightAttr(), cell.getTimeBBiasAttr());
  }

private:
  /// A function's value and, by a central difference, its slope.
  static double getSlope(Activation function, double x) {
    constexpr double kStep = 1e-5;
    return (activate(function, x + kStep) - activate(function, x - kStep)) / (2 * kStep);
  }

  void observe(const Step &step) override {
    if (!share.takesNext())
      return;
    Eigen::VectorXd z(int64_t(step.input.size() + step.state.size()));
    llvm::copy(step.state, llvm::copy(step.input, z.data()));
    auto view = [](const Eigen::VectorXd &numbers) { return ArrayRef(numbers.data(), numbers.size()); };
    size_t layer = 0;
    for (const Sums &sums : backbone) {
      layers[layer++].add(view(z));
      z = sums.get(z).unaryExpr([&](double x) { return activate(*cell.getActivation(), x); });
    }
    const double time = cell.getElapsed().convertToDouble() + step.elapsed;
    Eigen::VectorXd x1 = first.get(z);
    if (cell.getMode() == Mode::pure) {
      for (int64_t r = 0; r < x1.size(); ++r) {
        double f = std::abs(x1[r]);
        x1[r] = -a[r] * std::exp(-time * (std::abs(wTau[r]) + f)) * (1 - time * f);
      }
      return layers[layer].add(view(z), view(x1), signs);
    }
    Eigen::VectorXd x2 = second.get(z), open = gate.get(z), slow = rate.get(z);
    const double signedTime = *cell.getGateSign() == GateSign::plus ? time : -time;
    const Activation head = *cell.getHeadActivation();
    for (int64_t r = 0; r < x1.size(); ++r) {
      double t = logistic(signedTime * slow[r] + open[r]), f1 = activate(head, x1[r]), f2 = activate(head, x2[r]);
      bool isGated = cell.getMode() == Mode::gated;
      open[r] = t * (1 - t) * (isGated ? f2 - f1 : f2);
      slow[r] = signedTime * open[r];
      x1[r] = (isGated ? 1 - t : 1) * getSlope(head, x1[r]);
      x2[r] = t * getSlope(head, x2[r]);
    }
    layers[layer].add(view(z), view(x1), signs);
    layers[layer + 1].add(view(z), view(x2), signs);
    layers[layer + 2].add(view(z), view(slow));
    layers[layer + 3].add(view(z), view(open));
  }

  CfCCellOp cell;
  std::vector<Sums> backbone;
  Sums first, second, rate, gate;
  Numbers signs, wTau, a;
};
} // namespace

std::unique_ptr<CellMoments> CellMoments::create(Operation *cell, double steps) {
  const double share = kMostObservations / steps;
  return llvm::TypeSwitch<Operation *, std::unique_ptr<CellMoments>>(cell)
      .Case([&](LTCCellOp op) { return std::make_unique<LTCMoments>(op, share); })
      .Case([&](CfCCellOp op) { return std::make_unique<CfCMoments>(op, share); })
      .Case<LSTMCellOp, GRUCellOp, CTRNNCellOp>([&](auto op) { return std::make_unique<RecurrentMoments>(op, share); })
      .Default([](Operation *) { return nullptr; });
}

std::unique_ptr<CellMoments> CellMoments::createForSynapses(LTCCellOp cell, double steps) {
  return std::make_unique<LTCMoments>(cell, kMostObservations / steps, /*areJoint=*/true);
}
