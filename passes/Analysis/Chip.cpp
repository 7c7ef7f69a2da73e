//===- Chip.cpp - what passes know of a neuromorphic chip -----------------===//
#include "passes/Analysis/Chip.h"

#include "mlir/IR/Diagnostics.h"

#include <atomic>

using namespace mlir;
using namespace lle;

static std::atomic<ChipReader> chipReader;

void lle::registerChipReader(ChipReader reader) { chipReader = reader; }

FailureOr<ChipDescription> lle::readRegisteredChip(StringRef target, MLIRContext &context) {
  if (ChipReader reader = chipReader)
    return reader(target, context);
  return emitError(UnknownLoc::get(&context)) << "this tool knows no chips";
}
