//===- LLEBounds.cpp - limits that states keep ----------------------------===//
#include "dialects/LLE/LLEBounds.h"

using namespace lle;

std::optional<Limits> lle::getRange(Activation function) {
  switch (function) {
  case Activation::tanh:
    return Limits{-1, 1};
  case Activation::lecun_tanh:
    return Limits{-1.7159, 1.7159};
  case Activation::sigmoid:
    return Limits{0, 1};
  case Activation::linear:
  case Activation::relu:
  case Activation::silu:
  case Activation::gelu:
  case Activation::softplus:
    return std::nullopt;
  }
  llvm_unreachable("all activations are handled");
}

#include "dialects/LLE/LLEBounds.cpp.inc"
