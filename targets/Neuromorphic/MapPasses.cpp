//===- MapPasses.cpp - routes, memory, power and limits of placed maps ----===//
#include "runtime/coremap/Board.h"
#include "runtime/coremap/Capacity.h"
#include "runtime/coremap/CoreMapFile.h"
#include "runtime/coremap/Power.h"
#include "targets/Neuromorphic/CoreMapBuilder.h"
#include "targets/Neuromorphic/Passes.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/Remarks.h"
#include "llvm/Support/MathExtras.h"

namespace lle {
#define GEN_PASS_DEF_CHECKCAPACITY
#define GEN_PASS_DEF_GATEPOWER
#define GEN_PASS_DEF_LAYOUTMEMORY
#define GEN_PASS_DEF_ROUTEMAP
#include "targets/Neuromorphic/Passes.h.inc"
} // namespace lle

using namespace mlir;
using namespace lle;
using namespace lle::neuro;

/// Whoever has a network that does not fit at all wants to know where it begins not to.
static constexpr size_t kMostViolations = 8;
/// Of neurons and inputs whose rate was not measured, as neuro-partition has it.
static constexpr float kUnmeasuredRate = 0.1f;

namespace {
/// What the cores of a map hold. It stays valid while routes and attributes of cores are added.
struct CoreMapAnalysis {
  explicit CoreMapAnalysis(Operation *op) : map(make(cast<MapOp>(op))) {}

  FailureOr<runtime::CoreMap> map; ///< After a failure there is an error already.

private:
  static FailureOr<runtime::CoreMap> make(MapOp op) {
    FailureOr<Target> target = getTarget(op.getTarget(), *op.getContext());
    return failed(target) ? FailureOr<runtime::CoreMap>() : makeCoreMap(op, *target);
  }
};

/// Rates of neurons and inputs, by population; `unmeasured` where the map has none.
runtime::NeuronRates readNeuronRates(MapOp op, const runtime::CoreMap &map, float unmeasured) {
  runtime::NeuronRates rates;
  for (const runtime::CorePopulation &population : map.populations) {
    auto rate = op.lookupSymbol(population.name)->getAttrOfType<FloatAttr>("rate");
    rates.emplace_back(runtime::countNeurons(population), rate ? float(rate.getValueAsDouble()) : unmeasured);
  }
  return rates;
}

/// A pass over what the cores hold. It keeps the analysis for those that follow.
template <typename BaseT>
struct CoreMapPass : BaseT {
  using BaseT::BaseT;

  void runOnOperation() final {
    CoreMapAnalysis &analysis = this->template getAnalysis<CoreMapAnalysis>();
    if (failed(analysis.map) || failed(runOnCores(*analysis.map)))
      return this->signalPassFailure();
    this->markAllAnalysesPreserved();
  }
  virtual LogicalResult runOnCores(const runtime::CoreMap &map) = 0;
};

struct RouteMap : CoreMapPass<lle::impl::RouteMapBase<RouteMap>> {
  LogicalResult runOnCores(const runtime::CoreMap &map) override {
    MapOp op = getOperation();
    for (Operation &old : llvm::make_early_inc_range(op.getBody().front()))
      if (isa<RouteOp, RouterOp>(old))
        old.erase();
    OpBuilder builder = OpBuilder::atBlockEnd(&op.getBody().front());
    for (auto [number, reached] : llvm::enumerate(runtime::getTargets(map))) {
      if (reached.empty())
        continue;
      auto route = RouteOp::create(builder, op.getLoc(), number, SmallVector<int64_t>(reached.begin(), reached.end()),
                                   /*key=*/nullptr, /*mask=*/nullptr);
      if (map.isMulticast) {
        const runtime::CoreContents &core = map.cores[number];
        route.setKey(core.firstKey);
        route.setMask(uint32_t(-llvm::PowerOf2Ceil(std::max<uint64_t>(runtime::countLocalNeurons(core), 1))));
      }
    }
    if (map.isMulticast)
      for (const runtime::ChipRouter &router : map.routers)
        addRouter(builder, op.getLoc(), router);
    return remarkTraffic(map);
  }

private:
  static void addRouter(OpBuilder &builder, Location loc, const runtime::ChipRouter &router) {
    SmallVector<int64_t> keys, masks, links;
    SmallVector<Attribute> cores;
    for (const runtime::RouteEntry &entry : router.entries) {
      keys.push_back(entry.key);
      masks.push_back(entry.mask);
      links.push_back(entry.links);
      cores.push_back(builder.getDenseI64ArrayAttr(SmallVector<int64_t>(entry.cores.begin(), entry.cores.end())));
    }
    if (!keys.empty())
      RouterOp::create(builder, loc, router.chip, ArrayRef<int64_t>{router.x, router.y}, keys, masks, links,
                       builder.getArrayAttr(cores));
  }

  LogicalResult remarkTraffic(const runtime::CoreMap &map) {
    MapOp op = getOperation();
    runtime::Result<runtime::Traffic> traffic = runtime::measureTraffic(map, readNeuronRates(op, map, kUnmeasuredRate));
    if (!traffic)
      return op.emitOpError() << traffic.error().message;
    remark::analysis(op.getLoc(), remark::RemarkOpts::name("Routed").category("mapping").function(op.getSymName()))
        << remark::metric("Packets", traffic->packets) << remark::metric("Hops", traffic->hops)
        << remark::metric("ChipCrossings", traffic->crossings) << remark::metric("MaxLinkLoad", traffic->maxLoad);
    return success();
  }
};

struct LayOutMemory : CoreMapPass<lle::impl::LayOutMemoryBase<LayOutMemory>> {
  LogicalResult runOnCores(const runtime::CoreMap &map) override {
    Builder builder(&getContext());
    for (CoreOp core : getOperation().getOps<CoreOp>()) {
      SmallVector<NamedAttribute> regions;
      for (const runtime::MemoryRegion &region : map.cores[core.getNumber()].memory)
        regions.push_back(builder.getNamedAttr(
            region.name, builder.getDenseI64ArrayAttr({int64_t(region.offset), int64_t(region.bytes)})));
      core.setMemoryAttr(builder.getDictionaryAttr(regions));
    }
    return success();
  }
};

struct GatePower : CoreMapPass<lle::impl::GatePowerBase<GatePower>> {
  using CoreMapPass::CoreMapPass;

  LogicalResult runOnCores(const runtime::CoreMap &map) override {
    MapOp op = getOperation();
    if (!(rate >= 0 && rate <= 1))
      return op.emitOpError("rate must be 0 to 1, got ") << double(rate);
    const double tick = op.getDt().convertToDouble();
    runtime::PowerPlan plan =
        runtime::planPower(map, runtime::estimateWork(map, readNeuronRates(op, map, float(rate))), tick);
    const bool hasLevels = map.arithmetic == runtime::ChipArithmetic::SpiNNaker2;
    if (hasLevels)
      gate(op, plan, tick);
    auto remark =
        remark::analysis(op.getLoc(), remark::RemarkOpts::name("Gated").category("mapping").function(op.getSymName()));
    remark << remark::metric("Unmapped", plan.unmapped);
    if (hasLevels)
      remark << remark::metric("Milliwatts", plan.milliwatts)
             << remark::metric("UngatedMilliwatts", plan.ungatedMilliwatts);
    return success();
  }

private:
  static void gate(MapOp op, const runtime::PowerPlan &plan, double tick) {
    unsigned late = 0;
    CoreOp worst;
    auto getLeastTick = [&](CoreOp core) { return plan.cores[core.getNumber()].leastTick; };
    for (CoreOp core : op.getOps<CoreOp>()) {
      const runtime::CorePower &power = plan.cores[core.getNumber()];
      core.setPower(power.level == runtime::PowerLevel::Low ? "low" : "high");
      core.setBusy(APFloat(power.busyShare));
      late += power.isLate;
      if (power.isLate && (!worst || getLeastTick(core) > getLeastTick(worst)))
        worst = core;
    }
    if (worst)
      worst.emitWarning() << late << (late == 1 ? " core does" : " cores do") << " not end the busiest tick within "
                          << tick << " s, even at the higher level; the worst, core " << worst.getNumber() << ", takes "
                          << getLeastTick(worst) << " s: give them fewer neurons";
  }
};

struct CheckCapacity : CoreMapPass<lle::impl::CheckCapacityBase<CheckCapacity>> {
  LogicalResult runOnCores(const runtime::CoreMap &map) override {
    MapOp op = getOperation();
    SmallVector<CoreOp> cores(op.getOps<CoreOp>());
    std::vector<runtime::CapacityViolation> violations = runtime::checkCapacity(map);
    for (const runtime::CapacityViolation &violation : ArrayRef(violations).take_front(kMostViolations))
      emitError(violation.core < cores.size() ? cores[violation.core].getLoc() : op.getLoc()) << violation.message;
    if (violations.size() > kMostViolations)
      op.emitError() << "and " << violations.size() - kMostViolations << " more";
    return success(violations.empty());
  }
};
} // namespace
