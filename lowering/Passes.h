//===- Passes.h - from networks to machine code -----------------*- C++ -*-===//
#ifndef LLE_LOWERING_PASSES_H
#define LLE_LOWERING_PASSES_H

#include "lowering/Simd.h"

#include "mlir/Pass/Pass.h"

namespace mlir {
namespace func {
class FuncOp;
} // namespace func
} // namespace mlir

namespace lle {
/// How exactly exp, tanh and what is made of them are computed. The greatest absolute error of results in [-1, 1]:
enum class Accuracy {
  standard, ///< 2e-7
  fast      ///< 1e-5
};

#define GEN_PASS_DECL
#include "lowering/Passes.h.inc"
#define GEN_PASS_REGISTRATION
#include "lowering/Passes.h.inc"
} // namespace lle

#endif
