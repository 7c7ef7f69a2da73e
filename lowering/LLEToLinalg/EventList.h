//===- EventList.h - synapses by a list of their events ---------*- C++ -*-===//
//
// A machine with few registers holds the sums of a few outputs at a time, and so walks the events of a layer once for
// each of many panels. Finding them in a mask every time would cost more than the sums: they are listed once.
//
//===----------------------------------------------------------------------===//
#ifndef LLE_LOWERING_LLETOLINALG_EVENTLIST_H
#define LLE_LOWERING_LLETOLINALG_EVENTLIST_H

#include "lowering/LLEToLinalg/Arithmetic.h"

namespace lle {

/// The places of spikes, ascending: the first `count` elements of a tensor.
struct EventList {
  mlir::Value places, count;
};

/// The spikes (bytes that are 0 or 1) of `length` elements of a flat tensor from `first` on, counted from there. The
/// list lies in `storage`, a tensor of at least `length` integers.
EventList listEvents(StepBuilder &b, mlir::Value spikes, mlir::Value first, int64_t length, mlir::Value storage);

/// How many inputs can spike at once without a sum of 16 bits that overflows: all, or a multiple of `step`; 0 if not
/// even that many. `weights` is [output][input].
int64_t getNarrowBlock(llvm::ArrayRef<double> weights, int64_t inputs, int64_t step);

/// Whether fully connected synapses on binary spikes are summed by a list of events on this machine.
bool sumsByEventList(const VectorShape &machine);

/// One matrix of synapses, for one row of inputs: the outputs as a flat tensor of `arithmetic.resultType`. `weights` is
/// [output][input], `biases` is empty or has one for each output. The sums of every output add the same terms in the
/// same order as those of the other kernels.
mlir::Value sumByEventList(StepBuilder &b, mlir::Value spikes, const SynapseArithmetic &arithmetic,
                           llvm::ArrayRef<double> weights, llvm::ArrayRef<double> biases);

} // namespace lle

#endif
