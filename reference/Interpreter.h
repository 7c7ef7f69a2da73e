//===- Interpreter.h - networks as they are defined -------------*- C++ -*-===//
#ifndef LLE_REFERENCE_INTERPRETER_H
#define LLE_REFERENCE_INTERPRETER_H

#include "passes/Analysis/Engine.h"

namespace lle {

/// The precision in which a network is evaluated, whatever the element types of its signals.
enum class Precision { f32, f64 };

/// An engine that evaluates the network operation by operation through ReferenceOpInterface; it
/// does not refer to the network afterwards. Null, after an error at the operation, where one has
/// no reference evaluation.
std::unique_ptr<Engine> createReferenceEngine(NetworkOp network, Precision precision);

/// For passes: the engines "reference" (f32) and "reference-f64".
void registerReferenceEngines();

} // namespace lle

#endif
