//===- SpikeList.cpp - which neurons of a group fired ---------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Spikes come as they like, so that a loop over those of a few neurons ends where no processor expects it. AVX-512 has
// an instruction that moves the lanes of a mask together, and needs no such loop.
//
//===----------------------------------------------------------------------===//

#include "runtime/emulator/SpikeList.h"
#include "runtime/emulator/Multiversion.h"
#include <algorithm>
#include <cstring>
#if LLE_IS_MULTIVERSION
#include <immintrin.h>
#endif

using namespace lle::runtime;

//===----------------------------------------------------------------------===//
// Any processor
//===----------------------------------------------------------------------===//

constexpr uint32_t kBits = 64;

template <typename Value>
using ValuesOfBits __attribute__((vector_size(kBits * sizeof(Value)))) = Value;

/// Which values are not 0, the first one in the lowest bit.
template <typename Value>
LLE_ALWAYS_INLINE static uint64_t compareWithZero(const ValuesOfBits<Value> &values) {
#if defined(__clang__)
  typedef bool Bits __attribute__((ext_vector_type(kBits)));
  return __builtin_bit_cast(uint64_t, __builtin_convertvector(values != 0, Bits));
#else
  uint64_t bits = 0;
  for (uint32_t i = 0; i < kBits; ++i)
    bits |= uint64_t(values[i] != 0) << i;
  return bits;
#endif
}

/// Appends the places of all bits.
LLE_ALWAYS_INLINE static uint32_t *appendPlaces(uint64_t bits, uint32_t first, uint32_t *to) {
  for (; bits != 0; bits &= bits - 1)
    *to++ = first + uint32_t(__builtin_ctzll(bits));
  return to;
}

/// Returns the end of the list. `areFlags`: all values are 0 or 1.
template <typename Value>
LLE_ALWAYS_INLINE static uint32_t *listNonzero(const Value *values, uint32_t size, uint32_t *list, bool &areFlags) {
  ValuesOfBits<Value> next, all = {};
  uint32_t first = 0;
  for (; first + kBits <= size; first += kBits) {
    std::memcpy(&next, values + first, sizeof(next));
    all |= next;
    list = appendPlaces(compareWithZero<Value>(next), first, list);
  }
  if (first != size) {
    next = ValuesOfBits<Value>{};
    std::memcpy(&next, values + first, (size - first) * sizeof(Value));
    all |= next;
    list = appendPlaces(compareWithZero<Value>(next), first, list);
  }
  areFlags = compareWithZero<Value>(all & ~1) == 0;
  return list;
}

LLE_VERSION("default")
static uint32_t *listFlags(const uint8_t *flags, uint32_t size, uint32_t *list) {
  bool areFlags;
  return listNonzero(flags, size, list, areFlags);
}

LLE_VERSION("default")
static uint32_t *listPayloads(const int32_t *payloads, uint32_t size, uint32_t *list, bool &areOne) {
  return listNonzero(payloads, size, list, areOne);
}

//===----------------------------------------------------------------------===//
// AVX-512
//===----------------------------------------------------------------------===//

#if LLE_IS_MULTIVERSION
#define LLE_AVX512 LLE_VERSION("avx512f,avx512bw,avx512vl,bmi,bmi2,popcnt")

LLE_AVX512 static uint32_t *listFlags(const uint8_t *flags, uint32_t size, uint32_t *list) {
  __m512i places = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  const __m512i step = _mm512_set1_epi32(SpikeList::kLanes);
  for (uint32_t first = 0; first < size; first += kBits) {
    const __mmask64 inside = _bzhi_u64(~uint64_t(0), std::min(size - first, kBits));
    const __m512i values = _mm512_maskz_loadu_epi8(inside, flags + first);
    uint64_t bits = _mm512_test_epi8_mask(values, values);
    for (uint32_t lane = 0; lane < kBits; lane += SpikeList::kLanes, bits >>= SpikeList::kLanes) {
      _mm512_storeu_si512(list, _mm512_maskz_compress_epi32(__mmask16(bits), places));
      list += _mm_popcnt_u32(uint16_t(bits));
      places = _mm512_add_epi32(places, step);
    }
  }
  return list;
}

LLE_AVX512 static uint32_t *listPayloads(const int32_t *payloads, uint32_t size, uint32_t *list, bool &areOne) {
  __m512i places = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  const __m512i step = _mm512_set1_epi32(SpikeList::kLanes);
  __m512i all = _mm512_setzero_si512();
  for (uint32_t first = 0; first < size; first += SpikeList::kLanes) {
    const auto inside = __mmask16(_bzhi_u32(~0u, std::min(size - first, SpikeList::kLanes)));
    const __m512i values = _mm512_maskz_loadu_epi32(inside, payloads + first);
    const __mmask16 bits = _mm512_test_epi32_mask(values, values);
    all = _mm512_or_si512(all, values);
    _mm512_storeu_si512(list, _mm512_maskz_compress_epi32(bits, places));
    list += _mm_popcnt_u32(bits);
    places = _mm512_add_epi32(places, step);
  }
  areOne = _mm512_test_epi32_mask(all, _mm512_set1_epi32(~1)) == 0;
  return list;
}
#endif

void SpikeList::assign(const uint8_t *flags, uint32_t size) {
  count = uint32_t(listFlags(flags, size, neurons.data()) - neurons.data());
}

bool SpikeList::assign(const int32_t *payloads, uint32_t size) {
  bool areOne;
  count = uint32_t(listPayloads(payloads, size, neurons.data(), areOne) - neurons.data());
  return areOne;
}
