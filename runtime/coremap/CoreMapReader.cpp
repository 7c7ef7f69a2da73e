//===- CoreMapReader.cpp - from bytes to a core map -----------------------===//
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

/// Copies a structurally valid map into plain structs, whole vectors at a time. What is copied is counted, because
/// fields of a hostile file may share a vector: it may not exceed the bytes, which for an honest file it never does.
class MapUnpacker {
public:
  explicit MapUnpacker(size_t bytes) : budget(bytes) {}

  CoreMap map(const schema::CoreMap &map);
  bool exceeded = false;

private:
  bool spend(size_t bytes) {
    exceeded = exceeded || bytes > budget;
    if (!exceeded)
      budget -= bytes;
    return !exceeded;
  }
  std::string text(const fb::String *s) {
    return spend(s->size()) ? std::string(s->c_str(), s->size()) : std::string();
  }
  /// The vector of a hostile file may have any alignment, so nothing but bytes is read of it.
  template <typename T>
  std::vector<T> copy(const uint8_t *from, size_t size) {
    std::vector<T> result;
    if (size != 0 && spend(size * sizeof(T))) {
      result.resize(size);
      std::memcpy(result.data(), from, size * sizeof(T));
    }
    return result;
  }
  template <typename T>
  std::vector<T> numbers(const fb::Vector<T> *v) {
    return v ? copy<T>(v->Data(), v->size()) : std::vector<T>();
  }
  template <typename T, typename Stored>
  std::vector<T> structs(const fb::Vector<const Stored *> *v) {
    static_assert(kSameBytes<Stored, T>);
    return v ? copy<T>(v->Data(), v->size()) : std::vector<T>();
  }
  template <typename T, typename Convert>
  auto tables(const fb::Vector<fb::Offset<T>> *items, Convert convert) {
    std::vector<decltype(convert(*items->Get(0)))> result;
    if (!items || !spend(items->size() * sizeof(fb::uoffset_t)))
      return result;
    result.reserve(items->size());
    for (const T *item : *items) {
      if (exceeded)
        break;
      result.push_back(convert(*item));
    }
    return result;
  }
  CorePopulation population(const schema::CorePopulation &population);
  std::vector<SynapseRow> rows(const fb::Vector<const schema::SynapseRow *> *v);
  CoreContents core(const schema::CoreContents &core);
  ChipRouter router(const schema::ChipRouter &router);

  size_t budget;
};

} // namespace

CorePopulation MapUnpacker::population(const schema::CorePopulation &population) {
  CorePopulation result;
  result.name = text(population.name());
  result.model = NeuronModel(population.model());
  result.shape = numbers(population.shape());
  result.parameters = tables(population.parameters(), [&](const schema::NeuronParameter &parameter) {
    return NeuronParameter{text(parameter.name()), numbers(parameter.integers()), numbers(parameter.reals())};
  });
  result.reset = ResetRule(population.reset());
  result.weightExponent = population.weight_exponent();
  result.start = population.start();
  result.resetInterval = population.reset_interval();
  result.resetOffset = population.reset_offset();
  return result;
}

std::vector<SynapseRow> MapUnpacker::rows(const fb::Vector<const schema::SynapseRow *> *v) {
  std::vector<SynapseRow> result;
  if (!v || !spend(v->size() * sizeof(schema::SynapseRow)))
    return result;
  result.reserve(v->size());
  for (size_t i = 0; i < v->size(); ++i) {
    uint8_t bytes[sizeof(schema::SynapseRow)];
    std::memcpy(bytes, v->Data() + i * sizeof(bytes), sizeof(bytes));
    schema::SynapseRow row;
    std::memcpy(static_cast<void *>(&row), bytes, sizeof(bytes));
    result.push_back({row.first_weight(), row.first_offset(), row.count(), row.is_dense(), row.delay(),
                      row.first_delay(), row.format()});
  }
  return result;
}

CoreContents MapUnpacker::core(const schema::CoreContents &core) {
  CoreContents result;
  result.isHost = core.is_host();
  result.chip = core.chip();
  result.x = core.x();
  result.y = core.y();
  result.slot = core.slot();
  result.neurons = structs<NeuronRun>(core.neurons());
  result.inAxons = structs<InAxon>(core.in_axons());
  result.rows = rows(core.rows());
  result.weights = numbers(core.weights());
  result.offsets = numbers(core.offsets());
  result.delays = numbers(core.delays());
  result.outBegin = numbers(core.out_begin());
  result.outAxons = structs<OutAxon>(core.out_axons());
  result.firstKey = core.first_key();
  result.keyRanges = structs<KeyRange>(core.key_ranges());
  result.keyedAxons = numbers(core.keyed_axons());
  result.memory = tables(core.memory(), [&](const schema::MemoryRegion &region) {
    return MemoryRegion{text(region.name()), region.offset(), region.bytes()};
  });
  result.formats = structs<SynapseFormat>(core.formats());
  return result;
}

ChipRouter MapUnpacker::router(const schema::ChipRouter &router) {
  return {router.chip(), router.x(), router.y(), tables(router.entries(), [&](const schema::RouteEntry &entry) {
            return RouteEntry{entry.key(), entry.mask(), entry.links(), numbers(entry.cores())};
          })};
}

CoreMap MapUnpacker::map(const schema::CoreMap &map) {
  auto port = [&](const schema::CorePort &port) {
    return CorePort{text(port.name()), port.population(), port.is_membrane()};
  };
  CoreMap result;
  result.target = text(map.target());
  result.arithmetic = ChipArithmetic(map.arithmetic());
  result.isMulticast = map.is_multicast();
  result.chips = map.chips();
  result.gridWidth = map.grid_width();
  result.gridHeight = map.grid_height();
  result.slots = map.slots();
  result.populations = tables(map.populations(), [&](const schema::CorePopulation &p) { return population(p); });
  result.cores = tables(map.cores(), [&](const schema::CoreContents &c) { return core(c); });
  result.routers = tables(map.routers(), [&](const schema::ChipRouter &r) { return router(r); });
  result.inputs = tables(map.inputs(), port);
  result.outputs = tables(map.outputs(), port);
  result.figures = tables(map.figures(), [&](const schema::ChipFigure &figure) {
    return ChipFigure{text(figure.name()), figure.value(), text(figure.provenance()), text(figure.source())};
  });
  return result;
}

Result<CoreMap> lle::runtime::readCoreMap(const void *data, size_t size, const std::string &file) {
  if (size > kMaxPackageBytes)
    return makeError(file, ": has ", size, " bytes, a core map has at most ", kMaxPackageBytes);
  fb::Verifier::Options limits;
  limits.max_depth = 8;
  limits.max_tables = 1u << 24;
  fb::Verifier verifier(static_cast<const uint8_t *>(data), size, limits);
  if (size < sizeof(fb::uoffset_t) || !verifier.VerifyBuffer<schema::CoreMap>(nullptr))
    return makeError(file, ": the structure is damaged or truncated");
  const schema::CoreMap &stored = *fb::GetRoot<schema::CoreMap>(data);
  if (stored.format_version() != kCoreMapVersion)
    return makeError(file, ": format_version: is ", stored.format_version(), ", this runtime reads ", kCoreMapVersion);
  MapUnpacker unpacker(size);
  CoreMap map = unpacker.map(stored);
  if (unpacker.exceeded)
    return makeError(file, ": fields overlap, their contents exceed its ", size, " bytes");
  if (Status status = verifyCoreMap(map, file); !status)
    return status.error();
  return map;
}

//===----------------------------------------------------------------------===//
// Packages
//===----------------------------------------------------------------------===//

namespace {

/// The error of the first port of a package that the map does not have so.
Status checkPorts(const char *list, const std::vector<Port> &ports, const std::vector<CorePort> &mapped,
                  const CoreMap &map, const std::string &file) {
  for (const Port &port : ports) {
    const CorePort *found = nullptr;
    for (const CorePort &candidate : mapped)
      if (candidate.name == port.name)
        found = &candidate;
    auto fail = [&](const std::string &reason) { return makeError(file, ": ", list, " '", port.name, "': ", reason); };
    if (!found)
      return fail("the core map has no such port");
    const CorePopulation &population = map.populations[found->population];
    if (port.shape != population.shape)
      return fail("its shape is not that of the population '" + population.name + "'");
    lle_element given = LLE_I8;
    if (found->isMembrane)
      given = map.arithmetic == ChipArithmetic::Loihi ? LLE_I32 : LLE_F32;
    bool isInput = population.model == NeuronModel::Input;
    bool fits = isInput ? port.element != LLE_F32 && port.element != LLE_F64 : port.element == given;
    if (!fits)
      return fail("its type is not what the population '" + population.name + "' takes or gives");
  }
  return {};
}

} // namespace

Result<CoreMap> lle::runtime::readCoreMap(const Package &package, const std::string &file, const std::string &target) {
  for (const Variant &variant : package.variants) {
    if (variant.kind != VariantKind::CoreMap || (!target.empty() && variant.target != target))
      continue;
    Result<CoreMap> map = readCoreMap(variant.code.data(), variant.code.size(), file + ": " + variant.target);
    if (!map)
      return map;
    if (package.inputs.size() != map->inputs.size())
      return makeError(file, ": the core map has ", map->inputs.size(), " inputs, the package ", package.inputs.size());
    for (Status status : {checkPorts("input", package.inputs, map->inputs, *map, file),
                          checkPorts("output", package.outputs, map->outputs, *map, file)})
      if (!status)
        return status.error();
    return map;
  }
  return makeError(file, ": variants: there is no core map", target.empty() ? "" : " for the target '" + target + "'");
}
