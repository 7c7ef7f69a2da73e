//===- Model.cpp - Loading and running packages ---------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/host/Model.h"
#include "runtime/host/CpuFeatures.h"
#include "runtime/host/SharedObject.h"
#include <cstdlib>

using namespace lle::runtime;

struct Model::Impl {
  Impl(Package package, std::string file, SharedObject code)
      : package(std::move(package)), file(std::move(file)), code(std::move(code)) {}

  Package package;
  std::string file;
  SharedObject code;
  size_t chosen = 0;
  /// What the program's descriptor points to; the strings and shapes are the package's.
  std::vector<lle_port> inputs, outputs;
  std::vector<lle_state> states;
  lle_program program = {};
};

namespace {

lle_port describe(const Port &port) {
  lle_port result = {};
  result.name = port.name.c_str();
  result.node = port.node.empty() ? nullptr : port.node.c_str();
  result.shape = port.shape.data();
  result.rank = static_cast<uint32_t>(port.shape.size());
  result.max_spikes = port.maxSpikes;
  result.bytes = *tensorBytes(port.shape, port.element);
  result.element = port.element;
  result.is_spike = port.isSpike;
  return result;
}

lle_state describe(const State &state) {
  lle_state result = {};
  result.node = state.node.c_str();
  result.name = state.name.c_str();
  result.shape = state.shape.data();
  result.order = state.order.data();
  result.rank = static_cast<uint32_t>(state.shape.size());
  result.element = state.element;
  result.offset = state.offset;
  result.bytes = state.bytes;
  return result;
}

Status checkHost(const Variant &variant) {
  if (variant.kind == VariantKind::CoreMap)
    return makeError("is a core map, which the emulator runs");
  std::string_view triple = variant.triple;
  if (triple.substr(0, triple.find('-')) != hostArchitecture())
    return makeError("is for ", triple, ", this machine is ", hostArchitecture());
  return checkCpuFeatures(variant.requiredFeatures);
}

Result<size_t> chooseVariant(const Package &package, const std::string &file, const std::string &target) {
  std::optional<size_t> best;
  std::string reasons;
  bool found = target.empty();
  for (size_t i = 0; i < package.variants.size(); ++i) {
    const Variant &variant = package.variants[i];
    if (!target.empty() && variant.target != target)
      continue;
    found = true;
    if (Status status = checkHost(variant); !status)
      reasons += "; " + variant.target + ": " + status.error().message;
    else if (!best || variant.requiredFeatures.size() > package.variants[*best].requiredFeatures.size())
      best = i;
  }
  if (!found)
    return makeError(file, ": variants: there is none for the target '", target, "'");
  if (!best)
    return makeError(file, ": variants: none runs here", reasons);
  return *best;
}

} // namespace

Result<Model> Model::load(Package package, const std::string &file, const std::string &target) {
  Result<size_t> chosen = chooseVariant(package, file, target);
  if (!chosen)
    return chosen.error();
  const Variant &variant = package.variants[*chosen];
  std::string field = "variants[" + std::to_string(*chosen) + "]";
  Result<SharedObject> code = SharedObject::load(variant.code);
  if (!code)
    return makeError(file, ": ", field, ".code: ", code.error().message);
  Error missing;
  auto find = [&](const char *name, const std::string &symbol) {
    void *found = code->symbol(symbol);
    if (!found && missing.message.empty())
      missing = makeError(file, ": ", field, ".", name, ": '", symbol, "' is not in the code");
    return found;
  };
  void *init = find("init_symbol", variant.initSymbol), *step = find("step_symbol", variant.stepSymbol),
       *run = find("run_symbol", variant.runSymbol);
  if (!missing.message.empty())
    return missing;

  auto impl = std::make_shared<Impl>(std::move(package), file, std::move(*code));
  impl->chosen = *chosen;
  for (const Port &port : impl->package.inputs)
    impl->inputs.push_back(describe(port));
  for (const Port &port : impl->package.outputs)
    impl->outputs.push_back(describe(port));
  for (const State &state : impl->package.states)
    impl->states.push_back(describe(state));
  lle_program &program = impl->program;
  program.abi = LLE_ABI_VERSION;
  program.name = impl->package.name.c_str();
  program.dt = impl->package.dt;
  program.arena_bytes = impl->package.arenaBytes;
  program.arena_alignment = impl->package.arenaAlignment;
  program.state_bytes = impl->package.stateBytes;
  program.num_inputs = static_cast<uint32_t>(impl->inputs.size());
  program.num_outputs = static_cast<uint32_t>(impl->outputs.size());
  program.num_states = static_cast<uint32_t>(impl->states.size());
  program.inputs = impl->inputs.data();
  program.outputs = impl->outputs.data();
  program.states = impl->states.data();
  program.init = reinterpret_cast<decltype(program.init)>(init);
  program.step = reinterpret_cast<decltype(program.step)>(step);
  program.run = reinterpret_cast<decltype(program.run)>(run);
  return Model(std::move(impl));
}

Result<Model> Model::load(const std::string &path, const std::string &target) {
  Result<Package> package = readPackage(path);
  if (!package)
    return package.error();
  return load(std::move(*package), path, target);
}

Result<Model> Model::load(const void *data, size_t size, const std::string &name, const std::string &target) {
  Result<Package> package = readPackage(data, size, name);
  if (!package)
    return package.error();
  return load(std::move(*package), name, target);
}

const Package &Model::package() const { return impl->package; }
const Variant &Model::variant() const { return impl->package.variants[impl->chosen]; }
const lle_program &Model::program() const { return impl->program; }

Result<Instance> Model::instantiate() const {
  // aligned_alloc wants a multiple of the alignment, and no arena is of size 0.
  size_t alignment = impl->program.arena_alignment;
  size_t bytes = (impl->program.arena_bytes / alignment + 1) * alignment;
  void *arena = std::aligned_alloc(alignment, bytes);
  if (!arena)
    return makeError(impl->file, ": arena_bytes: cannot allocate ", bytes, " bytes");
  Instance instance(*this, arena);
  instance.reset();
  return instance;
}

void Instance::FreeArena::operator()(void *arena) const { std::free(arena); }

void Instance::reset() { lle_init(&owner.program(), arena.get()); }

void Instance::step(const void *const *inputs, void *const *outputs) {
  lle_step(&owner.program(), arena.get(), inputs, outputs);
}

void Instance::run(size_t steps, const void *const *inputs, void *const *outputs) {
  lle_run_steps(&owner.program(), arena.get(), steps, inputs, outputs);
}

Bytes Instance::save() const {
  Bytes saved(owner.program().state_bytes);
  lle_save_states(&owner.program(), arena.get(), saved.data());
  return saved;
}

Status Instance::restore(const Bytes &saved) {
  if (saved.size() != owner.program().state_bytes)
    return makeError(owner.impl->file, ": saved states have ", saved.size(), " bytes, expected ",
                     owner.program().state_bytes);
  lle_restore_states(&owner.program(), arena.get(), saved.data());
  return {};
}

Result<const lle_state *> Instance::findState(const std::string &node, const std::string &name) const {
  if (const lle_state *state = lle_find_state(&owner.program(), node.c_str(), name.c_str()))
    return state;
  return makeError(owner.impl->file, ": there is no state '", node, "/", name, "'");
}

Result<Bytes> Instance::readState(const std::string &node, const std::string &name) const {
  Result<const lle_state *> state = findState(node, name);
  if (!state)
    return state.error();
  Bytes values((*state)->bytes);
  lle_read_state(*state, arena.get(), values.data());
  return values;
}

Status Instance::writeState(const std::string &node, const std::string &name, const Bytes &values) {
  Result<const lle_state *> state = findState(node, name);
  if (!state)
    return state.error();
  if (values.size() != (*state)->bytes)
    return makeError(owner.impl->file, ": state '", node, "/", name, "' has ", (*state)->bytes, " bytes, got ",
                     values.size());
  lle_write_state(*state, arena.get(), values.data());
  return {};
}
