//===- Explain.h - what became of a network's parameters ----------------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//
#ifndef LLE_FRONTENDS_NIR_EXPLAIN_H
#define LLE_FRONTENDS_NIR_EXPLAIN_H

#include "dialects/LLE/LLEOps.h"

namespace lle::nir {

/// A table for people, a line for each node in the order of evaluation: which time constant became
/// which decay, what the input is multiplied by, the threshold and the reset in the unit of the
/// state, delays and initial states. Parameters that differ between neurons are shown as min..max.
std::string explain(NetworkOp network);

} // namespace lle::nir

#endif // LLE_FRONTENDS_NIR_EXPLAIN_H
