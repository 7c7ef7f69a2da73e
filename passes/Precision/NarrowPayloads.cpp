//===- NarrowPayloads.cpp - spikes of few bits ----------------------------===//
#include "passes/Precision/NarrowPayloads.h"

#include "dialects/LLE/Layers.h"
#include "dialects/LLE/TensorTypes.h"
#include "dialects/Spk/Population.h"
#include "dialects/Spk/SpkModels.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Verifier.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace lle;

/// Whether what the operation sends is limited by `max_spikes`, or by the range of its type.
static bool sendsPayloads(Operation *op) {
  return op->hasAttrOfType<spk::FiringAttr>("firing") || isa<spk::ILIFOp, spk::DeltaOp, spk::SigmaDeltaOp>(op);
}

/// Results of these are elements of their operand.
static bool passesOn(Operation *op) {
  if (auto reduce = dyn_cast<ReduceOp>(op))
    return reduce.getReduction() == Reduction::max;
  return isa<DelayOp, FlattenOp, SliceOp, TransposeOp, ReshapeOp, BroadcastOp, MaxPool2dOp>(op);
}

static void narrow(Operation *population, unsigned bits) {
  auto element =
      IntegerType::get(population->getContext(), bits, bits == 1 ? IntegerType::Signless : IntegerType::Signed);
  const int64_t limit = spk::getSpikeLimit(element);
  if (auto firing = population->getAttrOfType<spk::FiringAttr>("firing"))
    population->setAttr("firing", spk::FiringAttr::get(population->getContext(), firing.getCompare(), firing.getReset(),
                                                       firing.getWhen(), firing.getEmit(), firing.getScope(),
                                                       std::min(firing.getMaxSpikes(), limit)));
  if (auto op = dyn_cast<spk::ILIFOp>(population))
    op.setMaxSpikes(std::min<int64_t>(op.getMaxSpikes(), limit));
  llvm::SetVector<Operation *> carriers;
  carriers.insert(population);
  for (size_t next = 0; next < carriers.size(); ++next) {
    Value value = carriers[next]->getResult(0);
    value.setType(getTensorType(value).clone(element));
    for (Operation *user : value.getUsers())
      if (passesOn(user))
        carriers.insert(user);
  }
}

/// The copy's operation for each of the original's.
static Operation *findCopy(NetworkOp copy, StatefulOpInterface original) {
  for (auto op : copy.getBody().getOps<StatefulOpInterface>())
    if (op.getStateName() == original.getStateName())
      return op;
  llvm_unreachable("a copy has the populations of its network");
}

/// Why a payload cannot have a width; empty where it can.
static std::string getObstacle(NetworkOp network, StatefulOpInterface op, unsigned bits) {
  std::string reason;
  ScopedDiagnosticHandler take(network.getContext(), [&](Diagnostic &diagnostic) {
    if (reason.empty())
      reason = diagnostic.str();
    return success();
  });
  OwningOpRef<NetworkOp> copy = network.clone();
  narrow(findCopy(*copy, op), bits);
  (void)verify(*copy);
  return reason;
}

std::vector<PopulationPayload>
lle::getPopulationPayloads(NetworkOp network, ArrayRef<unsigned> widths,
                           llvm::function_ref<void(Operation *, unsigned, StringRef)> refuse) {
  std::vector<PopulationPayload> payloads;
  for (auto op : network.getBody().getOps<StatefulOpInterface>()) {
    if (!sendsPayloads(op) || !isInteger(op->getResult(0)))
      continue;
    RankedTensorType type = getTensorType(op->getResult(0));
    PopulationPayload payload{
        op, op.getStateName().getValue().str(), type.getNumElements(), type.getElementTypeBitWidth(), {}};
    for (unsigned bits : widths) {
      if (bits >= payload.bits)
        continue;
      std::string reason = getObstacle(network, op, bits);
      if (reason.empty())
        payload.narrower.push_back(bits);
      else if (refuse)
        refuse(op, bits, reason);
    }
    if (!payload.narrower.empty())
      payloads.push_back(std::move(payload));
  }
  return payloads;
}

void lle::setPayloadWidths(NetworkOp copy, ArrayRef<PopulationPayload> payloads, ArrayRef<unsigned> bits) {
  for (auto [payload, width] : llvm::zip_equal(payloads, bits))
    if (width != payload.bits)
      narrow(findCopy(copy, payload.op), width);
}
