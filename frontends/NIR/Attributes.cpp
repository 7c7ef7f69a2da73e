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

/// The bytes of an array brought to a type; one element's where all are the same.
static std::vector<char> repeat(const Array &array, RankedTensorType type) {
  ArrayRef<char> bytes = array.getBytes();
  size_t width = byteWidth(array.getType()), size = type.getNumElements() * width;
  assert(!bytes.empty() && size % bytes.size() == 0 && "the dataset does not fit the shape");
  if (bytes.size() == width || isUniform(bytes, width))
    return bytes.take_front(width).vec();
  std::vector<char> repeated;
  repeated.reserve(size);
  while (repeated.size() < size)
    repeated.insert(repeated.end(), bytes.begin(), bytes.end());
  return repeated;
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

} // namespace lle::nir
