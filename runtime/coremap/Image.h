//===- Image.h - what a core's memory is loaded with ------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LLE_RUNTIME_COREMAP_IMAGE_H
#define LLE_RUNTIME_COREMAP_IMAGE_H

#include "runtime/coremap/CoreMap.h"
#include "runtime/host/File.h"

namespace lle::runtime {

/// The bytes of a processing element of SpiNNaker2 from address 0 of its data memory up to the stack, as Layout.h says:
/// states and accumulators are 0. `map` is a verified one with its memory laid out. Refused are other chips, of which
/// no layout is known to the bit, and what the fields do not hold (weights of more than 8 bits, and numbers of 16).
Result<Bytes> writeCoreImage(const CoreMap &map, uint32_t core);

} // namespace lle::runtime

#endif // LLE_RUNTIME_COREMAP_IMAGE_H
