//===- RowSums.h - sums of some rows of a table -----------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Internal. What a spike counts for is a row of a table; what the spikes of a tick count for is the sum of theirs.
//
//===----------------------------------------------------------------------===//

#ifndef LLE_RUNTIME_EMULATOR_ROWSUMS_H
#define LLE_RUNTIME_EMULATOR_ROWSUMS_H

#include <cstddef>
#include <cstdint>

namespace lle::runtime {

/// Columns that a table of so many must have: part of a vector, or whole ones.
constexpr size_t padColumns(size_t columns) {
  return columns <= 2 ? 2 : columns <= 4 ? 4 : columns <= 8 ? 8 : (columns + 15) / 16 * 16;
}

/// A table of (rows, stride) whose first row has that number.
template <typename Value>
struct RowTable {
  const Value *values;
  size_t stride; ///< as padColumns() makes it
  uint32_t firstRow;
};

/// Writes the sums of `count` rows, of which `rows` has the numbers. Sums are modulo 2^32.
void sumRows(const RowTable<uint32_t> &table, const uint32_t *rows, uint32_t count, uint32_t *sums);
void sumRows(const RowTable<uint8_t> &table, const uint32_t *rows, uint32_t count, uint32_t *sums);

} // namespace lle::runtime

#endif // LLE_RUNTIME_EMULATOR_ROWSUMS_H
