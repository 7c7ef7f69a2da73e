//===- PackageWriter.cpp - From a Package to the bytes of a .lle file -----===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/host/PackageFormat.h"

using namespace lle::runtime;
namespace fb = flatbuffers;
namespace schema = lle::schema;

namespace {

/// Makes a FlatBuffers vector of what `make` returns for each item.
template <typename T, typename Make>
auto vectorOf(fb::FlatBufferBuilder &builder, const std::vector<T> &items, Make make) {
  std::vector<decltype(make(items.front()))> offsets;
  for (const T &item : items)
    offsets.push_back(make(item));
  return builder.CreateVector(offsets);
}

class Writer {
public:
  Bytes write(const Package &package);

private:
  auto text(const std::string &s) { return builder.CreateString(s); }
  auto texts(const std::vector<std::string> &items) {
    return vectorOf(builder, items, [&](const std::string &s) { return text(s); });
  }
  fb::Offset<schema::Port> port(const Port &port);
  fb::Offset<schema::State> state(const State &state);
  fb::Offset<schema::Variant> variant(const Variant &variant);
  fb::Offset<schema::Metric> metric(const Metric &metric);

  fb::FlatBufferBuilder builder;
};

} // namespace

fb::Offset<schema::Port> Writer::port(const Port &port) {
  auto name = text(port.name);
  auto shape = builder.CreateVector(port.shape);
  auto node = port.node.empty() ? 0 : text(port.node);
  return schema::CreatePort(builder, name, static_cast<schema::Element>(port.element), port.isSpike, port.maxSpikes,
                            shape, node, port.emitsLast, port.exitMargin, port.isSummed);
}

fb::Offset<schema::State> Writer::state(const State &state) {
  auto node = text(state.node);
  auto name = text(state.name);
  auto shape = builder.CreateVector(state.shape);
  auto order = builder.CreateVector(state.order);
  return schema::CreateState(builder, node, name, static_cast<schema::Element>(state.element), shape, order,
                             state.offset, state.bytes);
}

fb::Offset<schema::Variant> Writer::variant(const Variant &variant) {
  auto target = text(variant.target);
  auto triple = text(variant.triple);
  auto features = texts(variant.requiredFeatures);
  auto init = text(variant.initSymbol);
  auto step = text(variant.stepSymbol);
  auto run = text(variant.runSymbol);
  auto code = builder.CreateVector(variant.code);
  return schema::CreateVariant(builder, target, static_cast<schema::VariantKind>(variant.kind), triple, features, init,
                               step, code, run);
}

fb::Offset<schema::Metric> Writer::metric(const Metric &metric) {
  auto name = text(metric.name);
  auto unit = text(metric.unit);
  auto source = text(metric.source);
  return schema::CreateMetric(builder, name, metric.value, unit, static_cast<schema::Evidence>(metric.provenance),
                              source);
}

Bytes Writer::write(const Package &package) {
  auto makePort = [&](const Port &p) { return port(p); };
  auto name = text(package.name);
  auto profile = text(package.profile);
  auto inputs = vectorOf(builder, package.inputs, makePort);
  auto outputs = vectorOf(builder, package.outputs, makePort);
  auto states = vectorOf(builder, package.states, [&](const State &s) { return state(s); });
  auto kept = texts(package.kept);
  auto variants = vectorOf(builder, package.variants, [&](const Variant &v) { return variant(v); });
  auto source = package.source.empty() ? 0 : builder.CreateVector(package.source);
  auto explain = package.explain.empty() ? 0 : text(package.explain);
  const Provenance &origin = package.provenance;
  auto sourceName = text(origin.sourceName);
  auto sourceHash = text(origin.sourceHash);
  auto pipeline = text(origin.pipeline);
  auto toolVersion = text(origin.toolVersion);
  auto provenance = schema::CreateProvenance(builder, sourceName, sourceHash, pipeline, toolVersion);
  auto metrics = vectorOf(builder, package.metrics, [&](const Metric &m) { return metric(m); });
  builder.Finish(schema::CreateModel(builder, package.formatVersion, name, package.dt, package.steps, profile, inputs,
                                     outputs, states, kept, package.arenaBytes, package.arenaAlignment,
                                     package.stateBytes, variants, source, explain, provenance, metrics,
                                     package.downsampling));

  fb::FlatBufferBuilder outer;
  schema::Hash hash = contentHash(builder.GetBufferPointer(), builder.GetSize());
  // In place, the payload is as aligned as a buffer of its own.
  outer.ForceVectorAlignment(builder.GetSize(), 1, builder.GetBufferMinAlignment());
  auto payload = outer.CreateVector(builder.GetBufferPointer(), builder.GetSize());
  schema::FinishPackageBuffer(outer, schema::CreatePackage(outer, &hash, payload));
  return Bytes(outer.GetBufferPointer(), outer.GetBufferPointer() + outer.GetSize());
}

Result<Bytes> lle::runtime::writePackage(const Package &package) {
  if (Status status = verifyPackage(package, package.name); !status)
    return status.error();
  // FlatBuffers asserts above its limit, so the bulk is counted first; the rest has a quarter.
  size_t bulk = package.source.size() + package.explain.size();
  for (const Variant &variant : package.variants)
    bulk += variant.code.size();
  if (bulk > kMaxPackageBytes / 4 * 3)
    return makeError(package.name, ": code and source take ", bulk, " bytes, a package holds ",
                     kMaxPackageBytes / 4 * 3);
  return Writer().write(package);
}
