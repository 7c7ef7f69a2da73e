//===- Activations.h - functions of one number ------------------*- C++ -*-===//
#ifndef LLE_DIALECTS_LLE_ACTIVATIONS_H
#define LLE_DIALECTS_LLE_ACTIVATIONS_H

#include "dialects/LLE/LLEOps.h"

#include <algorithm>
#include <cmath>

namespace lle {

template <typename T>
T logistic(T x) {
  return T(1) / (T(1) + std::exp(-x));
}

template <typename T>
T activate(Activation function, T x) {
  switch (function) {
  case Activation::linear:
    return x;
  case Activation::tanh:
    return std::tanh(x);
  case Activation::lecun_tanh:
    return T(1.7159) * std::tanh(T(0.666) * x);
  case Activation::relu:
    return std::max(x, T(0));
  case Activation::silu:
    return x / (T(1) + std::exp(-x));
  case Activation::gelu:
    return x / T(2) * (T(1) + std::erf(x * T(M_SQRT1_2)));
  case Activation::softplus:
    return std::max(x, T(0)) + std::log1p(std::exp(-std::abs(x)));
  case Activation::sigmoid:
    return logistic(x);
  }
  llvm_unreachable("all activations are handled");
}

} // namespace lle

#endif
