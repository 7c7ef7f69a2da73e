//===- SynapseChoice.cpp - which kernel each synapse takes ----------------===//
#include "passes/Analysis/SynapseChoice.h"

using namespace mlir;
using namespace lle;

StringRef SynapseDecision::getName() const {
  if (auto name = const_cast<SynapseOpInterface &>(synapse)->getAttrOfType<StringAttr>("name"))
    return name.getValue();
  return const_cast<SynapseOpInterface &>(synapse)->getName().getStringRef();
}

/// Whether most elements are expected to be zero: spikes, what pooling and rearrangement make of them, inputs of the
/// network. What a synapse or a neuron's membrane delivers is not.
static bool isSparse(Value value) {
  if (isa<BlockArgument>(value) || isSpikeElement(getElementTypeOrSelf(value.getType())))
    return true;
  Operation *op = value.getDefiningOp();
  return isa<SumPool2dOp, AvgPool2dOp, FlattenOp, SliceOp, TransposeOp, ConcatOp>(op) &&
         llvm::all_of(op->getOperands(), isSparse);
}

double lle::getAssumedActivity(Value signal, double assumed) { return isSparse(signal) ? assumed : 1; }

FailureOr<SmallVector<SynapseDecision>> lle::chooseSynapses(NetworkOp network, const SynapseRequest &request) {
  SmallVector<SynapseDecision> decisions;
  for (Operation &op : network.getBody().front()) {
    auto synapse = dyn_cast<SynapseOpInterface>(op);
    if (!synapse)
      continue;
    SynapseDecision decision{};
    decision.synapse = synapse;
    if (Attribute attribute = op.getAttr(kActivityAttr)) {
      auto measured = dyn_cast<FloatAttr>(attribute);
      decision.activity = measured ? measured.getValueAsDouble() : -1;
      if (!(decision.activity >= 0 && decision.activity <= 1))
        return op.emitOpError("'") << kActivityAttr << "' must be a fraction from 0 to 1, got " << attribute;
      decision.isMeasured = true;
    } else {
      decision.activity = getAssumedActivity(synapse.getSignal(), request.assumedActivity);
    }
    SynapseWork work = getSynapseWork(synapse, request.lanes);
    decision.denseCycles = request.costs.getDenseCycles(work);
    decision.eventCycles = request.costs.getEventCycles(work, decision.activity);
    decision.crossover = request.costs.getCrossover(work);
    decision.isEvent = decision.eventCycles <= decision.denseCycles;
    decision.reason = SynapseReason::Cost;
    if (request.kernel != SynapseChoice::Auto) {
      decision.isEvent = request.kernel == SynapseChoice::Event;
      decision.reason = SynapseReason::Option;
    } else if (Attribute attribute = op.getAttr(kSynapseAttr)) {
      auto given = dyn_cast<StringAttr>(attribute);
      if (!given || (given.getValue() != "event" && given.getValue() != "dense"))
        return op.emitOpError("'") << kSynapseAttr << "' must be \"event\" or \"dense\", got " << attribute;
      decision.isEvent = given.getValue() == "event";
      decision.reason = SynapseReason::Attribute;
    }
    op.setAttr(kSynapseAttr, StringAttr::get(network.getContext(), decision.isEvent ? "event" : "dense"));
    decisions.push_back(decision);
  }
  return decisions;
}
