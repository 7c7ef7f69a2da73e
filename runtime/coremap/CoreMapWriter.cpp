//===- CoreMapWriter.cpp - from a core map to bytes -----------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/coremap/CoreMapFormat.h"

using namespace lle::runtime;
namespace fb = flatbuffers;
namespace schema = lle::schema;

namespace {

class MapWriter {
public:
  Bytes write(const CoreMap &map);

private:
  auto text(const std::string &s) { return builder.CreateString(s); }
  /// Empty vectors take no bytes.
  template <typename T>
  fb::Offset<fb::Vector<T>> numbers(const std::vector<T> &items) {
    return items.empty() ? 0 : builder.CreateVector(items);
  }
  template <typename Stored, typename T>
  fb::Offset<fb::Vector<const Stored *>> structs(const std::vector<T> &items) {
    static_assert(kSameBytes<Stored, T>);
    return items.empty() ? 0 : builder.CreateVectorOfNativeStructs<Stored>(items.data(), items.size(), same<Stored, T>);
  }
  template <typename T, typename Make>
  auto tables(const std::vector<T> &items, Make make) {
    std::vector<decltype(make(items.front()))> offsets;
    for (const T &item : items)
      offsets.push_back(make(item));
    return builder.CreateVector(offsets);
  }
  fb::Offset<schema::CorePopulation> population(const CorePopulation &population);
  fb::Offset<schema::CoreContents> core(const CoreContents &core);
  fb::Offset<schema::ChipRouter> router(const ChipRouter &router);
  fb::Offset<schema::CorePort> port(const CorePort &port) {
    return schema::CreateCorePort(builder, text(port.name), port.population, port.isMembrane);
  }

  fb::FlatBufferBuilder builder;
};

} // namespace

fb::Offset<schema::CorePopulation> MapWriter::population(const CorePopulation &population) {
  auto name = text(population.name);
  auto shape = numbers(population.shape);
  auto parameters = tables(population.parameters, [&](const NeuronParameter &parameter) {
    auto name = text(parameter.name);
    auto integers = numbers(parameter.integers);
    return schema::CreateNeuronParameter(builder, name, integers, numbers(parameter.reals));
  });
  return schema::CreateCorePopulation(builder, name, schema::NeuronModel(population.model), shape, parameters,
                                      schema::ResetRule(population.reset), population.weightExponent, population.start,
                                      population.resetInterval, population.resetOffset);
}

fb::Offset<schema::CoreContents> MapWriter::core(const CoreContents &core) {
  auto neurons = structs<schema::NeuronRun>(core.neurons);
  auto inAxons = structs<schema::InAxon>(core.inAxons);
  std::vector<schema::SynapseRow> stored;
  for (const SynapseRow &row : core.rows)
    stored.emplace_back(row.firstWeight, row.firstOffset, row.count, row.firstDelay, row.isDense, row.delay,
                        row.format);
  auto rows = builder.CreateVectorOfStructs(stored);
  auto weights = numbers(core.weights);
  auto offsets = numbers(core.offsets);
  auto delays = numbers(core.delays);
  auto outBegin = numbers(core.outBegin);
  auto outAxons = structs<schema::OutAxon>(core.outAxons);
  auto keyRanges = structs<schema::KeyRange>(core.keyRanges);
  auto keyedAxons = numbers(core.keyedAxons);
  auto memory = tables(core.memory, [&](const MemoryRegion &region) {
    return schema::CreateMemoryRegion(builder, text(region.name), region.offset, region.bytes);
  });
  return schema::CreateCoreContents(builder, core.isHost, core.chip, core.x, core.y, core.slot, neurons, inAxons, rows,
                                    weights, offsets, delays, outBegin, outAxons, core.firstKey, keyRanges, keyedAxons,
                                    memory, structs<schema::SynapseFormat>(core.formats));
}

fb::Offset<schema::ChipRouter> MapWriter::router(const ChipRouter &router) {
  auto entries = tables(router.entries, [&](const RouteEntry &entry) {
    return schema::CreateRouteEntry(builder, entry.key, entry.mask, entry.links, numbers(entry.cores));
  });
  return schema::CreateChipRouter(builder, router.chip, router.x, router.y, entries);
}

Bytes MapWriter::write(const CoreMap &map) {
  auto target = text(map.target);
  auto populations = tables(map.populations, [&](const CorePopulation &p) { return population(p); });
  auto cores = tables(map.cores, [&](const CoreContents &c) { return core(c); });
  auto routers = tables(map.routers, [&](const ChipRouter &r) { return router(r); });
  auto inputs = tables(map.inputs, [&](const CorePort &p) { return port(p); });
  auto outputs = tables(map.outputs, [&](const CorePort &p) { return port(p); });
  auto figures = tables(map.figures, [&](const ChipFigure &figure) {
    auto name = text(figure.name);
    auto provenance = text(figure.provenance);
    return schema::CreateChipFigure(builder, name, figure.value, provenance, text(figure.source));
  });
  builder.Finish(schema::CreateCoreMap(builder, kCoreMapVersion, target, schema::ChipArithmetic(map.arithmetic),
                                       map.isMulticast, map.chips, map.gridWidth, map.gridHeight, map.slots,
                                       populations, cores, routers, inputs, outputs, figures));
  return Bytes(builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize());
}

/// What a core's vectors take, without names and headers.
static uint64_t countBulkBytes(const CoreContents &core) {
  return core.inAxons.size() * sizeof(InAxon) + core.rows.size() * sizeof(schema::SynapseRow) +
         core.weights.size() * sizeof(int16_t) + core.offsets.size() * sizeof(uint16_t) + core.delays.size() +
         (core.outBegin.size() + core.keyedAxons.size()) * sizeof(uint32_t) + core.outAxons.size() * sizeof(OutAxon) +
         core.keyRanges.size() * sizeof(KeyRange);
}

Result<Bytes> lle::runtime::writeCoreMap(const CoreMap &map) {
  if (Status status = verifyCoreMap(map, map.target); !status)
    return status.error();
  // FlatBuffers asserts above its limit; what is not counted has a quarter.
  uint64_t bulk = 0;
  for (const CoreContents &core : map.cores)
    bulk += countBulkBytes(core);
  if (bulk > kMaxPackageBytes / 4 * 3)
    return makeError(map.target, ": the cores take ", bulk, " bytes, a package holds ", kMaxPackageBytes / 4 * 3);
  return MapWriter().write(map);
}
