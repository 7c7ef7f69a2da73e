//===- ImageTest.cpp - what a core's memory is loaded with ----------------===//

#include "runtime/coremap/Image.h"
#include "runtime/coremap/Layout.h"
#include "runtime/coremap/Routing.h"
#include "test/unit/CoreMap/RandomCoreMap.h"
#include "gmock/gmock.h"

#include <cstring>
#include <map>

using namespace lle::runtime;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

/// Reads an image by Layout.h alone.
class ImageReader {
public:
  ImageReader(const Bytes &image, const CoreContents &core) : image(image) {
    for (const MemoryRegion &region : core.memory)
      places[region.name] = region;
  }

  template <typename T>
  T get(uint64_t at) const {
    T value;
    EXPECT_LE(at + sizeof(T), image.size());
    std::memcpy(&value, image.data() + at, sizeof(T));
    return value;
  }
  uint64_t begin(const char *region) const { return places.count(region) ? places.at(region).offset : 0; }

  /// (target, weight, delay) of an in-axon, in the order of the row.
  std::vector<std::array<int, 3>> readAxon(uint32_t axon) const {
    uint64_t entry = begin("in-axons") + 4 * axon;
    uint64_t row = begin("synapses") + 4 * uint64_t(get<uint16_t>(entry));
    uint32_t base = get<uint16_t>(entry + 2), count = get<uint16_t>(row), form = get<uint8_t>(row + 2);
    uint64_t weights = row + 4, offsets = weights + count, delays = offsets + count * (form & 3);
    std::vector<std::array<int, 3>> synapses;
    for (uint32_t i = 0; i < count; ++i) {
      uint32_t offset = (form & 3) == 0   ? i
                        : (form & 3) == 1 ? get<uint8_t>(offsets + i)
                                          : get<uint16_t>(offsets + 2 * i);
      synapses.push_back(
          {int(base + offset), get<int8_t>(weights + i), form & 4 ? get<uint8_t>(delays + i) : get<uint8_t>(row + 3)});
    }
    return synapses;
  }

  /// A parameter of a neuron of a run.
  float readParameter(size_t run, uint32_t number, uint32_t neuron) const {
    uint64_t at = begin("parameters") + 40 * run;
    if (get<uint32_t>(at + 16) >> (2 + number) & 1)
      return get<float>(get<uint32_t>(at + 20 + 4 * number) + 4 * uint64_t(neuron));
    return get<float>(at + 20 + 4 * number);
  }

private:
  const Bytes &image;
  std::map<std::string, MemoryRegion> places;
};

std::vector<std::array<int, 3>> getAxon(const CoreContents &core, uint32_t axon) {
  const SynapseRow &row = core.rows[core.inAxons[axon].row];
  std::vector<std::array<int, 3>> synapses;
  for (uint32_t i = 0; i < row.count; ++i)
    synapses.push_back({int(core.inAxons[axon].base + (row.isDense ? i : core.offsets[row.firstOffset + i])),
                        core.weights[row.firstWeight + i],
                        row.firstDelay == UINT32_MAX ? row.delay : core.delays[row.firstDelay + i]});
  return synapses;
}

float getParameter(const CorePopulation &population, const char *name, uint32_t neuron) {
  for (const NeuronParameter &parameter : population.parameters)
    if (parameter.name == name)
      return parameter.reals[parameter.reals.size() == 1 ? 0 : neuron];
  return 0;
}

void expectImage(const CoreMap &map, uint32_t number) {
  const CoreContents &core = map.cores[number];
  Result<Bytes> image = writeCoreImage(map, number);
  ASSERT_TRUE(bool(image)) << image.error().message;
  ImageReader reader(*image, core);
  for (uint32_t axon = 0; axon < core.inAxons.size(); ++axon)
    ASSERT_EQ(reader.readAxon(axon), getAxon(core, axon)) << axon;
  for (size_t i = 0; i < core.keyRanges.size(); ++i) {
    uint64_t at = reader.begin("key-ranges") + 8 * i;
    EXPECT_EQ(reader.get<uint32_t>(at), core.keyRanges[i].firstKey);
    EXPECT_EQ(reader.get<uint16_t>(at + 4), core.keyRanges[i].count);
    EXPECT_EQ(reader.get<uint16_t>(at + 6), core.keyRanges[i].firstAxon);
  }
  for (size_t i = 0; i < core.keyedAxons.size(); ++i)
    EXPECT_EQ(reader.get<uint16_t>(reader.begin("keyed-axons") + 2 * i), uint16_t(core.keyedAxons[i]));
  uint32_t local = 0;
  for (size_t i = 0; i < core.neurons.size(); ++i) {
    const NeuronRun &run = core.neurons[i];
    const CorePopulation &population = map.populations[run.population];
    uint64_t at = reader.begin("parameters") + 40 * i;
    EXPECT_EQ(reader.get<uint16_t>(at), local);
    EXPECT_EQ(reader.get<uint16_t>(at + 2), run.count);
    EXPECT_EQ(reader.get<uint32_t>(at + 4), population.start);
    EXPECT_EQ(reader.get<uint32_t>(at + 8), population.resetInterval);
    EXPECT_EQ(reader.get<uint32_t>(at + 12), population.resetOffset);
    EXPECT_EQ(reader.get<uint32_t>(at + 16) & 1, uint32_t(population.reset == ResetRule::Subtract));
    EXPECT_EQ(reader.get<uint32_t>(at + 16) >> 1 & 1, uint32_t(population.model == NeuronModel::CubaLI));
    uint32_t parameter = 0;
    for (const char *name : {"decay_i", "decay_v", "v_threshold", "bias", "v_reset"}) {
      for (uint32_t n = 0; n < run.count; ++n)
        EXPECT_EQ(reader.readParameter(i, parameter, n), getParameter(population, name, run.first + n)) << name;
      ++parameter;
    }
    local += run.count;
  }
}

} // namespace

TEST(Image, ReadsBackAsTheMap) {
  std::mt19937 random(7);
  size_t images = 0, arrays = 0;
  for (unsigned i = 0; i < 40; ++i) {
    CoreMap map = makeRandomMap(random, ChipArithmetic::SpiNNaker2);
    for (CorePopulation &population : map.populations) {
      population.start = i;
      if (population.parameters.empty())
        continue;
      population.reset = i % 2 ? ResetRule::Subtract : ResetRule::ToZero;
      for (NeuronParameter &parameter : population.parameters)
        for (float &value : parameter.reals)
          value = std::uniform_real_distribution<float>(-1, 1)(random);
      arrays += population.parameters.front().reals.size() > 1;
    }
    ASSERT_TRUE(bool(assignKeys(map)));
    layOutMemory(map);
    for (uint32_t core = 0; core < map.cores.size(); ++core)
      if (!map.cores[core].isHost) {
        expectImage(map, core);
        ++images;
      }
  }
  EXPECT_GT(images, 80u);
  EXPECT_GT(arrays, 20u);
}

// One run without arrays, one row of two synapses: the bytes as they lie.
TEST(Image, Bytes) {
  CoreMap map;
  map.arithmetic = ChipArithmetic::SpiNNaker2;
  map.populations.push_back({"a", NeuronModel::CubaLI, {3}, {{"decay_v", {}, {0.5f}}}});
  CoreContents &core = map.cores.emplace_back();
  core.neurons = {{0, 0, 3}};
  core.rows = {{0, 0, 2, false, 3}};
  core.weights = {-2, 127};
  core.offsets = {0, 2};
  core.inAxons = {{0, 0}};
  core.memory = layOutCore(map, core);
  Result<Bytes> image = writeCoreImage(map, 0);
  ASSERT_TRUE(bool(image));
  EXPECT_THAT(Bytes(image->begin(), image->begin() + 4), ElementsAre(0, 0, 3, 0));
  EXPECT_THAT(Bytes(image->begin() + 16, image->begin() + 28), ElementsAre(2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x3f));
  EXPECT_THAT(Bytes(image->begin() + 76, image->begin() + 88), ElementsAre(2, 0, 1, 3, 0xfe, 127, 0, 2, 0, 0, 0, 0));
  EXPECT_EQ(image->size(), 88u + 3 * 4 * 8);
}

TEST(Image, Refusals) {
  std::mt19937 random(3);
  CoreMap map = makeRandomMap(random, ChipArithmetic::Loihi);
  layOutMemory(map);
  EXPECT_THAT(writeCoreImage(map, 1).error().message, HasSubstr("there is no layout of the memory of loihi2"));
  map = makeRandomMap(random, ChipArithmetic::SpiNNaker2);
  layOutMemory(map);
  EXPECT_THAT(writeCoreImage(map, 0).error().message, HasSubstr("core 0: is the host"));
  map.cores[1].weights[0] = 200;
  EXPECT_EQ(writeCoreImage(map, 1).error().message, "core 1: a weight does not fit 8 bits");
}
