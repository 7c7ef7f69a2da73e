//===- LTCCell.cpp - liquid time-constant cells ------------------===//
#include "lowering/LTCToLinalg/Cells.h"

#include "dialects/LTC/LTCOps.h"

using namespace mlir;
using namespace lle;
using namespace lle::ltc;

void lle::attachLTCCellLowering(MLIRContext *) {}

void lle::registerLTCStepLowerings(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, LTCDialect *) {
    attachLTCCellLowering(context);
    attachCfCCellLowering(context);
    attachBaselineCellLowerings(context);
  });
}
