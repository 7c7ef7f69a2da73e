//===- Data.cpp - NIRData files: what was recorded of nodes -----------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The layout that nir's write_data makes: groups with an attribute __type__, NIRGraphData of nodes, NIRNodeData of
// observables, and under these the datasets of each.
//
//===------------------------------------------------------------------------------------------===//

#include "frontends/NIR/Decode/Data.h"

namespace lle::nir::decode {

static constexpr const char *typeAttribute = "__type__";
static constexpr const char *graphType = "NIRGraphData";

bool isDataFile(hid_t file) { return H5Aexists(file, typeAttribute) > 0; }

static std::string readType(hid_t group, const std::string &path, Budget &budget) {
  auto values = readAttribute(group, typeAttribute, path, budget);
  if (!values)
    fail("group '" + path + "' has no attribute '" + typeAttribute + "'");
  if (values->strings.size() != 1)
    fail("attribute '" + std::string(typeAttribute) + "' of '" + path + "' is not a string");
  return values->strings.front();
}

namespace {
class DataDecoder {
public:
  DataDecoder(flatbuffers::FlatBufferBuilder &builder, Budget &budget, const AppendArray &append)
      : builder(builder), budget(budget), append(append) {}

  void decodeGraph(hid_t group, const std::string &path, const std::string &prefix, unsigned depth);

  std::vector<flatbuffers::Offset<dump::Observable>> observables;

private:
  void decodeNode(hid_t group, const std::string &path, const std::string &node);
  void decodeObservable(hid_t group, const std::string &path, const std::string &node, const std::string &name);
  /// Calls f with each group in the group `name` of a group, its path and its name.
  template <typename F>
  void forEachGroup(hid_t parent, const std::string &path, const char *name, F f);

  flatbuffers::FlatBufferBuilder &builder;
  Budget &budget;
  const AppendArray &append;
};
} // namespace

template <typename F>
void DataDecoder::forEachGroup(hid_t parent, const std::string &parentPath, const char *name, F f) {
  std::string path = parentPath + "/" + name;
  Handle group(openObject(parent, name, path), H5Oclose);
  if (H5Iget_type(group) != H5I_GROUP)
    fail("'" + path + "' is a dataset, expected a group");
  for (const std::string &member : listNames(group, path)) {
    std::string memberPath = path + "/" + member;
    budget.addObject(memberPath);
    Handle object(openObject(group, member, memberPath), H5Oclose);
    if (H5Iget_type(object) != H5I_GROUP)
      fail("'" + memberPath + "' is a dataset, expected a group");
    f(object, memberPath, member);
  }
}

void DataDecoder::decodeGraph(hid_t graph, const std::string &graphPath, const std::string &prefix, unsigned depth) {
  if (depth > maxDepth)
    fail("'" + graphPath + "' is nested deeper than " + std::to_string(maxDepth) + " levels");
  forEachGroup(graph, graphPath, "nodes", [&](hid_t group, const std::string &path, const std::string &name) {
    std::string type = readType(group, path, budget);
    if (type == graphType)
      return decodeGraph(group, path, prefix + name + "/", depth + 1);
    if (type != "NIRNodeData")
      fail("'" + path + "' has type '" + type + "', expected 'NIRNodeData' or '" + graphType + "'");
    decodeNode(group, path, prefix + name);
  });
}

void DataDecoder::decodeNode(hid_t node, const std::string &nodePath, const std::string &nodeName) {
  forEachGroup(node, nodePath, "observables", [&](hid_t group, const std::string &path, const std::string &name) {
    decodeObservable(group, path, nodeName, name);
  });
}

void DataDecoder::decodeObservable(hid_t group, const std::string &path, const std::string &node,
                                   const std::string &name) {
  std::vector<flatbuffers::Offset<dump::Array>> arrays;
  for (const std::string &member : listNames(group, path)) {
    std::string memberPath = path + "/" + member, reason = "it is a group";
    budget.addObject(memberPath);
    Handle object(openObject(group, member, memberPath), H5Oclose);
    auto values = H5Iget_type(object) == H5I_GROUP ? std::nullopt : readDataset(object, memberPath, budget, reason);
    if (!values)
      fail("'" + memberPath + "' cannot be used: " + reason);
    arrays.push_back(append(member, *values));
  }
  for (const char *attribute : {"dt", "n_neurons", "t_max"})
    if (auto values = readAttribute(group, attribute, path, budget))
      arrays.push_back(append(attribute, *values));
  std::string kind = readType(group, path, budget);
  observables.push_back(dump::CreateObservable(builder, builder.CreateString(node), builder.CreateString(name),
                                               builder.CreateString(kind), builder.CreateVector(arrays)));
}

std::vector<flatbuffers::Offset<dump::Observable>> decodeData(hid_t file, flatbuffers::FlatBufferBuilder &builder,
                                                              Budget &budget, const AppendArray &append) {
  if (std::string type = readType(file, "/", budget); type != graphType)
    fail("the file has type '" + type + "', expected '" + graphType + "'");
  DataDecoder decoder(builder, budget, append);
  decoder.decodeGraph(file, "", "", 0);
  return std::move(decoder.observables);
}

} // namespace lle::nir::decode
