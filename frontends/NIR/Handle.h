//===- Handle.h - identifiers of HDF5 that close themselves -------------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//
#ifndef LLE_FRONTENDS_NIR_HANDLE_H
#define LLE_FRONTENDS_NIR_HANDLE_H

#include <hdf5.h>

namespace lle::nir {

/// An identifier of HDF5 (negative where the library failed), closed at the end of its scope.
class Handle {
public:
  Handle(hid_t id, herr_t (*close)(hid_t)) : id(id), close(close) {}
  Handle(const Handle &) = delete;
  Handle &operator=(const Handle &) = delete;
  ~Handle() {
    if (id >= 0)
      close(id);
  }
  operator hid_t() const { return id; }

private:
  hid_t id;
  herr_t (*close)(hid_t);
};

} // namespace lle::nir

#endif // LLE_FRONTENDS_NIR_HANDLE_H
