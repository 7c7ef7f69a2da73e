//===- BaselineCells.cpp - LSTM, GRU and CT-RNN cells ------------------===//
#include "lowering/LTCToLinalg/Cells.h"

#include "dialects/LTC/LTCOps.h"

using namespace mlir;
using namespace lle;
using namespace lle::ltc;

void lle::attachBaselineCellLowerings(MLIRContext *) {}
