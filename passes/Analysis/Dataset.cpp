//===- Dataset.cpp - sequences that networks are measured on --------------===//
#include "passes/Analysis/Dataset.h"
#include "dialects/LLE/LLEOps.h"
#include "passes/Analysis/Downsampling.h"
#include "passes/Analysis/Recordings.h"
#include "passes/Analysis/Text.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"

#include <cmath>

using namespace mlir;
using namespace lle;

/// Names in a list before the rest of it is counted.
static constexpr size_t kNames = 8;

std::string lle::getFileNames(ArrayRef<std::string> paths) {
  auto names =
      llvm::map_range(paths.take_front(kNames), [](StringRef path) { return llvm::sys::path::filename(path).str(); });
  std::string rest = paths.size() > kNames ? " and " + std::to_string(paths.size() - kNames) + " more" : "";
  return llvm::join(names, ", ") + rest;
}

template <typename T>
static void copyNumbers(const runtime::Array &array, size_t first, size_t count, Values &values) {
  ArrayRef<T> numbers(reinterpret_cast<const T *>(array.data.data()) + first, count);
  values.assign(numbers.begin(), numbers.end());
}

/// Some elements of an array; spikes of bytes take an eighth of the memory that double precision does.
static void readFrame(const runtime::Array &array, size_t first, size_t count, Values &values) {
  switch (array.type) {
  case runtime::DType::Bool:
  case runtime::DType::U8:
    return copyNumbers<uint8_t>(array, first, count, values);
  case runtime::DType::I8:
    return copyNumbers<int8_t>(array, first, count, values);
  case runtime::DType::U16:
    return copyNumbers<uint16_t>(array, first, count, values);
  case runtime::DType::I16:
    return copyNumbers<int16_t>(array, first, count, values);
  case runtime::DType::U32:
    return copyNumbers<uint32_t>(array, first, count, values);
  case runtime::DType::I32:
    return copyNumbers<int32_t>(array, first, count, values);
  case runtime::DType::I64:
    return copyNumbers<int64_t>(array, first, count, values);
  case runtime::DType::F32:
    return copyNumbers<float>(array, first, count, values);
  case runtime::DType::F64:
    return copyNumbers<double>(array, first, count, values);
  }
}

namespace {
class Arrays final : public Dataset {
public:
  std::string getName() const override { return getFileNames(paths); }
  int64_t getSamples() const override { return samples; }
  int64_t getSteps(int64_t) const override { return steps; }

  llvm::Error getStep(int64_t sample, int64_t step, std::vector<Values> &inputs) const override {
    inputs.resize(sequences.size());
    for (auto [values, sequence] : llvm::zip_equal(inputs, sequences)) {
      const size_t frames = size_t(sequence.steps);
      const size_t position = size_t(sample) * frames + (frames == 1 ? 0 : size_t(step));
      readFrame(sequence.array, position * sequence.elements, sequence.elements, values);
    }
    return llvm::Error::success();
  }

  /// `stillSteps` is how many steps a sample has whose array has none.
  llvm::Error add(const std::string &path, StringRef input, RankedTensorType type, int64_t stillSteps);

private:
  /// Of an input: (samples, steps, elements), as the file has it; one step where all are the same.
  struct Sequence {
    runtime::Array array;
    int64_t steps;
    size_t elements; ///< Of a step.
  };

  std::vector<std::string> paths;
  std::vector<Sequence> sequences;
  int64_t samples = 0, steps = 0;
};
} // namespace

llvm::Error Arrays::add(const std::string &path, StringRef input, RankedTensorType type, int64_t stillSteps) {
  llvm::Expected<runtime::Array> read = readArrayFile(path);
  if (!read)
    return read.takeError();
  ArrayRef<int64_t> shape = read->shape;
  const bool isStill = shape.size() == size_t(type.getRank()) + 1 && shape.drop_front(1) == type.getShape();
  if (!isStill && (shape.size() != size_t(type.getRank()) + 2 || shape.drop_front(2) != type.getShape()))
    return llvm::createStringError(path + ": input '" + input + "' expects an array of shape (samples, steps" +
                                   (type.getRank() ? ", " : "") + StringRef(formatShape(type.getShape())).drop_front() +
                                   ", got " + formatShape(shape));
  const int64_t length = isStill ? stillSteps : shape[1];
  if (shape[0] == 0 || length == 0)
    return llvm::createStringError(path + ": there is no step in it: its shape is " + formatShape(shape));
  if (!sequences.empty() && (shape[0] != samples || length != steps))
    return llvm::createStringError(path + ": has " + Twine(shape[0]) + " samples of " + Twine(length) + " steps, but " +
                                   paths.front() + " has " + Twine(samples) + " of " + Twine(steps));
  samples = shape[0];
  steps = length;
  const size_t frames = size_t(samples) * size_t(isStill ? 1 : length), elements = size_t(type.getNumElements());
  if (isSpikeElement(type.getElementType())) {
    Values values;
    for (size_t frame = 0; frame < frames; ++frame) {
      readFrame(*read, frame * elements, elements, values);
      for (double value : values)
        if (value != std::floor(value) || (type.getElementType().isInteger(1) && value != 0 && value != 1))
          return llvm::createStringError(path + ": input '" + input + "' carries spikes, got " + std::to_string(value));
    }
  }
  paths.push_back(path);
  sequences.push_back({std::move(*read), isStill ? 1 : length, elements});
  return llvm::Error::success();
}

/// The paths of each input of the network.
static llvm::Expected<std::vector<std::vector<std::string>>> assignPaths(ArrayRef<std::string> files,
                                                                         NetworkOp network) {
  unsigned count = network.getArgumentTypes().size();
  std::vector<std::vector<std::string>> paths(count);
  for (StringRef file : files) {
    auto [name, path] = file.split('=');
    unsigned input = 0;
    if (path.empty() && count == 1)
      path = file;
    else
      while (input < count && network.getInputName(input) != name)
        ++input;
    if (input == count || path.empty())
      return llvm::createStringError("dataset=" + file + ": expected NAME=FILE with the name of an input");
    paths[input].push_back(path.str());
  }
  for (unsigned input = 0; input < count; ++input)
    if (paths[input].empty())
      return llvm::createStringError("dataset: there is no file for the input '" + network.getInputName(input) + "'");
  return std::move(paths);
}

static llvm::Expected<std::unique_ptr<Dataset>> readEachStep(ArrayRef<std::string> files, NetworkOp network,
                                                             const RecordingOptions &recordings) {
  llvm::Expected<std::vector<std::vector<std::string>>> paths = assignPaths(files, network);
  if (!paths)
    return paths.takeError();
  if (!recordings.bin.empty() || recordings.bins != 0)
    return readRecordings(*paths, network, recordings);
  auto arrays = std::make_unique<Arrays>();
  for (auto [input, each] : llvm::enumerate(*paths)) {
    std::string name = network.getInputName(input);
    if (each.size() > 1)
      return llvm::createStringError("dataset=" + each[1] + ": the input '" + name +
                                     "' is given twice; several files are samples where they are recordings of "
                                     "events, whose steps bin or bins says");
    if (llvm::Error error = arrays->add(each.front(), name, cast<RankedTensorType>(network.getArgumentTypes()[input]),
                                        network.getSteps().value_or(1) * getDownsampling(network)))
      return std::move(error);
  }
  return std::unique_ptr<Dataset>(std::move(arrays));
}

llvm::Expected<std::unique_ptr<Dataset>> lle::readDataset(ArrayRef<std::string> files, NetworkOp network,
                                                          const RecordingOptions &recordings) {
  llvm::Expected<std::unique_ptr<Dataset>> data = readEachStep(files, network, recordings);
  if (!data || getDownsampling(network) == 1)
    return data;
  return downsample(std::move(*data), network);
}
