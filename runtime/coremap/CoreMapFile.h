//===- CoreMapFile.h - core maps in packages --------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A core map lies in a .lle package as the code of a variant. FlatBuffers is used inside only.
//
//===----------------------------------------------------------------------===//

#ifndef LLE_RUNTIME_COREMAP_COREMAPFILE_H
#define LLE_RUNTIME_COREMAP_COREMAPFILE_H

#include "runtime/coremap/CoreMap.h"
#include "runtime/host/Package.h"

namespace lle::runtime {

inline constexpr uint32_t kCoreMapVersion = 2;

// Limits of any map, whatever the chip.
inline constexpr uint64_t kMaxMapNeurons = uint64_t(1) << 26;
inline constexpr uint64_t kMaxMapRouters = uint64_t(1) << 20;
inline constexpr int32_t kMaxBoardPlace = 1 << 12; ///< of a chip's place, in magnitude
inline constexpr uint32_t kMaxStartTick = 1 << 12;
inline constexpr uint32_t kMaxSynapseDelay = 64; ///< ticks

/// The number of neurons; `shape` is a verified one.
uint64_t countNeurons(const CorePopulation &population);

/// Everything that must hold of a map for whoever reads it: indices, counts, orders and finite numbers, and that cores
/// cover each neuron once. Limits of a chip are not looked at. The message names `file`, the field and the reason.
Status verifyCoreMap(const CoreMap &map, const std::string &file);

/// The bytes of a map, for Variant::code: verified first, and the same for the same map.
Result<Bytes> writeCoreMap(const CoreMap &map);

/// Reads and verifies bytes of which nothing is trusted, aligned to 8; `file` names them in messages.
Result<CoreMap> readCoreMap(const void *data, size_t size, const std::string &file);

/// The core map of a package: of that target, or the first. Without one an error says so. Its ports are those of the
/// package: of the same names and shapes, inputs of integers, and outputs of 8-bit spikes or of membranes of the chip's
/// type.
Result<CoreMap> readCoreMap(const Package &package, const std::string &file, const std::string &target = {});

} // namespace lle::runtime

#endif // LLE_RUNTIME_COREMAP_COREMAPFILE_H
