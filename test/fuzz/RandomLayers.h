//===- RandomLayers.h - random layers, encoders and decoders ----*- C++ -*-===//
#ifndef LLE_TEST_FUZZ_RANDOMLAYERS_H
#define LLE_TEST_FUZZ_RANDOMLAYERS_H

#include "test/fuzz/RandomNumbers.h"

#include "mlir/IR/Builders.h"

namespace lle::fuzz {

/// A signal, and how many sums lie between it and the last population or input.
struct LayerSignal {
  mlir::Value value;
  unsigned sums = 0;
};

/// What layers are made from.
struct LayerContext {
  mlir::OpBuilder &builder;
  RandomNumbers &random;
  mlir::Type realType;                 ///< Of real results.
  unsigned noSums;                     ///< `sums` of what is on no grid any more.
  llvm::ArrayRef<LayerSignal> signals; ///< Other operands.
  llvm::function_ref<std::string()> makeName;
};

/// Adds a layer that is not spiking, an encoder, a decoder or an attention to what `input` gives, any that its type
/// allows, with any attributes that verify. None if the choice does not fit the input.
std::optional<LayerSignal> addRandomLayer(const LayerContext &context, LayerSignal input);

} // namespace lle::fuzz

#endif
