//===- Sequences.cpp - arrays in files as inputs and results --------------===//
#include "tools/common/Sequences.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>
#include <cstring>

using namespace lle;
using llvm::ArrayRef;
using llvm::Expected;
using llvm::StringRef;
using llvm::Twine;

llvm::Error lle::toError(const runtime::Error &error) { return llvm::createStringError(error.message); }

std::string lle::formatShape(ArrayRef<int64_t> shape) {
  auto numbers = llvm::map_range(shape, [](int64_t dim) { return std::to_string(dim); });
  return "(" + llvm::join(numbers, ", ") + ")";
}

std::string lle::formatNumber(double value) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%.9g", value);
  return text;
}

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

llvm::Error Sequences::add(const runtime::Port &port, const std::string &path) {
  runtime::Result<runtime::Array> array = runtime::readNpy(path);
  if (!array)
    return toError(array.error());
  if (port.shape == std::vector<int64_t>{1} && array->shape.size() == 2)
    array->shape.push_back(1);
  ArrayRef<int64_t> shape = array->shape;
  if (shape.size() != port.shape.size() + 2 || shape.drop_front(2) != ArrayRef(port.shape)) {
    std::vector<std::string> expected{"samples", "steps"};
    for (int64_t dim : port.shape)
      expected.push_back(std::to_string(dim));
    return llvm::createStringError(path + ": input '" + port.name + "' expects an array of shape (" +
                                   llvm::join(expected, ", ") + "), got " + formatShape(shape));
  }
  if (sources.empty()) {
    samples = shape[0];
    steps = shape[1];
  } else if (shape[0] != samples || shape[1] != steps) {
    return llvm::createStringError(path + ": has " + Twine(shape[0]) + " samples of " + Twine(shape[1]) +
                                   " steps, but " + sources.front().path + " has " + Twine(samples) + " of " +
                                   Twine(steps));
  }
  sources.push_back({port, path, std::move(*array)});
  return llvm::Error::success();
}

/// The input through which irregular time steps come.
static constexpr StringRef kTimespans = "timespans";

Expected<Sequences> Sequences::read(ArrayRef<std::string> arguments, const std::string &timespans,
                                    ArrayRef<runtime::Port> ports, int64_t steps) {
  std::vector<std::string> paths(ports.size());
  auto timed = llvm::find_if(ports, [](const runtime::Port &port) { return port.name == kTimespans; });
  if (!timespans.empty() && timed == ports.end())
    return llvm::createStringError("--timespans=" + timespans + ": the model has no input '" + kTimespans +
                                   "': its time step is fixed");
  if (!timespans.empty())
    paths[timed - ports.begin()] = timespans;
  for (StringRef argument : arguments) {
    // With the time steps given apart, one other input needs no name.
    bool isOther = !timespans.empty() && ports.size() == 2 && !argument.contains('=');
    Expected<NamedPath> named = isOther ? Expected<NamedPath>(NamedPath{size_t(timed == ports.begin()), argument.str()})
                                        : parseNamedPath("input", argument, ports);
    if (!named)
      return named.takeError();
    if (!paths[named->port].empty())
      return llvm::createStringError("--input: '" + ports[named->port].name + "' is given twice");
    paths[named->port] = named->path;
  }
  Sequences sequences;
  for (auto [port, path] : llvm::zip(ports, paths)) {
    if (path.empty())
      return llvm::createStringError("--input: the model's input '" + port.name + "' is missing");
    if (llvm::Error error = sequences.add(port, path))
      return std::move(error);
  }
  if (ports.empty())
    return llvm::createStringError("the model has no input, so nothing says how many steps to run");
  if (sequences.samples == 0 || sequences.steps == 0)
    return llvm::createStringError(sequences.sources.front().path + ": holds no sample or no step");
  if (sequences.steps < steps)
    return llvm::createStringError(sequences.sources.front().path + ": has " + Twine(sequences.steps) +
                                   " steps, but a sample of this model has " + Twine(steps));
  return std::move(sequences);
}

/// Why the port cannot carry the value, or null.
static const char *getComplaint(const runtime::Port &port, double value) {
  if (!std::isfinite(value))
    return "is not finite";
  if (!port.isSpike)
    return nullptr;
  if (port.maxSpikes == 1)
    return value == 0 || value == 1 ? nullptr : "is no spike; expected 0 or 1";
  return value == std::trunc(value) && std::abs(value) <= port.maxSpikes ? nullptr
                                                                         : "is no number of spikes that the port holds";
}

llvm::Error Sequences::getStep(int64_t sample, int64_t step, std::vector<Values> &inputs) const {
  inputs.clear();
  for (const Source &source : sources) {
    size_t elements = countElements(source.port.shape), bytes = elements * runtime::dtypeBytes(source.array.type);
    const uint8_t *begin = source.array.data.data() + (sample * steps + step) * bytes;
    Expected<Values> values =
        toValues({source.array.type, source.port.shape, runtime::Bytes(begin, begin + bytes)}, source.path);
    if (!values)
      return values.takeError();
    for (auto [index, value] : llvm::enumerate(*values))
      if (const char *complaint = getComplaint(source.port, value))
        return llvm::createStringError(source.path + ": sample " + Twine(sample) + ", step " + Twine(step) +
                                       ", element " + Twine(index) + ": " + formatNumber(value) + " " + complaint);
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
