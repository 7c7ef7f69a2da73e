//===- PackageFormat.h - What writer and reader of packages share -*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Internal: includes the generated code, which is not installed.
//
//===----------------------------------------------------------------------===//

#ifndef LLE_RUNTIME_HOST_PACKAGEFORMAT_H
#define LLE_RUNTIME_HOST_PACKAGEFORMAT_H

#include "runtime/host/Package.h"
#include "runtime/schema/model_generated.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace lle::runtime {

static_assert(uint8_t(schema::Element::F32) == LLE_F32 && uint8_t(schema::Element::F64) == LLE_F64 &&
                  uint8_t(schema::Element::I8) == LLE_I8 && uint8_t(schema::Element::I16) == LLE_I16 &&
                  uint8_t(schema::Element::I32) == LLE_I32 && uint8_t(schema::Element::MAX) + 1 == LLE_ELEMENT_COUNT,
              "the schema and the core number the element types alike");

inline schema::Hash contentHash(const void *data, size_t size) {
  XXH128_hash_t hash = XXH3_128bits(data, size);
  return schema::Hash(hash.low64, hash.high64);
}

} // namespace lle::runtime

#endif // LLE_RUNTIME_HOST_PACKAGEFORMAT_H
