//===- Interface.cpp - what the arguments of a step function are ----------===//
#include "lowering/Interface.h"

#include "mlir/IR/BuiltinOps.h"

using namespace mlir;
using namespace lle;

std::vector<ModelInterface> lle::getModelInterfaces(ModuleOp module) {
  std::vector<ModelInterface> models;
  for (Operation &function : module.getOps()) {
    auto interface = function.getAttrOfType<ArrayAttr>(kInterfaceAttr);
    if (!interface)
      continue;
    ModelInterface model;
    model.name = function.getAttrOfType<StringAttr>(kNetworkAttr).str();
    auto alignment = function.getAttrOfType<IntegerAttr>(kAlignmentAttr);
    model.alignment = alignment ? alignment.getInt() : kWidestAlignment;
    model.stateBytes = function.getAttrOfType<IntegerAttr>(kStateBytesAttr).getInt();
    model.arenaBytes = model.stateBytes + function.getAttrOfType<IntegerAttr>(kScratchBytesAttr).getInt();
    for (auto argument : interface.getAsRange<DictionaryAttr>()) {
      StringRef kind = argument.getAs<StringAttr>(kKindAttr).getValue();
      if (kind == "scratch")
        continue;
      auto type = cast<RankedTensorType>(argument.getAs<TypeAttr>(kTypeAttr).getValue());
      if (kind == "state") {
        ArrayRef<int64_t> order = argument.getAs<DenseI64ArrayAttr>(kOrderAttr).asArrayRef();
        model.states.push_back({argument.getAs<StringAttr>(kNodeAttr).str(),
                                argument.getAs<StringAttr>(kStateAttr).str(), type, SmallVector<int64_t>(order),
                                argument.getAs<IntegerAttr>(kOffsetAttr).getInt()});
        continue;
      }
      PortInterface port{argument.getAs<StringAttr>(kPortAttr).str(), type};
      (kind == "input" ? model.inputs : model.outputs).push_back(std::move(port));
    }
    models.push_back(std::move(model));
  }
  return models;
}
