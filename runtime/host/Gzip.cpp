//===- Gzip.cpp - Files compressed by gzip --------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/host/Gzip.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <zlib.h>

using namespace lle::runtime;

namespace {
/// zlib reads a header of gzip where 16 is added to the size of the window.
constexpr int kGzipWindow = MAX_WBITS + 16;
/// What is made room for at first; then twice as much each time.
constexpr size_t kFirstBytes = size_t(1) << 16;
/// zlib counts bytes in 32 bits.
constexpr size_t kMaxCall = std::numeric_limits<uInt>::max();

struct End {
  void operator()(z_stream *stream) const { inflateEnd(stream); }
};
} // namespace

bool lle::runtime::isGzip(const uint8_t *data, size_t size) { return size >= 2 && data[0] == 0x1f && data[1] == 0x8b; }

Result<Bytes> lle::runtime::inflateGzip(const uint8_t *data, size_t size, size_t limit, const std::string &name) {
  z_stream stream = {};
  if (inflateInit2(&stream, kGzipWindow) != Z_OK)
    return makeError(name, ": zlib cannot be used");
  std::unique_ptr<z_stream, End> end(&stream);
  Bytes bytes;
  size_t used = 0, read = 0;
  do {
    int status = Z_OK;
    while (status != Z_STREAM_END) {
      if (used == bytes.size()) {
        if (used >= limit)
          return makeError(name, ": holds more than ", limit, " bytes");
        bytes.resize(std::min(limit, std::max(kFirstBytes, 2 * used)));
      }
      const uInt in = uInt(std::min(size - read, kMaxCall)), out = uInt(std::min(bytes.size() - used, kMaxCall));
      stream.next_in = const_cast<uint8_t *>(data) + read;
      stream.avail_in = in;
      stream.next_out = bytes.data() + used;
      stream.avail_out = out;
      status = inflate(&stream, Z_NO_FLUSH);
      read += in - stream.avail_in;
      used += out - stream.avail_out;
      if (status == Z_BUF_ERROR)
        return makeError(name, ": what gzip compressed is cut after ", used, " bytes");
      if (status != Z_OK && status != Z_STREAM_END)
        return makeError(name, ": what gzip compressed is damaged: ", stream.msg ? stream.msg : "no reason given");
    }
    inflateReset(&stream);
  } while (read < size);
  bytes.resize(used);
  return bytes;
}
