//===- Damage.cpp - files that are wrong ----------------------------------===//
#include "test/fuzz/Damage.h"
#include "runtime/host/PackageFormat.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace lle;
using namespace lle::fuzz;
namespace fb = flatbuffers;
namespace schema = lle::schema;

//===----------------------------------------------------------------------===//
// Bytes
//===----------------------------------------------------------------------===//

static constexpr size_t kEnd = 4096;

static size_t pickPosition(size_t size, Random &random) {
  size_t near = random.below(std::min(size, kEnd));
  return random.pick<size_t>({near, size - 1 - near, random.below(size)});
}

/// The size stays.
static void overwrite(std::string &bytes, Random &random) {
  if (random.chance(0.5)) {
    for (int64_t flips = random.range(1, 16); flips > 0; --flips)
      bytes[pickPosition(bytes.size(), random)] ^= char(1 << random.below(8));
    return;
  }
  size_t at = pickPosition(bytes.size(), random), from = pickPosition(bytes.size(), random);
  size_t length = std::min(bytes.size() - std::max(at, from), size_t(1) << random.below(10));
  std::string block(bytes, from, length);
  if (random.chance(0.5))
    block.assign(length, random.pick({'\0', '\xff', '\x7f', '\x01'}));
  else if (random.chance(0.5))
    std::generate(block.begin(), block.end(), [&] { return char(random.below(256)); });
  bytes.replace(at, length, block);
}

void lle::fuzz::damageBytes(std::string &bytes, Random &random) {
  if (bytes.empty())
    return;
  size_t at = pickPosition(bytes.size(), random), length = 1 + random.below(64);
  switch (random.below(8)) {
  case 0:
    return bytes.resize(at);
  case 1:
    bytes.erase(at, length);
    return;
  case 2:
    bytes.insert(at, length, char(random.below(256)));
    return;
  default:
    overwrite(bytes, random);
  }
}

//===----------------------------------------------------------------------===//
// Graphs
//===----------------------------------------------------------------------===//

static double pickNumber(Random &random) {
  return random.pick({std::nan(""), HUGE_VAL, -HUGE_VAL, 0.0, -0.0, -1.0, 1e-320, 1e308, -1e-3, 0.5});
}

static int64_t pickInteger(Random &random) {
  using Limits = std::numeric_limits<int64_t>;
  return random.pick<int64_t>({0, -1, 1, 3, 1 << 20, int64_t(1) << 31, int64_t(1) << 40, (int64_t(1) << 40) + 1,
                               int64_t(1) << 62, Limits::min(), Limits::max(), random.range(-64, 256)});
}

static nir::Array damageArray(const nir::Array &array, Random &random) {
  nir::Shape shape(array.getShape());
  switch (random.below(6)) {
  case 0:
    return nir::Array::scalar(pickNumber(random));
  case 1:
    return nir::Array::scalar(pickInteger(random));
  case 2: // the wrong shape
    if (!shape.empty() && random.chance(0.5))
      random.pick(shape) = random.range(0, 3);
    else
      shape.insert(shape.begin(), random.range(0, 3));
    return nir::Array::full(shape, 0.5f);
  case 3:
    return random.chance(0.5) ? nir::Array::text("two") : nir::Array::scalar(true);
  case 4:
    return nir::Array::full(shape, pickInteger(random));
  default: { // the same numbers but one
    if (array.getType() == nir::ElementType::String || array.size() == 0)
      return nir::Array::scalar(pickNumber(random));
    std::vector<double> values;
    for (size_t i = 0; i < array.size(); ++i)
      values.push_back(array.number(i));
    random.pick(values) = pickNumber(random);
    return nir::Array::f64(shape, values);
  }
  }
}

static void damageParameter(nir::Node &node, Random &random) {
  if (node.params.empty())
    return;
  auto param = std::next(node.params.begin(), int64_t(random.below(node.params.size())));
  if (random.chance(0.2))
    node.params.erase(param);
  else
    param->second = damageArray(param->second, random);
}

static std::string pickName(nir::Graph &graph, Random &random) {
  return random.pick<std::string>({"", ".", "..", "a/b", "\xff\xfe", "nobody", "line\nbreak", std::string(3000, 'x'),
                                   random.pick(graph.nodes).name, "input", "output"});
}

static void damageOnce(nir::Graph &graph, Random &random) {
  if (graph.nodes.empty())
    return;
  nir::Node &node = random.pick(graph.nodes);
  std::string name = pickName(graph, random);
  if (node.graph && random.chance(0.5))
    return damageOnce(*node.graph, random);
  switch (random.below(9)) {
  case 0: // dangling, or one that is there already
    return random.chance(0.5) ? graph.connect(node.name, name) : graph.connect(name, node.name);
  case 1: // often a cycle
    return graph.connect(random.pick(graph.nodes).name, node.name);
  case 2:
    if (!graph.edges.empty())
      graph.edges.erase(graph.edges.begin() + int64_t(random.below(graph.edges.size())));
    return;
  case 3:
    node.name = std::move(name);
    return;
  case 4:
    if (!node.graph)
      node.type = random.pick({"LIF",       "CubaLIF", "IF",     "I",         "LI",         "Affine",  "Linear",
                               "Scale",     "Conv1d",  "Conv2d", "SumPool2d", "AvgPool2d",  "Flatten", "Delay",
                               "Threshold", "Input",   "Output", "",          "Lif",        "LTC",     "CfC",
                               "WiredCfC",  "LSTM",    "GRU",    "CTRNN",     "Activation", "Slice",   "Transpose"});
    return;
  case 5:
    node.metadata[random.pick<std::string>({"lle/rule", "lle/v_init", "lle/decay", "note"})] =
        random.chance(0.5) ? nir::Array::text("reset=never") : nir::Array::scalar(pickNumber(random));
    return;
  default:
    return damageParameter(node, random);
  }
}

void lle::fuzz::damageGraph(nir::Graph &graph, Random &random) {
  for (int64_t changes = random.range(1, 3); changes > 0; --changes)
    damageOnce(graph, random);
  if (random.chance(0.05))
    graph.metadata[random.pick<std::string>({"lle/dt", "lle/steps", "lle/delays", "lle/inputs", "lle/profile"})] =
        damageArray(nir::Array::scalar(1.0), random);
}

//===----------------------------------------------------------------------===//
// Recordings
//===----------------------------------------------------------------------===//

void lle::fuzz::damageData(std::vector<nir::Observable> &observables, Random &random) {
  for (int64_t changes = random.range(1, 2); changes > 0; --changes) {
    nir::Observable &one = random.pick(observables);
    bool isGrid = one.kind == nir::ObservableKind::TimeGridded;
    switch (random.below(8)) {
    case 0:
      one.kind = nir::ObservableKind(random.below(3));
      break;
    case 1:
      (isGrid ? one.dt : one.tMax) = pickNumber(random);
      break;
    case 2:
      one.neurons = pickInteger(random);
      break;
    case 3:
      one.node = random.pick<std::string>({"", "a/b", "a//b", "/", ".", "..", "\xff", std::string(3000, 'x')});
      break;
    case 4:
      one.name = random.pick<std::string>({"", "a/b", ".", "spikes", "line\nbreak"});
      break;
    default: {
      nir::Array &array = isGrid ? one.data : *random.pick({&one.idx, &one.time, &one.value});
      array = damageArray(array, random);
    }
    }
  }
}

//===----------------------------------------------------------------------===//
// Packages
//===----------------------------------------------------------------------===//

static runtime::Bytes wrap(const std::string &payload) {
  auto *data = reinterpret_cast<const uint8_t *>(payload.data());
  fb::FlatBufferBuilder builder;
  schema::Hash hash = runtime::contentHash(data, payload.size());
  auto vector = builder.CreateVector(data, payload.size());
  schema::FinishPackageBuffer(builder, schema::CreatePackage(builder, &hash, vector));
  return {builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize()};
}

/// Fields are changed in place: the writer refuses what the reader should be tried with. One that is not stored stays
/// at its default.
template <typename T, typename Object>
static void setField(const Object *object, fb::voffset_t field, T value) {
  auto *table = reinterpret_cast<fb::Table *>(const_cast<Object *>(object));
  if (uint8_t *address = const_cast<uint8_t *>(table->GetAddressOf(field)))
    fb::WriteScalar(address, value);
}

template <typename T>
static void setElement(const fb::Vector<T> *numbers, Random &random) {
  if (numbers && numbers->size() != 0)
    const_cast<fb::Vector<T> *>(numbers)->Mutate(fb::uoffset_t(random.below(numbers->size())), T(pickInteger(random)));
}

static void setText(const fb::String *text, Random &random) {
  if (!text)
    return; // packages with a core map leave some out
  auto *bytes = const_cast<uint8_t *>(text->Data());
  if (random.chance(0.5) || text->size() == 0) {
    fb::WriteScalar(bytes - sizeof(fb::uoffset_t), fb::uoffset_t(0));
    bytes[0] = 0;
    return;
  }
  bytes[random.below(text->size())] = uint8_t(random.pick({'\0', '/', '\n', '\xff', 'x'}));
}

static void damagePort(const schema::Port *port, Random &random) {
  switch (random.below(5)) {
  case 0:
    return setField(port, schema::Port::VT_ELEMENT, uint8_t(random.below(8)));
  case 1:
    return setField(port, schema::Port::VT_MAX_SPIKES, int32_t(pickInteger(random)));
  case 2:
    return setField(port, schema::Port::VT_IS_SPIKE, uint8_t(random.below(3)));
  case 3:
    return setText(port->name(), random);
  default:
    return setElement(port->shape(), random);
  }
}

static void damageState(const schema::State *state, Random &random) {
  switch (random.below(6)) {
  case 0:
    return setField(state, schema::State::VT_OFFSET, uint64_t(pickInteger(random)));
  case 1: // often overlaps another
    return setField(state, schema::State::VT_OFFSET, uint64_t(64 * random.below(4)));
  case 2:
    return setField(state, schema::State::VT_BYTES, uint64_t(pickInteger(random)));
  case 3:
    return setText(random.chance(0.5) ? state->node() : state->name(), random);
  case 4:
    return setElement(state->order(), random);
  default:
    return setElement(state->shape(), random);
  }
}

static void damageModel(const schema::Model *model, Random &random) {
  const schema::Variant *variant = model->variants()->Get(0);
  auto *ports = random.chance(0.5) ? model->inputs() : model->outputs();
  switch (random.below(12)) {
  case 0:
    return setField(model, schema::Model::VT_FORMAT_VERSION, uint32_t(pickInteger(random)));
  case 1:
    return setField(model, schema::Model::VT_DT, pickNumber(random));
  case 2:
    return setField(model, schema::Model::VT_STEPS, pickInteger(random));
  case 3:
    return setField(model, schema::Model::VT_ARENA_BYTES, pickInteger(random));
  case 4:
    return setField(model, schema::Model::VT_STATE_BYTES, pickInteger(random));
  case 5:
    return setField(model, schema::Model::VT_ARENA_ALIGNMENT, uint32_t(pickInteger(random)));
  case 6:
    return setText(random.chance(0.3)   ? variant->init_symbol()
                   : random.chance(0.5) ? variant->step_symbol()
                                        : variant->run_symbol(),
                   random);
  case 7:
    return setText(random.pick({model->name(), variant->target(), variant->triple(), model->explain()}), random);
  case 8:
  case 9:
    return !ports || ports->size() == 0 ? void()
                                        : damagePort(ports->Get(fb::uoffset_t(random.below(ports->size()))), random);
  default: {
    auto *states = model->states();
    return !states || states->size() == 0
               ? void()
               : damageState(states->Get(fb::uoffset_t(random.below(states->size()))), random);
  }
  }
}

void lle::fuzz::damagePackage(runtime::Bytes &file, Random &random) {
  if (random.chance(0.3)) {
    std::string bytes(file.begin(), file.end());
    damageBytes(bytes, random);
    file.assign(bytes.begin(), bytes.end());
    return;
  }
  const fb::Vector<uint8_t> &whole = *schema::GetPackage(file.data())->payload();
  std::string payload(whole.begin(), whole.end());
  if (random.chance(0.5)) {
    damageBytes(payload, random);
  } else {
    for (int64_t changes = random.range(1, 2); changes > 0; --changes)
      damageModel(fb::GetRoot<schema::Model>(payload.data()), random);
  }
  file = wrap(payload);
}
