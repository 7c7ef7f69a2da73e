//===- Recordings.cpp - recordings of event sensors as samples ------------===//
#include "passes/Analysis/Recordings.h"
#include "dialects/LLE/LLEOps.h"
#include "passes/Analysis/Downsampling.h"
#include "passes/Analysis/Text.h"
#include "runtime/host/Events.h"

#include "llvm/Support/FileSystem.h"

using namespace mlir;
using namespace lle;

namespace {
class Recordings final : public Dataset {
public:
  Recordings(std::string name, int64_t leastSteps) : name(std::move(name)), leastSteps(leastSteps) {}

  std::string getName() const override { return name; }
  int64_t getSamples() const override { return int64_t(inputs.front().samples.size()); }
  int64_t getSteps(int64_t sample) const override {
    int64_t steps = leastSteps;
    for (const Input &input : inputs)
      steps = std::max(steps, input.samples[sample].steps());
    return steps;
  }

  llvm::Error getStep(int64_t sample, int64_t step, std::vector<Values> &frame) const override {
    frame.resize(inputs.size());
    for (auto [values, input] : llvm::zip_equal(frame, inputs)) {
      values.assign(input.elements, 0);
      const runtime::EventFrames &events = input.samples[sample];
      if (step >= events.steps())
        continue;
      for (uint64_t i = step ? events.ends[step - 1] : 0; i < events.ends[step]; ++i) {
        double &element = values[events.positions[i]];
        element = input.isBinary ? 1 : element + 1;
      }
    }
    return llvm::Error::success();
  }

  llvm::Error add(ArrayRef<std::string> files, StringRef name, RankedTensorType type, runtime::Binning binning);

private:
  struct Input {
    std::vector<runtime::EventFrames> samples;
    size_t elements;
    bool isBinary;
  };

  std::string name;
  int64_t leastSteps;
  std::vector<Input> inputs;
};
} // namespace

llvm::Error Recordings::add(ArrayRef<std::string> files, StringRef name, RankedTensorType type,
                            runtime::Binning binning) {
  if (type.getRank() != 3)
    return llvm::createStringError("dataset: input '" + name + "' of shape " + formatShape(type.getShape()) +
                                   " takes no recordings of events, which have channels, rows and columns");
  binning.channels = type.getDimSize(0);
  binning.height = type.getDimSize(1);
  binning.width = type.getDimSize(2);
  Input input{{}, size_t(type.getNumElements()), type.getElementType().isInteger(1)};
  for (const std::string &file : files) {
    runtime::Result<std::vector<runtime::Event>> events = runtime::readEvents(file);
    if (!events)
      return llvm::createStringError(events.error().message);
    runtime::Result<runtime::EventFrames> frames = runtime::binEvents(*events, binning, file);
    if (!frames)
      return llvm::createStringError(frames.error().message);
    input.samples.push_back(std::move(*frames));
  }
  if (!inputs.empty() && input.samples.size() != inputs.front().samples.size())
    return llvm::createStringError("dataset: input '" + name + "' has " + Twine(input.samples.size()) +
                                   " recordings, another one " + Twine(inputs.front().samples.size()));
  inputs.push_back(std::move(input));
  return llvm::Error::success();
}

/// The files among the paths, and those in the folders among them, in the order of their names.
static llvm::Expected<std::vector<std::string>> listFiles(ArrayRef<std::string> paths) {
  std::vector<std::string> files;
  for (const std::string &path : paths) {
    if (!llvm::sys::fs::is_directory(path)) {
      files.push_back(path);
      continue;
    }
    std::error_code error;
    const size_t before = files.size();
    for (llvm::sys::fs::recursive_directory_iterator it(path, error), end; it != end && !error; it.increment(error))
      if (llvm::sys::fs::is_regular_file(it->path()))
        files.push_back(it->path());
    if (error)
      return llvm::createStringError(error, path + ": " + error.message());
    if (files.size() == before)
      return llvm::createStringError(path + ": there is no file in the folder");
    llvm::sort(files.begin() + int64_t(before), files.end());
  }
  return std::move(files);
}

llvm::Expected<std::unique_ptr<Dataset>> lle::readRecordings(ArrayRef<std::vector<std::string>> paths,
                                                             NetworkOp network, const RecordingOptions &options) {
  runtime::Binning binning;
  binning.bins = options.bins;
  if (!options.bin.empty() && options.bins != 0)
    return llvm::createStringError("say either bin or bins");
  if (options.bins < 0)
    return llvm::createStringError("bins must not be negative, got " + Twine(options.bins));
  if (!options.bin.empty()) {
    runtime::Result<uint64_t> duration = runtime::parseDuration(options.bin, "bin");
    if (!duration)
      return llvm::createStringError(duration.error().message);
    binning.microseconds = *duration;
  }
  std::vector<std::string> all;
  for (const std::vector<std::string> &each : paths)
    llvm::append_range(all, each);
  auto recordings =
      std::make_unique<Recordings>(getFileNames(all), network.getSteps().value_or(0) * getDownsampling(network));
  for (auto [input, each] : llvm::enumerate(paths)) {
    llvm::Expected<std::vector<std::string>> files = listFiles(each);
    if (!files)
      return files.takeError();
    if (llvm::Error error = recordings->add(*files, network.getInputName(input),
                                            cast<RankedTensorType>(network.getArgumentTypes()[input]), binning))
      return std::move(error);
  }
  return std::unique_ptr<Dataset>(std::move(recordings));
}
