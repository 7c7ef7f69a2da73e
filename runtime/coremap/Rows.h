//===- Rows.h - reading and writing rows of synapses ------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LLE_RUNTIME_COREMAP_ROWS_H
#define LLE_RUNTIME_COREMAP_ROWS_H

#include "runtime/coremap/CoreMap.h"

#include <limits>
#include <tuple>

namespace lle::runtime {

/// SynapseRow::firstDelay of a row whose synapses have one delay.
inline constexpr uint32_t kNoDelays = std::numeric_limits<uint32_t>::max();

struct RowSynapse {
  uint32_t offset = 0; ///< from the base of the axon
  int16_t weight = 0;
  uint8_t delay = 1;
  friend bool operator<(const RowSynapse &a, const RowSynapse &b) {
    return std::tie(a.offset, a.delay, a.weight) < std::tie(b.offset, b.delay, b.weight);
  }
};

/// The longest delay of the row.
uint8_t getMaxDelay(const CoreContents &core, const SynapseRow &row);

std::vector<RowSynapse> getSynapses(const CoreContents &core, const SynapseRow &row);

/// Appends a row with these synapses, which ascend. A dense one has no two of one offset, and is filled up with zeros.
void appendRow(CoreContents &core, const std::vector<RowSynapse> &synapses, bool isDense);

} // namespace lle::runtime

#endif // LLE_RUNTIME_COREMAP_ROWS_H
