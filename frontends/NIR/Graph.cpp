//===- Graph.cpp - a NIR graph in memory ------------------------------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//

#include "frontends/NIR/Graph.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace lle::nir {

namespace {
struct TypeInfo {
  StringLiteral name;
  size_t width;
};
} // namespace

static const TypeInfo &typeInfo(ElementType type) {
  static constexpr TypeInfo infos[] = {{"i8", 1},  {"i16", 2}, {"i32", 4}, {"i64", 8}, {"u8", 1},   {"u16", 2},
                                       {"u32", 4}, {"u64", 8}, {"f32", 4}, {"f64", 8}, {"bool", 1}, {"string", 0}};
  return infos[static_cast<size_t>(type)];
}

StringRef toString(ElementType type) { return typeInfo(type).name; }
size_t byteWidth(ElementType type) { return typeInfo(type).width; }

std::string toString(ArrayRef<int64_t> shape) {
  std::string text;
  raw_string_ostream os(text);
  os << '[';
  interleaveComma(shape, os);
  os << ']';
  return text;
}

std::string toString(double value) {
  std::string text;
  raw_string_ostream(text) << format("%g", value);
  return text;
}

//===------------------------------------------------------------------------------------------===//
// Array
//===------------------------------------------------------------------------------------------===//

Array Array::raw(ElementType type, ArrayRef<int64_t> shape, std::vector<char> bytes) {
  Array array;
  array.type = type;
  array.shape = Shape(shape);
  array.bytes = std::move(bytes);
  return array;
}

Array Array::texts(ArrayRef<int64_t> shape, std::vector<std::string> values) {
  Array array;
  array.type = ElementType::String;
  array.shape = Shape(shape);
  array.strings = std::move(values);
  return array;
}

/// Calls fn with element i in its own type.
template <typename Fn>
static auto visitElement(const Array &array, size_t i, Fn fn) {
  switch (array.getType()) {
  case ElementType::I8:
    return fn(array.values<int8_t>()[i]);
  case ElementType::I16:
    return fn(array.values<int16_t>()[i]);
  case ElementType::I32:
    return fn(array.values<int32_t>()[i]);
  case ElementType::I64:
    return fn(array.values<int64_t>()[i]);
  case ElementType::U8:
    return fn(array.values<uint8_t>()[i]);
  case ElementType::U16:
    return fn(array.values<uint16_t>()[i]);
  case ElementType::U32:
    return fn(array.values<uint32_t>()[i]);
  case ElementType::U64:
    return fn(array.values<uint64_t>()[i]);
  case ElementType::F32:
    return fn(array.values<float>()[i]);
  case ElementType::F64:
    return fn(array.values<double>()[i]);
  case ElementType::Bool:
    return fn(static_cast<uint8_t>(array.getBytes()[i] != 0));
  case ElementType::String:
    break;
  }
  llvm_unreachable("a string is not a number");
}

double Array::number(size_t i) const {
  return visitElement(*this, i, [](auto value) { return static_cast<double>(value); });
}

std::optional<int64_t> Array::integer(size_t i) const {
  if (!isInteger(type))
    return std::nullopt;
  if (type == ElementType::U64 && values<uint64_t>()[i] > static_cast<uint64_t>(INT64_MAX))
    return std::nullopt;
  return visitElement(*this, i, [](auto value) { return static_cast<int64_t>(value); });
}

//===------------------------------------------------------------------------------------------===//
// Node and Graph
//===------------------------------------------------------------------------------------------===//

Node::Node(std::string name, std::string type, ArrayMap params)
    : name(std::move(name)), type(std::move(type)), params(std::move(params)) {}
Node::Node(std::string name, Graph graph)
    : name(std::move(name)), type("NIRGraph"), graph(std::make_unique<Graph>(std::move(graph))) {}
Node::Node(Node &&) = default;
Node &Node::operator=(Node &&) = default;
Node::~Node() = default;

const Array *Node::find(StringRef param) const {
  auto it = params.find(param);
  return it == params.end() ? nullptr : &it->second;
}

Node &Graph::add(std::string name, std::string type, ArrayMap params) {
  return nodes.emplace_back(std::move(name), std::move(type), std::move(params));
}

Node &Graph::add(std::string name, Graph graph) { return nodes.emplace_back(std::move(name), std::move(graph)); }

void Graph::connect(std::string source, std::string target) { edges.push_back({std::move(source), std::move(target)}); }

void Graph::chain(ArrayRef<StringRef> names) {
  for (size_t i = 1; i < names.size(); ++i)
    connect(names[i - 1].str(), names[i].str());
}

Node *Graph::find(StringRef name) {
  auto it = find_if(nodes, [&](const Node &node) { return node.name == name; });
  return it == nodes.end() ? nullptr : &*it;
}

Graph Graph::clone() const {
  Graph copy;
  copy.edges = edges;
  copy.metadata = metadata;
  copy.version = version;
  for (const Node &node : nodes) {
    Node &added = copy.add(node.name, node.type, node.params);
    added.metadata = node.metadata;
    if (node.graph)
      added.graph = std::make_unique<Graph>(node.graph->clone());
  }
  return copy;
}

bool operator==(const Edge &a, const Edge &b) { return a.source == b.source && a.target == b.target; }

bool operator==(const Node &a, const Node &b) {
  if (a.name != b.name || a.type != b.type || a.params != b.params || a.metadata != b.metadata)
    return false;
  return a.graph && b.graph ? *a.graph == *b.graph : !a.graph && !b.graph;
}

bool operator==(const Graph &a, const Graph &b) {
  return a.nodes == b.nodes && a.edges == b.edges && a.metadata == b.metadata;
}

} // namespace lle::nir
