//===- Sequences.h - elapsed times, and which steps count ---------------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//
#ifndef LLE_FRONTENDS_NIR_SEQUENCES_H
#define LLE_FRONTENDS_NIR_SEQUENCES_H

#include "frontends/NIR/Wiring.h"

namespace lle::nir {

/// Cells count time in a unit of their own; true where there is one and nothing that counts seconds.
bool countsOwnTime(const FlatGraph &flat);

/// Whether the network needs an input for the time that passes in a step.
bool hasIrregularCell(const FlatGraph &flat);

/// Whether the last step alone gives a result at this Output: the cells whose results reach it say so.
bool emitsLast(const FlatGraph &flat, const Wiring &wiring, unsigned output);

/// What cells say about sequences must fit: no node that keeps a state stands behind one that gives its last step
/// alone, an Output has either every step or the last, and no node has the name of the input for the elapsed time.
void checkSequences(const FlatGraph &flat, const Wiring &wiring, Report &report);

} // namespace lle::nir

#endif // LLE_FRONTENDS_NIR_SEQUENCES_H
