//===- NarrowPayloads.h - spikes of few bits --------------------*- C++ -*-===//
#ifndef LLE_PASSES_PRECISION_NARROWPAYLOADS_H
#define LLE_PASSES_PRECISION_NARROWPAYLOADS_H

#include "dialects/LLE/LLEInterfaces.h"
#include "dialects/LLE/LLEOps.h"

namespace lle {

/// What a population sends that can have fewer bits: several spikes of a step, or the steps of a change.
struct PopulationPayload {
  StatefulOpInterface op;
  std::string name; ///< Of the population.
  int64_t elements;
  unsigned bits;                        ///< Of its type.
  llvm::SmallVector<unsigned> narrower; ///< Widths that it can have instead, rising.
};

/// In the order of the network; those that can have one of `widths` (1, 8, 16; rising) instead of more. `refuse` is
/// told what a population cannot have, and why: the network's outputs keep their types, and so does what is joined with
/// signals of another type.
std::vector<PopulationPayload>
getPopulationPayloads(NetworkOp network, llvm::ArrayRef<unsigned> widths,
                      llvm::function_ref<void(mlir::Operation *, unsigned, llvm::StringRef)> refuse = {});

/// Gives the payloads in `copy`, a copy of their network, these bits: the type of the population's result and of what
/// passes it on, and with it the most that is sent in a step. What is more stays in the membrane, as `max_spikes` has
/// it, or in the residue of a delta encoder.
void setPayloadWidths(NetworkOp copy, llvm::ArrayRef<PopulationPayload> payloads, llvm::ArrayRef<unsigned> bits);

} // namespace lle

#endif
