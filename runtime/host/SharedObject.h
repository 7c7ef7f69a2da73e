//===- SharedObject.h - Code from memory ------------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LLE_RUNTIME_HOST_SHAREDOBJECT_H
#define LLE_RUNTIME_HOST_SHAREDOBJECT_H

#include "runtime/host/File.h"

namespace lle::runtime {

/// An ELF shared object that was loaded from memory, and is unloaded at the end of its life.
class SharedObject {
public:
  /// Refuses what is no shared object for this machine, or needs other libraries. Errors start with
  /// neither a file nor a field.
  static Result<SharedObject> load(const Bytes &image);

  SharedObject(SharedObject &&other) noexcept;
  SharedObject &operator=(SharedObject &&other) noexcept;
  ~SharedObject();

  /// Null if there is none of that name.
  void *symbol(const std::string &name) const;

private:
  SharedObject(int fd, void *handle) : fd(fd), handle(handle) {}

  /// Stays open: the loader tells objects apart by their path, which holds this number.
  int fd;
  void *handle;
};

} // namespace lle::runtime

#endif // LLE_RUNTIME_HOST_SHAREDOBJECT_H
