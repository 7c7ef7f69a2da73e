//===- Elements.cpp - the numbers of an attribute -------------------------===//
#include "dialects/LLE/Elements.h"

#include "mlir/IR/AsmState.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/DialectResourceBlobManager.h"

using namespace mlir;

/// A resource of these bytes as a dense attribute: booleans take a byte in a resource and a bit in a dense attribute.
static ElementsAttr getDense(DenseResourceElementsAttr resource) {
  ShapedType type = resource.getType();
  AsmResourceBlob *blob = resource.getRawHandle().getBlob();
  assert(blob && "verified by lle.weight");
  if (!type.getElementType().isInteger(1))
    return DenseElementsAttr::getFromRawBuffer(type, blob->getData());
  auto flags = llvm::map_to_vector(blob->getData(), [](char byte) { return byte != 0; });
  return DenseElementsAttr::get(type, ArrayRef<bool>(flags));
}

SmallVector<double> lle::getDoubles(ElementsAttr elements) {
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(elements))
    elements = getDense(resource);
  SmallVector<double> values;
  // Weights of f32 are many: read them as they lie in memory.
  if (auto dense = dyn_cast<DenseFPElementsAttr>(elements); dense && elements.getElementType().isF32()) {
    if (dense.isSplat())
      return {double(dense.getSplatValue<float>())};
    ArrayRef<char> bytes = dense.getRawData();
    values.reserve(bytes.size() / sizeof(float));
    for (size_t place = 0; place < bytes.size(); place += sizeof(float)) {
      float value;
      memcpy(&value, bytes.data() + place, sizeof(value));
      values.push_back(value);
    }
    return values;
  }
  auto collect = [&](auto range, auto convert) {
    if (elements.isSplat())
      values.push_back(convert(*range.begin()));
    else
      for (const auto &value : range)
        values.push_back(convert(value));
  };
  if (auto floats = elements.tryGetValues<APFloat>()) {
    collect(*floats, [](APFloat value) {
      bool losesInfo;
      value.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven, &losesInfo);
      return value.convertToDouble();
    });
  } else if (auto integers = elements.tryGetValues<APInt>()) {
    bool isBool = elements.getElementType().isInteger(1);
    collect(*integers,
            [&](const APInt &value) { return isBool ? double(value.getZExtValue()) : double(value.getSExtValue()); });
  }
  return values;
}
