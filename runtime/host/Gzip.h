//===- Gzip.h - Files compressed by gzip ------------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LLE_RUNTIME_HOST_GZIP_H
#define LLE_RUNTIME_HOST_GZIP_H

#include "runtime/host/File.h"

namespace lle::runtime {

/// Whether the bytes begin as a file of gzip does.
bool isGzip(const uint8_t *data, size_t size);

/// What was compressed: of all members, one behind the other, with their checksums verified. Refused where it is longer
/// than `limit` bytes. `name` is the file's, for messages.
Result<Bytes> inflateGzip(const uint8_t *data, size_t size, size_t limit, const std::string &name);

} // namespace lle::runtime

#endif // LLE_RUNTIME_HOST_GZIP_H
