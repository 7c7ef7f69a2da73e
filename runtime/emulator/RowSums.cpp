//===- RowSums.cpp - sums of some rows of a table -------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/emulator/RowSums.h"
#include "runtime/emulator/Multiversion.h"
#include <cstring>

using namespace lle::runtime;

/// Sums of `Lanes` neighbouring columns, in registers while all rows are added.
template <size_t Lanes, typename Value>
LLE_ALWAYS_INLINE static void sumColumns(const RowTable<Value> &table, size_t column, const uint32_t *rows,
                                         uint32_t count, uint32_t *sums) {
  typedef Value Stored __attribute__((vector_size(Lanes * sizeof(Value))));
  typedef uint32_t Sums __attribute__((vector_size(Lanes * sizeof(uint32_t))));
  const Value *values = table.values + column;
  const size_t stride = table.stride;
  const uint32_t firstRow = table.firstRow;
  Sums total = {};
  for (uint32_t i = 0; i < count; ++i) {
    Stored row;
    std::memcpy(&row, values + (rows[i] - firstRow) * stride, sizeof(row));
    total += __builtin_convertvector(row, Sums);
  }
  std::memcpy(sums + column, &total, sizeof(total));
}

template <typename Value>
LLE_ALWAYS_INLINE static void sumAllColumns(const RowTable<Value> &table, const uint32_t *rows, uint32_t count,
                                            uint32_t *sums) {
  if (table.stride == 2)
    return sumColumns<2>(table, 0, rows, count, sums);
  if (table.stride == 4)
    return sumColumns<4>(table, 0, rows, count, sums);
  if (table.stride == 8)
    return sumColumns<8>(table, 0, rows, count, sums);
  for (size_t column = 0; column < table.stride; column += 16)
    sumColumns<16>(table, column, rows, count, sums);
}

LLE_MULTIVERSION static void sumWords(const RowTable<uint32_t> &table, const uint32_t *rows, uint32_t count,
                                      uint32_t *sums) {
  sumAllColumns(table, rows, count, sums);
}

LLE_MULTIVERSION static void sumBytes(const RowTable<uint8_t> &table, const uint32_t *rows, uint32_t count,
                                      uint32_t *sums) {
  sumAllColumns(table, rows, count, sums);
}

void lle::runtime::sumRows(const RowTable<uint32_t> &table, const uint32_t *rows, uint32_t count, uint32_t *sums) {
  sumWords(table, rows, count, sums);
}

void lle::runtime::sumRows(const RowTable<uint8_t> &table, const uint32_t *rows, uint32_t count, uint32_t *sums) {
  sumBytes(table, rows, count, sums);
}
