//===- NeuroOps.h - networks on the cores of a chip -------------*- C++ -*-===//
#ifndef LLE_DIALECTS_NEURO_NEUROOPS_H
#define LLE_DIALECTS_NEURO_NEUROOPS_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/SymbolTable.h"

#include "dialects/Neuro/NeuroDialect.h.inc"
#include "dialects/Neuro/NeuroEnums.h.inc"

#define GET_OP_CLASSES
#include "dialects/Neuro/NeuroOps.h.inc"

#endif
