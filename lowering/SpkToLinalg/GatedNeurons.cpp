//===- GatedNeurons.cpp - gated leaky integrate-and-fire neurons ----------===//
#include "dialects/Spk/Gated.h"
#include "lowering/SpkToLinalg/Coding.h"
#include "lowering/SpkToLinalg/Population.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace lle;
using namespace lle::spk;

namespace {
/// The factor of the input in each step of a sample: one for all neurons, or a row of them.
struct Gains {
  int64_t steps, row;
  SmallVector<double> values;

  explicit Gains(GLIFOp op) : steps(op.getSampleSteps()) {
    RankedTensorType type = op.getInput().getType();
    SmallVector<double> conductance = getDoubles(op.getConductance()), beta = getDoubles(op.getBeta());
    bool isUniform = beta.size() == 1 && (!op.hasOwnConductances() || conductance.size() == 1);
    row = isUniform ? 1 : type.getNumElements();
    for (int64_t t = 0; t < steps; ++t) {
      SmallVector<double> gains;
      for (int64_t n = 0; n < row; ++n) {
        double c =
            conductance.size() == 1 ? conductance.front() : conductance[op.hasOwnConductances() ? t * row + n : t];
        gains.push_back(1 - (beta.size() == 1 ? beta.front() : beta[n]) * (1 - c));
      }
      if (row > 1 && type.getRank() == 3)
        gains = permuteElements(gains, type.getShape(), kChannelsLast);
      llvm::append_range(values, gains);
    }
  }
};

struct GLIFModel : StepLoweringOpInterface::ExternalModel<GLIFModel, GLIFOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value> states,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &newStates) const {
    auto neuron = cast<GLIFOp>(op);
    Type element = neuron.getInput().getType().getElementType();
    Value count = readCounter(b, states[2]);
    Value place = arith::IndexCastOp::create(b, b.getIndexType(), count);
    Gains gains(neuron);
    Value table = b.constantTensor(RankedTensorType::get({gains.steps * gains.row}, element), gains.values), gain;
    SmallVector<StepSignal> signals(inputs);
    if (gains.row == 1) {
      gain = tensor::ExtractOp::create(b, table, place);
    } else {
      Value start = arith::MulIOp::create(b, place, b.index(gains.row));
      Value row = tensor::ExtractSliceOp::create(b, table, ArrayRef<OpFoldResult>{start},
                                                 ArrayRef<OpFoldResult>{b.getIndexAttr(gains.row)},
                                                 ArrayRef<OpFoldResult>{b.getIndexAttr(1)});
      signals.push_back({row, /*channelsLast=*/true});
    }
    Parameter one = 1.0, alpha(neuron.getAlpha()), gamma(neuron.getGamma()), threshold(neuron.getVThreshold());
    Parameter kept = one - alpha * (one - Parameter(neuron.getTau()));
    Parameter lost = (one - alpha) * Parameter(neuron.getLinearDecay()), keptReset = kept * gamma,
              subtracted = (one - gamma) * Parameter(neuron.getVSubreset());
    auto rule = [&](Sweep &s, ArrayRef<Number> x, const States &old) -> Outcome {
      Number g = gain ? Number{&s.builder(), gain} : x[1];
      Number u = (s(kept) * old[0] - s(lost)) + g * x[0];
      Number reset = (u - s(keptReset) * old[0]) - s(subtracted);
      Value hadSpike = isAbove(s, Compare::gt, old[1], s(0.0));
      Number v = select(hadSpike, reset, u);
      Value fires = isAbove(s, neuron.getCompare(), v, s(threshold));
      return {{v, select(fires, s(1.0), s(0.0))}, fires};
    };
    if (failed(lowerPopulation(op, b, signals, states.take_front(2), results, newStates, rule)))
      return failure();
    newStates.push_back(writeCounter(b, states[2], countUpTo(b, count, gains.steps - 1)));
    return success();
  }
};
} // namespace

void spk::attachGatedNeurons(MLIRContext &context) { GLIFOp::attachInterface<GLIFModel>(context); }
