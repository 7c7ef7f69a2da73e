//===- Model.h - Loading and running packages -------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LLE_RUNTIME_HOST_MODEL_H
#define LLE_RUNTIME_HOST_MODEL_H

#include "runtime/host/Package.h"
#include <memory>

namespace lle::runtime {

class Instance;

/// A loaded package. Copies are cheap and share the code, which stays loaded until the last model
/// and the last instance are gone.
class Model {
public:
  /// Loads the variant of that target; without one, of those that run on this machine the variant
  /// that requires most CPU features, and of equal ones the first. Where none runs, the error says
  /// of each why.
  static Result<Model> load(const std::string &path, const std::string &target = {});
  /// The same from memory; `name` takes the place of the path in messages.
  static Result<Model> load(const void *data, size_t size, const std::string &name, const std::string &target = {});

  const Package &package() const;
  const Variant &variant() const;
  const lle_program &program() const;

  /// A network of its own in its initial state.
  Result<Instance> instantiate() const;

private:
  friend class Instance;
  struct Impl;
  static Result<Model> load(Package package, const std::string &file, const std::string &target);
  explicit Model(std::shared_ptr<const Impl> impl) : impl(std::move(impl)) {}

  std::shared_ptr<const Impl> impl;
};

/// One running network: a model and an arena. Instances of a model do not disturb each other; one
/// instance must not be used by two threads at a time.
class Instance {
public:
  /// Back to the initial state.
  void reset();
  /// One time step; see lle_core.h for the layout of ports.
  void step(const void *const *inputs, void *const *outputs);
  /// `steps` time steps over contiguous sequences, one pointer to the first step per port.
  void run(size_t steps, const void *const *inputs, void *const *outputs);

  /// All states as one block that fits every instance of the same model.
  Bytes save() const;
  Status restore(const Bytes &saved);

  /// One state, row-major in its logical shape; `values` must have the state's size.
  Result<Bytes> readState(const std::string &node, const std::string &name) const;
  Status writeState(const std::string &node, const std::string &name, const Bytes &values);

  const Model &model() const { return owner; }

private:
  friend class Model;
  struct FreeArena {
    void operator()(void *arena) const;
  };
  Instance(Model owner, void *arena) : owner(std::move(owner)), arena(arena) {}
  Result<const lle_state *> findState(const std::string &node, const std::string &name) const;

  Model owner;
  std::unique_ptr<void, FreeArena> arena;
};

} // namespace lle::runtime

#endif // LLE_RUNTIME_HOST_MODEL_H
