//===- WriteData.cpp - recordings to NIRData files ------------------------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//

#include "frontends/NIR/Data.h"
#include "frontends/NIR/DatasetWriter.h"
#include "llvm/ADT/StringExtras.h"

#include <map>

using namespace llvm;

namespace lle::nir {

namespace {
/// What is in one group: nodes by name, and the graphs nested in it.
struct DataGroup {
  std::map<std::string, std::vector<const Observable *>> nodes;
  std::map<std::string, DataGroup> graphs;

  void add(StringRef path, const Observable &observable) {
    auto [first, rest] = path.split('/');
    if (rest.empty())
      nodes[first.str()].push_back(&observable);
    else
      graphs[first.str()].add(rest, observable);
  }
};
} // namespace

static void writeType(DatasetWriter &writer, hid_t group, StringRef type) {
  writer.writeAttribute(group, "__type__", Array::text(type));
}

static void writeObservable(DatasetWriter &writer, hid_t group, const Observable &observable) {
  if (observable.kind == ObservableKind::TimeGridded) {
    writeType(writer, group, "TimeGriddedData");
    writer.write(group, "data", observable.data);
    writer.writeAttribute(group, "dt", Array::scalar(observable.dt));
    return;
  }
  bool isValued = observable.kind == ObservableKind::ValuedEvent;
  writeType(writer, group, isValued ? "ValuedEventData" : "EventData");
  writer.write(group, "idx", observable.idx);
  writer.write(group, "time", observable.time);
  if (isValued)
    writer.write(group, "value", observable.value);
  writer.writeAttribute(group, "n_neurons", Array::scalar(observable.neurons));
  writer.writeAttribute(group, "t_max", Array::scalar(observable.tMax));
}

static void writeDataGroup(DatasetWriter &writer, hid_t group, const DataGroup &data) {
  writeType(writer, group, "NIRGraphData");
  Handle nodes(writer.createGroup(group, "nodes"), H5Gclose);
  for (const auto &[name, observables] : data.nodes) {
    Handle node(writer.createGroup(nodes, name), H5Gclose);
    writeType(writer, node, "NIRNodeData");
    Handle all(writer.createGroup(node, "observables"), H5Gclose);
    for (const Observable *observable : observables) {
      Handle one(writer.createGroup(all, observable->name), H5Gclose);
      writeObservable(writer, one, *observable);
    }
  }
  for (const auto &[name, nested] : data.graphs) {
    Handle graph(writer.createGroup(nodes, name), H5Gclose);
    writeDataGroup(writer, graph, nested);
  }
}

Error writeData(ArrayRef<Observable> observables, StringRef path) {
  DataGroup root;
  for (const Observable &observable : observables) {
    for (const Observable &other : observables)
      if (&other != &observable && other.node == observable.node && other.name == observable.name)
        return createStringError(path + ": " + describe(observable) + " would be written twice");
    root.add(observable.node, observable);
  }
  return writeHDF5File(path, [&](hid_t file, DatasetWriter &writer) { writeDataGroup(writer, file, root); });
}

} // namespace lle::nir
