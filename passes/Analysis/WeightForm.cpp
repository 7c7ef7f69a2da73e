//===- WeightForm.cpp - how targets store weights and states --------------===//
#include "passes/Analysis/WeightForm.h"

#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace lle;

unsigned WeightForm::getStoredBits(unsigned bits, unsigned elementBits) const {
  if (stored.empty())
    return elementBits;
  const unsigned *enough = llvm::lower_bound(stored, bits);
  return enough == stored.end() ? stored.back() : *enough;
}

double WeightForm::getStoredBits(WeightOp weight) const {
  const unsigned elementBits = weight.getType().getElementTypeBitWidth();
  auto notes = weight->getAttrOfType<DictionaryAttr>(kBitsAttr);
  auto note = notes ? notes.getAs<DictionaryAttr>(weight.getValueAttrName()) : DictionaryAttr();
  auto bits = note ? note.getAs<ArrayAttr>("bits") : ArrayAttr();
  auto group = note ? note.getAs<DenseIntElementsAttr>("group") : DenseIntElementsAttr();
  SmallVector<double> widths;
  for (Attribute width : bits ? bits.getValue() : ArrayRef<Attribute>())
    if (auto number = dyn_cast<IntegerAttr>(width))
      widths.push_back(getStoredBits(unsigned(number.getInt()), elementBits));
  if (!group)
    return widths.size() == 1 ? widths.front() : getStoredBits(elementBits, elementBits);
  double sum = 0;
  for (const APInt &index : group.getValues<APInt>()) {
    if (index.uge(widths.size()))
      return getStoredBits(elementBits, elementBits);
    sum += widths[index.getZExtValue()];
  }
  return sum / double(group.getNumElements());
}
