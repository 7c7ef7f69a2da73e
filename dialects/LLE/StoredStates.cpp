//===- StoredStates.cpp - states that are stored in few bits --------------===//
#include "dialects/LLE/StoredStates.h"

#include "mlir/IR/BuiltinAttributes.h"

using namespace mlir;
using namespace lle;

SmallVector<StateDescriptor> lle::getStoredStates(StatefulOpInterface op) {
  SmallVector<StateDescriptor> states = op.getStates();
  if (auto types = op->getAttrOfType<DictionaryAttr>(kStateTypesAttr))
    for (StateDescriptor &state : states)
      if (auto type = types.getAs<TypeAttr>(state.name))
        state.type = state.type.clone(type.getValue());
  return states;
}

quant::UniformQuantizedType lle::getQuantized(const StateDescriptor &stored) {
  return dyn_cast<quant::UniformQuantizedType>(stored.type.getElementType());
}

RankedTensorType lle::getMemoryType(const StateDescriptor &stored) {
  quant::UniformQuantizedType quantized = getQuantized(stored);
  if (!quantized)
    return stored.type;
  return RankedTensorType::get(
      stored.type.getShape(),
      IntegerType::get(quantized.getContext(), quantized.getStorageTypeIntegralWidth(), IntegerType::Signed));
}

static bool isUndefined(ElementsAttr initial) {
  auto numbers = initial.tryGetValues<APFloat>();
  return numbers && llvm::any_of(*numbers, [](const APFloat &number) { return number.isNaN(); });
}

LogicalResult lle::verifyStateTypes(Operation *op) {
  Attribute attribute = op->getAttr(kStateTypesAttr);
  if (!attribute)
    return success();
  auto types = dyn_cast<DictionaryAttr>(attribute);
  auto stateful = dyn_cast<StatefulOpInterface>(op);
  if (!types || !stateful)
    return op->emitOpError() << kStateTypesAttr << " must be a dictionary on an operation with state, got "
                             << attribute;
  SmallVector<StateDescriptor> states = stateful.getStates();
  for (NamedAttribute named : types) {
    auto *state =
        llvm::find_if(states, [&](const StateDescriptor &state) { return state.name == named.getName().getValue(); });
    if (state == states.end())
      return op->emitOpError() << kStateTypesAttr << " names '" << named.getName().getValue()
                               << "', which is no state of it";
    Type computed = state->type.getElementType();
    auto type = dyn_cast<TypeAttr>(named.getValue());
    auto stored = type ? dyn_cast<quant::UniformQuantizedType>(type.getValue()) : quant::UniformQuantizedType();
    if (!stored || !isa<FloatType>(computed) || stored.getExpressedType() != computed || !stored.isSigned() ||
        (stored.getStorageTypeIntegralWidth() != 8 && stored.getStorageTypeIntegralWidth() != 16) ||
        stored.hasStorageTypeBounds())
      return op->emitOpError() << kStateTypesAttr << " of '" << state->name
                               << "' must be !quant.uniform of i8 or i16 for floats of " << computed << ", got "
                               << named.getValue();
    if (isUndefined(state->initial))
      return op->emitOpError() << "state '" << state->name << "' starts as no number, which " << kStateTypesAttr
                               << " cannot hold";
  }
  return success();
}
