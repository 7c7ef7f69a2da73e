//===- ParameterRef.cpp - constant numbers of an operation -------------------===//
#include "passes/Pruning/ParameterRef.h"

using namespace mlir;
using namespace lle;

ElementsAttr ParameterRef::get() const {
  if (operand)
    return op->getOperand(*operand).getDefiningOp<WeightOp>().getValue();
  Attribute attribute = op->getAttr(name);
  return cast<ElementsAttr>(element ? cast<ArrayAttr>(attribute)[*element] : attribute);
}

void ParameterRef::set(ElementsAttr value) const {
  if (operand) {
    auto old = op->getOperand(*operand).getDefiningOp<WeightOp>();
    OpBuilder builder(old);
    auto weight = WeightOp::create(builder, old.getLoc(), cast<RankedTensorType>(value.getShapedType()), value);
    weight->setDiscardableAttrs(old->getDiscardableAttrDictionary());
    op->setOperand(*operand, weight);
    if (old->use_empty())
      old->erase();
    return;
  }
  if (!element)
    return op->setAttr(name, value);
  SmallVector<Attribute> elements(cast<ArrayAttr>(op->getAttr(name)).getValue());
  elements[*element] = value;
  op->setAttr(name, ArrayAttr::get(op->getContext(), elements));
}

void lle::removeWeightFacts(NetworkOp network, ArrayRef<StringRef> names) {
  for (Operation &op : network.getBody().front())
    for (StringRef name : names)
      op.removeDiscardableAttr(name);
}

int64_t lle::countParameters(NetworkOp network) {
  int64_t count = 0;
  for (Operation &op : network.getBody().front()) {
    auto add = [&](Attribute attribute) {
      if (auto elements = dyn_cast<ElementsAttr>(attribute))
        count += elements.getNumElements();
    };
    for (NamedAttribute attribute : op.getAttrs())
      if (auto array = dyn_cast<ArrayAttr>(attribute.getValue()))
        llvm::for_each(array, add);
      else
        add(attribute.getValue());
  }
  return count;
}
