//===- Layout.h - where a core's contents lie in its memory -----*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Bytes of each core, exactly.
//
// Loihi: synapses by the formula of Loihi 1 (nengo-loihi, block.py, bits_per_axon). A row is cut into blocks of 64
// synapses; a block is 4 + 6 bits and, for each synapse, the weight and the delay in the bits of the row's format, and
// the index where the row is sparse, and is rounded up to words of 64 bits. An index has 6 to 12 bits, as many as the
// greatest of the core needs. Entries of axons have 20 bits (derived: 20 KB for 4,096 in-axons and 4,096 out-axons,
// Davies 2018). A neuron is 64 bits: u, v (24 each) and the bias (13 of mantissa, 3 of exponent); its sums are 24 bits
// for each tick of the greatest delay. All of it is assumed for Loihi 2, of which nothing like it is published.
//
// SpiNNaker2: a layout of our own in the 96 KB of data memory of a processing element, little-endian, regions at
// multiples of 4 bytes.
//   parameters    for each run of neurons: first neuron and count (u16), start, reset interval, reset offset, rule
//   (u32),
//                 and for each of the five parameters a word, f32 if one for all, else where its array is; then arrays
//   states        v, excitatory and inhibitory current of each neuron, f32
//   synapses      rows: count (u16), form (u8: 0 dense, 1 offsets of u8, 2 offsets of u16; 4 is added for a delay of
//   each
//                 synapse), delay (u8), weights (i8), offsets, delays (u8); each row at a multiple of 4
//   in-axons      place of the row in words (u16), base (u16)
//   key-ranges    first key (u32), count (u16), first of keyed-axons (u16)
//   keyed-axons   u16, 65535 for a key that is not wanted
//   accumulators  excitatory and inhibitory sum (i32) of each neuron for each slot of a ring, a power of two above the
//                 greatest delay: packets arrive while the sums of this tick are read
//   stack         the last 4 KB, with the heap
//
//===----------------------------------------------------------------------===//

#ifndef LLE_RUNTIME_COREMAP_LAYOUT_H
#define LLE_RUNTIME_COREMAP_LAYOUT_H

#include "runtime/coremap/CoreMap.h"

namespace lle::runtime {

/// Stores each row of the core in the form that takes less memory: its nonzero synapses with their offsets, or all from
/// the first to the last of them. Of equal sizes the one with fewer synapses. What packets do does not change. A row
/// whose weights are all 0 keeps them.
void compressRows(ChipArithmetic arithmetic, CoreContents &core);

/// The regions of a core in the order in which they lie; those without bytes are left out.
std::vector<MemoryRegion> layOutCore(const CoreMap &map, const CoreContents &core);

/// Compresses the rows of all cores, chooses the formats of Loihi's, and writes their regions. A host has none.
void layOutMemory(CoreMap &map);

/// One past the last byte that a core's regions take.
uint64_t getMemoryBytes(const CoreContents &core);

} // namespace lle::runtime

#endif // LLE_RUNTIME_COREMAP_LAYOUT_H
