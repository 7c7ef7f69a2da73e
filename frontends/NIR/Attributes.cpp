//===- Attributes.cpp - datasets of NIR as attributes of MLIR ---------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//

#include "frontends/NIR/Attributes.h"
#include "mlir/IR/AsmState.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include <cmath>

using namespace llvm;
using namespace mlir;

namespace lle::nir {

// Not those of LLVM IR.
using mlir::Attribute;
using mlir::Type;

/// Weights of more elements than this are printed as a blob.
static constexpr size_t maxInlineElements = 64;

static Type getElementType(ElementType type, MLIRContext *context) {
  Builder builder(context);
  switch (type) {
  case ElementType::I8:
  case ElementType::I16:
  case ElementType::I32:
  case ElementType::I64:
    return builder.getIntegerType(8 * byteWidth(type));
  case ElementType::U8:
  case ElementType::U16:
  case ElementType::U32:
  case ElementType::U64:
    return builder.getIntegerType(8 * byteWidth(type), /*isSigned=*/false);
  case ElementType::F32:
    return builder.getF32Type();
  case ElementType::F64:
    return builder.getF64Type();
  case ElementType::Bool:
    return builder.getI1Type();
  case ElementType::String:
    return builder.getNoneType();
  }
  llvm_unreachable("all element types are handled");
}

Type getStorageType(const Array &array, MLIRContext *context) {
  Type element = getElementType(array.getType(), context);
  if (array.getType() == ElementType::String)
    return element;
  return RankedTensorType::get(array.getShape(), element);
}

/// The same numbers in another type that holds them.
template <typename T>
static Array convert(const Array &array) {
  std::vector<T> values;
  for (size_t i = 0; i < array.size(); ++i)
    values.push_back(static_cast<T>(array.number(i)));
  return Array::of<T>(array.getShape(), values);
}

/// Unsigned integers in the next wider signed type; 64 bits are not in use for weights.
static Array widenUnsigned(const Array &array) {
  switch (array.getType()) {
  case ElementType::U8:
    return convert<int16_t>(array);
  case ElementType::U16:
    return convert<int32_t>(array);
  case ElementType::U32:
    return convert<int64_t>(array);
  case ElementType::U64:
    return convert<double>(array);
  default:
    return array;
  }
}

static bool isUniform(ArrayRef<char> bytes, size_t width) {
  return bytes.size() > width && std::memcmp(bytes.data(), bytes.data() + width, bytes.size() - width) == 0;
}

/// `bytes` until there are `size`.
static std::vector<char> repeat(ArrayRef<char> bytes, size_t size) {
  std::vector<char> repeated;
  repeated.reserve(size);
  while (repeated.size() < size)
    repeated.insert(repeated.end(), bytes.begin(), bytes.end());
  return repeated;
}

/// The bytes of an array brought to a type; one element's where all are the same.
static std::vector<char> repeat(const Array &array, RankedTensorType type) {
  ArrayRef<char> bytes = array.getBytes();
  size_t width = byteWidth(array.getType()), size = type.getNumElements() * width;
  assert(!bytes.empty() && size % bytes.size() == 0 && "the dataset does not fit the shape");
  if (bytes.size() == width || isUniform(bytes, width))
    return bytes.take_front(width).vec();
  return repeat(bytes, size);
}

DenseElementsAttr toElements(const Array &stored, ArrayRef<int64_t> shape, MLIRContext *context) {
  Array array = isFloat(stored.getType()) ? stored : convert<double>(stored);
  auto type = RankedTensorType::get(shape, getElementType(array.getType(), context));
  return DenseElementsAttr::getFromRawBuffer(type, repeat(array, type));
}

ElementsAttr toWeights(const Array &stored, ArrayRef<int64_t> shape, StringRef resource, MLIRContext *context) {
  Array array = widenUnsigned(stored);
  auto type = RankedTensorType::get(shape, getElementType(array.getType(), context));
  std::vector<char> bytes = repeat(array, type);
  size_t width = byteWidth(array.getType());
  if (bytes.size() <= maxInlineElements * width)
    return DenseElementsAttr::getFromRawBuffer(type, bytes);
  return DenseResourceElementsAttr::get(type, resource, HeapAsmResourceBlob::allocateAndCopyWithAlign(bytes, width));
}

Attribute toAttribute(const Array &array, MLIRContext *context) {
  Builder builder(context);
  if (array.getType() == ElementType::String) {
    if (array.isText())
      return builder.getStringAttr(array.getStrings().front());
    SmallVector<StringRef> strings(array.getStrings().begin(), array.getStrings().end());
    if (array.getShape().size() == 1)
      return builder.getStrArrayAttr(strings);
    return builder.getDictionaryAttr({builder.getNamedAttr("shape", builder.getDenseI64ArrayAttr(array.getShape())),
                                      builder.getNamedAttr("strings", builder.getStrArrayAttr(strings))});
  }
  auto type = cast<RankedTensorType>(getStorageType(array, context));
  if (array.getType() == ElementType::Bool) {
    SmallVector<bool> values;
    for (char byte : array.getBytes())
      values.push_back(byte != 0);
    return DenseElementsAttr::get(type, ArrayRef<bool>(values));
  }
  return DenseElementsAttr::getFromRawBuffer(type, array.getBytes());
}

DictionaryAttr toAttribute(const ArrayMap &arrays, MLIRContext *context) {
  NamedAttrList attributes;
  for (const auto &[name, array] : arrays)
    attributes.set(name, toAttribute(array, context));
  return attributes.getDictionary(context);
}

//===------------------------------------------------------------------------------------------===//
// And back
//===------------------------------------------------------------------------------------------===//

static std::optional<ElementType> getElementType(Type type) {
  if (type.isF32())
    return ElementType::F32;
  if (type.isF64())
    return ElementType::F64;
  for (ElementType known : {ElementType::I8, ElementType::I16, ElementType::I32, ElementType::I64, ElementType::U8,
                            ElementType::U16, ElementType::U32, ElementType::U64, ElementType::Bool})
    if (type == getElementType(known, type.getContext()))
      return known;
  return std::nullopt;
}

static std::optional<Array> toArray(ElementsAttr elements) {
  std::optional<ElementType> type = getElementType(elements.getElementType());
  ArrayRef<int64_t> shape = elements.getShapedType().getShape();
  if (!type)
    return std::nullopt;
  ArrayRef<char> bytes;
  if (auto dense = dyn_cast<DenseElementsAttr>(elements)) {
    if (*type == ElementType::Bool) {
      auto values = llvm::to_vector(dense.getValues<bool>());
      return Array::of<bool>(shape, values);
    }
    bytes = dense.getRawData();
  } else if (auto resource = dyn_cast<DenseResourceElementsAttr>(elements)) {
    if (AsmResourceBlob *blob = resource.getRawHandle().getBlob())
      bytes = blob->getData();
  }
  size_t width = byteWidth(*type), size = elements.getNumElements() * width;
  if (bytes.size() != size && bytes.size() != width)
    return std::nullopt;
  return Array::raw(*type, shape, repeat(bytes, size));
}

std::optional<Array> toArray(Attribute attribute) {
  if (auto elements = dyn_cast<ElementsAttr>(attribute))
    return toArray(elements);
  if (auto text = dyn_cast<StringAttr>(attribute))
    return Array::text(text.getValue());
  auto shaped = dyn_cast<DictionaryAttr>(attribute);
  auto strings = shaped ? shaped.getAs<ArrayAttr>("strings") : dyn_cast<ArrayAttr>(attribute);
  auto shape = shaped ? shaped.getAs<DenseI64ArrayAttr>("shape") : DenseI64ArrayAttr();
  if (!strings || !all_of(strings, [](Attribute string) { return isa<StringAttr>(string); }) || (shaped && !shape))
    return std::nullopt;
  std::vector<std::string> values;
  for (auto string : strings.getAsRange<StringAttr>())
    values.push_back(string.str());
  Shape dims = shape ? Shape(shape.asArrayRef()) : Shape{int64_t(values.size())};
  if (llvm::product_of(dims, int64_t(1)) != int64_t(values.size()))
    return std::nullopt;
  return Array::texts(dims, std::move(values));
}

static Array convertTo(ElementType type, const Array &array) {
  switch (type) {
  case ElementType::I8:
    return convert<int8_t>(array);
  case ElementType::I16:
    return convert<int16_t>(array);
  case ElementType::I32:
    return convert<int32_t>(array);
  case ElementType::I64:
    return convert<int64_t>(array);
  case ElementType::U8:
    return convert<uint8_t>(array);
  case ElementType::U16:
    return convert<uint16_t>(array);
  case ElementType::U32:
    return convert<uint32_t>(array);
  case ElementType::U64:
    return convert<uint64_t>(array);
  case ElementType::F32:
    return convert<float>(array);
  case ElementType::F64:
    return convert<double>(array);
  case ElementType::Bool: {
    Array bytes = convert<int8_t>(array);
    return Array::raw(type, bytes.getShape(), bytes.getBytes().vec());
  }
  case ElementType::String:
    break;
  }
  llvm_unreachable("text is no number");
}

/// Whether a conversion is defined for every value; a cast of one out of range is not.
static bool isInRange(ElementType type, const Array &array) {
  if (isFloat(type))
    return true;
  unsigned bits = type == ElementType::Bool ? 1 : 8 * byteWidth(type);
  bool isSigned = type <= ElementType::I64;
  double low = isSigned ? -std::ldexp(1.0, bits - 1) : 0, high = std::ldexp(1.0, isSigned ? bits - 1 : bits);
  return all_of(seq<size_t>(0, array.size()),
                [&](size_t i) { return array.number(i) >= low && array.number(i) < high; });
}

std::optional<Array> storeAs(const Array &array, RankedTensorType type) {
  std::optional<ElementType> element = getElementType(type.getElementType());
  size_t stored = type.getNumElements(), width = byteWidth(array.getType());
  ArrayRef<char> bytes = array.getBytes();
  if (!element || stored == 0 || stored > array.size() || array.size() % stored != 0 ||
      repeat(bytes.take_front(stored * width), bytes.size()) != bytes.vec())
    return std::nullopt;
  Array part = Array::raw(array.getType(), type.getShape(), bytes.take_front(stored * width).vec());
  if (*element == part.getType())
    return part;
  if (!isInRange(*element, part))
    return std::nullopt;
  Array converted = convertTo(*element, part);
  if (convertTo(part.getType(), converted) != part)
    return std::nullopt;
  return converted;
}

} // namespace lle::nir
