//===- Recordings.cpp - inputs of the benchmarks --------------------------===//
#include "bench/Networks.h"
#include "runtime/host/Npy.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iterator>

using namespace lle;
using namespace lle::bench;

Recording bench::readBraille(const std::string &dataFolder) {
  auto array = runtime::readNpy(dataFolder + "/spiking/derived/braille_input_256x12_label1.npy");
  if (!array)
    return {};
  auto floats = runtime::convertArray(*array, runtime::DType::F32, "braille");
  if (!floats)
    return {};
  Recording recording;
  recording.frameSize = 12;
  recording.values.resize(floats->data.size() / sizeof(float));
  memcpy(recording.values.data(), floats->data.data(), floats->data.size());
  return recording;
}

/// Events of 5 bytes: x, y, then polarity (1 bit) and time in microseconds (23 bits).
Recording bench::readNMNIST(const std::string &dataFolder) {
  constexpr size_t kSide = 34, kMicrosecondsPerFrame = 1000;
  std::ifstream file(dataFolder + "/spiking/nmnist/7.bin", std::ios::binary);
  std::vector<uint8_t> bytes{std::istreambuf_iterator<char>(file), {}};
  auto timeOf = [&](size_t event) -> size_t {
    const uint8_t *e = bytes.data() + event;
    return (size_t(e[2] & 127) << 16) | (size_t(e[3]) << 8) | e[4];
  };
  Recording recording;
  recording.frameSize = 2 * kSide * kSide;
  size_t first = SIZE_MAX, last = 0;
  for (size_t event = 0; event + 5 <= bytes.size(); event += 5) {
    first = std::min(first, timeOf(event));
    last = std::max(last, timeOf(event));
  }
  if (bytes.size() < 5)
    return {};
  recording.values.resize(((last - first) / kMicrosecondsPerFrame + 1) * recording.frameSize);
  for (size_t event = 0; event + 5 <= bytes.size(); event += 5) {
    size_t frame = (timeOf(event) - first) / kMicrosecondsPerFrame, polarity = bytes[event + 2] >> 7;
    recording.values[((frame * 2 + polarity) * kSide + bytes[event + 1]) * kSide + bytes[event]] += 1;
  }
  return recording;
}
