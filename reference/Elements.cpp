//===- Elements.cpp - attributes as numbers -------------------------------===//
#include "reference/Elements.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"

using namespace mlir;

static double toDouble(const APFloat &value) {
  APFloat wide = value;
  bool losesInfo;
  wide.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven, &losesInfo);
  return wide.convertToDouble();
}

static double toDouble(const APInt &value) {
  return value.getBitWidth() == 1 ? double(value.getZExtValue()) : double(value.getSExtValue());
}

/// Resources hold little-endian elements without gaps; the verifier of the operation has checked
/// their size.
static std::vector<double> readResource(ArrayRef<char> data, Type elementType, int64_t size) {
  unsigned bits = elementType.getIntOrFloatBitWidth(), width = bits / 8;
  assert(data.size() == size_t(size) * width && "the resource has another size than its type");
  std::vector<double> values;
  values.reserve(size);
  for (; !data.empty(); data = data.drop_front(width)) {
    uint64_t word = 0;
    for (unsigned byte = 0; byte < width; ++byte)
      word |= uint64_t(uint8_t(data[byte])) << (8 * byte);
    APInt raw(bits, word);
    auto floatType = dyn_cast<FloatType>(elementType);
    values.push_back(floatType ? toDouble(APFloat(floatType.getFloatSemantics(), raw)) : toDouble(raw));
  }
  return values;
}

std::vector<double> lle::readElements(ElementsAttr elements) {
  Type elementType = elements.getElementType();
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(elements))
    return readResource(resource.getData(), elementType, elements.getNumElements());
  std::vector<double> values;
  values.reserve(elements.getNumElements());
  if (isa<FloatType>(elementType))
    for (const APFloat &value : elements.getValues<APFloat>())
      values.push_back(toDouble(value));
  else
    for (const APInt &value : elements.getValues<APInt>())
      values.push_back(toDouble(value));
  return values;
}

std::vector<int64_t> lle::readIntegers(ElementsAttr elements) {
  std::vector<double> numbers = readElements(elements);
  return {numbers.begin(), numbers.end()};
}
