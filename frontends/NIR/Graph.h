//===- Graph.h - a NIR graph in memory ----------------------------------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a NIR file says, no more and no less: nodes with their parameters exactly as stored (element
// type, shape, bytes), edges by name, metadata. Independent of MLIR, so that readers, writers and
// generators of networks can share it.
//
//===------------------------------------------------------------------------------------------===//
#ifndef LLE_FRONTENDS_NIR_GRAPH_H
#define LLE_FRONTENDS_NIR_GRAPH_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include <cassert>
#include <cstdint>
#include <cstring>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lle::nir {

/// No batch and no time dimension; channels first.
using Shape = llvm::SmallVector<int64_t, 4>;

enum class ElementType : uint8_t { I8, I16, I32, I64, U8, U16, U32, U64, F32, F64, Bool, String };

/// "f32", "i64", ...
llvm::StringRef toString(ElementType type);
/// "[3, 8, 8]"
std::string toString(llvm::ArrayRef<int64_t> shape);
/// "0.001", "1e-09"
std::string toString(double value);
/// Bytes of one element; 0 for strings.
size_t byteWidth(ElementType type);
inline bool isFloat(ElementType type) { return type == ElementType::F32 || type == ElementType::F64; }
inline bool isInteger(ElementType type) { return type <= ElementType::U64; }

template <typename T>
constexpr ElementType elementTypeOf();
template <>
constexpr ElementType elementTypeOf<int8_t>() {
  return ElementType::I8;
}
template <>
constexpr ElementType elementTypeOf<int16_t>() {
  return ElementType::I16;
}
template <>
constexpr ElementType elementTypeOf<int32_t>() {
  return ElementType::I32;
}
template <>
constexpr ElementType elementTypeOf<int64_t>() {
  return ElementType::I64;
}
template <>
constexpr ElementType elementTypeOf<uint8_t>() {
  return ElementType::U8;
}
template <>
constexpr ElementType elementTypeOf<uint16_t>() {
  return ElementType::U16;
}
template <>
constexpr ElementType elementTypeOf<uint32_t>() {
  return ElementType::U32;
}
template <>
constexpr ElementType elementTypeOf<uint64_t>() {
  return ElementType::U64;
}
template <>
constexpr ElementType elementTypeOf<float>() {
  return ElementType::F32;
}
template <>
constexpr ElementType elementTypeOf<double>() {
  return ElementType::F64;
}
template <>
constexpr ElementType elementTypeOf<bool>() {
  return ElementType::Bool;
}

/// A dataset: numbers in row-major order and the machine's byte order, or strings. Rank 0 is a
/// scalar.
class Array {
public:
  template <typename T>
  static Array of(llvm::ArrayRef<int64_t> shape, llvm::ArrayRef<T> values) {
    std::vector<char> bytes(values.size() * sizeof(T));
    if (!values.empty())
      std::memcpy(bytes.data(), values.data(), bytes.size());
    return raw(elementTypeOf<T>(), shape, std::move(bytes));
  }
  template <typename T>
  static Array full(llvm::ArrayRef<int64_t> shape, T value) {
    size_t count = 1;
    for (int64_t dim : shape)
      count *= dim;
    return of<T>(shape, std::vector<T>(count, value));
  }
  template <typename T>
  static Array scalar(T value) {
    return of<T>({}, value);
  }

  static Array f32(llvm::ArrayRef<int64_t> shape, llvm::ArrayRef<float> values) { return of<float>(shape, values); }
  static Array f64(llvm::ArrayRef<int64_t> shape, llvm::ArrayRef<double> values) { return of<double>(shape, values); }
  /// A list of integers, which is how NIR stores shapes, strides and paddings.
  static Array ints(llvm::ArrayRef<int64_t> values) {
    return of<int64_t>({static_cast<int64_t>(values.size())}, values);
  }
  static Array text(llvm::StringRef value) { return texts({}, {value.str()}); }
  static Array texts(llvm::ArrayRef<int64_t> shape, std::vector<std::string> values);
  static Array raw(ElementType type, llvm::ArrayRef<int64_t> shape, std::vector<char> bytes);

  ElementType getType() const { return type; }
  llvm::ArrayRef<int64_t> getShape() const { return shape; }
  size_t size() const { return type == ElementType::String ? strings.size() : bytes.size() / byteWidth(type); }
  llvm::ArrayRef<char> getBytes() const { return bytes; }
  llvm::ArrayRef<std::string> getStrings() const { return strings; }
  bool isText() const { return type == ElementType::String && shape.empty(); }

  /// The elements as they are stored; T must be the element type.
  template <typename T>
  llvm::ArrayRef<T> values() const {
    assert(type == elementTypeOf<T>() && "wrong element type");
    return {reinterpret_cast<const T *>(bytes.data()), size()};
  }
  /// Element i of any numeric type.
  double number(size_t i) const;
  /// Element i where the type is an integer one and the value fits.
  std::optional<int64_t> integer(size_t i) const;

  bool operator==(const Array &other) const {
    return type == other.type && shape == other.shape && bytes == other.bytes && strings == other.strings;
  }
  bool operator!=(const Array &other) const { return !(*this == other); }

private:
  ElementType type = ElementType::F32;
  Shape shape;
  std::vector<char> bytes;
  std::vector<std::string> strings;
};

/// Ordered by name, as HDF5 lists a group. A key of metadata may be a path ("a/b") where the file
/// nests groups.
using ArrayMap = std::map<std::string, Array, std::less<>>;

struct Graph;

struct Node {
  Node(std::string name, std::string type, ArrayMap params = {});
  Node(std::string name, Graph graph);
  Node(Node &&);
  Node &operator=(Node &&);
  ~Node();

  const Array *find(llvm::StringRef param) const;

  std::string name;
  std::string type;
  ArrayMap params;
  /// Empty for a nested graph, whose metadata is in the graph itself.
  ArrayMap metadata;
  /// Present exactly when the type is "NIRGraph".
  std::unique_ptr<Graph> graph;
};

struct Edge {
  std::string source;
  std::string target;
};

struct Graph {
  /// The reference returned is good until the next node is added.
  Node &add(std::string name, std::string type, ArrayMap params = {});
  Node &add(std::string name, Graph graph);
  void connect(std::string source, std::string target);
  /// Connects each name to the next.
  void chain(llvm::ArrayRef<llvm::StringRef> names);
  Node *find(llvm::StringRef name);
  Graph clone() const;

  std::vector<Node> nodes;
  std::vector<Edge> edges;
  ArrayMap metadata;
  /// Of the file format; written for the outermost graph only.
  std::string version = "1.0.7";
};

bool operator==(const Edge &a, const Edge &b);
bool operator==(const Node &a, const Node &b);
/// The same nodes in the same order, edges likewise; versions are not compared.
bool operator==(const Graph &a, const Graph &b);

} // namespace lle::nir

#endif // LLE_FRONTENDS_NIR_GRAPH_H
