//===- Read.cpp - NIR files to graphs ---------------------------------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//

#include "frontends/NIR/Read.h"
#include "frontends/NIR/Data.h"
#include "frontends/NIR/Dump_generated.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Compiler.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Program.h"

#include <cmath>

using namespace llvm;

namespace lle::nir {

static_assert(dump::ElementType_String == static_cast<int>(ElementType::String) &&
                  dump::ElementType_MAX == dump::ElementType_String &&
                  dump::ElementType_F32 == static_cast<int>(ElementType::F32),
              "the two enumerations have one order");

//===------------------------------------------------------------------------------------------===//
// The dump
//===------------------------------------------------------------------------------------------===//

namespace {
/// Builds the graph from a verified buffer. What the verifier cannot know (ranges, counts) is
/// checked here.
class DumpReader {
public:
  explicit DumpReader(StringRef file) : file(file) {}
  /// False where the dump contradicts itself.
  bool read(Graph &graph, Report &report);
  bool readLayers(Graph &graph, Report &report);
  bool readData(std::vector<Observable> &observables, Report &report);
  /// Of the one array that it is made of.
  std::optional<Array> readDataset(Report &report);

private:
  const dump::File *verify(Report &report);
  bool convert(const dump::Graph &from, Graph &to);
  bool convert(const flatbuffers::Vector<flatbuffers::Offset<dump::Array>> &from, ArrayMap &to);
  std::optional<Array> convert(const dump::Array &from);

  StringRef file;
  StringRef numbers;
};
} // namespace

static std::vector<std::string> toStrings(const flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>> &from) {
  std::vector<std::string> strings;
  for (const flatbuffers::String *string : from)
    strings.push_back(string->str());
  return strings;
}

std::optional<Array> DumpReader::convert(const dump::Array &from) {
  static constexpr uint64_t maxElements = uint64_t(1) << 32; // the decoder's limit in bytes
  uint64_t count = 1;
  Shape shape;
  for (int64_t dim : *from.shape()) {
    if (dim < 0 || static_cast<uint64_t>(dim) > maxElements / std::max<uint64_t>(count, 1))
      return std::nullopt;
    count *= dim;
    shape.push_back(dim);
  }
  auto type = static_cast<ElementType>(from.type());
  if (type > ElementType::String)
    return std::nullopt;
  if (type == ElementType::String) {
    if (!from.strings() || from.strings()->size() != count)
      return std::nullopt;
    return Array::texts(shape, toStrings(*from.strings()));
  }
  if (from.offset() > numbers.size() || from.length() > numbers.size() - from.offset() ||
      from.length() != count * byteWidth(type))
    return std::nullopt;
  StringRef bytes = numbers.substr(from.offset(), from.length());
  return Array::raw(type, shape, {bytes.begin(), bytes.end()});
}

bool DumpReader::convert(const flatbuffers::Vector<flatbuffers::Offset<dump::Array>> &from, ArrayMap &to) {
  for (const dump::Array *item : from) {
    std::optional<Array> array = convert(*item);
    if (!array)
      return false;
    to[item->name()->str()] = std::move(*array);
  }
  return true;
}

bool DumpReader::convert(const dump::Graph &from, Graph &to) {
  for (const dump::Node *item : *from.nodes()) {
    Node &node = to.add(item->name()->str(), item->type()->str());
    if (!convert(*item->params(), node.params) || !convert(*item->metadata(), node.metadata))
      return false;
    if (!item->graph())
      continue;
    node.graph = std::make_unique<Graph>();
    if (!convert(*item->graph(), *node.graph))
      return false;
  }
  std::vector<std::string> ends = toStrings(*from.edges());
  for (size_t i = 0; i + 1 < ends.size(); i += 2)
    to.connect(std::move(ends[i]), std::move(ends[i + 1]));
  return ends.size() % 2 == 0 && convert(*from.metadata(), to.metadata);
}

const dump::File *DumpReader::verify(Report &report) {
  if (file.size() < sizeof(uint64_t))
    return nullptr;
  uint64_t size = support::endian::read64le(file.end() - sizeof(uint64_t));
  StringRef rest = file.drop_back(sizeof(uint64_t));
  if (size > rest.size())
    return nullptr;
  StringRef buffer = rest.take_back(size);
  numbers = rest.drop_back(size);
  // Two tables a level of nesting, and the decoder's limit on groups and datasets.
  flatbuffers::Verifier verifier(reinterpret_cast<const uint8_t *>(buffer.data()), buffer.size(),
                                 /*max_depth=*/64,
                                 /*max_tables=*/4000000);
  if (!dump::VerifyFileBuffer(verifier))
    return nullptr;
  const dump::File &root = *dump::GetFile(buffer.data());
  for (const std::string &warning : toStrings(*root.warnings()))
    report.warning(warning);
  return &root;
}

bool DumpReader::read(Graph &graph, Report &report) {
  const dump::File *root = verify(report);
  if (!root)
    return false;
  if (root->observables()) {
    report.error("this is a NIRData file, of recordings; it holds no network");
    return true;
  }
  if (root->layers()) {
    report.error("this is a NetX file, not a NIR file");
    return true;
  }
  graph.version = root->version()->str();
  return convert(*root->graph(), graph);
}

bool DumpReader::readLayers(Graph &graph, Report &report) {
  const dump::File *root = verify(report);
  if (!root)
    return false;
  if (!root->layers()) {
    report.error("this is a NIR file, not a NetX file");
    return true;
  }
  return convert(*root->graph(), graph);
}

/// What the datasets and attributes say must agree; false, with an error, where it does not.
static bool complete(Observable &observable, StringRef kind, const ArrayMap &values, Report &report) {
  auto refuse = [&](const Twine &reason) {
    report.error(describe(observable) + ": " + reason);
    return false;
  };
  auto find = [&](StringRef name, unsigned rank) -> const Array * {
    auto at = values.find(name);
    if (at == values.end() || at->second.getShape().size() != rank || at->second.getType() == ElementType::String) {
      refuse("'" + name + "' is missing, or is no array of numbers of rank " + Twine(rank));
      return nullptr;
    }
    return &at->second;
  };
  auto findPositive = [&](StringRef name) {
    const Array *array = find(name, 0);
    double value = array ? array->number(0) : 0;
    if (array && !(value > 0 && std::isfinite(value)))
      refuse("'" + name + "' is " + toString(value) + ", expected a number above 0");
    return std::isfinite(value) ? value : 0;
  };
  if (kind == "TimeGriddedData") {
    const Array *data = find("data", 3);
    observable.dt = data ? findPositive("dt") : 0;
    if (!(observable.dt > 0))
      return false;
    observable.data = *data;
    observable.samples = data->getShape()[0];
    observable.neurons = data->getShape()[2];
    return true;
  }
  if (kind != "EventData" && kind != "ValuedEventData")
    return refuse("has type '" + kind + "', expected TimeGriddedData, EventData or ValuedEventData");
  bool isValued = kind == "ValuedEventData";
  observable.kind = isValued ? ObservableKind::ValuedEvent : ObservableKind::Event;
  const Array *idx = find("idx", 2), *time = idx ? find("time", 2) : nullptr;
  const Array *value = time && isValued ? find("value", 2) : time;
  if (!value)
    return false;
  if (time->getShape() != idx->getShape() || value->getShape() != idx->getShape())
    return refuse("idx, time and value differ in shape: " + toString(idx->getShape()) + ", " +
                  toString(time->getShape()) + ", " + toString(value->getShape()));
  if (!isInteger(idx->getType()))
    return refuse("'idx' is an array of " + toString(idx->getType()) + ", expected integers");
  double neurons = findPositive("n_neurons");
  observable.tMax = findPositive("t_max");
  if (!(neurons > 0) || !(observable.tMax > 0))
    return false;
  // No larger than what a grid may hold.
  if (neurons != std::trunc(neurons) || neurons > double(1 << 30))
    return refuse("'n_neurons' is " + toString(neurons) + ", expected an integer up to 2^30");
  observable.samples = idx->getShape()[0];
  observable.neurons = neurons;
  for (size_t i = 0; i < idx->size(); ++i) {
    std::optional<int64_t> neuron = idx->integer(i);
    if (!neuron || *neuron < -1 || *neuron >= observable.neurons)
      return refuse("event " + Twine(i) + " is of a neuron that does not exist: there are " +
                    Twine(observable.neurons));
    if (*neuron >= 0 && !(time->number(i) >= 0 && time->number(i) <= observable.tMax))
      return refuse("event " + Twine(i) + " is at " + toString(time->number(i)) + " s, outside 0 to t_max, " +
                    toString(observable.tMax) + " s");
  }
  observable.idx = *idx;
  observable.time = *time;
  if (isValued)
    observable.value = *value;
  return true;
}

bool DumpReader::readData(std::vector<Observable> &observables, Report &report) {
  const dump::File *root = verify(report);
  if (!root)
    return false;
  if (!root->observables()) {
    report.error("this is a network, not a NIRData file of recordings");
    return true;
  }
  for (const dump::Observable *from : *root->observables()) {
    Observable observable;
    observable.node = from->node()->str();
    observable.name = from->name()->str();
    ArrayMap values;
    if (!convert(*from->values(), values))
      return false;
    if (complete(observable, from->kind()->str(), values, report))
      observables.push_back(std::move(observable));
  }
  if (observables.empty() && !report.failed())
    report.error("the file holds no recording");
  return true;
}

std::optional<Array> DumpReader::readDataset(Report &report) {
  const dump::File *root = verify(report);
  if (!root || root->graph()->metadata()->size() != 1)
    return std::nullopt;
  return convert(*root->graph()->metadata()->Get(0));
}

//===------------------------------------------------------------------------------------------===//
// The process
//===------------------------------------------------------------------------------------------===//

static std::string findDecoder() {
  static constexpr StringLiteral name = "lle-nir-decode";
  if (std::optional<std::string> path = sys::Process::GetEnv("LLE_NIR_DECODE"))
    return *path;
  std::string tool = sys::fs::getMainExecutable(nullptr, reinterpret_cast<void *>(&findDecoder));
  ErrorOr<std::string> found = sys::findProgramByName(name, {sys::path::parent_path(tool)});
  if (!found)
    found = sys::findProgramByName(name);
  return found ? *found : "";
}

/// Runs the decoder; its complaints go to the report. With a dataset, that one alone.
static bool runDecoder(StringRef path, StringRef output, StringRef errors, Report &report, unsigned secondsLimit,
                       unsigned memoryMiB, std::optional<StringRef> dataset) {
  std::string decoder = findDecoder();
  if (decoder.empty() || !sys::fs::can_execute(decoder)) {
    report.error("the HDF5 decoder '" + (decoder.empty() ? "lle-nir-decode" : decoder) +
                 "' was not found; LLE_NIR_DECODE can name it");
    return false;
  }
  std::string seconds = std::to_string(secondsLimit), memory = std::to_string(memoryMiB);
  SmallVector<StringRef> args{decoder, path, output, seconds, memory};
  if (dataset)
    args.push_back(*dataset);
  std::optional<StringRef> redirects[] = {"", "", errors};
  // A sanitizer's shadow memory would count.
  unsigned memoryLimit = LLVM_ADDRESS_SANITIZER_BUILD ? 0 : memoryMiB;
  std::string reason;
  bool notStarted = false;
  int status =
      sys::ExecuteAndWait(decoder, args, std::nullopt, redirects, secondsLimit, memoryLimit, &reason, &notStarted);
  if (status == 0)
    return true;
  if (notStarted) {
    report.error("the HDF5 decoder '" + decoder + "' cannot be started: " + reason);
  } else if (StringRef(reason).starts_with("Child timed out")) {
    report.error("the HDF5 decoder was stopped after " + Twine(secondsLimit) + " s: the file is damaged or too large");
  } else if (status < 0) {
    report.error("the HDF5 decoder died (" + StringRef(reason).lower() + "): the file is damaged");
  } else {
    auto text = MemoryBuffer::getFile(errors);
    StringRef lines = text ? (*text)->getBuffer().trim() : StringRef();
    report.error(lines.empty() ? "the HDF5 decoder failed with exit status " + std::to_string(status) : lines.str());
  }
  return false;
}

/// The decoder's dump of the file; null, with an error, where there is none.
static std::unique_ptr<MemoryBuffer> decode(StringRef path, Report &report, const ReadOptions &options,
                                            std::optional<StringRef> dataset = std::nullopt) {
  sys::fs::file_status status;
  if (std::error_code error = sys::fs::status(path, status)) {
    report.error("the file cannot be read: " + error.message());
    return nullptr;
  }
  if (status.type() != sys::fs::file_type::regular_file) {
    report.error("this is not a file");
    return nullptr;
  }
  SmallString<128> output, errors;
  if (std::error_code error = sys::fs::createTemporaryFile("lle-nir", "dump", output)) {
    report.error("no temporary file can be made: " + error.message());
    return nullptr;
  }
  FileRemover removeOutput(output);
  if (std::error_code error = sys::fs::createTemporaryFile("lle-nir", "errors", errors)) {
    report.error("no temporary file can be made: " + error.message());
    return nullptr;
  }
  FileRemover removeErrors(errors);
  unsigned seconds = options.seconds.value_or(30 + (status.getSize() >> 24));
  if (!runDecoder(path, output, errors, report, seconds, options.memoryMiB, dataset))
    return nullptr;
  auto file = MemoryBuffer::getFile(output, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (!file) {
    report.error("the HDF5 decoder's output is not usable");
    return nullptr;
  }
  return std::move(*file);
}

static std::optional<Graph> readGraphWith(bool (DumpReader::*read)(Graph &, Report &), StringRef path, Report &report,
                                          const ReadOptions &options) {
  std::unique_ptr<MemoryBuffer> dump = decode(path, report, options);
  Graph graph;
  if (dump) {
    DumpReader reader(dump->getBuffer());
    if (!(reader.*read)(graph, report))
      report.error("the HDF5 decoder's output is not usable");
  }
  if (!dump || report.failed())
    return std::nullopt;
  return graph;
}

std::optional<Graph> readGraph(StringRef path, Report &report, const ReadOptions &options) {
  return readGraphWith(&DumpReader::read, path, report, options);
}

std::optional<Graph> readLayers(StringRef path, Report &report, const ReadOptions &options) {
  return readGraphWith(&DumpReader::readLayers, path, report, options);
}

std::optional<Array> readDataset(StringRef path, StringRef dataset, Report &report, const ReadOptions &options) {
  std::unique_ptr<MemoryBuffer> dump = decode(path, report, options, dataset);
  if (!dump)
    return std::nullopt;
  std::optional<Array> array = DumpReader(dump->getBuffer()).readDataset(report);
  if (!array)
    report.error("the HDF5 decoder's output is not usable");
  return array;
}

std::optional<std::vector<Observable>> readData(StringRef path, Report &report, const ReadOptions &options) {
  std::unique_ptr<MemoryBuffer> dump = decode(path, report, options);
  std::vector<Observable> observables;
  if (dump && !DumpReader(dump->getBuffer()).readData(observables, report))
    report.error("the HDF5 decoder's output is not usable");
  if (!dump || report.failed())
    return std::nullopt;
  return observables;
}

} // namespace lle::nir
