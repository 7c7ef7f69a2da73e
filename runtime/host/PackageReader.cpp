//===- PackageReader.cpp - From the bytes of a .lle file to a Package -----===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/host/PackageFormat.h"
#include <cstddef>

using namespace lle::runtime;
namespace fb = flatbuffers;
namespace schema = lle::schema;

namespace {

/// Copies a structurally valid Model into plain structs. Fields of a hostile file may share one
/// vector many times over, so that the copy would be far larger than the file; what is copied is
/// therefore counted and may not exceed the payload, which for an honest file it never does.
class Unpacker {
public:
  explicit Unpacker(size_t payloadBytes) : budget(payloadBytes) {}

  Package package(const schema::Model &model);
  bool exceeded = false;
  bool misaligned = false;

private:
  bool spend(size_t bytes) {
    exceeded = exceeded || bytes > budget;
    if (!exceeded)
      budget -= bytes;
    return !exceeded;
  }
  std::string text(const fb::String *s) {
    return s && spend(s->size()) ? std::string(s->c_str(), s->size()) : std::string();
  }
  template <typename T>
  std::vector<T> numbers(const fb::Vector<T> *v) {
    if (!v || v->size() == 0 || !spend(v->size() * sizeof(T)))
      return std::vector<T>();
    // FlatBuffers verifies where the length of a vector is, which may be aligned to less than its numbers.
    if (reinterpret_cast<uintptr_t>(v->Data()) % alignof(T) != 0) {
      misaligned = true;
      return std::vector<T>();
    }
    return std::vector<T>(v->data(), v->data() + v->size());
  }
  template <typename T, typename Convert>
  auto list(const fb::Vector<fb::Offset<T>> &items, Convert convert) {
    std::vector<decltype(convert(*items.Get(0)))> result;
    for (const T *item : items) {
      if (!spend(sizeof(fb::uoffset_t)))
        break;
      result.push_back(convert(*item));
    }
    return result;
  }
  std::vector<std::string> texts(const fb::Vector<fb::Offset<fb::String>> &items) {
    return list(items, [&](const fb::String &s) { return text(&s); });
  }
  Port port(const schema::Port &port);
  State state(const schema::State &state);
  Variant variant(const schema::Variant &variant);
  Metric metric(const schema::Metric &metric);

  size_t budget;
};

} // namespace

Port Unpacker::port(const schema::Port &port) {
  return {text(port.name()),     static_cast<lle_element>(port.element()),
          port.is_spike(),       port.max_spikes(),
          numbers(port.shape()), text(port.node()),
          port.emits_last(),     port.exit_margin(),
          port.is_summed()};
}

State Unpacker::state(const schema::State &state) {
  return {text(state.node()),     text(state.name()),     static_cast<lle_element>(state.element()),
          numbers(state.shape()), numbers(state.order()), state.offset(),
          state.bytes()};
}

Variant Unpacker::variant(const schema::Variant &variant) {
  return {text(variant.target()),      static_cast<VariantKind>(variant.kind()),
          text(variant.triple()),      texts(*variant.required_features()),
          text(variant.init_symbol()), text(variant.step_symbol()),
          text(variant.run_symbol()),  numbers(variant.code())};
}

Metric Unpacker::metric(const schema::Metric &metric) {
  return {text(metric.name()), metric.value(), text(metric.unit()), static_cast<Evidence>(metric.provenance()),
          text(metric.source())};
}

Package Unpacker::package(const schema::Model &model) {
  auto makePort = [&](const schema::Port &p) { return port(p); };
  Package result;
  result.formatVersion = model.format_version();
  result.name = text(model.name());
  result.dt = model.dt();
  result.steps = model.steps();
  result.profile = text(model.profile());
  result.inputs = list(*model.inputs(), makePort);
  result.outputs = list(*model.outputs(), makePort);
  result.states = list(*model.states(), [&](const schema::State &s) { return state(s); });
  result.kept = texts(*model.kept());
  result.arenaBytes = model.arena_bytes();
  result.arenaAlignment = model.arena_alignment();
  result.stateBytes = model.state_bytes();
  result.variants = list(*model.variants(), [&](const schema::Variant &v) { return variant(v); });
  result.source = numbers(model.source());
  result.explain = text(model.explain());
  const schema::Provenance &origin = *model.provenance();
  result.provenance = {text(origin.source_name()), text(origin.source_hash()), text(origin.pipeline()),
                       text(origin.tool_version())};
  result.downsampling = model.downsampling();
  result.metrics = list(*model.metrics(), [&](const schema::Metric &m) { return metric(m); });
  return result;
}

Result<Package> lle::runtime::readPackage(const void *data, size_t size, const std::string &file) {
  if (size > kMaxPackageBytes)
    return makeError(file, ": has ", size, " bytes, a package has at most ", kMaxPackageBytes);
  if (size < sizeof(fb::uoffset_t) + fb::FlatBufferBuilder::kFileIdentifierLength ||
      !schema::PackageBufferHasIdentifier(data))
    return makeError(file, ": is no .lle package (the identifier \"", schema::PackageIdentifier(), "\" is missing)");

  fb::Verifier::Options limits;
  limits.max_depth = 8;
  limits.max_tables = 1u << 18;
  limits.check_nested_flatbuffers = false; // below, after the hash

  // Memory from a caller may have any alignment, and so may the payload of a hostile file; copies
  // start where the allocator puts them, at 16 bytes.
  auto *bytes = static_cast<const uint8_t *>(data);
  Bytes copy;
  if (reinterpret_cast<uintptr_t>(bytes) % alignof(std::max_align_t) != 0) {
    copy.assign(bytes, bytes + size);
    bytes = copy.data();
  }
  fb::Verifier outer(bytes, size, limits);
  if (!schema::VerifyPackageBuffer(outer))
    return makeError(file, ": package: the structure is damaged or truncated");
  const schema::Package &package = *schema::GetPackage(bytes);
  Bytes payload(package.payload()->data(), package.payload()->data() + package.payload()->size());
  schema::Hash hash = contentHash(payload.data(), payload.size());
  if (hash.low() != package.content_hash()->low() || hash.high() != package.content_hash()->high())
    return makeError(file, ": content_hash: does not match the payload, the file is damaged");

  fb::Verifier inner(payload.data(), payload.size(), limits);
  if (payload.size() < sizeof(fb::uoffset_t) || !inner.VerifyBuffer<schema::Model>(nullptr))
    return makeError(file, ": payload: the structure is damaged or truncated");
  Unpacker unpacker(payload.size());
  Package result = unpacker.package(*fb::GetRoot<schema::Model>(payload.data()));
  if (unpacker.exceeded)
    return makeError(file, ": payload: fields overlap, their contents exceed its ", payload.size(), " bytes");
  if (unpacker.misaligned)
    return makeError(file, ": payload: the numbers of a vector are not aligned");
  if (Status status = verifyPackage(result, file); !status)
    return status.error();
  return result;
}

Result<Package> lle::runtime::readPackage(const std::string &path) {
  Result<Bytes> bytes = readFile(path, kMaxPackageBytes);
  if (!bytes)
    return bytes.error();
  return readPackage(bytes->data(), bytes->size(), path);
}
