//===- ArrayFile.h - Arrays of files of several formats ---------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LLE_RUNTIME_HOST_ARRAYFILE_H
#define LLE_RUNTIME_HOST_ARRAYFILE_H

#include "runtime/host/Npy.h"

namespace lle::runtime {

/// The array of a .npy file, of a member of a .npz file (FILE.npz:MEMBER; the only one needs no
/// name), or of an IDX file (MNIST's format, http://yann.lecun.com/exdb/mnist). Which of .npy and
/// IDX a file is, and whether gzip compressed it, its first bytes say. Files are not trusted.
Result<Array> readArray(const std::string &path);

/// Whether the bytes begin as an IDX file does.
bool isIdx(const uint8_t *data, size_t size);
Result<Array> parseIdx(const uint8_t *data, size_t size, const std::string &name);

} // namespace lle::runtime

#endif // LLE_RUNTIME_HOST_ARRAYFILE_H
