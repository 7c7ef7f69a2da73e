//===- CoreMapFormat.h - what writer and reader share -----------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Internal: includes the generated code, which is not installed.
//
//===----------------------------------------------------------------------===//

#ifndef LLE_RUNTIME_COREMAP_COREMAPFORMAT_H
#define LLE_RUNTIME_COREMAP_COREMAPFORMAT_H

#include "runtime/coremap/CoreMapFile.h"
#include "runtime/schema/coremap_generated.h"
#include <cstring>

namespace lle::runtime {

/// Structs of numbers of one width, which are the same bytes in a file and in memory.
template <typename Stored, typename T>
inline constexpr bool kSameBytes =
    sizeof(Stored) == sizeof(T) && alignof(Stored) == alignof(T) && std::has_unique_object_representations_v<T>;

template <typename Stored, typename T>
Stored same(const T &item) {
  Stored stored;
  std::memcpy(static_cast<void *>(&stored), &item, sizeof(item));
  return stored;
}

} // namespace lle::runtime

#endif // LLE_RUNTIME_COREMAP_COREMAPFORMAT_H
