//===- SharedObject.cpp - Code from memory --------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/host/SharedObject.h"
#include <cerrno>
#include <cstring>
#include <dlfcn.h>
#include <elf.h>
#include <sys/mman.h>
#include <unistd.h>

using namespace lle::runtime;

namespace {

#if defined(__x86_64__)
constexpr uint16_t kMachine = EM_X86_64;
#elif defined(__aarch64__)
constexpr uint16_t kMachine = EM_AARCH64;
#endif

/// A copy of the T at `offset`; the image may hold it at any alignment.
template <typename T>
bool readAt(const Bytes &image, uint64_t offset, T &value) {
  if (offset > image.size() || image.size() - offset < sizeof(T))
    return false;
  std::memcpy(&value, image.data() + offset, sizeof(T));
  return true;
}

Status checkDynamicSection(const Bytes &image, const Elf64_Phdr &segment) {
  for (uint64_t at = 0; at + sizeof(Elf64_Dyn) <= segment.p_filesz; at += sizeof(Elf64_Dyn)) {
    Elf64_Dyn entry;
    if (!readAt(image, segment.p_offset + at, entry))
      return makeError("the dynamic section is truncated");
    if (entry.d_tag == DT_NEEDED)
      return makeError("needs another shared library");
    if (entry.d_tag == DT_NULL)
      break;
  }
  return {};
}

/// What the system's loader takes for granted or would go and fetch. The code itself is trusted, as
/// all native code must be; this only turns mistakes into messages.
Status checkImage(const Bytes &image) {
  Elf64_Ehdr header;
  if (!readAt(image, 0, header) || std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0)
    return makeError("is no ELF file");
  if (header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_ident[EI_DATA] != ELFDATA2LSB || header.e_type != ET_DYN ||
      header.e_machine != kMachine)
    return makeError("is no 64-bit shared object for this machine");
  if (header.e_phentsize != sizeof(Elf64_Phdr))
    return makeError("has program headers of an unknown size");
  for (uint64_t i = 0; i < header.e_phnum; ++i) {
    Elf64_Phdr segment;
    if (header.e_phoff > image.size() || !readAt(image, header.e_phoff + i * sizeof(segment), segment) ||
        segment.p_offset > image.size() || segment.p_filesz > image.size() - segment.p_offset)
      return makeError("segment ", i, " is truncated");
    if (segment.p_type == PT_DYNAMIC)
      if (Status status = checkDynamicSection(image, segment); !status)
        return status;
  }
  return {};
}

} // namespace

Result<SharedObject> SharedObject::load(const Bytes &image) {
  if (Status status = checkImage(image); !status)
    return status.error();
  int fd = ::memfd_create("lle", MFD_CLOEXEC);
  if (fd < 0)
    return makeError("cannot create a file in memory: ", std::strerror(errno));
  SharedObject object(fd, nullptr);
  for (size_t done = 0; done < image.size();) {
    ssize_t count = ::write(fd, image.data() + done, image.size() - done);
    if (count < 0 && errno != EINTR)
      return makeError("cannot write a file in memory: ", std::strerror(errno));
    done += count > 0 ? static_cast<size_t>(count) : 0;
  }
  std::string path = "/proc/self/fd/" + std::to_string(fd);
  object.handle = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!object.handle)
    return makeError("cannot be loaded: ", ::dlerror());
  return object;
}

SharedObject::SharedObject(SharedObject &&other) noexcept
    : fd(std::exchange(other.fd, -1)), handle(std::exchange(other.handle, nullptr)) {}

SharedObject &SharedObject::operator=(SharedObject &&other) noexcept {
  std::swap(fd, other.fd);
  std::swap(handle, other.handle);
  return *this;
}

SharedObject::~SharedObject() {
  if (handle)
    ::dlclose(handle);
  if (fd >= 0)
    ::close(fd);
}

void *SharedObject::symbol(const std::string &name) const { return ::dlsym(handle, name.c_str()); }
