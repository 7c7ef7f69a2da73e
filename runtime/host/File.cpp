//===- File.cpp - Reading and replacing whole files -----------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/host/File.h"
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace lle::runtime;

namespace {

Error systemError(const std::string &path, const char *what) {
  return makeError(path, ": cannot ", what, ": ", std::strerror(errno));
}

/// A descriptor that is closed at the end of its scope.
struct Descriptor {
  int fd;
  ~Descriptor() {
    if (fd >= 0)
      ::close(fd);
  }
};

bool writeAll(int fd, const uint8_t *data, size_t size) {
  while (size > 0) {
    ssize_t written = ::write(fd, data, size);
    if (written < 0 && errno == EINTR)
      continue;
    if (written < 0)
      return false;
    data += written;
    size -= static_cast<size_t>(written);
  }
  return true;
}

} // namespace

Result<Bytes> lle::runtime::readFile(const std::string &path, size_t limit) {
  Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.fd < 0)
    return systemError(path, "open");
  struct stat status;
  if (::fstat(file.fd, &status) != 0)
    return systemError(path, "read");
  if (S_ISDIR(status.st_mode))
    return makeError(path, ": is a directory");

  // The size is a hint only: pipes have none, and files may grow.
  Bytes bytes;
  if (S_ISREG(status.st_mode))
    bytes.reserve(std::min(limit, static_cast<size_t>(status.st_size)) + 1);
  constexpr size_t kChunk = size_t(1) << 16;
  for (;;) {
    size_t used = bytes.size();
    bytes.resize(bytes.capacity() > used ? bytes.capacity() : used + kChunk);
    ssize_t count = ::read(file.fd, bytes.data() + used, bytes.size() - used);
    bytes.resize(used + static_cast<size_t>(std::max<ssize_t>(count, 0)));
    if (count < 0 && errno == EINTR)
      continue;
    if (count < 0)
      return systemError(path, "read");
    if (bytes.size() > limit)
      return makeError(path, ": is longer than the limit of ", limit, " bytes");
    if (count == 0)
      return bytes;
  }
}

Status lle::runtime::writeFile(const std::string &path, const void *data, size_t size) {
  auto *bytes = static_cast<const uint8_t *>(data);
  struct stat status;
  if (::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) {
    Descriptor file{::open(path.c_str(), O_WRONLY | O_CLOEXEC)};
    if (file.fd < 0 || !writeAll(file.fd, bytes, size))
      return systemError(path, "write");
    return {};
  }

  // mkstemp would give mode 0600; this way the umask decides, as for any other new file.
  std::string temporary;
  Descriptor file{-1};
  for (int attempt = 0; file.fd < 0; ++attempt) {
    temporary = path + ".tmp" + std::to_string(::getpid()) + "-" + std::to_string(attempt);
    file.fd = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (file.fd < 0 && (errno != EEXIST || attempt == 1000))
      return systemError(path, "write");
  }
  if (!writeAll(file.fd, bytes, size) || ::rename(temporary.c_str(), path.c_str()) != 0) {
    Error error = systemError(path, "write");
    ::unlink(temporary.c_str());
    return error;
  }
  return {};
}
