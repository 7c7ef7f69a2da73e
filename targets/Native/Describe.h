//===- Describe.h - a network in the words of the runtime -------*- C++ -*-===//
#ifndef LLE_TARGETS_NATIVE_DESCRIBE_H
#define LLE_TARGETS_NATIVE_DESCRIBE_H

#include "dialects/LLE/LLEOps.h"
#include "lowering/Interface.h"
#include "runtime/host/Package.h"

namespace lle {

std::vector<runtime::Port> describeInputs(NetworkOp network);
std::vector<runtime::Port> describeOutputs(NetworkOp network);
/// Node, name, type and size of each state; where it lies in an arena is not known.
std::vector<runtime::State> describeStates(NetworkOp network);

/// A package of the network without code and provenance.
runtime::Package describeNetwork(NetworkOp network);
/// The same with the memory plan of its compiled form.
runtime::Package describeNetwork(NetworkOp network, const ModelInterface &compiled);

} // namespace lle

#endif
