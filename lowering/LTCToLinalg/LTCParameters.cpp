//===- LTCParameters.cpp - the parameters of liquid cells -----------------===//
#include "lowering/LTCToLinalg/LTCParameters.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

#include <cmath>

using namespace mlir;
using namespace lle;
using namespace lle::ltc;

LTCParameters::LTCParameters(LTCCellOp op)
    : solver(op.getSolver()), unfolds(op.getUnfolds()), units(op.getState().getType().getNumElements()),
      inputs(cast<RankedTensorType>(op.getInput().getType()).getNumElements()),
      motor(op.getOutput().getType().getNumElements()), epsilon(op.getEpsilon().convertToDouble()),
      elapsed(op.getElapsed().convertToDouble()) {
  auto read = [](ElementsAttr attribute, int64_t count, double absent) {
    Numbers values = attribute ? getDoubles(attribute) : Numbers{absent};
    if (values.size() == 1)
      values.resize(count, values.front());
    return values;
  };
  bool isSoft = op.getPositivity() == Positivity::softplus;
  auto positive = [&](ElementsAttr attribute, int64_t count) {
    Numbers values = read(attribute, count, 0);
    if (isSoft)
      for (double &value : values)
        value = std::max(value, 0.0) + std::log1p(std::exp(-std::abs(value)));
    return values;
  };
  gleak = positive(op.getGleak(), units);
  vleak = read(op.getVleak(), units, 0);
  cm = positive(op.getCm(), units);
  outputW = read(op.getOutputWAttr(), motor, 1);
  outputB = read(op.getOutputBAttr(), motor, 0);

  auto fold = [&](int64_t sources, ElementsAttr sigmas, ElementsAttr mus, ElementsAttr ws, ElementsAttr erevs,
                  ElementsAttr masks, ArrayRef<double> scale, ArrayRef<double> shift) {
    int64_t count = sources * units;
    Numbers sigma = read(sigmas, count, 0), mu = read(mus, count, 0), w = positive(ws, count),
            erev = read(erevs, count, 0), mask = read(masks, count, 1);
    SmallVector<FoldedSynapse> synapses;
    for (int64_t i = 0; i < count; ++i) {
      double weight = w[i] * std::abs(mask[i]);
      if (weight == 0)
        continue;
      int64_t source = i / units;
      synapses.push_back({source, i % units, -kLog2E * sigma[i] * scale[source],
                          kLog2E * sigma[i] * (mu[i] - shift[source]), weight, erev[i]});
    }
    return synapses;
  };
  recurrent = fold(units, op.getSigma(), op.getMu(), op.getW(), op.getErev(), op.getMaskAttr(), Numbers(units, 1),
                   Numbers(units, 0));
  sensory = fold(inputs, op.getSensorySigma(), op.getSensoryMu(), op.getSensoryW(), op.getSensoryErev(),
                 op.getSensoryMaskAttr(), read(op.getInputWAttr(), inputs, 1), read(op.getInputBAttr(), inputs, 0));
}

SmallVector<int64_t> LTCParameters::moveToLanes(int64_t lanes) {
  SmallVector<int64_t> order = orderByFanIn(recurrent, units, lanes), lane = invert(order);
  for (FoldedSynapse &synapse : recurrent) {
    synapse.source = lane[synapse.source];
    synapse.target = lane[synapse.target];
  }
  for (FoldedSynapse &synapse : sensory)
    synapse.target = lane[synapse.target];
  return order;
}

TimeShare lle::buildTimeShare(CellCode &code, StepBuilder &b, const LTCParameters &cell, Value elapsedTime) {
  if (!elapsedTime)
    return {code.constant(code.getType(), cell.getShare()), {}};
  Value time = code.read(elapsedTime).front(), count = code.constant(code.getType(), double(cell.unfolds));
  time = code.add(time, code.constant(code.getType(), cell.elapsed));
  return {arith::DivFOp::create(b, time, count),
          cell.isFused() ? arith::DivFOp::create(b, count, time).getResult() : Value()};
}

SmallVector<int64_t> lle::invert(ArrayRef<int64_t> order) {
  SmallVector<int64_t> inverse(order.size());
  for (auto [lane, neuron] : llvm::enumerate(order))
    inverse[neuron] = lane;
  return inverse;
}
