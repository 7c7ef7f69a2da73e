//===- QuantizeStates.cpp - states of few bits ----------------------------===//
#include "passes/Precision/QuantizeStates.h"

#include <cmath>

using namespace mlir;
using namespace lle;

quant::UniformQuantizedType PopulationState::getType(unsigned bits, double share) const {
  const int64_t lowest = -(int64_t(1) << (bits - 1)), highest = -lowest - 1;
  double scale = (largest - share * least) / double(highest - lowest);
  if (!(scale > 0))
    scale = 1; // it is always 0
  const int64_t zero = std::clamp<int64_t>(lowest - std::llround(share * least / scale), lowest, highest);
  auto integer = IntegerType::get(type.getContext(), bits);
  return quant::UniformQuantizedType::get(quant::QuantizationFlags::Signed, integer, type, scale, zero, lowest,
                                          highest);
}

llvm::Expected<std::vector<PopulationState>> lle::measurePopulationStates(NetworkOp network,
                                                                          const Evaluator &evaluator) {
  llvm::Expected<Activity> activity = evaluator.measureActivity(network, ActivityScope::States);
  if (!activity)
    return activity.takeError();
  std::vector<PopulationState> states;
  for (Operation &op : network.getBody().front()) {
    auto neuron = dyn_cast<NeuronOpInterface>(op);
    auto stateful = dyn_cast<StatefulOpInterface>(op);
    if (!neuron || !stateful || !neuron.emitsSpikes())
      continue;
    for (const StateDescriptor &state : getStoredStates(stateful)) {
      auto type = dyn_cast<FloatType>(state.type.getElementType());
      const SignalRange *range = activity->findState(stateful, state.name);
      if (type && range && range->min <= range->max)
        states.push_back({stateful, state.name.str(), (stateful.getStateName().getValue() + "." + state.name).str(),
                          type, state.type.getNumElements(), std::min(range->min, 0.0), std::max(range->max, 0.0)});
    }
  }
  return std::move(states);
}

void lle::setStateTypes(NetworkOp copy, ArrayRef<PopulationState> states, ArrayRef<quant::UniformQuantizedType> types) {
  llvm::StringMap<Operation *> owners;
  for (auto op : copy.getBody().getOps<StatefulOpInterface>())
    owners[op.getStateName()] = op;
  for (auto [state, type] : llvm::zip_equal(states, types)) {
    StatefulOpInterface original = state.op;
    Operation *op = owners.lookup(original.getStateName());
    NamedAttrList named(op->getAttrOfType<DictionaryAttr>(kStateTypesAttr));
    if (type)
      named.set(state.state, TypeAttr::get(type));
    if (!named.empty())
      op->setAttr(kStateTypesAttr, named.getDictionary(copy.getContext()));
  }
}
