//===- EstimateCost.cpp - what networks cost on a target ------------------===//
#include "passes/Analysis/CostReport.h"
#include "passes/Tuning/Passes.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Remarks.h"
#include "mlir/Support/FileUtilities.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/ToolOutputFile.h"

namespace lle {
#define GEN_PASS_DEF_ESTIMATECOST
#include "passes/Tuning/Passes.h.inc"
} // namespace lle

using namespace mlir;
using namespace lle;

namespace {
struct EstimateCost : lle::impl::EstimateCostBase<EstimateCost> {
  using EstimateCostBase::EstimateCostBase;

  void runOnOperation() override {
    if (llvm::Error error = estimate()) {
      getOperation().emitError("lle-estimate-cost: ") << llvm::toString(std::move(error));
      signalPassFailure();
    }
  }

private:
  llvm::Error estimate();
  llvm::Expected<NetworkCost> getCost(NetworkOp network, const CostModel &costModel);
  void write(NetworkOp network, const NetworkCost &cost);
  llvm::Error writeReport(StringRef text);
};
} // namespace

llvm::Expected<NetworkCost> EstimateCost::getCost(NetworkOp network, const CostModel &costModel) {
  if (samples < 0)
    return llvm::createStringError("samples must not be negative, got " + Twine(int64_t(samples)));
  if (dataset.empty())
    return costModel.getCost(network);
  llvm::Expected<std::unique_ptr<Dataset>> data = readDataset(llvm::to_vector(dataset), network, {bin, bins});
  if (!data)
    return data.takeError();
  // Pools and cells are charged by the activity of their inputs, too.
  llvm::Expected<Activity> activity = measureActivity(network, **data, {engine, samples, ActivityScope::Nodes});
  if (!activity)
    return activity.takeError();
  return costModel.getCost(network, {&*activity, data->get()});
}

llvm::Error EstimateCost::estimate() {
  if (target.empty())
    return llvm::createStringError("target=NAME is missing");
  llvm::Expected<std::unique_ptr<CostModel>> costModel = createRegisteredCostModel(model, target, getContext());
  if (!costModel)
    return costModel.takeError();
  if (!*costModel)
    return llvm::createStringError("there is no model of the target '" + target + "'");
  std::string text;
  llvm::json::Array networks;
  for (auto network : getOperation().getOps<NetworkOp>()) {
    llvm::Expected<NetworkCost> cost = getCost(network, **costModel);
    if (!cost)
      return cost.takeError();
    write(network, *cost);
    text += formatCost(network, *cost);
    networks.push_back(makeCostReport(network, *cost));
  }
  if (report.empty())
    return llvm::Error::success();
  if (json)
    text = llvm::formatv("{0:2}\n", llvm::json::Value(llvm::json::Object{{"networks", std::move(networks)}}));
  return writeReport(text);
}

llvm::Error EstimateCost::writeReport(StringRef text) {
  if (report == "-") {
    llvm::errs() << text;
    return llvm::Error::success();
  }
  std::string reason;
  std::unique_ptr<llvm::ToolOutputFile> file = openOutputFile(report, &reason);
  if (!file)
    return llvm::createStringError(reason);
  file->os() << text;
  file->keep();
  return llvm::Error::success();
}

void EstimateCost::write(NetworkOp network, const NetworkCost &cost) {
  Builder b(network.getContext());
  auto add = [&](SmallVector<NamedAttribute> &entries, StringRef name, double value) {
    entries.push_back(b.getNamedAttr(name, b.getF64FloatAttr(value)));
  };
  auto addAll = [&](SmallVector<NamedAttribute> &entries, const std::optional<CostQuantity> &mJ,
                    const std::optional<CostQuantity> &ms) {
    if (mJ)
      add(entries, "energy_mj", mJ->value);
    if (ms)
      add(entries, "time_ms", ms->value);
    bool isAssumed = (mJ && mJ->isAssumed) || (ms && ms->isAssumed);
    if (mJ || ms)
      entries.push_back(b.getNamedAttr("provenance", b.getStringAttr(isAssumed ? "assumed" : "derived")));
  };
  for (const OperationCost &each : cost.operations) {
    SmallVector<NamedAttribute> entries;
    add(entries, "activity", each.activity);
    add(entries, "bytes_read", each.work.bytesRead);
    add(entries, "bytes_written", each.work.bytesWritten);
    add(entries, "macs", each.work.macs);
    add(entries, "state_updates", each.work.stateUpdates);
    add(entries, "synaptic_operations", each.work.synapticOps);
    add(entries, "transcendental", each.work.transcendental);
    if (each.cycles)
      add(entries, "cycles", each.cycles->value);
    addAll(entries, each.mJ, each.ms);
    each.op->setAttr(kCostAttr, b.getDictionaryAttr(entries));
  }
  SmallVector<NamedAttribute> entries;
  add(entries, "flash_bytes", cost.flashBytes.value);
  add(entries, "ram_bytes", cost.ramBytes.value);
  if (cost.cycles)
    add(entries, "step_cycles", cost.cycles->value);
  if (cost.hasSteps)
    add(entries, "steps", cost.steps);
  entries.push_back(b.getNamedAttr("model", b.getStringAttr(cost.model)));
  entries.push_back(b.getNamedAttr("target", b.getStringAttr(cost.target)));
  addAll(entries, cost.mJ, cost.ms);
  network->setAttr(kCostAttr, b.getDictionaryAttr(entries));
  auto remark = remark::analysis(network.getLoc(), remark::RemarkOpts::name("Cost").category("cost"));
  remark << remark::metric("Network", network.getName()) << remark::metric("Target", cost.target)
         << remark::metric("Model", cost.model) << remark::metric("Steps", cost.steps);
  if (cost.cycles)
    remark << remark::metric("StepCycles", cost.cycles->value);
  if (cost.mJ)
    remark << remark::metric("EnergyMilliJoule", cost.mJ->value)
           << remark::metric("EnergyProvenance", cost.mJ->getProvenance());
  if (cost.ms)
    remark << remark::metric("TimeMilliSecond", cost.ms->value)
           << remark::metric("TimeProvenance", cost.ms->getProvenance());
  remark << remark::metric("FlashBytes", cost.flashBytes.value) << remark::metric("RamBytes", cost.ramBytes.value);
}
