//===- Main.cpp - lle-nir-decode: a NIR file to a flat dump -----------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// lle-nir-decode INPUT OUTPUT CPU-SECONDS MEMORY-MIB [DATASET]: a short-lived process, because libhdf5 does
// not survive every damaged file. Exit status 1 and lines on standard error where the file is
// refused. Run by frontends/NIR/Read.cpp.
//
//===------------------------------------------------------------------------------------------===//

#include "frontends/NIR/Decode/Data.h"
#include "frontends/NIR/Decode/Dataset.h"
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <sys/resource.h>
#include <unistd.h>

using namespace lle::nir;
using namespace lle::nir::decode;

namespace {
/// Walks the groups of the file, appends numbers to the output at once and keeps the structure in a
/// FlatBuffer.
class Decoder {
public:
  explicit Decoder(std::FILE *out) : out(out) {}
  void decodeFile(const char *file);
  /// One dataset of any HDF5 file, by its path; an empty path is the only dataset.
  void decodeDataset(const char *file, std::string path);

private:
  void finish(const std::string &version, flatbuffers::Offset<dump::Graph> graph,
              flatbuffers::Offset<flatbuffers::Vector<flatbuffers::Offset<dump::Observable>>> observables = 0,
              bool layers = false);
  flatbuffers::Offset<dump::Graph> decodeLayers(hid_t file);
  using Arrays = std::vector<flatbuffers::Offset<dump::Array>>;
  flatbuffers::Offset<dump::Graph> decodeGraph(hid_t group, const std::string &path, unsigned depth);
  flatbuffers::Offset<dump::Node> decodeNode(hid_t parent, const std::string &name, const std::string &path,
                                             unsigned depth);
  void decodeMetadata(hid_t group, const std::string &path, const std::string &prefix, unsigned depth, Arrays &arrays);
  std::vector<flatbuffers::Offset<flatbuffers::String>> decodeEdges(hid_t dataset, const std::string &path);
  flatbuffers::Offset<dump::Array> append(const std::string &name, const Values &values);
  void listDatasets(hid_t group, const std::string &path, unsigned depth, std::vector<std::string> &paths);
  std::string readText(hid_t group, const std::string &name, const std::string &path);
  void write(const void *data, size_t size);
  void warn(const std::string &message) { warnings.push_back(message); }

  std::FILE *out;
  uint64_t written = 0;
  flatbuffers::FlatBufferBuilder builder;
  Budget budget;
  std::vector<std::string> warnings;
};
} // namespace

static bool isGroup(hid_t object) { return H5Iget_type(object) == H5I_GROUP; }

void Decoder::write(const void *data, size_t size) {
  if (size && std::fwrite(data, 1, size, out) != size)
    fail("the decoder cannot write its output: is the disk full?");
  written += size;
}

flatbuffers::Offset<dump::Array> Decoder::append(const std::string &name, const Values &values) {
  uint64_t offset = written;
  write(values.bytes.data(), values.bytes.size());
  auto strings = values.type == dump::ElementType_String ? builder.CreateVectorOfStrings(values.strings) : 0;
  return dump::CreateArray(builder, builder.CreateString(name), values.type, builder.CreateVector(values.shape), offset,
                           values.bytes.size(), strings);
}

std::string Decoder::readText(hid_t group, const std::string &name, const std::string &path) {
  Handle object(openObject(group, name, path), H5Oclose);
  std::string reason = "it is a group";
  auto values = isGroup(object) ? std::nullopt : readDataset(object, path, budget, reason);
  if (!values)
    fail("'" + path + "' cannot be used: " + reason);
  if (values->strings.size() != 1)
    fail("dataset '" + path + "' is not one string");
  return values->strings.front();
}

std::vector<flatbuffers::Offset<flatbuffers::String>> Decoder::decodeEdges(hid_t dataset, const std::string &path) {
  std::string reason = "it is a group";
  auto values = isGroup(dataset) ? std::nullopt : readDataset(dataset, path, budget, reason);
  if (!values)
    fail("'" + path + "' cannot be used: " + reason);
  // Without edges the shape is (0, 2) or, from some writers, (0) of any type.
  bool pairs = values->type == dump::ElementType_String && values->shape.size() == 2 && values->shape[1] == 2;
  bool none = !values->shape.empty() && values->shape[0] == 0;
  if (!pairs && !none)
    fail("dataset '" + path + "' is not an array of pairs of names");
  std::vector<flatbuffers::Offset<flatbuffers::String>> names;
  for (const std::string &name : values->strings)
    names.push_back(builder.CreateString(name));
  return names;
}

/// Nested groups become keys with a path, "a/b".
void Decoder::decodeMetadata(hid_t group, const std::string &path, const std::string &prefix, unsigned depth,
                             Arrays &arrays) {
  if (depth > maxDepth)
    fail("group '" + path + "' is nested deeper than " + std::to_string(maxDepth) + " levels");
  for (const std::string &name : listNames(group, path)) {
    std::string objectPath = path + "/" + name;
    budget.addObject(objectPath);
    Handle object(openObject(group, name, objectPath), H5Oclose);
    std::string reason;
    if (isGroup(object))
      decodeMetadata(object, objectPath, prefix + name + "/", depth + 1, arrays);
    else if (auto values = readDataset(object, objectPath, budget, reason))
      arrays.push_back(append(prefix + name, *values));
    else
      warn("dataset '" + objectPath + "' is ignored: " + reason);
  }
}

flatbuffers::Offset<dump::Node> Decoder::decodeNode(hid_t parent, const std::string &name, const std::string &path,
                                                    unsigned depth) {
  Handle group(openObject(parent, name, path), H5Oclose);
  if (!isGroup(group))
    fail("'" + path + "' is a dataset, expected the group of a node");
  std::string type = readText(group, "type", path + "/type");
  Arrays params, metadata;
  flatbuffers::Offset<dump::Graph> graph = 0;
  if (type == "NIRGraph") {
    graph = decodeGraph(group, path, depth + 1);
  } else {
    for (const std::string &member : listNames(group, path)) {
      std::string memberPath = path + "/" + member, reason;
      if (member == "type")
        continue;
      budget.addObject(memberPath);
      Handle object(openObject(group, member, memberPath), H5Oclose);
      if (isGroup(object)) {
        if (member == "metadata")
          decodeMetadata(object, memberPath, "", 0, metadata);
        else
          warn("group '" + memberPath + "' is not known for a node and is ignored");
      } else if (auto values = readDataset(object, memberPath, budget, reason)) {
        params.push_back(append(member, *values));
      } else {
        fail("dataset '" + memberPath + "' cannot be used: " + reason);
      }
    }
  }
  return dump::CreateNode(builder, builder.CreateString(name), builder.CreateString(type), builder.CreateVector(params),
                          builder.CreateVector(metadata), graph);
}

flatbuffers::Offset<dump::Graph> Decoder::decodeGraph(hid_t group, const std::string &path, unsigned depth) {
  if (depth > maxDepth)
    fail("graph '" + path + "' is nested deeper than " + std::to_string(maxDepth) + " levels");
  std::vector<flatbuffers::Offset<dump::Node>> nodes;
  Arrays metadata;
  std::string nodesPath = path + "/nodes", edgesPath = path + "/edges";
  Handle nodeGroup(openObject(group, "nodes", nodesPath), H5Oclose);
  if (!isGroup(nodeGroup))
    fail("'" + nodesPath + "' is a dataset, expected the group of a graph's nodes");
  for (const std::string &name : listNames(nodeGroup, nodesPath)) {
    budget.addObject(nodesPath + "/" + name);
    nodes.push_back(decodeNode(nodeGroup, name, nodesPath + "/" + name, depth));
  }
  Handle edgesDataset(openObject(group, "edges", edgesPath), H5Oclose);
  auto edges = decodeEdges(edgesDataset, edgesPath);
  for (const std::string &member : listNames(group, path)) {
    std::string memberPath = path + "/" + member;
    if (member == "type" || member == "nodes" || member == "edges")
      continue;
    Handle object(openObject(group, member, memberPath), H5Oclose);
    if (member == "metadata" && isGroup(object))
      decodeMetadata(object, memberPath, "", 0, metadata);
    else
      warn("'" + memberPath + "' is not known for a graph and is ignored");
  }
  return dump::CreateGraph(builder, builder.CreateVector(nodes), builder.CreateVector(edges),
                           builder.CreateVector(metadata));
}

static hid_t openFile(const char *name, const char *complaint) {
  if (H5Fis_hdf5(name) <= 0)
    fail(complaint);
  hid_t file = H5Fopen(name, H5F_ACC_RDONLY, H5P_DEFAULT);
  if (file < 0)
    fail("the HDF5 file cannot be opened: it is damaged or truncated");
  return file;
}

/// Paths without a slash in front.
void Decoder::listDatasets(hid_t group, const std::string &path, unsigned depth, std::vector<std::string> &paths) {
  if (depth > maxDepth)
    fail("group '" + path + "' is nested deeper than " + std::to_string(maxDepth) + " levels");
  for (const std::string &name : listNames(group, path)) {
    std::string objectPath = path.empty() ? name : path + "/" + name;
    H5L_info_t link;
    if (H5Lget_info(group, name.c_str(), &link, H5P_DEFAULT) >= 0 && link.type != H5L_TYPE_HARD)
      continue; // it could lead out of the file
    budget.addObject(objectPath);
    Handle object(openObject(group, name, objectPath), H5Oclose);
    if (isGroup(object))
      listDatasets(object, objectPath, depth + 1, paths);
    else
      paths.push_back(objectPath);
  }
}

void Decoder::decodeDataset(const char *name, std::string path) {
  Handle file(openFile(name, "this is not an HDF5 file"), H5Fclose);
  path.erase(0, path.find_first_not_of('/'));
  std::vector<std::string> paths;
  listDatasets(file, "", 0, paths);
  std::string known;
  for (const std::string &each : paths)
    known += (known.empty() ? "" : ", ") + each;
  if (path.empty() && paths.size() != 1)
    fail(paths.empty() ? "there is no dataset in it" : "has several datasets, of which one must be named: " + known);
  if (path.empty())
    path = paths.front();
  if (std::find(paths.begin(), paths.end(), path) == paths.end())
    fail("there is no dataset '" + path + "'" + (known.empty() ? "" : "; there are: " + known));
  // Listed by hard links alone: none in the path is another one.
  Handle dataset(H5Oopen(file, path.c_str(), H5P_DEFAULT), H5Oclose);
  std::string reason;
  auto values = readDataset(dataset, path, budget, reason);
  if (!values)
    fail("dataset '" + path + "' cannot be used: " + reason);
  if (values->type == dump::ElementType_String)
    fail("dataset '" + path + "' holds text, expected numbers");
  Arrays arrays{append(path, *values)};
  finish("",
         dump::CreateGraph(builder, builder.CreateVector(std::vector<flatbuffers::Offset<dump::Node>>()),
                           builder.CreateVectorOfStrings(std::vector<std::string>()), builder.CreateVector(arrays)));
}

void Decoder::decodeFile(const char *name) {
  Handle file(openFile(name, "this is not an HDF5 file, which a NIR or NetX file is"), H5Fclose);
  if (isDataFile(file)) {
    auto append = [&](const std::string &name, const Values &values) { return this->append(name, values); };
    auto observables = decodeData(file, builder, budget, append);
    auto none =
        dump::CreateGraph(builder, builder.CreateVector(std::vector<flatbuffers::Offset<dump::Node>>()),
                          builder.CreateVectorOfStrings(std::vector<std::string>()), builder.CreateVector(Arrays()));
    finish("", none, builder.CreateVector(observables));
    return;
  }
  if (H5Lexists(file, "layer", H5P_DEFAULT) > 0 && H5Lexists(file, "node", H5P_DEFAULT) <= 0) {
    auto layers = decodeLayers(file);
    finish("", layers, 0, /*layers=*/true);
    return;
  }
  std::string version;
  if (H5Lexists(file, "version", H5P_DEFAULT) > 0)
    version = readText(file, "version", "/version");
  else
    warn("there is no '/version': the file says not which version of NIR it follows");
  Handle root(openObject(file, "node", "/node"), H5Oclose);
  if (!isGroup(root))
    fail("'/node' is a dataset, expected the group of a graph");
  if (std::string type = readText(root, "type", "/node/type"); type != "NIRGraph")
    fail("'/node' has type '" + type + "', expected 'NIRGraph'");
  finish(version, decodeGraph(root, "/node", 0));
}

/// A NetX file: /layer/0, /layer/1, ... , and a group /simulation.
flatbuffers::Offset<dump::Graph> Decoder::decodeLayers(hid_t file) {
  std::vector<flatbuffers::Offset<dump::Node>> layers;
  Handle group(openObject(file, "layer", "/layer"), H5Oclose);
  if (!isGroup(group))
    fail("'/layer' is a dataset, expected the group of a network's layers");
  size_t count = listNames(group, "/layer").size();
  for (size_t i = 0; i < count; ++i) {
    std::string name = std::to_string(i), path = "/layer/" + name;
    if (H5Lexists(group, name.c_str(), H5P_DEFAULT) <= 0)
      fail("'" + path + "' is missing: the " + std::to_string(count) + " layers must be numbered from 0");
    budget.addObject(path);
    Handle layer(openObject(group, name, path), H5Oclose);
    if (!isGroup(layer))
      fail("'" + path + "' is a dataset, expected the group of a layer");
    Arrays params;
    decodeMetadata(layer, path, "", 0, params);
    layers.push_back(dump::CreateNode(builder, builder.CreateString(name),
                                      builder.CreateString(readText(layer, "type", path + "/type")),
                                      builder.CreateVector(params), builder.CreateVector(Arrays())));
  }
  Arrays rest;
  for (const std::string &name : listNames(file, "/")) {
    Handle object(openObject(file, name, "/" + name), H5Oclose);
    if (name != "layer" && isGroup(object))
      decodeMetadata(object, "/" + name, name + "/", 0, rest);
  }
  return dump::CreateGraph(builder, builder.CreateVector(layers),
                           builder.CreateVectorOfStrings(std::vector<std::string>()), builder.CreateVector(rest));
}

void Decoder::finish(const std::string &version, flatbuffers::Offset<dump::Graph> graph,
                     flatbuffers::Offset<flatbuffers::Vector<flatbuffers::Offset<dump::Observable>>> observables,
                     bool layers) {
  auto text = builder.CreateVectorOfStrings(warnings);
  dump::FinishFileBuffer(builder,
                         dump::CreateFile(builder, builder.CreateString(version), graph, text, observables, layers));
  // The buffer is read in place, from an aligned address.
  static constexpr char zeros[8] = {};
  write(zeros, (8 - written % 8) % 8);
  write(builder.GetBufferPointer(), builder.GetSize());
  uint64_t size = flatbuffers::EndianScalar<uint64_t>(builder.GetSize());
  write(&size, sizeof(size));
}

static void setLimit(int resource, uint64_t value) {
  struct rlimit limit = {value, value};
  setrlimit(resource, &limit);
}

#if defined(__SANITIZE_ADDRESS__)
#define LLE_ADDRESS_SANITIZER
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define LLE_ADDRESS_SANITIZER
#endif
#endif

int main(int argc, char **argv) {
  if (argc != 5 && argc != 6) {
    std::fprintf(stderr, "usage: lle-nir-decode INPUT OUTPUT CPU-SECONDS MEMORY-MIB [DATASET]\n");
    return 1;
  }
  setLimit(RLIMIT_CORE, 0);
  setLimit(RLIMIT_CPU, std::strtoul(argv[3], nullptr, 10));
#ifndef LLE_ADDRESS_SANITIZER // whose shadow memory takes terabytes of address space
  setLimit(RLIMIT_AS, std::strtoul(argv[4], nullptr, 10) << 20);
#endif
  std::set_new_handler([] { fail("the decoder's memory limit is reached: the file is damaged or too large"); });
  // Locks fail on read-only media; plugins would run code that a file names.
  setenv("HDF5_USE_FILE_LOCKING", "FALSE", 1);
  H5PLset_loading_state(0);
  H5Eset_auto(H5E_DEFAULT, nullptr, nullptr);

  std::FILE *out = std::fopen(argv[2], "wb");
  if (!out)
    fail("the decoder cannot open its output");
  if (argc == 6)
    Decoder(out).decodeDataset(argv[1], argv[5]);
  else
    Decoder(out).decodeFile(argv[1]);
  if (std::fclose(out) != 0)
    fail("the decoder cannot write its output: is the disk full?");
  // As in fail(): nothing of libhdf5 is run again.
  _exit(0);
}
