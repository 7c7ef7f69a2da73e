//===- MakeElements.cpp - numbers as attributes ---------------------------===//
#include "test/fuzz/MakeElements.h"

using namespace mlir;

ElementsAttr lle::fuzz::makeElements(RankedTensorType type, ArrayRef<double> values) {
  if (auto element = dyn_cast<FloatType>(type.getElementType())) {
    SmallVector<APFloat> rounded;
    for (double value : values) {
      bool losesInfo;
      rounded.emplace_back(value);
      rounded.back().convert(element.getFloatSemantics(), APFloat::rmNearestTiesToEven, &losesInfo);
    }
    return DenseElementsAttr::get(type, rounded);
  }
  SmallVector<APInt> integers;
  for (double value : values)
    integers.emplace_back(type.getElementTypeBitWidth(), uint64_t(int64_t(value)), /*isSigned=*/true,
                          /*implicitTrunc=*/true);
  return DenseElementsAttr::get(type, integers);
}
