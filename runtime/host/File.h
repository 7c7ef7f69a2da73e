//===- File.h - Reading and replacing whole files ---------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LLE_RUNTIME_HOST_FILE_H
#define LLE_RUNTIME_HOST_FILE_H

#include "runtime/host/Result.h"
#include <cstddef>
#include <cstdint>
#include <vector>

namespace lle::runtime {

using Bytes = std::vector<uint8_t>;

/// The whole of a file; refused where it is longer than `limit` bytes.
Result<Bytes> readFile(const std::string &path, size_t limit);

/// Writes a temporary file beside `path` and renames it, so that nobody ever sees half a file. What
/// is there but no regular file (a pipe, /dev/null) is written to directly.
Status writeFile(const std::string &path, const void *data, size_t size);

} // namespace lle::runtime

#endif // LLE_RUNTIME_HOST_FILE_H
