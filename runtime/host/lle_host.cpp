//===- lle_host.cpp - Loading and running packages from C -----------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/host/lle_host.h"
#include "runtime/host/Model.h"
#include <algorithm>
#include <cstring>

using namespace lle::runtime;

struct lle_model {
  Model model;
};

struct lle_instance {
  Instance instance;
};

namespace {

/// Where a caller wants the message of an error.
struct ErrorBuffer {
  char *text;
  size_t size;

  std::nullptr_t fail(const Error &error) const {
    if (size > 0) {
      size_t length = std::min(size - 1, error.message.size());
      std::memcpy(text, error.message.data(), length);
      text[length] = 0;
    }
    return nullptr;
  }
  int report(const Status &status) const {
    if (status)
      return 1;
    fail(status.error());
    return 0;
  }
};

lle_model *wrap(Result<Model> model, ErrorBuffer error) {
  return model ? new lle_model{std::move(*model)} : error.fail(model.error());
}

/// Copies `values` out, if they have the size that the caller expects.
Status copyOut(const Bytes &values, void *to, size_t bytes) {
  if (values.size() != bytes)
    return makeError("the buffer has ", bytes, " bytes, expected ", values.size());
  if (bytes)
    std::memcpy(to, values.data(), bytes);
  return {};
}

Bytes toBytes(const void *data, size_t bytes) {
  auto *first = static_cast<const uint8_t *>(data);
  return Bytes(first, first + bytes);
}

} // namespace

lle_model *lle_model_load(const char *path, const char *target, char *error, size_t error_size) {
  return wrap(Model::load(std::string(path), target ? target : ""), {error, error_size});
}

lle_model *lle_model_load_memory(const void *data, size_t size, const char *name, const char *target, char *error,
                                 size_t error_size) {
  return wrap(Model::load(data, size, name, target ? target : ""), {error, error_size});
}

void lle_model_free(lle_model *model) { delete model; }

const lle_program *lle_model_program(const lle_model *model) { return &model->model.program(); }

lle_instance *lle_instance_create(const lle_model *model, char *error, size_t error_size) {
  Result<Instance> instance = model->model.instantiate();
  return instance ? new lle_instance{std::move(*instance)} : ErrorBuffer{error, error_size}.fail(instance.error());
}

void lle_instance_free(lle_instance *instance) { delete instance; }

void lle_instance_reset(lle_instance *instance) { instance->instance.reset(); }

void lle_instance_step(lle_instance *instance, const void *const *inputs, void *const *outputs) {
  instance->instance.step(inputs, outputs);
}

void lle_instance_run(lle_instance *instance, size_t steps, const void *const *inputs, void *const *outputs) {
  instance->instance.run(steps, inputs, outputs);
}

int lle_instance_save(const lle_instance *instance, void *saved, size_t bytes, char *error, size_t error_size) {
  return ErrorBuffer{error, error_size}.report(copyOut(instance->instance.save(), saved, bytes));
}

int lle_instance_restore(lle_instance *instance, const void *saved, size_t bytes, char *error, size_t error_size) {
  return ErrorBuffer{error, error_size}.report(instance->instance.restore(toBytes(saved, bytes)));
}

int lle_instance_read_state(const lle_instance *instance, const char *node, const char *name, void *values,
                            size_t bytes, char *error, size_t error_size) {
  Result<Bytes> state = instance->instance.readState(node, name);
  Status status = state ? copyOut(*state, values, bytes) : Status(state.error());
  return ErrorBuffer{error, error_size}.report(status);
}

int lle_instance_write_state(lle_instance *instance, const char *node, const char *name, const void *values,
                             size_t bytes, char *error, size_t error_size) {
  Status status = instance->instance.writeState(node, name, toBytes(values, bytes));
  return ErrorBuffer{error, error_size}.report(status);
}
