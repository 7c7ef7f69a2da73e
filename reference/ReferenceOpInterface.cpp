//===- ReferenceOpInterface.cpp - the definition, executed ----------------===//
#include "reference/Models.h"

#include "dialects/LTC/LTCOps.h"
#include "dialects/Spk/SpkOps.h"

using namespace mlir;

#include "reference/ReferenceOpInterface.cpp.inc"

void lle::registerReferenceModels(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, LLEDialect *) { attachLLEReferenceModels(*context); });
  registry.addExtension(+[](MLIRContext *context, ltc::LTCDialect *) { attachLTCReferenceModels(*context); });
  registry.addExtension(+[](MLIRContext *context, spk::SpkDialect *) { attachSpkReferenceModels(*context); });
}
