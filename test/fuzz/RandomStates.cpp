//===- RandomStates.cpp - states of few bits ------------------------------===//
#include "test/fuzz/RandomStates.h"
#include "dialects/LLE/StoredStates.h"

#include <cmath>

using namespace mlir;
using namespace lle;

void lle::fuzz::addRandomStateTypes(NetworkOp network, RandomNumbers &random) {
  MLIRContext *context = network.getContext();
  for (auto op : network.getBody().getOps<StatefulOpInterface>()) {
    NamedAttrList types;
    for (const StateDescriptor &state : op.getStates()) {
      auto real = dyn_cast<FloatType>(state.type.getElementType());
      const bool isUndefined = isa<FloatType>(state.initial.getElementType()) && state.initial.isSplat() &&
                               state.initial.getSplatValue<APFloat>().isNaN();
      if (!real || isUndefined || random.chance(0.75))
        continue;
      const unsigned bits = random.pick({8u, 16u});
      const int64_t lowest = -(int64_t(1) << (bits - 1));
      const double scale = std::ldexp(1.0, -int(random.range(2, 7)));
      const int64_t zero = random.chance(0.5) ? 0 : random.range(lowest, -lowest - 1);
      types.set(state.name, TypeAttr::get(quant::UniformQuantizedType::get(quant::QuantizationFlags::Signed,
                                                                           IntegerType::get(context, bits), real, scale,
                                                                           zero, lowest, -lowest - 1)));
    }
    if (!types.empty())
      op->setAttr(kStateTypesAttr, types.getDictionary(context));
  }
}
