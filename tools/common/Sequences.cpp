//===- Sequences.cpp - arrays in files as inputs and results --------------===//
#include "tools/common/Sequences.h"
#include "runtime/host/ArrayFile.h"
#include "runtime/host/Gzip.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>
#include <cstring>
#include <limits>

using namespace lle;
using llvm::ArrayRef;
using llvm::Expected;
using llvm::StringRef;
using llvm::Twine;

llvm::Error lle::toError(const runtime::Error &error) { return llvm::createStringError(error.message); }

static int64_t countElements(ArrayRef<int64_t> shape) {
  int64_t count = 1;
  for (int64_t dim : shape)
    count *= dim;
  return count;
}

Expected<NamedPath> lle::parseNamedPath(StringRef option, StringRef argument, ArrayRef<runtime::Port> ports) {
  auto [name, path] = argument.split('=');
  for (auto [index, port] : llvm::enumerate(ports))
    if (!path.empty() && port.name == name)
      return NamedPath{index, path.str()};
  if (path.empty() && ports.size() == 1)
    return NamedPath{0, argument.str()};
  auto names = llvm::map_range(ports, [](const runtime::Port &port) { return port.name; });
  return llvm::createStringError("--" + option + "=" + argument + ": expected NAME=FILE, with one of the names " +
                                 llvm::join(names, ", "));
}

//===----------------------------------------------------------------------===//
// Inputs
//===----------------------------------------------------------------------===//

/// The shape of the sensor whose recording the port takes.
static Expected<std::vector<int64_t>> getSensorShape(const runtime::Port &port, const InputOptions &options) {
  if (options.shape.empty() && port.shape.size() == 3)
    return port.shape;
  std::string name = "input '" + port.name + "' of shape " + formatShape(port.shape);
  if (options.shape.empty())
    return llvm::createStringError("--shape: " + name +
                                   " does not say the sensor's channels, rows and columns; "
                                   "give them, as in --shape=2x34x34");
  // A frame for a flat port is its elements row by row.
  if (countElements(options.shape) != countElements(port.shape) ||
      (port.shape.size() > 1 && options.shape != port.shape))
    return llvm::createStringError("--shape: frames of shape " + formatShape(options.shape) + " do not fit " + name);
  return options.shape;
}

llvm::Error Sequences::Source::addRecording(const std::string &file, const runtime::Bytes &bytes,
                                            const InputOptions &options) {
  runtime::Result<std::vector<runtime::Event>> events = runtime::parseEvents(bytes.data(), bytes.size(), file);
  if (!events)
    return toError(events.error());
  Expected<std::vector<int64_t>> shape = getSensorShape(port, options);
  if (!shape)
    return shape.takeError();
  runtime::Result<runtime::EventFrames> frames =
      runtime::binEvents(*events, {(*shape)[0], (*shape)[1], (*shape)[2], options.binMicroseconds, options.bins}, file);
  if (!frames)
    return toError(frames.error());
  ++samples;
  steps = std::max(steps, frames->steps());
  merge = options.merge;
  usesBins = true;
  recordings.push_back({file, std::move(*frames)});
  return llvm::Error::success();
}

llvm::Error Sequences::Source::addArray(runtime::Result<runtime::Array> read) {
  if (!read)
    return toError(read.error());
  array = std::move(*read);
  if (port.shape == std::vector<int64_t>{1} && array.shape.size() == 2)
    array.shape.push_back(1);
  ArrayRef<int64_t> shape = array.shape;
  if (shape.size() != port.shape.size() + 2 || shape.drop_front(2) != ArrayRef(port.shape)) {
    std::vector<std::string> expected{"samples", "steps"};
    for (int64_t dim : port.shape)
      expected.push_back(std::to_string(dim));
    return llvm::createStringError(path + ": input '" + port.name + "' expects an array of shape (" +
                                   llvm::join(expected, ", ") + "), got " + formatShape(shape));
  }
  samples = shape[0];
  steps = shape[1];
  return llvm::Error::success();
}

/// The dt of networks of liquid cells, which count time themselves.
static constexpr double kOwnTime = 1;

llvm::Error Sequences::Source::addNIRData(const std::string &file, const InputOptions &options, double dt) {
  Expected<std::vector<nir::Observable>> observables = readNIRData(file);
  if (!observables)
    return observables.takeError();
  Expected<nir::Observable> selected = selectObservable(std::move(*observables), port.name, "", file);
  if (!selected)
    return selected.takeError();
  if (selected->kind != nir::ObservableKind::TimeGridded && (options.binMicroseconds || options.bins)) {
    dt = options.bins ? selected->tMax / options.bins : options.binMicroseconds * 1e-6;
    usesBins = true;
  } else if (dt == kOwnTime) {
    dt = selected->kind == nir::ObservableKind::TimeGridded ? selected->dt : dt;
  }
  Expected<nir::Observable> grid = nir::toTimeGrid(*selected, dt, options.merge);
  if (!grid)
    return llvm::createStringError(file + ": " + llvm::toString(grid.takeError()));
  if (grid->neurons != countElements(port.shape))
    return llvm::createStringError(file + ": " + nir::describe(*grid) + " has " + Twine(grid->neurons) +
                                   " neurons, but input '" + port.name + "' has the shape " + formatShape(port.shape));
  Expected<runtime::Array> read = lle::toArray(*grid, file);
  if (!read)
    return read.takeError();
  read->shape.pop_back();
  llvm::append_range(read->shape, port.shape);
  return addArray(std::move(*read));
}

static constexpr size_t kMaxFileBytes = size_t(1) << 40;

/// Whether this is an array, and of another format than .npy: a member of a file, or one that says so at its beginning.
static bool isOtherArray(StringRef path) {
  if (path.ends_with(".npz") || !llvm::sys::fs::exists(path))
    return path.contains(':') || path.ends_with(".npz");
  auto head = llvm::MemoryBuffer::getFileSlice(path, 4, 0);
  if (!head)
    return false;
  auto *bytes = reinterpret_cast<const uint8_t *>((*head)->getBufferStart());
  size_t size = (*head)->getBufferSize();
  return runtime::isIdx(bytes, size) || runtime::isGzip(bytes, size);
}

Expected<Sequences::Source> Sequences::readSource(const runtime::Port &port, ArrayRef<std::string> paths,
                                                  const InputOptions &options, double dt) {
  Source source;
  source.port = port;
  source.path = paths.front();
  for (const std::string &path : paths) {
    const bool usesEvents = options.binMicroseconds || options.bins;
    if (paths.size() == 1 && !usesEvents && isOtherArray(path)) {
      Expected<runtime::Array> array = readArrayFile(path);
      if (!array)
        return array.takeError();
      if (llvm::Error error = source.addArray(std::move(*array)))
        return std::move(error);
      continue;
    }
    runtime::Result<runtime::Bytes> bytes = runtime::readFile(path, kMaxFileBytes);
    if (!bytes)
      return toError(bytes.error());
    // Recordings have no mark of their own: what is no array is one, where steps are said.
    bool isArray = runtime::isNpy(bytes->data(), bytes->size()), isData = isHDF5(*bytes);
    if (!isArray && !isData && usesEvents) {
      if (llvm::Error error = source.addRecording(path, *bytes, options))
        return std::move(error);
      continue;
    }
    if (paths.size() > 1)
      return llvm::createStringError("--" + options.name + ": '" + port.name +
                                     "' is given twice; several files are the samples " +
                                     "only where they are recordings of events, and " + path + " is not");
    if (isData) {
      if (llvm::Error error = source.addNIRData(path, options, dt))
        return std::move(error);
      continue;
    }
    if (!isArray)
      return llvm::createStringError(path + ": is no .npy file (the magic string is missing); a recording of events "
                                            "needs --bin or --bins");
    if (llvm::Error error = source.addArray(runtime::parseNpy(bytes->data(), bytes->size(), path)))
      return std::move(error);
  }
  return std::move(source);
}

llvm::Error Sequences::add(Source source) {
  if (!source.recordings.empty())
    source.steps = std::max(source.steps, leastSteps);
  if (sources.empty()) {
    samples = source.samples;
    steps = source.steps;
  } else if (source.samples != samples || source.steps != steps) {
    return llvm::createStringError(source.path + ": has " + Twine(source.samples) + " samples of " +
                                   Twine(source.steps) + " steps, but " + sources.front().path + " has " +
                                   Twine(samples) + " of " + Twine(steps));
  }
  sources.push_back(std::move(source));
  return llvm::Error::success();
}

/// The input through which irregular time steps come.
static constexpr StringRef kTimespans = "timespans";

/// The files of each port.
static Expected<std::vector<std::vector<std::string>>> assignPaths(const InputOptions &options,
                                                                   ArrayRef<runtime::Port> ports) {
  std::vector<std::vector<std::string>> paths(ports.size());
  const std::string &timespans = options.timespans;
  auto timed = llvm::find_if(ports, [](const runtime::Port &port) { return port.name == kTimespans; });
  if (!timespans.empty() && timed == ports.end())
    return llvm::createStringError("--timespans=" + timespans + ": the model has no input '" + kTimespans +
                                   "': its time step is fixed");
  if (!timespans.empty())
    paths[timed - ports.begin()] = {timespans};
  for (StringRef argument : options.arguments) {
    // With the time steps given apart, one other input needs no name.
    bool isOther = !timespans.empty() && ports.size() == 2 && !argument.contains('=');
    Expected<NamedPath> named = isOther ? Expected<NamedPath>(NamedPath{size_t(timed == ports.begin()), argument.str()})
                                        : parseNamedPath(options.name, argument, ports);
    if (!named)
      return named.takeError();
    paths[named->port].push_back(named->path);
  }
  return paths;
}

Expected<Sequences> Sequences::read(const InputOptions &options, const InputModel &model) {
  auto [ports, steps, dt, downsampling] = model;
  if (options.downsample > 0)
    downsampling = options.downsample;
  Expected<std::vector<std::vector<std::string>>> paths = assignPaths(options, ports);
  if (!paths)
    return paths.takeError();
  Sequences sequences;
  sequences.downsample = downsampling;
  sequences.leastSteps = steps * downsampling;
  bool usesBins = false;
  for (auto [port, files] : llvm::zip(ports, *paths)) {
    if (files.empty())
      return llvm::createStringError("--" + options.name + ": the model's input '" + port.name + "' is missing");
    Expected<Source> source = readSource(port, files, options, dt / double(downsampling));
    if (!source)
      return source.takeError();
    usesBins |= source->usesBins;
    if (llvm::Error error = sequences.add(std::move(*source)))
      return std::move(error);
  }
  if (ports.empty())
    return llvm::createStringError("the model has no input, so nothing says how many steps to run");
  if (!usesBins && (options.binMicroseconds || options.bins))
    return llvm::createStringError("--" + Twine(options.bins ? "bins" : "bin") +
                                   " is for recordings of events; the steps of " + sequences.sources.front().path +
                                   " are given");
  if (sequences.samples == 0 || sequences.steps == 0)
    return llvm::createStringError(sequences.sources.front().path + ": holds no sample or no step");
  if (sequences.countGroups(sequences.steps) < steps)
    return llvm::createStringError(sequences.sources.front().path + ": has " + Twine(sequences.steps) +
                                   " steps, but a sample of this model has " + Twine(sequences.leastSteps));
  if (llvm::Error error = sequences.setLimit(options.steps))
    return std::move(error);
  return std::move(sequences);
}

llvm::Error Sequences::setLimit(StringRef argument) {
  if (argument.empty())
    return llvm::Error::success();
  auto refuse = [&](const Twine &reason) { return llvm::createStringError("--steps=" + argument + ": " + reason); };
  if (argument == "model") {
    if (leastSteps == 0)
      return refuse("the model does not say how many steps a sample has");
    limit = leastSteps;
    return llvm::Error::success();
  }
  if (!llvm::to_integer(argument, limit) || limit < 1)
    return refuse("expected a number above 0, or 'model'");
  if (limit < leastSteps / downsample)
    return refuse("a sample of this model has " + Twine(leastSteps / downsample));
  if (limit > countGroups(steps))
    return refuse(sources.front().path + " has " + Twine(countGroups(steps)));
  limit *= downsample;
  return llvm::Error::success();
}

/// Why the port cannot carry the value, or null.
static const char *getComplaint(const runtime::Port &port, double value) {
  if (!std::isfinite(value))
    return "is not finite";
  if (!port.isSpike)
    return port.element == LLE_F32 && std::abs(value) > std::numeric_limits<float>::max() ? "is beyond f32" : nullptr;
  if (port.maxSpikes == 1)
    return value == 0 || value == 1 ? nullptr : "is no spike; expected 0 or 1";
  // Fixed point uses the smallest number of a type as well, which is one more in magnitude than the largest.
  bool holds = value == std::trunc(value) && value <= port.maxSpikes && value >= -double(port.maxSpikes) - 1;
  return holds ? nullptr : "is no number of spikes that the port holds";
}

int64_t Sequences::Source::getSteps(int64_t sample) const {
  return recordings.empty() ? steps : recordings[sample].frames.steps();
}

int64_t Sequences::getSteps(int64_t sample) const {
  int64_t longest = leastSteps;
  for (const Source &source : sources)
    longest = std::max(longest, source.getSteps(sample));
  return countGroups(std::min(longest, limit));
}

int64_t Sequences::getTotalSteps() const {
  int64_t total = 0;
  for (int64_t sample = 0; sample < samples; ++sample)
    total += getSteps(sample);
  return total;
}

Expected<Values> Sequences::Source::getStep(int64_t sample, int64_t step) const {
  size_t elements = countElements(port.shape);
  if (step >= getSteps(sample)) // silence
    return Values(elements);
  if (recordings.empty()) {
    size_t bytes = elements * runtime::dtypeBytes(array.type);
    const uint8_t *begin = array.data.data() + (sample * steps + step) * bytes;
    return toValues({array.type, port.shape, runtime::Bytes(begin, begin + bytes)}, path);
  }
  Values values(elements);
  const runtime::EventFrames &frames = recordings[sample].frames;
  for (uint64_t i = step ? frames.ends[step - 1] : 0; i < frames.ends[step]; ++i) {
    double &element = values[frames.positions[i]];
    element = merge == nir::EventMerge::Binary ? 1 : element + 1;
  }
  return values;
}

llvm::Error Sequences::getStep(int64_t sample, int64_t step, std::vector<Values> &inputs) const {
  inputs.clear();
  for (const Source &source : sources) {
    Expected<Values> values = source.getStep(sample, step * downsample);
    if (!values)
      return values.takeError();
    for (int64_t i = 1; i < downsample; ++i) {
      Expected<Values> more = source.getStep(sample, step * downsample + i);
      if (!more)
        return more.takeError();
      for (auto [sum, value] : llvm::zip_equal(*values, *more))
        sum += value;
    }
    if (downsample > 1 && !source.port.isSummed)
      for (double &value : *values)
        value /= double(downsample);
    const std::string &path = source.recordings.empty() ? source.path : source.recordings[sample].path;
    for (auto [index, value] : llvm::enumerate(*values))
      if (const char *complaint = getComplaint(source.port, value))
        return llvm::createStringError(path + ": sample " + Twine(sample) + ", step " + Twine(step) + ", element " +
                                       Twine(index) + ": " + formatNumber(value) + " " + complaint +
                                       (source.recordings.empty() ? "" : "; --events=binary makes several events one"));
    inputs.push_back(std::move(*values));
  }
  return llvm::Error::success();
}

std::vector<int64_t> lle::getRecordedShape(const runtime::Port &port, int64_t samples, int64_t steps) {
  if (port.emitsLast)
    return {samples};
  return {samples, steps};
}

//===----------------------------------------------------------------------===//
// Arrays
//===----------------------------------------------------------------------===//

Expected<runtime::Array> lle::toArray(const Trace &trace, ArrayRef<int64_t> leading, const std::string &name) {
  runtime::Array array;
  array.type = runtime::DType::F64;
  array.shape = leading.vec();
  llvm::append_range(array.shape, trace.shape);
  array.data.resize(trace.values.size() * sizeof(double));
  if (!array.data.empty())
    std::memcpy(array.data.data(), trace.values.data(), array.data.size());
  runtime::Result<runtime::Array> converted = runtime::convertArray(array, runtime::dtypeOf(trace.element), name);
  if (!converted)
    return toError(converted.error());
  return std::move(*converted);
}

Expected<Values> lle::toValues(const runtime::Array &array, const std::string &name) {
  runtime::Result<runtime::Array> converted = runtime::convertArray(array, runtime::DType::F64, name);
  if (!converted)
    return toError(converted.error());
  Values values(converted->data.size() / sizeof(double));
  if (!values.empty())
    std::memcpy(values.data(), converted->data.data(), converted->data.size());
  return values;
}
