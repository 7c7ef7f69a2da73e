//===- CheckOps.h - executed tests of networks ------------------*- C++ -*-===//
#ifndef LLE_DIALECTS_CHECK_CHECKOPS_H
#define LLE_DIALECTS_CHECK_CHECKOPS_H

#include "dialects/LLE/LLEOps.h"

#include "mlir/IR/SymbolTable.h"

#include "dialects/Check/CheckDialect.h.inc"

#define GET_TYPEDEF_CLASSES
#include "dialects/Check/CheckTypes.h.inc"

#define GET_OP_CLASSES
#include "dialects/Check/CheckOps.h.inc"

#endif
