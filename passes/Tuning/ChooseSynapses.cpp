//===- ChooseSynapses.cpp - which kernel each synapse takes ---------------===//
#include "passes/Tuning/Passes.h"

#include "mlir/Dialect/DLTI/DLTI.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Remarks.h"

namespace lle {
#define GEN_PASS_DEF_CHOOSESYNAPSES
#include "passes/Tuning/Passes.h.inc"
} // namespace lle

using namespace mlir;
using namespace lle;

/// What the module around the network says of the machine.
static LogicalResult readDevice(NetworkOp network, SynapseRequest &request) {
  for (auto module = network->getParentOfType<ModuleOp>(); module; module = module->getParentOfType<ModuleOp>()) {
    auto system = module->getAttrOfType<TargetSystemSpecAttr>(DLTIDialect::kTargetSystemDescAttrName);
    auto device = system ? system.getDeviceSpecForDeviceID(StringAttr::get(network.getContext(), "CPU")) : std::nullopt;
    if (!device)
      continue;
    auto query = [&](StringRef key) -> Attribute {
      FailureOr<Attribute> found = device->queryHelper(StringAttr::get(network.getContext(), key));
      return succeeded(found) ? *found : Attribute();
    };
    if (auto lanes = dyn_cast_if_present<IntegerAttr>(query("vector_lanes")); lanes && lanes.getInt() > 0)
      request.lanes = lanes.getInt();
    if (Attribute cycles = query(kSynapseCyclesAttr)) {
      FailureOr<SynapseCosts> costs = readSynapseCosts(cycles, module.getLoc());
      if (failed(costs))
        return failure();
      request.costs = *costs;
    }
    return success();
  }
  return success();
}

namespace {
struct ChooseSynapses : lle::impl::ChooseSynapsesBase<ChooseSynapses> {
  using ChooseSynapsesBase::ChooseSynapsesBase;

  void runOnOperation() override {
    SynapseRequest request;
    request.kernel = kernel;
    request.assumedActivity = assumedActivity;
    if (!(request.assumedActivity >= 0 && request.assumedActivity <= 1)) {
      getOperation().emitError("lle-choose-synapses: assumed-activity must be from 0 to 1, got ")
          << request.assumedActivity;
      return signalPassFailure();
    }
    if (failed(readDevice(getOperation(), request)))
      return signalPassFailure();
    FailureOr<SmallVector<SynapseDecision>> decisions = chooseSynapses(getOperation(), request);
    if (failed(decisions))
      return signalPassFailure();
    static constexpr StringRef kReasons[] = {"cost", "attribute", "option"};
    for (const SynapseDecision &decision : *decisions)
      remark::analysis(SynapseOpInterface(decision.synapse)->getLoc(),
                       remark::RemarkOpts::name(decision.isEvent ? "Event" : "Dense").category("synapses"))
          << remark::metric("Synapse", decision.getName()) << remark::metric("Activity", decision.activity)
          << remark::metric("Evidence", decision.isMeasured ? "measured" : "assumed")
          << remark::metric("EventCycles", decision.eventCycles) << remark::metric("DenseCycles", decision.denseCycles)
          << remark::metric("Crossover", decision.crossover)
          << remark::metric("ChosenBy", kReasons[unsigned(decision.reason)]);
  }
};
} // namespace
